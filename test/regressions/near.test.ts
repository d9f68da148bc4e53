import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import { sentenceOf } from "../../src/domain/wording/sentences";
import { audit } from "../../src/services/audit";
import { ownOf } from "../../src/services/bank/near";
import { at, issuer, openBank, type TestBank } from "../support/bank";
import { charityDay, openCharity } from "../support/charity";
import { engines, origin } from "../support/engines";
import { codeOf } from "../support/outcomes";
import { residentId } from "../support/papers";

/** A guardian who was a supervisor decided the child's objection alone, and took 60 minutes to 180. */
describe.each(engines)("nobody decides about their own, on $name", (engine) => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
  });
  afterEach(() => bank.close());

  const link = (guardian: Volunteer, child: Volunteer, actor = bank.worker) =>
    bank.services.guardians.link(actor, {
      idempotencyKey: bank.key(),
      volunteerId: child.id,
      guardianId: guardian.id,
    });

  /** Mother and father answer for the elder child, the mother alone for the younger; the aunt is nobody's own. */
  async function family() {
    const grown = (no: string) => bank.volunteer(no, { birthDate: "1985-05-01" });
    const [mother, father, aunt] = [await grown("V-1"), await grown("V-2"), await grown("V-3")];
    const elder = await bank.volunteer("V-4", { birthDate: "2008-09-10", guardian: true });
    const younger = await bank.volunteer("V-5", { birthDate: "2011-01-01", guardian: true });
    for (const [guardian, child] of [
      [mother, elder],
      [father, elder],
      [mother, younger],
    ] as const)
      await link(guardian, child);
    return { mother, father, aunt, elder, younger };
  }

  async function asStaff(volunteer: Volunteer, ...roles: ("STATION_SUPERVISOR" | "OFFICER")[]): Promise<Actor> {
    for (const role of roles) await bank.grant(volunteer.personId, role, role === "OFFICER" ? null : bank.station.id);
    return bank.actorOf(volunteer);
  }

  test("the bank knows wards, guardians, and who shares them, also after a child has grown up", async () => {
    const { mother, father, aunt, elder, younger } = await family();
    const own = async (who: Volunteer) =>
      Object.fromEntries(
        [...(await ownOf(bank.store.view, await bank.actorOf(who)))].map(([personId, near]) => [
          [mother, father, aunt, elder, younger].find((one) => one.personId === personId)?.volunteerNo,
          near,
        ]),
      );
    const expected = {
      mother: { "V-1": "SELF", "V-4": "WARD", "V-5": "WARD", "V-2": "HOUSEHOLD" },
      father: { "V-2": "SELF", "V-4": "WARD", "V-1": "HOUSEHOLD" },
      elder: { "V-4": "SELF", "V-1": "GUARDIAN", "V-2": "GUARDIAN", "V-5": "HOUSEHOLD" },
      younger: { "V-5": "SELF", "V-1": "GUARDIAN", "V-4": "HOUSEHOLD" },
      aunt: { "V-3": "SELF" },
    };
    const known = async () => ({
      mother: await own(mother),
      father: await own(father),
      elder: await own(elder),
      younger: await own(younger),
      aunt: await own(aunt),
    });
    expect(await known()).toEqual(expected);
    bank.setClock("2026-09-11T09:00:00+08:00");
    expect(await known()).toEqual(expected);
    const ended = { volunteerId: elder.id, guardianId: father.id, reason: "变更" };
    await bank.services.guardians.end(bank.worker, ended);
    expect(await own(father)).toEqual({ "V-2": "SELF" });
  });

  test("hours: neither confirmed, given back, refused, decided nor reversed", async () => {
    const { mother, father, aunt, elder } = await family();
    const { services, key } = bank;
    const reason = "r";
    const day = (from: string) => bank.log("V-4", "2026-08-18", from, `${Number(from.slice(0, 2)) + 1}:00`);
    const [waiting, posted, disputed] = [await day("09:00"), await day("11:00"), await day("13:00")].map(
      ({ id }) => id as string,
    ) as [string, string, string];
    await bank.confirm(bank.supervisor, posted, disputed);
    await services.hours.dispute(await bank.actorOf(elder), {
      idempotencyKey: key(),
      recordId: disputed,
      reason: "三小时",
    });
    const decisions = (who: Actor): Record<string, () => Promise<unknown>> => ({
      confirms: async () => (await bank.confirm(who, waiting))[0],
      "gives back": () => services.hours.giveBack(who, { recordId: waiting, reason }),
      refuses: () => services.hours.reject(who, { recordId: waiting, reason }),
      reverses: () => services.hours.reverse(who, { idempotencyKey: key(), recordId: posted, reason }),
      upholds: () =>
        services.hours.resolve(who, { idempotencyKey: key(), recordId: disputed, outcome: "UPHELD", reason }),
      adjusts: () =>
        services.hours.resolve(who, {
          ...{ idempotencyKey: key(), recordId: disputed, outcome: "ADJUSTED", reason },
          endedAt: at("2026-08-18", "16:00"),
        }),
      "takes back": () =>
        services.hours.resolve(who, { idempotencyKey: key(), recordId: disputed, outcome: "REVERSED", reason }),
      suspends: () => services.volunteers.advance(who, { volunteerId: elder.id, action: "SUSPEND", reason }),
    });
    for (const volunteer of [mother, father])
      for (const roles of [["STATION_SUPERVISOR"], ["OFFICER"]] as const) {
        const who = await asStaff(volunteer, ...roles);
        for (const [name, work] of Object.entries(decisions(who)))
          expect([name, await codeOf(work())]).toEqual([name, "SELF_CONFIRMATION"]);
      }
    // On the day after the birthday it is their child still; ended by another person it is not.
    bank.setClock("2026-09-11T09:00:00+08:00");
    const grownUp = decisions(await bank.actorOf(mother));
    expect(await codeOf((grownUp.adjusts as () => Promise<unknown>)())).toBe("SELF_CONFIRMATION");
    const ending = { volunteerId: elder.id, guardianId: mother.id, reason };
    expect(await codeOf(services.guardians.end(await bank.actorOf(mother), ending))).toBe("SELF_CONFIRMATION");
    expect(await bank.credited("V-4")).toMatchObject({ posted: 120, service: 120 });
    const stranger = decisions(await asStaff(aunt, "STATION_SUPERVISOR"));
    expect(await (stranger.confirms as () => Promise<unknown>)()).toBe("POSTED");
    await (stranger.adjusts as () => Promise<unknown>)();
    expect(await bank.credited("V-4")).toMatchObject({ posted: 300, service: 300 });
    expect((await audit(bank.store.view, origin)).findings).toEqual([]);
  });

  test("the refusal says as what the bank knows them, and only for others than oneself", async () => {
    const { mother, elder } = await family();
    const { id } = await bank.log("V-4", "2026-08-18", "09:00", "10:00");
    const { id: own } = await bank.log("V-1", "2026-08-18", "09:00", "10:00");
    const who = await asStaff(mother, "STATION_SUPERVISOR");
    const told = async (recordId: string | null) => {
      const answer = await bank.services.hours.confirm(who, {
        ...{ idempotencyKey: bank.key(), recordIds: [recordId as string], mode: "EACH" },
      });
      return answer.results[0]?.refusal as Parameters<typeof sentenceOf>[0];
    };
    expect((await told(own)).details).toEqual({});
    const refusal = await told(id);
    expect(refusal.details).toEqual({ near: "WARD" });
    expect(sentenceOf(refusal, "zh")).toMatch(/本项涉及您所监护的人。$/);
    expect(elder.id).not.toBe(mother.id);
  });

  test("activities: their plan is not reviewed, and they are neither ticked off nor settled", async () => {
    const { mother, elder } = await family();
    const charity = await openCharity(bank);
    await bank.grant(elder.personId, "ACTIVITY_LEAD", bank.station.id);
    const plan = await charity.draft("by-the-child", { by: await bank.actorOf(elder) });
    await bank.services.activities.advance(charity.admin, { activityId: plan.id, action: "SUBMIT" });
    const { shifts } = await charity.announce("charity", { openToMinors: true });
    const [shift] = shifts;
    if (!shift) throw new Error("no shift");
    const signed = (await charity.signUp(elder, shift)) as { id: string };
    await bank.services.signUps.decideConsent(await bank.actorOf(mother), { signUpId: signed.id, consent: true });
    const who = await asStaff(mother, "STATION_SUPERVISOR", "OFFICER");
    const publish = { activityId: plan.id, action: "PUBLISH" } as const;
    expect(await codeOf(bank.services.activities.advance(who, publish))).toBe("SELF_CONFIRMATION");
    bank.setClock(`${charityDay}T09:30:00+08:00`);
    expect(await charity.tick(elder, shift, who)).toBe("SELF_CONFIRMATION");
    expect(await charity.tick(elder, shift, charity.lead)).toMatchObject({ method: "LEAD" });
    bank.setClock(`${charityDay}T18:00:00+08:00`);
    const settle = {
      signUpId: signed.id,
      outcome: "COMPLETED" as const,
      reason: "离开时间",
      endedAt: at(charityDay, "11:00"),
    };
    expect(await codeOf(bank.services.attendance.resolving.resolve(who, settle))).toBe("SELF_CONFIRMATION");
    expect(await bank.services.attendance.resolving.resolve(charity.lead, settle)).toMatchObject({
      state: "COMPLETED",
    });
  });

  test("credit records, roles, identities, persons, and houses where one of them works", async () => {
    const { mother, father, elder, younger } = await family();
    const { services, key } = bank;
    const who = await asStaff(mother, "OFFICER");
    await bank.grant(father.personId, "STATION_WORKER", bank.station.id);
    const evidence = [{ kind: "PHOTO" as const, ref: "1" }];
    const credit = (subjectId: string) =>
      services.credit.open(who, {
        ...{
          idempotencyKey: key(),
          subjectId,
          kind: "TRUSTWORTHY",
          ground: "GOOD_SERVICE",
          facts: "好人好事",
          evidence,
        },
      });
    const opened = await services.credit.open(bank.officer, {
      ...{
        idempotencyKey: key(),
        subjectId: younger.id,
        kind: "TRUSTWORTHY",
        ground: "GOOD_SERVICE",
        facts: "好人好事",
        evidence,
      },
    });
    const post = () => ({
      ...({ idempotencyKey: key(), organizationId: bank.station.id, post: "GENERAL", grade: 3 } as const),
      validFrom: "2026-08-01",
    });
    const held = await services.posts.set(bank.officer, { ...post(), volunteerId: mother.id });
    const place = { role: "ACTIVITY_LEAD", organizationId: bank.station.id, validFrom: "2026-08-20" } as const;
    const decisions: Record<string, () => Promise<unknown>> = {
      "opens a credit record of a child": () => credit(elder.id),
      "opens one of the father's house": () => credit(bank.station.id),
      "confirms one": () =>
        services.credit.advance(who, { recordId: opened.value.id, action: "CONFIRM", reason: "核实" }),
      "gives a paid post to herself": () => services.posts.set(who, { ...post(), volunteerId: mother.id }),
      "gives one to a child": () => services.posts.set(who, { ...post(), volunteerId: elder.id }),
      "ends her own": () => services.posts.end(who, { postId: held.value.id, on: "2026-08-19", reason: "离任" }),
      "gives a role": () =>
        services.people.grantRole(who, { idempotencyKey: key(), personId: elder.personId, ...place }),
      "links a subject": () =>
        services.identities.link(who, {
          ...{ idempotencyKey: key(), personId: younger.personId, issuer, subject: "s", reason: "r" },
        }),
      "parts a person": () =>
        services.persons.separate(who, {
          ...{ idempotencyKey: key(), personId: father.personId, separateVolunteerId: father.id, reason: "r" },
        } as never),
      "merges persons": () =>
        services.persons.merge(who, {
          ...{ idempotencyKey: key(), keepPersonId: bank.worker.personId, mergePersonId: elder.personId, reason: "r" },
        } as never),
      "erases somebody": () =>
        services.privacy.erase(who, { idempotencyKey: key(), personId: younger.personId, reason: "r" }),
    };
    for (const [name, work] of Object.entries(decisions))
      expect([name, await codeOf(work())]).toEqual([name, "SELF_CONFIRMATION"]);
  });

  test("visits: neither made, taken back nor listed by one of their own", async () => {
    const { mother, younger, elder } = await family();
    const { services, key } = bank;
    const papers = { idNumber: residentId("2011-01-01") };
    // The child is a recipient as well: one person by the papers that a station has seen.
    await services.corrections.revise(bank.officer, {
      ...{ idempotencyKey: key(), volunteerId: younger.id, ...papers, reason: "证件" },
    });
    const { value: recipient } = await services.recipients.register(bank.officer, {
      ...{ idempotencyKey: key(), displayName: "志愿者V-5", birthDate: "2011-01-01", divisionCode: "fengqiao" },
      ...{ consent: true, categories: ["CHILD_IN_DIFFICULTY"], ...papers },
    });
    expect(recipient.personId).toBe(younger.personId);
    const visit = (who: Actor, asVolunteer = false) =>
      services.visits.record(who, {
        ...{ idempotencyKey: key(), organizationId: bank.station.id, recipientId: recipient.id },
        ...{ at: at("2026-08-19", "10:00"), mode: "HOME", result: "MET", minutes: 60, asVolunteer },
        ...(asVolunteer ? { serviceType: "COMPANION_TALK" } : {}),
      });
    const who = await asStaff(mother, "STATION_SUPERVISOR");
    expect(await codeOf(visit(who))).toBe("SELF_CONFIRMATION");
    expect(await codeOf(visit(await bank.actorOf(elder), true))).toBe("SELF_CONFIRMATION");
    const listing = { recipientId: recipient.id, listed: false, reason: "r" };
    expect(await codeOf(services.recipients.list(who, listing))).toBe("SELF_CONFIRMATION");
    const made = await visit(bank.worker);
    const back = { visitId: made.value.id, reason: "r" };
    expect(await codeOf(services.visits.withdraw(who, back))).toBe("SELF_CONFIRMATION");
  });
});
