import type { Shift } from "../../src/domain/facts/activities";
import { audit } from "../../src/services/audit";
import type { StoredAttendance } from "../../src/storage/store";
import { openBank, type TestBank } from "../support/bank";
import { charityDay, openCharity, type TestCharity } from "../support/charity";
import { engines, origin } from "../support/engines";

/** The whole day, from the call to the posted credit, on both engines. */
describe.each(engines)("a charity day on $name", (engine) => {
  let bank: TestBank;
  let charity: TestCharity;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
    charity = await openCharity(bank);
  });
  afterEach(() => bank.close());

  const clock = (time: string) => bank.setClock(`${charityDay}T${time}:00+08:00`);

  test("ends in posted credit, and every number adds up", async () => {
    const { activities, attendance } = bank.services;
    const { activity, shifts } = await charity.announce("square");
    const shift = shifts[0] as Shift;
    const people = await Promise.all(["V-1", "V-2", "V-3", "V-4"].map((no) => bank.volunteer(no)));
    const [mei, hua, lin, bo] = people as [
      (typeof people)[0],
      (typeof people)[0],
      (typeof people)[0],
      (typeof people)[0],
    ];
    const states = [];
    for (const person of people) states.push(await charity.signUp(person, shift));
    expect(states.map((state) => (state as { state: string }).state)).toEqual([
      "ACCEPTED",
      "ACCEPTED",
      "ACCEPTED",
      "WAITLISTED",
    ]);

    // Lin withdraws in time; Bo, who waited, moves up by herself.
    const withdrawn = (states[2] as { id: string }).id;
    await bank.services.signUps.withdraw(await bank.actorOf(lin), { signUpId: withdrawn });
    const waiting = (states[3] as { id: string }).id;
    expect((await bank.store.view.signUps([waiting])).get(waiting)?.state).toBe("ACCEPTED");

    clock("08:50");
    expect(await charity.checkIn(mei, shift)).toMatchObject({ method: "CODE", outcome: "OPEN" });
    expect(await charity.checkIn(mei, shift)).toBe("ALREADY_CHECKED_IN");
    clock("09:10");
    expect(await charity.tick(hua, shift)).toMatchObject({ method: "LEAD" });
    expect(await charity.checkIn(bo, shift)).toMatchObject({ outcome: "OPEN" });
    expect((await activities.many(charity.lead, [activity.id]))[0]?.state).toBe("ONGOING");
    expect((await activities.totals([charity.campaign.id]))[0]).toMatchObject({
      activities: 1,
      organizations: 1,
      volunteers: 3,
      checkedIn: 3,
      serviceMinutes: 0,
    });

    // Bo leaves after half an hour of two: under 60 % there is no record.
    clock("09:45");
    expect(await charity.checkOut(bo, shift)).toMatchObject({ outcome: "TOO_SHORT", recordId: null });
    clock("11:05");
    const left = (await charity.checkOut(mei, shift)) as StoredAttendance;
    expect(left.outcome).toBe("RECORDED");
    await activities.advance(charity.lead, { activityId: activity.id, action: "END" });
    expect(await activities.unresolved(charity.lead, activity.id)).toEqual({
      missingCheckOut: 1,
      missingRecord: 0,
      recordsWaiting: 1,
    });
    const signUp = (states[1] as { id: string }).id;
    await attendance.resolving.resolve(charity.lead, {
      signUpId: signUp,
      outcome: "COMPLETED",
      endedAt: Date.parse(`${charityDay}T11:00:00+08:00`),
      reason: "忘记签退",
    });

    // The lead confirms in bulk; what the lead ticked needs somebody else.
    const waitingIds = await attendance.waitingRecords(charity.lead, activity.id);
    expect(waitingIds).toHaveLength(2);
    expect(await bank.confirm(charity.lead, ...waitingIds)).toEqual(["POSTED", "SAME_PERSON"]);
    expect(await bank.confirm(bank.supervisor, waitingIds[1] as string)).toEqual(["POSTED"]);
    await activities.advance(charity.lead, { activityId: activity.id, action: "CLOSE" });

    expect(await bank.credited("V-1")).toMatchObject({ posted: 120, service: 120 });
    expect(await bank.credited("V-2")).toMatchObject({ posted: 90, service: 110 });
    expect((await activities.totals([charity.campaign.id]))[0]).toMatchObject({
      volunteers: 3,
      checkedIn: 3,
      serviceMinutes: 230,
    });
    expect(await bank.postings()).toBe(
      [
        "| day | kind | debit | credit | minutes |",
        "| 2026-09-05 | EARN | ISSUANCE | V-1 | 120 |",
        "| 2026-09-05 | EARN | ISSUANCE | V-2 | 90 |",
      ].join("\n"),
    );
    expect((await bank.store.snapshot((view) => audit(view, origin))).findings).toEqual([]);
  });
});
