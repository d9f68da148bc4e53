import type { Role } from "../domain/facts/actors";
import type { Organization } from "../domain/facts/organizations";
import type { Recipient } from "../domain/facts/visits";
import { addDays, startOf } from "../domain/kit/calendar";
import { divisionAdded } from "../domain/organizations/divisions";
import { type Actor, system } from "../domain/permissions/actors";
import { type BankOptions, foundBank, type Services } from "../services";
import type { LogEntry } from "../services/hours/commands";
import type { StoredRecord } from "../storage/store";
import { Days } from "./seed/days";
import { type PlannedEvent, planEvents, promisedDays } from "./seed/events";
import { Office } from "./seed/office";
import { type PlannedVolunteer, planVolunteers } from "./seed/people";
import { planWeeks } from "./seed/records";
import { planRecipients, planVisits } from "./seed/visits";
import { planWorkers } from "./seed/workers";
import { county, divisions, organizations } from "./seed/zhuji";

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
interface Station {
  organization: Organization;
  workers: Actor[];
  supervisors: Actor[];
  admin: Actor;
  lead: Actor;
}

const begins = "2026-01-01T08:00:00+08:00";
export const seedEndsAt = "2026-09-20T09:00:00+08:00";
const at = (day: string, hour: number) => startOf(day) + hour * 3_600_000;

/** Fills an empty, migrated bank with the county of Zhuji, through the same services that clients use, on its own clock. */
export async function seedZhuji(
  open: (clock: () => number) => Promise<Opened>,
  progress: (text: string) => void,
): Promise<SeedSummary> {
  let now = Date.parse(begins);
  const bank = await open(() => now);
  try {
    const seed = new Seed(bank.services, bank.options);
    await foundBank(bank.options, { effectiveFrom: "2026-01-01" });
    progress("places and organisations");
    const stations = await seed.places();
    await seed.population();
    await seed.socialWorkers(stations);
    await seed.households(stations);
    progress("volunteers");
    const volunteers = planVolunteers();
    const days = new Map<string, PlannedVolunteer[]>();
    for (const volunteer of volunteers)
      days.set(volunteer.registeredOn, [...(days.get(volunteer.registeredOn) ?? []), volunteer]);
    const events = planEvents(volunteers);
    const weeks = planWeeks(volunteers, promisedDays(events));
    const office = await seed.office(stations);
    const year = await seed.year(stations, (instant) => {
      now = instant;
    });
    await year.campaigns();
    for (let day = "2026-01-02"; day <= "2026-09-20"; day = addDays(day, 1)) {
      for (const event of events) if (event.fate === "TODAY" && event.shifts[0]?.day === day) await year.open(event);
      now = at(day, 9);
      await seed.register(days.get(day) ?? [], stations);
      if (day === "2026-06-20") await seed.policyChange();
      if (day.endsWith("-15")) await seed.villagePoints(stations, day);
      if (day === "2026-06-01") await seed.recipients(stations);
      await seed.visits(stations, addDays(day, -1));
      const week = weeks.find(
        (planned) => addDays(planned.monday, 7) === day || (day === "2026-09-20" && planned.monday === "2026-09-14"),
      );
      if (week) {
        progress(`week of ${week.monday}`);
        // The records of the last week wait for their confirmations, so that the stations have something to do.
        for (const [code, entries] of week.byDivision)
          await seed.week(stations.get(code) as Station, entries, week.monday < "2026-09-14");
      }
      if (day >= "2026-08-03") await office.day(day, await seed.subject(stations));
      await playDay(year, events, day);
    }
    now = Date.parse(seedEndsAt);
    return await seed.summary();
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

class Seed {
  private keys = 0;
  private staffCount = 0;
  private weekly = 0;

  constructor(
    private readonly services: Services,
    private readonly options: BankOptions,
  ) {}

  async places(): Promise<Map<string, Station>> {
    await this.options.store.write(async (tx) => {
      for (const division of [county, ...divisions]) await tx.append("system", divisionAdded(division));
    });
    const stations = new Map<string, Station>();
    for (const { code, name } of divisions) {
      const organization = await this.organization({
        slug: `${code}-station`,
        name: `${name}社会工作站`,
        kind: "SOCIAL_WORK_STATION",
        filingStatus: "REGISTERED",
        divisionCode: code,
      });
      const workers = [
        await this.staff("STATION_WORKER", organization.id),
        await this.staff("STATION_WORKER", organization.id),
      ];
      const supervisors = [
        await this.staff("STATION_SUPERVISOR", organization.id),
        await this.staff("STATION_SUPERVISOR", organization.id),
      ];
      const admin = await this.staff("ORGANIZATION_ADMIN", organization.id);
      const lead = await this.staff("ACTIVITY_LEAD", organization.id);
      stations.set(code, { organization, workers, supervisors, admin, lead });
    }
    const office = await this.organization({
      slug: "zhuji-office",
      name: "诸暨市民政局",
      kind: "GOVERNMENT_OFFICE",
      filingStatus: "REGISTERED",
      divisionCode: "jiyang",
    });
    for (const role of [
      "OFFICER",
      "OFFICER",
      "OFFICER",
      "AUDITOR",
      "AUDITOR",
      ...Array<Role>(7).fill("ASSESSOR"),
      ...Array<Role>(5).fill("REVIEWER"),
    ] as Role[])
      await this.staff(role, null);
    for (const { described, ...organization } of organizations)
      await this.describedOrganization(organization, described, office);
    return stations;
  }

  private readonly fengqiaoHouseholds: string[] = [];
  /** One village's households; the month's tally is posted on the 15th. */
  async households(stations: ReadonlyMap<string, Station>): Promise<void> {
    const [worker] = (stations.get("fengqiao") as Station).workers as [Actor];
    for (let i = 1; i <= 12; i += 1) {
      const householdNo = `01-${String(i).padStart(3, "0")}`;
      const household = { idempotencyKey: this.key(), householdNo, divisionCode: "fengqiao" };
      this.fengqiaoHouseholds.push((await this.services.villagePoints.households.register(worker, household)).value.id);
    }
  }
  async villagePoints(stations: ReadonlyMap<string, Station>, on: string): Promise<void> {
    const [worker] = (stations.get("fengqiao") as Station).workers as [Actor];
    const tally: [points: number, reason: string][] = [
      [3, "庭院整洁"],
      [2, "参加村民说事"],
      [-4, "乱堆杂物"],
      [5, "参与环境整治"],
    ];
    const month = Number(on.slice(5, 7));
    for (const [i, householdId] of this.fengqiaoHouseholds.entries()) {
      const [points, reason] = tally[(i + month) % tally.length] as (typeof tally)[number];
      const award = { idempotencyKey: this.key(), householdId, points, reason, on };
      await this.services.villagePoints.award(worker, award);
    }
  }

  private readonly listed: Recipient[] = [];
  /** The list of those to be visited, as each station keeps it. */
  async recipients(stations: ReadonlyMap<string, Station>): Promise<void> {
    for (const recipient of planRecipients([...stations.keys()])) {
      const [worker] = (stations.get(recipient.divisionCode) as Station).workers as [Actor];
      const registration = { ...recipient, idempotencyKey: this.key(), consent: true };
      this.listed.push((await this.services.recipients.register(worker, registration)).value);
    }
  }
  /** Yesterday's visits, entered by the stations in the morning. */
  async visits(stations: ReadonlyMap<string, Station>, day: string): Promise<void> {
    for (const { recipient, hour, ...visit } of planVisits(day)) {
      const { id: recipientId, divisionCode } = this.listed[recipient] as Recipient;
      const { organization, workers } = stations.get(divisionCode) as Station;
      await this.services.visits.record(workers[recipient % 2] as Actor, {
        ...visit,
        idempotencyKey: this.key(),
        organizationId: organization.id,
        recipientId,
        at: at(day, hour),
        asVolunteer: false,
      });
    }
  }

  /** An organisation other than the stations: what the office knows of it, its head, and its honours. */
  private async describedOrganization(
    registered: Parameters<Seed["organization"]>[0],
    described: { registeredOn: string | null; hub: boolean; villageKind: string | null },
    office: Organization,
  ): Promise<void> {
    const { organizations, registry, heads } = this.services;
    const { id: organizationId } = await this.organization(registered);
    const [first, second] = await this.officers();
    const supervisorId = described.registeredOn ? office.id : null;
    await organizations.describe(first, { organizationId, ...described, supervisorId });
    if (supervisorId !== null)
      await registry.recordFinding(first, {
        idempotencyKey: this.key(),
        organizationId,
        kind: "ANNUAL_CHECK",
        result: "QUALIFIED",
        year: 2024,
        on: "2025-06-30",
      });
    if (described.hub) {
      const displayName = `负责人#${registered.slug?.split("-").at(-1)}`;
      const { value } = await heads.propose(first, { idempotencyKey: this.key(), organizationId, displayName });
      await heads.advance(second, { headId: value.id, action: "APPROVE" });
    }
    if (registered.kind === "PARTY_SERVICE_CENTER")
      await organizations.recordAward(first, {
        idempotencyKey: this.key(),
        organizationId,
        name: "示范型社会组织党群服务中心",
        grantedBy: "诸暨市社会组织综合党委",
        on: "2025-12-20",
      });
  }

  async socialWorkers(stations: ReadonlyMap<string, Station>): Promise<void> {
    const { socialWorkers, posts } = this.services;
    for (const { divisionCode, trainings, grade, ...worker } of planWorkers([...stations.keys()])) {
      const { organization, admin } = stations.get(divisionCode) as Station;
      const at = { organizationId: organization.id };
      const { value } = await socialWorkers.register(admin, { idempotencyKey: this.key(), ...worker, ...at });
      for (const training of trainings)
        await socialWorkers.recordTraining(admin, {
          idempotencyKey: this.key(),
          socialWorkerId: value.id,
          organizer: "诸暨市社会工作协会",
          ...training,
        });
      if (grade !== null)
        await posts.set(admin, {
          idempotencyKey: this.key(),
          socialWorkerId: value.id,
          post: grade > 12 ? "CHIEF" : grade > 6 ? "DEPUTY" : "GENERAL",
          grade,
          validFrom: "2026-01-01",
          ...at,
        });
    }
  }

  async register(volunteers: readonly PlannedVolunteer[], stations: ReadonlyMap<string, Station>): Promise<void> {
    for (const volunteer of volunteers) {
      const { organization, workers } = stations.get(volunteer.divisionCode) as Station;
      const { no: volunteerNo, displayName, birthDate, divisionCode, phone } = volunteer;
      const guardianConsent = volunteer.minor
        ? { guardianName: `监护人${displayName.slice(-5)}`, relation: "母亲", consentedOn: "2026-01-01" }
        : null;
      await this.services.volunteers.register(workers[0] as Actor, {
        idempotencyKey: this.key(),
        volunteerNo,
        displayName,
        birthDate,
        divisionCode,
        phone,
        consent: true,
        guardianConsent,
        organizationId: organization.id,
      });
    }
  }

  /** Records are logged by one worker and confirmed by a supervisor; a few go another way, so that every state can be seen. */
  async week({ organization, workers, supervisors }: Station, entries: LogEntry[], confirming: boolean): Promise<void> {
    const answer = await this.services.hours.log(workers[0] as Actor, {
      idempotencyKey: this.key(),
      organizationId: organization.id,
      mode: "EACH",
      dryRun: false,
      entries,
    });
    const records = answer.results.map((line) => {
      if (!line.record) throw new Error(`the seed's own line was refused: ${line.refusal?.code}`);
      return line.record;
    });
    if (!confirming) return;
    this.weekly += 1;
    const odd = this.weekly % 9 === 0 ? records[0] : undefined;
    const rest = records.filter((record) => record !== odd);
    if (odd)
      await this.services.hours[this.weekly % 18 === 0 ? "reject" : "giveBack"](supervisors[1] as Actor, {
        recordId: odd.id,
        reason: "服务内容需补充说明",
      });
    for (const supervisor of supervisors) {
      const waiting = supervisor === supervisors[0] ? rest : rest.filter((record) => record.confirmationsNeeded > 1);
      if (waiting.length > 0)
        await this.services.hours.confirm(supervisor, {
          idempotencyKey: this.key(),
          recordIds: waiting.map((record) => record.id),
          mode: "EACH",
        });
    }
    if (this.weekly % 40 === 0 && rest[0]) await this.objection(rest[0], supervisors[1] as Actor);
  }

  /** The year's events, run by the stations of their divisions. */
  async year(stations: ReadonlyMap<string, Station>, clock: (at: number) => void): Promise<Days> {
    const organizationOf = (divisionCode: string) => {
      const { organization, lead, admin, supervisors } = stations.get(divisionCode) as Station;
      return { organizationId: organization.id, lead, admin, supervisors };
    };
    const { store } = this.options;
    return new Days(
      this.services,
      store,
      clock,
      () => this.key(),
      organizationOf,
      () => this.officer(),
    );
  }

  /** Only the county has this number: no source has the towns'. */
  async population(): Promise<void> {
    await this.services.policies.set(await this.officer(), {
      idempotencyKey: this.key(),
      key: "indicator.populations",
      value: [{ code: county.code, people: 1_218_072 }],
      effectiveFrom: "2026-01-01",
      citation: "第七次全国人口普查（2020）",
    });
  }

  /** The office's own business, with the people who take part in it; each platform has an admin. */
  async office(stations: ReadonlyMap<string, Station>): Promise<Office> {
    const view = this.options.store.view;
    const kinds = ["SERVICE_PLATFORM"] as const;
    const platforms = await view.organizationList({ kinds }, { first: 100, after: null });
    const held = async (role: Role) =>
      Promise.all((await view.grantsByRole(role)).map(({ personId }) => this.actor(personId)));
    const people = {
      officers: await this.officers(),
      assessors: await held("ASSESSOR"),
      reviewers: await held("REVIEWER"),
      platforms: [] as { organizationId: string; admin: Actor }[],
      members: [...stations.values()].flatMap(({ workers }) => workers),
    };
    for (const { id } of platforms)
      people.platforms.push({ organizationId: id, admin: await this.staff("ORGANIZATION_ADMIN", id) });
    return new Office(this.services, people, () => this.key());
  }
  /** A volunteer of Fengqiao who has a credit record, with the station's people. */
  async subject(stations: ReadonlyMap<string, Station>) {
    const { lead, supervisors } = stations.get("fengqiao") as Station;
    const planned = planVolunteers().find(({ divisionCode, minor }) => divisionCode === "fengqiao" && !minor);
    const volunteer = await this.options.store.view.volunteerByNo(planned?.no ?? "");
    if (!volunteer) throw new Error("the seed's volunteer is registered");
    const actor = await this.actor(volunteer.personId);
    return { volunteerId: volunteer.id, actor, lead, supervisor: supervisors[0] as Actor };
  }

  async policyChange(): Promise<void> {
    await this.services.policies.set(await this.officer(), {
      idempotencyKey: this.key(),
      key: "redeem.minAge",
      value: 65,
      effectiveFrom: "2026-07-01",
      citation: "上海市养老服务时间银行实施方案（2026）：65 周岁",
    });
  }

  async summary(): Promise<SeedSummary> {
    const view = this.options.store.view;
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
      staff: this.staffCount,
      volunteers: planVolunteers().length,
      activities,
      recipients: this.listed.length,
      records,
      creditedMinutes,
      headSeq: (await view.head()).seq,
    };
  }

  /** Objections are upheld and reversed by turns. */
  private async objection(record: StoredRecord, supervisor: Actor): Promise<void> {
    const volunteer = (await this.options.store.view.volunteers([record.volunteerId])).get(record.volunteerId);
    const actor = await this.actor(volunteer?.personId ?? "");
    await this.services.hours.dispute(actor, {
      idempotencyKey: this.key(),
      recordId: record.id,
      reason: "时长与实际不符",
    });
    const outcome = ({ 0: null, 1: "UPHELD", 2: "REVERSED" } as const)[((this.weekly / 40) % 3) as 0 | 1 | 2];
    if (outcome)
      await this.services.hours.resolve(supervisor, {
        idempotencyKey: this.key(),
        recordId: record.id,
        outcome,
        reason: "已核实",
      });
  }

  private async organization(
    input: Omit<Parameters<Services["organizations"]["register"]>[1], "idempotencyKey">,
  ): Promise<Organization> {
    return (await this.services.organizations.register(system, { ...input, idempotencyKey: this.key() })).value;
  }

  private async staff(role: Role, organizationId: string | null): Promise<Actor> {
    this.staffCount += 1;
    const personId = await this.services.people.registerStaff(system, {
      displayName: `社工#${String(this.staffCount).padStart(4, "0")}`,
    });
    await this.services.people.grantRole(system, {
      idempotencyKey: this.key(),
      personId,
      role,
      organizationId,
      validFrom: "2026-01-01",
    });
    return this.actor(personId);
  }

  private async officer(): Promise<Actor> {
    return (await this.officers())[0];
  }
  private async officers(): Promise<[Actor, Actor]> {
    const [first, second] = await this.options.store.view.grantsByRole("OFFICER");
    return [await this.actor(first?.personId ?? ""), await this.actor(second?.personId ?? "")];
  }

  private async actor(personId: string): Promise<Actor> {
    return this.services.people.actorOfPerson(personId);
  }

  private key(): string {
    this.keys += 1;
    return `seed-${this.keys}`;
  }
}
