import { createHmac, timingSafeEqual } from "node:crypto";
import type { Attendance, PlaceVerdict, Shift } from "../facts/activities";
import type { Interval } from "../hours";
import { dayOf, type Instant, serviceDay } from "../kit/calendar";
import type { Minutes } from "../kit/minutes";
import { refuse } from "../kit/refusal";
import type { Policies } from "../policies";
import { checkInOpens, type Venue } from "./machine";

/** References that begin with this are the bank's own. */
export const attendancePrefix = "attendance_";
/** The reference of an attendance's record: its id, with its version where it was settled before. */
export function referenceOf({ id, version }: Pick<Attendance, "id" | "version">): string {
  return version <= 1 ? id : `${id}_${version}`;
}
export function attendanceIdOf(reference: string): string | null {
  return /^(attendance_[^_]+)(_\d+)?$/.exec(reference)?.[1] ?? null;
}

/** A code is valid for half a minute. */
export const slotMs = 30_000;
export const slotOf = (at: Instant) => Math.floor(at / slotMs);

/** What the venue's screen shows in one half minute: a signed token for cameras, six digits for everybody else. */
export interface CheckInCode {
  token: string;
  digits: string;
  expiresAt: Instant;
}

export function codeOf(key: Buffer, slot: number): CheckInCode {
  const mac = sign(key, slot);
  // Turns a hash into digits as RFC 4226 does.
  const offset = (mac[mac.length - 1] as number) & 0xf;
  const digits = String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
  return {
    token: `${slot.toString(36)}.${mac.subarray(0, 15).toString("base64url")}`,
    digits,
    expiresAt: (slot + 1) * slotMs,
  };
}

function sign(key: Buffer, slot: number): Buffer {
  return createHmac("sha256", key).update(`slot:${slot}`).digest();
}

function same(shown: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * The half minute whose code this is. The code may be the one shown at this time or just before it, since a code may change
 * while a person types. Where the client sent its own time, the code just after it counts too, since clocks differ. Else
 * CODE_EXPIRED.
 */
export function checkCode(
  key: Buffer,
  shown: { token?: string | null; digits?: string | null },
  at: Instant,
  ownTime: boolean,
): { slot: number; method: "CODE" | "DIGITS" } {
  const slots = [slotOf(at), slotOf(at) - 1, ...(ownTime ? [slotOf(at) + 1] : [])];
  for (const slot of slots) {
    const code = codeOf(key, slot);
    if (shown.token != null ? same(shown.token, code.token) : same(shown.digits ?? "", code.digits))
      return { slot, method: shown.token != null ? "CODE" : "DIGITS" };
  }
  return refuse("CODE_EXPIRED", {}, [shown.token != null ? "token" : "digits"]);
}

/**
 * The instant at which an act happened: now, or the client's own earlier time, at most so many hours ago. An act sent more than
 * a minute later is marked.
 */
export function timeOf(
  at: Instant | null | undefined,
  now: Instant,
  policies: Policies,
): { at: Instant; late: boolean } {
  if (at == null) return { at: now, late: false };
  const hoursMost = policies.count("checkIn.lateSendingHours", dayOf(now));
  if (at > now + slotMs) refuse("IN_THE_FUTURE", { now: new Date(now).toISOString() }, ["at"]);
  if (at < now - hoursMost * 3_600_000) refuse("SENT_TOO_LATE", { hoursMost }, ["at"]);
  return { at: Math.min(at, now), late: now - at > 60_000 };
}

/** Checking in opens before the shift and ends with it. */
export function checkInWindow(shift: Pick<Shift, "startsAt" | "endsAt">, at: Instant, policies: Policies): void {
  const opensAt = checkInOpens(shift, policies);
  if (at < opensAt || at >= shift.endsAt)
    refuse("OUTSIDE_WINDOW", { opensAt: iso(opensAt), closesAt: iso(shift.endsAt) }, ["shiftId"]);
}

/**
 * Check-out ends some hours after the shift, for each shift of a series by itself. From then on the lead enters when a
 * volunteer left, and a volunteer who has not come has missed the shift.
 */
export function checkOutCloses(shift: Pick<Shift, "endsAt">, policies: Policies): Instant {
  return shift.endsAt + policies.count("checkIn.closesMinutesAfter", serviceDay(shift.endsAt)) * 60_000;
}
export function checkOutWindow(shift: Pick<Shift, "endsAt">, at: Instant, policies: Policies): void {
  const closesAt = checkOutCloses(shift, policies);
  if (at > closesAt) refuse("OUTSIDE_WINDOW", { closesAt: iso(closesAt) }, ["shiftId"]);
}

/**
 * A check-out that was pressed by mistake is taken back while the shift runs. Nobody gains time by it: leaving takes the
 * screen's code once more. After the shift the lead enters when the volunteer left.
 */
export function checkReopening({ endsAt }: Pick<Shift, "endsAt">, now: Instant): void {
  if (now >= endsAt) refuse("OUTSIDE_WINDOW", { closesAt: iso(endsAt) }, ["shiftId"]);
}

const iso = (at: Instant) => new Date(at).toISOString();

/**
 * Whether a position lies within the shift's radius. A volunteer who sends no position is let in, and the attendance is marked.
 */
export function placeVerdict(
  { latitudeMicrodegrees, longitudeMicrodegrees }: Venue,
  radiusMetres: number | null,
  position: { latitude?: number | null; longitude?: number | null },
): PlaceVerdict {
  if (latitudeMicrodegrees === null || longitudeMicrodegrees === null || radiusMetres === null) return "NOT_ASKED";
  if (position.latitude == null || position.longitude == null) return "NOT_GIVEN";
  if (
    metresBetween(latitudeMicrodegrees / 1e6, longitudeMicrodegrees / 1e6, position.latitude, position.longitude) >
    radiusMetres
  )
    refuse("OUT_OF_AREA", { radiusMetres }, ["latitude"]);
  return "WITHIN";
}

/** Along a great circle; over the few hundred metres of a venue the earth is round enough. */
function metresBetween(latitude: number, longitude: number, otherLatitude: number, otherLongitude: number): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const chord =
    half(latitude, otherLatitude) +
    Math.cos(radians(latitude)) * Math.cos(radians(otherLatitude)) * half(longitude, otherLongitude);
  return 2 * 6_371_000 * Math.asin(Math.sqrt(Math.min(1, chord)));
}

/** The attended time within the shift: time before the shift is waiting, and time after it is no duty. */
export function intervalOf(
  shift: Pick<Shift, "startsAt" | "endsAt">,
  checkedInAt: Instant,
  checkedOutAt: Instant,
): Interval {
  const startedAt = Math.max(shift.startsAt, checkedInAt);
  return { startedAt, endedAt: Math.max(startedAt, Math.min(shift.endsAt, checkedOutAt)), breakMinutes: 0 };
}

/** Whether the attendance is known by more than a lead's later entry: by the screen's code, or by a tick while it happened. */
export function wasSeen({ method, sentLate }: Pick<Attendance, "method" | "sentLate">): boolean {
  return method === "CODE" || method === "DIGITS" || !sentLate;
}

/** A record of an attendance is never longer than the attendance; it is shorter where a part of the time was no service. */
export function checkWithin(interval: Interval, attended: Interval): void {
  if (interval.startedAt < attended.startedAt)
    refuse("INVALID_INTERVAL", { attendedFrom: iso(attended.startedAt) }, ["startedAt"]);
  if (interval.endedAt > attended.endedAt)
    refuse("INVALID_INTERVAL", { attendedUntil: iso(attended.endedAt) }, ["endedAt"]);
}

/**
 * The share of the shift that must be attended; below it the activity does not count for this volunteer (Yunnan's youth
 * platform: 60 %).
 */
export function attendedEnough(
  shift: Pick<Shift, "startsAt" | "endsAt">,
  interval: Interval,
  policies: Policies,
): { enough: boolean; minutes: Minutes; needed: Minutes } {
  const day = serviceDay(shift.endsAt);
  const scheduled = Math.floor((shift.endsAt - shift.startsAt) / 60_000);
  const share = Math.ceil((scheduled * policies.count("record.minAttendancePercent", day)) / 100);
  const needed = Math.max(share, policies.count("record.minSessionMinutes", day));
  const minutes = Math.floor((interval.endedAt - interval.startedAt) / 60_000);
  return { enough: minutes >= needed, minutes, needed };
}

export const signalKinds = [
  "SAME_DEVICE",
  "MANY_AT_ONCE",
  "SENT_LATE",
  "PLACE_NOT_GIVEN",
  "TICKED_BY_HAND",
  "MISSED_MANY",
] as const;
export type SignalKind = (typeof signalKinds)[number];
/** A sign that a person should look at, with its reason in numbers. It is never a penalty. */
export interface Signal {
  kind: SignalKind;
  count: number;
  of: number;
  attendanceIds: string[];
}

/** One device may serve a family; more people than this on one device are worth a look. */
const familySize = 3;
const listedMost = 100;

/**
 * The signs in an activity's attendance that are worth a look (F28). They are computed from what is kept, and are the same
 * every time.
 */
export function signalsOf(attendances: readonly Attendance[], signedUp: number): Signal[] {
  const of = attendances.length;
  const signals: Signal[] = [];
  const add = (kind: SignalKind, which: readonly Attendance[]) => {
    if (which.length > 0)
      signals.push({ kind, count: which.length, of, attendanceIds: which.slice(0, listedMost).map(({ id }) => id) });
  };
  const byDevice = new Map<string, Attendance[]>();
  for (const attendance of attendances)
    if (attendance.device !== null)
      byDevice.set(attendance.device, [...(byDevice.get(attendance.device) ?? []), attendance]);
  add("SAME_DEVICE", [...byDevice.values()].filter((group) => group.length > familySize).flat());
  const bySecond = new Map<number, Attendance[]>();
  for (const attendance of attendances) {
    const second = Math.floor(attendance.checkedInAt / 1000);
    bySecond.set(second, [...(bySecond.get(second) ?? []), attendance]);
  }
  add("MANY_AT_ONCE", [...bySecond.values()].filter((group) => group.length > 20).flat());
  add(
    "SENT_LATE",
    attendances.filter((attendance) => attendance.sentLate),
  );
  add(
    "PLACE_NOT_GIVEN",
    attendances.filter((attendance) => attendance.placeVerdict === "NOT_GIVEN"),
  );
  add(
    "TICKED_BY_HAND",
    attendances.filter((attendance) => attendance.method === "LEAD" || attendance.method === "KIOSK"),
  );
  if (signedUp >= 10 && of * 2 < signedUp)
    signals.push({ kind: "MISSED_MANY", count: signedUp - of, of: signedUp, attendanceIds: [] });
  return signals;
}
