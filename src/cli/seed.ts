import type { Role } from "../domain/facts/actors";
import { addDays } from "../domain/kit/calendar";
import type { Actor } from "../domain/permissions/actors";
import { type BankOptions, foundBank, type Services } from "../services";
import { Days } from "./seed/days";
import { at, Desk, type Station } from "./seed/desk";
import { type PlannedEvent, planEvents, promisedDays } from "./seed/events";
import { Office } from "./seed/office";
import { type PlannedVolunteer, planVolunteers } from "./seed/people";
import { Places } from "./seed/places";
import { planWeeks } from "./seed/records";
import { Villages } from "./seed/villages";
import { Weeks } from "./seed/weeks";
import { divisions } from "./seed/zhuji";

export interface SeedSummary {
  divisions: number;
  organizations: number;
  staff: number;
  volunteers: number;
  activities: number;
  recipients: number;
  records: number;
  creditedMinutes: number;
  headSeq: number;
}

interface Opened {
  services: Services;
  options: BankOptions;
  close(): Promise<void>;
}

const begins = "2026-01-01T08:00:00+08:00";
export const seedEndsAt = "2026-09-20T09:00:00+08:00";

/** Fills an empty, migrated bank with the county of Zhuji, through the same services that clients use, on its own clock. */
export async function seedZhuji(
  open: (clock: () => number) => Promise<Opened>,
  progress: (text: string) => void,
): Promise<SeedSummary> {
  let now = Date.parse(begins);
  const bank = await open(() => now);
  try {
    const desk = new Desk(bank.services, bank.options);
    const [places, villages, weekly] = [new Places(desk), new Villages(desk), new Weeks(desk)];
    await foundBank(bank.options, { effectiveFrom: "2026-01-01" });
    progress("places and organisations");
    const stations = await places.stations();
    await places.population();
    await places.socialWorkers(stations);
    await villages.households(stations);
    progress("volunteers");
    const volunteers = planVolunteers();
    const days = new Map<string, PlannedVolunteer[]>();
    for (const volunteer of volunteers)
      days.set(volunteer.registeredOn, [...(days.get(volunteer.registeredOn) ?? []), volunteer]);
    const events = planEvents(volunteers);
    const weeks = planWeeks(volunteers, promisedDays(events));
    const office = await officeOf(desk, stations);
    const year = await yearOf(desk, stations, (instant) => {
      now = instant;
    });
    await year.campaigns();
    for (let day = "2026-01-02"; day <= "2026-09-20"; day = addDays(day, 1)) {
      for (const event of events) if (event.fate === "TODAY" && event.shifts[0]?.day === day) await year.open(event);
      now = at(day, 9);
      await weekly.register(days.get(day) ?? [], stations);
      if (day === "2026-06-20") await places.policyChange();
      if (day.endsWith("-15")) await villages.villagePoints(stations, day);
      if (day === "2026-06-01") await villages.recipients(stations);
      await villages.visits(stations, addDays(day, -1));
      const week = weeks.find(
        (planned) => addDays(planned.monday, 7) === day || (day === "2026-09-20" && planned.monday === "2026-09-14"),
      );
      if (week) {
        progress(`week of ${week.monday}`);
        // The records of the last week wait for their confirmations, so that the stations have something to do.
        for (const [code, entries] of week.byDivision)
          await weekly.week(stations.get(code) as Station, entries, week.monday < "2026-09-14");
      }
      if (day >= "2026-08-03") await office.day(day, await subjectOf(desk, stations));
      await playDay(year, events, day);
    }
    now = Date.parse(seedEndsAt);
    return await summaryOf(desk, villages);
  } finally {
    await bank.close();
  }
}

/** The events of the day: announcements, bad weather, and the shifts themselves. */
async function playDay(year: Days, events: readonly PlannedEvent[], day: string): Promise<void> {
  for (const event of events) {
    if (event.announceOn === day) await year.announce(event);
    if (day === "2026-09-04" && event.fate === "CANCELLED") await year.callOff(event, "CANCEL", "台风预警，夜市取消");
    if (day === "2026-09-17" && event.fate === "POSTPONED")
      await year.callOff(event, "POSTPONE", "暴雨预警，改期另行通知");
    if (event.fate !== "HELD") continue;
    for (const shift of event.shifts) if (shift.day === day) await year.hold(event, shift);
    if (event.shifts.at(-1)?.day === day) await year.settle(event);
  }
}

/** The year's events, run by the stations of their divisions. */
async function yearOf(desk: Desk, stations: ReadonlyMap<string, Station>, clock: (at: number) => void): Promise<Days> {
  const organizationOf = (divisionCode: string) => {
    const { organization, lead, admin, supervisors } = stations.get(divisionCode) as Station;
    return { organizationId: organization.id, lead, admin, supervisors };
  };
  const { store } = desk.options;
  return new Days(
    desk.services,
    store,
    clock,
    () => desk.key(),
    organizationOf,
    () => desk.officer(),
  );
}

/** The office's own business, with the people who take part in it; each platform has an admin. */
async function officeOf(desk: Desk, stations: ReadonlyMap<string, Station>): Promise<Office> {
  const view = desk.options.store.view;
  const kinds = ["SERVICE_PLATFORM"] as const;
  const platforms = await view.organizationList({ kinds }, { first: 100, after: null });
  const held = async (role: Role) =>
    Promise.all((await view.grantsByRole(role)).map(({ personId }) => desk.actor(personId)));
  const people = {
    officers: await desk.officers(),
    assessors: await held("ASSESSOR"),
    reviewers: await held("REVIEWER"),
    platforms: [] as { organizationId: string; admin: Actor }[],
    members: [...stations.values()].flatMap(({ workers }) => workers),
  };
  for (const { id } of platforms)
    people.platforms.push({ organizationId: id, admin: await desk.staff("ORGANIZATION_ADMIN", id) });
  return new Office(desk.services, people, () => desk.key());
}

/** A volunteer of Fengqiao who has a credit record, with the station's people. */
async function subjectOf(desk: Desk, stations: ReadonlyMap<string, Station>) {
  const { lead, supervisors } = stations.get("fengqiao") as Station;
  const planned = planVolunteers().find(({ divisionCode, minor }) => divisionCode === "fengqiao" && !minor);
  const volunteer = await desk.options.store.view.volunteerByNo(planned?.no ?? "");
  if (!volunteer) throw new Error("the seed's volunteer is registered");
  const actor = await desk.actor(volunteer.personId);
  return { volunteerId: volunteer.id, actor, lead, supervisor: supervisors[0] as Actor };
}

async function summaryOf(desk: Desk, villages: Villages): Promise<SeedSummary> {
  const view = desk.options.store.view;
  const activities = (await view.activityList({}, { first: 1000, after: null })).length;
  let [records, creditedMinutes] = [0, 0];
  for (const { id } of await view.organizationList({ kinds: ["SOCIAL_WORK_STATION"] }, { first: 100, after: null })) {
    for (const line of (await view.monthLines(id, { from: "2026-01-01", until: "2026-09-30" })).lines) {
      records += line.records;
      creditedMinutes += line.creditedMinutes;
    }
  }
  return {
    divisions: divisions.length,
    organizations: await view.organizationCount({}),
    staff: desk.staffCount,
    volunteers: planVolunteers().length,
    activities,
    recipients: villages.listed.length,
    records,
    creditedMinutes,
    headSeq: (await view.head()).seq,
  };
}
