import type { Listing, Recipient, Visit } from "../facts/visits";
import type { Evidence, Rules } from "../hours";
import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  daysOfMonth,
  type WorkingCalendar,
  workingDayAfter,
} from "../kit/calendar";
import { refuse } from "../kit/refusal";
import { checkNotOwn, type Own, selvesOf } from "../people/near";
import type { Policies } from "../policies";
import { type Death, factsOfDeath } from "./recipients";

export const visitResults = ["MET", "NOT_HOME", "REFUSED", "MOVED", "HOSPITALISED", "DECEASED", "NEED_RAISED"] as const;
export type VisitResult = (typeof visitResults)[number];

/** An attempt does not count (F21). A recipient who told the visitor of a need was met. */
export function isMet(result: VisitResult): boolean {
  return result === "MET" || result === "NEED_RAISED";
}

/** Encrypted under the recipient's key, since the result is about the recipient. */
export interface VisitDetails {
  result: VisitResult;
  note: string | null;
  /** The evidence with which a late visit was entered; absent where none was needed. */
  evidence?: Evidence[];
}

/** One visit that is owed to everybody on the list. Its key identifies it for good: `2026-09.MONTHLY`, `2026-08.HEAT`. */
export interface Slot {
  key: string;
  /** The month in which it is due. */
  month: string;
  from: Day;
  /** The last day for it: a calendar month has no days of grace (domain.md 2.1 I). */
  until: Day;
  /** A recipient who came on the list later is owed none. */
  listedBy: Day;
}

export const obligationStates = ["PLANNED", "DUE", "MET", "OVERDUE", "ESCALATED"] as const;
export type ObligationState = (typeof obligationStates)[number];

/** The visits that one recipient is owed, and the state of each. */
export interface Obligation {
  id: string;
  recipientId: string;
  slot: Slot;
  state: ObligationState;
}

export const monthOf = (day: Day) => day.slice(0, 7);

/** The visits that are due in a month: the month's own first, then those of the occasions that end in it. */
export function slotsOf(month: string, policies: Policies): Slot[] {
  return [...monthlySlots(month, policies), ...occasionSlots(month, policies)];
}

function monthlySlots(month: string, policies: Policies): Slot[] {
  const { from, until } = daysOfMonth(month);
  const listedBy = addDays(until, 1 - policies.count("visit.listedDays", until));
  return Array.from({ length: policies.count("visit.minPerMonth", from) }, (_, i) => ({
    key: `${month}.MONTHLY${i === 0 ? "" : `_${i + 1}`}`,
    month,
    from,
    until,
    listedBy,
  }));
}

function occasionSlots(month: string, policies: Policies): Slot[] {
  return policies
    .occasions(daysOfMonth(month).until)
    .filter((occasion) => monthOf(occasion.until) === month)
    .map((occasion) => ({
      key: `${month}.${occasion.code}`,
      month,
      from: occasion.from,
      until: occasion.until,
      listedBy: occasion.from,
    }))
    .sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
}

/**
 * The number of months after a month in which an occasion that begins in it may be due: one of 62 days from 31 January ends in
 * April.
 */
const monthsAhead = 3;

/** The obligations that a visit on a day may meet: the month's own first, then the one that is due first. */
export function slotsOn(day: Day, policies: Policies): Slot[] {
  const month = monthOf(day);
  const later = monthsFrom(month, addMonths(`${month}-01`, monthsAhead));
  return later.flatMap((due) => slotsOf(due, policies)).filter(({ from, until }) => from <= day && day <= until);
}

/** The months from one month to the month of a day. */
function monthsFrom(first: string, until: Day): string[] {
  const months: string[] = [];
  for (let month = `${first}-01`; month <= until; month = addMonths(month, 1)) months.push(monthOf(month));
  return months;
}

/** The days of all months in which some days lie. */
function monthsAround({ from, until }: { from: Day; until: Day }): { from: Day; until: Day } {
  return { from: daysOfMonth(monthOf(from)).from, until: daysOfMonth(monthOf(until)).until };
}

/** Whole months that hang together by occasions, and what is due in them, in the order in which it is to be met. */
export interface Season {
  from: Day;
  until: Day;
  slots: Slot[];
}

/**
 * The season of some days: no visit outside of it meets an obligation in it, and no visit in it meets one outside. An occasion
 * that reaches over the end of a month joins that month to the next one.
 */
export function seasonOf(days: { from: Day; until: Day }, policies: Policies): Season {
  let { from, until } = monthsAround(days);
  for (;;) {
    const months = monthsFrom(monthOf(from), addMonths(until, monthsAhead));
    const within = (slot: Slot) => slot.from <= until && from <= slot.until;
    const occasions = months.flatMap((month) => occasionSlots(month, policies)).filter(within);
    const first = [from, ...occasions.map((slot) => slot.from)].sort()[0] as Day;
    const last = [until, ...occasions.map((slot) => slot.until)].sort().at(-1) as Day;
    if (first === from && last === until) {
      const monthly = monthsFrom(monthOf(from), until).flatMap((month) => monthlySlots(month, policies));
      // Each month's first visit comes before every second one, so that the rate counts each person who was met in the month.
      const firsts = monthly.filter(({ key }) => key.endsWith(".MONTHLY"));
      return { from, until, slots: [...firsts, ...monthly.filter((slot) => !firsts.includes(slot)), ...occasions] };
    }
    ({ from, until } = monthsAround({ from: first, until: last }));
  }
}

/** The facts that decide which obligation a visit meets. */
export type Counting = Pick<Visit, "id" | "at" | "on" | "obligation">;

/**
 * Which obligation each visit meets, by the visit's id: as many obligations as can be met, and those that stand first among
 * the slots before the others. A visit meets one obligation within whose days it lies, and each obligation is met once. Visits
 * of one minute are one visit, also where two people entered them. What a visit met before it meets again where the rest allows it.
 *
 * Slots are taken one by one in their order, each by an augmenting path (Kuhn): a slot that has its visit keeps one for good.
 */
export function matchVisits(slots: readonly Slot[], visits: readonly Counting[]): Map<string, string> {
  const together = onePerMinute(visits);
  const slotOf = new Map<Counting, Slot>();
  const find = (slot: Slot, tried: Set<Counting>): boolean => {
    const open = together.filter(({ on }) => slot.from <= on && on <= slot.until);
    const rank = (visit: Counting) => (visit.obligation === slot.key ? 0 : slotOf.has(visit) ? 2 : 1);
    for (const visit of open.sort((a, b) => rank(a) - rank(b))) {
      if (tried.has(visit)) continue;
      tried.add(visit);
      const held = slotOf.get(visit);
      if (held && !find(held, tried)) continue;
      slotOf.set(visit, slot);
      return true;
    }
    return false;
  };
  for (const slot of slots) find(slot, new Set());
  return new Map([...slotOf].map(([{ id }, { key }]) => [id, key]));
}

/** Whether a visit can meet an obligation. */
export function counts({ met, waits, withdrawn }: Pick<Visit, "met" | "waits" | "withdrawn">): boolean {
  return met && !waits && !withdrawn;
}

/** One visit of each minute: the one that meets something already, else the one that was entered first. */
function onePerMinute(visits: readonly Counting[]): Counting[] {
  const minutes = new Map<number, Counting>();
  for (const visit of [...visits].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))) {
    const minute = Math.floor(visit.at / 60_000);
    const known = minutes.get(minute);
    if (!known || (known.obligation === null && visit.obligation !== null)) minutes.set(minute, visit);
  }
  return [...minutes.values()];
}

/**
 * The span on the list under which a person is owed a visit; null where they are not. The person came on the list in time, and
 * is on it on the last day for the visit. A person who was taken off the list, or moved, after the days of the visit began, is
 * still owed it: else a missed month could be made to vanish. The dead are owed nothing, and a registration that was merged
 * leaves what is not over to the other one. Of several spans the last one counts, so that one division answers for the visit.
 */
export function owingListing(listings: readonly Listing[], death: Death | null, slot: Slot): Listing | null {
  if (death !== null && death.on < slot.until) return null;
  const owing = listings.filter(({ listedOn, listedUntil, ending }) => {
    const until = ending === "UNLISTED" || ending === "MOVED" ? slot.from : slot.until;
    return listedOn <= slot.listedBy && (listedUntil === null || (listedUntil >= until && listedUntil >= listedOn));
  });
  return owing.reduce<Listing | null>(
    (last, listing) => (last && last.listedOn > listing.listedOn ? last : listing),
    null,
  );
}

/** Which obligation an attempt was made for: the first one of its day that nothing has met. */
export function triedFor(
  day: Day,
  isOwed: (slot: Slot) => boolean,
  metAlready: readonly (string | null)[],
  policies: Policies,
): string | null {
  const open = slotsOn(day, policies).find((slot) => isOwed(slot) && !metAlready.includes(slot.key));
  return open?.key ?? null;
}

/** The state of an obligation that was not met: some working days after its last day it goes to the office. */
export function unmetState(
  { from, until }: Slot,
  today: Day,
  calendar: WorkingCalendar,
  policies: Policies,
): Exclude<ObligationState, "MET"> {
  if (today < from) return "PLANNED";
  if (today <= until) return "DUE";
  const escalatesAfter = workingDayAfter(calendar, until, policies.count("visit.escalateWorkingDays", until));
  return today > escalatesAfter ? "ESCALATED" : "OVERDUE";
}

/**
 * A visit is entered like a service: by the last working day for it, and after that within a window, with evidence, to be
 * confirmed by other people. A death that a volunteer reports waits for a confirmation in any case, since it ends the list.
 * IN_THE_FUTURE, BACKFILL_WINDOW_PASSED, BACKFILL_NEEDS_EVIDENCE.
 */
export function checkVisitTime(
  { at, on, deceased, visitor }: Pick<Visit, "at" | "on" | "deceased" | "visitor">,
  evidence: number,
  { policies, calendar, now }: Rules,
): Pick<Visit, "recordBy" | "confirmationsNeeded"> {
  if (at > now) refuse("IN_THE_FUTURE", { now: new Date(now).toISOString() }, ["at"]);
  const today = dayOf(now);
  const recordBy = workingDayAfter(calendar, on, policies.count("record.deadlineWorkingDays", on));
  if (today <= recordBy) return { recordBy, confirmationsNeeded: deceased && visitor === "VOLUNTEER" ? 1 : 0 };
  const windowDays = policies.count("record.backfill.windowDays", on);
  if (today > addDays(on, windowDays)) refuse("BACKFILL_WINDOW_PASSED", { windowDays }, ["at"]);
  if (evidence === 0) refuse("BACKFILL_NEEDS_EVIDENCE", { recordBy }, ["evidence"]);
  return { recordBy, confirmationsNeeded: policies.count("record.backfill.approvers", today) };
}

/**
 * A visit is confirmed by people who neither made it nor confirmed it before, under any of their ids, and to whom neither the
 * visitor nor the recipient is family. SELF_CONFIRMATION, SAME_PERSON.
 */
export function checkVisitConfirmer(
  { visitorId, confirmedBy }: Visit,
  { personId }: Pick<Recipient, "personId">,
  own: Own,
): void {
  for (const id of [visitorId, personId]) checkNotOwn(own, id);
  const selves = selvesOf(own);
  if (confirmedBy.some((id) => selves.includes(id))) refuse("SAME_PERSON");
}

/**
 * Nobody is visited after their death, and a death is not entered before a visit at which the person was met.
 * RECIPIENT_DECEASED, VISITED_SINCE.
 */
export function checkAlive(visit: Visit, death: Death | null, others: readonly Visit[]): void {
  if (death !== null && visit.at > death.at) refuse("RECIPIENT_DECEASED", factsOfDeath(death), ["at"]);
  const later = others.find((other) => counts(other) && other.at > visit.at);
  if (visit.deceased && later) refuse("VISITED_SINCE", { on: later.on }, ["result"]);
}

/** The id of a recipient's obligation, which is made of the recipient's own id. */
export function obligationId(recipientId: string, { key }: Pick<Slot, "key">): string {
  return `obligation_${recipientId.slice("recipient_".length)}.${key}`;
}
export function readObligationId(id: string): { recipientId: string; month: string; key: string } | null {
  const [, recipient, month, code] =
    /^obligation_([0-9a-z]{26})\.(\d{4}-\d{2})\.([A-Z][A-Z_0-9]{1,39})$/.exec(id) ?? [];
  return recipient && month && code ? { recipientId: `recipient_${recipient}`, month, key: `${month}.${code}` } : null;
}

/** How many of the people who were owed a visit in a month had one: domain.md 5.5. */
export interface VisitCoverage {
  divisionCode: string;
  owed: number;
  met: number;
}
