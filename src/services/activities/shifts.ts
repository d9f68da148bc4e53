import {
  type ActivityDetails,
  type ActivityPlan,
  capacityMax,
  checkShift,
  isRewritten,
  type PlannedShift,
  repeated,
  shiftsMax,
  type Venue,
} from "../../domain/activities/machine";
import { standingStates } from "../../domain/activities/signups";
import type { Activity, Shift } from "../../domain/facts/activities";
import { refuse } from "../../domain/kit/refusal";
import { counted } from "../../domain/kit/units";
import type { Policies } from "../../domain/policies";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Read } from "../bank/fields";
import type { shiftOf } from "./commands";
import type { By, Register } from "./register";

type ReadShift = Read<typeof shiftOf>;

/** A shift as it was asked for, with its form checked; it has an id where it exists already. */
export type AskedShift = Omit<PlannedShift, "id"> & { id: string | null };

/** Keeps venues under the activity's key; the same place said twice is kept once. */
export function sealVenues(bank: Bank, tx: Tx, activityId: string, known = new Map<string, string>()) {
  return async (venue: Venue): Promise<string> => {
    const text = textOf(venue);
    const id = known.get(text) ?? (await bank.vault.seal(tx, activityId, venue));
    known.set(text, id);
    return id;
  };
}
const textOf = ({ place, latitudeMicrodegrees, longitudeMicrodegrees }: Venue) =>
  JSON.stringify([place, latitudeMicrodegrees, longitudeMicrodegrees]);

export async function shiftsOf(view: View, activity: Pick<Activity, "id">): Promise<Shift[]> {
  return ((await view.shiftsOfActivities([activity.id])).get(activity.id) ?? []).filter((shift) => !shift.dropped);
}

/**
 * Which shift each is: the one it names, or without names the one at its place in the list, so that sign-ups and calendars
 * follow them; what is new gets an id.
 */
export function nameShifts(bank: Bank, tx: Tx, asked: readonly AskedShift[], known: readonly string[]): PlannedShift[] {
  const named = asked.some(({ id }) => id !== null);
  const planned = asked.map((shift, i) => {
    if (shift.id !== null && !known.includes(shift.id)) refuse("NOT_FOUND", {}, ["shifts", String(i), "id"]);
    return { ...shift, id: shift.id ?? (named ? undefined : known[i]) ?? bank.id("shift", tx.now) };
  });
  if (new Set(planned.map(({ id }) => id)).size < planned.length)
    refuse("INVALID_INPUT", { repeated: true }, ["shifts"]);
  return planned;
}

/** Refuses shifts that are too short or too long, and changes that would take a place or a shift from a volunteer on the list. */
async function checkFit(
  tx: Tx,
  activity: Activity,
  planned: readonly PlannedShift[],
  policies: Policies,
): Promise<void> {
  const old = await shiftsOf(tx, activity);
  const counts = await tx.totalsOf(old.map(({ id }) => id));
  for (const [i, shift] of planned.entries()) {
    checkShift(shift, policies, i);
    const held = counts.get(shift.id);
    if (held && shift.capacity < held.signedUp)
      refuse("HAS_SIGN_UPS", { signedUp: held.signedUp }, ["shifts", String(i), "capacity"]);
  }
  // A child whose guardian was not heard yet stands on the list, too.
  const standing = await tx.signUpsOfActivity(activity.id, standingStates);
  const kept = new Set(planned.map(({ id }) => id));
  for (const rest of old.filter(({ id }) => !kept.has(id))) {
    const signedUp = standing.filter(({ shiftId }) => shiftId === rest.id).length;
    if (signedUp > 0) refuse("HAS_SIGN_UPS", { signedUp }, ["shifts"]);
  }
}

/**
 * Makes the shifts what was planned: what is left over is dropped. REVIEWED announces them at once. UNREVIEWED touches none
 * that was announced: it waits in the plan.
 */
export async function reshape(
  register: Register,
  tx: Tx,
  by: By,
  activity: Activity,
  planned: readonly PlannedShift[],
  { policies, as }: { policies: Policies; as: "DRAFT" | "REVIEWED" | "UNREVIEWED" },
): Promise<Shift[]> {
  await checkFit(tx, activity, planned, policies);
  const old = await shiftsOf(tx, activity);
  const venues = await register.bank.vault.open<Venue>(
    tx,
    old.map(({ venueId }) => venueId),
  );
  const known = new Map([...venues].map(([id, venue]) => [textOf(venue), id]));
  const seal = sealVenues(register.bank, tx, activity.id, known);
  const isTouched = (shift: Shift | undefined) => as !== "UNREVIEWED" || !shift || shift.announcedVenueId === null;
  const kept = new Set(planned.map(({ id }) => id));
  for (const rest of old.filter((shift) => !kept.has(shift.id) && isTouched(shift)))
    await register.setShift(tx, by, { ...rest, dropped: true, version: rest.version + 1 });
  const shifts: Shift[] = [];
  for (const { venue, ...plan } of planned) {
    const before = old.find(({ id }) => id === plan.id);
    if (!isTouched(before)) continue;
    const venueId = await seal(venue);
    const after = before
      ? { ...before, ...plan, venueId, version: before.version + 1 }
      : newShift({ ...plan, venueId }, plan.id, activity.id);
    shifts.push(as === "REVIEWED" ? { ...after, announcedVenueId: venueId } : after);
  }
  for (const shift of shifts) await register.setShift(tx, by, shift);
  return shifts;
}

/** The plans of those that were rewritten since their review, but for shifts that were called off meanwhile. */
export async function plansAmong(
  bank: Bank,
  view: View,
  activities: readonly Activity[],
): Promise<Map<string, ActivityPlan>> {
  const rewritten = activities.filter(isRewritten);
  if (rewritten.length === 0) return new Map();
  const details = await bank.vault.open<ActivityDetails>(
    view,
    rewritten.map(({ detailsId }) => detailsId),
  );
  const rows = await view.shiftsOfActivities(rewritten.map(({ id }) => id));
  const plans = new Map<string, ActivityPlan>();
  for (const { id, detailsId } of rewritten) {
    const plan = details.get(detailsId)?.plan;
    if (!plan) continue;
    const off = new Set((rows.get(id) ?? []).filter(({ dropped }) => dropped).map((shift) => shift.id));
    const held = plan.shifts?.filter((shift) => !off.has(shift.id)) ?? [];
    plans.set(id, { ...plan, shifts: held.length > 0 ? held : null });
  }
  return plans;
}

export function newShift(
  planned: Omit<PlannedShift, "id" | "venue"> & { venueId: string },
  id: string,
  activityId: string,
): Shift {
  return { ...planned, id, activityId, announcedVenueId: null, dropped: false, version: 1 };
}

/** Each shift of a series, so many as it comes. */
export function askedShifts(shifts: readonly ReadShift[]): AskedShift[] {
  const plans = shifts.flatMap(({ place, repeatEveryDays: every, repeatUntil: until, ...shift }, i) => {
    const at = (field: string) => ["shifts", String(i), field];
    for (const field of ["startsAt", "endsAt"] as const)
      if (Math.abs(shift[field]) > countedMost)
        refuse("INVALID_INPUT", { expected: "a time that the calendar has" }, at(field));
    const { latitude, longitude, ...plain } = shift;
    const plan = { ...plain, venue: { place, ...mapOf(shift, at) } };
    if (every === null && until === null) return [plan];
    if (every === null || until === null)
      return refuse("INVALID_INPUT", { missing: true }, at(every === null ? "repeatEveryDays" : "repeatUntil"));
    // The first of a series is the shift it names; the others are new.
    return repeated(plan, every, until).map((repeat, k) => (k === 0 ? repeat : { ...repeat, id: null }));
  });
  if (plans.length > shiftsMax) refuse("INVALID_INPUT", counted("ENTRIES", { least: 1, most: shiftsMax }), ["shifts"]);
  const capacity = plans.reduce((sum, plan) => sum + plan.capacity, 0);
  if (capacity > capacityMax) refuse("INVALID_INPUT", { most: capacityMax, capacity }, ["shifts"]);
  return plans;
}

/** So far from 1970 a series of shifts may be counted on without leaving what the calendar can count. */
const countedMost = 8.64e14;

/** A radius needs a place on the map; a place on the map is whole or not there. */
function mapOf(
  { latitude, longitude, radiusMetres }: Pick<ReadShift, "latitude" | "longitude" | "radiusMetres">,
  at: (field: string) => string[],
) {
  if ((latitude === null) !== (longitude === null))
    refuse("INVALID_INPUT", { missing: true }, at(latitude === null ? "latitude" : "longitude"));
  if (radiusMetres !== null && latitude === null)
    refuse("INVALID_INPUT", { needs: ["latitude", "longitude"] }, at("radiusMetres"));
  return {
    latitudeMicrodegrees: latitude === null ? null : Math.round(latitude * 1e6),
    longitudeMicrodegrees: longitude === null ? null : Math.round(longitude * 1e6),
  };
}
