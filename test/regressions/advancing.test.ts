import type { OrganizationKind } from "../../src/domain/facts/organizations";
import type { Volunteer, VolunteerAction } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import type { RegisterVolunteer } from "../../src/services/people/volunteer-entry";
import { openApi, type TestApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { at, issuer, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { refusalOf } from "../support/outcomes";
import { residentId } from "../support/papers";

interface Staffed {
  id: string;
  worker: Actor;
  supervisor: Actor;
}

/** A worker of any organisation took over who had left or waited, and read phone, papers and balance; staff advanced themselves. */
describe.each(engines)("who brings a volunteer in, or back, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let association: Staffed;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    association = await organization("VOLUNTEER_ORGANIZATION", "fengqiao", "某协会");
  });
  afterEach(() => closeFullyAudited(bank, api));

  const organization = async (kind: OrganizationKind, divisionCode: string, name: string): Promise<Staffed> => {
    const given = { idempotencyKey: bank.key(), name, kind, filingStatus: "REGISTERED" as const, divisionCode };
    const { value } = await bank.services.organizations.register(bank.officer, given);
    const [worker, supervisor] = [
      await bank.staff("STATION_WORKER", value.id),
      await bank.staff("STATION_SUPERVISOR", value.id),
    ];
    return { id: value.id, worker, supervisor };
  };
  const resident = { displayName: "王小明", birthDate: "1968-04-12", divisionCode: "fengqiao", consent: true };
  const register = async (who: Actor, more: Partial<RegisterVolunteer> = {}) =>
    (await bank.services.volunteers.register(who, { idempotencyKey: bank.key(), ...resident, ...more })).value;
  const signedIn = (subject: string) => bank.services.people.actorOf({ subject, issuer: "https://login.example" });
  const walkIn = async (more: Partial<RegisterVolunteer> = {}) => register(await signedIn(bank.key()), more);
  const advance = (who: Actor, { id }: Volunteer, action: VolunteerAction, more: object = {}) =>
    bank.services.volunteers
      .advance(who, { volunteerId: id, action, reason: "核实", ...more })
      .then(({ state, vouchedBy }) => [state, vouchedBy])
      .catch(({ code }: { code: string }) => code);
  const sees = async (who: Actor, { id }: Volunteer) =>
    (await bank.services.volunteers.sight.many(who, [id]))[0]?.id === id;
  const logged = (by: Staffed, volunteerNo: string) =>
    bank.services.hours.log(by.worker, {
      idempotencyKey: bank.key(),
      organizationId: by.id,
      mode: "EACH",
      dryRun: false,
      entries: [
        {
          volunteerNo,
          serviceType: "COMPANION_TALK",
          startedAt: at("2026-09-18", "09:00"),
          endedAt: at("2026-09-18", "10:00"),
          breakMinutes: 0,
          content: "聊天",
          activityLead: "负责人",
        },
      ],
    });
  const withdrawn = async (volunteerNo = "V-1") => {
    const left = await register(bank.worker, { volunteerNo, phone: "13944444444" });
    await logged(association, volunteerNo);
    expect(await advance(bank.supervisor, left, "WITHDRAW")).toEqual(["WITHDRAWN", bank.station.id]);
    return left;
  };

  test("the station that a volunteer left, or an officer, takes the volunteer back, who stays with that station", async () => {
    const left = await withdrawn();
    const elsewhere = await organization("SOCIAL_WORK_STATION", "fengqiao", "另一站");
    for (const who of [association.worker, association.supervisor, elsewhere.worker, elsewhere.supervisor])
      for (const action of ["RETURN", "RESTORE"] as const)
        expect(await advance(who, left, action, { consent: true })).toBe("NOT_FOUND");
    expect([await sees(association.worker, left), await sees(bank.worker, left)]).toEqual([false, true]);
    expect(await advance(bank.worker, left, "RETURN")).toEqual(["ACTIVE", bank.station.id]);
    await advance(bank.supervisor, left, "WITHDRAW");
    expect(await advance(bank.officer, left, "RETURN")).toEqual(["ACTIVE", bank.station.id]);
    expect(await sees(association.worker, left)).toBe(false);
  });

  test("another station that has seen the papers learns that the volunteer has left elsewhere, and not which registration it was", async () => {
    const papers = { idNumber: residentId("1968-04-12") };
    const left = await register(bank.worker, papers);
    await advance(bank.supervisor, left, "WITHDRAW");
    const elsewhere = await organization("SOCIAL_WORK_STATION", "fengqiao", "另一站");
    const told = async (who: Actor) => refusalOf(register(who, papers));
    const no = { code: "DUPLICATE_PERSON", path: ["idNumber"] };
    expect(await told(elsewhere.worker)).toEqual({ ...no, details: { action: "RETURN", elsewhere: true } });
    expect(await told(bank.worker)).toEqual({ ...no, details: { action: "RETURN", volunteerId: left.id } });
  });

  test("a waiting volunteer is activated by a station of the division or above it, an allowed organisation, or an officer", async () => {
    const agency = await organization("SOCIAL_WORK_AGENCY", "zhuji", "某机构");
    const above = await organization("SOCIAL_WORK_STATION", "zhuji", "市站");
    const county = await walkIn({ divisionCode: "zhuji" });
    for (const who of [association.worker, association.supervisor, agency.worker, bank.worker])
      expect(await advance(who, county, "ACTIVATE")).toBe("NOT_FOUND");
    expect(await advance(above.worker, county, "ACTIVATE")).toEqual(["ACTIVE", above.id]);

    const [first, second, third, fourth] = [await walkIn(), await walkIn(), await walkIn(), await walkIn()];
    expect(await advance(association.worker, first, "ACTIVATE")).toBe("NOT_FOUND");
    expect(await advance(bank.worker, first, "ACTIVATE")).toEqual(["ACTIVE", bank.station.id]);
    expect(await advance(above.supervisor, second, "ACTIVATE")).toEqual(["ACTIVE", above.id]);
    expect(await advance(bank.officer, third, "ACTIVATE")).toEqual(["ACTIVE", null]);
    const word = { volunteerId: fourth.id, organizationId: association.id, allowed: true };
    await bank.services.ties.set(await bank.actorOf(fourth), word);
    expect(await advance(association.worker, fourth, "ACTIVATE")).toEqual(["ACTIVE", association.id]);
    // The same step again answers the same, and another's is none.
    expect(await advance(association.worker, fourth, "ACTIVATE")).toEqual(["ACTIVE", association.id]);
    expect(await advance(association.supervisor, fourth, "ACTIVATE")).toBe("ILLEGAL_TRANSITION");
  });

  test("nobody advances their own registration, whatever they hold", async () => {
    const personId = bank.supervisor.personId as string;
    await bank.grant(personId, "OFFICER", null);
    const own = await register(bank.supervisor, { self: true, idNumber: residentId("1968-04-12") });
    const me = await bank.services.people.actorOf({ subject: personId, issuer });
    const steps: [by: VolunteerAction, tried: VolunteerAction, more?: object][] = [
      ["ACTIVATE", "ACTIVATE"],
      ["ACTIVATE", "ACTIVATE", { papersSeen: true }],
      ["SUSPEND", "SUSPEND"],
      ["RESTORE", "RESTORE"],
      ["WITHDRAW", "WITHDRAW"],
      ["RETURN", "RETURN"],
      ["RECORD_DEATH", "RECORD_DEATH"],
      ["UNDO_DEATH", "RESTORE"],
    ];
    for (const [i, [by, tried, more]] of steps.entries()) {
      // A suspension, a leaving and a death end every role: the office gives it anew.
      await bank.grant(personId, "OFFICER", null);
      expect([tried, await advance(me, own, tried, more)]).toEqual([tried, "SELF_CONFIRMATION"]);
      // Another officer's hand moves it on.
      if (steps[i + 1]?.[0] !== by) expect((await advance(bank.officer, own, by))[0]).toMatch(/^[A-Z]+$/);
    }
    // The number that they said is still one that was only said.
    const holder = await register(bank.worker, { displayName: "真人", idNumber: residentId("1968-04-12") });
    expect(holder.personId).not.toBe(personId);
  });

  test("a volunteer who registers themselves gets the bank's number, and learns nothing about a list's numbers", async () => {
    await bank.volunteer("FQ90700001");
    const no = {
      code: "INVALID_INPUT",
      path: ["volunteerNo"],
      details: { expected: "none: the bank gives the number" },
    };
    for (const volunteerNo of ["FQ90700001", "FQ90700002"]) {
      expect(await refusalOf(walkIn({ volunteerNo }))).toEqual(no);
      expect(await refusalOf(walkIn({ volunteerNo, dryRun: true }))).toEqual(no);
      expect(await refusalOf(register(bank.worker, { volunteerNo, self: true }))).toEqual(no);
    }
    expect((await walkIn()).volunteerNo).toMatch(/^GH\d{10}$/);
    expect((await bank.volunteer("FQ90700002")).volunteerNo).toBe("FQ90700002");
  });

  test("a station finds who waits in its division by the number alone, with a masked name, until one vouches", async () => {
    const waiting = await walkIn({ phone: "13944444444" });
    const query = `query ($no: String, $text: String, $state: [VolunteerState!]) { volunteers(filter: { volunteerNo: $no, text: $text, state: $state }, first: 5) {
      edges { node { id volunteerNo displayName maskedPhone maskedIdNumber state account { id } } } } }`;
    const find = async (who: Actor, variables: object) =>
      (await api.post(who, { query, variables })).data.volunteers.edges.map(({ node }: { node: object }) => node);
    const no = waiting.volunteerNo;
    const shown = { id: waiting.id, volunteerNo: no, displayName: "王*明", maskedPhone: null, maskedIdNumber: null };
    for (const who of [bank.worker, bank.supervisor])
      expect(await find(who, { no: no.toLowerCase() })).toEqual([{ ...shown, state: null, account: null }]);
    expect(await find(bank.worker, { no, state: ["REGISTERED"] })).toHaveLength(1);
    for (const asked of [
      { no, text: "王小明" },
      { text: "王小明" },
      { state: ["REGISTERED"] },
      { no: no.slice(0, -1) },
    ])
      expect(await find(bank.worker, asked)).toEqual([]);
    const below = await walkIn({ divisionCode: "zhuji" });
    expect(await find(bank.worker, { no: below.volunteerNo })).toEqual([]);
    expect(await find(association.supervisor, { no })).toEqual([]);
    expect(await sees(bank.worker, waiting)).toBe(false);

    const elsewhere = await organization("SOCIAL_WORK_STATION", "fengqiao", "另一站");
    expect(await find(elsewhere.worker, { no })).toHaveLength(1);
    await advance(bank.worker, waiting, "ACTIVATE");
    expect(await find(bank.worker, { no })).toMatchObject([{ displayName: "王小明", maskedPhone: "139****4444" }]);
    expect(await find(elsewhere.worker, { no })).toEqual([]);
  });

  test("the volunteer hears which organisation vouches, took them back, or has them now", async () => {
    const waiting = await walkIn();
    await advance(bank.worker, waiting, "ACTIVATE");
    const elsewhere = await organization("SOCIAL_WORK_STATION", "fengqiao", "另一站");
    await bank.services.corrections.revise(bank.officer, {
      ...{ idempotencyKey: bank.key(), volunteerId: waiting.id, organizationId: elsewhere.id },
      reason: "搬家",
    });
    await advance(elsewhere.supervisor, waiting, "WITHDRAW");
    await advance(elsewhere.worker, waiting, "RETURN");
    const unvouched = await walkIn();
    await advance(bank.officer, unvouched, "ACTIVATE");
    const query = "{ viewer { notices(first: 9) { edges { node { title body } } } } }";
    const told = async (volunteer: Volunteer) =>
      (await api.post(await bank.actorOf(volunteer), { query })).data.viewer.notices.edges.map(
        ({ node }: { node: { body: string } }) => node.body,
      );
    expect(await told(waiting)).toEqual(["另一站：核实", "核实", "所属社工站、另一站：搬家", "fengqiao-station：核实"]);
    expect(await told(unvouched)).toEqual(["民政干部：核实"]);
  });
});
