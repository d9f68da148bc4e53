import { createClient as createStreamClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import WebSocket from "ws";
import { openApi, operationText, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { charityDay, openCharity, type TestCharity } from "../support/charity";

/** Every operation of the charity-day pages, the volunteer at an activity, and its lead, as those clients send them. */
let bank: TestBank;
let api: TestApi;
let charity: TestCharity;
const file = "activities.graphql";
const slug = "charity-day-2026";
const clock = (time: string) => bank.setClock(`${charityDay}T${time}:00+08:00`);

beforeEach(async () => {
  bank = await openBank(undefined, "2026-08-20T09:00:00+08:00");
  api = await openApi(bank);
  charity = await openCharity(bank);
});
afterEach(async () => {
  await api.close();
  await bank.close();
});

test("an activity is created, reviewed by another person, and found by everybody", async () => {
  const input = {
    idempotencyKey: "a-1",
    organizationId: bank.station.id,
    campaignSlug: slug,
    slug: "free-clinic",
    name: "义诊",
    serviceType: "COMPANION_TALK",
    description: "广场义诊",
    divisionCode: "fengqiao",
    contact: "社工站",
    riskNotice: "注意防暑",
    shifts: [
      {
        startsAt: `${charityDay}T09:00:00+08:00`,
        endsAt: `${charityDay}T11:00:00+08:00`,
        capacity: 2,
        place: "枫桥广场",
        latitude: 29.81,
        longitude: 120.41,
        radiusMetres: 300,
      },
    ],
  };
  const created = await api.send(charity.lead, file, "CreateActivity", { input });
  expect(created.data.createActivity).toMatchObject({
    activity: { slug: "free-clinic", state: "DRAFT" },
    replayed: false,
    userErrors: [],
  });
  const again = await api.send(charity.lead, file, "CreateActivity", { input });
  expect(again.data.createActivity.replayed).toBe(true);
  const activityId = created.data.createActivity.activity.id;
  const advance = async (actor: TestBank["worker"], action: string) =>
    (await api.send(actor, file, "AdvanceActivity", { input: { activityId, action } })).data.advanceActivity;
  expect((await advance(charity.admin, "SUBMIT")).activity.state).toBe("UNDER_REVIEW");
  expect((await api.send(null, file, "ActivityPage", { slug: "free-clinic" })).data.activity).toBeNull();
  expect((await advance(bank.supervisor, "PUBLISH")).activity.state).toBe("PUBLISHED");
  const page = await api.send(null, file, "ActivityPage", { slug: "free-clinic" });
  expect(page.data.activity).toMatchObject({
    name: "义诊",
    state: "PUBLISHED",
    description: "广场义诊",
    riskNotice: "注意防暑",
    insurance: null,
    contact: "社工站",
    place: "枫桥广场",
    placesLeft: 2,
    organization: { platformStar: null },
    calendarUrl: `${api.url}/activities/free-clinic.ics`,
    shifts: [{ capacity: 2, signedUp: 0, waitlisted: 0 }],
    totals: { signedUp: 0, checkedIn: 0, serviceMinutes: 0 },
    fundraising: null,
  });
  const answer = await api.send(null, file, "FindActivities", { divisionCode: "zhuji", on: charityDay, first: 10 });
  expect(answer.data.activities.edges.map((edge: { node: { slug: string } }) => edge.node.slug)).toEqual([
    "free-clinic",
  ]);
  const other = await api.send(null, file, "FindActivities", { on: "2026-09-06", serviceType: ["PATROL"], first: 10 });
  expect(other.data.activities.edges).toEqual([]);
});

test("a campaign and its fundraising facts", async () => {
  const created = await api.send(bank.officer, file, "CreateCampaign", {
    input: { idempotencyKey: "c-1", slug: "elders-month", name: "敬老月", day: "2026-10-21" },
  });
  expect(created.data.createCampaign).toMatchObject({ campaign: { slug: "elders-month" }, userErrors: [] });
  const all = await api.send(null, file, "Campaigns", { first: 5 });
  expect(all.data.campaigns.edges.map((edge: { node: { slug: string } }) => edge.node.slug)).toEqual([
    "elders-month",
    slug,
  ]);
  const { activity } = await charity.announce("bazaar");
  const facts = {
    activityId: activity.id,
    planFilingNo: "备案-1",
    permitNo: "证-1",
    organizationName: "慈善总会",
    howToQuery: "慈善中国",
    endsOn: "2026-10-31",
  };
  const set = await api.send(bank.officer, file, "SetFundraisingFacts", { input: facts });
  expect(set.data.setFundraisingFacts).toMatchObject({
    activity: { fundraising: { planFilingNo: "备案-1", disclosureDueOn: "2027-01-31", disclosureState: "NOT_DUE" } },
    userErrors: [],
  });
  const other = await api.send(charity.admin, file, "SetFundraisingFacts", { input: { ...facts, permitNo: "证-2" } });
  expect(other.data.setFundraisingFacts.userErrors[0]).toMatchObject({ code: "NOT_PERMITTED" });
  const early = { ...facts, endsOn: "2026-10-31", disclosedOn: "2026-08-20" };
  const refused = await api.send(charity.admin, file, "SetFundraisingFacts", { input: early });
  expect(refused.data.setFundraisingFacts.userErrors[0]).toMatchObject({
    code: "INVALID_INPUT",
    path: ["disclosedOn"],
  });
});

test("a volunteer signs up, checks in by the screen's code, and out; the lead sees it all", async () => {
  const { activity, shifts } = await charity.announce("square", { shift: { capacity: 1 } });
  const shiftId = shifts[0]?.id as string;
  const [mei, hua] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
  const [meiActor, huaActor] = [await bank.actorOf(mei), await bank.actorOf(hua)];
  const signUp = await api.send(meiActor, file, "SignUp", { input: { idempotencyKey: "s-1", shiftId } });
  expect(signUp.data.signUp).toMatchObject({ signUp: { state: "ACCEPTED", position: null }, userErrors: [] });
  const waits = await api.send(huaActor, file, "SignUp", { input: { idempotencyKey: "s-2", shiftId } });
  expect(waits.data.signUp.signUp).toMatchObject({ state: "WAITLISTED", position: 1 });
  const twice = await api.send(meiActor, file, "SignUp", { input: { idempotencyKey: "s-3", shiftId } });
  expect(twice.data.signUp.userErrors[0]).toMatchObject({ code: "ALREADY_SIGNED_UP", path: ["shiftId"] });

  clock("08:55");
  const denied = await api.send(meiActor, file, "CheckInCode", { shiftId });
  expect(denied.errors?.[0]?.extensions.code).toBe("NOT_PERMITTED");
  const shown = (await api.send(charity.lead, file, "CheckInCode", { shiftId })).data.shift.checkInCode;
  expect(shown).toMatchObject({ digits: expect.stringMatching(/^\d{6}$/), svg: expect.stringContaining("<svg") });
  const checkedIn = await api.send(meiActor, file, "CheckIn", {
    input: { idempotencyKey: "i-1", shiftId, token: shown.token },
  });
  expect(checkedIn.data.checkIn).toMatchObject({
    attendance: { serviceRecord: null },
    replayed: false,
    userErrors: [],
  });
  clock("11:00");
  const later = (await api.send(charity.lead, file, "CheckInCode", { shiftId })).data.shift.checkInCode;
  const out = await api.send(meiActor, file, "CheckOut", {
    input: { idempotencyKey: "o-1", shiftId, digits: later.digits },
  });
  expect(out.data.checkOut).toMatchObject({
    attendance: { serviceRecord: { state: "SUBMITTED", serviceMinutes: 120 } },
    userErrors: [],
  });

  const board = await api.send(charity.lead, file, "LeadBoard", { activityId: activity.id });
  const [first] = board.data.node.shifts[0].signUps.edges;
  expect(first.node).toMatchObject({ state: "COMPLETED", volunteer: { volunteerNo: "V-1", displayName: "志愿者V-1" } });
  expect(board.data.node).toMatchObject({ state: "ONGOING", unresolved: { missingCheckOut: 0, missingRecord: 0 } });
  const next = await api.send(charity.lead, file, "ShiftSignUps", { shiftId, first: 1 });
  expect(next.data.shift.signUps.pageInfo.hasNextPage).toBe(true);
  const rest = await api.send(charity.lead, file, "ShiftSignUps", {
    shiftId,
    first: 1,
    after: next.data.shift.signUps.pageInfo.endCursor,
  });
  expect(rest.data.shift.signUps.edges[0].node.state).toBe("WAITLISTED");

  const mine = await api.send(meiActor, file, "MySignUps", { state: ["COMPLETED"], first: 5 });
  expect(mine.data.viewer.calendarUrl).toMatch(/\/calendar\/[\w-]{58}\.ics$/);
  expect(mine.data.viewer.volunteer.signUps.edges[0].node).toMatchObject({
    state: "COMPLETED",
    shift: { activity: { slug: "square" } },
  });

  // What is over is settled: Hua waited in vain, and is told so.
  await api.send(charity.lead, file, "AdvanceActivity", { input: { activityId: activity.id, action: "END" } });
  const notices = await api.post(huaActor, {
    query: `{ viewer { notices(filter: { unread: true }, first: 5) { unreadCount edges { node { id kind title body subject { id } } } pageInfo { hasNextPage } } } }`,
  });
  expect(notices.data.viewer.notices).toMatchObject({
    unreadCount: 1,
    edges: [{ node: { kind: "ACTIVITY", title: "活动已结束，您的报名随之取消", body: "活动square" } }],
  });
  const read = await api.post(huaActor, {
    query:
      "mutation ($input: MarkNoticesReadInput!) { markNoticesRead(input: $input) { unreadCount userErrors { code } } }",
    variables: { input: { noticeIds: [notices.data.viewer.notices.edges[0].node.id] } },
  });
  expect(read.data.markNoticesRead).toEqual({ unreadCount: 0, userErrors: [] });
});

test("withdrawing, a guardian's consent, and what the lead resolves", async () => {
  const { shifts } = await charity.announce("garden", { serviceType: "ENVIRONMENT", openToMinors: true });
  const shiftId = shifts[0]?.id as string;
  const child = await bank.volunteer("V-9", { birthDate: "2011-01-01", guardian: true });
  const asked = await api.send(await bank.actorOf(child), file, "SignUp", {
    input: { idempotencyKey: "s-1", shiftId },
  });
  expect(asked.data.signUp.signUp.state).toBe("PENDING_GUARDIAN");
  const consented = await api.send(bank.worker, file, "DecideGuardianConsent", {
    input: { signUpId: asked.data.signUp.signUp.id, consent: true, reason: "同意书存站" },
  });
  expect(consented.data.decideGuardianConsent).toMatchObject({ signUp: { state: "ACCEPTED" }, userErrors: [] });

  const mei = await bank.actorOf(await bank.volunteer("V-1"));
  const signUp = await api.send(mei, file, "SignUp", { input: { idempotencyKey: "s-2", shiftId } });
  const withdrawn = await api.send(mei, file, "WithdrawSignUp", { input: { signUpId: signUp.data.signUp.signUp.id } });
  expect(withdrawn.data.withdrawSignUp).toMatchObject({ signUp: { state: "WITHDRAWN" }, userErrors: [] });

  clock("12:00");
  const resolved = await api.send(charity.lead, file, "ResolveSignUp", {
    input: {
      signUpId: asked.data.signUp.signUp.id,
      outcome: "COMPLETED",
      endedAt: `${charityDay}T11:00:00+08:00`,
      reason: "到场但忘记签到",
    },
  });
  expect(resolved.data.resolveSignUp).toMatchObject({
    signUp: { state: "COMPLETED", attendance: { serviceRecord: { state: "SUBMITTED" } } },
    userErrors: [],
  });
});

test("the public page in one question, and its totals over both kinds of stream", async () => {
  const { shifts } = await charity.announce("square");
  const shift = shifts[0];
  if (!shift) throw new Error("no shift");
  const mei = await bank.volunteer("V-1");
  await charity.signUp(mei, shift);
  const page = await api.send(null, file, "CharityDay", { slug });
  expect(page.data.campaign).toMatchObject({
    name: "善行暨阳——我愿益",
    totals: { activities: 1, organizations: 1, volunteers: 1, checkedIn: 0, serviceMinutes: 0, donatedMinutes: 0 },
    byDivision: [{ division: { code: "fengqiao", name: "枫桥镇" }, volunteers: 1, serviceMinutes: 0 }],
    timeline: [],
    activities: { edges: [{ node: { slug: "square", placesLeft: 2 } }] },
    organizations: { edges: [{ serviceMinutes: 0, node: { platformStar: null } }] },
  });

  const query = operationText(file, "CampaignTotals");
  const variables = { slug };
  const socket = createSocketClient({ url: `${api.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
  const stream = createStreamClient({ url: `${api.url}/graphql/stream` });
  // biome-ignore lint/suspicious/noExplicitAny: two libraries' answers of the same shape.
  const heard = async (results: AsyncIterable<any>) => {
    const counts: number[] = [];
    for await (const { data } of results) {
      counts.push(data.campaignTotals.checkedIn);
      if (counts.length === 1) ready();
      if (data.campaignTotals.checkedIn === 1) return counts;
    }
    return counts;
  };
  let waiting = 2;
  let checkIn = (): void => {};
  const both = new Promise<void>((resolve) => {
    checkIn = resolve;
  });
  const ready = () => {
    waiting -= 1;
    if (waiting === 0) checkIn();
  };
  const countsHeard = [heard(socket.iterate({ query, variables })), heard(stream.iterate({ query, variables }))];
  await both;
  clock("09:00");
  await charity.checkIn(mei, shift);
  expect(await Promise.all(countsHeard)).toEqual([
    [0, 1],
    [0, 1],
  ]);
  await socket.dispose();
  stream.dispose();
});
