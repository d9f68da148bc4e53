import type { Instant } from "../../domain/calendar";
import type { Fact, FactOf, JournalKind } from "../../domain/ledger/facts";
import { socialWorkLevels } from "../../domain/socialworkers";
import type { VolunteerStepAction } from "../../domain/volunteers";

/** One fact, what stood before it, and who wrote it when: what a rule looks at. `known` answers about other things. */
interface Step<F> {
  fact: F;
  before: F | null;
  by: string;
  at: Instant;
  known: Known;
}
export interface Known {
  /** The last fact of that kind about the thing with this key; null where there was none. */
  last<K extends JournalKind>(kind: K, ...key: string[]): FactOf<K> | null;
  /** The last fact of that kind whose `alsoBy` is this. */
  lastBy<K extends JournalKind>(kind: K, value: string): FactOf<K> | null;
  /** The fact of the entry before this one. */
  readonly previous: Fact | null;
}
/** What is wrong with a step, in words that repeat none of its values; nothing where nothing is. */
export type Rule<F> = (step: Step<F>) => string | false | null | undefined;

interface Moves {
  readonly [action: string]: {
    readonly from: readonly (string | null)[];
    readonly to: string | readonly string[];
    readonly reason?: boolean;
  };
}

export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
export function includes(list: readonly (string | null)[], value: string | null): boolean {
  return list.includes(value);
}
export const rankOf = (level: string) => (socialWorkLevels as readonly string[]).indexOf(level);

/** States and actions are words of closed lists; anything else that stands in their place is not repeated. */
export function noMove(from: string | null, to: string, action = "a step"): string {
  const word = (text: string | null) => (text === null || /^[A-Za-z_ ]{1,40}$/.test(text) ? text : "an unknown word");
  return `${word(action)} is no move from ${word(from)} to ${word(to)}`;
}

/** Its action is in the table of moves, leads from the state before to this one, and has a reason where one is asked for. */
export function byAction(
  moves: Moves,
): Rule<{ action: string; from: string | null; state: string; reasonId: string | null }> {
  return ({ fact: { action, from, state, reasonId } }) => {
    const move = Object.hasOwn(moves, action) ? moves[action] : undefined;
    const to = move?.to === "SAME" ? [from] : [move?.to].flat();
    if (!move?.from.includes(from) || !to.includes(state)) return noMove(from, state, action);
    return move.reason && reasonId === null && "has no reason";
  };
}

type CapacityMove = Pick<FactOf<"RECIPIENT_MOVED">, "version" | "action" | "fields" | "reasonId">;
type CapacityMoves = Readonly<Record<string, readonly string[]>>;
/** A step that the table of moves has; a correction names what it corrects, and all but a registration has a reason. */
export function inTable(moves: CapacityMoves): Rule<CapacityMove> {
  return ({ fact: { action, fields, reasonId } }) => {
    if (!Object.hasOwn(moves, action)) return "takes no step that there is";
    if ((action === "REVISE") !== fields.length > 0) return "fields are not as its action";
    return action !== "REGISTER" && reasonId === null && "has no reason";
  };
}
/** A step changes what the table of moves says, and nothing else. Earlier releases wrote none. */
export function changedBy<F extends { version: number }>(
  step: CapacityMove | null,
  moves: CapacityMoves,
  fact: F,
  before: F | null,
): string | false {
  if (before === null || step?.version !== fact.version) return false;
  const may = ["type", "version", "reasonId", ...(moves[step.action] ?? [])];
  const changed = (Object.keys(fact) as (keyof F & string)[]).find(
    (field) => !may.includes(field) && !same(fact[field], before[field]),
  );
  return changed !== undefined && `${changed} is not to change`;
}
/** A rule about a registration, which holds for none that is put right. */
export function unlessRevised(rule: Rule<FactOf<"SOCIAL_WORKER_SET">>): Rule<FactOf<"SOCIAL_WORKER_SET">> {
  return (step) => {
    const moved = step.known.last("SOCIAL_WORKER_MOVED", step.fact.id);
    return moved?.version === step.fact.version && moved.action === "REVISE" ? null : rule(step);
  };
}

/** What earlier releases did with volunteers, without writing down which step it was. */
export const earlierVolunteerActions: readonly string[] = [
  "ACTIVATE",
  "SUSPEND",
  "RESTORE",
  "WITHDRAW",
  "RECORD_DEATH",
];
/** What a step of a volunteer may change besides the state; a correction what it names. */
export const changeable = ["vouchedBy", "profileId", "volunteerNo", "divisionCode", "personId"] as const;
export function volunteerChanges(action: VolunteerStepAction, fields: readonly string[]): readonly string[] {
  if (action === "ACTIVATE" || action === "RETURN") return ["vouchedBy", "profileId"];
  if (action === "SEPARATE") return ["personId", "profileId"];
  if (action === "MERGE") return ["personId"];
  if (action === "TAKE_OVER") return ["personId", "profileId"];
  if (action !== "REVISE") return [];
  const named = fields.map((field) => (field === "organizationId" ? "vouchedBy" : field));
  return ["profileId", ...named];
}

/** Who somebody is now: the person into whom they were merged. */
export function standing(personId: string, known: Known): string {
  const merged = known.last("PEOPLE_MERGED", personId);
  return merged && isHolding(merged, known) ? standing(merged.keptId, known) : personId;
}

/** Whether two are one person still: the last parting is of another merging, or earlier than this one. */
export function isHolding(merged: FactOf<"PEOPLE_MERGED">, known: Known): boolean {
  const ended = known.last("MERGING_ENDED", merged.personId);
  return ended === null || ended.mergedReasonId !== merged.reasonId;
}

type Owned = { personId: string };
/** What was one person's becomes another's where an officer has parted or merged the two, and never else. */
export function anothersByRight({ fact, before, known }: Step<Owned>): string | false {
  if (before === null || before.personId === fact.personId) return false;
  // A registration that was merged stays under the id of that day, which may lead on since.
  const now = standing(before.personId, known);
  const parted = known.last("PERSON_SEPARATED", fact.personId)?.personId === now;
  const merged = now === fact.personId;
  return !parted && !merged && "personId is not to change";
}
type Owner = "volunteerId" | "recipientId" | "socialWorkerId";
type OwnerStep = "VOLUNTEER_MOVED" | "RECIPIENT_MOVED" | "SOCIAL_WORKER_MOVED";
/** The field that names whose a thing is, and the kind of step that merges and parts the owners. */
const owners: Readonly<Record<Owner, OwnerStep>> = {
  volunteerId: "VOLUNTEER_MOVED",
  recipientId: "RECIPIENT_MOVED",
  socialWorkerId: "SOCIAL_WORKER_MOVED",
};
/** A thing goes from one registration to another where an officer has merged or parted the two, and nowhere else. */
export function followsMerging<O extends Owner>(owner: O): Rule<Record<O, string>> {
  const step: OwnerStep = owners[owner];
  return ({ fact, before, known }) => {
    if (before === null || before[owner] === fact[owner]) return false;
    const isMerged = known.last(step, before[owner])?.action === "MERGE";
    const isParted = known.last(step, fact[owner])?.action === "SEPARATE";
    return !isMerged && !isParted && `${owner} is not to change`;
  };
}
/** A rule about what a step does, which does not hold for a step that only gives the thing to another owner. */
export function unlessChanged<F extends object>(owner: keyof F, rule: Rule<F>): Rule<F> {
  return (step) => {
    const { fact, before } = step;
    return before !== null && before[owner] !== fact[owner] ? null : rule(step);
  };
}

type Reasoned = { reasonId: string | null };
/** All that comes after the first has a reason. */
export function reasonLater({ fact, before }: Step<Reasoned>): string | false {
  return before !== null && fact.reasonId === null && "has no reason";
}
/** An end comes nearer, and goes no further away. */
export function endsOnlyEarlier({ fact, before }: Step<{ validUntil: string | null }>): string | false {
  const { validUntil } = fact;
  const nearer = !before || (validUntil !== null && (before.validUntil === null || validUntil < before.validUntil));
  return !nearer && "validUntil does not come nearer";
}
/** Entered by mistake: taken back once, with a reason, and never given again. */
export function withdrawal(otherSteps = false): readonly Rule<Reasoned & { withdrawn: number }>[] {
  return [
    ({ before }) => before?.withdrawn === 1 && "was taken back before",
    ({ fact, before }) =>
      (fact.withdrawn === 1) !== (before !== null) &&
      !(otherSteps && fact.withdrawn === 0) &&
      "withdrawn is not as its version",
    ({ fact }) => fact.withdrawn === 1 && fact.reasonId === null && "has no reason",
  ];
}
/** An account is its owner's, of its owner's kind. */
export function ownsNot(known: Known, accountId: string, owner: string, kind: string): string | false {
  const account = known.last("ACCOUNT_OPENED", accountId);
  return (account?.owner !== owner || account.kind !== kind) && "accountId is not an account of its own";
}
