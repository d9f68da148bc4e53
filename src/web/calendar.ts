import type { ICalEventStatus } from "ical-generator";
import { awaitsTimes } from "../domain/activities/machine";
import type { Activity } from "../domain/facts/activities";
import { nobody } from "../domain/permissions/actors";
import type { CalendarEntry } from "../services/activities/calendars";
import type { ShownShift } from "../services/activities/sight";
import type { Answer } from "./answers";
import { named } from "./facts";
import { missingPage } from "./pages/plain";
import type { Visit } from "./visit";

/** An activity's shifts for a public calendar; shifts that were called off stay in it, as cancelled. */
export async function activityCalendar(visit: Visit, slug: string): Promise<Answer> {
  const { services } = visit;
  const activity = await services.activities.bySlug(nobody, slug);
  if (!activity) return missingPage(visit);
  const shifts = (await services.activities.shiftsOf(nobody, [activity.id]))[0] ?? [];
  const entries = shifts.map((shift) => entryOf(shift, activity));
  return written(visit, entries, { name: activity.name, keep: "SHARED" });
}

const activitiesMost = 100;

/** All activities of a campaign, in the order of its page. */
export async function campaignCalendar(visit: Visit, slug: string): Promise<Answer> {
  const { services, language } = visit;
  const campaign = await services.activities.campaignBySlug(slug);
  if (!campaign) return missingPage(visit);
  const list = await services.activities.list(nobody, { campaignId: campaign.id }, { first: activitiesMost });
  const activities = list.edges.map(({ node }) => node);
  const shifts = await services.activities.shiftsOf(
    nobody,
    activities.map(({ id }) => id),
  );
  const entries = activities.flatMap((activity, i) => (shifts[i] ?? []).map((shift) => entryOf(shift, activity)));
  return written(visit, entries, { name: named(campaign, language).name, keep: "SHARED" });
}

/** The shifts for which one person has signed up, behind a secret address. It names nobody. */
export async function personalCalendar(visit: Visit, secret: string): Promise<Answer> {
  const entries = await visit.services.calendars.of(secret);
  if (!entries) return missingPage(visit);
  return written(visit, entries, { name: visit.say("myCalendar"), keep: "PRIVATE" });
}

function entryOf(shift: ShownShift, activity: Activity): CalendarEntry {
  const off = shift.dropped || activity.state === "CANCELLED";
  return { shift, activity, version: 0, called: off ? "OFF" : awaitsTimes(activity) ? "MAYBE" : "ON" };
}

function written(
  { services, publicUrl, say }: Visit,
  entries: readonly CalendarEntry[],
  { name, keep }: { name: string; keep: Answer["keep"] },
): Answer {
  const {
    default: ical,
    ICalEventStatus,
    ICalCalendarMethod,
    escape: escaped,
  } = require("ical-generator") as typeof import("ical-generator");
  const statuses: Record<CalendarEntry["called"], ICalEventStatus> = {
    OFF: ICalEventStatus.CANCELLED,
    MAYBE: ICalEventStatus.TENTATIVE,
    ON: ICalEventStatus.CONFIRMED,
  };
  const host = new URL(publicUrl).hostname;
  const calendar = ical({
    // Unlike the entries' texts, the library writes this one as it is.
    name: escaped(name, false),
    prodId: { company: "Goodhours", product: say("brand"), language: "ZH" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 900,
  });
  // By the hour, so that a calendar which did not change keeps its bytes and its ETag.
  const stamp = new Date(Math.floor(services.now() / 3_600_000) * 3_600_000);
  for (const { shift, activity, version, called } of entries)
    calendar.createEvent({
      // The shift keeps its id over every edit, so calendars move the entry instead of adding another.
      id: `${shift.id}@${host}`,
      // Each of the two only grows: when either is changed, the sum is higher than before.
      sequence: shift.version + activity.version + version,
      stamp,
      start: new Date(shift.startsAt),
      end: new Date(shift.endsAt),
      summary:
        called === "MAYBE" && awaitsTimes(activity) ? say("timesToCome", { name: activity.name }) : activity.name,
      location: shift.place,
      url: `${publicUrl}/a/${activity.slug}`,
      status: statuses[called],
    });
  return { status: 200, type: "text/calendar; charset=utf-8", body: calendar.toString(), keep };
}
