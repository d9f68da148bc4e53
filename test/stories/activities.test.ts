import type { Volunteer } from "../../src/domain/facts/people";
import { completeUscc } from "../../src/domain/organizations/uscc";
import { system } from "../../src/domain/permissions/actors";
import { at } from "../support/bank";
import { charityDay } from "../support/charity";
import { codeOf } from "../support/outcomes";
import { advance, announced, bank, charity, clock, people, stateOf, totals } from "../support/story";

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

test("an announced activity goes back to a draft only while nobody has signed up", async () => {
  const { activity, shift } = await announced();
  expect(await advance(bank.officer, activity.id, "RETURN")).toBe("DRAFT");
  expect(await totals()).toMatchObject({ activities: 0, organizations: 0 });
  await advance(charity.admin, activity.id, "SUBMIT");
  await advance(bank.officer, activity.id, "PUBLISH");
  const [mei] = await people("V-1");
  await charity.signUp(mei as Volunteer, shift);
  expect(await advance(bank.officer, activity.id, "RETURN")).toBe("HAS_SIGN_UPS");
});

test("an activity that is put off or called off is notified to everybody who signed up, and every calendar keeps the entry", async () => {
  const { activity, shift } = await announced({ shift: { capacity: 1 } });
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
  // New times, one more place: the shift stays the same one, and who waited moves up once they are reviewed.
  const plan = { startsAt: at("2026-09-12", "09:00"), endsAt: at("2026-09-12", "11:00"), capacity: 2, place: "广场" };
  await bank.services.activities.edit(charity.lead, { activityId: activity.id, shifts: [plan] });
  expect(await stateOf(waits)).toBe("WAITLISTED");
  expect(await advance(charity.admin, activity.id, "SUBMIT")).toBe("UNDER_REVIEW");
  expect(await advance(bank.officer, activity.id, "PUBLISH")).toBe("PUBLISHED");
  expect(await stateOf(waits)).toBe("ACCEPTED");
  expect((await bank.store.view.shifts([shift.id])).get(shift.id)).toMatchObject({
    startsAt: plan.startsAt,
    // Written, announced, announced again at its new time and place.
    version: 3,
  });
  // Both hold a place now: another edit takes it from neither.
  expect(await advance(charity.lead, activity.id, "POSTPONE", "台风")).toBe("POSTPONED");
  const fewer = { ...plan, capacity: 1 };
  expect(await codeOf(bank.services.activities.edit(charity.lead, { activityId: activity.id, shifts: [fewer] }))).toBe(
    "HAS_SIGN_UPS",
  );

  expect(await advance(charity.lead, activity.id, "CANCEL", "场地停电")).toBe("CANCELLED");
  expect([await stateOf(held), await stateOf(waits)]).toEqual(["WITHDRAWN", "WITHDRAWN"]);
  expect(await calendar()).toEqual([[shift.id, "OFF"]]);
  expect(await totals()).toMatchObject({ activities: 0, volunteers: 0 });
  const notices = await bank.services.notices.list(actor, null, { first: 10 });
  expect(notices.edges[0]?.node).toMatchObject({ action: "CANCEL", reason: "场地停电", by: "ACTIVITY_LEAD" });
  expect(notices.edges.map(({ node }) => node.action)).toEqual(["CANCEL", "POSTPONE", "RESCHEDULE", "POSTPONE"]);
  // A calendar's address that was seen by others is renewed: the old one shows nothing.
  await bank.services.calendars.renew(actor, { idempotencyKey: bank.key() });
  expect(await bank.services.calendars.of(secret)).toBeNull();
  expect(await bank.services.calendars.of(`${secret.slice(0, -1)}x`)).toBeNull();
});

test("an activity that nobody ended ends by itself, four hours after its last shift", async () => {
  const { activity, shift } = await announced();
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
  const { activity } = await announced();
  const facts = {
    activityId: activity.id,
    planFilingNo: "备案-1",
    permitNo: "证书-1",
    organizationName: "慈善总会",
    howToQuery: "慈善中国",
    filedOn: "2026-08-20",
    endsOn: "2026-10-31",
  };
  const set = (more = {}, who = bank.officer) =>
    codeOf(bank.services.fundraising.set(who, { ...facts, ...more }).then(() => "set"));
  expect(await set({ startsOn: "2026-08-26" })).toBe("PLAN_FILED_LATE");
  expect(await set({ startsOn: "2026-08-26" }, charity.admin)).toBe("NOT_PERMITTED");
  expect(await set({ startsOn: "2026-08-26", emergency: true })).toBe("set");
  expect(await set({ startsOn: "2026-09-05", emergency: false })).toBe("set");
  const list = async () => (await bank.services.fundraising.overdue(bank.officer, { first: 10 })).edges.length;
  clock("09:00", "2027-01-31");
  expect(await list()).toBe(0);
  clock("09:00", "2027-02-01");
  expect(await list()).toBe(1);
  expect((await bank.services.fundraising.of([activity.id]))[0]?.state).toBe("OVERDUE");
  expect(await codeOf(bank.services.fundraising.overdue(bank.supervisor, { first: 10 }))).toBe("NOT_PERMITTED");
  expect((await bank.services.fundraising.of([activity.id]))[0]?.daysLate).toBe(1);
  clock("09:00", "2027-05-08");
  expect(await set({ disclosedOn: "2027-05-08" }, charity.admin)).toBe("set");
  expect(await list()).toBe(0);
  clock("09:00", "2027-12-31");
  expect((await bank.services.fundraising.of([activity.id]))[0]).toMatchObject({
    state: "DISCLOSED_LATE",
    daysLate: 97,
    disclosures: [{ final: true, dueOn: "2027-01-31", disclosedOn: "2027-05-08", daysLate: 97 }],
  });
});

test("the papers of a fundraising have their forms, and an organisation that the bank knows its own name", async () => {
  const { activity } = await announced();
  const uscc = completeUscc("53330681MJDEM0001");
  const facts = {
    activityId: activity.id,
    planFilingNo: `${uscc}A26001`,
    permitNo: uscc,
    organizationName: "诸暨市慈善总会",
    howToQuery: "慈善中国",
    filedOn: "2026-08-20",
    endsOn: "2026-10-31",
  };
  const set = (more: object = {}) =>
    bank.services.fundraising
      .set(bank.officer, { ...facts, ...more })
      .then(() => "set")
      .catch(({ code, path }) => [code, ...path].join(" "));
  expect(await set({ permitNo: "1" })).toBe("INVALID_INPUT permitNo");
  expect(await set({ planFilingNo: "abc" })).toBe("INVALID_INPUT planFilingNo");
  expect(await set({ organizationName: "11" })).toBe("INVALID_INPUT organizationName");
  expect(await set({ permitNo: uscc.toLowerCase() })).toBe("set");
  expect((await bank.services.fundraising.of([activity.id]))[0]?.permitNo).toBe(uscc);
  await bank.services.organizations.register(bank.officer, {
    idempotencyKey: bank.key(),
    slug: "charity",
    name: "诸暨市示例慈善基金会",
    kind: "FOUNDATION",
    uscc,
    filingStatus: "REGISTERED",
    divisionCode: "fengqiao",
  });
  expect(await set({ endsOn: "2026-10-30" })).toBe("INVALID_INPUT organizationName");
  expect(await set({ endsOn: "2026-10-30", organizationName: "诸暨市示例慈善基金会" })).toBe("set");
});
