import type { Shift } from "../../src/domain/activities/machine";
import { system } from "../../src/domain/actors";
import { audit } from "../../src/services/audit";
import type { StoredAttendance, StoredSignUp } from "../../src/storage/store";
import { at, openBank, type TestBank } from "../support/bank";
import { charityDay, codeOf, openCharity, type TestCharity } from "../support/charity";
import { origin } from "../support/engines";

/** What a review of activities and attendance found, each once. */
let bank: TestBank;
let charity: TestCharity;
beforeEach(async () => {
  bank = await openBank(undefined, "2026-08-20T09:00:00+08:00");
  charity = await openCharity(bank);
});
afterEach(async () => {
  const { findings } = await bank.store.snapshot((view) => audit(view, origin));
  await bank.close();
  expect(findings).toEqual([]);
});

const clock = (time: string, day = charityDay) => bank.setClock(`${day}T${time}:00+08:00`);
const one = async (given?: Parameters<TestCharity["announce"]>[1]) => {
  const { activity, shifts } = await charity.announce("square", given);
  return { activity, shift: shifts[0] as Shift, shifts };
};
const stateOf = async (id: string) => (await bank.store.view.signUps([id])).get(id)?.state;
const resolve = (signUpId: string, outcome: "COMPLETED" | "NO_SHOW" | "EXCUSED", more = {}) =>
  codeOf(
    bank.services.attendance
      .resolve(charity.lead, { signUpId, outcome, reason: "核对", ...more })
      .then(({ state }) => state),
  );
const advance = (
  activityId: string,
  action: "SUBMIT" | "PUBLISH" | "RETURN" | "START" | "END" | "CANCEL" | "POSTPONE",
  actor = bank.officer,
) => codeOf(bank.services.activities.advance(actor, { activityId, action, reason: "原因" }).then(({ state }) => state));
const totals = async () => (await bank.services.activities.totals([charity.campaign.id]))[0];

test("a check-in is taken back once and counted again once, however often the lead looks", async () => {
  const { shift } = await one();
  const [mei, hua] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
  clock("09:00");
  const first = (await charity.checkIn(mei, shift)) as StoredAttendance;
  const second = (await charity.checkIn(hua, shift)) as StoredAttendance;
  clock("11:00");
  expect([await resolve(first.signUpId, "NO_SHOW"), await resolve(first.signUpId, "EXCUSED")]).toEqual([
    "NO_SHOW",
    "EXCUSED",
  ]);
  expect(await totals()).toMatchObject({ checkedIn: 1 });
  await resolve(second.signUpId, "NO_SHOW");
  expect(await resolve(second.signUpId, "COMPLETED", { endedAt: at(charityDay, "11:00") })).toBe("COMPLETED");
  expect(await totals()).toMatchObject({ checkedIn: 1, serviceMinutes: 120 });
});

test("what the lead has ruled a no-show is not undone by a check-in sent late", async () => {
  const { shift } = await one();
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  const { token } = await bank.services.attendance.code(charity.lead, shift.id);
  const attendance = (await charity.checkIn(mei, shift, { token })) as StoredAttendance;
  clock("11:30");
  await resolve(attendance.signUpId, "NO_SHOW");
  expect(await charity.checkIn(mei, shift, { token, at: at(charityDay, "09:00") })).toBe("SIGN_UP_CLOSED");
});

test("a postponed activity stays readable while its new times are reviewed, and given back is postponed still", async () => {
  const { activity, shift } = await one();
  const mei = await bank.volunteer("V-1");
  await charity.signUp(mei, shift);
  const actor = await bank.actorOf(mei);
  expect(await advance(activity.id, "POSTPONE", charity.lead)).toBe("POSTPONED");
  expect(await advance(activity.id, "SUBMIT", charity.admin)).toBe("UNDER_REVIEW");
  expect((await bank.services.activities.many(actor, [activity.id]))[0]?.slug).toBe("square");
  expect(await advance(activity.id, "RETURN")).toBe("POSTPONED");
});

test("ending a series blames nobody for shifts that were not held", async () => {
  const { activity, shifts } = await one({
    shift: { repeatEveryDays: 7, repeatUntil: "2026-09-26" },
  });
  expect(shifts).toHaveLength(4);
  const [mei, hua] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
  const past = (await charity.signUp(mei, shifts[0] as Shift)) as StoredSignUp;
  const next = (await charity.signUp(hua, shifts[1] as Shift)) as StoredSignUp;
  clock("12:00");
  await advance(activity.id, "START", charity.lead);
  expect(await advance(activity.id, "END", charity.lead)).toBe("ENDED");
  expect([await stateOf(past.id), await stateOf(next.id)]).toEqual(["NO_SHOW", "WITHDRAWN"]);
});

test("no-shows of a series are noted some hours after each shift", async () => {
  const { shifts } = await one({ shift: { repeatEveryDays: 7, repeatUntil: "2026-09-26" } });
  const missed = (await charity.signUp(await bank.volunteer("V-1"), shifts[0] as Shift)) as StoredSignUp;
  clock("15:01");
  expect(await bank.services.activities.keepTime()).toEqual({ missed: 1, ended: 0, failed: [] });
  expect(await stateOf(missed.id)).toBe("NO_SHOW");
});

test("nobody moves up into a shift that is over, nor withdraws from it; who moved up too late to know is not blamed", async () => {
  const { activity, shift } = await one({ shift: { capacity: 1 } });
  const [mei, hua, lin] = [await bank.volunteer("V-1"), await bank.volunteer("V-2"), await bank.volunteer("V-3")];
  const held = (await charity.signUp(mei, shift)) as StoredSignUp;
  const waits = (await charity.signUp(hua, shift)) as StoredSignUp;
  const last = (await charity.signUp(lin, shift)) as StoredSignUp;
  clock("08:30");
  await bank.services.signUps.withdraw(await bank.actorOf(mei), { signUpId: held.id });
  expect(await stateOf(waits.id)).toBe("ACCEPTED");
  clock("11:30");
  expect(await codeOf(bank.services.signUps.withdraw(await bank.actorOf(hua), { signUpId: waits.id }))).toBe(
    "SIGN_UP_CLOSED",
  );
  expect(await resolve(waits.id, "EXCUSED")).toBe("EXCUSED");
  expect(await stateOf(last.id)).toBe("WAITLISTED");
  await advance(activity.id, "START", charity.lead);
  await advance(activity.id, "END", charity.lead);
  expect(await stateOf(last.id)).toBe("WITHDRAWN");
});

test("late is who had time to say so: not after a postponement, and a shift counts once", async () => {
  const { activity, shift } = await one();
  const mei = await bank.volunteer("V-1");
  const actor = await bank.actorOf(mei);
  const signUp = (await charity.signUp(mei, shift)) as StoredSignUp;
  clock("08:00");
  await advance(activity.id, "POSTPONE", charity.lead);
  expect(await bank.services.signUps.withdraw(actor, { signUpId: signUp.id })).toMatchObject({ late: false });
});

test("a suspended volunteer is not let in, and not blamed for staying away", async () => {
  const { activity, shift } = await one();
  const mei = await bank.volunteer("V-1");
  const signUp = (await charity.signUp(mei, shift)) as StoredSignUp;
  await bank.services.volunteers.advance(bank.supervisor, {
    volunteerId: mei.id,
    action: "SUSPEND",
    reason: "多次缺席",
  });
  clock("09:00");
  expect(await charity.checkIn(mei, shift)).toBe("VOLUNTEER_NOT_FOUND");
  expect(await charity.tick(mei, shift)).toBe("VOLUNTEER_NOT_FOUND");
  clock("11:30");
  await advance(activity.id, "START", charity.lead);
  await advance(activity.id, "END", charity.lead);
  expect(await stateOf(signUp.id)).toBe("WITHDRAWN");
});

test("a record of an attendance is corrected within it, never made longer", async () => {
  const { activity, shift } = await one();
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  await charity.checkIn(mei, shift);
  clock("11:00");
  await charity.checkOut(mei, shift);
  const [recordId] = (await bank.services.attendance.waitingRecords(charity.lead, activity.id)) as [string];
  await bank.services.hours.giveBack(bank.supervisor, { recordId, reason: "地点" });
  const resubmit = async (from: string, to: string, more = {}) =>
    codeOf(
      bank.services.hours
        .resubmit(await bank.actorOf(mei), {
          recordId,
          startedAt: at(charityDay, from),
          endedAt: at(charityDay, to),
          ...more,
        })
        .then(({ serviceMinutes }) => serviceMinutes),
    );
  clock("20:00");
  expect(await resubmit("09:00", "17:00")).toBe("INVALID_INTERVAL");
  expect(await resubmit("08:00", "11:00")).toBe("INVALID_INTERVAL");
  expect(await resubmit("09:00", "11:00", { serviceType: "PATROL" })).toBe("INVALID_INPUT");
  expect(await resubmit("09:00", "10:30")).toBe(90);
});

test("a long contact line stands on the record as its lead", async () => {
  const { shift } = await one({ contact: "联".repeat(200) });
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  await charity.checkIn(mei, shift);
  clock("11:00");
  expect(await charity.checkOut(mei, shift)).toMatchObject({ outcome: "RECORDED" });
});

test("a lead's later word is entered, not checked in: neither as a kiosk's nor for the end", async () => {
  const { shift } = await one();
  const [mei, hua] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
  const kiosk = {
    idempotencyKey: "k",
    shiftId: shift.id,
    kiosk: true,
    volunteerNo: "V-1",
    at: at(charityDay, "09:00"),
  };
  clock("09:00");
  await charity.checkIn(hua, shift);
  clock("18:00");
  expect(await codeOf(bank.services.attendance.checkIn(charity.lead, kiosk))).toBe("INVALID_INPUT");
  const late = { shiftId: shift.id, volunteerId: mei.id };
  await bank.services.attendance.checkIn(charity.lead, { ...late, idempotencyKey: "i", at: at(charityDay, "09:00") });
  await bank.services.attendance.checkOut(charity.lead, { ...late, idempotencyKey: "o", at: at(charityDay, "11:00") });
  const here = (await bank.store.view.signUpsForShifts(hua.id, [shift.id])).get(shift.id) as StoredSignUp;
  await resolve(here.id, "COMPLETED", { endedAt: at(charityDay, "11:00") });
  const records = await bank.store.view.records(
    await bank.services.attendance.waitingRecords(charity.lead, shift.activityId),
  );
  expect([...records.values()].map(({ origin: known }) => known)).toEqual(["ENTERED", "ENTERED"]);
});

test("guesses are counted where commands stand in line, right ones too", async () => {
  const { shift } = await one();
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  const actor = await bank.actorOf(mei);
  const { digits } = await bank.services.attendance.code(charity.lead, shift.id);
  const wrong = digits === "000000" ? "000001" : "000000";
  const guess = (i: number) =>
    codeOf(bank.services.attendance.checkIn(actor, { idempotencyKey: `g-${i}`, shiftId: shift.id, digits: wrong }));
  const found = await Promise.all(Array.from({ length: 40 }, (_, i) => guess(i)));
  expect(found.filter((code) => code === "CODE_EXPIRED")).toHaveLength(10);
  expect(found.filter((code) => code === "TOO_MANY_TRIES")).toHaveLength(30);
  // The pause uses up no key, and an answered one is answered again.
  expect(await guess(0)).toBe("CODE_EXPIRED");
});

test("one mis-scan does not end an attendance: the lead says when they left", async () => {
  const { shift } = await one();
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  await charity.checkIn(mei, shift);
  clock("09:02");
  const left = (await charity.checkOut(mei, shift)) as StoredAttendance;
  expect(left.outcome).toBe("TOO_SHORT");
  clock("11:30");
  expect(await resolve(left.signUpId, "COMPLETED", { endedAt: at(charityDay, "11:00") })).toBe("COMPLETED");
  expect((await bank.store.view.attendances([left.id])).get(left.id)).toMatchObject({ outcome: "RECORDED" });
});

test("the same lead may try again where the record was missing", async () => {
  const { shift } = await one();
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  const attendance = (await charity.checkIn(mei, shift)) as StoredAttendance;
  clock("11:30");
  const other = await bank.log("V-1", charityDay, "10:00", "11:15");
  const endedAt = at(charityDay, "11:00");
  await resolve(attendance.signUpId, "COMPLETED", { endedAt });
  const outcome = async () => (await bank.store.view.attendances([attendance.id])).get(attendance.id)?.outcome;
  expect(await outcome()).toBe("MISSING_RECORD");
  await bank.services.hours.void(bank.worker, { recordId: other.id as string, reason: "误录" });
  await resolve(attendance.signUpId, "COMPLETED", { endedAt });
  expect(await outcome()).toBe("RECORDED");
});

test("once people have come, an activity is ended, not called off or put off", async () => {
  const { activity, shift } = await one();
  clock("09:00");
  await charity.checkIn(await bank.volunteer("V-1"), shift);
  expect(await advance(activity.id, "POSTPONE", charity.lead)).toBe("PEOPLE_HAVE_COME");
  expect(await advance(activity.id, "CANCEL", charity.lead)).toBe("PEOPLE_HAVE_COME");
  expect(await advance(activity.id, "END", charity.lead)).toBe("RECORDING");
});

test("new times follow the shift that is named, and who is promised elsewhere by then is let go", async () => {
  const { activity, shifts } = await one({
    shifts: [
      { startsAt: at("2026-09-05", "09:00"), endsAt: at("2026-09-05", "11:00"), capacity: 3, place: "甲" },
      { startsAt: at("2026-09-12", "09:00"), endsAt: at("2026-09-12", "11:00"), capacity: 3, place: "乙" },
    ],
  });
  const [first, second] = shifts as [Shift, Shift];
  const { shifts: others } = await charity.announce("garden", {
    shift: { startsAt: at("2026-09-19", "10:00"), endsAt: at("2026-09-19", "12:00") },
  });
  const [mei, hua] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
  const kept = (await charity.signUp(mei, first)) as StoredSignUp;
  const clash = (await charity.signUp(hua, first)) as StoredSignUp;
  await charity.signUp(hua, others[0] as Shift);
  await advance(activity.id, "POSTPONE", charity.lead);
  // The first goes past the second.
  const plan = (id: string, day: string, place: string) => ({
    id,
    startsAt: at(day, "09:00"),
    endsAt: at(day, "11:00"),
    capacity: 3,
    place,
  });
  await bank.services.activities.edit(charity.lead, {
    activityId: activity.id,
    shifts: [plan(second.id, "2026-09-12", "乙"), plan(first.id, "2026-09-19", "甲")],
  });
  await advance(activity.id, "SUBMIT", charity.admin);
  expect(await advance(activity.id, "PUBLISH")).toBe("PUBLISHED");
  expect((await bank.store.view.shifts([first.id])).get(first.id)).toMatchObject({
    place: "甲",
    startsAt: at("2026-09-19", "09:00"),
  });
  expect([await stateOf(kept.id), await stateOf(clash.id)]).toEqual(["ACCEPTED", "WITHDRAWN"]);
});

test("a guardian is asked again for another day, and a change for the worse lets minors go", async () => {
  const given = { serviceType: "ENVIRONMENT", openToMinors: true };
  const { activity, shift } = await one(given);
  const child = await bank.volunteer("V-9", { birthDate: "2010-01-01", guardian: true });
  const signUp = (await charity.signUp(child, shift)) as StoredSignUp;
  await bank.services.signUps.decideConsent(bank.worker, { signUpId: signUp.id, consent: true });
  const again = async (edit: object) => {
    await advance(activity.id, "POSTPONE", charity.lead);
    await bank.services.activities.edit(charity.lead, { activityId: activity.id, ...edit });
    await advance(activity.id, "SUBMIT", charity.admin);
    await advance(activity.id, "PUBLISH");
    return stateOf(signUp.id);
  };
  expect(await again({ name: "改期" })).toBe("PENDING_GUARDIAN");
  expect(await again({ hazardous: true, openToMinors: false })).toBe("WITHDRAWN");
});

test("the station of the town reviews what its villages do", async () => {
  await bank.store.write((tx) =>
    tx.append("system", {
      type: "DIVISION_SET",
      code: "village",
      officialCode: null,
      name: "村",
      kind: "VILLAGE",
      parentCode: "fengqiao",
    }),
  );
  const team = await bank.services.organizations.register(system, {
    idempotencyKey: bank.key(),
    slug: "team",
    name: "义工队",
    kind: "VOLUNTEER_TEAM",
    filingStatus: "UNREGISTERED",
    divisionCode: "village",
  });
  const head = await bank.staff("ORGANIZATION_ADMIN", team.value.id);
  const made = async (slug: string, divisionCode: string) => {
    const { value } = await bank.services.activities.create(head, {
      idempotencyKey: bank.key(),
      organizationId: team.value.id,
      slug,
      name: "清扫",
      serviceType: "ENVIRONMENT",
      description: "清扫",
      divisionCode,
      contact: "队长",
      riskNotice: "注意安全",
      shifts: [{ startsAt: at(charityDay, "09:00"), endsAt: at(charityDay, "11:00"), capacity: 5, place: "村口" }],
    });
    await advance(value.id, "SUBMIT", head);
    return value.id;
  };
  expect(await advance(await made("village-day", "village"), "PUBLISH", bank.supervisor)).toBe("PUBLISHED");
  // What is placed in the whole county is not for the supervisor of any one town.
  expect(await advance(await made("county-day", "zhuji"), "PUBLISH", bank.supervisor)).toBe("NOT_FOUND");
});

test("nothing is resolved in an activity that is closed, but an excuse", async () => {
  const { activity, shift } = await one();
  const signUp = (await charity.signUp(await bank.volunteer("V-1"), shift)) as StoredSignUp;
  clock("12:00");
  await advance(activity.id, "START", charity.lead);
  await advance(activity.id, "END", charity.lead);
  await bank.services.activities.advance(charity.lead, { activityId: activity.id, action: "CLOSE" });
  expect(await resolve(signUp.id, "COMPLETED", { endedAt: at(charityDay, "11:00") })).toBe("ILLEGAL_TRANSITION");
  expect(await resolve(signUp.id, "EXCUSED")).toBe("EXCUSED");
});

test("a fundraising lasts five years at most, and its disclosures are each of their own time", async () => {
  const { activity } = await one();
  const facts = {
    activityId: activity.id,
    planFilingNo: "备案-1",
    permitNo: "证书-1",
    organizationName: "慈善总会",
    howToQuery: "慈善中国",
    filedOn: "2026-08-20",
  };
  const set = (more: object, actor = charity.admin) =>
    codeOf(bank.services.fundraising.set(actor, { ...facts, endsOn: "2027-06-05", ...more }).then(() => "set"));
  expect(await set({ endsOn: "9999-12-31" })).toBe("INVALID_INPUT");
  expect(await set({})).toBe("set");
  clock("09:00", "2027-03-10");
  // The first, due by 5 December, is overdue; naming the first day thrice does not make up for it.
  const days = ["2026-09-06", "2026-09-06", "2026-09-06"];
  expect(await set({ interimDisclosedOn: days })).toBe("INVALID_INPUT");
  expect(await set({ endsOn: "2027-12-31" })).toBe("NOT_PERMITTED");
  expect(await set({ interimDisclosedOn: ["2026-12-20", "2027-03-10"] })).toBe("set");
});

test("equal devices are seen within one activity, and are strangers in the next", async () => {
  const { shift } = await one();
  const { shifts } = await charity.announce("evening", {
    shift: { startsAt: at(charityDay, "14:00"), endsAt: at(charityDay, "16:00") },
  });
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  const morning = (await charity.checkIn(mei, shift, { deviceId: "phone" })) as StoredAttendance;
  clock("14:00");
  const evening = (await charity.checkIn(mei, shifts[0] as Shift, { deviceId: "phone" })) as StoredAttendance;
  expect(morning.device).not.toBe(evening.device);
});

test("a guardian's notices are the guardian's to read, and consent may be taken back", async () => {
  const { shift } = await one({ serviceType: "ENVIRONMENT", openToMinors: true });
  const mother = await bank.volunteer("V-1");
  const child = await bank.volunteer("V-2", { birthDate: "2010-01-01", guardian: true });
  await bank.services.guardians.link(bank.worker, {
    idempotencyKey: "l",
    volunteerId: child.id,
    guardianId: mother.id,
  });
  const asked = (await charity.signUp(child, shift)) as StoredSignUp;
  const guardian = await bank.actorOf(mother);
  const [notice] = (await bank.services.notices.list(guardian, true, { first: 5 })).edges;
  expect(await bank.services.notices.markRead(guardian, [notice?.node.id as string])).toBe(0);
  await bank.services.signUps.decideConsent(guardian, { signUpId: asked.id, consent: true });
  expect((await bank.services.signUps.withdraw(guardian, { signUpId: asked.id })).state).toBe("WITHDRAWN");
});

test("nobody answers for somebody grown up, nor after a station ended it", async () => {
  const { shift } = await one({ serviceType: "ENVIRONMENT", openToMinors: true });
  const { guardians, signUps, volunteers } = bank.services;
  const mother = await bank.volunteer("V-1");
  const [child, nearlyGrown] = [
    await bank.volunteer("V-2", { birthDate: "2010-01-01", guardian: true }),
    await bank.volunteer("V-3", { birthDate: "2008-08-21", guardian: true }),
  ];
  const pair = (ward: { id: string }) => ({ volunteerId: ward.id, guardianId: mother.id });
  const link = (ward: { id: string }) =>
    codeOf(guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair(ward) }).then(({ value }) => value));
  for (const ward of [child, nearlyGrown]) expect(await link(ward)).toBe(ward.id);
  const guardian = await bank.actorOf(mother);
  const names = async (...wards: { id: string }[]) =>
    (
      await volunteers.persons(
        guardian,
        wards.map(({ id }) => id),
      )
    ).map(({ displayName, birthDate }) => [displayName, birthDate]);
  expect(await names(child, nearlyGrown)).toEqual([
    ["志愿者V-2", null],
    ["志愿者V-3", null],
  ]);
  const asked = (await charity.signUp(nearlyGrown, shift)) as StoredSignUp;
  // On 21 August they are 18: the guardian sees and decides nothing of theirs any more, and is not asked again.
  clock("09:00", "2026-08-21");
  expect(await guardians.wards(guardian)).toEqual([child.id]);
  expect(await names(nearlyGrown)).toEqual([[null, null]]);
  expect(await codeOf(signUps.decideConsent(guardian, { signUpId: asked.id, consent: true }))).toBe("NOT_FOUND");
  expect(await codeOf(signUps.withdraw(guardian, { signUpId: asked.id }))).toBe("NOT_FOUND");
  expect((await bank.services.notices.list(guardian, null, { first: 5 })).edges).toEqual([]);
  expect(await link(nearlyGrown)).toBe("INVALID_INPUT");

  const end = (reason: string, who = bank.worker) => codeOf(guardians.end(who, { ...pair(child), reason }));
  expect([await end(" "), await end("监护关系变更", guardian)]).toEqual(["REASON_MISSING", "NOT_PERMITTED"]);
  for (let i = 0; i < 2; i += 1) expect(await end("监护关系变更")).toBe(child.id);
  expect([await guardians.wards(guardian), await names(child)]).toEqual([[], [[null, null]]]);
  expect(await link(child)).toBe(child.id);
  expect(await guardians.wards(guardian)).toEqual([child.id]);
});
