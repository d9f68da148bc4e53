import { type Answer, json } from "./answers";
import { activityLines, campaignFacts } from "./facts";
import type { Visit } from "./visit";

const open = { "access-control-allow-origin": "*" };

/** A campaign for other sites to show: facts that everybody may see, and no person. */
export async function campaignFeed({ services, publicUrl }: Visit, slug: string): Promise<Answer> {
  const facts = await campaignFacts(services, slug);
  if (!facts) return json({ error: { code: "NOT_FOUND" } }, { status: 404, headers: open });
  const { id, name, nameEn, tagline, taglineEn, day } = facts.campaign;
  const { lines } = await activityLines(services, id, { first: 100 });
  const { activities, organizations, volunteers, checkedIn, serviceMinutes, donatedMinutes } = facts.counts;
  const body = {
    campaign: { slug, name, nameEn, tagline, taglineEn, day, url: `${publicUrl}/c/${slug}` },
    asOfSeq: facts.asOfSeq,
    totals: { activities, organizations, volunteers, checkedIn, serviceMinutes, donatedMinutes },
    byDivision: facts.byDivision.map(({ code, name, counts }) => ({
      code,
      name,
      activities: counts.activities,
      volunteers: counts.volunteers,
      checkedIn: counts.checkedIn,
      serviceMinutes: counts.serviceMinutes,
    })),
    timeline: facts.timeline.map(({ key, checkedIn, serviceMinutes }) => ({ from: key, checkedIn, serviceMinutes })),
    activities: lines.map(({ activity, organizationName, divisionName, place, left }) => ({
      slug: activity.slug,
      name: activity.name,
      state: activity.state,
      startsAt: new Date(activity.startsAt).toISOString(),
      endsAt: new Date(activity.endsAt).toISOString(),
      place,
      division: divisionName,
      organization: organizationName,
      capacity: activity.capacity,
      placesLeft: left,
      url: `${publicUrl}/a/${activity.slug}`,
    })),
  };
  return json(body, { keep: "SHARED", headers: open });
}
