import type { FactOf, JournalKind, WrittenFact, WrittenOf } from "../../../domain/facts";
import type { Seal } from "../../../domain/facts/bytes";
import type { RecordState } from "../../../domain/facts/hours";
import { countedStates } from "../../../domain/hours";
import { invariant } from "../../../domain/kit/invariant";
import { decode, type JournalEntry } from "../../../domain/ledger/journal";
import type { Merging, Tx, View } from "../../../storage/store";
import type { Brought } from "../../hours/merged";
import { factAt } from "./naming";

/** How many entries are read at once. */
const page = 500;

/** What the entries of one merging say. A parting reads from it which person owned what. */
export interface Run {
  at: number;
  /** Rows that were sealed under the key of the person who was merged. */
  sealed: Set<string>;
  recordIds: Set<string>;
  visitIds: Set<string>;
  trainingIds: Set<string>;
  creditIds: Set<string>;
  starIds: Set<string>;
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
    ...{ creditIds: new Set(), starIds: new Set(), grantIds: new Set(), postIds: new Set(), identityIds: new Set() },
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
  const creditable = new Map<string, number>();
  for await (const { fact, seals, at, seq } of entriesOf(tx, merging)) {
    if (seq === merging.seq) run.at = at;
    else if (!note(fact, { run, merging, account, creditable, seals, seq })) break;
  }
  const moved = await tx.records([...creditable.keys()]);
  const counted = [...creditable].map(([id, creditableMinutes]) => {
    const record = moved.get(id);
    invariant(record, "a record that moved is there");
    return { endedAt: record.endedAt, creditableMinutes };
  });
  const kept = await accountOf(merging.keptVolunteerId);
  const stood = kept === null ? undefined : await tx.lastEntry(kept, merging.seq);
  // An account owes where less than nothing is free: a hold may also be more than a reversal left.
  const owed = stood ? Math.max(0, stood.heldAfter - stood.postedAfter) : 0;
  const paid = Math.min(run.brought.minutes, owed);
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

/** What is known where an entry of the merging is read. */
interface Reading {
  run: Run;
  merging: Merging;
  /** The account of the registration that was merged. */
  account: string | null;
  /** How many minutes of credit each record that counts gives. */
  creditable: Map<string, number>;
  seals: readonly Seal[];
  seq: number;
  /** Whether the entry gives the merging's own reason. */
  ours: boolean;
}

/** Notes what an entry says. It answers false for the first entry that is no part of the merging. */
function note(fact: WrittenFact, reading: Omit<Reading, "ours">): boolean {
  const ours = "reasonId" in fact && fact.reasonId === reading.merging.reasonId;
  const noted = notes[fact.type] as ((fact: WrittenFact, reading: Reading) => boolean) | "NOT_OF_A_MERGING";
  return noted !== "NOT_OF_A_MERGING" && noted(fact, { ...reading, ours });
}

/** Notes the ids of what a merging gives to the person who stays. */
function noteIds(ids: "visitIds" | "trainingIds" | "grantIds" | "postIds") {
  return ({ id }: { id: string }, { run, ours }: Reading): boolean => {
    if (ours) run[ids].add(id);
    return ours;
  };
}

function noteMoved(
  { type, action }: { type: JournalKind; action: string },
  id: string,
  { run, ours }: Reading,
): boolean {
  if (ours && action === "MERGE") {
    run.ended.add(id);
    run.endedKinds.add(type);
  }
  // A capacity that takes over a second one of its kind belonged to the other person, and stays there.
  if (ours && action === "TAKE_OVER" && !run.endedKinds.has(type)) run.taken.add(id);
  if (ours && action === "TAKE_OVER") run.touched.add(id);
  return ours;
}

/** Of each kind of entry, what is noted where it is part of a merging. A new kind does not compile before it is decided. */
const notes: {
  readonly [K in JournalKind]: ((fact: WrittenOf<K>, reading: Reading) => boolean) | "NOT_OF_A_MERGING";
} = {
  SEALED_ANEW({ id }, { run, merging, seals }) {
    run.sealed.add(id);
    return seals.every(({ personId }) => personId === merging.keptId);
  },
  VOLUNTEER_MOVED: (fact, reading) => noteMoved(fact, fact.volunteerId, reading),
  RECIPIENT_MOVED: (fact, reading) => noteMoved(fact, fact.id, reading),
  SOCIAL_WORKER_MOVED: (fact, reading) => noteMoved(fact, fact.id, reading),
  VOLUNTEER_STEP: (_, { ours }) => ours,
  RECIPIENT_SET(fact, { run, ours }) {
    if (ours) run.recipients.set(fact.id, fact);
    return ours;
  },
  SOCIAL_WORKER_SET: ({ id }, { run }) => run.touched.has(id) || run.ended.has(id),
  RECORD_STEP({ id, state, creditableMinutes }, { run, creditable, ours }) {
    if (!ours) return false;
    run.recordIds.add(id);
    if (countedStates.includes(state as RecordState)) creditable.set(id, creditableMinutes ?? 0);
    return true;
  },
  LISTING_ENDED: ({ recipientId }, { run }) => run.touched.has(recipientId) || run.ended.has(recipientId),
  // The merging gives visits with its reason, and then matches them anew.
  VISIT_SET({ id, countsForId }, { run, ours }) {
    if (ours) run.visitIds.add(id);
    return ours || run.touched.has(countsForId);
  },
  TRAINING_SET: noteIds("trainingIds"),
  GRANT_STEP: noteIds("grantIds"),
  POST_SET: noteIds("postIds"),
  IDENTITY_STEP({ id, action }, { run, ours }) {
    if (ours && action === "LINK") run.identityIds.add(id);
    return ours;
  },
  GUARDIAN_SET(fact, { run, ours }) {
    if (ours) run.guardianships.push(fact);
    return ours;
  },
  TIE_STEP({ organizationId }, { run, ours }) {
    if (ours) run.organizationIds.add(organizationId);
    return ours;
  },
  STAFF_SET({ personId }, { run, merging }) {
    run.staff ||= personId === merging.keptId;
    return personId === merging.keptId;
  },
  CREDIT_RECORD_STEP({ id, action }, { run }) {
    if (action === "MOVE") run.creditIds.add(id);
    return action === "MOVE";
  },
  STAR_STEP({ id }, { run, ours }) {
    if (ours) run.starIds.add(id);
    return ours;
  },
  TRANSFER({ recordId, kind, debit, credit, minutes }, { run, account, seq }) {
    if (recordId !== null) return false;
    if (kind === "CLEARING" && debit === account) run.brought = { ...run.brought, minutes, seq };
    if (kind === "ROUNDING" && credit === account) run.brought = { ...run.brought, debt: minutes };
    return kind === "CLEARING" || kind === "ROUNDING";
  },

  // A merging is one entry. It refuses what would have to be released, reversed or ended before.
  PEOPLE_MERGED: "NOT_OF_A_MERGING",
  PERSON_SEPARATED: "NOT_OF_A_MERGING",
  MERGING_ENDED: "NOT_OF_A_MERGING",
  PERSON_ERASED: "NOT_OF_A_MERGING",
  PERSON_EXPORTED: "NOT_OF_A_MERGING",
  BANK_OPENED: "NOT_OF_A_MERGING",
  ACCOUNT_OPENED: "NOT_OF_A_MERGING",
  POLICY_SET: "NOT_OF_A_MERGING",
  DIVISION_STEP: "NOT_OF_A_MERGING",
  ORGANIZATION_STEP: "NOT_OF_A_MERGING",
  ORGANIZATION_MOVED: "NOT_OF_A_MERGING",
  ORGANIZATION_PROFILE_SET: "NOT_OF_A_MERGING",
  INVITATION_STEP: "NOT_OF_A_MERGING",
  CAMPAIGN_SET: "NOT_OF_A_MERGING",
  ORDER_STEP: "NOT_OF_A_MERGING",
  // Proxies end with a merging, and only a new consent brings one back.
  PROXY_STEP: (_, { ours }) => ours,
  CAMPAIGN_MOVED: "NOT_OF_A_MERGING",
  HOUSEHOLD_MOVED: "NOT_OF_A_MERGING",
  ACTIVITY_STEP: "NOT_OF_A_MERGING",
  SHIFT_SET: "NOT_OF_A_MERGING",
  SIGN_UP_STEP: "NOT_OF_A_MERGING",
  ATTENDANCE_STEP: "NOT_OF_A_MERGING",
  FUNDRAISING_SET: "NOT_OF_A_MERGING",
  CALENDAR_SET: "NOT_OF_A_MERGING",
  HEAD_STEP: "NOT_OF_A_MERGING",
  AWARD_SET: "NOT_OF_A_MERGING",
  FINDING_SET: "NOT_OF_A_MERGING",
  HOUSEHOLD_SET: "NOT_OF_A_MERGING",
  HOUSEHOLD_QUARTER_SET: "NOT_OF_A_MERGING",
  VILLAGE_POINTS_SET: "NOT_OF_A_MERGING",
  CREDIT_FILE_READ: "NOT_OF_A_MERGING",
  SPOT_SEED_SET: "NOT_OF_A_MERGING",
  MONTH_REPORTED: "NOT_OF_A_MERGING",
  SPOT_CHECK_STEP: "NOT_OF_A_MERGING",
  RATING_ROUND_OPENED: "NOT_OF_A_MERGING",
  RATING_STEP: "NOT_OF_A_MERGING",
  RATING_VOTED: "NOT_OF_A_MERGING",
  RATING_SHEET_SET: "NOT_OF_A_MERGING",
  RATING_DOWNGRADE_STEP: "NOT_OF_A_MERGING",
  FEEDBACK_GIVEN: "NOT_OF_A_MERGING",
};

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
