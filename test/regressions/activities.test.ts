import type { Activity, Shift } from "../../src/domain/facts/activities";
import type { Volunteer } from "../../src/domain/facts/people";
import { divisionAdded } from "../../src/domain/organizations/divisions";
import { type Actor, nobody } from "../../src/domain/permissions/actors";
import type { StoredSignUp } from "../../src/storage/store";
import { at } from "../support/bank";
import { charityDay } from "../support/charity";
import { codeOf } from "../support/outcomes";
import { advance, announced, bank, charity, clock, people, resolve, stateOf, teamOf } from "../support/story";

/** What a review of activities and attendance found, each once. */
test("a postponed activity stays readable while its new times are reviewed, and given back is postponed still", async () => {
  const { activity, shift } = await announced();
  const mei = await bank.volunteer("V-1");
  await charity.signUp(mei, shift);
  const actor = await bank.actorOf(mei);
  expect(await advance(charity.lead, activity.id, "POSTPONE")).toBe("POSTPONED");
  expect(await advance(charity.admin, activity.id, "SUBMIT")).toBe("UNDER_REVIEW");
  expect((await bank.services.activities.many(actor, [activity.id]))[0]?.slug).toBe("square");
  expect(await advance(bank.officer, activity.id, "RETURN")).toBe("POSTPONED");
});

test("ending a series blames nobody for shifts that were not held", async () => {
  const { activity, shifts } = await announced({
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
  const { activity, shift } = await announced();
  clock("09:00");
  await charity.checkIn(await bank.volunteer("V-1"), shift);
  expect(await advance(charity.lead, activity.id, "POSTPONE")).toBe("PEOPLE_HAVE_COME");
  expect(await advance(charity.lead, activity.id, "CANCEL")).toBe("PEOPLE_HAVE_COME");
  expect(await advance(charity.lead, activity.id, "END")).toBe("RECORDING");
});

test("new times follow the shift that is named, and who is promised elsewhere by then is let go", async () => {
  const { activity, shifts } = await announced({
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
  expect((await bank.services.activities.shifts(nobody, [first.id]))[0]).toMatchObject({
    place: "甲",
    startsAt: at("2026-09-19", "09:00"),
  });
  expect([await stateOf(kept), await stateOf(clash)]).toEqual(["ACCEPTED", "WITHDRAWN"]);
});

test("the station of the town reviews what its villages do", async () => {
  await bank.store.write((tx) =>
    tx.append(
      "system",
      divisionAdded({ code: "village", officialCode: null, name: "村", kind: "VILLAGE", parentCode: "fengqiao" }),
    ),
  );
  const { id: teamId, head } = await teamOf("village");
  const made = async (slug: string, divisionCode: string) => {
    const { value } = await bank.services.activities.create(head, {
      idempotencyKey: bank.key(),
      organizationId: teamId,
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
  const { activity, shift } = await announced();
  const signUp = (await charity.signUp(await bank.volunteer("V-1"), shift)) as StoredSignUp;
  clock("12:00");
  await advance(charity.lead, activity.id, "START");
  await advance(charity.lead, activity.id, "END");
  await bank.services.activities.advance(charity.lead, { activityId: activity.id, action: "CLOSE" });
  expect(await resolve(signUp.id, "COMPLETED", { endedAt: at(charityDay, "11:00") })).toBe("ILLEGAL_TRANSITION");
  expect(await resolve(signUp.id, "EXCUSED")).toBe("EXCUSED");
});

test("a fundraising lasts five years at most, and its disclosures are each of their own time", async () => {
  const { activity } = await announced();
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
  expect(await set({ endsOn: "9999-12-31" }, bank.officer)).toBe("INVALID_INPUT");
  expect(await set({})).toBe("NOT_PERMITTED"); // a plan that the office has not seen
  expect(await set({}, bank.officer)).toBe("set");
  clock("09:00", "2027-03-10");
  // The first, due by 5 December, is overdue; naming the first day thrice does not make up for it.
  const days = ["2026-09-06", "2026-09-06", "2026-09-06"];
  expect(await set({ interimDisclosedOn: days })).toBe("INVALID_INPUT");
  // Nor does another period, longer, shorter or later.
  for (const period of [{ endsOn: "2027-12-31" }, { endsOn: "2027-02-20" }, { startsOn: "2026-11-20" }])
    expect(await set(period)).toBe("NOT_PERMITTED");
  expect(await set({ interimDisclosedOn: ["2026-12-20", "2027-03-10"] })).toBe("set");
});

test("nobody else reads an activity that was never reviewed, also when it was called off", async () => {
  const { id, slug } = await charity.draft("draft", { description: "请向账户 6222 转账" });
  const { activities } = bank.services;
  const shiftId = (await bank.store.view.shiftsOfActivities([id])).get(id)?.[0]?.id as string;
  expect(await activities.shifts(nobody, [shiftId])).toEqual([null]);
  expect(await advance(charity.lead, id, "CANCEL")).toBe("CANCELLED");
  expect([await activities.bySlug(nobody, slug), ...(await activities.details(nobody, [id]))]).toEqual([null, null]);
  expect((await activities.list(nobody, {}, { first: 5 })).edges).toEqual([]);
  expect((await activities.list(charity.lead, {}, { first: 5 })).edges).toHaveLength(1);
  expect((await activities.shifts(charity.lead, [shiftId]))[0]?.place).toBe("枫桥广场");
});

test("the edits of a postponed activity belong to its organisation until they are reviewed", async () => {
  const { activity, shift } = await announced();
  const { activities, calendars, notices } = bank.services;
  const mei = await bank.volunteer("V-1");
  await charity.signUp(mei, shift);
  const actor = await bank.actorOf(mei);
  const secret = (await calendars.link(actor)) as string;
  await advance(charity.lead, activity.id, "POSTPONE");
  const plan = { id: shift.id, startsAt: at("2026-09-12", "09:00"), endsAt: at("2026-09-12", "11:00"), capacity: 3 };
  const written = { name: "转账 6222", description: "转账 6222", shifts: [{ ...plan, place: "转账 6222" }] };
  await activities.edit(charity.lead, { activityId: activity.id, ...written });
  const seenBy = async (who: Actor) => [
    (await activities.bySlug(who, "square"))?.name,
    (await activities.list(who, {}, { first: 1 })).edges[0]?.node.name,
    (await activities.details(who, [activity.id]))[0]?.description,
    (await activities.shiftsOf(who, [activity.id]))[0]?.[0]?.place,
    (await activities.shiftsOfSignUps(who, [shift.id]))[0]?.place,
  ];
  const before = ["活动square", "活动square", "广场便民服务", "枫桥广场", "枫桥广场"];
  const after = Array.from({ length: 5 }, () => "转账 6222");
  const told = async () => [
    (await notices.list(actor, null, { first: 1 })).edges[0]?.node.about.zh,
    (await calendars.of(secret))?.flatMap((entry) => [entry.activity.name, entry.shift.place]),
  ];
  for (const step of [undefined, "SUBMIT"] as const) {
    if (step) await advance(charity.admin, activity.id, step);
    expect(await seenBy(nobody)).toEqual(before);
    expect(await seenBy(actor)).toEqual(before);
    expect(await seenBy(charity.lead)).toEqual(after);
    expect(await seenBy(bank.supervisor)).toEqual(after);
    expect(await told()).toEqual(["活动square", ["活动square", "枫桥广场"]]);
  }
  await advance(bank.officer, activity.id, "PUBLISH");
  expect(await seenBy(nobody)).toEqual(after);
  expect(await told()).toEqual(["转账 6222", ["转账 6222", "转账 6222"]]);
});

test("only its organisation reads the unreviewed times, places and people of a postponed activity", async () => {
  const day = (on: string) => ({ startsAt: at(on, "09:00"), endsAt: at(on, "11:00"), capacity: 3, place: "枫桥广场" });
  const { activity, shifts } = await announced({
    serviceType: "ENVIRONMENT",
    shifts: [day(charityDay), day("2026-09-06")],
  });
  const [first, second] = shifts as [Shift, Shift];
  const { activities } = bank.services;
  const activityId = activity.id;
  await advance(charity.lead, activityId, "POSTPONE");
  // The first is moved and made larger, the second dropped, a third is new; all of it where minors may come.
  const moved = { ...day("2026-09-12"), id: first.id, capacity: 250 };
  const added = { ...day("2026-09-13"), place: "新广场" };
  const edit = { activityId, shifts: [moved, added], openToMinors: true, outsideCounty: true };
  expect(await activities.edit(charity.lead, edit)).toMatchObject({ capacity: 253, openToMinors: true });
  const on = async (who: Actor, day: string) =>
    (await activities.list(who, { on: day }, { first: 5 })).edges.map(({ node }) => node.slug);
  const seenBy = async (who: Actor) => {
    const [found] = await activities.many(who, [activityId]);
    const listed = (await activities.list(who, {}, { first: 5 })).edges[0]?.node;
    expect(listed).toEqual(found);
    expect(await activities.bySlug(who, "square")).toEqual(found);
    const facts = ({ startsAt, endsAt, capacity, openToMinors, outsideCounty }: Activity) => ({
      ...{ startsAt, endsAt, capacity, openToMinors, outsideCounty },
    });
    const shown = (await activities.shiftsOf(who, [activityId]))[0] ?? [];
    return {
      ...facts(found as Activity),
      shifts: shown.map(({ startsAt, capacity, place, dropped }) => [startsAt, capacity, place, dropped]),
    };
  };
  const reviewed = {
    startsAt: at(charityDay, "09:00"),
    endsAt: at("2026-09-06", "11:00"),
    capacity: 6,
    openToMinors: false,
    outsideCounty: false,
    shifts: [
      [at(charityDay, "09:00"), 3, "枫桥广场", false],
      [at("2026-09-06", "09:00"), 3, "枫桥广场", false],
    ],
  };
  const planned = {
    startsAt: at("2026-09-12", "09:00"),
    endsAt: at("2026-09-13", "11:00"),
    capacity: 253,
    openToMinors: true,
    outsideCounty: true,
    shifts: [
      [at("2026-09-06", "09:00"), 3, "枫桥广场", true],
      [at("2026-09-12", "09:00"), 250, "枫桥广场", false],
      [at("2026-09-13", "09:00"), 3, "新广场", false],
    ],
  };
  const mei = await bank.actorOf(await bank.volunteer("V-1"));
  for (const step of [undefined, "SUBMIT", "RETURN", "SUBMIT"] as const) {
    if (step) await advance(step === "RETURN" ? bank.officer : charity.admin, activityId, step);
    for (const who of [nobody, mei]) {
      expect(await seenBy(who)).toEqual(reviewed);
      expect(await on(who, charityDay)).toEqual(["square"]);
      expect([await on(who, "2026-09-12"), await on(who, "2026-09-13")]).toEqual([[], []]);
    }
    for (const who of [charity.lead, bank.supervisor]) expect(await seenBy(who)).toEqual(planned);
  }
  // It has become large, and goes beyond the county: no supervisor's to publish.
  expect(await advance(bank.supervisor, activityId, "PUBLISH")).toBe("NOT_PERMITTED");
  expect(await advance(bank.officer, activityId, "PUBLISH")).toBe("PUBLISHED");
  for (const who of [nobody, mei, charity.lead]) expect(await seenBy(who)).toEqual(planned);
  expect(await on(nobody, "2026-09-12")).toEqual(["square"]);
  const rows = (await bank.store.view.shiftsOfActivities([activityId])).get(activityId) ?? [];
  expect(rows.map(({ id, dropped }) => [id === second.id, dropped])).toEqual([
    [true, true],
    [false, false],
    [false, false],
  ]);
});

test("a plan is written over, a shift that is called off leaves it, and who is not moved keeps what was reviewed", async () => {
  const day = (on: string) => ({ startsAt: at(on, "09:00"), endsAt: at(on, "11:00"), capacity: 3, place: "枫桥广场" });
  const { activity, shifts } = await announced({ shifts: [day(charityDay), day("2026-09-06"), day("2026-09-07")] });
  const [first, second, third] = shifts as [Shift, Shift, Shift];
  const { activities } = bank.services;
  const activityId = activity.id;
  const times = async (who: Actor) =>
    ((await activities.shiftsOf(who, [activityId]))[0] ?? []).map(({ startsAt, dropped }) => [
      new Date(startsAt + 8 * 3_600_000).toISOString().slice(5, 10),
      dropped,
    ]);
  await advance(charity.lead, activityId, "POSTPONE");
  const named = (id: string, on: string) => ({ ...day(on), id });
  const all = [named(first.id, "2026-09-12"), named(second.id, "2026-09-13"), named(third.id, "2026-09-14")];
  await activities.edit(charity.lead, { activityId, shifts: all });
  // Once more, without names: each is the one at its place in the plan.
  const later = [day("2026-09-19"), day("2026-09-20"), day("2026-09-21")];
  await activities.edit(charity.lead, { activityId, shifts: later });
  await activities.edit(charity.lead, { activityId, description: "只改文字" });
  expect(await times(charity.lead)).toEqual([
    ["09-19", false],
    ["09-20", false],
    ["09-21", false],
  ]);
  await activities.dropShift(charity.lead, { shiftId: second.id, reason: "下雨" });
  expect(await times(nobody)).toEqual([
    ["09-05", false],
    ["09-06", true],
    ["09-07", false],
  ]);
  await advance(charity.admin, activityId, "SUBMIT");
  await advance(bank.officer, activityId, "PUBLISH");
  expect(await times(nobody)).toEqual([
    ["09-06", true],
    ["09-19", false],
    ["09-21", false],
  ]);
  expect((await activities.many(nobody, [activityId]))[0]).toMatchObject({
    startsAt: at("2026-09-19", "09:00"),
    endsAt: at("2026-09-21", "11:00"),
    capacity: 6,
  });
});

test("a suspended station publishes nothing and consents for nobody; it still gives back what it was handed", async () => {
  const team = await teamOf();
  const handed = async (slug: string) => {
    const { id } = await charity.draft(slug, { organizationId: team.id, by: team.head });
    expect(await advance(team.head, id, "SUBMIT")).toBe("UNDER_REVIEW");
    return id;
  };
  const [first, second] = [await handed("first"), await handed("second")];
  const { shift } = await announced({ serviceType: "ENVIRONMENT", openToMinors: true });
  const child = await bank.volunteer("V-3", { birthDate: "2010-01-01", guardian: true });
  const { id: signUpId } = (await charity.signUp(child, shift)) as StoredSignUp;
  const state = (action: "SUSPEND" | "RESUME") =>
    bank.services.registry.advance(bank.officer, { organizationId: bank.station.id, action, reason: "整改" });
  const consent = () =>
    codeOf(
      bank.services.signUps
        .decideConsent(bank.worker, { signUpId, consent: true, reason: "书面同意存站" })
        .then(({ state }) => state),
    );
  await state("SUSPEND");
  expect(await advance(bank.supervisor, first, "PUBLISH")).toBe("ORGANIZATION_INACTIVE");
  expect(await advance(bank.supervisor, second, "RETURN")).toBe("DRAFT");
  expect(await consent()).not.toBe("ACCEPTED");
  await state("RESUME");
  expect(await advance(bank.supervisor, first, "PUBLISH")).toBe("PUBLISHED");
  expect(await consent()).toBe("ACCEPTED");
});

test("a team's friend does not review it: its station does, and finds it on the list", async () => {
  const team = await teamOf();
  const { head } = team;
  const friend = await bank.staff("STATION_SUPERVISOR", team.id);
  const { id } = await charity.draft("teamwork", { organizationId: team.id, by: head });
  expect(await advance(head, id, "SUBMIT")).toBe("UNDER_REVIEW");
  expect(await advance(friend, id, "PUBLISH")).toBe("NOT_PERMITTED");
  const waiting = async (who: Actor) =>
    (await bank.services.activities.list(who, { state: ["UNDER_REVIEW"] }, { first: 5 })).edges.map(
      ({ node }) => node.id,
    );
  expect([await waiting(bank.supervisor), await waiting(await bank.actorOf(await bank.volunteer("V-1")))]).toEqual([
    [id],
    [],
  ]);
  expect(await advance(bank.supervisor, id, "PUBLISH")).toBe("PUBLISHED");
});

test("an organisation that was suspended neither hands in nor is published", async () => {
  const { id } = await charity.draft("late");
  expect(await advance(charity.admin, id, "SUBMIT")).toBe("UNDER_REVIEW");
  const suspension = { organizationId: bank.station.id, action: "SUSPEND", reason: "停业整顿" } as const;
  await bank.services.registry.advance(bank.officer, suspension);
  expect(await advance(bank.officer, id, "PUBLISH")).toBe("ORGANIZATION_INACTIVE");
});

test("it starts on its day, and ends early only with a reason", async () => {
  const { activity } = await announced();
  clock("07:59");
  expect(await advance(charity.lead, activity.id, "START")).toBe("OUTSIDE_WINDOW");
  clock("08:00");
  expect(await advance(charity.lead, activity.id, "START")).toBe("ONGOING");
  clock("10:59");
  expect(await advance(charity.lead, activity.id, "END", "")).toBe("REASON_MISSING");
  clock("11:00");
  expect(await advance(charity.lead, activity.id, "END", "")).toBe("ENDED");
});

test("a shift of a series is called off alone, until a volunteer has come to it", async () => {
  const series = { repeatEveryDays: 7, repeatUntil: "2026-09-19", capacity: 1 };
  const { activity, shifts } = await announced({ shift: series });
  const [today, next, last] = shifts as [Shift, Shift, Shift];
  const [mei, hua, bao] = (await people("V-1", "V-2", "V-3")) as [Volunteer, Volunteer, Volunteer];
  await charity.signUp(mei, today);
  const [held, waits] = [await charity.signUp(hua, next), await charity.signUp(bao, next)];
  clock("09:00");
  await charity.checkIn(mei, today);
  const drop = (shift: Shift, reason = "场地停电", who = charity.lead) =>
    codeOf(bank.services.activities.dropShift(who, { shiftId: shift.id, reason }).then(({ state }) => state));
  expect([await drop(today), await drop(next, " ")]).toEqual(["PEOPLE_HAVE_COME", "REASON_MISSING"]);
  expect(await drop(next, "停电", await bank.actorOf(hua))).toBe("NOT_PERMITTED");
  for (let i = 0; i < 2; i += 1) expect(await drop(next)).toBe("ONGOING");
  expect([await stateOf(held), await stateOf(waits)]).toEqual(["WITHDRAWN", "WITHDRAWN"]);
  const told = await bank.services.notices.list(await bank.actorOf(bao), null, { first: 5 });
  expect(told.edges[0]?.node).toMatchObject({ action: "CANCEL", reason: "场地停电" });
  expect(await drop(last)).toBe("ONGOING");
  const [after] = await bank.services.activities.many(nobody, [activity.id]);
  expect(after).toMatchObject({ startsAt: today.startsAt, endsAt: today.endsAt, capacity: 1 });
  expect(await charity.signUp(bao, last)).toBe("SIGN_UP_CLOSED");
  const single = await charity.announce("single");
  expect(await drop(single.shifts[0] as Shift)).toBe("ILLEGAL_TRANSITION");
});
