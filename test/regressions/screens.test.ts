import type { Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import { openServices } from "../../src/services";
import { openBank, type TestBank } from "../support/bank";
import { charityDay, openCharity, type TestCharity } from "../support/charity";
import { engines } from "../support/engines";
import { codeOf } from "../support/outcomes";

/** 400 numbers typed at the venue's screen told 16 names, and a passer-by checked eight of eight people in and out. */
describe.each(engines)("the venue's screen on $name", (engine) => {
  let bank: TestBank;
  let charity: TestCharity;
  let shift: Shift;
  let mei: Volunteer;
  let old: Volunteer;
  beforeEach(async () => {
    bank = await openBank(engine, `${charityDay}T08:00:00+08:00`);
    charity = await openCharity(bank);
    shift = (await charity.announce("square")).shifts[0] as Shift;
    mei = await bank.volunteer("V-1", { phone: "138-0000-0061" });
    old = await bank.volunteer("V-2");
    for (const volunteer of [mei, old]) await charity.signUp(volunteer, shift);
    bank.setClock(`${charityDay}T09:00:00+08:00`);
  });
  afterEach(() => bank.close());

  const name = (volunteerNo: string, phoneEnds: string | null, services = bank.services) =>
    codeOf(services.attendance.screen.nameAtScreen(charity.lead, { shiftId: shift.id, volunteerNo, phoneEnds }));
  const check = (how: "checkIn" | "checkOut", volunteerNo: string, phoneEnds?: string) =>
    codeOf(
      bank.services.attendance[how](charity.lead, {
        idempotencyKey: bank.key(),
        shiftId: shift.id,
        volunteerNo,
        kiosk: true,
        phoneEnds,
      }).then(({ value }) => value.method),
    );

  test("knows people by their number and the end of their phone, and tells of nothing else", async () => {
    expect(await name("v－1", "６１")).toBe("志****1");
    // Wrong digits, none, a number that is not on the list and one that is nobody's are alike.
    for (const [no, ends] of [
      ["V-1", "62"],
      ["V-1", ""],
      ["V-9", "61"],
    ] as const)
      expect(await name(no, ends)).toBe("VOLUNTEER_NOT_FOUND");
    expect(await check("checkIn", "V-1", "61")).toBe("KIOSK");
    bank.setClock(`${charityDay}T11:00:00+08:00`);
    expect(await check("checkOut", "V-1", "00")).toBe("VOLUNTEER_NOT_FOUND");
    expect(await check("checkOut", "V-1", "61")).toBe("KIOSK");
  });

  test("knows people by the last four digits or more, where they are one person's on the list", async () => {
    const [hua, lan, far] = [
      await bank.volunteer("ZJ000010001", { phone: "13800000071" }),
      await bank.volunteer("ZJ000020001", { phone: "13800000072" }),
      await bank.volunteer("ZJ000030002", { phone: "13800000073" }),
    ];
    shift = (await charity.announce("hall", { shift: { capacity: 10 } })).shifts[0] as Shift;
    await charity.signUp(hua, shift);
    expect(await name("0001", "71")).toBe("志************1");
    for (const [no, ends] of [
      ["001", "71"], // too short
      ["0001", "72"], // another phone
      ["0002", "73"], // on no list: the end of a number says nothing of people elsewhere
      ["%001", "71"],
    ] as const) {
      bank.setClock(new Date(bank.services.now() + 600_000).toISOString());
      expect([no, await name(no, ends)]).toEqual([no, "VOLUNTEER_NOT_FOUND"]);
    }
    bank.setClock(`${charityDay}T10:00:00+08:00`);
    // Whoever is not on the list is told so for a whole number and the right digits alone.
    expect(await name("ZJ000030002", "73")).toBe("NOT_SIGNED_UP");
    expect(await name("ZJ000030002", "74")).toBe("VOLUNTEER_NOT_FOUND");
    expect(await check("checkIn", "0001", "71")).toBe("KIOSK");
    const { state } = (await bank.store.view.signUpsForShifts(hua.id, [shift.id])).get(shift.id) ?? {};
    expect(state).toBe("CHECKED_IN");
    // Two on the list end alike: neither is meant until one more digit tells them apart.
    bank.setClock(`${charityDay}T10:30:00+08:00`);
    await charity.tick(lan, shift);
    expect(await name("0001", "71")).toBe("VOLUNTEER_NOT_FOUND");
    expect(await name("10001", "71")).toBe("志************1");
    expect(far.state).toBe("ACTIVE");
  });

  test("a volunteer without a phone on file is let in by the lead", async () => {
    for (const ends of ["", "00", "61"]) expect(await check("checkIn", "V-2", ends)).toBe("VOLUNTEER_NOT_FOUND");
    // One press on the lead's list, or a lead who stands by and gives no digits.
    expect(await charity.tick(old, shift)).toMatchObject({ method: "LEAD" });
    expect(await check("checkIn", "V-1")).toBe("VOLUNTEER_NOT_FOUND");
  });

  test("counts its own tries: a hit forgets none, other processes count along, and many at once are not more", async () => {
    const other = openServices(bank.options);
    expect(await name("V-9", "61")).toBe("VOLUNTEER_NOT_FOUND");
    expect(await name("V-8", "61", other)).toBe("VOLUNTEER_NOT_FOUND");
    for (let i = 0; i < 20; i += 1) expect(await name("V-1", "61")).toBe("志****1");
    const burst = await Promise.all(
      Array.from({ length: 40 }, (_, i) => name(`V-${i + 10}`, "61", i % 2 ? other : undefined)),
    );
    expect(burst.filter((code) => code === "VOLUNTEER_NOT_FOUND")).toHaveLength(3);
    expect(burst.filter((code) => code === "TOO_MANY_TRIES")).toHaveLength(37);
    expect(await check("checkIn", "V-1", "61")).toBe("TOO_MANY_TRIES");
    const told = bank.services.attendance.screen.nameAtScreen(charity.lead, {
      shiftId: shift.id,
      volunteerNo: "V-1",
      phoneEnds: "61",
    });
    await expect(told).rejects.toMatchObject({ details: { minutes: 1 } });
    bank.setClock(`${charityDay}T09:01:00+08:00`);
    expect(await name("V-1", "61")).toBe("志****1");
  });

  test("keeps no tries for longer than they count", async () => {
    const keys = async () => (await bank.ground.raw("SELECT key FROM tries ORDER BY key")).map(({ key }) => key);
    await charity.checkIn(mei, shift, { digits: "000000" });
    for (let i = 0; i < 5; i += 1) await name("V-9", "61");
    const [person, screen] = [`code ${mei.personId}`, `screen ${shift.id}`];
    expect(await keys()).toEqual([person, screen]);
    // Within the hour after it the pause makes the next one longer.
    bank.setClock(`${charityDay}T10:00:59+08:00`);
    await charity.checkIn(old, shift, { digits: "000000" });
    expect(await keys()).toEqual(expect.arrayContaining([screen, `code ${old.personId}`]));
    expect(await keys()).not.toContain(person);
    bank.setClock(`${charityDay}T11:01:00+08:00`);
    expect(await name("V-9", "61")).toBe("VOLUNTEER_NOT_FOUND");
    expect(await keys()).toEqual([screen]);
  });

  test("is for the shift's own lead", async () => {
    const lead = charity.lead;
    charity.lead = await bank.actorOf(mei);
    expect(await name("V-1", "61")).toBe("NOT_PERMITTED");
    charity.lead = lead;
    expect(await bank.ground.raw("SELECT * FROM tries")).toEqual([]);
  });
});
