import { readFileSync, writeFileSync } from "node:fs";
import { pack } from "../../drizzle/packed";
import type { Volunteer } from "../../src/domain/facts/people";
import { decode } from "../../src/domain/ledger/journal";
import { system } from "../../src/domain/permissions/actors";
import { audit } from "../../src/services/audit";
import { volunteersColumns } from "../../src/services/exchange/volunteers.csv";
import type { LogEntry } from "../../src/services/hours/commands";
import { operationalOrder, scanOrder } from "../../src/storage/store";
import { openApi, settingsOf, type TestApi } from "../support/api";
import { at, issuer, openBank, type TestBank } from "../support/bank";
import { fillCharity, openCharity } from "../support/charity";
import { bytesIn, engines, origin } from "../support/engines";
import { codeOf } from "../support/outcomes";
import { goodhours } from "../support/process";

/** Numbers and references once stood in the journal as they were typed: an ID number, a mobile, a name with both. */
describe.each(engines)("what stands in clear, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
  });
  afterEach(async () => {
    await api.close();
    await bank.close();
  });

  const entry = (given: Partial<LogEntry> = {}): LogEntry => ({
    volunteerNo: "BN001",
    serviceType: "COMPANION_TALK",
    startedAt: at("2026-09-18", "09:00"),
    endedAt: at("2026-09-18", "10:00"),
    breakMinutes: 0,
    content: "聊天",
    activityLead: "负责人",
    ...given,
  });
  const log = async (given: Partial<LogEntry>) => {
    const { results } = await bank.services.hours.log(bank.worker, {
      idempotencyKey: bank.key(),
      organizationId: bank.station.id,
      mode: "EACH",
      dryRun: false,
      entries: [entry(given)],
    });
    const { record, refusal, repeated } = results[0] as (typeof results)[number];
    return { id: record?.id ?? null, code: refusal?.code ?? null, repeated };
  };
  const register = (volunteerNo: string) =>
    bank.services.volunteers.register(bank.worker, {
      idempotencyKey: bank.key(),
      volunteerNo,
      displayName: "张三",
      birthDate: "1980-01-01",
      divisionCode: "fengqiao",
      consent: true,
    });
  /** A volunteer as an earlier release wrote them. */
  async function older(volunteerNo: string): Promise<Volunteer> {
    const { value } = await register(`TMP-${bank.key()}`);
    const { seq: _, ...facts } = value as Volunteer & { seq?: number };
    const version = facts.version + 1;
    await bank.store.write((tx) =>
      tx.append("system", {
        type: "VOLUNTEER_STEP",
        ...facts,
        volunteerNo,
        version,
        reasonId: null,
      }),
    );
    return { ...facts, volunteerNo, version };
  }

  test("a number is read in every spelling, on every entry", async () => {
    const { value } = await register("bn 001");
    expect(value.volunteerNo).toBe("BN001");
    const spellings = ["BN001", "bn001", " ＢＮ００１ ", "BN 001", "Bn\u200b001"];
    for (const [i, volunteerNo] of spellings.entries()) {
      const startedAt = at("2026-09-18", `${String(8 + i).padStart(2, "0")}:00`);
      expect(await log({ volunteerNo, startedAt, endedAt: startedAt + 1_800_000 })).toMatchObject({ code: null });
      const found = await bank.services.volunteers.sight.find(bank.worker, { volunteerNo }, { first: 5 });
      expect(found.edges.map(({ node }) => node.id)).toEqual([value.id]);
      await expect(register(volunteerNo)).rejects.toMatchObject({ code: "DUPLICATE_VOLUNTEER_NO" });
    }
    const charity = await openCharity(bank);
    const shift = { startsAt: at("2026-09-20", "09:30"), endsAt: at("2026-09-20", "11:00") };
    const { shifts } = await charity.announce("today", { shift });
    const shiftId = shifts[0]?.id as string;
    await charity.signUp(value, shifts[0] as never);
    const ticked = { idempotencyKey: bank.key(), shiftId, volunteerNo: "ｂｎ００１" };
    expect((await bank.services.attendance.checkIn(charity.lead, ticked)).value.volunteerId).toBe(value.id);
    const list = await bank.services.signUps.reading.ofShift(
      charity.lead,
      shiftId,
      { numberEnds: "n001" },
      { first: 5 },
    );
    expect(list.edges).toHaveLength(1);
  });

  test("numbers of earlier releases are found as they were given, and in capitals", async () => {
    const lower = await older("bn001");
    const find = async (no: string) => (await bank.store.view.volunteerByNo(no))?.id ?? null;
    expect([await find("bn001"), await find("BN001"), await find("ｂｎ 001")]).toEqual([lower.id, lower.id, lower.id]);
    await expect(register("BN001")).rejects.toMatchObject({ code: "DUPLICATE_VOLUNTEER_NO" });
    const upper = await older("BN001");
    expect([await find("bn001"), await find("BN001")]).toEqual([lower.id, upper.id]);
    const personal = await older("13800138000");
    expect(await find("138 0013 8000")).toBe(personal.id);
    const { value: household } = await bank.services.villagePoints.households.register(bank.worker, {
      idempotencyKey: bank.key(),
      householdNo: " 01－00a ",
      divisionCode: "fengqiao",
    });
    expect(household.householdNo).toBe("01-00A");
    await expect(
      bank.services.villagePoints.households.register(bank.worker, {
        idempotencyKey: bank.key(),
        householdNo: "01-00a",
        divisionCode: "fengqiao",
      }),
    ).rejects.toMatchObject({ code: "DUPLICATE_HOUSEHOLD" });
  });

  test("a reference is sealed and found again, for its organisation and no other", async () => {
    await register("BN001");
    const reference = "张三 330681196804120011 13800138000";
    const first = await log({ externalRef: reference });
    expect(first).toMatchObject({ code: null, repeated: false });
    expect(await log({ externalRef: ` ${reference} ` })).toEqual({ ...first, repeated: true });
    expect(await log({ externalRef: reference, content: "别的" })).toMatchObject({ code: "DUPLICATE_EXTERNAL_REF" });
    const [stored] = [...(await bank.store.view.records([first.id as string])).values()];
    expect(stored?.externalRef).toMatch(/^keyed:[\w-]{22}$/);
    // Nobody finds a record by what stands in the journal.
    expect(await log({ externalRef: stored?.externalRef as string })).toMatchObject({ code: "INVALID_INPUT" });
    const { value: elsewhere } = await bank.services.organizations.register(bank.officer, {
      idempotencyKey: bank.key(),
      name: "另一机构",
      kind: "SOCIAL_WORK_AGENCY",
      filingStatus: "REGISTERED",
      divisionCode: "fengqiao",
    });
    const other = await bank.services.hours.log(await bank.staff("STATION_WORKER", elsewhere.id), {
      idempotencyKey: bank.key(),
      organizationId: elsewhere.id,
      mode: "EACH",
      dryRun: false,
      entries: [
        entry({ externalRef: reference, startedAt: at("2026-09-17", "09:00"), endedAt: at("2026-09-17", "10:00") }),
      ],
    });
    const [otherRecord] = [...(await bank.store.view.records([other.results[0]?.record?.id as string])).values()];
    expect(otherRecord?.externalRef).not.toBe(stored?.externalRef);

    // Whoever sees the record reads its reference, also after it was returned and corrected.
    const query = "query ($id: ID!) { node(id: $id) { ... on ServiceRecord { externalRef } } }";
    const shown = async () => (await api.post(bank.worker, { query, variables: { id: first.id } })).data.node;
    expect(await shown()).toEqual({ externalRef: reference });
    await bank.services.hours.giveBack(bank.second, { recordId: first.id as string, reason: "补充" });
    await bank.services.hours.resubmit(bank.worker, { recordId: first.id as string, content: "聊天两次" });
    expect(await shown()).toEqual({ externalRef: reference });
  });

  test("a key is kept as its hash", async () => {
    const idempotencyKey = "张三 13912345678";
    const given = { idempotencyKey, householdNo: "01-001", divisionCode: "fengqiao" };
    const make = (more = {}) => bank.services.villagePoints.households.register(bank.worker, { ...given, ...more });
    const { value } = await make();
    expect(await make()).toMatchObject({ replayed: true, value: { id: value.id } });
    await expect(make({ householdNo: "01-002" })).rejects.toMatchObject({ code: "IDEMPOTENCY_CONFLICT" });
    const own = `actor = '${bank.worker.personId}' AND outcome = ${bytesIn(engine, pack({ done: value.id }))}`;
    const [kept] = await bank.ground.raw(`SELECT key FROM commands WHERE ${own}`);
    expect(kept?.key).toMatch(/^[\w-]{22}$/);
    expect(await make()).toMatchObject({ replayed: true, value: { id: value.id } });
    await expect(make({ householdNo: "01-002" })).rejects.toMatchObject({ code: "IDEMPOTENCY_CONFLICT" });
  });

  const planted = { name: "诸葛丽华", idNumber: "11010119900307109X", phone: "13912345678" };
  const all = `${planted.name} ${planted.idNumber} ${planted.phone}`;

  test("whatever is written into whichever field, the journal holds nobody's name, ID number or phone", async () => {
    await fillCharity(bank);
    const { value: mei } = await register("BN001");
    const charity = await bank.store.view.activityBySlug("square");
    const recordId = async () => {
      const { id } = await log({
        startedAt: at("2026-09-16", "09:00") + 3_600_000 * hour++,
        endedAt: at("2026-09-16", "09:30") + 3_600_000 * (hour - 1),
      });
      return id;
    };
    let hour = 0;
    const [organizationId, divisionCode] = [bank.station.id, "fengqiao"];
    const evidence = { kind: "OTHER", ref: "存档" };
    const recipient = {
      displayName: "老人",
      birthDate: "1940-01-01",
      divisionCode,
      categories: ["EMPTY_NEST"],
      consent: true,
    };
    const { value: household } = await bank.services.villagePoints.households.register(bank.officer, {
      idempotencyKey: bank.key(),
      householdNo: "99-1",
      divisionCode,
    });
    /** Each with an input that would do; each text in it is then replaced by what must not be there. */
    const inputs: [mutation: string, input: () => Promise<Record<string, unknown>> | Record<string, unknown>][] = [
      [
        "registerVolunteer",
        () => ({
          volunteerNo: `N-${bank.key()}`,
          displayName: "李",
          legalName: "李",
          birthDate: "1990-03-07",
          phone: "13800000061",
          divisionCode,
          skills: ["烹饪"],
          serviceTypes: ["COMPANION_TALK"],
          consent: true,
          guardianConsent: { guardianName: "母", relation: "母亲", consentedOn: "2026-01-01", evidence },
        }),
      ],
      [
        "logServiceHours",
        () => ({
          organizationId,
          entries: [
            {
              externalRef: `R-${bank.key()}`,
              volunteerNo: "BN001",
              serviceType: "COMPANION_TALK",
              startedAt: "2026-09-15T09:00:00+08:00",
              endedAt: "2026-09-15T10:00:00+08:00",
              place: "站",
              content: "聊天",
              activityLead: "负责人",
              evidence: [evidence],
            },
          ],
        }),
      ],
      ["voidServiceRecord", async () => ({ recordId: await recordId(), reason: "误录" })],
      ["rejectServiceRecord", async () => ({ recordId: await recordId(), reason: "不符" })],
      ["advanceVolunteer", () => ({ volunteerId: mei.id, action: "SUSPEND", reason: "暂停" })],
      ["setTie", () => ({ volunteerId: mei.id, organizationId, allowed: true, reason: "书面同意" })],
      ["registerRecipient", () => ({ ...recipient, legalName: "老人", phone: "13800000062", address: "示例村" })],
      [
        "registerSocialWorker",
        () => ({
          displayName: "社工",
          legalName: "社工",
          organizationId,
          level: "ASSISTANT",
          certificateNo: `C-${bank.key()}`,
          registeredOn: "2026-01-01",
        }),
      ],
      ["registerHousehold", () => ({ householdNo: `H-${bank.key()}`, divisionCode })],
      ["awardVillagePoints", () => ({ householdId: household.id, points: 5, reason: "整洁", on: "2026-09-19" })],
      [
        "createCampaign",
        () => ({
          slug: `c-${bank.key()}`,
          name: "敬老月",
          nameEn: "Month",
          tagline: "敬老",
          taglineEn: "Elders",
          day: "2026-10-21",
        }),
      ],
      [
        "createActivity",
        () => ({
          organizationId,
          slug: `a-${bank.key()}`,
          name: "活动",
          serviceType: "ENVIRONMENT",
          description: "活动",
          divisionCode,
          contact: "站",
          riskNotice: "防暑",
          insurance: "保险单",
          shifts: [{ startsAt: "2026-09-21T01:00:00Z", endsAt: "2026-09-21T03:00:00Z", capacity: 2, place: "广场" }],
        }),
      ],
      [
        "setFundraisingFacts",
        () => ({
          activityId: charity?.id,
          planFilingNo: "备案-2026-001",
          permitNo: "53330681MJDEM00019",
          organizationName: "示例慈善基金会",
          howToQuery: "慈善中国",
          endsOn: "2026-10-31",
        }),
      ],
      [
        "registerOrganization",
        () => ({ name: "组织", slug: `o-${bank.key()}`, kind: "VOLUNTEER_TEAM", filingStatus: "FILED", divisionCode }),
      ],
      ["proposeOrganizationHead", () => ({ organizationId, displayName: "站长" })],
      ["recordAward", () => ({ organizationId, name: "先进集体", grantedBy: "民政局", on: "2026-01-01" })],
      [
        "setPolicy",
        () => ({
          key: "credit.grounds",
          value: [{ code: "A_GROUND", kind: "ADVERSE", label: "事由", labelEn: "Ground", public: false }],
          effectiveFrom: "2026-10-01",
          citation: "文号",
        }),
      ],
      [
        "setDivisions",
        () => ({ divisions: [{ code: `d-${bank.key()}`, name: "示例村", kind: "VILLAGE", parentCode: divisionCode }] }),
      ],
      ["setPolicy", () => ({ key: "redeem.minAge", value: 65, effectiveFrom: "2026-10-01", citation: "文号" })],
      [
        "openCreditRecord",
        () => ({
          subjectId: mei.id,
          kind: "ADVERSE",
          ground: "MALICIOUS_NO_SHOW",
          facts: "故意不到",
          evidence: [evidence],
        }),
      ],
    ];
    const { data } = await api.post(null, {
      query: `{ __type(name: "Mutation") { fields { name type { ofType { fields { name } } } args { type { ofType { name inputFields { name } } } } } } }`,
    });
    const refused: string[] = [];
    for (const [mutation, input] of inputs) {
      const field = data.__type.fields.find((one: { name: string }) => one.name === mutation);
      const [{ type }] = field.args;
      const has = (fields: { name: string }[], name: string) => fields.some((one) => one.name === name);
      const keyed = has(type.ofType.inputFields, "idempotencyKey");
      const errors = "userErrors { code message details }";
      const told = has(field.type.ofType.fields, "results") ? `${errors} results { ${errors} }` : errors;
      const query = `mutation ($input: ${type.ofType.name}!) { ${mutation}(input: $input) { ${told} } }`;
      const texts = textsOf(await input()).flatMap((path) =>
        (isName(path) ? [all, planted.name] : [all]).map((text) => ({ path, text })),
      );
      for (const { path, text } of texts) {
        const given = planting(await input(), path, text);
        if (keyed) given.idempotencyKey = `${all} ${bank.key()}`;
        const answer = await api.post(bank.officer, { query, variables: { input: given } });
        expect(heldBy(JSON.stringify(answer))).toEqual([]);
        // Ids, codes of closed lists and days are read as what they are, and refused by that.
        const isRead = isCode(path, await input());
        if (!isRead && answer.data?.[mutation]?.userErrors.length > 0) refused.push(`${mutation}.${path.join(".")}`);
      }
    }
    // Words are sealed and taken; what stands in clear is refused, what has a form of its own, and a number as a name.
    expect(refused).toEqual([
      "registerVolunteer.volunteerNo",
      "registerVolunteer.displayName",
      "registerVolunteer.legalName",
      "registerVolunteer.phone",
      "registerVolunteer.guardianConsent.guardianName",
      "registerVolunteer.guardianConsent.relation",
      "registerRecipient.displayName",
      "registerRecipient.legalName",
      "registerRecipient.phone",
      "registerSocialWorker.displayName",
      "registerSocialWorker.legalName",
      "registerSocialWorker.certificateNo",
      "registerHousehold.householdNo",
      "createCampaign.slug",
      "createCampaign.name",
      "createCampaign.nameEn",
      "createCampaign.tagline",
      "createCampaign.taglineEn",
      "createActivity.slug",
      "createActivity.name",
      "setFundraisingFacts.planFilingNo",
      "setFundraisingFacts.permitNo",
      "setFundraisingFacts.organizationName",
      "setFundraisingFacts.howToQuery",
      "registerOrganization.name",
      "registerOrganization.slug",
      "proposeOrganizationHead.displayName",
      "recordAward.name",
      "recordAward.grantedBy",
      "setPolicy.value.0.label",
      "setPolicy.value.0.labelEn",
      "setPolicy.citation",
      "setPolicy.citation",
    ]);
    for (const { seq, body } of await bank.store.view.journalAfter(-1, 100_000)) {
      expect([seq, heldBy(body.toString("utf8"))]).toEqual([seq, []]);
      expect([seq, heldBy(JSON.stringify(decode(body).fact))]).toEqual([seq, []]);
    }
    if (engine.kind === "sqlite")
      for (const end of ["", "-wal"]) expect(heldBy(readFileSync(`${bank.ground.where}${end}`, "utf8"))).toEqual([]);
    for (const table of [...Object.keys(scanOrder), ...Object.keys(operationalOrder)])
      for await (const row of bank.store.view.scan(table as keyof typeof operationalOrder))
        expect([table, heldBy(JSON.stringify(row))]).toEqual([table, []]);
    expect((await audit(bank.store.view, origin)).findings).toEqual([]);
  });

  test("a place's code and name, and a policy's words, are nobody's number either", async () => {
    const line = { code: "d-1", name: "示例村", kind: "VILLAGE" as const, parentCode: "fengqiao" };
    const { results } = await bank.services.divisions.set(bank.officer, {
      idempotencyKey: bank.key(),
      mode: "EACH",
      dryRun: false,
      divisions: [line, { ...line, code: "d-139-12-345678" }, { ...line, code: "d-2", name: "13912345678村" }],
    });
    expect(results.map(({ refusal }) => refusal && [refusal.code, refusal.path, refusal.details.personal])).toEqual([
      null,
      ["INVALID_INPUT", ["code"], "MOBILE"],
      ["INVALID_INPUT", ["name"], "MOBILE"],
    ]);
    const policy = { key: "scheme.label", effectiveFrom: "2026-10-01", citation: "文号" };
    const set = (value: unknown) =>
      codeOf(
        bank.services.policies.set(bank.officer, { ...policy, idempotencyKey: bank.key(), value }).then(() => "set"),
      );
    expect([await set("时间银行"), await set("联系 139 1234 5678")]).toEqual(["set", "INVALID_INPUT"]);
  });

  test("nobody is called by a number from the next column: staff, people with roles, and corrections", async () => {
    const displayName = "王梅 13912345678";
    const { value: mei } = await register("BN001");
    const staff = [{ role: "STATION_WORKER" as const, organizationId: bank.station.id, displayName }];
    const batch = { idempotencyKey: bank.key(), mode: "EACH" as const, dryRun: false, staff };
    const { results } = await bank.services.staff.register(bank.officer, batch);
    const given = { role: "AUDITOR" as const, validFrom: "2026-09-20", displayName };
    const revise = (more: object) =>
      codeOf(
        bank.services.corrections
          .revise(bank.worker, { idempotencyKey: bank.key(), volunteerId: mei.id, reason: "更正", ...more })
          .then(() => "revised"),
      );
    expect([
      results[0]?.refusal?.code,
      await codeOf(
        bank.services.people
          .appoint(system, { ...given, identity: { issuer, subject: "s-1" } })
          .then(() => "appointed"),
      ),
      await codeOf(bank.services.people.registerStaff(system, { displayName })),
      await revise({ displayName }),
      await revise({ legalName: displayName }),
    ]).toEqual(Array(5).fill("NAME_INVALID"));
  });

  const heldBy = (text: string) =>
    Object.entries(planted).flatMap(([what, value]) => (text.includes(value) ? what : []));
});

test("a clerk reads beside the row what is wrong with a number", async () => {
  const bank = await openBank();
  const file = `${bank.ground.where}.csv`;
  const header = Object.keys(volunteersColumns).slice(0, 8).join(",");
  const rows = ["张三", "13800138000", "330681196804120011"].map((no) => `${no},张三,1980-01-01,fengqiao,true,,,`);
  rows.push("BN009,E12345678,1980-01-01,fengqiao,true,,,");
  writeFileSync(file, `${header}\n${rows.join("\n")}\n`);
  const settings = { ...settingsOf(bank), GOODHOURS_CLOCK: "2026-09-20T09:00:00+08:00" };
  const told = await goodhours(settings, "import", "volunteers", file, "--organization", "fengqiao-station", "--json");
  expect(JSON.parse(told.stdout)).toMatchObject({ refused: 4, refusedByCode: { INVALID_INPUT: 3, NAME_INVALID: 1 } });
  const reasons = readFileSync(`${file}.refused.csv`, "utf8").split("\n").slice(2, 5);
  expect(reasons).toEqual([
    expect.stringContaining("不得为手机号。（volunteer_no）"),
    expect.stringContaining("不得为身份证号。（volunteer_no）"),
    expect.stringContaining("不得为证件号码。（display_name）"),
  ]);
  await bank.close();
});

/** Where in an input a text stands that a person would write. */
function textsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value === "string") return [path];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, field]) =>
    textsOf(field, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
const isName = (path: (string | number)[]) => /^(display|legal|guardian)Name$/.test(String(path.at(-1)));
function isCode(path: (string | number)[], input: unknown): boolean {
  const value = path.reduce((at, step) => (at as Record<string | number, unknown>)[step], input);
  return /^(key|day|on)$|(Id|Code|On|At|From|Date)$/.test(String(path.at(-1))) || /^[A-Z_]+$/.test(String(value));
}

function planting(input: Record<string, unknown>, path: (string | number)[], text: string): Record<string, unknown> {
  const copy = structuredClone(input);
  let at = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as typeof at;
  at[path.at(-1) as string] = text;
  return copy;
}
