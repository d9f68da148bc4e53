import { countedStates, type RecordState } from "../../domain/hours";
import type { Fact, FactOf } from "../../domain/ledger/facts";
import { decode, type JournalEntry } from "../../domain/ledger/journal";
import type { Merging, Tx, View } from "../../storage/store";
import type { Brought } from "../hours/merged";
import { factAt } from "./naming";

/** How many entries are read at once. */
const page = 500;

/** What the entries of one merging say. A parting reads from it what belonged to whom. */
export interface Run {
  at: number;
  /** Rows that were sealed under the key of the person who was merged. */
  sealed: Set<string>;
  recordIds: Set<string>;
  visitIds: Set<string>;
  trainingIds: Set<string>;
  creditIds: Set<string>;
  grantIds: Set<string>;
  postIds: Set<string>;
  identityIds: Set<string>;
  /** Capacities that the other person did not have, and got as they were. */
  taken: Set<string>;
  /** Recipients and social workers that were merged into those of the other person. */
  ended: Set<string>;
  endedKinds: Set<string>;
  touched: Set<string>;
  guardianships: FactOf<"GUARDIAN_SET">[];
  /** Recipients as the merging left them. */
  recipients: Map<string, FactOf<"RECIPIENT_SET">>;
  organizationIds: Set<string>;
  staff: boolean;
  brought: Brought;
}

/** Reads the entries of a merging, which follow one another in the journal. */
export async function readRun(tx: Tx, merging: Merging): Promise<Run> {
  const run: Run = {
    at: 0,
    ...{ sealed: new Set(), recordIds: new Set(), visitIds: new Set(), trainingIds: new Set() },
    ...{ creditIds: new Set(), grantIds: new Set(), postIds: new Set(), identityIds: new Set() },
    ...{
      taken: new Set(),
      ended: new Set(),
      endedKinds: new Set(),
      touched: new Set(),
      organizationIds: new Set(),
      guardianships: [],
      recipients: new Map(),
      staff: false,
    },
    brought: { minutes: 0, seq: null, paid: 0, debt: 0, counted: [] },
  };
  const accountOf = async (id: string | null) =>
    id === null ? null : ((await tx.volunteers([id])).get(id)?.accountId ?? null);
  const account = await accountOf(merging.volunteerId);
  const counted: { endedAt: number; creditableMinutes: number }[] = [];
  for await (const { fact, at, seq } of entriesOf(tx, merging)) {
    if (seq === merging.seq) run.at = at;
    else if (!note(fact, seq, merging, account, run, counted)) break;
  }
  const kept = await accountOf(merging.keptVolunteerId);
  const held = kept === null ? undefined : await tx.lastEntry(kept, merging.seq);
  const paid = Math.min(run.brought.minutes, Math.max(0, -(held?.postedAfter ?? 0)));
  run.brought = { ...run.brought, paid, counted };
  return run;
}

/** The entries from the merging on, up to the first one of another actor. */
async function* entriesOf(tx: Tx, { seq }: Merging): AsyncGenerator<JournalEntry> {
  let by: string | null = null;
  for (let after = seq - 1; ; after += page) {
    const rows = await tx.journalAfter(after, page);
    for (const { body } of rows) {
      const entry = decode(body);
      by ??= entry.actor;
      if (entry.actor !== by) return;
      yield entry;
    }
    if (rows.length < page) return;
  }
}

/** Notes what an entry of the merging says. It answers false for the first entry that is no part of the merging. */
function note(
  fact: Fact,
  seq: number,
  { keptId, reasonId }: Merging,
  account: string | null,
  run: Run,
  counted: { endedAt: number; creditableMinutes: number }[],
): boolean {
  const ours = "reasonId" in fact && fact.reasonId === reasonId;
  switch (fact.type) {
    case "SEALED":
      return true;
    case "SEALED_ANEW":
      run.sealed.add(fact.id);
      return fact.personId === keptId;
    case "VOLUNTEER_MOVED":
    case "RECIPIENT_MOVED":
    case "SOCIAL_WORKER_MOVED": {
      const id = fact.type === "VOLUNTEER_MOVED" ? fact.volunteerId : fact.id;
      if (ours && fact.action === "MERGE") {
        run.ended.add(id);
        run.endedKinds.add(fact.type);
      }
      // A capacity that takes over a second one of its kind belonged to the other person, and stays there.
      if (ours && fact.action === "TAKE_OVER" && !run.endedKinds.has(fact.type)) run.taken.add(id);
      if (ours && fact.action === "TAKE_OVER") run.touched.add(id);
      return ours;
    }
    case "SOCIAL_WORKER_SET":
      return run.touched.has(fact.id) || run.ended.has(fact.id);
    case "RECORD_STEP":
      if (!ours) return false;
      run.recordIds.add(fact.id);
      if (countedStates.includes(fact.state as RecordState))
        counted.push({ endedAt: fact.endedAt, creditableMinutes: fact.creditableMinutes ?? 0 });
      return true;
    case "VISIT_SET":
      if (ours) run.visitIds.add(fact.id);
      return ours;
    case "TRAINING_SET":
      if (ours) run.trainingIds.add(fact.id);
      return ours;
    case "GRANT_STEP":
      if (ours) run.grantIds.add(fact.id);
      return ours;
    case "POST_SET":
      if (ours) run.postIds.add(fact.id);
      return ours;
    case "IDENTITY_STEP":
      if (ours && fact.action === "LINK") run.identityIds.add(fact.id);
      return ours;
    case "GUARDIAN_SET":
      if (ours) run.guardianships.push(fact);
      return ours;
    case "TIE_STEP":
      if (ours) run.organizationIds.add(fact.organizationId);
      return ours;
    case "RECIPIENT_SET":
      if (ours) run.recipients.set(fact.id, fact);
      return ours;
    case "VOLUNTEER_STEP":
      return ours;
    case "STAFF_SET":
      run.staff ||= fact.personId === keptId;
      return fact.personId === keptId;
    case "CREDIT_RECORD_STEP":
      if (fact.action === "MOVE") run.creditIds.add(fact.id);
      return fact.action === "MOVE";
    case "TRANSFER":
      if (fact.recordId !== null) return false;
      if (fact.kind === "CLEARING" && fact.debit === account)
        run.brought = { ...run.brought, minutes: fact.minutes, seq };
      if (fact.kind === "ROUNDING" && fact.credit === account) run.brought = { ...run.brought, debt: fact.minutes };
      return fact.kind === "CLEARING" || fact.kind === "ROUNDING";
    default:
      return false;
  }
}

/**
 * The mergings of others into this person, also under its earlier ids. A parting writes an entry by which the earlier id
 * leads to that of today: it is a merging in form alone, stands among `earlier`, and cannot be undone.
 */
export async function mergingsOf(view: View, personId: string): Promise<{ mergings: Merging[]; earlier: Merging[] }> {
  const [mergings, earlier]: [Merging[], Merging[]] = [[], []];
  for (const merging of await view.mergingsInto(personId)) {
    if (!(await isEarlierId(view, merging))) {
      mergings.push(merging);
      continue;
    }
    const before = await mergingsOf(view, merging.personId);
    mergings.push(...before.mergings);
    earlier.push(merging, ...before.earlier);
  }
  return { mergings, earlier };
}

/** These registrations, and the registrations of the same person that were merged into them. */
export async function registrationsIn(
  view: View,
  personId: string,
  volunteerIds: readonly string[],
): Promise<Set<string>> {
  const whole = new Set(volunteerIds);
  // `selves` begins with the person of today, so a registration comes after the one into which it was merged.
  for (const id of (await view.selves(personId)).slice(1)) {
    const merging = await view.mergingOf(id);
    if (merging?.volunteerId && whole.has(merging.keptVolunteerId as string)) whole.add(merging.volunteerId);
  }
  return whole;
}

/** Whether a merging is the entry of a parting by which an earlier id leads on: it stands right behind the end of the merging. */
export async function isEarlierId(view: View, { seq, personId }: Merging): Promise<boolean> {
  const before = await factAt(view, seq - 1);
  return before?.type === "MERGING_ENDED" && before.personId === personId;
}
