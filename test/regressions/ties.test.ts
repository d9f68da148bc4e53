import type { Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import { type Actor, nobody } from "../../src/domain/permissions/actors";
import { audit } from "../../src/services/audit";
import type { LogEntry } from "../../src/services/hours/commands";
import { openApi, type TestApi } from "../support/api";
import { at, issuer, openBank, type TestBank } from "../support/bank";
import { openCharity } from "../support/charity";
import { engines, origin } from "../support/engines";

const name = "王小明";
const masked = "王*明";
const idNumber = "330681196804120011";
const phone = "13800138000";

/** A worker of any organisation logged one line for a running number, and read the name; phone and balance came with her own supervisor. */
describe.each(engines)("who sees a volunteer, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mei: Volunteer;
  /** An agency that registered nobody. */
  let agency: { id: string; worker: Actor; supervisor: Actor; admin: Actor; lead: Actor };
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    const { value } = await bank.services.organizations.register(bank.officer, {
      idempotencyKey: bank.key(),
      name: "某社工机构",
      kind: "SOCIAL_WORK_AGENCY",
      filingStatus: "REGISTERED",
      divisionCode: "fengqiao",
    });
    agency = {
      id: value.id,
      worker: await bank.staff("STATION_WORKER", value.id),
      supervisor: await bank.staff("STATION_SUPERVISOR", value.id),
      admin: await bank.staff("ORGANIZATION_ADMIN", value.id),
      lead: await bank.staff("ACTIVITY_LEAD", value.id),
    };
    mei = await registered("ZJ-0001");
  });
  afterEach(async () => {
    await api.close();
    await bank.close();
  });

  const registered = async (volunteerNo: string, given: { birthDate?: string; idNumber?: string } = { idNumber }) =>
    (
      await bank.services.volunteers.register(bank.worker, {
        idempotencyKey: bank.key(),
        volunteerNo,
        displayName: name,
        birthDate: "1968-04-12",
        phone,
        divisionCode: "fengqiao",
        consent: true,
        guardianConsent: given.birthDate ? { guardianName: "母", relation: "母亲", consentedOn: "2026-01-01" } : null,
        ...given,
      })
    ).value;

  const log = (entry: Partial<LogEntry>, given: { dryRun?: boolean; mode?: "EACH" | "ALL_OR_NOTHING" } = {}) =>
    bank.services.hours.log(agency.worker, {
      idempotencyKey: bank.key(),
      organizationId: agency.id,
      mode: given.mode ?? "EACH",
      dryRun: given.dryRun ?? false,
      entries: [line(entry)],
    });
  const line = (entry: Partial<LogEntry>): LogEntry => ({
    ...(entry.volunteerId ? {} : { volunteerNo: "ZJ-0001" }),
    serviceType: "COMPANION_TALK",
    startedAt: at("2026-09-18", "09:00"),
    endedAt: at("2026-09-18", "10:00"),
    breakMinutes: 0,
    content: "聊天",
    activityLead: "负责人",
    ...entry,
  });

  /** What people hand in themselves, on the day before. */
  const served = {
    serviceType: "COMPANION_TALK",
    startedAt: at("2026-09-17", "09:00"),
    endedAt: at("2026-09-17", "10:00"),
    breakMinutes: 0,
    content: "聊天",
  };

  const fields = `id volunteerNo displayName state maskedIdNumber maskedPhone division { code }
    serviceTotals { total } account { id balance { posted } }`;
  /** Everything by which an organisation could look: the record itself, the node, the two ways to find, a credit record. */
  async function looks(actor: Actor, recordId: string) {
    const query = `query ($record: ID!, $volunteer: ID!, $account: ID!, $no: String!, $text: String!) {
      record: node(id: $record) { ... on ServiceRecord { ledgerEntries { kind } volunteer { ${fields} } } }
      node(id: $volunteer) { ... on Volunteer { ${fields} } }
      byNumber: volunteers(filter: { volunteerNo: $no }, first: 5) { edges { node { ${fields} } } }
      byName: volunteers(filter: { text: $text }, first: 5) { edges { node { ${fields} } } }
      account(id: $account) { id balance { posted } }
    }`;
    const variables = { record: recordId, volunteer: mei.id, account: mei.accountId, no: "ZJ-0001", text: name };
    const { data, errors } = await api.post(actor, { query, variables });
    expect(errors).toBeUndefined();
    return data;
  }
  const nothing = (displayName = masked) => ({
    record: {
      ledgerEntries: [],
      volunteer: {
        id: mei.id,
        volunteerNo: "ZJ-0001",
        displayName,
        state: null,
        maskedIdNumber: null,
        maskedPhone: null,
        division: null,
        serviceTotals: null,
        account: null,
      },
    },
    node: null,
    byNumber: { edges: [] },
    byName: { edges: [] },
    account: null,
  });

  test("an organisation's own records open nothing, whatever it does with them", async () => {
    const answer = await log({});
    const recordId = answer.results[0]?.record?.id as string;
    const everybody = () =>
      Promise.all([agency.worker, agency.supervisor, agency.admin].map((who) => looks(who, recordId)));
    expect(await everybody()).toEqual([nothing(), nothing(), nothing()]);
    expect(await bank.confirm(agency.supervisor, recordId)).toEqual(["POSTED"]);
    expect(await everybody()).toEqual([nothing(), nothing(), nothing()]);
    const credit = {
      subjectId: mei.id,
      kind: "ADVERSE" as const,
      ground: "MALICIOUS_NO_SHOW",
      facts: "故意不到",
      evidence: [{ kind: "OTHER" as const, ref: "记录" }],
    };
    for (const who of [agency.worker, agency.admin])
      await expect(bank.services.credit.open(who, { ...credit, idempotencyKey: bank.key() })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    for (const ask of [
      bank.services.ledger.statement(agency.admin, mei.accountId, { axis: "RECORDED", first: 5 }),
      bank.services.ledger.balanceAsOf(agency.admin, mei.accountId, { seq: 1 }),
      bank.services.announcements.balanceChanges(agency.admin, mei.accountId, null).next(),
      bank.services.volunteers.advance(agency.supervisor, { volunteerId: mei.id, action: "SUSPEND", reason: "r" }),
    ])
      await expect(ask).rejects.toMatchObject({ code: "NOT_FOUND" });
    await bank.services.hours.reverse(bank.officer, { idempotencyKey: bank.key(), recordId, reason: "误录" });
    expect(await everybody()).toEqual([nothing(), nothing(), nothing()]);
    // The office sees the person on the same record.
    for (const who of [bank.officer])
      expect((await looks(who, recordId)).record.volunteer).toMatchObject({
        displayName: name,
        maskedPhone: "138****8000",
      });
    expect((await audit(bank.store.view, origin)).findings).toEqual([]);
  });

  test("the volunteer is notified of each record that an organisation logs, and may object to it", async () => {
    const recordId = (await log({})).results[0]?.record?.id as string;
    const self = await bank.actorOf(mei);
    const query =
      "{ viewer { notices(first: 5) { unreadCount edges { node { id kind title body subject { id } } } } } }";
    const { data } = await api.post(self, { query });
    expect(data.viewer.notices).toMatchObject({
      unreadCount: 1,
      edges: [{ node: { kind: "RECORD_LOGGED", body: "某社工机构", subject: { id: recordId } } }],
    });
    const noticeIds = [data.viewer.notices.edges[0].node.id];
    expect(await bank.services.notices.markRead(self, noticeIds)).toBe(0);
    await bank.confirm(agency.supervisor, recordId);
    const disputed = await bank.services.hours.dispute(self, {
      idempotencyKey: bank.key(),
      recordId,
      reason: "不是我",
    });
    expect(disputed.value.state).toBe("DISPUTED");
    // What people hand in themselves they know of.
    await bank.services.hours.submit(self, {
      idempotencyKey: bank.key(),
      organizationId: agency.id,
      ...served,
    });
    expect((await bank.services.notices.list(self, null, { first: 5 })).unreadCount).toBe(0);
  });

  test("a decision that a station enters for the volunteer is notified, and a guardian sees what is logged about the child", async () => {
    const query = `{ viewer { notices(first: 5) { edges { node { kind title body subject { id ... on ServiceRecord { serviceMinutes } } } } } } }`;
    const told = async (who: Actor) => {
      const { data } = await api.post(who, { query });
      return data.viewer.notices.edges.map(({ node }: { node: object }) => node);
    };
    const self = await bank.actorOf(mei);
    const tie = { volunteerId: mei.id, organizationId: agency.id };
    await bank.services.ties.set(bank.worker, { ...tie, allowed: true, reason: "本人书面同意，存站" });
    const allowed = { kind: "TIE", body: "某社工机构：本人书面同意，存站", subject: { id: agency.id } };
    expect(await told(self)).toMatchObject([allowed]);
    await bank.services.notices.markRead(self, (await noticeIds(self)) as string[]);
    await bank.services.ties.set(bank.worker, { ...tie, allowed: false, reason: "本人撤回" });
    const [ended] = await told(self);
    expect(ended).toMatchObject({ kind: "TIE", title: expect.any(String), body: "某社工机构：本人撤回" });
    expect((await bank.services.notices.list(self, true, { first: 5 })).unreadCount).toBe(1);
    // What volunteers say themselves they know.
    await bank.services.ties.set(self, { organizationId: agency.id, allowed: true });
    expect(await told(self)).toEqual([]);

    const child = await registered("ZJ-0005", { birthDate: "2014-01-01" });
    const guardian = await bank.volunteer("ZJ-0006");
    const pair = { idempotencyKey: bank.key(), volunteerId: child.id, guardianId: guardian.id };
    await bank.services.guardians.link(bank.worker, pair);
    const { id } = await bank.log("ZJ-0005", "2026-09-18", "09:00", "10:00");
    expect(await told(await bank.actorOf(guardian))).toMatchObject([
      { kind: "RECORD_LOGGED", subject: { id, serviceMinutes: 60 } },
    ]);
    expect(await bank.services.hours.reading.many(self, [id as string])).toEqual([null]);
    // A guardian objects for the child, once there is something to object to.
    const objection = { idempotencyKey: bank.key(), recordId: id as string, reason: "不符" };
    const disputed = bank.services.hours.dispute(await bank.actorOf(guardian), objection);
    await expect(disputed).rejects.toMatchObject({ code: "ILLEGAL_TRANSITION" });
  });
  const noticeIds = async (who: Actor) =>
    (await bank.services.notices.list(who, null, { first: 5 })).edges.map(({ node }) => node.id);

  const seen = async (actor: Actor) => {
    const [[face], [person], [account]] = [
      await bank.services.volunteers.sight.faces(actor, [mei.id]),
      await bank.services.volunteers.sight.persons(actor, [mei.id]),
      await bank.services.ledger.accounts(actor, [mei.accountId]),
    ];
    return [face && person?.displayName, person?.maskedPhone ?? null, account ? "account" : null].map(String).join(" ");
  };
  const [hidden, byMask, byName, whole] = [
    "null null null",
    `${masked} null null`,
    `${name} null null`,
    `${name} 138****8000 account`,
  ];
  const everySight = async () => {
    const rows: string[] = [];
    for (const [who, actor] of Object.entries({ nobody, ...agency, station: bank.worker, officer: bank.officer }))
      if (typeof actor !== "string") rows.push(`${who}: ${await seen(actor)}`);
    return rows;
  };
  const table = (at: { worker: string; lead: string }) => [
    `nobody: ${hidden}`,
    `worker: ${at.worker}`,
    `supervisor: ${at.worker}`,
    `admin: ${at.worker}`,
    `lead: ${at.lead}`,
    `station: ${whole}`,
    `officer: ${whole}`,
  ];

  test("a consent opens what it says and ends with it; a child's is the guardian's", async () => {
    const self = await bank.actorOf(mei);
    const allow = (actor: Actor, allowed: boolean, more: object = {}) =>
      bank.services.ties.set(actor, { organizationId: agency.id, allowed, ...more });
    expect(await everySight()).toEqual(table({ worker: hidden, lead: hidden }));
    await allow(self, true);
    // A lead sees names, and no balance anywhere.
    expect(await everySight()).toEqual(table({ worker: whole, lead: byName }));
    const head = async () => (await bank.store.view.head()).seq;
    const before = await head();
    await allow(self, true);
    expect(await head()).toBe(before);
    const found = await bank.services.volunteers.sight.find(agency.worker, { text: "小明" }, { first: 5 });
    expect(found.edges.map(({ node }) => node.id)).toEqual([mei.id]);
    expect(await bank.services.ties.of(self, mei.id)).toEqual([
      { kind: "REGISTERED", organizationId: bank.station.id, until: null, version: null },
      { kind: "ALLOWED", organizationId: agency.id, until: null, version: 1 },
    ]);
    await expect(allow(self, false, { expectedVersion: 7 })).rejects.toMatchObject({ code: "VERSION_CONFLICT" });
    await allow(self, false);
    expect(await everySight()).toEqual(table({ worker: hidden, lead: hidden }));
    // The station that registered them holds their word in writing; nobody else speaks for them.
    const forMei = { volunteerId: mei.id };
    await expect(allow(bank.worker, true, forMei)).rejects.toMatchObject({ code: "REASON_MISSING" });
    await allow(bank.worker, true, { ...forMei, reason: "本人书面同意，存站" });
    expect(await everySight()).toEqual(table({ worker: whole, lead: byName }));
    await allow(self, false);
    for (const who of [agency.worker, agency.admin, bank.actorOf(await registered("ZJ-0002", {}))])
      await expect(allow(await who, true, { ...forMei, reason: "r" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      bank.services.ties.set(self, { organizationId: bank.station.id, allowed: false }),
    ).rejects.toMatchObject({ code: "ILLEGAL_TRANSITION" });
    const child = await registered("ZJ-0003", { birthDate: "2014-01-01" });
    await expect(allow(await bank.actorOf(child), true)).rejects.toMatchObject({ code: "GUARDIAN_CONSENT_MISSING" });
    const guardian = await bank.volunteer("ZJ-0004");
    await bank.services.guardians.link(bank.worker, {
      idempotencyKey: bank.key(),
      volunteerId: child.id,
      guardianId: guardian.id,
    });
    await allow(await bank.actorOf(guardian), true, { volunteerId: child.id });
    expect((await bank.services.volunteers.sight.many(agency.worker, [child.id]))[0]?.id).toBe(child.id);
    expect((await audit(bank.store.view, origin)).findings).toEqual([]);
  });

  test("one's own sign-up and one's own submission show the name, for as long as hours may be entered", async () => {
    const charity = await openCharity(bank);
    const announced = async (slug: string, day: string) => {
      const shift = { startsAt: at(day, "09:00"), endsAt: at(day, "11:00") };
      const given = { organizationId: agency.id, by: agency.lead, shift };
      const { id: activityId } = await charity.draft(slug, given);
      await bank.services.activities.advance(agency.admin, { activityId, action: "SUBMIT" });
      await bank.services.activities.advance(bank.officer, { activityId, action: "PUBLISH" });
      return (await bank.services.activities.shiftsOf(agency.lead, [activityId]))[0]?.[0] as Shift;
    };
    const shift = await announced("first", "2026-09-25");
    const signUp = (await charity.signUp(mei, shift)) as { id: string };
    expect(await everySight()).toEqual(table({ worker: byName, lead: byName }));
    await bank.services.signUps.withdraw(await bank.actorOf(mei), { signUpId: signUp.id });
    expect(await everySight()).toEqual(table({ worker: hidden, lead: hidden }));
    // Whom a lead puts on the list has said nothing.
    const today = await announced("second", "2026-09-20");
    bank.setClock("2026-09-20T09:30:00+08:00");
    expect(await charity.tick(mei, today, agency.lead)).toMatchObject({ outcome: "OPEN" });
    expect(await everySight()).toEqual(table({ worker: byMask, lead: byMask }));
    const self = await bank.actorOf(mei);
    const { value: submitted } = await bank.services.hours.submit(self, {
      idempotencyKey: bank.key(),
      organizationId: agency.id,
      ...served,
    });
    expect(await everySight()).toEqual(table({ worker: byName, lead: byName }));
    expect((await bank.services.ties.of(self, mei.id)).at(-1)).toEqual({
      kind: "SUBMITTED",
      organizationId: agency.id,
      until: "2026-12-16",
      version: null,
    });
    await bank.services.hours.void(self, { recordId: submitted.id, reason: "填错" });
    expect(await everySight()).toEqual(table({ worker: byMask, lead: byMask }));
    await charity.signUp(mei, await announced("third", "2026-09-25"));
    // The volunteer's END goes before all that was said earlier, not before what comes after.
    await bank.services.ties.set(self, { organizationId: agency.id, allowed: false });
    expect(await everySight()).toEqual(table({ worker: byMask, lead: byMask }));
    await charity.signUp(mei, await announced("fourth", "2026-09-26"));
    expect(await everySight()).toEqual(table({ worker: byName, lead: byName }));
    bank.setClock("2026-12-24T12:00:00+08:00");
    expect(await everySight()).toEqual(table({ worker: byName, lead: byName }));
    bank.setClock("2026-12-26T12:00:00+08:00");
    expect(await everySight()).toEqual(table({ worker: byMask, lead: byMask }));
  });

  test("a dry run tells a foreign organisation nothing of service elsewhere, a refusal names no record of another's", async () => {
    const { id: here } = await bank.log("ZJ-0001", "2026-09-18", "09:00", "17:00");
    const told = async (work: ReturnType<typeof log>) => {
      const { results } = await work;
      return results.map(({ record, refusal }) => refusal?.code ?? `${record?.state} ${record?.confirmationsNeeded}`);
    };
    const [startedAt, endedAt] = [at("2026-09-18", "10:00"), at("2026-09-18", "11:00")];
    // Neither the clash nor the long day is told: both are the other organisation's.
    expect(await told(log({ startedAt, endedAt }, { dryRun: true }))).toEqual(["SUBMITTED 1"]);
    const [late, end] = [at("2026-09-18", "17:00"), at("2026-09-18", "20:00")];
    expect(await told(log({ startedAt: late, endedAt: end }, { dryRun: true }))).toEqual(["SUBMITTED 1"]);
    const { results } = await log({ startedAt, endedAt });
    expect(results[0]?.refusal).toMatchObject({ code: "RECORD_OVERLAP", details: { elsewhere: true } });
    expect(JSON.stringify(results)).not.toContain(here);
    // What is undone as a whole leaves no trace either: with another cause, nothing elsewhere is told.
    const whole = await bank.services.hours.log(agency.worker, {
      idempotencyKey: bank.key(),
      organizationId: agency.id,
      mode: "ALL_OR_NOTHING",
      dryRun: false,
      entries: [line({ startedAt, endedAt }), line({ startedAt: late, endedAt: end }), line({ volunteerNo: "NONE-1" })],
    });
    expect(whole.results.map(({ refusal }) => refusal?.code)).toEqual([
      "LINKED_FAILED",
      "LINKED_FAILED",
      "VOLUNTEER_NOT_FOUND",
    ]);
    // The same line twice is refused as a whole either way. By which line is the cause, nobody learns whether the time is free.
    for (const [from, to] of [
      [startedAt, endedAt],
      [late, end],
    ] as const) {
      const twice = await bank.services.hours.log(agency.worker, {
        idempotencyKey: bank.key(),
        organizationId: agency.id,
        mode: "ALL_OR_NOTHING",
        dryRun: false,
        entries: [line({ startedAt: from, endedAt: to }), line({ startedAt: from, endedAt: to })],
      });
      expect(twice.results.map(({ refusal }) => refusal)).toMatchObject([
        { code: "LINKED_FAILED", details: { causeIndex: 1 } },
        { code: "RECORD_OVERLAP", details: { causeIndex: 0 } },
      ]);
    }
    // Its own records it knows, and whoever lets it see them lets it see that.
    await log({ startedAt: late, endedAt: end });
    const own = await log({ startedAt: late, endedAt: end }, { dryRun: true });
    expect(own.results[0]?.refusal).toMatchObject({
      code: "RECORD_OVERLAP",
      details: { recordId: expect.any(String) },
    });
    await bank.services.ties.set(await bank.actorOf(mei), { organizationId: agency.id, allowed: true });
    expect(await told(log({ startedAt, endedAt }, { dryRun: true }))).toEqual(["RECORD_OVERLAP"]);
  });

  test("a lead learns that a volunteer is promised at that time, and not where; the volunteer learns both", async () => {
    const charity = await openCharity(bank);
    const times = { startsAt: at("2026-09-20", "09:30"), endsAt: at("2026-09-20", "11:00") };
    const { shifts } = await charity.announce("elsewhere", { shift: times });
    const signUp = (await charity.signUp(mei, shifts[0] as Shift)) as { id: string };
    const given = { organizationId: agency.id, by: agency.lead, shift: times };
    const { id: activityId } = await charity.draft("here", given);
    await bank.services.activities.advance(agency.admin, { activityId, action: "SUBMIT" });
    await bank.services.activities.advance(bank.officer, { activityId, action: "PUBLISH" });
    const shiftId = (await bank.services.activities.shiftsOf(agency.lead, [activityId]))[0]?.[0]?.id as string;
    bank.setClock("2026-09-20T09:30:00+08:00");
    const tick = { idempotencyKey: bank.key(), shiftId, volunteerNo: "ZJ-0001" };
    await expect(bank.services.attendance.checkIn(agency.lead, tick)).rejects.toMatchObject({
      code: "DOUBLE_BOOKED",
      details: { elsewhere: true },
    });
    const own = { idempotencyKey: bank.key(), shiftId };
    await expect(bank.services.signUps.signUp(await bank.actorOf(mei), own)).rejects.toMatchObject({
      code: "DOUBLE_BOOKED",
      details: { signUpId: signUp.id },
    });
  });

  test("no list of guardians and no role shows an organisation the name of a volunteer whom it may not see", async () => {
    const { guardians, people, volunteers } = bank.services;
    const { value: ward } = await volunteers.register(agency.worker, {
      ...{ idempotencyKey: bank.key(), volunteerNo: "AG-0001", displayName: "小孩", birthDate: "2013-01-01" },
      ...{ divisionCode: "fengqiao", consent: true },
      guardianConsent: { guardianName: "母", relation: "母亲", consentedOn: "2026-01-01" },
    });
    // The number is known from a list, and the id from the agency's own record.
    const logged = (await log({})).results[0]?.record;
    expect(logged?.volunteerId).toBe(mei.id);
    const pair = { volunteerId: ward.id, guardianId: mei.id };
    const link = () => guardians.link(agency.worker, { idempotencyKey: bank.key(), ...pair });
    const appoint = () =>
      people.grantRole(agency.admin, {
        ...{ idempotencyKey: bank.key(), personId: mei.personId, role: "ACTIVITY_LEAD", validFrom: "2026-09-20" },
        organizationId: agency.id,
      });
    const names = async () => {
      const query = `query ($id: ID!) {
        node(id: $id) { ... on Volunteer { guardians { displayName person { id label } } } }
        people(first: 20) { edges { node { label } } }
      }`;
      return JSON.stringify(await api.post(agency.admin, { query, variables: { id: ward.id } }));
    };
    const { seq } = await bank.store.view.head();
    await expect(link()).rejects.toMatchObject({ code: "VOLUNTEER_NOT_FOUND", path: ["guardianId"] });
    await expect(appoint()).rejects.toMatchObject({ code: "NOT_FOUND", path: ["personId"] });
    expect((await bank.store.view.head()).seq).toBe(seq);
    expect(await names()).not.toContain(name);
    // By the volunteer's own word the agency sees her, and both may be.
    await bank.services.ties.set(await bank.actorOf(mei), { organizationId: agency.id, allowed: true });
    await link();
    await appoint();
    expect(await names()).toContain(name);
  });

  test("a key says nothing more when the tie has ended, and nothing to another actor", async () => {
    const self = await bank.actorOf(mei);
    await bank.services.ties.set(self, { organizationId: agency.id, allowed: true });
    const query = `mutation ($input: LogServiceHoursInput!) { logServiceHours(input: $input) { results {
      serviceRecord { id volunteer { displayName maskedPhone account { id } serviceTotals { total } } } userErrors { code } } } }`;
    const { startedAt, endedAt, ...entry } = line({});
    const times = { startedAt: new Date(startedAt).toISOString(), endedAt: new Date(endedAt).toISOString() };
    const batch = { organizationId: agency.id, mode: "EACH", entries: [{ ...entry, ...times }] };
    const input = { idempotencyKey: bank.key(), ...batch };
    const answer = async (actor: Actor) =>
      (await api.post(actor, { query, variables: { input } })).data.logServiceHours.results[0];
    expect(await answer(agency.worker)).toMatchObject({ serviceRecord: { volunteer: { displayName: name } } });
    await bank.services.ties.set(self, { organizationId: agency.id, allowed: false });
    expect((await answer(agency.worker)).serviceRecord.volunteer).toEqual({
      ...{ displayName: masked, maskedPhone: null, account: null, serviceTotals: null },
    });
    expect(await answer(agency.admin)).toMatchObject({ serviceRecord: null, userErrors: [{ code: "RECORD_OVERLAP" }] });
  });

  test("the same word said twice with a reason is written once, and the bank goes on", async () => {
    const end = () =>
      bank.services.ties.set(bank.officer, {
        volunteerId: mei.id,
        organizationId: agency.id,
        allowed: false,
        reason: "本人来电要求，有录音",
      });
    await bank.services.ties.set(await bank.actorOf(mei), { organizationId: agency.id, allowed: true });
    await end();
    const { seq } = await bank.store.view.head();
    await end();
    expect((await bank.store.view.head()).seq).toBe(seq);
    await bank.services.ties.set(await bank.actorOf(mei), { organizationId: agency.id, allowed: true });
    expect((await bank.store.snapshot((view) => audit(view, origin))).findings).toEqual([]);
  });

  test("nobody gives a role to themselves, whatever the role", async () => {
    for (const [actor, role] of [
      [agency.admin, "STATION_SUPERVISOR"],
      [agency.admin, "STATION_WORKER"],
      [bank.officer, "STATION_SUPERVISOR"],
    ] as const)
      await expect(
        bank.services.people.grantRole(actor, {
          idempotencyKey: bank.key(),
          personId: actor.personId as string,
          role,
          organizationId: agency.id,
          validFrom: "2026-09-20",
        }),
      ).rejects.toMatchObject({ code: "SELF_CONFIRMATION" });
    const admin = await bank.services.people.actorOf({ subject: agency.admin.personId as string, issuer });
    expect(admin.grants.map(({ role }) => role)).toEqual(["ORGANIZATION_ADMIN"]);
  });

  test("only actors who see a person learn that a taken number is that person's", async () => {
    const again = (actor: Actor, organizationId: string) =>
      bank.services.volunteers.register(actor, {
        idempotencyKey: bank.key(),
        organizationId,
        volunteerNo: "ZJ-0001",
        displayName: name,
        birthDate: "1968-04-12",
        divisionCode: "fengqiao",
        consent: true,
      });
    await expect(again(agency.worker, agency.id)).rejects.toMatchObject({
      code: "DUPLICATE_VOLUNTEER_NO",
      details: {},
    });
    await expect(again(bank.worker, bank.station.id)).rejects.toMatchObject({
      code: "DUPLICATE_VOLUNTEER_NO",
      details: { same: true },
    });
  });
});
