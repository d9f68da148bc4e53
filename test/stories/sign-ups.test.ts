import type { Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import type { StoredSignUp } from "../../src/storage/store";
import { at, type TestBank } from "../support/bank";
import { codeOf } from "../support/outcomes";
import { advance, announced, bank, charity, clock, people, stateOf, totals } from "../support/story";

test("the waiting list moves up by itself, past volunteers who are promised elsewhere at that time", async () => {
  const { shift } = await announced({ shift: { capacity: 1 } });
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
  expect(
    await bank.services.signUps.reading.positions([(second as StoredSignUp).id, (again as StoredSignUp).id]),
  ).toEqual([1, 2]);
});

test("F05: a guardian decides alone, and a child under 14 comes with an adult", async () => {
  const { shift } = await announced({ serviceType: "ENVIRONMENT", openToMinors: true });
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

test("the cost of a withdrawal is shown before it, and is then the cost", async () => {
  const { shift } = await announced({ shift: { capacity: 1 } });
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  const [first, second] = [await charity.signUp(mei, shift), await charity.signUp(hua, shift)] as [
    StoredSignUp,
    StoredSignUp,
  ];
  const cost = async (who: TestBank["worker"], signUp: { id: string }) =>
    (await bank.services.signUps.reading.withdrawalCosts(who, [signUp.id]))[0];
  const self = await bank.actorOf(mei);
  // The shift is on 5 September at nine: until nine the day before the place can be given back.
  const freeUntil = at("2026-09-04", "09:00");
  const free = { countsAsNoShow: false, freeUntil, lateHours: 24, noShows: 0, noShowsMost: 5 };
  expect(await cost(self, first)).toEqual(free);
  expect(await cost(await bank.actorOf(hua), second)).toEqual({ ...free, freeUntil: null }); // who waits loses nothing
  expect(await cost(charity.lead, first)).toEqual({ ...free, noShows: null, noShowsMost: null });
  expect(await cost(await bank.actorOf(hua), first)).toBeNull();
  clock("09:00", "2026-09-04");
  expect(await cost(self, first)).toEqual(free);
  clock("09:01", "2026-09-04");
  expect(await cost(self, first)).toEqual({ ...free, countsAsNoShow: true });
  expect(await bank.services.signUps.withdraw(self, { signUpId: first.id })).toMatchObject({ late: true });
  expect(await cost(self, first)).toBeNull(); // nothing is left to take back
  // Hua moved up too late to say so a day before: that costs nothing, until the shift is over.
  expect(await cost(await bank.actorOf(hua), second)).toEqual({ ...free, freeUntil: null });
  clock("11:00");
  expect(await cost(await bank.actorOf(hua), second)).toBeNull();
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
  const { shift } = await announced();
  expect(await charity.signUp(mei, shift)).toBe("TOO_MANY_NO_SHOWS");
  expect(await bank.services.signUps.reading.dueForDeregistration(bank.officer)).toEqual([
    { volunteerId: mei.id, noShows: 5, malicious: 0 },
  ]);
  const excuse = { signUpId: missed[3]?.id as string, outcome: "EXCUSED", reason: "住院" } as const;
  expect((await bank.services.attendance.resolving.resolve(charity.lead, excuse)).state).toBe("EXCUSED");
  expect(await charity.signUp(mei, shift)).toMatchObject({ state: "ACCEPTED" });
  expect(await bank.services.signUps.reading.dueForDeregistration(bank.officer)).toEqual([]);
});

test("a volunteer without a sign-up takes a free place, and none where there is none", async () => {
  const { shift } = await announced({ shift: { capacity: 1 } });
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  clock("09:00");
  expect(await charity.checkIn(mei, shift)).toMatchObject({ outcome: "OPEN" });
  expect(await charity.checkIn(hua, shift)).toBe("SHIFT_FULL");
  expect(await totals()).toMatchObject({ volunteers: 1, checkedIn: 1 });
});
