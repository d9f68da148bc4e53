import type { Post } from "../facts/workers";
import type { Evidence, Interval } from "../hours";
import { type Day, daysOf, type Instant, overlaps, startOf, type WorkingCalendar } from "../kit/calendar";
import { refuse } from "../kit/refusal";
import { dutyRoles, type HeldGrant, isInForce } from "../permissions/actors";
import type { Policies } from "../policies";

export const gradeMost = 18;

/**
 * Says that a person has hours of duty, at an organisation or at the office: by a post, or by a role for which people are
 * employed.
 */
export type Duty = Pick<Post, "validFrom" | "validUntil"> & { organizationId: string | null };

/** A dissolved organisation employs nobody. */
export function dutiesOf(posts: readonly Post[], grants: readonly HeldGrant[]): Duty[] {
  return [
    ...posts,
    ...grants.filter(({ role, organizationState }) => dutyRoles.includes(role) && organizationState !== "DISSOLVED"),
  ];
}

/** Whether a post ends on this day, has ended, or was ended before its first day. */
export function endsBy({ validFrom, validUntil }: Pick<Post, "validFrom" | "validUntil">, day: Day): boolean {
  return validUntil !== null && (validUntil <= day || validUntil < validFrom);
}

/** The hours of duty of one day, by the policy's civil times. */
function spellsOf(day: Day, policies: Policies): { startsAt: Instant; endsAt: Instant }[] {
  const spells = policies.inForce("duty.hours", day).value as string[];
  const at = (time: string) => {
    const [hours, minutes] = time.split(":").map(Number) as [number, number];
    return startOf(day) + (hours * 60 + minutes) * 60_000;
  };
  return spells.map((spell) => {
    const [from, until] = spell.split("-") as [string, string];
    return { startsAt: at(from), endsAt: at(until) };
  });
}

/**
 * Paid duty never counts as volunteering (F04; Sichuan 2023 lists it among the violations): a service may not overlap the
 * hours of duty of a working day on which the volunteer is employed, unless a leave is shown for it.
 */
export function checkDuty(
  { startedAt, endedAt }: Pick<Interval, "startedAt" | "endedAt">,
  duties: readonly Duty[],
  evidence: readonly Pick<Evidence, "kind">[],
  { policies, calendar }: { policies: Policies; calendar: WorkingCalendar },
): void {
  if (duties.length === 0 || evidence.some(({ kind }) => kind === "LEAVE")) return;
  const service = { startsAt: startedAt, endsAt: endedAt };
  for (const day of daysOf(startedAt, endedAt)) {
    if (!calendar.isWorkingDay(day) || !duties.some((duty) => isInForce(duty, day))) continue;
    const spell = spellsOf(day, policies).find((hours) => overlaps(hours, service));
    if (spell)
      refuse("PAID_DUTY", {
        from: new Date(spell.startsAt).toISOString(),
        until: new Date(spell.endsAt).toISOString(),
      });
  }
}
