import type { Actor } from "../../src/domain/permissions/actors";
import type { RegisterVolunteer } from "../../src/services/people/volunteer-entry";
import { type Answer, openApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { codeOf, refusalOf } from "../support/outcomes";
import { residentId } from "../support/papers";

const mei = residentId("1968-04-12");
const elder = residentId("1939-03-05");
const rounded = "330681196804120000";

/** Nobody is mistaken for another: by papers that were seen people are known again, by what somebody says nobody is. */
describe.each(engines)("papers on $name", (engine) => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank(engine);
  });
  afterEach(() => closeFullyAudited(bank));

  const volunteer = async (who: Actor, more: Partial<RegisterVolunteer>) => {
    const given = { displayName: "王梅", birthDate: "1968-04-12", divisionCode: "fengqiao", consent: true };
    return (await bank.services.volunteers.register(who, { idempotencyKey: bank.key(), ...given, ...more })).value;
  };
  const recipient = async (more: object) => {
    const given = { displayName: "赵老人", birthDate: "1939-03-05", divisionCode: "fengqiao", consent: true };
    const input = { ...given, idempotencyKey: bank.key(), categories: ["SEVERE_ILLNESS" as const], ...more };
    return (await bank.services.recipients.register(bank.worker, input)).value;
  };
  const worker = async (more: object) => {
    const given = { displayName: "王梅", organizationId: bank.station.id, level: "ASSISTANT" as const };
    const input = {
      ...given,
      idempotencyKey: bank.key(),
      certificateNo: "A-0001",
      registeredOn: "2026-01-01",
      ...more,
    };
    return (await bank.services.socialWorkers.register(bank.officer, input)).value;
  };
  const stranger = (n: number): Actor => ({
    personId: null,
    identity: String(n).repeat(64),
    volunteerId: null,
    grants: [],
  });
  const asPerson = async (volunteerId: string) =>
    bank.actorOf((await bank.store.view.volunteers([volunteerId])).get(volunteerId) as never);

  test.each([
    [rounded, "ROUNDED_BY_SPREADSHEET"],
    ["0000", "LENGTH"],
    ["----", "FORM"],
    [`${mei.slice(0, 17)}0`, "CHECK_DIGIT"],
    ["12345678", "KIND_MISSING"],
    [residentId("1968-04-13"), "BIRTH_DATE_DISAGREES"],
  ])("%s joins nobody, and is told to be wrong without being told", async (idNumber, reason) => {
    const before = (await bank.store.view.head()).seq;
    const no = { code: "ID_NUMBER_INVALID", details: { reason }, path: ["idNumber"] };
    expect(await refusalOf(volunteer(bank.worker, { idNumber }))).toMatchObject(no);
    expect(await refusalOf(volunteer(stranger(1), { idNumber }))).toMatchObject(no);
    expect(await refusalOf(recipient({ idNumber, birthDate: "1968-04-12" }))).toMatchObject(no);
    if (reason !== "BIRTH_DATE_DISAGREES") expect(await refusalOf(worker({ idNumber }))).toMatchObject(no);
    expect((await bank.store.view.head()).seq).toBe(before);
  });

  // A number that passes is a station's word: the second person with the same junk elsewhere was refused as PAPERS_DISAGREE.
  test.each([
    ["111111111111111", null, "REGION"],
    ["330681196804120003", null, "FORM"],
    [residentId("2015-04-12"), null, "BIRTH_DATE"],
    ["123456", "PASSPORT", "LENGTH"],
    ["12345678", "TAIWAN_PERMIT", "FORM"],
    ["XXX123456789012", "PERMANENT_RESIDENCE", "FORM"],
  ] as const)("a social worker's %s is no papers", async (idNumber, idKind, reason) => {
    const before = (await bank.store.view.head()).seq;
    const no = { code: "ID_NUMBER_INVALID", details: { reason }, path: ["idNumber"] };
    expect(await refusalOf(worker({ idNumber, idKind }))).toMatchObject(no);
    expect((await bank.store.view.head()).seq).toBe(before);
  });

  test("seen papers join where name and birth date agree, and else ask the station to look", async () => {
    const { personId } = await volunteer(bank.worker, { idNumber: mei, legalName: "王·梅" });
    expect((await worker({ idNumber: `3306 8119 6804 12${mei.slice(14)}`.toLowerCase() })).personId).toBe(personId);
    const disagree = (what: string[]) => ({ code: "PAPERS_DISAGREE", details: { disagree: what }, path: ["idNumber"] });
    const other = { displayName: "李雷", idNumber: mei, birthDate: "1968-04-12" };
    expect(await refusalOf(recipient(other))).toEqual(disagree(["name"]));
    expect((await recipient({ ...other, displayName: "王 梅" })).personId).toBe(personId);
    // A passport holds no birth date: the one that was given is compared.
    const passport = { idKind: "PASSPORT" as const, idNumber: "C01X00T47" };
    await volunteer(bank.worker, { ...passport, displayName: "Anna", birthDate: "1980-01-01" });
    expect(await refusalOf(recipient({ ...passport, displayName: "Anna", birthDate: "1980-01-02" }))).toEqual(
      disagree(["birthDate"]),
    );
    // The same signs on other papers are another person's.
    const { personId: other2 } = await recipient({ idKind: "TAIWAN_PERMIT", idNumber: "01234576" });
    expect((await recipient({ idKind: "PASSPORT", idNumber: "01234576" })).personId).not.toBe(other2);
  });

  test("what strangers enter about themselves joins nobody, refuses nobody and reveals nobody", async () => {
    const first = await volunteer(stranger(1), { displayName: "陌生人", birthDate: "1939-03-05", idNumber: elder });
    const listed = await recipient({ idNumber: elder, address: "枫桥镇示例村 1 号" });
    expect(listed.personId).not.toBe(first.personId);
    // The copy of what is kept of him says nothing of the elder.
    const self = await asPerson(first.id);
    const { value } = await bank.services.privacy.export(self, {
      idempotencyKey: bank.key(),
      personId: first.personId,
    });
    expect(JSON.stringify(await bank.services.privacy.copy(value.secret))).not.toContain("示例村");
    // Now the number is here; the next stranger hears what the first one heard.
    const second = await volunteer(stranger(2), { displayName: "又一人", birthDate: "1939-03-05", idNumber: elder });
    expect([second.state, second.personId === listed.personId]).toEqual(["REGISTERED", false]);
  });

  test("over the API a number that is here and one that is not get the same answer", async () => {
    await volunteer(bank.worker, { idNumber: mei });
    const api = await openApi(bank);
    const answers: Answer[] = [];
    for (const [n, order] of [1, 2].entries()) {
      const personId = await bank.services.people.registerStaff(
        (await import("../../src/domain/permissions/actors")).system,
        {
          displayName: "陌生人",
        },
      );
      const actor: Actor = { personId, identity: null, volunteerId: null, grants: [] };
      const input = { idempotencyKey: `probe-${n}`, displayName: "王梅", birthDate: "1968-04-12", consent: true };
      const idNumber = residentId("1968-04-12", order);
      answers.push(
        await api.post(actor, {
          query:
            "mutation ($input: RegisterVolunteerInput!) { registerVolunteer(input: $input) { volunteer { state } replayed userErrors { code details } } }",
          variables: { input: { ...input, idNumber, divisionCode: "fengqiao" } },
        }),
      );
    }
    await api.close();
    expect(answers[0]?.data.registerVolunteer).toMatchObject({ userErrors: [], replayed: false });
    expect(answers[1]?.data).toEqual(answers[0]?.data);
    expect(answers[1]?.errors).toEqual(answers[0]?.errors);
  });

  test("a number that the volunteer entered joins a person once a station has seen the papers", async () => {
    const { volunteers } = bank.services;
    const said = await volunteer(stranger(1), { idNumber: mei });
    const activate = (volunteerId: string, papersSeen = true) =>
      volunteers.advance(bank.worker, { volunteerId, action: "ACTIVATE", papersSeen });
    expect(await activate(said.id)).toMatchObject({ state: "ACTIVE", version: 2 });
    const joined = await recipient({ displayName: "王梅", birthDate: "1968-04-12", idNumber: mei });
    expect(joined.personId).toBe(said.personId);
    // Who says the same number is another person until an officer merges the two.
    const twice = await volunteer(stranger(2), { idNumber: mei });
    expect(await refusalOf(activate(twice.id))).toMatchObject({ code: "DUPLICATE_PERSON", path: ["papersSeen"] });
    const liar = await volunteer(stranger(3), { idNumber: mei, displayName: "冒名" });
    expect(await refusalOf(activate(liar.id))).toMatchObject({
      code: "PAPERS_DISAGREE",
      details: { disagree: ["name"] },
    });
    // Vouched for without papers, a number stays what was said.
    expect(await activate(liar.id, false)).toMatchObject({ state: "ACTIVE" });
    const none = await volunteer(stranger(4), {});
    expect(await codeOf(activate(none.id))).toBe("INVALID_INPUT");
  });

  test("a taken volunteer number tells a stranger nothing of its holder", async () => {
    await bank.volunteer("V-1", { displayName: "王梅", birthDate: "1968-04-12" });
    const again = { volunteerNo: "V-1" };
    const no = { code: "DUPLICATE_VOLUNTEER_NO", path: ["volunteerNo"] };
    // Whoever registers themselves gets the bank's number, and is told the same of any other.
    const own = { ...no, code: "INVALID_INPUT", details: { expected: "none: the bank gives the number" } };
    for (const volunteerNo of ["V-1", "V-2"])
      expect(await refusalOf(volunteer(stranger(1), { volunteerNo }))).toEqual(own);
    expect(await refusalOf(volunteer(bank.worker, again))).toEqual({ ...no, details: { same: true } });
  });
});
