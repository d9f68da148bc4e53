import type { Role } from "../../domain/facts/actors";
import type { Organization } from "../../domain/facts/organizations";
import { divisionAdded } from "../../domain/organizations/divisions";
import type { Desk, Station } from "./desk";
import { planWorkers } from "./workers";
import { county, divisions, organizations } from "./zhuji";

/** The county's places: its divisions, stations, other organisations and social workers, and the policies that change. */
export class Places {
  constructor(private readonly desk: Desk) {}

  async stations(): Promise<Map<string, Station>> {
    await this.desk.options.store.write(async (tx) => {
      for (const division of [county, ...divisions]) await tx.append("system", divisionAdded(division));
    });
    const stations = new Map<string, Station>();
    for (const { code, name } of divisions) {
      const organization = await this.desk.organization({
        slug: `${code}-station`,
        name: `${name}社会工作站`,
        kind: "SOCIAL_WORK_STATION",
        filingStatus: "REGISTERED",
        divisionCode: code,
      });
      const workers = [
        await this.desk.staff("STATION_WORKER", organization.id),
        await this.desk.staff("STATION_WORKER", organization.id),
      ];
      const supervisors = [
        await this.desk.staff("STATION_SUPERVISOR", organization.id),
        await this.desk.staff("STATION_SUPERVISOR", organization.id),
      ];
      const admin = await this.desk.staff("ORGANIZATION_ADMIN", organization.id);
      const lead = await this.desk.staff("ACTIVITY_LEAD", organization.id);
      stations.set(code, { organization, workers, supervisors, admin, lead });
    }
    const office = await this.desk.organization({
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
      await this.desk.staff(role, null);
    for (const { described, ...organization } of organizations)
      await this.describedOrganization(organization, described, office);
    return stations;
  }

  /** An organisation other than the stations: what the office knows of it, its head, and its honours. */
  private async describedOrganization(
    registered: Parameters<Desk["organization"]>[0],
    described: { registeredOn: string | null; hub: boolean; villageKind: string | null },
    office: Organization,
  ): Promise<void> {
    const { organizations, registry, heads } = this.desk.services;
    const { id: organizationId } = await this.desk.organization(registered);
    const [first, second] = await this.desk.officers();
    const supervisorId = described.registeredOn ? office.id : null;
    await organizations.describe(first, { organizationId, ...described, supervisorId });
    if (supervisorId !== null)
      await registry.recordFinding(first, {
        idempotencyKey: this.desk.key(),
        organizationId,
        kind: "ANNUAL_CHECK",
        result: "QUALIFIED",
        year: 2024,
        on: "2025-06-30",
      });
    if (described.hub) {
      const displayName = `负责人#${registered.slug?.split("-").at(-1)}`;
      const { value } = await heads.propose(first, { idempotencyKey: this.desk.key(), organizationId, displayName });
      await heads.advance(second, { headId: value.id, action: "APPROVE" });
    }
    if (registered.kind === "PARTY_SERVICE_CENTER")
      await organizations.recordAward(first, {
        idempotencyKey: this.desk.key(),
        organizationId,
        name: "示范型社会组织党群服务中心",
        grantedBy: "诸暨市社会组织综合党委",
        on: "2025-12-20",
      });
  }

  async socialWorkers(stations: ReadonlyMap<string, Station>): Promise<void> {
    const { socialWorkers, posts } = this.desk.services;
    for (const { divisionCode, trainings, grade, ...worker } of planWorkers([...stations.keys()])) {
      const { organization, admin } = stations.get(divisionCode) as Station;
      const at = { organizationId: organization.id };
      const { value } = await socialWorkers.register(admin, { idempotencyKey: this.desk.key(), ...worker, ...at });
      for (const training of trainings)
        await socialWorkers.recordTraining(admin, {
          idempotencyKey: this.desk.key(),
          socialWorkerId: value.id,
          organizer: "诸暨市社会工作协会",
          ...training,
        });
      if (grade !== null)
        await posts.set(admin, {
          idempotencyKey: this.desk.key(),
          socialWorkerId: value.id,
          post: grade > 12 ? "CHIEF" : grade > 6 ? "DEPUTY" : "GENERAL",
          grade,
          validFrom: "2026-01-01",
          ...at,
        });
    }
  }

  /** Only the county has this number: no source has the towns'. */
  async population(): Promise<void> {
    await this.desk.services.policies.set(await this.desk.officer(), {
      idempotencyKey: this.desk.key(),
      key: "indicator.populations",
      value: [{ code: county.code, people: 1_218_072 }],
      effectiveFrom: "2026-01-01",
      citation: "第七次全国人口普查（2020）",
    });
  }

  async policyChange(): Promise<void> {
    await this.desk.services.policies.set(await this.desk.officer(), {
      idempotencyKey: this.desk.key(),
      key: "redeem.minAge",
      value: 65,
      effectiveFrom: "2026-07-01",
      citation: "上海市养老服务时间银行实施方案（2026）：65 周岁",
    });
  }
}
