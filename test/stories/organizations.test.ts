import type { Organization, OrganizationKind } from "../../src/domain/facts/organizations";
import { type Actor, nobody } from "../../src/domain/permissions/actors";
import type { ShownHead } from "../../src/services/organizations/heads";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { codeOf } from "../support/outcomes";

/** What the office keeps of organisations: hubs, village organisations, supervision, heads and awards. */
let bank: TestBank;
let api: TestApi;
beforeEach(async () => {
  bank = await openBank();
  api = await openApi(bank);
});
afterEach(() => closeAudited(bank, api));

const register = async (slug: string, kind: OrganizationKind): Promise<Organization> =>
  (
    await bank.services.organizations.register(bank.officer, {
      idempotencyKey: bank.key(),
      slug,
      name: slug,
      kind,
      filingStatus: "FILED",
      divisionCode: "fengqiao",
    })
  ).value;
const describeIt = (organizationId: string, more: object = {}, who = bank.officer) =>
  codeOf(bank.services.organizations.describe(who, { organizationId, hub: false, ...more }).then(({ slug }) => slug));
const listed = async (filter: object) => {
  const query =
    "query ($filter: OrganizationFilter) { organizations(filter: $filter, first: 10) { edges { node { slug hub registeredOn villageKind { label core } supervisor { slug } awards { name grantedBy on } } } } }";
  const { data } = await api.post(null, { query, variables: { filter } });
  return data.organizations.edges.map(({ node }: { node: object }) => node);
};

test("hubs and village organisations are found as such; the list of kinds is a policy", async () => {
  const council = await register("elders", "VOLUNTEER_ORGANIZATION");
  const hub = await register("hub", "SERVICE_PLATFORM");
  expect(await describeIt(hub.id, { hub: true, registeredOn: "2019-05-01" })).toBe("hub");
  expect(await describeIt(council.id, { villageKind: "ELDERS_COUNCIL", supervisorId: hub.id })).toBe("elders");
  expect(await listed({ hub: true })).toMatchObject([{ slug: "hub", registeredOn: "2019-05-01", villageKind: null }]);
  expect(await listed({ villageKind: ["ELDERS_COUNCIL", "SAFETY_PATROL"] })).toMatchObject([
    { slug: "elders", hub: false, villageKind: { label: "乡贤参事会", core: true }, supervisor: { slug: "hub" } },
  ]);

  expect(await describeIt(council.id, { villageKind: "CHOIR" })).toBe("INVALID_INPUT");
  expect(await describeIt(council.id, { supervisorId: council.id })).toBe("INVALID_INPUT");
  expect(await describeIt(council.id, { registeredOn: "2026-09-21" })).toBe("IN_THE_FUTURE");
  expect(await describeIt(council.id, {}, bank.supervisor)).toBe("NOT_PERMITTED");
  expect(await describeIt(council.id, { villageKind: "LOCAL_SPECIALTY", expectedVersion: 0 })).toBe("VERSION_CONFLICT");
  const kinds = [{ code: "PEARL_GUILD", label: "珍珠行会", labelEn: "Pearl guild", core: false }];
  const set = (value: unknown) =>
    codeOf(
      bank.services.policies
        .set(bank.officer, {
          idempotencyKey: bank.key(),
          key: "village.organizationKinds",
          value,
          effectiveFrom: "2026-09-20",
          citation: "市民政局通知",
        })
        .then(() => "set"),
    );
  expect([await set([]), await set([{ ...kinds[0], code: "x" }]), await set(kinds)]).toEqual([
    "INVALID_INPUT",
    "INVALID_INPUT",
    "set",
  ]);
  expect(await describeIt(council.id, { villageKind: "PEARL_GUILD" })).toBe("elders");
  const { data } = await api.post(null, { query: "{ villageOrganizationKinds { code label core } }" });
  expect(data.villageOrganizationKinds).toEqual([{ code: "PEARL_GUILD", label: "珍珠行会", core: false }]);
});

test("a head is proposed by the organisation, and decided by its supervising unit or the office, never by the proposer", async () => {
  const team = await register("team", "VOLUNTEER_ORGANIZATION");
  const unit = await register("unit", "GOVERNMENT_OFFICE");
  await describeIt(team.id, { supervisorId: unit.id });
  const own = await bank.staff("ORGANIZATION_ADMIN", team.id);
  const theirs = await bank.staff("ORGANIZATION_ADMIN", unit.id);
  const propose = async (who: Actor) =>
    (await codeOf(
      bank.services.heads
        .propose(who, { idempotencyKey: bank.key(), organizationId: team.id, displayName: "拟任会长" })
        .then(({ value }) => value),
    )) as ShownHead;
  const advance = (who: Actor, head: ShownHead, action: "APPROVE" | "REFUSE" | "END", reason: string | null = null) =>
    codeOf(bank.services.heads.advance(who, { headId: head.id, action, reason }).then(({ state }) => state));

  expect(await propose(bank.supervisor)).toBe("NOT_PERMITTED");
  const first = await propose(own);
  expect(first).toMatchObject({ state: "PROPOSED", displayName: "拟任会长" });
  expect(await advance(own, first, "APPROVE")).toBe("NOT_PERMITTED");
  expect(await advance(bank.supervisor, first, "APPROVE")).toBe("NOT_FOUND");
  expect(await advance(theirs, first, "REFUSE")).toBe("REASON_MISSING");
  expect(await advance(theirs, first, "REFUSE", "任职冲突")).toBe("REFUSED");
  expect(await advance(theirs, first, "APPROVE")).toBe("ILLEGAL_TRANSITION");

  bank.setClock("2026-09-20T20:00:00+08:00"); // Later ids sort later.
  const second = await propose(bank.officer);
  expect(await advance(bank.officer, second, "APPROVE")).toBe("SAME_PERSON");
  for (let i = 0; i < 2; i += 1) expect(await advance(theirs, second, "APPROVE")).toBe("APPROVED");
  expect(await advance(own, second, "END", "换届")).toBe("ENDED");

  const seen = async (who: Actor) =>
    (await bank.services.heads.of(who, [team.id]))[0]?.map(({ state, reason }) => [state, reason]);
  const all = [
    ["REFUSED", "任职冲突"],
    ["ENDED", "换届"],
  ];
  expect([await seen(own), await seen(theirs), await seen(bank.officer)]).toEqual([all, all, all]);
  expect([await seen(bank.supervisor), await seen(nobody)]).toEqual([[], []]);
});

test("an organisation has one head: the next takes over, no name stands twice, and a suspended unit approves nobody", async () => {
  const team = await register("heads", "VOLUNTEER_ORGANIZATION");
  const unit = await register("heads-unit", "GOVERNMENT_OFFICE");
  await describeIt(team.id, { supervisorId: unit.id });
  const own = await bank.staff("ORGANIZATION_ADMIN", team.id);
  const theirs = await bank.staff("ORGANIZATION_ADMIN", unit.id);
  const propose = (displayName: string) =>
    codeOf(
      bank.services.heads
        .propose(own, { idempotencyKey: bank.key(), organizationId: team.id, displayName })
        .then(({ value }) => value.id),
    );
  const advance = (who: Actor, headId: string, action: "APPROVE" | "REFUSE" | "END", reason?: string) =>
    codeOf(bank.services.heads.advance(who, { headId, action, reason }).then(({ state }) => state));
  const now = async () =>
    (await bank.services.heads.of(own, [team.id]))[0]
      ?.map(({ displayName, state, reason }) => `${displayName} ${state} ${reason ?? ""}`.trim())
      .sort();

  const first = await propose("王建国");
  expect(await propose(" 王 建国")).toBe("DUPLICATE_HEAD");
  expect(await advance(theirs, first, "APPROVE")).toBe("APPROVED");
  expect(await propose("王建国")).toBe("DUPLICATE_HEAD");
  const [second, third] = [await propose("李秀英"), await propose("陈伟")];
  expect(await advance(theirs, second, "APPROVE", "换届选举")).toBe("APPROVED");
  expect(await now()).toEqual(["李秀英 APPROVED 换届选举", "王建国 ENDED 换届选举", "陈伟 PROPOSED"].sort());

  const state = (action: "SUSPEND" | "RESUME") =>
    bank.services.registry.advance(bank.officer, { organizationId: unit.id, action, reason: "年检" });
  await state("SUSPEND");
  expect(await advance(theirs, third, "APPROVE")).toBe("ORGANIZATION_INACTIVE");
  expect(await advance(theirs, third, "REFUSE", "不符合条件")).toBe("ORGANIZATION_INACTIVE");
  // The office decides meanwhile, and what stands may still be ended.
  expect(await advance(bank.officer, third, "APPROVE")).toBe("APPROVED");
  expect(await now()).toEqual(["李秀英 ENDED 新任负责人接任", "王建国 ENDED 换届选举", "陈伟 APPROVED"].sort());
  expect(await advance(theirs, third, "END", "辞任")).toBe("ENDED");
  await state("RESUME");
  const again = await propose("王建国"); // who was head before may be proposed once more
  expect(await advance(theirs, again, "APPROVE")).toBe("APPROVED");
});

test("an award stands on the organisation's page until it is taken back with a reason", async () => {
  const award = { name: "浙江省品牌社会组织", grantedBy: "浙江省民政厅", on: "2025-12-01" };
  const record = (more: object = {}, who = bank.officer) =>
    codeOf(
      bank.services.organizations
        .recordAward(who, { idempotencyKey: bank.key(), organizationId: bank.station.id, ...award, ...more })
        .then(() => "recorded"),
    );
  expect([await record({ on: "2026-09-21" }), await record({}, bank.supervisor)]).toEqual([
    "IN_THE_FUTURE",
    "NOT_PERMITTED",
  ]);
  expect(await record()).toBe("recorded");
  expect((await listed({ slug: bank.station.slug }))[0].awards).toEqual([award]);
  const awardId = (await bank.services.organizations.awards([bank.station.id]))[0]?.[0]?.id as string;
  const withdraw = (reason: string) =>
    codeOf(bank.services.organizations.withdrawAward(bank.officer, { awardId, reason }).then(() => "withdrawn"));
  expect([await withdraw(" "), await withdraw("重复录入"), await withdraw("重复录入")]).toEqual([
    "REASON_MISSING",
    "withdrawn",
    "withdrawn",
  ]);
  expect((await listed({ slug: bank.station.slug }))[0].awards).toEqual([]);
});
