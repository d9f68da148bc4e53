import { type Activity, type Campaign, placesLeft } from "../domain/activities/machine";
import { type Counts, noCounts, type Tally } from "../domain/activities/tallies";
import { type Act, type Actor, nobody, roleFor } from "../domain/actors";
import type { Language } from "../domain/language";
import { type Division, lineage } from "../domain/organizations";
import type { Connection, Services, ShownShift } from "../services/contract";

/** What a campaign's page, its charts and its feed tell. */
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
    // Without totals nothing was read, and everything is still to come.
    asOfSeq: counts?.asOfSeq ?? 0,
    byDivision: divisions
      .map((tally) => ({ code: tally.key, name: names.get(tally.key)?.name ?? tally.key, counts: tally }))
      .sort((a, b) => b.counts.serviceMinutes - a.counts.serviceMinutes || a.code.localeCompare(b.code)),
    timeline: timeline.sort((a, b) => a.key.localeCompare(b.key)),
  };
}

/** Where a campaign takes place: its towns by name while they are few, else the county and how many. */
export function whereOf(
  facts: CampaignFacts,
  divisions: ReadonlyMap<string, Division>,
): { name: string; count: number } {
  const held = facts.byDivision.filter(({ counts }) => counts.activities > 0);
  if (held.length <= 3) return { name: held.map(({ name }) => name).join(" · "), count: 0 };
  const above = lineage(held[0]?.code ?? "", divisions).find((code) =>
    held.every((one) => lineage(one.code, divisions).includes(code)),
  );
  return { name: divisions.get(above ?? "")?.name ?? "", count: held.length };
}

/** Names that the campaign has in the language asked for, else its own. */
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
  const found = await services.activities.list(actor, { campaignId }, page);
  const activities = found.edges.map(({ node }) => node);
  const ids = activities.map(({ id }) => id);
  const [organizations, shifts, divisions] = await Promise.all([
    services.organizations.many(activities.map(({ organizationId }) => organizationId)),
    services.activities.shiftsOf(actor, ids),
    services.organizations.divisions(),
  ]);
  const all = shifts.flat();
  const totals = await services.activities.totals(all.map(({ id }) => id));
  const left = new Map<string, number>();
  for (const [i, shift] of all.entries()) {
    const places = placesLeft(shift, totals[i]?.signedUp ?? 0, services.now());
    left.set(shift.activityId, (left.get(shift.activityId) ?? 0) + places);
  }
  const lines = activities.map((activity, i) => ({
    activity,
    organizationName: organizations[i]?.name ?? "",
    divisionName: divisions.get(activity.divisionCode)?.name ?? activity.divisionCode,
    place: shifts[i]?.find((shift) => !shift.dropped)?.place ?? null,
    left: left.get(activity.id) ?? 0,
  }));
  return { lines, pageInfo: found.pageInfo };
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

/** Whether the actor may do this at an activity; only to show or hide a button, for the services decide. */
export async function mayAt(services: Services, actor: Actor, act: Act, activity: Activity): Promise<boolean> {
  const { organizationId, divisionCode } = activity;
  const where = { organizationId, divisions: lineage(divisionCode, await services.organizations.divisions()) };
  return roleFor(actor, act, where, services.today()) !== null;
}
