import { invariant } from "../../domain/kit/invariant";
import { Refusal, type RefusalCode } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from ".";
import type { BatchMode, BatchOf } from "./answers";
import type { Keyed } from "./command-log";
import { type Command, checkCount, type Field } from "./fields";
import { checkKeepable } from "./input";

/** What becomes of a batch's good lines where others are refused. */
export const batchModes = ["EACH", "ALL_OR_NOTHING"] as const;

/** How many lines a batch may have. */
export const linesMost = 1000;

/** A line's fate as it is frozen under the command's key. */
export interface Fate {
  /** What the line is about, once it is accepted. */
  id: string | null;
  repeated: boolean;
  refused: { code: RefusalCode; details: Record<string, unknown>; path: string[] } | null;
}

/** What lines are about, as the actor may see it today; null where not. */
export type Seen<T> = (view: View, ids: readonly string[]) => Promise<(T | null)[]>;

/**
 * Refuses a batch that is too short or too long by its command's table, before each line is read by itself: BATCH_TOO_LARGE.
 * An import may hand in more lines at once.
 */
export function checkBatch<C extends Command>(
  { fields }: C,
  name: keyof C["fields"] & string,
  lines: readonly unknown[],
  most?: number,
): void {
  const { form } = fields[name] as Field;
  invariant(form.kind === "LIST", "a batch is a list");
  checkCount(lines, { ...form, ...(most === undefined ? {} : { most }), refusing: "BATCH_TOO_LARGE" }, [name]);
}

/** Does a batch once for its key; when it was refused as a whole, what each line was told is kept under the key. */
export async function batch<T>(
  bank: Bank,
  actor: Actor,
  operation: string,
  input: Keyed,
  work: (tx: Tx, actor: Actor) => Promise<Fate[]>,
  seen: Seen<T>,
): Promise<BatchOf<T>> {
  const rendered = (replayed: boolean) => (view: View, fates: Fate[]) => answered(view, fates, seen, replayed);
  try {
    const done = await bank.commands.once(actor, operation, input, work, rendered(false));
    return { ...done.value, replayed: done.replayed };
  } catch (error) {
    if (!(error instanceof WholeBatchRefused)) throw error;
    // Nothing was kept; what each line was told is frozen under the key all the same.
    const done = await bank.commands.once(actor, operation, input, async () => error.fates, rendered(false));
    return { ...done.value, replayed: done.replayed };
  }
}

/** What would become of a batch: each line is told, also where the batch would be refused as a whole. Keeps nothing. */
export function rehearse<T>(
  bank: Bank,
  actor: Actor,
  work: (tx: Tx, actor: Actor) => Promise<Fate[]>,
  seen: Seen<T>,
): Promise<BatchOf<T>> {
  return bank.store.rehearse(async (tx) => {
    const fates = await work(tx, await bank.renewed(tx, actor)).catch((error: unknown) => {
      if (error instanceof WholeBatchRefused) return error.fates;
      throw error;
    });
    return answered(tx, fates, seen, false);
  });
}

class WholeBatchRefused extends Error {
  constructor(readonly fates: Fate[]) {
    super("the batch was refused as a whole");
  }
}

/** Does every line in its turn; refusals become its fate. */
export async function lines<I>(
  inputs: readonly I[],
  mode: BatchMode,
  work: (input: I, index: number) => Promise<{ id: string; repeated: boolean }>,
): Promise<Fate[]> {
  const fates: Fate[] = [];
  for (const [index, input] of inputs.entries())
    try {
      checkKeepable(input);
      const { id, repeated } = await work(input, index);
      fates.push({ id, repeated, refused: null });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fates.push(refusedFate(error));
    }
  return settled(fates, mode);
}

/** Reads each line by its form, before anything is looked up by what it says; a refusal waits for its turn. */
export function readLines<I, O>(inputs: readonly I[], read: (input: I) => O): (O | Refusal)[] {
  return inputs.map((input) => {
    try {
      checkKeepable(input);
      return read(input);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  });
}

/** The line that was read; where it was refused, its refusal is thrown. */
export function lineRead<O>(line: O | Refusal): O {
  if (line instanceof Refusal) throw line;
  return line;
}

export function refusedFate({ code, details, path }: Refusal): Fate {
  return { id: null, repeated: false, refused: { code, details: { ...details }, path: [...path] } };
}

/**
 * A refusal that undoes its batch: what another line of the batch would have made does not exist, and is named by that line.
 * `made` tells the line that made a thing.
 */
export function refusedByLine({ code, details, path }: Refusal, made: ReadonlyMap<unknown, number>): Refusal {
  const named = Object.entries(details).map(([name, value]) => {
    const causeIndex = made.get(value);
    return causeIndex === undefined ? [name, value] : ["causeIndex", causeIndex];
  });
  return new Refusal(code, Object.fromEntries(named), path);
}

/** The fates as they stand; in ALL_OR_NOTHING one refusal undoes the batch, and the other lines say so. */
export function settled(fates: Fate[], mode: BatchMode): Fate[] {
  // What is undone as a whole leaves no trace: of things elsewhere it tells no more than keeps it from being done.
  const cause = fates.find(({ refused }) => refused && !isElsewhere(refused)) ?? fates.find(({ refused }) => refused);
  if (mode === "EACH" || cause === undefined) return fates;
  const undone = refusedFate(new Refusal("LINKED_FAILED", { causeIndex: fates.indexOf(cause) }));
  throw new WholeBatchRefused(
    fates.map((fate) => (fate.refused && (fate === cause || !isElsewhere(fate.refused)) ? fate : undone)),
  );
}

/** Refused because of something at another organisation. */
export const isElsewhere = ({ code, details }: Pick<Refusal, "code" | "details">) =>
  code === "PAID_DUTY" || details.elsewhere === true;

async function answered<T>(view: View, fates: readonly Fate[], seen: Seen<T>, replayed: boolean): Promise<BatchOf<T>> {
  const ids = [...new Set(fates.flatMap(({ id }) => id ?? []))];
  const records = await seen(view, ids);
  const byId = new Map(ids.map((id, i) => [id, records[i] ?? null]));
  const results = fates.map((fate, index) => ({
    index,
    repeated: fate.repeated,
    record: byId.get(fate.id ?? "") ?? null,
    refusal: fate.refused ? new Refusal(fate.refused.code, fate.refused.details, fate.refused.path) : null,
  }));
  const refused = results.filter((line) => line.refusal).length;
  const repeated = results.filter((line) => line.repeated).length;
  return { accepted: results.length - refused - repeated, repeated, refused, replayed, results };
}
