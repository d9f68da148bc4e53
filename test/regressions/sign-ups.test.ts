import type { Shift } from "../../src/domain/activities/machine";
import type { StoredSignUp } from "../../src/storage/store";
import { codeOf } from "../support/charity";
import { advance, bank, charity, clock, one, resolve, stateOf } from "../support/story";

/** What a review of activities and attendance found, each once. */
test("no-shows of a series are noted some hours after each shift", async () => {
  const { shifts } = await one({ shift: { repeatEveryDays: 7, repeatUntil: "2026-09-26" } });
  const missed = (await charity.signUp(await bank.volunteer("V-1"), shifts[0] as Shift)) as StoredSignUp;
  clock("15:01");
  expect(await bank.services.activities.keepTime()).toEqual({ missed: 1, ended: 0, failed: [] });
  expect(await stateOf(missed)).toBe("NO_SHOW");
});

test("nobody moves up into a shift that is over, nor withdraws from it; who moved up too late to know is not blamed", async () => {
  const { activity, shift } = await one({ shift: { capacity: 1 } });
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
  const { activity, shift } = await one();
  const mei = await bank.volunteer("V-1");
  const actor = await bank.actorOf(mei);
  const signUp = (await charity.signUp(mei, shift)) as StoredSignUp;
  clock("08:00");
  await advance(charity.lead, activity.id, "POSTPONE");
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
  await advance(charity.lead, activity.id, "START");
  await advance(charity.lead, activity.id, "END");
  expect(await stateOf(signUp)).toBe("WITHDRAWN");
});

test("a guardian is asked again for another day, and a change for the worse lets minors go", async () => {
  const given = { serviceType: "ENVIRONMENT", openToMinors: true };
  const { activity, shift } = await one(given);
  const child = await bank.volunteer("V-9", { birthDate: "2010-01-01", guardian: true });
  const signUp = (await charity.signUp(child, shift)) as StoredSignUp;
  await bank.services.signUps.decideConsent(bank.worker, { signUpId: signUp.id, consent: true });
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
