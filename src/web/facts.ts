import { openStates, placesLeft } from "../domain/activities/machine";
import { type Counts, noCounts, type Tally } from "../domain/activities/tallies";
import type { Activity, Campaign } from "../domain/facts/activities";
import type { Division } from "../domain/facts/organizations";
import type { Instant } from "../domain/kit/calendar";
import type { Language } from "../domain/kit/language";
import { refuse } from "../domain/kit/refusal";
import { lineage } from "../domain/organizations";
import { type Act, type Actor, nobody, roleFor } from "../domain/permissions/actors";
import type { Services } from "../services";
import type { ShownShift } from "../services/activities/sight";
import type { Connection } from "../services/bank/answers";

/** The facts that a campaign's page, its charts and its feed show. */
export interface CampaignFacts {
  campaign: Campaign;
  counts: Counts;
  /** The totals are true at this position of the journal or later. */
  asOfSeq: number;
  byDivision: { code: string; name: string; counts: Counts }[];
  timeline: Tally[];
}

export async function campaignFacts(services: Services, slug: string): Promise<CampaignFacts | null> {
  const campaign = await services.activities.campaignBySlug(slug);
  if (!campaign) return null;
  const [[counts], divisions, timeline, names] = await Promise.all([
    services.activities.totals([campaign.id]),
    services.activities.breakdown(campaign.id, "DIVISION"),
    services.activities.breakdown(campaign.id, "TIMELINE"),
    services.organizations.divisions(),
  ]);
  return {
    campaign,
    counts: counts ?? noCounts,
    // Without totals nothing was read, and everything must still be read.
    asOfSeq: counts?.asOfSeq ?? 0,
    byDivision: divisions
      .map((tally) => ({ code: tally.key, name: names.get(tally.key)?.name ?? tally.key, counts: tally }))
      .sort((a, b) => b.counts.serviceMinutes - a.counts.serviceMinutes || a.code.localeCompare(b.code)),
    timeline: timeline.sort((a, b) => a.key.localeCompare(b.key)),
  };
}

/** The place of a campaign: its towns by name while they are few, else the county and the number of towns. */
export function whereOf(
  facts: CampaignFacts,
  divisions: ReadonlyMap<string, Division>,
): { name: string; count: number } {
  const held = facts.byDivision.filter(({ counts }) => counts.activities > 0);
  if (held.length <= 3) return { name: held.map(({ name }) => name).join(" · "), count: 0 };
  const above = lineage(held[0]?.code ?? "", divisions).find((code) =>
    held.every((division) => lineage(division.code, divisions).includes(code)),
  );
  return { name: divisions.get(above ?? "")?.name ?? "", count: held.length };
}

/** The names that the campaign has in the chosen language, else its own. */
export function named({ name, nameEn, tagline, taglineEn }: Campaign, language: Language) {
  const english = language === "en";
  return { name: (english && nameEn) || name, tagline: (english && taglineEn) || tagline };
}

export interface ActivityLine {
  activity: Activity;
  organizationName: string;
  divisionName: string;
  place: string | null;
  left: number;
}

/** One page of a campaign's activities as everybody sees them, with the places that are left. */
export async function activityLines(
  services: Services,
  campaignId: string,
  page: { first: number; after?: string | null },
  actor: Actor = nobody,
): Promise<{ lines: ActivityLine[]; pageInfo: Connection<Activity>["pageInfo"] }> {
  const list = await services.activities.list(actor, { campaignId }, page);
  const activities = list.edges.map(({ node }) => node);
  return { lines: await linesOf(services, actor, activities), pageInfo: list.pageInfo };
}

/** No campaign of a county has more. */
const activitiesMost = 1000;

/** The content of a campaign's page: a page of its activities, with those that can be joined first. */
export interface JoinableLines {
  lines: ActivityLine[];
  /** How many activities can be joined, and how many there are in all. */
  joinable: number;
  count: number;
  /** The activity after which this page begins, and the one after which the next page begins; null where there is none. */
  after: string | null;
  next: string | null;
}

/**
 * A campaign's activities for a visitor who looks for something to do: those with a place left, then those with a waiting list,
 * then those that are over or do not take place; each group in the order of its days.
 */
export async function joinableFirst(
  services: Services,
  campaignId: string,
  { first, after }: { first: number; after: string | null },
): Promise<JoinableLines> {
  const all: Activity[] = [];
  for (let cursor: string | null = null; all.length < activitiesMost; ) {
    const list: Connection<Activity> = await services.activities.list(
      nobody,
      { campaignId },
      { first: 100, after: cursor },
    );
    all.push(...list.edges.map(({ node }) => node));
    cursor = list.pageInfo.endCursor;
    if (!list.pageInfo.hasNextPage) break;
  }
  const left = await placesOf(services, nobody, all);
  const ranked = all
    .map((activity) => ({ activity, rank: rankOf(activity, left.get(activity.id) ?? 0, services.now()) }))
    .sort(
      (a, b) =>
        a.rank - b.rank || a.activity.startsAt - b.activity.startsAt || (a.activity.id < b.activity.id ? -1 : 1),
    )
    .map(({ activity }) => activity);
  const from = after === null ? 0 : ranked.findIndex(({ id }) => id === after) + 1;
  if (after !== null && from === 0) refuse("INVALID_INPUT", { expected: "a place in this list" }, ["after"]);
  const shown = ranked.slice(from, from + first);
  return {
    lines: await linesOf(services, nobody, shown),
    joinable: all.filter((activity) => rankOf(activity, left.get(activity.id) ?? 0, services.now()) === 0).length,
    count: all.length,
    after,
    next: from + first < ranked.length ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** The position of an activity in this list; activities that can be joined have 0. */
function rankOf({ state, endsAt }: Activity, left: number, now: Instant): number {
  if (openStates.includes(state) && now < endsAt) return left > 0 ? 0 : 1;
  return state === "POSTPONED" ? 2 : state === "CANCELLED" ? 4 : 3;
}

async function placesOf(
  services: Services,
  actor: Actor,
  activities: readonly Activity[],
): Promise<Map<string, number>> {
  const shifts = await services.activities.shiftsOf(
    actor,
    activities.map(({ id }) => id),
  );
  const all = shifts.flat();
  const totals = await services.activities.totals(all.map(({ id }) => id));
  const left = new Map<string, number>();
  for (const [i, shift] of all.entries()) {
    const places = placesLeft(shift, totals[i]?.signedUp ?? 0, services.now());
    left.set(shift.activityId, (left.get(shift.activityId) ?? 0) + places);
  }
  return left;
}

async function linesOf(services: Services, actor: Actor, activities: readonly Activity[]): Promise<ActivityLine[]> {
  const ids = activities.map(({ id }) => id);
  const [organizations, shifts, divisions, left] = await Promise.all([
    services.organizations.many(activities.map(({ organizationId }) => organizationId)),
    services.activities.shiftsOf(actor, ids),
    services.organizations.divisions(),
    placesOf(services, actor, activities),
  ]);
  return activities.map((activity, i) => ({
    activity,
    organizationName: organizations[i]?.name ?? "",
    divisionName: divisions.get(activity.divisionCode)?.name ?? activity.divisionCode,
    place: shifts[i]?.find((shift) => !shift.dropped)?.place ?? null,
    left: left.get(activity.id) ?? 0,
  }));
}

/** A shift and its activity, as the actor may see them. */
export async function shiftFacts(
  services: Services,
  actor: Actor,
  shiftId: string,
): Promise<{ shift: ShownShift; activity: Activity; counts: Counts } | null> {
  const [shift] = await services.activities.shifts(actor, [shiftId]);
  if (!shift || shift.dropped) return null;
  const [[activity], [counts]] = await Promise.all([
    services.activities.many(actor, [shift.activityId]),
    services.activities.totals([shift.id]),
  ]);
  return activity && counts ? { shift, activity, counts } : null;
}

/** Whether the actor may do this at an activity. It only shows or hides a button, since the services decide. */
export async function mayAt(services: Services, actor: Actor, act: Act, activity: Activity): Promise<boolean> {
  const { organizationId, divisionCode } = activity;
  const where = { organizationId, divisions: lineage(divisionCode, await services.organizations.divisions()) };
  return roleFor(actor, act, where, services.today()) !== null;
}
