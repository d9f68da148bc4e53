import type { Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import { type Actor, nobody } from "../../src/domain/permissions/actors";
import { openServices } from "../../src/services";
import type { StoredAttendance, StoredSignUp } from "../../src/storage/store";
import { at, type TestBank } from "../support/bank";
import { charityDay } from "../support/charity";
import { codeOf } from "../support/outcomes";
import { advance, announced, bank, charity, clock, ofTeam, people, resolve, stateOf, teamOf } from "../support/story";

/** What a review of activities and attendance found, each once. */
test("no-shows of a series are noted some hours after each shift", async () => {
  const { shifts } = await announced({ shift: { repeatEveryDays: 7, repeatUntil: "2026-09-26" } });
  const missed = (await charity.signUp(await bank.volunteer("V-1"), shifts[0] as Shift)) as StoredSignUp;
  clock("15:01");
  expect(await bank.services.activities.keepTime()).toEqual({ missed: 1, ended: 0, failed: [] });
  expect(await stateOf(missed)).toBe("NO_SHOW");
});

test("F25: each missed shift of a series counts four hours after its own end, so the fifth no-show closes the sixth sign-up", async () => {
  const { shifts } = await announced({
    shift: { repeatEveryDays: 1, repeatUntil: "2026-09-10", endsAt: at(charityDay, "11:00") },
  });
  const later = await charity.announce("later", {
    shift: { startsAt: at("2026-09-20", "09:00"), endsAt: at("2026-09-20", "11:00") },
  });
  const mei = await bank.volunteer("V-1");
  const missed: unknown[] = [];
  for (const shift of shifts.slice(0, 5)) missed.push(await charity.signUp(mei, shift));
  expect(shifts).toHaveLength(6);
  // The fifth shift is over at eleven on the 9th; nobody has started, ended or looked at the series.
  clock("15:00", "2026-09-09");
  expect(await charity.signUp(mei, later.shifts[0] as Shift)).toMatchObject({ state: "ACCEPTED" });
  expect(await Promise.all(missed.map(stateOf))).toEqual(["NO_SHOW", "NO_SHOW", "NO_SHOW", "NO_SHOW", "ACCEPTED"]);
  clock("15:01", "2026-09-09");
  expect(await charity.signUp(mei, shifts[5] as Shift)).toBe("TOO_MANY_NO_SHOWS");
  expect(await stateOf(missed[4])).toBe("ACCEPTED"); // what is refused changes nothing
  expect(await bank.services.activities.keepTime()).toEqual({ missed: 1, ended: 0, failed: [] });
  expect(await missedOf(mei)).toEqual({ noShows: 5, malicious: 0 });
  expect(await charity.signUp(mei, shifts[5] as Shift)).toBe("TOO_MANY_NO_SHOWS");
});

test("how long after its end a shift is settled is a policy, of the day on which it ended", async () => {
  const { shifts } = await announced({ shift: { repeatEveryDays: 1, repeatUntil: "2026-09-07" } });
  await bank.services.policies.set(bank.officer, {
    idempotencyKey: bank.key(),
    key: "checkIn.closesMinutesAfter",
    value: 60,
    effectiveFrom: "2026-09-06",
    citation: "试验",
  });
  const mei = await bank.volunteer("V-1");
  const [first, second] = [
    await charity.signUp(mei, shifts[0] as Shift),
    await charity.signUp(mei, shifts[1] as Shift),
  ];
  clock("12:01");
  expect(await bank.services.activities.keepTime()).toMatchObject({ missed: 0 });
  clock("12:01", "2026-09-06");
  expect(await bank.services.activities.keepTime()).toMatchObject({ missed: 2 });
  expect([await stateOf(first), await stateOf(second)]).toEqual(["NO_SHOW", "NO_SHOW"]);
});

test("nobody moves up into a shift that is over, nor withdraws from it; who moved up too late to know is not blamed", async () => {
  const { activity, shift } = await announced({ shift: { capacity: 1 } });
  const [mei, hua, lin] = [await bank.volunteer("V-1"), await bank.volunteer("V-2"), await bank.volunteer("V-3")];
  const held = (await charity.signUp(mei, shift)) as StoredSignUp;
  const waits = (await charity.signUp(hua, shift)) as StoredSignUp;
  const last = (await charity.signUp(lin, shift)) as StoredSignUp;
  clock("08:30");
  await bank.services.signUps.withdraw(await bank.actorOf(mei), { signUpId: held.id });
  expect(await stateOf(waits)).toBe("ACCEPTED");
  clock("11:30");
  expect(await codeOf(bank.services.signUps.withdraw(await bank.actorOf(hua), { signUpId: waits.id }))).toBe(
    "SIGN_UP_CLOSED",
  );
  expect(await resolve(waits.id, "EXCUSED")).toBe("EXCUSED");
  expect(await stateOf(last)).toBe("WAITLISTED");
  await advance(charity.lead, activity.id, "START");
  await advance(charity.lead, activity.id, "END");
  expect(await stateOf(last)).toBe("WITHDRAWN");
});

test("late is who had time to say so: not after a postponement, and a shift counts once", async () => {
  const { activity, shift } = await announced();
  const mei = await bank.volunteer("V-1");
  const actor = await bank.actorOf(mei);
  const signUp = (await charity.signUp(mei, shift)) as StoredSignUp;
  clock("08:00");
  await advance(charity.lead, activity.id, "POSTPONE");
  expect(await bank.services.signUps.withdraw(actor, { signUpId: signUp.id })).toMatchObject({ late: false });
});

test("a suspended volunteer is not let in, and not blamed for staying away", async () => {
  const { activity, shift } = await announced();
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
  await advance(charity.lead, activity.id, "START");
  await advance(charity.lead, activity.id, "END");
  expect(await stateOf(signUp)).toBe("WITHDRAWN");
});

test("a guardian is asked again for another day, and a change for the worse lets minors go", async () => {
  const given = { serviceType: "ENVIRONMENT", openToMinors: true };
  const { activity, shift } = await announced(given);
  const child = await bank.volunteer("V-9", { birthDate: "2010-01-01", guardian: true });
  const signUp = (await charity.signUp(child, shift)) as StoredSignUp;
  await bank.services.signUps.decideConsent(bank.worker, {
    signUpId: signUp.id,
    consent: true,
    reason: "同意书存站",
  });
  const again = async (edit: object) => {
    await advance(charity.lead, activity.id, "POSTPONE");
    await bank.services.activities.edit(charity.lead, { activityId: activity.id, ...edit });
    await advance(charity.admin, activity.id, "SUBMIT");
    await advance(bank.officer, activity.id, "PUBLISH");
    return stateOf(signUp);
  };
  expect(await again({ name: "改期" })).toBe("PENDING_GUARDIAN");
  expect(await again({ hazardous: true, openToMinors: false })).toBe("WITHDRAWN");
});

test("a volunteer who comes of age while a consent waits decides alone", async () => {
  const { activity, shift } = await announced({ serviceType: "ENVIRONMENT", openToMinors: true });
  const mother = await bank.volunteer("V-1");
  const child = await bank.volunteer("V-9", { birthDate: "2008-09-20", guardian: true });
  const pair = { volunteerId: child.id, guardianId: mother.id };
  await bank.services.guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
  const signUp = (await charity.signUp(child, shift)) as StoredSignUp;
  expect(signUp.state).toBe("PENDING_GUARDIAN");
  await advance(charity.lead, activity.id, "POSTPONE");
  const [startsAt, endsAt] = [at("2026-09-25", "09:00"), at("2026-09-25", "11:00")];
  const moved = { id: shift.id, startsAt, endsAt, capacity: 20, place: "枫溪江" };
  await bank.services.activities.edit(charity.lead, { activityId: activity.id, shifts: [moved] });
  await advance(charity.admin, activity.id, "SUBMIT");
  await advance(bank.officer, activity.id, "PUBLISH");
  expect(await stateOf(signUp)).toBe("PENDING_GUARDIAN");
  const decide = (who: TestBank["worker"], reason?: string) =>
    codeOf(
      bank.services.signUps
        .decideConsent(who, { signUpId: signUp.id, consent: true, reason })
        .then(({ state }) => state),
    );
  const self = await bank.actorOf(child);
  clock("23:59", "2026-09-19");
  expect(await decide(self)).toBe("NOT_PERMITTED");
  clock("00:00", "2026-09-20");
  expect(await decide(await bank.actorOf(mother))).toBe("NOT_FOUND");
  expect(await decide(bank.worker, "同意书存站")).toBe("NOT_PERMITTED");
  expect(await decide(self)).toBe("ACCEPTED");
});

test("a guardian's notices are the guardian's to read, and consent may be taken back", async () => {
  const { shift } = await announced({ serviceType: "ENVIRONMENT", openToMinors: true });
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

test("a guardianship ends when the child is an adult, and when a station ends it", async () => {
  const { shift } = await announced({ serviceType: "ENVIRONMENT", openToMinors: true });
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
      await volunteers.sight.persons(
        guardian,
        wards.map(({ id }) => id),
      )
    ).map(({ displayName, birthDate }) => [displayName, birthDate]);
  expect(await names(child, nearlyGrown)).toEqual([
    ["志愿者V-2", "2010-01-01"],
    ["志愿者V-3", "2008-08-21"],
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

const dayWith = (more: object = {}) => ({
  startsAt: at("2026-09-06", "09:00"),
  endsAt: at("2026-09-06", "11:00"),
  ...more,
});
const withdraw = async (volunteer: Volunteer, signUp: unknown) =>
  bank.services.signUps.withdraw(await bank.actorOf(volunteer), { signUpId: (signUp as StoredSignUp).id });
const missedOf = (volunteer: Volunteer) =>
  bank.store.view.missed(volunteer.id, at("2026-01-01", "00:00"), at("2027-01-01", "00:00"));

test("a volunteer whom the lead put on the list cannot be a no-show, and only a supervisor enters bad faith", async () => {
  const { shift } = await announced();
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  const own = (await charity.signUp(hua, shift)) as StoredSignUp;
  clock("09:00");
  const ticked = (await charity.tick(mei, shift)) as StoredAttendance;
  expect(await resolve(ticked.signUpId, "NO_SHOW")).toBe("ILLEGAL_TRANSITION");
  expect(await resolve(ticked.signUpId, "EXCUSED")).toBe("EXCUSED");
  expect(await missedOf(mei)).toEqual({ noShows: 0, malicious: 0 });
  clock("11:05");
  expect(await resolve(own.id, "NO_SHOW", { malicious: true })).toBe("NOT_PERMITTED");
  expect(await resolve(own.id, "NO_SHOW")).toBe("NO_SHOW");
  const finds = async (malicious: boolean) => {
    await bank.services.attendance.resolving.resolve(bank.supervisor, {
      signUpId: own.id,
      outcome: "NO_SHOW",
      malicious,
      reason: "代签",
    });
    return missedOf(hua);
  };
  expect(await finds(true)).toEqual({ noShows: 1, malicious: 1 });
  expect(await resolve(own.id, "EXCUSED")).toBe("NOT_PERMITTED");
  expect(await finds(false)).toEqual({ noShows: 1, malicious: 0 });
});

test("a lead who ticks a volunteer off learns nothing of the volunteer's no-shows", async () => {
  await bank.services.policies.set(bank.officer, {
    idempotencyKey: bank.key(),
    key: "noShow.deregisterPerYear",
    value: 2,
    effectiveFrom: "2026-08-20",
    citation: "试验",
  });
  const noon = { startsAt: at(charityDay, "11:00"), endsAt: at(charityDay, "12:00") };
  const missed = [await announced(), await charity.announce("noon", { shift: noon })];
  const later = await charity.announce("later", { shift: dayWith() });
  const mei = await bank.volunteer("V-1");
  for (const { shifts } of missed) await charity.signUp(mei, shifts[0] as Shift);
  clock("16:01");
  await bank.services.activities.keepTime();
  expect(await missedOf(mei)).toEqual({ noShows: 2, malicious: 0 });
  clock("09:00", "2026-09-06");
  const asked = (actor: Actor, more: object) =>
    bank.services.attendance
      .checkIn(actor, { idempotencyKey: bank.key(), shiftId: (later.shifts[0] as Shift).id, ...more })
      .catch(({ code, details }) => ({ code, details }));
  expect(await asked(charity.lead, { volunteerId: mei.id })).toEqual({ code: "TOO_MANY_NO_SHOWS", details: {} });
  const { token } = await bank.services.attendance.screen.code(charity.lead, (later.shifts[0] as Shift).id);
  expect(await asked(await bank.actorOf(mei), { token })).toMatchObject({ details: { noShows: 2, malicious: 0 } });
});

test("a volunteer who came after all has not missed the shift", async () => {
  const { shift } = await announced();
  const mei = await bank.volunteer("V-1");
  const signUp = await charity.signUp(mei, shift);
  clock("18:00", "2026-09-04");
  expect((await withdraw(mei, signUp)).late).toBe(true);
  expect(await missedOf(mei)).toEqual({ noShows: 1, malicious: 0 });
  await charity.signUp(mei, shift);
  clock("09:00");
  await charity.checkIn(mei, shift);
  expect(await missedOf(mei)).toEqual({ noShows: 0, malicious: 0 });
});

test("new times are news: a volunteer who cannot make them is not late, and not blamed", async () => {
  const { activity, shift } = await announced();
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  const [first, second] = [await charity.signUp(mei, shift), await charity.signUp(hua, shift)];
  clock("08:00", "2026-09-04");
  await advance(charity.lead, activity.id, "POSTPONE");
  clock("06:00", "2026-09-10");
  await bank.services.activities.edit(charity.lead, {
    activityId: activity.id,
    shifts: [{ startsAt: at("2026-09-10", "09:00"), endsAt: at("2026-09-10", "11:00"), capacity: 3, place: "广场" }],
  });
  await advance(charity.admin, activity.id, "SUBMIT");
  await advance(bank.officer, activity.id, "PUBLISH");
  clock("06:30", "2026-09-10");
  expect(await withdraw(mei, first)).toMatchObject({ state: "WITHDRAWN", late: false });
  clock("15:01", "2026-09-10");
  await bank.services.activities.keepTime();
  expect(await stateOf(second)).toBe("WITHDRAWN");
});

test("a free place goes to who waits before who comes, and never to who has left the bank", async () => {
  const { shift } = await announced({ shift: { capacity: 1 } });
  const { shifts: others } = await charity.announce("garden");
  const [mei, hua, lin, bao] = (await people("V-1", "V-2", "V-3", "V-4")) as [
    Volunteer,
    Volunteer,
    Volunteer,
    Volunteer,
  ];
  const held = await charity.signUp(mei, shift);
  const [gone, waits] = [await charity.signUp(bao, shift), await charity.signUp(hua, shift)];
  const elsewhere = await charity.signUp(hua, others[0] as Shift);
  await bank.services.volunteers.advance(bank.supervisor, { volunteerId: bao.id, action: "SUSPEND", reason: "调查" });
  await withdraw(mei, held);
  expect([await stateOf(gone), await stateOf(waits)]).toEqual(["WAITLISTED", "WAITLISTED"]); // hua is promised elsewhere
  await withdraw(hua, elsewhere);
  expect(await charity.signUp(lin, shift)).toMatchObject({ state: "WAITLISTED" });
  expect(await stateOf(waits)).toBe("ACCEPTED");
  // Without anybody coming, the clock looks.
  await withdraw(hua, waits);
  expect(await stateOf(waits)).toBe("WITHDRAWN");
  await bank.services.activities.keepTime();
  expect((await bank.services.activities.totals([shift.id]))[0]).toMatchObject({ signedUp: 1, waitlisted: 1 });
});

test("as many wait as have a place, or twenty", async () => {
  const { shift } = await announced({ shift: { capacity: 1 } });
  const found: unknown[] = [];
  for (let i = 1; i <= 22; i += 1) {
    const answer = await charity.signUp(await bank.volunteer(`W-${i}`), shift);
    found.push(typeof answer === "string" ? answer : answer.state);
  }
  expect([found[0], found[1], found[20], found[21]]).toEqual(["ACCEPTED", "WAITLISTED", "WAITLISTED", "SHIFT_FULL"]);
});

describe("a child", () => {
  const given = { serviceType: "ENVIRONMENT", openToMinors: true };
  const child = () => bank.volunteer("V-9", { birthDate: "2010-01-01", guardian: true });
  const consent = (signUp: unknown, who = bank.worker, reason: string | null = "同意书存站") =>
    codeOf(
      bank.services.signUps
        .decideConsent(who, { signUpId: (signUp as StoredSignUp).id, consent: true, reason })
        .then(({ state }) => state),
    );

  test("is not booked twice by new times and a guardian's word", async () => {
    const first = await charity.announce("aa", given);
    const second = await charity.announce("bb", { ...given, shift: dayWith() });
    const mei = await child();
    const asked = [
      await charity.signUp(mei, first.shifts[0] as Shift),
      await charity.signUp(mei, second.shifts[0] as Shift),
    ];
    for (const one of asked) expect(await consent(one)).toBe("ACCEPTED");
    await advance(charity.lead, second.activity.id, "POSTPONE");
    await bank.services.activities.edit(charity.lead, {
      activityId: second.activity.id,
      shifts: [{ startsAt: at(charityDay, "09:00"), endsAt: at(charityDay, "11:00"), capacity: 3, place: "枫桥" }],
    });
    await advance(charity.admin, second.activity.id, "SUBMIT");
    await advance(bank.officer, second.activity.id, "PUBLISH");
    expect([await stateOf(asked[0]), await stateOf(asked[1])]).toEqual(["ACCEPTED", "WITHDRAWN"]);
  });

  test("is asked for by its own station, which says where the paper is, and never by the organiser", async () => {
    const team = await teamOf();
    const shift = await ofTeam(team, "kids", given);
    const mei = await child();
    const asked = (await charity.signUp(mei, shift)) as StoredSignUp;
    const name = async () => (await bank.services.volunteers.sight.persons(team.lead, [mei.id]))[0]?.displayName;
    expect(asked.state).toBe("PENDING_GUARDIAN");
    expect(await name()).toBeNull();
    expect(await consent(asked, team.head)).toBe("NOT_PERMITTED");
    expect(await consent(asked, bank.worker, null)).toBe("REASON_MISSING");
    expect(await consent(asked)).toBe("ACCEPTED");
    expect(await name()).toBe("志愿者V-9");
    const history = (await bank.services.signUps.reading.history(await bank.actorOf(mei), [asked.id]))[0];
    expect(history?.map(({ action, actorKind, reason }) => [action, actorKind, reason])).toEqual([
      ["APPLY", "VOLUNTEER", null],
      ["CONSENT", "STATION_WORKER", "同意书存站"],
    ]);
  });

  test("is not kept on a shift that was dropped", async () => {
    const { shifts, activity } = await announced({
      ...given,
      shift: { repeatEveryDays: 7, repeatUntil: "2026-09-12" },
    });
    const asked = (await charity.signUp(await child(), shifts[1] as Shift)) as StoredSignUp;
    await bank.services.activities.dropShift(charity.lead, { shiftId: asked.shiftId, reason: "停电" });
    expect(await stateOf(asked)).toBe("WITHDRAWN");
    expect(await consent(asked)).toBe("SIGN_UP_CLOSED");
    expect((await bank.services.activities.many(nobody, [activity.id]))[0]?.state).toBe("PUBLISHED");
  });

  test("has its record confirmed by others than its mother, who does not name herself either", async () => {
    const { activity, shift } = await announced(given);
    const mother = await bank.volunteer("V-1");
    await bank.grant(mother.personId, "STATION_WORKER", bank.station.id);
    const mei = await child();
    const staff = await bank.actorOf(mother);
    const pair = { volunteerId: mei.id, guardianId: mother.id };
    const link = (who: Actor) =>
      codeOf(bank.services.guardians.link(who, { idempotencyKey: bank.key(), ...pair }).then(() => "linked"));
    expect([await link(staff), await link(bank.worker)]).toEqual(["SELF_CONFIRMATION", "linked"]);
    expect(await consent(await charity.signUp(mei, shift), staff, null)).toBe("ACCEPTED");
    clock("09:00");
    await charity.checkIn(mei, shift);
    clock("11:00");
    await charity.checkOut(mei, shift);
    const records = await bank.services.attendance.waitingRecords(staff, activity.id);
    expect(await bank.confirm(staff, ...records)).toEqual(["SELF_CONFIRMATION"]);
    expect(await bank.confirm(bank.supervisor, ...records)).toEqual(["POSTED"]);
  });
});

test("an organisation sees its own lists, and not where else a volunteer will be", async () => {
  const team = await teamOf();
  const mei = await bank.volunteer("V-1");
  const elsewhere = await ofTeam(team, "team-day", { shift: dayWith() });
  const { shift } = await announced();
  const here = (await charity.signUp(mei, shift)) as StoredSignUp;
  const there = (await charity.signUp(mei, elsewhere)) as StoredSignUp;
  const seen = async (who: Actor) =>
    (await bank.services.signUps.reading.ofVolunteer(who, mei.id, null, { first: 10 })).edges
      .map(({ node }) => node.id)
      .sort();
  expect(await seen(team.lead)).toEqual([there.id]);
  expect(await seen(charity.lead)).toEqual([here.id]);
  expect(await seen(await bank.actorOf(mei))).toEqual([here.id, there.id].sort());
  expect(await codeOf(seen(await bank.actorOf(await bank.volunteer("V-2"))))).toBe("NOT_PERMITTED");
  expect(await bank.services.attendance.ofSignUps(team.lead, [here.id])).toEqual([null]);
});

test("a lead takes nobody off the list without saying why, and who took it back in time keeps their name to themselves", async () => {
  const { shift } = await announced();
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  const team = await teamOf();
  const signUp = (await charity.signUp(mei, shift)) as StoredSignUp;
  const take = (reason: string | null) =>
    codeOf(bank.services.signUps.withdraw(charity.lead, { signUpId: signUp.id, reason }).then(({ state }) => state));
  expect([await take(null), await take("本人来电")]).toEqual(["REASON_MISSING", "WITHDRAWN"]);
  const theirs = await ofTeam(team, "team-day");
  const name = async () => (await bank.services.volunteers.sight.persons(team.lead, [hua.id]))[0]?.displayName;
  const held = await charity.signUp(hua, theirs);
  expect(await name()).toBe("志愿者V-2");
  await withdraw(hua, held);
  expect(await name()).toBeNull();
});

test("a person whose key is gone stops nobody: the activity is called off", async () => {
  const { activity, shift } = await announced();
  const mei = await bank.volunteer("V-1");
  const signUp = (await charity.signUp(mei, shift)) as StoredSignUp;
  await bank.store.keys.remove(mei.personId);
  const services = openServices(bank.options);
  const reason = { signUpId: signUp.id, reason: "来电" };
  expect(await codeOf(services.signUps.withdraw(charity.lead, reason))).toBe("PERSON_ERASED");
  const off = await services.activities.advance(charity.lead, {
    activityId: activity.id,
    action: "CANCEL",
    reason: "雨",
  });
  expect([off.state, await stateOf(signUp), bank.store.halted]).toEqual(["CANCELLED", "WITHDRAWN", false]);
});
