import type { Organization } from "../../src/domain/facts/organizations";
import { type Actor, system } from "../../src/domain/permissions/actors";
import type { PolicyKey } from "../../src/domain/policies/parameters";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { at, openBank, type TestBank } from "../support/bank";
import { openCharity } from "../support/charity";
import { engines } from "../support/engines";

const asked =
  "query ($id: ID!) { node(id: $id) { ... on RatingApplication { score exactScore level indicators { key value points exactWeight exactPoints source } } } }";

/** A platform's points, through the API, of services, objections, visits and a fundraising of one year. */
describe.each(engines)("a platform's points on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let members: Actor[];
  beforeEach(async () => {
    bank = await openBank(engine, "2026-08-03T09:00:00+08:00");
    api = await openApi(bank);
    members = [];
    for (let i = 0; i < 7; i += 1) members.push(await bank.staff("ASSESSOR", null, `member ${i}`));
    for (const no of ["V-1", "V-2", "V-3", "V-4"]) await bank.volunteer(no);
  });
  afterEach(() => closeAudited(bank, api));

  const platform = async (slug: string): Promise<Organization> =>
    (
      await bank.services.organizations.register(system, {
        idempotencyKey: bank.key(),
        ...{ slug, name: slug, kind: "SERVICE_PLATFORM", filingStatus: "REGISTERED", divisionCode: "fengqiao" },
      })
    ).value;
  const set = (values: Partial<Record<PolicyKey, number>>) =>
    Promise.all(
      Object.entries(values).map(([key, value]) =>
        bank.services.policies.set(bank.officer, {
          ...{ idempotencyKey: bank.key(), key, value, effectiveFrom: bank.services.today(), citation: "办公会议纪要" },
        }),
      ),
    );
  /** An hour of a volunteer on a day of July 2026, logged by and confirmed at the station or the platform. */
  const hour = async (no: string, day: string, where: Organization = bank.station): Promise<string> => {
    const { results } = await bank.services.hours.log(bank.officer, {
      ...{ idempotencyKey: bank.key(), organizationId: where.id, mode: "EACH", dryRun: false },
      entries: [
        {
          ...{ volunteerNo: no, serviceType: "COMPANION_TALK", content: "聊天", activityLead: "负责人" },
          ...{ startedAt: at(day, "09:00"), endedAt: at(day, "10:00"), breakMinutes: 0 },
        },
      ],
    });
    const id = results[0]?.record?.id as string;
    const judge = await bank.staff("OFFICER", null, "judge");
    expect(await bank.confirm(judge, id)).toEqual(["POSTED"]);
    return id;
  };
  const object = async (recordId: string, outcome: "UPHELD" | "REVERSED") => {
    const input = { recordId, reason: "时长不符" };
    await bank.services.hours.dispute(bank.worker, { ...input, idempotencyKey: bank.key() });
    const other = await bank.staff("OFFICER", null, "other");
    await bank.services.hours.resolve(other, { ...input, idempotencyKey: bank.key(), outcome });
  };
  const rated = async ({ id: organizationId, slug }: Organization) => {
    const today = bank.services.today();
    const { value: round } = await bank.services.ratings.openRound(bank.officer, {
      ...{ idempotencyKey: bank.key(), instrument: "PLATFORM_STAR", opensOn: today, closesOn: today },
      committee: members.map(({ personId }) => personId as string),
    });
    const admin = await bank.staff("ORGANIZATION_ADMIN", organizationId, `admin ${slug}`);
    const input = { idempotencyKey: bank.key(), roundId: round.id, organizationId };
    const { id } = (await bank.services.ratings.apply(admin, input)).value;
    for (const action of ["CHECK_ELIGIBILITY", "PRELIMINARY"] as const)
      await bank.services.ratings.advance(bank.officer, { applicationId: id, action });
    const { node } = (await api.post(bank.officer, { query: asked, variables: { id } })).data;
    const lines = node.indicators as { key: string; exactWeight: string | null; exactPoints: string | null }[];
    return {
      ...node,
      points: Object.fromEntries(lines.map(({ key, exactPoints }) => [key, exactPoints])),
      weights: Object.fromEntries(lines.map(({ key, exactWeight }) => [key, exactWeight])),
    };
  };

  test("1/1, 2/3, 1/1, 2/3, 1/1 and 1/1 are 900 points and five stars", async () => {
    // Without a prior, and without a target that an hour does not reach, the shares are what was counted.
    await set({ "platformStar.priorCases": 0, "platformStar.feedbackWeight": 0, "platformStar.hoursPerYear": 1 });
    await set({ "platformStar.ownPercent": 0 });
    const [first, second, third] = [
      await hour("V-1", "2026-07-28"),
      await hour("V-2", "2026-07-28"),
      await hour("V-3", "2026-07-28"),
    ];
    await object(first, "UPHELD");
    await object(second, "UPHELD");
    await object(third, "REVERSED");
    // Three on the list since July, of whom two were visited in August.
    for (let i = 0; i < 3; i += 1) {
      const { value } = await bank.services.recipients.register(bank.worker, {
        ...{ idempotencyKey: bank.key(), displayName: `老人${i}`, birthDate: "1940-05-01", divisionCode: "fengqiao" },
        ...{ categories: ["LIVING_ALONE"], consent: true },
      });
      if (i === 2) continue;
      await bank.services.visits.record(bank.worker, {
        ...{ idempotencyKey: bank.key(), organizationId: bank.station.id, recipientId: value.id },
        ...{ at: at("2026-08-03", "08:00"), mode: "HOME", result: "MET", minutes: 30, asVolunteer: false },
      });
    }
    const charity = await openCharity(bank);
    const { activity } = await charity.announce("fair");
    await bank.services.fundraising.set(bank.officer, {
      ...{ idempotencyKey: bank.key(), activityId: activity.id, organizationName: "诸暨市慈善总会" },
      ...{ planFilingNo: "53330681MJDEM00019A26001", permitNo: "53330681MJDEM00019", howToQuery: "慈善中国" },
      ...{ filedOn: "2026-03-01", startsOn: "2026-04-01", endsOn: "2026-05-01", emergency: false },
      disclosedOn: "2026-06-01",
    });
    const organization = await platform("platform");
    const { value: stars } = await bank.services.ratings.giveFeedback(
      await bank.actorOf((await bank.store.view.volunteerByNo("V-1")) as never),
      { idempotencyKey: bank.key(), organizationId: organization.id, stars: 5 },
    );
    expect(stars).toBe(5);
    bank.setClock("2026-09-01T09:00:00+08:00");
    const { points, weights, ...result } = await rated(organization);
    expect(points).toEqual({
      RECORDS_ON_TIME: "200",
      DISPUTES_UPHELD: "100",
      CONFIRMED_HOURS: "200",
      VISIT_RATE: "100",
      DISCLOSED_IN_TIME: "100",
      MEMBER_FEEDBACK: "200",
    });
    expect(Object.values(weights)).toEqual(["200", "150", "200", "150", "100", "200"]);
    expect(result).toMatchObject({ score: 900, exactScore: "900", level: 5 });
  });

  test("one objection that was right does not take a part's points, and one that was wrong takes none", async () => {
    await set({ "platformStar.hoursPerYear": 1, "platformStar.ownPercent": 0 });
    const [record, other] = [await hour("V-1", "2026-07-28"), await hour("V-2", "2026-07-28")];
    const on = async (day: string, slug: string) => {
      bank.setClock(`${day}T09:00:00+08:00`);
      return rated(await platform(slug));
    };
    const none = await on("2026-08-04", "first");
    expect([none.score, none.points.DISPUTES_UPHELD]).toEqual([1000, null]);
    await object(other, "UPHELD");
    const wrong = await on("2026-08-05", "second");
    // One case counts 1/11 of 150.
    expect([wrong.score, wrong.points.DISPUTES_UPHELD, wrong.weights.DISPUTES_UPHELD]).toEqual([
      1000,
      "150/11",
      "150/11",
    ]);
    await object(record, "REVERSED");
    const right = await on("2026-08-06", "third");
    // Two cases count 2/12 of 150, and half of that was reached; of records one is left, which counts 1/11 of 200.
    expect([right.points.DISPUTES_UPHELD, right.weights.DISPUTES_UPHELD]).toEqual(["25/2", "25"]);
    expect(right.score).toBe(Math.floor((1000 * (200 / 11 + 12.5 + 200)) / (200 / 11 + 25 + 200)));
    // An office that wants each case to count in full sets none before it.
    await set({ "platformStar.priorCases": 0 });
    const full = await on("2026-08-06", "last");
    expect([full.points.DISPUTES_UPHELD, full.weights.DISPUTES_UPHELD]).toEqual(["75", "150"]);
  });

  test("of two platforms of one town the one that works itself has more points", async () => {
    const [busy, idle] = [await platform("busy"), await platform("idle")];
    await set({ "platformStar.hoursPerYear": 10, "platformStar.ownHoursPerYear": 4 });
    for (const [i, day] of ["2026-07-27", "2026-07-28"].entries()) await hour(`V-${i + 1}`, day, busy);
    await hour("V-3", "2026-07-28");
    bank.setClock("2026-08-04T09:00:00+08:00");
    const [busyRating, idleRating] = [await rated(busy), await rated(idle)];
    // 3 of 10 hours of the town, 2 of 4 and 0 of 4 of their own, half and half: 200 · (3/10 + 1/2) / 2 and 200 · 3/10 / 2.
    expect([busyRating.points.CONFIRMED_HOURS, idleRating.points.CONFIRMED_HOURS]).toEqual(["80", "30"]);
    // Two cases of their own count 2/12 of a half, three of the town's 3/13 of the rest: 1/12 + 11/12 · 3/13 = 23/78 of 200.
    expect([busyRating.points.RECORDS_ON_TIME, idleRating.points.RECORDS_ON_TIME]).toEqual(["2300/39", "600/13"]);
    expect(busyRating.indicators[0].source).toBe(
      "own 2/2, division 3/3 records, own counts 50%, 2025-08-04..2026-08-03",
    );
    expect(busyRating.score).toBeGreaterThan(idleRating.score);
  });
});
