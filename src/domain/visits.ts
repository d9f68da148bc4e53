import { addDays, addMonths, type Day, type Instant, type WorkingCalendar, workingDayAfter } from "./calendar";
import type { Minutes } from "./minutes";
import type { Policies } from "./policies";
import type { Recipient } from "./recipients";
import { refuse } from "./refusal";

export const visitModes = ["HOME", "PHONE", "VIDEO", "REMOTE_SENSOR"] as const;
export type VisitMode = (typeof visitModes)[number];
export const visitResults = ["MET", "NOT_HOME", "REFUSED", "MOVED", "HOSPITALISED", "DECEASED", "NEED_RAISED"] as const;
export type VisitResult = (typeof visitResults)[number];
/** Who comes: the first three on paid duty; only a volunteer's time is recorded as service. */
export const visitors = ["CADRE", "GRID_WORKER", "SOCIAL_WORKER", "VOLUNTEER"] as const;
export type Visitor = (typeof visitors)[number];

/** An attempt does not count (F21). Whoever told a visitor of a need was met. */
export function isMet(result: VisitResult): boolean {
  return result === "MET" || result === "NEED_RAISED";
}

export interface Visit {
  id: string;
  recipientId: string;
  organizationId: string;
  at: Instant;
  /** The civil day of `at`. */
  on: Day;
  mode: VisitMode;
  met: boolean;
  visitor: Visitor;
  visitorId: string;
  minutes: Minutes | null;
  /** Which obligation it meets; null for an attempt, and for a visit beyond what is owed. */
  obligation: string | null;
  /** The volunteer's service record. */
  recordId: string | null;
  /** The sealed row with the result and the note. */
  detailsId: string;
  /** Entered by mistake. */
  withdrawn: boolean;
  version: number;
}
/** Encrypted under the recipient's key: what was found is theirs. */
export interface VisitDetails {
  result: VisitResult;
  note: string | null;
}

/** A time of the year that asks for a visit more: great heat, a festival. */
export interface Occasion {
  code: string;
  label: string;
  labelEn: string;
  from: Day;
  until: Day;
}

/** One visit that everybody on the list is owed. Its key tells it apart for good: `2026-09.MONTHLY`, `2026-08.HEAT`. */
export interface Slot {
  key: string;
  /** The month in which it is due. */
  month: string;
  from: Day;
  /** The last day for it: a calendar month has no days of grace (domain.md 2.1 I). */
  until: Day;
  /** Who came on the list later is owed none. */
  listedBy: Day;
}

export const obligationStates = ["PLANNED", "DUE", "MET", "OVERDUE", "ESCALATED"] as const;
export type ObligationState = (typeof obligationStates)[number];

/** What one recipient is owed, and how it stands. */
export interface Obligation {
  id: string;
  recipientId: string;
  slot: Slot;
  state: ObligationState;
}

export const monthOf = (day: Day) => day.slice(0, 7);
const lastOf = (month: string) => addDays(addMonths(`${month}-01`, 1), -1);

/** What is due in a month: its own visits first, then those of the occasions that end in it. */
export function slotsOf(month: string, policies: Policies): Slot[] {
  const [from, until] = [`${month}-01`, lastOf(month)];
  const listedBy = addDays(until, 1 - policies.count("visit.listedDays", until));
  const monthly = Array.from({ length: policies.count("visit.minPerMonth", from) }, (_, i) => ({
    key: `${month}.MONTHLY${i === 0 ? "" : `_${i + 1}`}`,
    month,
    from,
    until,
    listedBy,
  }));
  const occasions = policies
    .occasions(until)
    .filter((occasion) => monthOf(occasion.until) === month)
    .map((occasion) => ({
      key: `${month}.${occasion.code}`,
      month,
      from: occasion.from,
      until: occasion.until,
      listedBy: occasion.from,
    }));
  return [...monthly, ...occasions.sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0))];
}

/** What a visit on a day may meet, in the order in which it does: the month's own first, then whatever is due first. */
export function slotsOn(day: Day, policies: Policies): Slot[] {
  const month = monthOf(day);
  const later = Array.from({ length: 3 }, (_, i) => monthOf(addMonths(`${month}-01`, i)));
  return later.flatMap((due) => slotsOf(due, policies)).filter(({ from, until }) => from <= day && day <= until);
}

/** Whether somebody is owed a visit: on the list in time, and on its last day still. */
export function isOwed({ listedOn, listedUntil }: Pick<Recipient, "listedOn" | "listedUntil">, slot: Slot): boolean {
  return listedOn <= slot.listedBy && (listedUntil === null || listedUntil >= slot.until);
}

/** Which of the obligations that are open a visit meets: one at most. */
export function meets(
  day: Day,
  recipient: Pick<Recipient, "listedOn" | "listedUntil">,
  metAlready: readonly (string | null)[],
  policies: Policies,
): string | null {
  const open = slotsOn(day, policies).find((slot) => isOwed(recipient, slot) && !metAlready.includes(slot.key));
  return open?.key ?? null;
}

/** Where an obligation stands that was not met: some working days after its last one it goes to the office. */
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

/** A visit is entered like a service: by the last working day for it. */
export function checkVisitTime(at: Instant, on: Day, now: Instant, today: Day, by: Day): void {
  if (at > now) refuse("IN_THE_FUTURE", { now: new Date(now).toISOString() }, ["at"]);
  if (today > by) refuse("BACKFILL_WINDOW_PASSED", { on, by }, ["at"]);
}

/** A recipient's obligation, by an id of its own that is made of theirs. */
export function obligationId(recipientId: string, { key }: Pick<Slot, "key">): string {
  return `obligation_${recipientId.slice("recipient_".length)}.${key}`;
}
export function readObligationId(id: string): { recipientId: string; month: string; key: string } | null {
  const [, recipient, month, code] =
    /^obligation_([0-9a-z]{26})\.(\d{4}-\d{2})\.([A-Z][A-Z_0-9]{1,39})$/.exec(id) ?? [];
  return recipient && month && code ? { recipientId: `recipient_${recipient}`, month, key: `${month}.${code}` } : null;
}

/** Of how many who were owed a visit in a month how many had one: domain.md 5.5. */
export interface VisitCoverage {
  divisionCode: string;
  owed: number;
  met: number;
}
