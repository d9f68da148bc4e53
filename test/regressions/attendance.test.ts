import type { Shift } from "../../src/domain/facts/activities";
import { openServices } from "../../src/services";
import type { StoredAttendance, StoredRecord, StoredSignUp } from "../../src/storage/store";
import { at } from "../support/bank";
import { charityDay } from "../support/charity";
import { codeOf } from "../support/outcomes";
import { announced, bank, charity, clock, resolve, totals } from "../support/story";

/** What a review of activities and attendance found, each once. */
test("a check-in is taken back once and counted again once, however often the lead looks", async () => {
  const { activity, shift } = await announced();
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
  expect(await totals()).toMatchObject({ checkedIn: 1, serviceMinutes: 0 });
  await bank.confirm(bank.supervisor, ...(await bank.services.attendance.waitingRecords(charity.lead, activity.id)));
  expect(await totals()).toMatchObject({ checkedIn: 1, serviceMinutes: 120 });
});

test("a check-in sent late does not undo a no-show that the lead has decided", async () => {
  const { shift } = await announced();
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  const { token } = await bank.services.attendance.screen.code(charity.lead, shift.id);
  const attendance = (await charity.checkIn(mei, shift, { token })) as StoredAttendance;
  clock("11:30");
  await resolve(attendance.signUpId, "NO_SHOW");
  expect(await charity.checkIn(mei, shift, { token, at: at(charityDay, "09:00") })).toBe("SIGN_UP_CLOSED");
});

test("a record of an attendance is corrected within it, never made longer", async () => {
  const { activity, shift } = await announced();
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
  const { shift } = await announced({ contact: "联".repeat(200) });
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  await charity.checkIn(mei, shift);
  clock("11:00");
  expect(await charity.checkOut(mei, shift)).toMatchObject({ outcome: "RECORDED" });
});

test("a lead's later word is entered, not checked in: neither as a kiosk's nor for the end", async () => {
  const { shift } = await announced();
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
  const { shift } = await announced();
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  const actor = await bank.actorOf(mei);
  const { digits } = await bank.services.attendance.screen.code(charity.lead, shift.id);
  const wrong = digits === "000000" ? "000001" : "000000";
  const guess = (i: number) =>
    codeOf(bank.services.attendance.checkIn(actor, { idempotencyKey: `g-${i}`, shiftId: shift.id, digits: wrong }));
  const found = await Promise.all(Array.from({ length: 40 }, (_, i) => guess(i)));
  expect(found.filter((code) => code === "CODE_EXPIRED")).toHaveLength(10);
  expect(found.filter((code) => code === "TOO_MANY_TRIES")).toHaveLength(30);
  // The pause uses up no key, and an answered one is answered again.
  expect(await guess(0)).toBe("CODE_EXPIRED");
  // Another process in front of the same bank counts on from there.
  const store = await bank.ground.open(bank.options.clock);
  const { attendance } = openServices({ ...bank.options, store });
  const there = attendance.checkIn(actor, { idempotencyKey: "there", shiftId: shift.id, digits });
  expect(await codeOf(there)).toBe("TOO_MANY_TRIES");
  await store.close();
});

test("one mis-scan does not end an attendance: the lead says when they left", async () => {
  const { shift } = await announced();
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
  const { shift } = await announced();
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

test("equal devices are seen within one activity, and are strangers in the next", async () => {
  const { shift } = await announced();
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

test("nobody is in two places at once, however late it is said", async () => {
  const { shift } = await announced();
  const garden = await charity.announce("garden");
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  const other = garden.shifts[0] as Shift;
  const { token } = await bank.services.attendance.screen.code(charity.lead, other.id);
  await charity.checkIn(mei, shift);
  clock("11:00");
  await charity.checkOut(mei, shift);
  expect(await charity.checkIn(mei, other, { token, at: at(charityDay, "09:00") })).toBe("DOUBLE_BOOKED");
  expect(await totals()).toMatchObject({ checkedIn: 1 });
});

test("an attendance whose record was rejected or voided is settled anew, under a reference of its own", async () => {
  const { activity, shift } = await announced();
  const [mei, hua] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
  clock("09:00");
  const [faked, lost] = [
    (await charity.checkIn(mei, shift)) as StoredAttendance,
    (await charity.checkIn(hua, shift)) as StoredAttendance,
  ];
  clock("11:00");
  for (const one of [mei, hua]) await charity.checkOut(one, shift);
  expect(await resolve(faked.signUpId, "NO_SHOW")).toBe("ILLEGAL_TRANSITION"); // its record still stands
  const [rejected, voided] = (await bank.services.attendance.waitingRecords(charity.lead, activity.id)) as [
    string,
    string,
  ];
  await bank.services.hours.reject(bank.supervisor, { recordId: rejected, reason: "代签" });
  await bank.services.hours.void(await bank.actorOf(hua), { recordId: voided, reason: "误点" });
  expect(await resolve(faked.signUpId, "NO_SHOW")).toBe("NO_SHOW");
  expect(await resolve(lost.signUpId, "COMPLETED", { endedAt: at(charityDay, "11:00") })).toBe("COMPLETED");
  expect(await totals()).toMatchObject({ checkedIn: 1, serviceMinutes: 0 });
  const again = await bank.services.attendance.waitingRecords(charity.lead, activity.id);
  expect(await bank.confirm(bank.supervisor, ...again)).toEqual(["POSTED"]);
  expect(await totals()).toMatchObject({ checkedIn: 1, serviceMinutes: 120 });
  expect((await bank.store.view.records(again)).get(again[0] as string)?.externalRef).toBe(`${lost.id}_2`);
});

test("a volunteer who was let in keeps their hours", async () => {
  const { activity, shift } = await announced();
  const [mei, hua] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
  const away = (await charity.signUp(hua, shift)) as StoredSignUp;
  clock("09:00");
  await charity.checkIn(mei, shift);
  clock("10:50");
  for (const { id } of [mei, hua])
    await bank.services.volunteers.advance(bank.supervisor, { volunteerId: id, action: "SUSPEND", reason: "调查" });
  clock("11:00");
  expect(await charity.checkOut(mei, shift)).toMatchObject({ outcome: "RECORDED" });
  expect(await resolve(away.id, "COMPLETED", { endedAt: at(charityDay, "11:00") })).toBe("VOLUNTEER_NOT_FOUND");
  expect(await bank.services.activities.unresolved(charity.lead, activity.id)).toMatchObject({ recordsWaiting: 1 });
});

test("an objection makes no attendance longer than it was", async () => {
  const { activity, shift } = await announced();
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  await charity.checkIn(mei, shift);
  clock("11:00");
  await charity.checkOut(mei, shift);
  const [recordId] = (await bank.services.attendance.waitingRecords(charity.lead, activity.id)) as [string];
  await bank.confirm(bank.supervisor, recordId);
  const objection = { recordId, reason: "时长" };
  await bank.services.hours.dispute(await bank.actorOf(mei), { ...objection, idempotencyKey: bank.key() });
  const adjusted = (id: string, endedAt: number, judge = bank.second) =>
    codeOf(
      bank.services.hours
        .resolve(judge, { ...objection, recordId: id, idempotencyKey: bank.key(), outcome: "ADJUSTED", endedAt })
        .then(({ value }) => value.replacedBy as string),
    );
  expect(await adjusted(recordId, at(charityDay, "17:00"))).toBe("INVALID_INTERVAL");
  const shorter = await adjusted(recordId, at(charityDay, "10:30"));
  // Nor does the record that took its place.
  await bank.services.hours.dispute(await bank.actorOf(mei), {
    ...objection,
    recordId: shorter,
    idempotencyKey: bank.key(),
  });
  expect(await adjusted(shorter, at(charityDay, "17:00"), bank.officer)).toBe("INVALID_INTERVAL");
  expect(await totals()).toMatchObject({ serviceMinutes: 90 });
});

test("a returned record waits for its author, and not for a confirmation", async () => {
  const { activity, shift } = await announced();
  const [mei, hua] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
  clock("09:00");
  for (const one of [mei, hua]) await charity.checkIn(one, shift);
  clock("11:00");
  for (const one of [mei, hua]) await charity.checkOut(one, shift);
  const waiting = () => bank.services.attendance.waitingRecords(charity.lead, activity.id);
  const [first, second] = await waiting();
  await bank.services.hours.giveBack(bank.supervisor, { recordId: first as string, reason: "地点" });
  expect(await waiting()).toEqual([second]);
  expect(await bank.services.activities.unresolved(charity.lead, activity.id)).toMatchObject({ recordsWaiting: 2 });
});

test("a reference of before there were attendances is a reference like any other", async () => {
  const mei = await bank.volunteer("V-1");
  clock("12:00");
  const { id } = await bank.log("V-1", charityDay, "09:00", "11:00", { externalRef: "x-1" });
  const older = (id as string).replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  await bank.store.write(async (tx) => {
    const {
      openedSeq: _,
      seq: __,
      ...facts
    } = (await tx.records([id as string])).get(id as string) as StoredRecord & {
      seq?: number;
    };
    const step = { ...facts, id: older, externalRef: "attendance_2025-001", version: 1, action: "SUBMIT" as const };
    await tx.append("system", { type: "RECORD_STEP", ...step, from: null, actorKind: "SYSTEM", reasonId: null });
  });
  expect(await bank.confirm(bank.supervisor, older)).toEqual(["POSTED"]);
  expect([(await bank.credited("V-1")).service, mei.volunteerNo, bank.store.halted]).toEqual([120, "V-1", false]);
});

test("a volunteer outside the venue comes nearer and presses again, with the same key", async () => {
  const { shift } = await announced({
    shift: { latitude: 29.7132, longitude: 120.2359, radiusMetres: 200 },
  });
  const mei = await bank.volunteer("V-1");
  clock("09:00");
  const there = { idempotencyKey: "press", latitude: 29.7132, longitude: 120.2359 };
  expect(await charity.checkIn(mei, shift, { ...there, latitude: 29.75 })).toBe("OUT_OF_AREA");
  expect(await charity.checkIn(mei, shift, there)).toMatchObject({ placeVerdict: "WITHIN" });
});
