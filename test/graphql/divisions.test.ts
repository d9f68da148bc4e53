import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, isInputObjectType, isObjectType } from "graphql";
import type { DivisionLine } from "../../src/domain/organizations/divisions";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { at, openBank, type TestBank } from "../support/bank";
import { grantMinutes } from "../support/elders";
import { engines } from "../support/engines";

/** What the operations speak of besides the division. */
interface Known {
  organizationId: string;
  teamId: string;
  personId: string;
  volunteerId: string;
  recipientId: string;
  householdId: string;
}
const person = (i: number) => `displayName: "某人${i}", birthDate: "1940-05-01", divisionCode: $code, consent: true`;
const team = (i: number) => `name: "队${i}", kind: VOLUNTEER_TEAM, filingStatus: FILED, divisionCode: $code`;
const shift = `{ startsAt: "2026-09-25T09:00:00+08:00", endsAt: "2026-09-25T11:00:00+08:00", capacity: 2, place: "广场" }`;
const answered = "{ division { code } } userErrors { code }";
const listed = "{ edges { node { __typename } } }";

/** Every place of the API that names a division. One that is new and not here fails the test. */
const entries: Record<string, (i: number, known: Known) => string> = {
  "ActivityFilter.divisionCode": () => `{ activities(first: 9, filter: { divisionCode: $code }) ${listed} }`,
  "CreateActivityInput.divisionCode": (i, { organizationId }) =>
    `mutation { createActivity(input: { idempotencyKey: "a${i}", organizationId: "${organizationId}", slug: "day-${i}", name: "活动", serviceType: "ENVIRONMENT", description: "活动", contact: "站", divisionCode: $code, shifts: [${shift}] }) { activity ${answered} } }`,
  "GrantRoleInput.divisionCode": (i, { personId }) =>
    `mutation { grantRole(input: { idempotencyKey: "g${i}", personId: "${personId}", role: AUDITOR, divisionCode: $code, validFrom: "2026-09-20" }) { grant ${answered} } }`,
  "OrganizationFilter.divisionCode": () => `{ organizations(first: 9, filter: { divisionCode: $code }) ${listed} }`,
  "OrganizationInput.divisionCode": (i) =>
    `mutation { registerOrganizations(input: { idempotencyKey: "o${i}", organizations: [{ ${team(0)} }] }) { results { organization ${answered} } } }`,
  "Query.divisions(parentCode)": () => "{ divisions(parentCode: $code) { code } }",
  "Query.indicators(divisionCode)": () => "{ indicators(divisionCode: $code) { key numerator denominator } }",
  "Query.monthVisits(divisionCode)": () => '{ monthVisits(month: "2026-10", divisionCode: $code) { owed } }',
  "Query.starNotices(divisionCode)": () =>
    "{ starNotices(first: 9, divisionCode: $code) { edges { node { volunteerNo } } } }",
  "Query.villagePoints(divisionCode)": () =>
    `{ villagePoints(divisionCode: $code, quarter: "2026-Q3") { households(first: 9) ${listed} } }`,
  "RecipientFilter.divisionCode": () => `{ recipients(first: 9, filter: { divisionCode: $code }) ${listed} }`,
  "RegisterHouseholdInput.divisionCode": (i) =>
    `mutation { registerHousehold(input: { idempotencyKey: "h${i}", householdNo: "H${i}", divisionCode: $code }) { household ${answered} } }`,
  "RegisterOrganizationInput.divisionCode": (i) =>
    `mutation { registerOrganization(input: { idempotencyKey: "r${i}", ${team(i)} }) { organization ${answered} } }`,
  "RegisterRecipientInput.divisionCode": (i) =>
    `mutation { registerRecipient(input: { idempotencyKey: "p${i}", categories: [EMPTY_NEST], ${person(i)} }) { recipient ${answered} } }`,
  "RegisterVolunteerInput.divisionCode": (i) =>
    `mutation { registerVolunteer(input: { idempotencyKey: "v${i}", self: false, ${person(i)} }) { volunteer ${answered} } }`,
  "ReviseHouseholdInput.divisionCode": (_, { householdId }) =>
    `mutation { reviseHousehold(input: { householdId: "${householdId}", reason: "迁居", divisionCode: $code }) { household ${answered} } }`,
  "ReviseOrganizationInput.divisionCode": (_, { teamId }) =>
    `mutation { reviseOrganization(input: { organizationId: "${teamId}", reason: "撤并", divisionCode: $code }) { organization ${answered} } }`,
  "ReviseRecipientInput.divisionCode": (_, { recipientId }) =>
    `mutation { reviseRecipient(input: { recipientId: "${recipientId}", reason: "迁居", divisionCode: $code }) { recipient ${answered} } }`,
  "ReviseVolunteerInput.divisionCode": (i, { volunteerId }) =>
    `mutation { reviseVolunteer(input: { idempotencyKey: "w${i}", volunteerId: "${volunteerId}", reason: "迁居", divisionCode: $code }) { volunteer ${answered} } }`,
  "ServiceOrderFilter.divisionCode": () => `{ serviceOrders(first: 9, filter: { divisionCode: $code }) ${listed} }`,
  "ServiceRecordFilter.divisionCode": () => `{ serviceRecords(first: 9, filter: { divisionCode: $code }) ${listed} }`,
  "SplitHouseholdInput.divisionCode": (i, { householdId }) =>
    `mutation { splitHousehold(input: { idempotencyKey: "t${i}", householdId: "${householdId}", householdNo: "T${i}", reason: "分户", divisionCode: $code }) { household ${answered} } }`,
  "StaffInput.divisionCode": (i) =>
    `mutation { registerStaff(input: { idempotencyKey: "s${i}", staff: [{ role: OFFICER, displayName: "镇官", divisionCode: $code }] }) { results { grant ${answered} } } }`,
  "StarAwardFilter.divisionCode": () => `{ starAwards(first: 9, filter: { divisionCode: $code }) ${listed} }`,
  "StatutoryClockFilter.divisionCode": () => `{ statutoryClocks(first: 9, filter: { divisionCode: $code }) ${listed} }`,
  "VolunteerFilter.divisionCode": () => `{ volunteers(first: 9, filter: { divisionCode: $code }) ${listed} }`,
};

/** As lists and sheets write the town's code: half and full width, in groups, with nothing named below the town. */
const spellings = ["330681109", "330681109000", " ３３０６８１ １０９　"];

test("every place of the schema that names a division is in the table", () => {
  const schema = buildSchema(readFileSync(join(__dirname, "../../schema.graphql"), "utf8"));
  const isNamed = ({ name }: { name: string }) => /division.*code|parentcode/i.test(name);
  const places = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isInputObjectType(type))
      return Object.values(type.getFields()).flatMap((field) => (isNamed(field) ? `${type.name}.${field.name}` : []));
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap(({ name, args }) =>
      args.filter(isNamed).map((argument) => `${type.name}.${name}(${argument.name})`),
    );
  });
  // Codes in the list of divisions itself: test/domain/divisions.test.ts.
  expect(places.filter((place) => !place.startsWith("DivisionInput.")).sort()).toEqual(Object.keys(entries));
});

describe.each(engines)("on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let known: Known;
  const set = (divisions: DivisionLine[]) =>
    bank.services.divisions.set(bank.officer, { idempotencyKey: bank.key(), mode: "EACH", dryRun: false, divisions });
  beforeAll(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    await set([
      { code: "fengqiao", name: "枫桥镇", officialCode: "330681109" },
      { code: "fengqiao-village", name: "某村", kind: "VILLAGE", parentCode: "330681109000" },
    ]);
    const { services } = bank;
    const { id: volunteerId, personId } = await bank.volunteer("V-1");
    await bank.log("V-1", "2026-09-18", "09:00", "11:00");
    const ladder = { value: [1, 2, 3, 4, 5], citation: "试行", effectiveFrom: bank.services.today() };
    await services.policies.set(bank.officer, { idempotencyKey: bank.key(), key: "star.thresholdsHours", ...ladder });
    await bank.confirm(bank.supervisor, (await bank.log("V-1", "2026-09-17", "09:00", "10:00")).id);
    const key = () => ({ idempotencyKey: bank.key(), divisionCode: "fengqiao" });
    await services.villagePoints.households.register(bank.officer, { ...key(), householdNo: "H" });
    const elsewhere = { ...key(), divisionCode: "zhuji", householdNo: "M" };
    const { value: household } = await services.villagePoints.households.register(bank.officer, elsewhere);
    const elder = { displayName: "老人", birthDate: "1940-01-01", consent: true, categories: ["EMPTY_NEST" as const] };
    const helped = (await services.recipients.register(bank.officer, { ...key(), ...elder })).value;
    await grantMinutes(bank, helped, 60);
    await services.orders.request(bank.officer, {
      ...{ idempotencyKey: bank.key(), recipientId: helped.id, serviceType: "COMPANION_TALK", plannedMinutes: 60 },
      ...{ neededFrom: at("2026-09-25", "09:00"), neededTo: at("2026-09-25", "11:00"), payFrom: "OWN" },
    });
    const moving = await services.recipients.register(bank.officer, { ...key(), ...elder, divisionCode: "zhuji" });
    const shifts = [
      { startsAt: at("2026-09-25", "09:00"), endsAt: at("2026-09-25", "11:00"), capacity: 2, place: "广场" },
    ];
    const day = { slug: "day", name: "活动", serviceType: "ENVIRONMENT", description: "活动", contact: "站", shifts };
    await services.activities.create(bank.officer, { ...key(), organizationId: bank.station.id, ...day });
    const filed = { name: "义工队", kind: "VOLUNTEER_TEAM" as const, filingStatus: "FILED" as const };
    const { value } = await services.organizations.register(bank.officer, {
      ...key(),
      ...filed,
      divisionCode: "３３０６８１",
    });
    const ids = { teamId: value.id, recipientId: moving.value.id, householdId: household.id };
    known = { organizationId: bank.station.id, personId, volunteerId, ...ids };
  });
  afterAll(() => closeAudited(bank, api));

  test.each(Object.keys(entries))("%s takes the code and the official code, and keeps the code", async (place) => {
    const ask = async (code: string, i: number) => {
      const text = (entries[place] as (typeof entries)[string])(i, known);
      const query = text.startsWith("mutation")
        ? text.replace("mutation", "mutation ($code: String!)")
        : `query ($code: String!) ${text}`;
      const { data, errors } = await api.post(bank.officer, { query, variables: { code } });
      return JSON.stringify(errors ?? data);
    };
    const isRead = !(entries[place] as (typeof entries)[string])(0, known).startsWith("mutation");
    const plain = await ask("fengqiao", 0);
    if (isRead) expect(await ask("nowhere", 9)).not.toBe(plain);
    for (const [i, spelling] of spellings.entries()) {
      const answer = await ask(spelling, i + 1);
      if (isRead) expect([spelling, answer]).toEqual([spelling, plain]);
      else expect([spelling, answer]).toEqual([spelling, expect.stringContaining('{"division":{"code":"fengqiao"}}')]);
    }
    if (!isRead) expect(await ask("330681999", 8)).toContain('"code":"DIVISION_NOT_FOUND"');
  });

  test("a population is set for a division by either code, once", async () => {
    const populations = (...codes: string[]) =>
      bank.services.policies
        .set(bank.officer, {
          idempotencyKey: bank.key(),
          key: "indicator.populations",
          value: codes.map((code) => ({ code, people: 60_000 })),
          effectiveFrom: "2026-09-20",
          citation: "统计公报",
        })
        .then(({ value }) => value.value)
        .catch(({ code, path }) => [code, path.join(".")]);
    expect(await populations("330681109000")).toEqual([{ code: "fengqiao", people: 60_000 }]);
    expect(await populations("fengqiao", "330681109")).toEqual(["DUPLICATE_DIVISION", "value.1.code"]);
    expect(await populations("fengqiao", "枫桥")).toEqual(["DIVISION_NOT_FOUND", "value.1.code"]);
  });
});
