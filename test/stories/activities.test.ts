import SQLite from "better-sqlite3";
import { codeOf as codeAt, slotOf } from "../../src/domain/activities/attendance";
import type { Shift } from "../../src/domain/activities/machine";
import { system } from "../../src/domain/actors";
import type { Volunteer } from "../../src/domain/volunteers";
import { audit } from "../../src/services/audit";
import type { StoredAttendance, StoredSignUp } from "../../src/storage/store";
import { at, openBank, type TestBank } from "../support/bank";
import { charityDay, codeOf, openCharity, type TestCharity } from "../support/charity";
import { origin } from "../support/engines";

let bank: TestBank;
let charity: TestCharity;
beforeEach(async () => {
  bank = await openBank(undefined, "2026-08-20T09:00:00+08:00");
  charity = await openCharity(bank);
});
/** Whatever a story did, the bank is as its journal says. */
afterEach(async () => {
  const { findings } = await bank.store.snapshot((view) => audit(view, origin));
  await bank.close();
  expect(findings).toEqual([]);
});

const clock = (time: string, day = charityDay) => bank.setClock(`${day}T${time}:00+08:00`);
const people = (...nos: string[]) => Promise.all(nos.map((no) => bank.volunteer(no)));
const stateOf = async (signUp: unknown) =>
  (await bank.store.view.signUps([(signUp as { id: string }).id])).get((signUp as { id: string }).id)?.state;
const advance = (
  actor: TestBank["worker"],
  activityId: string,
  action: "SUBMIT" | "PUBLISH" | "RETURN" | "END" | "CLOSE" | "CANCEL" | "POSTPONE" | "START",
  reason = "原因",
) => codeOf(bank.services.activities.advance(actor, { activityId, action, reason }).then(({ state }) => state));
const totals = async () => (await bank.services.activities.totals([charity.campaign.id]))[0];
const one = async (given?: Parameters<TestCharity["announce"]>[1]) => {
  const { activity, shifts } = await charity.announce("square", given);
  return { activity, shift: shifts[0] as Shift };
};

test("written by one, handed in by another, reviewed by a third; large ones by an officer", async () => {
  const { id } = await charity.draft("small");
  expect(await advance(charity.lead, id, "SUBMIT")).toBe("NOT_PERMITTED");
  expect(await advance(bank.supervisor, id, "PUBLISH")).toBe("ILLEGAL_TRANSITION");
  expect(await advance(bank.supervisor, id, "SUBMIT")).toBe("UNDER_REVIEW");
  expect(await advance(bank.worker, id, "PUBLISH")).toBe("NOT_PERMITTED");
  expect(await advance(bank.supervisor, id, "PUBLISH")).toBe("PUBLISHED");
  expect(await advance(bank.supervisor, id, "PUBLISH")).toBe("PUBLISHED"); // the same step again
  const large = await charity.draft("large", { shift: { capacity: 201 } });
  expect(await advance(charity.admin, large.id, "SUBMIT")).toBe("UNDER_REVIEW");
  expect(await advance(bank.second, large.id, "PUBLISH")).toBe("NOT_PERMITTED");
  expect(await advance(bank.officer, large.id, "PUBLISH")).toBe("PUBLISHED");
  // A supervisor who wrote in it is an author, and reviews it no more.
  const shared = await charity.draft("shared");
  await bank.services.activities.edit(bank.supervisor, { activityId: shared.id, name: "改名" });
  expect(await advance(charity.admin, shared.id, "SUBMIT")).toBe("UNDER_REVIEW");
  expect(await advance(bank.supervisor, shared.id, "PUBLISH")).toBe("SAME_PERSON");
  expect(await advance(bank.second, shared.id, "PUBLISH")).toBe("PUBLISHED");
});

test("a team without a station of its own is reviewed by the station of its division", async () => {
  const team = await bank.services.organizations.register(system, {
    idempotencyKey: bank.key(),
    slug: "team",
    name: "义工队",
    kind: "VOLUNTEER_TEAM",
    filingStatus: "UNREGISTERED",
    divisionCode: "fengqiao",
  });
  const head = await bank.staff("ORGANIZATION_ADMIN", team.value.id);
  const { value } = await bank.services.activities.create(head, {
    idempotencyKey: bank.key(),
    organizationId: team.value.id,
    slug: "team-day",
    name: "义工日",
    serviceType: "ENVIRONMENT",
    description: "清扫",
    divisionCode: "fengqiao",
    contact: "队长",
    riskNotice: "注意安全",
    shifts: [{ startsAt: at(charityDay, "09:00"), endsAt: at(charityDay, "11:00"), capacity: 5, place: "村口" }],
  });
  expect(await advance(head, value.id, "SUBMIT")).toBe("UNDER_REVIEW");
  expect(await advance(head, value.id, "PUBLISH")).toBe("NOT_PERMITTED");
  expect(await advance(bank.supervisor, value.id, "PUBLISH")).toBe("PUBLISHED");
});

test("what is announced goes back to a draft only while nobody has signed up", async () => {
  const { activity, shift } = await one();
  expect(await advance(bank.officer, activity.id, "RETURN")).toBe("DRAFT");
  expect(await totals()).toMatchObject({ activities: 0, organizations: 0 });
  await advance(charity.admin, activity.id, "SUBMIT");
  await advance(bank.officer, activity.id, "PUBLISH");
  const [mei] = await people("V-1");
  await charity.signUp(mei as Volunteer, shift);
  expect(await advance(bank.officer, activity.id, "RETURN")).toBe("HAS_SIGN_UPS");
});

test("the waiting list moves up by itself, past whoever promised that time elsewhere", async () => {
  const { shift } = await one({ shift: { capacity: 1 } });
  const { shifts: others } = await charity.announce("garden");
  const [mei, hua, lin] = (await people("V-1", "V-2", "V-3")) as [Volunteer, Volunteer, Volunteer];
  const first = await charity.signUp(mei, shift);
  const second = await charity.signUp(hua, shift);
  const third = await charity.signUp(lin, shift);
  expect(await charity.signUp(hua, others[0] as Shift)).toMatchObject({ state: "ACCEPTED" });
  expect(await charity.signUp(mei, others[0] as Shift)).toBe("DOUBLE_BOOKED");
  await bank.services.signUps.withdraw(await bank.actorOf(mei), { signUpId: (first as StoredSignUp).id });
  expect([await stateOf(second), await stateOf(third)]).toEqual(["WAITLISTED", "ACCEPTED"]);
  // Who withdrew may sign up again, at the end of the queue.
  const again = await charity.signUp(mei, shift);
  expect(again).toMatchObject({ state: "WAITLISTED" });
  expect(await bank.services.signUps.positions([(second as StoredSignUp).id, (again as StoredSignUp).id])).toEqual([
    1, 2,
  ]);
});

test("put off and called off: whoever signed up is told, and every calendar keeps the entry", async () => {
  const { activity, shift } = await one({ shift: { capacity: 1 } });
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  const held = await charity.signUp(mei, shift);
  const waits = await charity.signUp(hua, shift);
  const actor = await bank.actorOf(mei);
  const secret = (await bank.services.calendars.link(actor)) as string;
  const calendar = async () =>
    (await bank.services.calendars.of(secret))?.map(({ shift: { id }, called }) => [id, called]);
  expect(await calendar()).toEqual([[shift.id, "ON"]]);

  expect(await advance(charity.lead, activity.id, "POSTPONE", "台风")).toBe("POSTPONED");
  expect([await stateOf(held), await stateOf(waits)]).toEqual(["ACCEPTED", "WAITLISTED"]);
  expect(await calendar()).toEqual([[shift.id, "MAYBE"]]);
  expect(await totals()).toMatchObject({ activities: 0, organizations: 0, volunteers: 1 });
  // New times, one more place: the shift stays the same one, and who waited moves up.
  const plan = { startsAt: at("2026-09-12", "09:00"), endsAt: at("2026-09-12", "11:00"), capacity: 2, place: "广场" };
  await bank.services.activities.edit(charity.lead, { activityId: activity.id, shifts: [plan] });
  expect(await stateOf(waits)).toBe("ACCEPTED");
  const fewer = { ...plan, capacity: 1 };
  expect(await codeOf(bank.services.activities.edit(charity.lead, { activityId: activity.id, shifts: [fewer] }))).toBe(
    "HAS_SIGN_UPS",
  );
  expect(await advance(charity.admin, activity.id, "SUBMIT")).toBe("UNDER_REVIEW");
  expect(await advance(bank.officer, activity.id, "PUBLISH")).toBe("PUBLISHED");
  expect((await bank.store.view.shifts([shift.id])).get(shift.id)).toMatchObject({
    startsAt: plan.startsAt,
    version: 2,
  });

  expect(await advance(charity.lead, activity.id, "CANCEL", "场地停电")).toBe("CANCELLED");
  expect([await stateOf(held), await stateOf(waits)]).toEqual(["WITHDRAWN", "WITHDRAWN"]);
  expect(await calendar()).toEqual([[shift.id, "OFF"]]);
  expect(await totals()).toMatchObject({ activities: 0, volunteers: 0 });
  const told = await bank.services.notices.list(actor, null, { first: 10 });
  expect(told.edges[0]?.node).toMatchObject({ action: "CANCEL", reason: "场地停电", by: "ACTIVITY_LEAD" });
  expect(told.edges.map(({ node }) => node.action)).toEqual(["CANCEL", "RESCHEDULE", "POSTPONE"]);
  // A calendar's address that was seen by others is renewed: the old one shows nothing.
  await bank.services.calendars.renew(actor, { idempotencyKey: bank.key() });
  expect(await bank.services.calendars.of(secret)).toBeNull();
  expect(await bank.services.calendars.of(`${secret.slice(0, -1)}x`)).toBeNull();
});

test("F05: a guardian decides by themselves, and a child under 14 comes with somebody", async () => {
  const { shift } = await one({ serviceType: "ENVIRONMENT", openToMinors: true });
  const [mother, stranger] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  const child = await bank.volunteer("V-3", { birthDate: "2013-01-01", guardian: true });
  const link = { idempotencyKey: bank.key(), volunteerId: child.id, guardianId: mother.id };
  await bank.services.guardians.link(bank.worker, link);
  const asked = (await charity.signUp(child, shift)) as StoredSignUp;
  expect(asked.state).toBe("PENDING_GUARDIAN");
  const guardian = await bank.actorOf(mother);
  const notices = await bank.services.notices.list(guardian, true, { first: 5 });
  expect(notices.edges.map(({ node }) => node.kind)).toEqual(["GUARDIAN_CONSENT_ASKED"]);
  const decide = (who: TestBank["worker"], more = {}) =>
    codeOf(
      bank.services.signUps
        .decideConsent(who, { signUpId: asked.id, consent: true, ...more })
        .then(({ state }) => state),
    );
  expect(await decide(await bank.actorOf(stranger))).toBe("NOT_FOUND");
  expect(await decide(await bank.actorOf(child))).toBe("NOT_PERMITTED");
  expect(await decide(guardian)).toBe("GUARDIAN_CONSENT_MISSING"); // who comes along?
  expect(await decide(guardian, { accompanied: true })).toBe("ACCEPTED");
  expect(await decide(guardian, { accompanied: true })).toBe("ACCEPTED"); // the same step again
});

test("F25: the fifth no-show ends signing up; an excuse undoes it", async () => {
  const [mei] = (await people("V-1")) as [Volunteer];
  const missed: StoredSignUp[] = [];
  for (let i = 0; i < 5; i += 1) {
    const day = `2026-08-2${i + 3}`;
    const { activity, shifts } = await charity.announce(`day-${i}`, {
      shift: { startsAt: at(day, "09:00"), endsAt: at(day, "11:00") },
    });
    clock("09:00", `2026-08-2${i + 2}`);
    missed.push((await charity.signUp(mei, shifts[0] as Shift)) as StoredSignUp);
    clock("08:00", day);
    // The fourth is a withdrawal that came too late, which counts as well.
    if (i === 3) await bank.services.signUps.withdraw(await bank.actorOf(mei), { signUpId: missed[3]?.id as string });
    clock("12:00", day);
    await advance(charity.lead, activity.id, "START");
    expect(await advance(charity.lead, activity.id, "END")).toBe("ENDED");
  }
  expect(await stateOf(missed[3])).toBe("WITHDRAWN");
  const { shift } = await one();
  expect(await charity.signUp(mei, shift)).toBe("TOO_MANY_NO_SHOWS");
  expect(await bank.services.signUps.dueForDeregistration(bank.officer)).toEqual([
    { volunteerId: mei.id, noShows: 5, malicious: 0 },
  ]);
  const excuse = { signUpId: missed[3]?.id as string, outcome: "EXCUSED", reason: "住院" } as const;
  expect((await bank.services.attendance.resolve(charity.lead, excuse)).state).toBe("EXCUSED");
  expect(await charity.signUp(mei, shift)).toMatchObject({ state: "ACCEPTED" });
  expect(await bank.services.signUps.dueForDeregistration(bank.officer)).toEqual([]);
});

test("a code is used once a person, and leaving takes another one", async () => {
  const { shift } = await one();
  const [mei] = (await people("V-1")) as [Volunteer];
  await charity.signUp(mei, shift);
  clock("09:00");
  const { token } = await bank.services.attendance.code(charity.lead, shift.id);
  expect(await charity.checkIn(mei, shift, { token })).toMatchObject({ method: "CODE" });
  expect(await charity.checkOut(mei, shift, { token })).toBe("CODE_USED");
  clock("10:30");
  expect(await charity.checkOut(mei, shift, { token })).toBe("CODE_EXPIRED");
  // As the camera reads it: the page's whole address.
  const now = (await bank.services.attendance.code(charity.lead, shift.id)).token;
  const scanned = `https://goodhours.example/in/${shift.id}?t=${now}`;
  expect(await charity.checkOut(mei, shift, { token: scanned })).toMatchObject({ outcome: "RECORDED" });
  expect(await charity.checkOut(mei, shift)).toBe("NOT_CHECKED_IN");
});

test("who guesses digits waits after ten tries", async () => {
  const { shift } = await one();
  const [mei] = (await people("V-1")) as [Volunteer];
  clock("09:00");
  const { digits } = await bank.services.attendance.code(charity.lead, shift.id);
  const wrong = digits === "000000" ? "000001" : "000000";
  for (let i = 0; i < 10; i += 1) expect(await charity.checkIn(mei, shift, { digits: wrong })).toBe("CODE_EXPIRED");
  expect(await charity.checkIn(mei, shift, { digits })).toBe("TOO_MANY_TRIES");
  clock("09:05");
  const next = await bank.services.attendance.code(charity.lead, shift.id);
  expect(await charity.checkIn(mei, shift, { digits: next.digits })).toMatchObject({ method: "DIGITS" });
});

test("sent later: the code of that time, at most twelve hours ago, and marked", async () => {
  const { activity, shift } = await one();
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  await charity.signUp(mei, shift);
  clock("09:05");
  const { token } = await bank.services.attendance.code(charity.lead, shift.id);
  clock("10:58");
  const leaving = (await bank.services.attendance.code(charity.lead, shift.id)).token;
  clock("12:00");
  expect(await advance(charity.lead, activity.id, "START")).toBe("ONGOING");
  expect(await advance(charity.lead, activity.id, "END")).toBe("ENDED"); // nobody seemed to have come
  clock("20:00");
  const when = at(charityDay, "09:05");
  expect(await charity.checkIn(mei, shift, { token, at: when + 120_000 })).toBe("CODE_EXPIRED");
  expect(await charity.checkIn(mei, shift, { token, at: when })).toMatchObject({ sentLate: true, checkedInAt: when });
  expect((await bank.services.activities.many(charity.lead, [activity.id]))[0]?.state).toBe("RECORDING");
  expect(await charity.checkOut(mei, shift, { token: leaving, at: at(charityDay, "10:58") })).toMatchObject({
    outcome: "RECORDED",
    sentLate: true,
  });
  clock("21:06");
  expect(await charity.checkIn(hua, shift, { token, at: when })).toBe("SENT_TOO_LATE");
  const signals = await bank.services.activities.signals(bank.officer, activity.id);
  expect(signals?.map(({ kind, count }) => [kind, count])).toEqual([["SENT_LATE", 1]]);
  expect(await bank.services.activities.signals(charity.lead, activity.id)).toBeNull();
});

test("a position is looked at and forgotten: no table and no key holds it", async () => {
  const { shift } = await one({ shift: { latitude: 29.81, longitude: 120.41, radiusMetres: 300 } });
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  clock("09:00");
  expect(await charity.checkIn(mei, shift, { latitude: 29.9, longitude: 120.41 })).toBe("OUT_OF_AREA");
  expect(await charity.checkIn(mei, shift, { latitude: 29.81123, longitude: 120.41123 })).toMatchObject({
    placeVerdict: "WITHIN",
  });
  expect(await charity.checkIn(hua, shift)).toMatchObject({ placeVerdict: "NOT_GIVEN" });
  const file = new SQLite(bank.ground.where, { readonly: true });
  try {
    const tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
    const all = tables.map((name) => JSON.stringify(file.prepare(`SELECT * FROM "${name}"`).all())).join();
    expect(all).toContain("29810000");
    expect(all).not.toMatch(/29\.?8112|120\.?4112|29\.9/);
  } finally {
    file.close();
  }
});

test("without a phone: by number at the kiosk, or ticked by the lead, who then confirms neither", async () => {
  const { activity, shift } = await one();
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  clock("09:00");
  const kiosk = (how: "checkIn" | "checkOut") =>
    codeOf(
      bank.services.attendance[how](charity.lead, {
        idempotencyKey: bank.key(),
        shiftId: shift.id,
        volunteerNo: "V-1",
        kiosk: true,
      }).then((done) => done.value),
    );
  expect(await kiosk("checkIn")).toMatchObject({ method: "KIOSK" });
  expect(await charity.tick(hua, shift)).toMatchObject({ method: "LEAD" });
  expect(await charity.tick(hua, shift, await bank.actorOf(mei))).toBe("NOT_PERMITTED");
  clock("11:00");
  expect(await kiosk("checkOut")).toMatchObject({ outcome: "RECORDED" });
  await bank.services.attendance.checkOut(charity.lead, {
    idempotencyKey: bank.key(),
    shiftId: shift.id,
    volunteerId: hua.id,
  });
  const waiting = await bank.services.attendance.waitingRecords(charity.lead, activity.id);
  expect(await bank.confirm(charity.lead, ...waiting)).toEqual(["SAME_PERSON", "SAME_PERSON"]);
  expect(await bank.confirm(bank.supervisor, ...waiting)).toEqual(["POSTED", "POSTED"]);
});

test("a lead who serves too does not tick, resolve or confirm themselves", async () => {
  const { activity, shift } = await one();
  const lead = await bank.volunteer("V-1");
  await bank.grant(lead.personId, "ACTIVITY_LEAD", bank.station.id);
  const actor = await bank.actorOf(lead);
  clock("09:00");
  expect(await charity.tick(lead, shift, actor)).toBe("SELF_CONFIRMATION");
  expect(await charity.checkIn(lead, shift)).toMatchObject({ method: "CODE" });
  clock("11:00");
  expect(await charity.checkOut(lead, shift)).toMatchObject({ outcome: "RECORDED" });
  const waiting = await bank.services.attendance.waitingRecords(actor, activity.id);
  expect(await bank.confirm(actor, ...waiting)).toEqual(["SELF_CONFIRMATION"]);
  // Their own station's staff: somebody from elsewhere confirms.
  expect(await bank.confirm(bank.supervisor, ...waiting)).toEqual(["OWN_STAFF"]);
  expect(await bank.confirm(bank.officer, ...waiting)).toEqual(["POSTED"]);
});

test("who comes without having signed up takes a free place, and none when there is none", async () => {
  const { shift } = await one({ shift: { capacity: 1 } });
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  clock("09:00");
  expect(await charity.checkIn(mei, shift)).toMatchObject({ outcome: "OPEN" });
  expect(await charity.checkIn(hua, shift)).toBe("SHIFT_FULL");
  expect(await totals()).toMatchObject({ volunteers: 1, checkedIn: 1 });
});

test("hours that clash with another record are left to the lead, and recorded once the clash is gone", async () => {
  const { activity, shift } = await one();
  const [mei] = (await people("V-1")) as [Volunteer];
  clock("09:00");
  await charity.checkIn(mei, shift);
  clock("11:30");
  const other = await bank.log("V-1", charityDay, "10:00", "11:15");
  const left = (await charity.checkOut(mei, shift)) as StoredAttendance;
  expect(left).toMatchObject({ outcome: "MISSING_RECORD", recordId: null });
  await advance(charity.lead, activity.id, "END");
  expect(await advance(charity.lead, activity.id, "CLOSE")).toBe("ACTIVITY_UNRESOLVED");
  await bank.services.hours.void(bank.worker, { recordId: other.id as string, reason: "误录" });
  const resolved = { signUpId: left.signUpId, outcome: "COMPLETED", reason: "已核对" } as const;
  expect(await bank.services.attendance.resolve(charity.lead, resolved)).toMatchObject({ state: "COMPLETED" });
  expect((await bank.store.view.attendances([left.id])).get(left.id)).toMatchObject({ outcome: "RECORDED" });
  expect(await advance(charity.lead, activity.id, "CLOSE")).toBe("ACTIVITY_UNRESOLVED"); // it waits to be confirmed
  await bank.confirm(bank.supervisor, ...(await bank.services.attendance.waitingRecords(charity.lead, activity.id)));
  expect(await advance(charity.lead, activity.id, "CLOSE")).toBe("CLOSED");
});

test("what nobody saw is entered on the lead's word; after ten working days it is back-filled, and takes two", async () => {
  const { activity, shift } = await one();
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  const signUps = [await charity.signUp(mei, shift), await charity.signUp(hua, shift)] as StoredSignUp[];
  clock("12:00");
  await advance(charity.lead, activity.id, "START");
  await advance(charity.lead, activity.id, "END");
  expect(await stateOf(signUps[0])).toBe("NO_SHOW");
  const resolve = (i: number, more = {}) =>
    codeOf(
      bank.services.attendance
        .resolve(charity.lead, {
          signUpId: signUps[i]?.id as string,
          outcome: "COMPLETED",
          endedAt: at(charityDay, "11:00"),
          reason: "在场但未签到",
          ...more,
        })
        .then(({ state }) => state),
    );
  expect(await resolve(0)).toBe("COMPLETED");
  clock("12:00", "2026-09-22");
  expect(await resolve(1)).toBe("BACKFILL_NEEDS_EVIDENCE");
  expect(await resolve(1, { evidence: [{ kind: "PHOTO", ref: "照片 3" }] })).toBe("COMPLETED");
  const records = await bank.store.view.records(
    await bank.services.attendance.waitingRecords(charity.lead, activity.id),
  );
  expect([...records.values()].map(({ origin, confirmationsNeeded }) => [origin, confirmationsNeeded]).sort()).toEqual([
    ["BACKFILLED", 2],
    ["ENTERED", 1],
  ]);
});

test("a check-in that was none is taken back, and the totals with it", async () => {
  const { activity, shift } = await one();
  const [mei] = (await people("V-1")) as [Volunteer];
  clock("09:00");
  const attendance = (await charity.checkIn(mei, shift)) as StoredAttendance;
  expect(await totals()).toMatchObject({ checkedIn: 1, volunteers: 1 });
  clock("12:00");
  const resolved = { signUpId: attendance.signUpId, outcome: "NO_SHOW", malicious: true, reason: "代签" } as const;
  await bank.services.attendance.resolve(charity.lead, resolved);
  expect(await totals()).toMatchObject({ checkedIn: 0, volunteers: 0 });
  expect(await advance(charity.lead, activity.id, "END")).toBe("RECORDING");
  expect(await advance(charity.lead, activity.id, "CLOSE")).toBe("CLOSED");
});

test("the totals follow a record through objection, adjustment and reversal, and the pool's share with it", async () => {
  await bank.services.policies.set(bank.officer, {
    idempotencyKey: bank.key(),
    key: "credit.balanceCapMinutes",
    value: 60,
    effectiveFrom: "2026-08-20",
    citation: "试验",
  });
  const { activity, shift } = await one();
  const [mei] = (await people("V-1")) as [Volunteer];
  clock("09:00");
  await charity.checkIn(mei, shift);
  clock("11:00");
  await charity.checkOut(mei, shift);
  expect(await totals()).toMatchObject({ serviceMinutes: 120, donatedMinutes: 0 });
  const [recordId] = (await bank.services.attendance.waitingRecords(charity.lead, activity.id)) as [string];
  await bank.confirm(charity.lead, recordId);
  expect(await totals()).toMatchObject({ serviceMinutes: 120, donatedMinutes: 60 });
  const of = { recordId, reason: "时长不符" };
  await bank.services.hours.dispute(await bank.actorOf(mei), { ...of, idempotencyKey: bank.key() });
  await bank.services.hours.resolve(bank.second, {
    ...of,
    idempotencyKey: bank.key(),
    outcome: "ADJUSTED",
    endedAt: at(charityDay, "10:30"),
  });
  expect(await totals()).toMatchObject({ serviceMinutes: 90, donatedMinutes: 30 });
  const replacement = (await bank.store.view.records([recordId])).get(recordId)?.replacedBy as string;
  await bank.services.hours.reverse(bank.officer, {
    recordId: replacement,
    reason: "代签",
    idempotencyKey: bank.key(),
  });
  expect(await totals()).toMatchObject({ serviceMinutes: 0, donatedMinutes: 0, checkedIn: 1 });
});

test("what nobody ended ends by itself, four hours after its last shift", async () => {
  const { activity, shift } = await one();
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  await charity.signUp(hua, shift);
  clock("09:00");
  await charity.checkIn(mei, shift);
  clock("15:00");
  expect(await bank.services.activities.keepTime()).toEqual({ missed: 0, ended: 0, failed: [] });
  clock("15:01");
  expect(await bank.services.activities.keepTime()).toEqual({ missed: 1, ended: 1, failed: [] });
  expect(await bank.services.activities.keepTime()).toEqual({ missed: 0, ended: 0, failed: [] });
  expect((await bank.services.activities.many(charity.lead, [activity.id]))[0]?.state).toBe("RECORDING");
  expect(await bank.services.activities.unresolved(charity.lead, activity.id)).toMatchObject({ missingCheckOut: 1 });
  expect(await charity.checkOut(mei, shift)).toBe("OUTSIDE_WINDOW");
});

test("F17: a disclosure that is overdue stands on the officer's list until it is made", async () => {
  const { activity } = await one();
  const facts = {
    activityId: activity.id,
    planFilingNo: "备案-1",
    permitNo: "证书-1",
    organizationName: "慈善总会",
    howToQuery: "慈善中国",
    filedOn: "2026-08-20",
    endsOn: "2026-10-31",
  };
  const set = (more = {}) =>
    codeOf(bank.services.fundraising.set(charity.admin, { ...facts, ...more }).then(() => "set"));
  expect(await set({ startsOn: "2026-08-26" })).toBe("PLAN_FILED_LATE");
  expect(await set({ startsOn: "2026-08-26", emergency: true })).toBe("set");
  expect(await set({ startsOn: "2026-09-05", emergency: false })).toBe("set");
  const list = async () => (await bank.services.fundraising.overdue(bank.officer, { first: 10 })).edges.length;
  clock("09:00", "2027-01-31");
  expect(await list()).toBe(0);
  clock("09:00", "2027-02-01");
  expect(await list()).toBe(1);
  expect((await bank.services.fundraising.of([activity.id]))[0]?.state).toBe("OVERDUE");
  expect(await codeOf(bank.services.fundraising.overdue(bank.supervisor, { first: 10 }))).toBe("NOT_PERMITTED");
  expect(await set({ disclosedOn: "2027-02-01" })).toBe("set");
  expect(await list()).toBe(0);
});

test("nobody logs hours under an attendance's own reference", async () => {
  await people("V-1");
  clock("12:00");
  expect(await bank.log("V-1", charityDay, "09:00", "11:00", { externalRef: "attendance_01" })).toEqual({
    id: null,
    code: "INVALID_INPUT",
  });
});

test("a code belongs to its shift alone", async () => {
  const { shift } = await one();
  const { shifts: others } = await charity.announce("garden");
  const [mei] = (await people("V-1")) as [Volunteer];
  clock("09:00");
  const { token } = await bank.services.attendance.code(charity.lead, (others[0] as Shift).id);
  expect(await charity.checkIn(mei, shift, { token })).toBe("CODE_EXPIRED");
  expect(token).not.toBe(codeAt(Buffer.alloc(32), slotOf(at(charityDay, "09:00"))).token);
});
