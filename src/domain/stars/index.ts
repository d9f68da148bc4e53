import type { StarAction, StarAward } from "../facts/stars";
import { starMoves } from "../facts/stars";
import type { ServiceTotals } from "../hours/totals";
import { ageOn, type Day, type WorkingCalendar, workingDayAfter } from "../kit/calendar";
import type { Minutes } from "../kit/minutes";
import { take } from "../kit/moves";
import { refuse } from "../kit/refusal";
import type { Policies } from "../policies";
import type { StarAuthority, StarBasis, StarDowngrade } from "../policies/values";

/** Proposals that wait for a decision. */
export const openStarStates = ["PROPOSED", "PUBLIC_NOTICE"] as const;

/** The ground of a credit record after which no star is granted for some years, repaired or not. */
export const fraudGround = "FORGED_SERVICE_RECORDS";

/** What counts for a star on a day: the minutes, the star that they carry, and the versions that say so. */
export interface StarBasisOfDay {
  minutes: Minutes;
  level: number;
  policyId: string;
  policyIds: string[];
}

/** The minutes of a volunteer that count for stars on a day. Those entered late count up to a share of all. */
export function countedMinutes(totals: ServiceTotals, policies: Policies, day: Day): Minutes {
  const { checkedIn, entered, backfilled, imported } = totals;
  if (policies.choice<StarBasis>("star.basis", day) === "CHECKED_IN_MINUTES") return checkedIn;
  const all = checkedIn + entered + backfilled + imported;
  const late = Math.min(backfilled, Math.floor((all * policies.count("star.countsBackfilled", day)) / 100));
  return all - backfilled + late;
}

/** The highest star that so many minutes reach on a ladder of hours. */
export function levelAt(minutes: Minutes, thresholdsHours: readonly number[]): number {
  return thresholdsHours.filter((hours) => minutes >= hours * 60).length;
}

export function basisOn(totals: ServiceTotals, policies: Policies, day: Day): StarBasisOfDay {
  const ladder = policies.inForce("star.thresholdsHours", day);
  const minutes = countedMinutes(totals, policies, day);
  const more = [policies.inForce("star.basis", day), policies.inForce("star.countsBackfilled", day)];
  return {
    minutes,
    level: levelAt(minutes, ladder.value as number[]),
    policyId: ladder.id,
    policyIds: [ladder, ...more].map(({ id }) => id),
  };
}

/** The star that minutes still carry by the ladder under which an award was weighed: a later ladder takes nothing away. */
export function carriedLevel(
  award: Pick<StarAward, "level" | "policyId">,
  minutes: Minutes,
  policies: Policies,
): number {
  const ladder = policies.versions.find(({ id }) => id === award.policyId);
  return Math.min(award.level, levelAt(minutes, (ladder?.value ?? []) as number[]));
}

/** The star that a volunteer has: of the highest award, the earliest. */
export function standingAward<A extends Pick<StarAward, "heldLevel" | "awardedOn">>(awards: readonly A[]): A | null {
  const held = awards.filter(({ heldLevel }) => heldLevel > 0);
  const [best] = held.sort((a, b) => b.heldLevel - a.heldLevel || ((a.awardedOn ?? "") < (b.awardedOn ?? "") ? -1 : 1));
  return best ?? null;
}

/** The next star above a level, and the minutes that are missing for it; null above the last. */
export function nextStar(
  level: number,
  minutes: Minutes,
  policies: Policies,
  day: Day,
): { level: number; minutesRemaining: Minutes } | null {
  const hours = (policies.inForce("star.thresholdsHours", day).value as number[])[level];
  return hours === undefined ? null : { level: level + 1, minutesRemaining: Math.max(0, hours * 60 - minutes) };
}

/** Nothing of a minor below the age from which minors serve by themselves is shown in public. */
export function mayBeShown(birthDate: Day | null, policies: Policies, day: Day): boolean {
  return birthDate === null || ageOn(birthDate, day) >= policies.count("volunteer.minorMinAge", day);
}

/** The last day of the notice: some working days, the first of which is the next day. */
export function starNoticeUntil(today: Day, calendar: WorkingCalendar, policies: Policies): Day {
  return workingDayAfter(calendar, today, policies.count("star.publicNoticeWorkingDays", today));
}

/** STAR_PENDING, STAR_HELD, STAR_MINUTES_SHORT: whether a volunteer with these awards and hours may be proposed for a star. */
export function checkProposal(
  level: number,
  awards: readonly Pick<StarAward, "id" | "level" | "heldLevel" | "state" | "awardedOn">[],
  basis: StarBasisOfDay,
  policies: Policies,
  day: Day,
): void {
  checkNoneOpen(level, awards);
  checkAbove(level, awards);
  checkHours(level, basis, policies, day);
}

/** STAR_PENDING where a proposal for this star or a higher one is not decided. */
export function checkNoneOpen(level: number, awards: readonly Pick<StarAward, "id" | "level" | "state">[]): void {
  const open = awards.find((award) => isUndecided(award) && award.level >= level);
  if (open) refuse("STAR_PENDING", { awardId: open.id, level: open.level }, ["level"]);
}

export const isUndecided = ({ state }: Pick<StarAward, "state">) => openStarStates.some((open) => open === state);

function checkAbove(level: number, awards: readonly Pick<StarAward, "heldLevel" | "awardedOn">[]): void {
  const held = standingAward(awards)?.heldLevel ?? 0;
  if (held >= level) refuse("STAR_HELD", { level: held }, ["level"]);
}
function checkHours(level: number, basis: StarBasisOfDay, policies: Policies, day: Day): void {
  const hours = (policies.inForce("star.thresholdsHours", day).value as number[])[level - 1];
  if (basis.level < level)
    refuse("STAR_MINUTES_SHORT", { countedMinutes: basis.minutes, neededMinutes: (hours as number) * 60 }, ["level"]);
}

/** Who grants a star of this level by the policy: the bank's officers grant what the county may, and note what others granted. */
export function authorityOf(level: number, policies: Policies, day: Day): StarAuthority {
  const authorities = policies.inForce("star.grantAuthority", day).value as StarAuthority[];
  return authorities[level - 1] ?? "COUNTY";
}

/**
 * The reason that a grant must have: the answer to an objection, and the paper by which another authority granted the star. It
 * may be left out where neither is. NOTICE_RUNNING, STAR_AUTHORITY, REASON_MISSING, STAR_HELD, STAR_MINUTES_SHORT.
 */
export function checkGrant(
  award: StarAward,
  { awards, basis, reason }: { awards: readonly StarAward[]; basis: StarBasisOfDay; reason: string | null },
  policies: Policies,
  day: Day,
): void {
  if (award.noticeUntil !== null && day <= award.noticeUntil)
    refuse("NOTICE_RUNNING", { noticeUntil: award.noticeUntil });
  if (award.contested && !reason) refuse("REASON_MISSING", { action: "GRANT" }, ["reason"]);
  const authority = authorityOf(award.level, policies, day);
  if (authority !== "COUNTY" && !reason) refuse("STAR_AUTHORITY", { authority, level: award.level }, ["reason"]);
  checkAbove(award.level, awards);
  checkHours(award.level, basis, policies, day);
}

/** What a reversal leaves of a star; null where it stays as it is. */
export function downgraded(award: StarAward, minutes: Minutes, policies: Policies, day: Day): number | null {
  if (award.heldLevel === 0 || award.state === "SUSPENDED") return null;
  if (policies.choice<StarDowngrade>("star.downgradeOnReversal", day) !== "DOWNGRADE") return null;
  const carried = carriedLevel(award, minutes, policies);
  return carried < award.heldLevel ? carried : null;
}

/** How a star stands after RESTORE: with as much as the hours carry, and more than before. STAR_MINUTES_SHORT. */
export function restored(award: StarAward, minutes: Minutes, policies: Policies): number {
  const carried = carriedLevel(award, minutes, policies);
  if (carried <= award.heldLevel) refuse("STAR_MINUTES_SHORT", { countedMinutes: minutes }, ["awardId"]);
  return carried;
}

/** Takes a step of the machine with a star. */
export const takeStar = (
  before: Pick<StarAward, "state" | "version"> | null,
  action: StarAction,
  asked: Parameters<typeof take<StarAction, StarAward["state"]>>[3] = {},
) => take(starMoves, before, action, asked);
