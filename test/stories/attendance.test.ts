import SQLite from "better-sqlite3";
import { codeOf as codeAt, slotOf } from "../../src/domain/activities/attendance";
import type { Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import type { StoredAttendance, StoredSignUp } from "../../src/storage/store";
import { at } from "../support/bank";
import { charityDay } from "../support/charity";
import { codeOf } from "../support/outcomes";
import { advance, announced, bank, charity, clock, people, resolve, stateOf, totals } from "../support/story";

test("a code is used once a person, and leaving takes another one", async () => {
  const { shift } = await announced();
  const [mei] = (await people("V-1")) as [Volunteer];
  await charity.signUp(mei, shift);
  clock("09:00");
  const { token } = await bank.services.attendance.screen.code(charity.lead, shift.id);
  expect(await charity.checkIn(mei, shift, { token })).toMatchObject({ method: "CODE" });
  expect(await charity.checkOut(mei, shift, { token })).toBe("CODE_USED");
  clock("10:30");
  expect(await charity.checkOut(mei, shift, { token })).toBe("CODE_EXPIRED");
  // As the camera reads it: the page's whole address.
  const now = (await bank.services.attendance.screen.code(charity.lead, shift.id)).token;
  const scanned = `https://goodhours.example/in/${shift.id}?t=${now}`;
  expect(await charity.checkOut(mei, shift, { token: scanned })).toMatchObject({ outcome: "RECORDED" });
  expect(await charity.checkOut(mei, shift)).toBe("NOT_CHECKED_IN");
});

test("a person who guesses digits waits after ten tries", async () => {
  const { shift } = await announced();
  const [mei] = (await people("V-1")) as [Volunteer];
  clock("09:00");
  const { digits } = await bank.services.attendance.screen.code(charity.lead, shift.id);
  const wrong = digits === "000000" ? "000001" : "000000";
  for (let i = 0; i < 10; i += 1) expect(await charity.checkIn(mei, shift, { digits: wrong })).toBe("CODE_EXPIRED");
  expect(await charity.checkIn(mei, shift, { digits })).toBe("TOO_MANY_TRIES");
  clock("09:05");
  const next = await bank.services.attendance.screen.code(charity.lead, shift.id);
  expect(await charity.checkIn(mei, shift, { digits: next.digits })).toMatchObject({ method: "DIGITS" });
});

test("sent later: the code of that time, at most twelve hours ago, and marked", async () => {
  const { activity, shift } = await announced();
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  await charity.signUp(mei, shift);
  clock("09:05");
  const { token } = await bank.services.attendance.screen.code(charity.lead, shift.id);
  clock("10:58");
  const leaving = (await bank.services.attendance.screen.code(charity.lead, shift.id)).token;
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
  const { shift } = await announced({ shift: { latitude: 29.81, longitude: 120.41, radiusMetres: 300 } });
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
    expect(all).toContain(shift.id);
    // The venue itself is sealed, and the phones' positions are nowhere.
    expect(all).not.toMatch(/29\.?81(12|0000)|120\.?41(12|0000)|29\.9/);
  } finally {
    file.close();
  }
});

test("without a phone: by number at the kiosk, or ticked by the lead, who then confirms neither", async () => {
  const { activity, shift } = await announced();
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
  expect(await kiosk("checkIn")).toBe("VOLUNTEER_NOT_FOUND"); // a screen knows its list alone
  await charity.signUp(mei, shift);
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
  const { activity, shift } = await announced();
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

test("hours that clash with another record are left to the lead, and recorded once the clash is gone", async () => {
  const { activity, shift } = await announced();
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
  expect(await bank.services.attendance.resolving.resolve(charity.lead, resolved)).toMatchObject({
    state: "COMPLETED",
  });
  expect((await bank.store.view.attendances([left.id])).get(left.id)).toMatchObject({ outcome: "RECORDED" });
  expect(await advance(charity.lead, activity.id, "CLOSE")).toBe("ACTIVITY_UNRESOLVED"); // it waits to be confirmed
  await bank.confirm(bank.supervisor, ...(await bank.services.attendance.waitingRecords(charity.lead, activity.id)));
  expect(await advance(charity.lead, activity.id, "CLOSE")).toBe("CLOSED");
});

test("an attendance that nobody saw is entered by the lead; after ten working days it is back-filled, and takes two people", async () => {
  const { activity, shift } = await announced();
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  const signUps = [await charity.signUp(mei, shift), await charity.signUp(hua, shift)] as StoredSignUp[];
  clock("12:00");
  await advance(charity.lead, activity.id, "START");
  await advance(charity.lead, activity.id, "END");
  expect(await stateOf(signUps[0])).toBe("NO_SHOW");
  const resolve = (i: number, more = {}) =>
    codeOf(
      bank.services.attendance.resolving
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
  const { activity, shift } = await announced();
  const [mei] = (await people("V-1")) as [Volunteer];
  clock("09:00");
  const attendance = (await charity.checkIn(mei, shift)) as StoredAttendance;
  expect(await totals()).toMatchObject({ checkedIn: 1, volunteers: 1 });
  clock("12:00");
  const resolved = { signUpId: attendance.signUpId, outcome: "NO_SHOW", malicious: true, reason: "代签" } as const;
  expect(await codeOf(bank.services.attendance.resolving.resolve(charity.lead, resolved))).toBe("NOT_PERMITTED");
  await bank.services.attendance.resolving.resolve(bank.supervisor, resolved);
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
  const { activity, shift } = await announced();
  const [mei] = (await people("V-1")) as [Volunteer];
  clock("09:00");
  await charity.checkIn(mei, shift);
  clock("11:00");
  await charity.checkOut(mei, shift);
  expect(await totals()).toMatchObject({ serviceMinutes: 0, donatedMinutes: 0 }); // nobody has confirmed it yet
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

test("nobody logs hours under an attendance's own reference", async () => {
  await people("V-1");
  clock("12:00");
  expect(await bank.log("V-1", charityDay, "09:00", "11:00", { externalRef: "attendance_01" })).toEqual({
    id: null,
    code: "INVALID_INPUT",
  });
});

test("a code belongs to its shift alone", async () => {
  const { shift } = await announced();
  const { shifts: others } = await charity.announce("garden");
  const [mei] = (await people("V-1")) as [Volunteer];
  clock("09:00");
  const { token } = await bank.services.attendance.screen.code(charity.lead, (others[0] as Shift).id);
  expect(await charity.checkIn(mei, shift, { token })).toBe("CODE_EXPIRED");
  expect(token).not.toBe(codeAt(Buffer.alloc(32), slotOf(at(charityDay, "09:00"))).token);
});

/** Mei, who checked in at nine and pressed the wrong button a minute later. */
async function pressedTooSoon() {
  const { activity, shift } = await announced();
  const [mei] = (await people("V-1")) as [Volunteer];
  await charity.signUp(mei, shift);
  clock("09:00");
  const { signUpId } = (await charity.checkIn(mei, shift)) as StoredAttendance;
  clock("09:01");
  expect(await charity.checkOut(mei, shift)).toMatchObject({ outcome: "TOO_SHORT" });
  return { activity, shift, mei, self: await bank.actorOf(mei), signUpId };
}
const reopen = (actor: Actor, shift: Shift, more: object = {}) =>
  codeOf(
    bank.services.attendance
      .reopen(actor, { idempotencyKey: bank.key(), shiftId: shift.id, ...more })
      .then((done) => done.value),
  );

test("a check-out pressed by mistake is taken back while the shift runs, and the whole time counts", async () => {
  const { activity, shift, mei, self, signUpId } = await pressedTooSoon();
  const key = { idempotencyKey: bank.key(), shiftId: shift.id };
  clock("09:40");
  const done = await bank.services.attendance.reopen(self, key);
  expect(done.value).toMatchObject({ outcome: "OPEN", checkedOutAt: null, checkedInAt: at(charityDay, "09:00") });
  expect((await bank.services.attendance.reopen(self, key)).replayed).toBe(true);
  expect(await stateOf({ id: signUpId })).toBe("CHECKED_IN");
  expect(await reopen(self, shift)).toBe("ILLEGAL_TRANSITION"); // they are there already
  expect(await totals()).toMatchObject({ checkedIn: 1, signedUp: 1, volunteers: 1 });
  clock("11:00");
  expect(await charity.checkOut(mei, shift)).toMatchObject({ outcome: "RECORDED" });
  const [recordId] = (await bank.services.attendance.waitingRecords(charity.lead, activity.id)) as [string];
  const record = (await bank.store.view.records([recordId])).get(recordId);
  expect(record).toMatchObject({ serviceMinutes: 120, origin: "CHECKED_IN", confirmationsNeeded: 1 });
  expect((await bank.services.signUps.reading.history(self, [signUpId]))[0]?.map(({ action }) => action)).toEqual([
    "APPLY",
    "CHECK_IN",
    "CHECK_OUT",
    "REOPEN",
    "CHECK_OUT",
  ]);
  expect(await reopen(self, shift)).toBe("OUTSIDE_WINDOW"); // at the end of the shift it is too late
});

test("taking a check-out back voids its record, unless another person has confirmed the hours", async () => {
  const { activity, shift } = await announced();
  const [mei, hua] = (await people("V-1", "V-2")) as [Volunteer, Volunteer];
  clock("09:00");
  for (const volunteer of [mei, hua]) await charity.checkIn(volunteer, shift);
  clock("10:20");
  const first = (await charity.checkOut(mei, shift)) as StoredAttendance;
  const other = (await charity.checkOut(hua, shift)) as StoredAttendance;
  await bank.confirm(charity.lead, other.recordId as string);
  expect(await reopen(await bank.actorOf(hua), shift)).toBe("ILLEGAL_TRANSITION");
  expect(await reopen(await bank.actorOf(mei), shift)).toMatchObject({ outcome: "OPEN", recordId: null });
  clock("11:00");
  const again = (await charity.checkOut(mei, shift)) as StoredAttendance;
  const records = await bank.store.view.records([first.recordId as string, again.recordId as string]);
  expect([...records.values()].map(({ state, serviceMinutes }) => [state, serviceMinutes])).toEqual([
    ["VOIDED", 80],
    ["SUBMITTED", 120],
  ]);
  expect(await bank.services.attendance.waitingRecords(charity.lead, activity.id)).toEqual([again.recordId]);
});

test("the lead and the kiosk take a check-out back too; nobody else, and nobody for themselves as a lead", async () => {
  const { activity, shift, mei, self } = await pressedTooSoon();
  const [hua] = (await people("V-2")) as [Volunteer];
  expect(await reopen(await bank.actorOf(hua), shift, { volunteerId: mei.id })).toBe("NOT_PERMITTED");
  expect(await reopen(await bank.actorOf(hua), shift)).toBe("NOT_CHECKED_IN");
  expect(await reopen(self, shift, { volunteerId: mei.id })).toBe("NOT_PERMITTED");
  expect(await reopen(charity.lead, shift, { volunteerNo: "V-1", kiosk: true })).toMatchObject({ outcome: "OPEN" });
  clock("09:05");
  await charity.checkOut(mei, shift);
  expect(await reopen(charity.lead, shift, { volunteerId: mei.id })).toMatchObject({ outcome: "OPEN" });
  const notices = await bank.services.notices.list(self, true, { first: 5 });
  expect(notices.edges[0]?.node).toMatchObject({ kind: "ACTIVITY", action: "REOPEN" });
  clock("09:10");
  await charity.checkOut(mei, shift);
  await advance(charity.lead, activity.id, "END");
  expect(await reopen(self, shift)).toBe("SIGN_UP_CLOSED"); // the lead has sent everybody home
});

test("a volunteer who has gone on to another place is not counted as back here", async () => {
  const { shift, mei, self } = await pressedTooSoon();
  const { shifts: others } = await charity.announce("garden");
  expect(await charity.checkIn(mei, others[0] as Shift)).toMatchObject({ outcome: "OPEN" });
  expect(await reopen(self, shift)).toBe("DOUBLE_BOOKED");
  clock("09:20");
  await charity.checkOut(mei, others[0] as Shift);
  expect(await reopen(self, shift)).toBe("DOUBLE_BOOKED"); // they were there in between
});

test("after the shift the lead enters when a volunteer left: without a record, and with one that waits", async () => {
  const { activity, shift, signUpId } = await pressedTooSoon();
  const [hua] = (await people("V-2")) as [Volunteer];
  await charity.checkIn(hua, shift);
  clock("10:20");
  const early = (await charity.checkOut(hua, shift)) as StoredAttendance;
  clock("12:00");
  const left = { endedAt: at(charityDay, "11:00") };
  expect(await resolve(signUpId, "COMPLETED", left)).toBe("COMPLETED");
  expect(await resolve(early.signUpId, "COMPLETED", left)).toBe("COMPLETED");
  expect(await resolve(early.signUpId, "COMPLETED", left)).toBe("COMPLETED"); // the same again changes nothing
  const waiting = await bank.services.attendance.waitingRecords(charity.lead, activity.id);
  const records = [...(await bank.store.view.records(waiting)).values()];
  expect(records.map(({ serviceMinutes }) => serviceMinutes).sort()).toEqual([119, 120]);
  expect((await bank.store.view.records([early.recordId as string])).get(early.recordId as string)?.state).toBe(
    "VOIDED",
  );
  expect(await bank.confirm(bank.supervisor, ...waiting)).toEqual(["POSTED", "POSTED"]);
  expect(await resolve(early.signUpId, "COMPLETED", { endedAt: at(charityDay, "10:40") })).toBe("ILLEGAL_TRANSITION");
});
