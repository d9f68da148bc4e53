import type { Shift } from "../../src/domain/activities/machine";
import { system } from "../../src/domain/actors";
import type { StoredSignUp } from "../../src/storage/store";
import { at } from "../support/bank";
import { charityDay, codeOf } from "../support/charity";
import { advance, bank, charity, clock, one, resolve, stateOf } from "../support/story";

/** What a review of activities and attendance found, each once. */
test("a postponed activity stays readable while its new times are reviewed, and given back is postponed still", async () => {
  const { activity, shift } = await one();
  const mei = await bank.volunteer("V-1");
  await charity.signUp(mei, shift);
  const actor = await bank.actorOf(mei);
  expect(await advance(charity.lead, activity.id, "POSTPONE")).toBe("POSTPONED");
  expect(await advance(charity.admin, activity.id, "SUBMIT")).toBe("UNDER_REVIEW");
  expect((await bank.services.activities.many(actor, [activity.id]))[0]?.slug).toBe("square");
  expect(await advance(bank.officer, activity.id, "RETURN")).toBe("POSTPONED");
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
  await advance(charity.lead, activity.id, "START");
  expect(await advance(charity.lead, activity.id, "END")).toBe("ENDED");
  expect([await stateOf(past), await stateOf(next)]).toEqual(["NO_SHOW", "WITHDRAWN"]);
});

test("once people have come, an activity is ended, not called off or put off", async () => {
  const { activity, shift } = await one();
  clock("09:00");
  await charity.checkIn(await bank.volunteer("V-1"), shift);
  expect(await advance(charity.lead, activity.id, "POSTPONE")).toBe("PEOPLE_HAVE_COME");
  expect(await advance(charity.lead, activity.id, "CANCEL")).toBe("PEOPLE_HAVE_COME");
  expect(await advance(charity.lead, activity.id, "END")).toBe("RECORDING");
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
  await advance(charity.lead, activity.id, "POSTPONE");
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
  await advance(charity.admin, activity.id, "SUBMIT");
  expect(await advance(bank.officer, activity.id, "PUBLISH")).toBe("PUBLISHED");
  expect((await bank.store.view.shifts([first.id])).get(first.id)).toMatchObject({
    place: "甲",
    startsAt: at("2026-09-19", "09:00"),
  });
  expect([await stateOf(kept), await stateOf(clash)]).toEqual(["ACCEPTED", "WITHDRAWN"]);
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
    await advance(head, value.id, "SUBMIT");
    return value.id;
  };
  expect(await advance(bank.supervisor, await made("village-day", "village"), "PUBLISH")).toBe("PUBLISHED");
  // What is placed in the whole county is not for the supervisor of any one town.
  expect(await advance(bank.supervisor, await made("county-day", "zhuji"), "PUBLISH")).toBe("NOT_FOUND");
});

test("nothing is resolved in an activity that is closed, but an excuse", async () => {
  const { activity, shift } = await one();
  const signUp = (await charity.signUp(await bank.volunteer("V-1"), shift)) as StoredSignUp;
  clock("12:00");
  await advance(charity.lead, activity.id, "START");
  await advance(charity.lead, activity.id, "END");
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
