import type { Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import { Vault } from "../../src/services/bank/vault";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { openCharity } from "../support/charity";
import { engines } from "../support/engines";
import { residentId } from "../support/papers";

const documents = {
  export:
    "mutation ExportPerson($input: ExportPersonInput!) { exportPerson(input: $input) { export { url expiresAt } replayed userErrors { code message path details } } }",
  erase:
    "mutation ErasePerson($input: ErasePersonInput!) { erasePerson(input: $input) { erasedOn keptUntil replayed userErrors { code message path details } } }",
};

describe.each(engines)("a person's own on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mei: Volunteer;
  let self: Actor;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    mei = await bank.volunteer("V-1", { idNumber: residentId("1980-05-01") });
    self = await bank.actorOf(mei);
    const { id } = await bank.log("V-1", "2026-09-18", "09:00", "11:00");
    await bank.confirm(bank.second, id);
  });
  afterEach(() => closeAudited(bank, api));
  const send = async (who: Actor | null, query: string, more: object = {}) => {
    const input = { idempotencyKey: bank.key(), personId: mei.personId, ...more };
    const { data, errors } = await api.post(who, { query, variables: { input } });
    if (errors) return errors[0]?.extensions.code;
    // biome-ignore lint/suspicious/noExplicitAny: the answer of either document.
    const [answer] = Object.values(data) as any[];
    return answer.userErrors[0] ? [answer.userErrors[0].code, answer.userErrors[0].details.as] : answer;
  };
  const erase = (who = bank.officer) => send(who, documents.erase, { reason: "本人申请" });
  const openCase = () =>
    bank.services.credit.open(bank.officer, {
      idempotencyKey: bank.key(),
      subjectId: mei.id,
      kind: "ADVERSE",
      ground: "MALICIOUS_NO_SHOW",
      facts: "不到",
      evidence: [{ kind: "OTHER", ref: "记录" }],
    });
  const withdraw = () =>
    bank.services.volunteers.advance(bank.officer, { volunteerId: mei.id, action: "WITHDRAW", reason: "本人退出" });

  test("a copy holds all that is kept of a person, for an hour, under a link that names nobody", async () => {
    const another = await bank.actorOf(await bank.volunteer("V-2"));
    expect([await send(null, documents.export), (await send(another, documents.export))[0]]).toEqual([
      "UNAUTHENTICATED",
      "NOT_PERMITTED",
    ]);
    const { export: made } = await send(self, documents.export);
    const path = new URL(made.url).pathname;
    expect(path).toMatch(/^\/exports\/[0-9a-z]{26}\d{13}[\w-]{32}\.json$/);
    const answer = await fetch(`${api.url}${path}`);
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    const copy = JSON.parse(await answer.text());
    expect(
      copy.words.some(({ value }: { value: { idNumber?: string } }) => value.idNumber === residentId("1980-05-01")),
    ).toBe(true);
    expect(copy.serviceRecords).toHaveLength(1);
    expect(copy.entries.at(-1).postedAfter).toBe(120);
    const forged = path.replace(/.{6}\.json$/, "AAAAAA.json");
    expect((await fetch(`${api.url}${forged}`)).status).toBe(404);
    bank.setClock("2026-09-20T10:00:01+08:00");
    expect((await fetch(`${api.url}${path}`)).status).toBe(404);
  });

  test("a person leaves before they are erased; then the key is destroyed, and every sum stays", async () => {
    expect(await erase()).toEqual(["STILL_ACTIVE", "VOLUNTEER"]);
    await withdraw();
    await bank.grant(mei.personId, "ACTIVITY_LEAD", bank.station.id);
    expect(await erase()).toEqual(["STILL_ACTIVE", "STAFF"]);
    const [grant] = (await bank.store.view.grantsOfPersons([mei.personId])).get(mei.personId) ?? [];
    await bank.services.people.revokeRole(bank.officer, { grantId: grant?.id as string, reason: "离任" });
    const { value: creditRecord } = await openCase();
    expect(await erase()).toEqual(["STILL_ACTIVE", "CREDIT_RECORD"]);
    await bank.services.credit.advance(bank.officer, {
      recordId: creditRecord.id,
      action: "DISMISS",
      reason: "查无实据",
    });
    const before = await bank.services.ledger.trialBalance();
    expect((await erase(bank.supervisor))[0]).toBe("NOT_PERMITTED");
    expect(await erase()).toMatchObject({ erasedOn: "2026-09-20", keptUntil: "2036-09-19", replayed: false });
    expect(await erase()).toMatchObject({ erasedOn: "2026-09-20" });
    expect((await bank.store.keys.wrapped([mei.personId])).size).toBe(0);
    const [record] = await bank.services.hours.reading.many(
      bank.officer,
      (await bank.store.view.recordList({ volunteerId: mei.id }, "RECORDED_AT", { first: 5, after: null })).map(
        ({ id }) => id,
      ),
    );
    expect(record?.serviceMinutes).toBe(120);
    expect((await bank.services.volunteers.sight.persons(bank.officer, [mei.id]))[0]).toMatchObject({
      displayName: null,
    });
    expect(await bank.services.ledger.trialBalance()).toEqual(before);
    // Nobody signs in as them, finds them, or reads what was said of them.
    expect(await bank.services.people.actorOfPerson(mei.personId)).toMatchObject({ personId: null });
    for await (const row of bank.store.view.scan("creditRecords")) expect(row.state).toBe("ERASED");
    expect(await bank.ground.raw(`SELECT * FROM search_terms WHERE person_id = '${mei.personId}'`)).toEqual([]);
    expect((await send(bank.officer, documents.export))[0]).toBe("NOT_FOUND");
  });

  test("a refusal names everything that is open at once, and what leaving does not end is ended by those whose it is", async () => {
    const { hours, posts, guardians, invitations } = bank.services;
    const charity = await openCharity(bank);
    const starts = Date.parse("2026-09-27T09:00:00+08:00");
    const { shifts } = await charity.announce("later", { shift: { startsAt: starts, endsAt: starts + 7_200_000 } });
    const place = (await charity.signUp(mei, shifts[0] as Shift)) as { id: string };
    const { id: waiting } = await bank.log("V-1", "2026-09-18", "13:00", "14:00");
    const [posted] = await bank.store.view.recordList({ volunteerId: mei.id, state: ["POSTED"] }, "RECORDED_AT", {
      ...{ first: 1, after: null },
    });
    const disputed = posted?.id as string;
    await hours.dispute(self, { idempotencyKey: bank.key(), recordId: disputed, reason: "时间不对" });
    const organizationId = bank.station.id;
    const post = { volunteerId: mei.id, organizationId, post: "GENERAL", grade: 3, validFrom: "2026-10-01" } as const;
    const { value: job } = await posts.set(bank.officer, { idempotencyKey: bank.key(), ...post });
    await bank.grant(mei.personId, "ACTIVITY_LEAD", organizationId);
    const child = await bank.volunteer("C-1", { birthDate: "2014-05-01", guardian: true });
    await guardians.link(bank.worker, { idempotencyKey: bank.key(), volunteerId: child.id, guardianId: mei.id });
    const { value: creditRecord } = await openCase();
    const invited = { organizationId, invitees: [{ volunteerId: mei.id }] };
    const { value: cards } = await invitations.invite(bank.officer, { idempotencyKey: bank.key(), ...invited });

    const refused = async () => {
      const input = { idempotencyKey: bank.key(), personId: mei.personId, reason: "本人申请" };
      const { data } = await api.post(
        bank.officer,
        { query: documents.erase, variables: { input } },
        { "accept-language": "zh" },
      );
      return data.erasePerson.userErrors[0] ?? null;
    };
    const before = (await bank.store.view.head()).seq;
    const [grant] = (await bank.store.view.grantsOfPersons([mei.personId])).get(mei.personId) ?? [];
    const all = await refused();
    expect(all).toMatchObject({
      code: "STILL_ACTIVE",
      path: ["personId"],
      details: { as: "VOLUNTEER", state: "ACTIVE" },
    });
    expect(all.details.open).toEqual([
      { as: "VOLUNTEER", ids: [mei.id], state: "ACTIVE" },
      { as: "STAFF", ids: [grant?.id] },
      { as: "POST", ids: [job.id] },
      { as: "GUARDIANSHIP", ids: [child.id] },
      { as: "RECORD", ids: [waiting, disputed] },
      { as: "SIGN_UP", ids: [place.id] },
      { as: "CREDIT_RECORD", ids: [creditRecord.id] },
    ]);
    expect(all.message).toContain(
      "此人还有未办结的事项：志愿者登记、工作权限、有薪岗位、未成年人的监护、待确认或有异议的服务记录、活动报名、未办结的信用记录。请先办结。",
    );
    expect((await bank.store.view.head()).seq).toBe(before);

    await withdraw();
    expect((await refused()).details.kinds).toEqual(["RECORD", "CREDIT_RECORD"]);
    const reason = "核对";
    const decided = { recordId: disputed, outcome: "UPHELD", reason } as const;
    await hours.resolve(bank.supervisor, { idempotencyKey: bank.key(), ...decided });
    await hours.reject(bank.supervisor, { recordId: waiting as string, reason });
    await bank.services.credit.advance(bank.officer, { recordId: creditRecord.id, action: "DISMISS", reason });
    expect(await refused()).toBeNull();
    // The card that waited leads nowhere: it was taken back by an entry.
    expect((await bank.store.view.invitations([cards[0]?.id as string])).get(cards[0]?.id as string)?.state).toBe(
      "REVOKED",
    );
  });

  test("an erasure that was cut off after it was written down is finished on the next turn", async () => {
    await withdraw();
    const officer = bank.officer.personId as string;
    const vault = new Vault(bank.store, bank.options.entropy, bank.options.secret);
    await bank.store.write(async (tx) => {
      const reasonId = await vault.seal(tx, officer, { reason: "本人要求" });
      const days = { on: "2026-09-20", keptUntil: "2036-09-19" };
      await tx.append(officer, { type: "PERSON_ERASED", personId: mei.personId, ...days, reasonId });
    });
    expect(await bank.services.privacy.finishErasures()).toBe(1);
    expect((await bank.store.keys.wrapped([mei.personId])).size).toBe(0);
    expect(await bank.services.privacy.finishErasures()).toBe(0);
  });
});
