import type { ActorKind } from "../facts/actors";
import type { OrderSide, OrderState, OrderStep, PaymentSource, ServiceOrder } from "../facts/orders";
import { addDays, ageOn, type Day, dayOf, type Instant, startOf } from "../kit/calendar";
import type { Minutes } from "../kit/minutes";
import { refuse } from "../kit/refusal";
import { adultAge, isAdult, type Profile } from "../people/volunteers";
import type { Policies } from "../policies";
import type { RecipientProfile } from "../visits/recipients";

/** Orders that a volunteer has taken and not ended: the volunteer is promised for that time. */
export const promisedStates: readonly OrderState[] = ["MATCHED", "DELIVERED", "DISPUTED"];
/** Orders that end by themselves at their `expiresAt`. */
export const expiringStates: readonly OrderState[] = ["REQUESTED", "MATCHED"];
/** Orders that are not over yet. */
export const openStates: readonly OrderState[] = ["REQUESTED", ...promisedStates];

/** What becomes of the minutes that are set aside for an order. */
export const holdStates = ["HELD", "SETTLED", "RELEASED", "EXPIRED"] as const;
export type HoldState = (typeof holdStates)[number];
export const holdStateOf: Readonly<Record<OrderState, HoldState>> = {
  REQUESTED: "HELD",
  MATCHED: "HELD",
  DELIVERED: "HELD",
  DISPUTED: "HELD",
  SETTLED: "SETTLED",
  CANCELLED: "RELEASED",
  VOIDED: "RELEASED",
  EXPIRED: "EXPIRED",
};

/** References that begin with this are the bank's own: the record of a delivery has its order's id. */
export const orderPrefix = "order_";
/** The reference of a delivery's record: the order's id, with the order's version where a verdict put another record in its place. */
export const referenceOf = ({ id }: Pick<ServiceOrder, "id">, version: number) =>
  version <= 1 ? id : `${id}_${version}`;
export const orderIdOf = (reference: string | null): string | null =>
  /^(order_[^_]+)(_\d+)?$/.exec(reference ?? "")?.[1] ?? null;

export interface Wish {
  serviceType: string;
  neededFrom: Instant;
  neededTo: Instant;
  plannedMinutes: Minutes;
}

/** The help lies ahead, but not too far, is in the catalogue of its day, and fits between its two instants. */
export function checkWish(
  { serviceType, neededFrom, neededTo, plannedMinutes }: Wish,
  now: Instant,
  policies: Policies,
) {
  if (neededTo <= neededFrom || neededTo - neededFrom > 24 * 3_600_000) refuse("INVALID_INTERVAL", {}, ["neededTo"]);
  if (neededFrom < now) refuse("IN_THE_PAST", { now: new Date(now).toISOString() }, ["neededFrom"]);
  const [today, day] = [dayOf(now), dayOf(neededTo)];
  const latest = addDays(today, policies.count("order.aheadDays", today));
  if (day > latest) refuse("TOO_FAR_AHEAD", { latest }, ["neededFrom"]);
  if (!policies.serviceType(serviceType, day)) refuse("SERVICE_TYPE_NOT_FOUND", {}, ["serviceType"]);
  const shortest = policies.count("record.minSessionMinutes", day);
  const span = Math.floor((neededTo - neededFrom) / 60_000);
  const longest = Math.min(policies.count("record.maxSessionMinutes", day), span);
  if (plannedMinutes < shortest) refuse("SESSION_TOO_SHORT", { plannedMinutes, shortest }, ["plannedMinutes"]);
  if (plannedMinutes > longest) refuse("SESSION_TOO_LONG", { plannedMinutes, longest }, ["plannedMinutes"]);
}

/** Whether a recipient is a priority one: on the list today, with a category that the rule in force names. */
export function isPriority(
  { categories }: Pick<RecipientProfile, "categories">,
  listed: boolean,
  policies: Policies,
  today: Day,
): boolean {
  const named = policies.categories("redeem.priorityCategories", today);
  return listed && categories.some((category) => named.includes(category));
}

/**
 * Help is for the old, and for priority recipients at any age (domain.md 2.1 C); the grant and the pool serve priority recipients
 * alone. Judged by the rules of the day of the request. Answers the policy that lets the recipient ask. NO_CLAIM.
 */
export function checkClaim(
  profile: Pick<RecipientProfile, "birthDate" | "categories">,
  { listed, payFrom }: { listed: boolean; payFrom: PaymentSource },
  policies: Policies,
  today: Day,
): string {
  if (isPriority(profile, listed, policies, today)) return policies.inForce("redeem.priorityCategories", today).id;
  if (payFrom === "GOVERNMENT_GRANT" || payFrom === "PUBLIC_POOL") refuse("NO_CLAIM", { payFrom }, ["payFrom"]);
  const minAge = policies.count("redeem.minAge", today);
  if (ageOn(profile.birthDate, today) < minAge) refuse("NO_CLAIM", { minAge }, ["recipientId"]);
  return policies.inForce("redeem.minAge", today).id;
}

/** The instant at which an order that nobody takes ends: so many hours after the request, or when the help is due to begin. */
export function expiryOf(neededFrom: Instant, now: Instant, policies: Policies): Instant {
  return Math.min(neededFrom, now + policies.count("hold.expiryHours", dayOf(now)) * 3_600_000);
}

/** The instant at which a promise that was not kept ends: until then its delivery may be entered. */
export function promiseExpiryOf({ neededTo }: Pick<ServiceOrder, "neededTo">, policies: Policies): Instant {
  const day = dayOf(neededTo);
  return startOf(addDays(day, policies.count("record.backfill.windowDays", day) + 1));
}

/**
 * Nobody but an adult goes to a stranger's home alone (浙江省志愿服务条例 §9). A service that needs a qualification is taken only by the
 * offer of a station, which has seen the qualification.
 */
export function checkFit(
  profile: Pick<Profile, "birthDate" | "selfSupporting"> | undefined,
  { serviceType, neededTo }: Pick<Wish, "serviceType" | "neededTo">,
  offered: boolean,
  policies: Policies,
): void {
  const day = dayOf(neededTo);
  if (profile && !isAdult(profile, day)) refuse("MINOR_NOT_ADMITTED", { aloneFrom: adultAge }, ["volunteerId"]);
  if (policies.serviceType(serviceType, day)?.needsQualification && !offered)
    refuse("NOT_QUALIFIED", { serviceType }, ["orderId"]);
}

export const spellOf = ({ neededFrom, neededTo }: Pick<ServiceOrder, "neededFrom" | "neededTo">) => ({
  startsAt: neededFrom,
  endsAt: neededTo,
});

/** One volunteer takes an order. ORDER_TAKEN. */
export function checkNotTaken({ volunteerId }: Pick<ServiceOrder, "volunteerId">, id: string): void {
  if (volunteerId !== null && volunteerId !== id) refuse("ORDER_TAKEN", {}, ["orderId"]);
}

/** Nobody promises help for a time that is over. IN_THE_PAST. */
export function checkNotOver({ neededTo }: Pick<ServiceOrder, "neededTo">, now: Instant): void {
  if (now >= neededTo) refuse("IN_THE_PAST", { neededTo: new Date(neededTo).toISOString() }, ["orderId"]);
}

/** What is delivered begins on a day for which it was asked. INVALID_INPUT. */
export function checkDeliveryDay(
  { neededFrom, neededTo }: Pick<ServiceOrder, "neededFrom" | "neededTo">,
  startedAt: Instant,
): void {
  const [from, until, day] = [dayOf(neededFrom), dayOf(neededTo), dayOf(startedAt)];
  if (day < from || day > until) refuse("INVALID_INPUT", { from, until }, ["startedAt"]);
}

/** The side of an order for which a role speaks; null for the station and the office, which speak for neither. */
export function sideOf(role: ActorKind): OrderSide | null {
  if (role === "VOLUNTEER") return "AS_VOLUNTEER";
  return role === "RECIPIENT" || role === "FAMILY_PROXY" ? "AS_RECIPIENT" : null;
}

/** Each side of a dispute speaks once; a station that disputes speaks for the recipient. ILLEGAL_TRANSITION. */
export function checkNotHeard(
  { state }: Pick<ServiceOrder, "state">,
  role: ActorKind,
  steps: readonly Pick<OrderStep, "action" | "actorKind">[],
): void {
  const voiceOf = (kind: ActorKind): OrderSide => sideOf(kind) ?? "AS_RECIPIENT";
  const heard = voiceOf(role);
  if (steps.some(({ action, actorKind }) => action === "DISPUTE" && voiceOf(actorKind) === heard))
    refuse("ILLEGAL_TRANSITION", { action: "DISPUTE", from: state, heard }, ["orderId"]);
}

/**
 * The side against which an absence counts: the one that was absent, by the word of the station or the office alone. Nobody says
 * it of themselves, or before the help is due. INVALID_INPUT, IN_THE_FUTURE.
 */
export function faultOfMiss(
  { neededFrom }: Pick<ServiceOrder, "neededFrom">,
  absent: OrderSide,
  by: OrderSide | null,
  now: Instant,
): OrderSide | null {
  if (by === absent) refuse("INVALID_INPUT", { expected: "the other side" }, ["absent"]);
  if (now < neededFrom) refuse("IN_THE_FUTURE", { neededFrom: new Date(neededFrom).toISOString() }, ["orderId"]);
  return by === null ? absent : null;
}

/** The side whose fault a cancellation is: the volunteer's own, so late that hardly anybody else can come. */
export function faultOf(
  { state, neededFrom }: Pick<ServiceOrder, "state" | "neededFrom">,
  by: OrderSide | null,
  now: Instant,
  policies: Policies,
): OrderSide | null {
  if (state !== "MATCHED" || by === null) return null;
  const late = policies.count("order.lateCancelHours", dayOf(neededFrom)) * 3_600_000;
  return now > neededFrom - late ? by : null;
}

/** How the minutes of a delivery are paid: no more than was held, and beyond it what the recipient agreed to. */
export function shareOf(
  delivered: Minutes,
  held: Minutes,
  agreedExtra: Minutes,
): { captured: Minutes; released: Minutes; extra: Minutes } {
  const captured = Math.min(delivered, held);
  const beyond = delivered - captured;
  if (agreedExtra > beyond) refuse("INVALID_INPUT", { most: beyond }, ["extraMinutes"]);
  return { captured, released: held - captured, extra: agreedExtra };
}

/** Why a volunteer is proposed for an order. */
export const matchReasons = ["SKILL", "SAME_DIVISION", "NEAR_DIVISION", "FEW_ORDERS"] as const;
export type MatchReason = (typeof matchReasons)[number];

export interface Candidate {
  volunteerId: string;
  /** What the volunteer said they would do, from the catalogue. */
  serviceTypes: readonly string[];
  divisionCode: string;
  /** Orders that the volunteer has taken in the ninety days before. */
  recentOrders: number;
}

/**
 * The volunteers for an order, the best first: by the service that they offer, by the nearness of their division, and by the fewest
 * orders of late, so that the load is spread. The reasons stand beside each; ties go by id.
 */
export function ranked(
  candidates: readonly Candidate[],
  order: Pick<ServiceOrder, "serviceType" | "divisionCode">,
  near: ReadonlySet<string>,
): { volunteerId: string; reasons: MatchReason[]; recentOrders: number }[] {
  const least = Math.min(...candidates.map(({ recentOrders }) => recentOrders));
  const scored = candidates.map(({ volunteerId, serviceTypes, divisionCode, recentOrders }) => {
    const reasons: MatchReason[] = [];
    if (serviceTypes.includes(order.serviceType)) reasons.push("SKILL");
    if (divisionCode === order.divisionCode) reasons.push("SAME_DIVISION");
    else if (near.has(divisionCode)) reasons.push("NEAR_DIVISION");
    if (recentOrders === least) reasons.push("FEW_ORDERS");
    return { volunteerId, reasons, recentOrders };
  });
  const weight = (reasons: readonly MatchReason[]) =>
    (reasons.includes("SKILL") ? 4 : 0) +
    (reasons.includes("SAME_DIVISION") ? 2 : 0) +
    (reasons.includes("NEAR_DIVISION") ? 1 : 0);
  return scored.sort(
    (a, b) =>
      weight(b.reasons) - weight(a.reasons) ||
      a.recentOrders - b.recentOrders ||
      (a.volunteerId < b.volunteerId ? -1 : 1),
  );
}

/** How a dispute ends: what was delivered is paid, or only so much of it, or nothing. */
export const orderVerdicts = ["SETTLE", "PARTIALLY_SETTLE", "VOID"] as const;

/** Minutes belong to PARTIALLY_SETTLE, and to no other verdict. INVALID_INPUT. */
export function checkVerdict(verdict: (typeof orderVerdicts)[number], minutes: Minutes | null): void {
  const isPart = verdict === "PARTIALLY_SETTLE";
  if (isPart && minutes === null) refuse("INVALID_INPUT", { missing: true }, ["minutes"]);
  if (!isPart && minutes !== null)
    refuse("INVALID_INPUT", { expected: "minutes with PARTIALLY_SETTLE alone" }, ["minutes"]);
}
