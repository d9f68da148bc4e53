import type { Fact, FactOf, JournalKind } from "../../domain/facts";
import type { VolunteerStepAction } from "../../domain/facts/people";
import { socialWorkLevels } from "../../domain/facts/workers";
import type { Instant } from "../../domain/kit/calendar";

/**
 * What a rule looks at: a fact, the fact before it about the same thing, its writer and its time. `known` answers about other
 * things.
 */
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
/** Says what is wrong with a step, in words that repeat none of its values. It says nothing where the step is right. */
export type Rule<F> = (step: Step<F>) => string | false | null | undefined;

export interface Moves {
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

/** What a fact says of a step of a machine. */
interface MachineStep {
  action: string;
  from: string | null;
  state: string;
  reasonId: string | null;
}
/**
 * Says what is wrong with a step: the action must be in the table of moves, lead from the state before to this one, and have a
 * reason where the table asks for one.
 */
export function wrongMove(moves: Moves, { action, from, state, reasonId }: MachineStep): string | false {
  const move = Object.hasOwn(moves, action) ? moves[action] : undefined;
  const to = move?.to === "SAME" ? [from] : [move?.to].flat();
  if (!move?.from.includes(from) || !to.includes(state)) return noMove(from, state, action);
  return move.reason === true && reasonId === null && "has no reason";
}
/** For kinds that say the steps of another kind. Of a machine's own kind the `Follower` asks by itself. */
export function byAction(moves: Moves): Rule<MachineStep> {
  return ({ fact }) => wrongMove(moves, fact);
}

type CapacityMove = { version: number; action: string; fields: readonly string[]; reasonId: string | null };
type CapacityMoves = Readonly<Record<string, readonly string[]>>;
/** The table of moves must have the step. A correction names its fields, and every step but a registration has a reason. */
export function inTable(moves: CapacityMoves): Rule<CapacityMove> {
  return ({ fact: { action, fields, reasonId } }) => {
    if (!Object.hasOwn(moves, action)) return "takes no step that there is";
    if ((action === "REVISE") !== fields.length > 0) return "fields are not as its action";
    return action !== "REGISTER" && reasonId === null && "has no reason";
  };
}
/** A change has a step, which may change the fields that the table of moves says, and no others. */
export function changedBy<F extends { version: number }>(
  step: CapacityMove | null,
  moves: CapacityMoves,
  fact: F,
  before: F | null,
): string | false {
  if (before === null) return false;
  const missing = unmoved(step, fact);
  if (step === null || missing) return missing;
  const may = ["type", "version", "reasonId", ...(moves[step.action] ?? [])];
  const changed = (Object.keys(fact) as (keyof F & string)[]).find(
    (field) => !may.includes(field) && !same(fact[field], before[field]),
  );
  return changed !== undefined && `${changed} is not to change`;
}
/** What changes says in a step of its own why: one of the same version comes right before it. */
export function unmoved(step: { version: number } | null, fact: { version: number }): string | false {
  return step?.version !== fact.version && "changes without a step";
}
/** A rule about registrations, which does not hold for a correction. */
export function unlessRevised(rule: Rule<FactOf<"SOCIAL_WORKER_SET">>): Rule<FactOf<"SOCIAL_WORKER_SET">> {
  return (step) => {
    const moved = step.known.last("SOCIAL_WORKER_MOVED", step.fact.id);
    return moved?.version === step.fact.version && moved.action === "REVISE" ? null : rule(step);
  };
}

/** The fields of a volunteer that a step may change besides the state. A correction changes those that it names. */
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

/** The person that an id stands for today: the one into whom that person was merged. */
export function standing(personId: string, known: Known): string {
  const merged = known.last("PEOPLE_MERGED", personId);
  return merged && isHolding(merged, known) ? standing(merged.keptId, known) : personId;
}

/** Whether a merging still holds. It does unless the last parting of that person ended this very merging. */
export function isHolding(merged: FactOf<"PEOPLE_MERGED">, known: Known): boolean {
  const ended = known.last("MERGING_ENDED", merged.personId);
  return ended === null || ended.mergedReasonId !== merged.reasonId;
}

type Owned = { personId: string };
/** A thing goes from one person to another where an officer has parted or merged the two, and nowhere else. */
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
/** Every fact after the first one has a reason. */
export function reasonLater({ fact, before }: Step<Reasoned>): string | false {
  return before !== null && fact.reasonId === null && "has no reason";
}
/** An end may only come nearer. */
export function endsOnlyEarlier({ fact, before }: Step<{ validUntil: string | null }>): string | false {
  const { validUntil } = fact;
  const nearer = !before || (validUntil !== null && (before.validUntil === null || validUntil < before.validUntil));
  return !nearer && "validUntil does not come nearer";
}
/** A thing that was entered by mistake is taken back once, with a reason, and never given again. */
export function withdrawal(otherSteps = false): readonly Rule<Reasoned & { withdrawn: boolean }>[] {
  return [
    ({ before }) => before?.withdrawn === true && "was taken back before",
    ({ fact, before }) =>
      fact.withdrawn !== (before !== null) && !(otherSteps && !fact.withdrawn) && "withdrawn is not as its version",
    ({ fact }) => fact.withdrawn && fact.reasonId === null && "has no reason",
  ];
}
/** Finds an account that is not of this owner and this kind. */
export function ownsNot(known: Known, accountId: string, owner: string, kind: string): string | false {
  const account = known.last("ACCOUNT_OPENED", accountId);
  return (account?.owner !== owner || account.kind !== kind) && "accountId is not an account of its own";
}
