import { type Fact, type FactOf, type JournalKind, sealedFields, shapes } from "../../domain/facts";
import type { JournalEntry } from "../../domain/ledger/journal";
import type { Scratch, ScratchMap } from "../../storage/store";
import { followed } from "./followed";
import type { Field, Followed } from "./followed/line";
import { type Known, same } from "./rules";

/** Which kinds' things a field names, wherever it stands. */
const names: Readonly<Record<string, readonly JournalKind[]>> = {
  organizationId: ["ORGANIZATION_STEP"],
  vouchedBy: ["ORGANIZATION_STEP"],
  supervisorId: ["ORGANIZATION_STEP"],
  divisionCode: ["DIVISION_STEP"],
  parentCode: ["DIVISION_STEP"],
  volunteerId: ["VOLUNTEER_STEP"],
  keptVolunteerId: ["VOLUNTEER_STEP"],
  accountId: ["ACCOUNT_OPENED"],
  debit: ["ACCOUNT_OPENED"],
  credit: ["ACCOUNT_OPENED"],
  policyId: ["POLICY_SET"],
  policyIds: ["POLICY_SET"],
  recordId: ["RECORD_STEP"],
  replacedBy: ["RECORD_STEP"],
  campaignId: ["CAMPAIGN_SET"],
  activityId: ["ACTIVITY_STEP"],
  shiftId: ["SHIFT_SET"],
  signUpId: ["SIGN_UP_STEP"],
  socialWorkerId: ["SOCIAL_WORKER_SET"],
  householdId: ["HOUSEHOLD_SET"],
  recipientId: ["RECIPIENT_SET"],
  countsForId: ["RECIPIENT_SET"],
  roundId: ["RATING_ROUND_OPENED"],
  ratingId: ["RATING_STEP"],
  otherId: ["HOUSEHOLD_SET"],
  ...Object.fromEntries(sealedFields.map((field) => [field, ["SEALED"]])),
};
/** What a step says of itself rather than of its thing. */
const ofTheStep: readonly string[] = ["type", "version", "action", "from", "actorKind", "reasonId"];

/** For each kind, the fields that say something of its thing, and those that name other things. */
const fieldsOf = everyKind((field) => (ofTheStep.includes(field) ? [] : [field]));
const namesOf = everyKind((field) => (names[field] ? [[field, names[field]] as const] : []));
function everyKind<T>(of: (field: string) => readonly T[]): Record<JournalKind, readonly T[]> {
  const kinds = Object.entries(shapes) as [JournalKind, { fields: Record<string, unknown> }][];
  return Object.fromEntries(kinds.map(([kind, { fields }]) => [kind, Object.keys(fields).flatMap(of)])) as never;
}

/** Follows every thing from its first fact to its last, and says of each fact what is wrong with it. */
export class Follower implements Known {
  previous: Fact | null = null;
  private readonly things = new Map<JournalKind, ScratchMap<Fact>>();
  /** Ids that named nothing yet when they were met, with the place of the first that did. */
  private readonly unknown: ScratchMap<{ where: string; field: string; kinds: readonly JournalKind[]; id: string }>;
  /** The kinds of things whose ids begin alike. */
  private readonly kindsOf = new Map<string, Set<JournalKind>>();

  constructor(private readonly scratch: Scratch) {
    this.unknown = scratch.map("unknown ids");
  }

  last<K extends JournalKind>(kind: K, ...key: string[]): FactOf<K> | null {
    return (this.things.get(kind)?.get(key.join(" ")) as FactOf<K> | undefined) ?? null;
  }

  lastBy<K extends JournalKind>(kind: K, value: string): FactOf<K> | null {
    return (this.things.get(kind)?.get(`= ${value}`) as FactOf<K> | undefined) ?? null;
  }

  /** Whether any fact is about a thing with this id, of whatever kind. */
  knowsId(id: string): boolean {
    return this.knows([...(this.kindsOf.get(beginningOf(id)) ?? [])], id);
  }

  /** The last fact of that kind about each thing. */
  *each<K extends JournalKind>(kind: K): Generator<FactOf<K>> {
    for (const [, fact] of this.things.get(kind)?.entries() ?? []) yield fact as unknown as FactOf<K>;
  }

  *follow(entry: JournalEntry, where: string): Generator<string> {
    yield* this.look(entry.fact, entry);
    this.remember(entry);
    this.names(entry.fact, where);
    this.previous = entry.fact;
  }

  /** After the last entry: steps without the state they led to, and ids that name nothing. */
  *close(): Generator<{ where: string; what: string }> {
    for (const [kind, { stepsOf }] of Object.entries(followed) as [JournalKind, Followed<JournalKind>][])
      if (stepsOf)
        for (const [key, fact] of this.things.get(kind)?.entries() ?? []) {
          const [step, thing] = [fact, this.last(stepsOf, key)] as (StateFact | null)[];
          if (step?.version !== thing?.version || step?.state !== thing?.state)
            yield { where: `${stepsOf} ${key}`, what: "is not where its last step led" };
        }
    for (const [, { where, field, kinds, id }] of this.unknown.entries())
      if (!this.knows(kinds, id)) yield { where, what: `${field} names nothing that the journal knows` };
  }

  private *look<K extends JournalKind>(fact: FactOf<K>, { actor: by, at }: JournalEntry): Generator<string> {
    const line: Followed<K> = followed[fact.type as K];
    const said = fact as FactOf<K> & StateFact;
    const key = line.key?.map((field) => String(fact[field]));
    const earlier = (key ? this.last(fact.type, ...key) : null) as FactOf<K> | null;
    const stood = (line.stepsOf && key ? this.last(line.stepsOf, ...key) : earlier) as StateFact | null;
    if ("version" in said && said.version !== (stood?.version ?? 0) + 1) yield "version is not the next";
    if ("from" in said && said.from !== undefined && said.from !== (stood?.state ?? null) && "state" in said)
      yield "does not start where the step before ended";
    if (earlier) yield* this.changed(line, fact, earlier);
    const stepKind = stepped.get(fact.type);
    if (earlier && stepKind && key) {
      const step = this.last(stepKind, ...key) as StateFact | null;
      const isEarlier = step === null && followed[stepKind].lately;
      if (!isEarlier && (step?.version !== said.version || step?.state !== said.state))
        yield "no step of the office's led here";
    }
    for (const rule of line.rules ?? []) {
      const wrong = rule({ fact, before: earlier, by, at, known: this });
      if (wrong) yield wrong;
    }
  }

  private *changed<K extends JournalKind>(
    line: Followed<K>,
    fact: FactOf<K>,
    earlier: Partial<FactOf<K>>,
  ): Generator<string> {
    // Of a step that is a kind of its own, all is said of the step.
    if (line.stepsOf) return;
    if (line.changes === "ONCE") {
      yield "was said before, and is said once";
      return;
    }
    const may: readonly string[] = Array.isArray(line.changes)
      ? line.changes
      : [
          "state",
          ...((line.changes as Record<string, readonly string[]>)[(fact as { action?: string }).action ?? ""] ?? []),
        ];
    for (const field of fieldsOf[fact.type] as Field<K>[])
      if (field in earlier && !may.includes(field) && !same(fact[field], earlier[field]))
        yield `${field} is not to change`;
  }

  private remember({ fact, seq }: JournalEntry): void {
    const { key, alsoBy } = followed[fact.type] as { key: readonly string[] | null; alsoBy?: string };
    if (!key) return;
    const things = this.things.get(fact.type) ?? this.scratch.map<Fact>(fact.type);
    this.things.set(fact.type, things);
    const values = fact as unknown as Record<string, unknown>;
    const id = key.map((field) => String(values[field])).join(" ");
    things.set(id, keepable(fact, seq));
    if (alsoBy) things.set(`= ${values[alsoBy]}`, fact);
    const beginning = beginningOf(id);
    const kinds = this.kindsOf.get(beginning) ?? new Set();
    if (kinds.size === 0) this.kindsOf.set(beginning, kinds);
    kinds.add(fact.type);
  }

  private knows(kinds: readonly JournalKind[], id: string): boolean {
    return kinds.some((kind) => this.things.get(kind)?.has(id));
  }

  private names(fact: Fact, where: string): void {
    const values = fact as unknown as Record<string, unknown>;
    for (const [field, kinds] of namesOf[fact.type])
      for (const id of [values[field] ?? []].flat() as string[])
        if (!this.knows(kinds, id) && !this.unknown.has(`${field} ${id}`))
          this.unknown.set(`${field} ${id}`, { where, field, kinds, id });
  }
}

/** A fact as it is put aside: of what was sealed, with the position and the hash as a text. */
function keepable(fact: Fact, seq: number): Fact {
  if (!("commitment" in fact)) return fact;
  return { ...fact, seq, commitment: Buffer.from(fact.commitment).toString("hex") } as unknown as Fact;
}

/** What stands before the first underscore: ids of one kind begin alike. An id of another form is of its own length's. */
function beginningOf(id: string): string {
  const end = id.indexOf("_");
  return end > 0 && end < 20 ? id.slice(0, end) : String(id.length);
}

interface StateFact {
  version?: number;
  state?: string;
  from?: string | null;
}
/** By which kind of step each thing moves whose steps are a kind of their own. */
const stepped = new Map(
  (Object.entries(followed) as [JournalKind, Followed<JournalKind>][]).flatMap(([kind, { stepsOf }]) =>
    stepsOf ? [[stepsOf, kind] as const] : [],
  ),
);
