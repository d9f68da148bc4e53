import type { Actor } from "../../domain/actors";
import { Refusal, type RefusalCode } from "../../domain/refusal";
import type { StoredRecord, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { BatchAnswer, BatchLine } from "../contract";

/** A line's fate as it is frozen under the command's key. */
export interface Fate {
  recordId: string | null;
  repeated: boolean;
  refused: { code: RefusalCode; details: Record<string, unknown>; path: string[] } | null;
}

/** The records as the actor may see them today, null where not. */
export type Seen = (view: View, ids: readonly string[]) => Promise<(StoredRecord | null)[]>;

/** Does a batch once for its key; when it was refused as a whole, what each line was told is kept under the key. */
export async function batch(
  bank: Bank,
  actor: Actor,
  operation: string,
  key: string,
  request: unknown,
  work: (tx: Tx, actor: Actor) => Promise<Fate[]>,
  seen: Seen,
): Promise<BatchAnswer> {
  const rendered = (replayed: boolean) => async (view: View, fates: Fate[]) =>
    answerOf(await renderFates(fates, (ids) => seen(view, ids)), replayed);
  try {
    const done = await bank.once(actor, operation, key, request, work, rendered(false));
    return { ...done.value, replayed: done.replayed };
  } catch (error) {
    if (!(error instanceof WholeBatchRefused)) throw error;
    // Nothing was kept; what each line was told is frozen under the key all the same.
    const done = await bank.once(actor, operation, key, request, async () => error.fates, rendered(false));
    return { ...done.value, replayed: done.replayed };
  }
}
/** What each line is told, also where the batch is refused as a whole: for a dry run, which keeps nothing anyway. */
export function told(fates: Promise<Fate[]>): Promise<Fate[]> {
  return fates.catch((error: unknown) => {
    if (error instanceof WholeBatchRefused) return error.fates;
    throw error;
  });
}

class WholeBatchRefused extends Error {
  constructor(readonly fates: Fate[]) {
    super("the batch was refused as a whole");
  }
}

/** Does every line; refusals become its fate. In ALL_OR_NOTHING one refusal undoes the batch and the others say so. */
export async function lines<I>(
  inputs: readonly I[],
  mode: "EACH" | "ALL_OR_NOTHING",
  work: (input: I) => Promise<{ recordId: string; repeated: boolean }>,
): Promise<Fate[]> {
  const fates: Fate[] = [];
  for (const input of inputs) {
    try {
      fates.push({ ...(await work(input)), refused: null });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fates.push({
        recordId: null,
        repeated: false,
        refused: { code: error.code, details: { ...error.details }, path: [...error.path] },
      });
    }
  }
  if (mode === "EACH" || fates.every((fate) => fate.refused === null)) return fates;
  const causeIndex = fates.findIndex((fate) => fate.refused !== null);
  throw new WholeBatchRefused(
    fates.map((fate) =>
      fate.refused
        ? fate
        : { recordId: null, repeated: false, refused: { code: "LINKED_FAILED", details: { causeIndex }, path: [] } },
    ),
  );
}

export async function renderFates(
  fates: readonly Fate[],
  seen: (ids: readonly string[]) => Promise<(StoredRecord | null)[]>,
): Promise<BatchLine[]> {
  const records = new Map(
    (await seen(fates.flatMap((fate) => fate.recordId ?? []))).map((record) => [record?.id, record]),
  );
  return fates.map((fate, index) => ({
    index,
    repeated: fate.repeated,
    record: (fate.recordId && records.get(fate.recordId)) || null,
    refusal: fate.refused ? new Refusal(fate.refused.code, fate.refused.details, fate.refused.path) : null,
  }));
}

export function answerOf(results: BatchLine[], replayed: boolean): BatchAnswer {
  const refused = results.filter((line) => line.refusal).length;
  const repeated = results.filter((line) => line.repeated).length;
  return { accepted: results.length - refused - repeated, repeated, refused, replayed, results };
}
