import type { Volunteer } from "../../src/domain/facts/people";
import { checkDigit } from "../../src/domain/people/papers";
import type { Actor } from "../../src/domain/permissions/actors";
import { demoKeyPair, issueToken } from "../../src/server/identity";
import { audit } from "../../src/services/audit";
import { type Answer, openApi, type TestApi } from "../support/api";
import { issuer, openBank, type TestBank } from "../support/bank";
import { engines, origin } from "../support/engines";

const numberOf = (seventeen: string) => seventeen + checkDigit(seventeen);
const hers = numberOf("33068119800501123");
const another = numberOf("33068119800501125");
const claims = { idNumber: "id_number", phone: "phone_number", name: "name", verified: "name_verified" };

describe.each(engines)("claims of the issuer on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mei: Volunteer;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank, { claims });
    mei = await register({ volunteerNo: "V-1", idNumber: hers, phone: "+86 138-0000-1111" });
  });
  afterEach(async () => {
    await api.close();
    await bank.close();
  });
  const register = async (more: object) =>
    (
      await bank.services.volunteers.register(bank.worker, {
        idempotencyKey: bank.key(),
        displayName: "梅·阿依",
        legalName: "梅·阿依古丽",
        birthDate: "1980-05-01",
        divisionCode: "fengqiao",
        consent: true,
        ...more,
      })
    ).value;
  const as = async (subject: string, claims: Record<string, unknown>, at = api): Promise<Answer> => {
    const { clock, secret } = bank.options;
    const { privateKey } = demoKeyPair(secret.toString("hex"));
    const tokenOptions = {
      privateKey,
      issuer,
      audience: "goodhours",
      subject,
      clock,
      ttlSeconds: 3600,
      claims,
    };
    const query =
      "{ viewer { id identities { id linkedBy { kind } unlinkedAt } notices(first: 5) { edges { node { kind } } } } }";
    return at.post(null, { query }, { authorization: `Bearer ${await issueToken(tokenOptions)}` });
  };
  const who = async (claims: Record<string, unknown>) => (await as("wx-1", claims)).data.viewer?.id ?? null;
  const verified = { name: "梅•阿依古丽", name_verified: true };

  test("the same number and the same name link by themselves, once, as a fact that the person is shown", async () => {
    const { viewer } = (await as("wx-1", { ...verified, id_number: hers })).data;
    expect(viewer).toMatchObject({
      id: mei.personId,
      identities: [{ linkedBy: { kind: "CLAIM" }, unlinkedAt: null }],
      notices: { edges: [{ node: { kind: "IDENTITY" } }] },
    });
    const { seq } = await bank.store.view.head();
    expect(await who({ ...verified, id_number: hers })).toBe(mei.personId);
    expect((await bank.store.view.head()).seq).toBe(seq);
    expect((await audit(bank.store.view, origin)).findings).toEqual([]);
    // What a supervisor ended does not come back by itself; a second subject of hers still may.
    const end = { identityId: viewer.identities[0].id, reason: "手机被盗" };
    await bank.services.identities.unlink(bank.supervisor, end);
    expect(await who({ ...verified, id_number: hers })).toBeNull();
    expect((await as("wx-2", { ...verified, id_number: hers })).data.viewer.id).toBe(mei.personId);
  });

  const rows: [what: string, told: Record<string, unknown>, linked: boolean][] = [
    ["the number as fifteen digits", { ...verified, id_number: hers.slice(0, 6) + hers.slice(8, 17) }, true],
    ["the telephone, spelled otherwise", { ...verified, phone_number: "13800001111" }, true],
    ["a name typed in full width with spaces", { ...verified, name: "　梅・阿依 古丽 ", id_number: hers }, true],
    ["nothing verified", { name: verified.name, id_number: hers }, false],
    ["verified as a word", { ...verified, name_verified: "true", id_number: hers }, false],
    ["another name", { ...verified, name: "王伟", id_number: hers }, false],
    ["the display name, where the legal one is known", { ...verified, name: "梅·阿依", id_number: hers }, false],
    ["no name", { name_verified: true, id_number: hers }, false],
    ["another number", { ...verified, id_number: another }, false],
    ["another number, and her telephone", { ...verified, id_number: another, phone_number: "13800001111" }, false],
    ["a number that cannot be one", { ...verified, id_number: "330681198005010000" }, false],
    ["a number as a number", { ...verified, id_number: 330681 }, false],
    ["another telephone", { ...verified, phone_number: "13800002222" }, false],
    ["a telephone and another name", { ...verified, name: "王伟", phone_number: "13800001111" }, false],
    ["lists and things", { ...verified, id_number: [hers], phone_number: { a: 1 } }, false],
    ["a name too long to be one", { ...verified, name: "梅".repeat(101), id_number: hers }, false],
  ];
  test.each(rows)("%s", async (_, claims, linked) => {
    expect(await who(claims)).toBe(linked ? mei.personId : null);
  });

  test("a number that a volunteer only entered finds nobody, and neither do two people of one name and telephone", async () => {
    const stranger = await bank.services.people.actorOf({ subject: "wx-9", issuer });
    await bank.services.volunteers.register(stranger, {
      idempotencyKey: "self",
      displayName: "王伟",
      legalName: "王伟",
      idNumber: another,
      birthDate: "1980-05-01",
      phone: "13900003333",
      divisionCode: "fengqiao",
      consent: true,
    });
    expect(await who({ name: "王伟", name_verified: true, id_number: another })).toBeNull();
    expect(await who({ name: "王伟", name_verified: true, phone_number: "13900003333" })).toBeNull();
    await register({ volunteerNo: "V-2", idNumber: null, phone: "13800001111" });
    expect(await who({ ...verified, phone_number: "13800001111" })).toBeNull();
  });

  const revise = (actor: Actor, volunteer: Volunteer, changes: object) =>
    bank.services.corrections.revise(actor, {
      idempotencyKey: bank.key(),
      volunteerId: volunteer.id,
      reason: "更正",
      ...changes,
    });
  /** A token of the issuer with its verified name and telephone. */
  const claimsOf = (name: string, phone: string) => ({ name, name_verified: true, phone_number: phone });

  test("a name and telephone that a volunteer entered themselves let nobody in until the station repeats both", async () => {
    const thief = await register({ volunteerNo: "V-3", displayName: "攻甲", legalName: null, phone: "13900009999" });
    const victim = claimsOf("受害者", "13944445555");
    await revise(await bank.actorOf(thief), thief, { displayName: "受害者", phone: "13944445555" });
    expect(await who(victim)).toBeNull();
    await revise(bank.worker, thief, { phone: "13944445555" });
    expect(await who(victim)).toBeNull();
    const { value } = await revise(bank.worker, thief, { displayName: "受害者" });
    const [history] = await bank.services.volunteers.sight.historyOf(bank.worker, [thief.id]);
    expect([value.version, history?.map(({ fields }) => fields)]).toEqual([
      4,
      [["displayName", "phone"], ["phone"], ["displayName"]],
    ]);
    expect(await who(victim)).toBe(thief.personId);
  });

  test("a display name of one's own leaves the legal name that the station entered to serve a claim", async () => {
    await revise(await bank.actorOf(mei), mei, { displayName: "小梅" });
    expect(await who({ ...verified, phone_number: "13800001111" })).toBe(mei.personId);
  });

  test.each([
    [false, null],
    [true, "in"],
  ])("who registered themselves comes in by claims once papers were seen: %s", async (papersSeen, outcome) => {
    const stranger = await bank.services.people.actorOf({ subject: "wx-9", issuer });
    const { value } = await bank.services.volunteers.register(stranger, {
      idempotencyKey: "self",
      displayName: "王伟",
      idNumber: another,
      birthDate: "1980-05-01",
      phone: "13900003333",
      divisionCode: "fengqiao",
      consent: true,
    });
    await bank.services.volunteers.advance(bank.worker, { volunteerId: value.id, action: "ACTIVATE", papersSeen });
    expect(await who(claimsOf("王伟", "13900003333"))).toBe(outcome && value.personId);
  });

  test("no claim leads to a person with a role, and nobody changes by what they are known who could not give it", async () => {
    await bank.grant(mei.personId, "OFFICER", null);
    expect(await who({ ...verified, id_number: hers })).toBeNull();
    expect(await who({ ...verified, phone_number: "13800001111" })).toBeNull();
    const before = (await bank.store.view.head()).seq;
    for (const changes of [
      { displayName: "同伙" },
      { legalName: "同伙" },
      { phone: "13987654321" },
      { idNumber: another },
      { birthDate: "1980-05-02" },
    ])
      for (const actor of [bank.worker, bank.supervisor])
        await expect(revise(actor, mei, changes)).rejects.toMatchObject({
          code: "NOT_PERMITTED",
          details: { role: "OFFICER" },
          path: Object.keys(changes),
        });
    expect((await bank.store.view.head()).seq).toBe(before);
    await expect(revise(bank.officer, mei, { phone: "13987654321" })).resolves.toMatchObject({ replayed: false });
    await expect(revise(bank.worker, mei, { volunteerNo: "V-9" })).resolves.toMatchObject({ replayed: false });
  });

  test.each(["SUSPEND", "WITHDRAW", "RECORD_DEATH"] as const)("nobody comes in after %s", async (action) => {
    await bank.services.volunteers.advance(bank.supervisor, { volunteerId: mei.id, action, reason: "r" });
    expect(await who({ ...verified, id_number: hers })).toBeNull();
  });

  test("two requests at once link once", async () => {
    const claims = { ...verified, id_number: hers };
    const both = await Promise.all([as("wx-1", claims), as("wx-1", claims)]);
    expect(both.map(({ data }) => data.viewer.id)).toEqual([mei.personId, mei.personId]);
    expect((await bank.store.view.identityLinksOf([mei.personId])).get(mei.personId)).toHaveLength(1);
  });

  test("a bank that trusts no claim reads none", async () => {
    const plain = await openApi(bank);
    try {
      expect((await as("wx-1", { ...verified, id_number: hers }, plain)).data.viewer).toBeNull();
    } finally {
      await plain.close();
    }
  });
});
