import type { Organization } from "../../src/domain/facts/organizations";
import type { Volunteer } from "../../src/domain/facts/people";
import { type RatingVote, ratingMoves } from "../../src/domain/facts/ratings";
import { type Fraction, fraction, fractionText } from "../../src/domain/kit/fractions";
import { type Actor, system } from "../../src/domain/permissions/actors";
import {
  countVotes,
  exactly,
  exactScore,
  feedbackShare,
  joined,
  levelOf,
  lineOf,
  type Reached,
  scoreLine,
  scoreOf,
  shareOfCases,
  votedLevel,
} from "../../src/domain/ratings";
import { audit } from "../../src/services/audit";
import type { RatingFile } from "../../src/services/ratings/sight";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { engines, origin } from "../support/engines";
import { noteGuardian } from "../support/near";
import { policies } from "../support/policies";

describe("the rules of a rating", () => {
  const votes = (...given: [RatingVote["choice"], number | null][]): RatingVote[] =>
    given.map(([choice, level], i) => ({ id: `${i}`, ratingId: "r", memberId: `m${i}`, choice, level, version: 1 }));

  test.each<[string, RatingVote[], number, boolean, number]>([
    [
      "four of seven are more than half",
      votes(["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["AGAINST", null]),
      7,
      true,
      4,
    ],
    [
      "three of seven are not",
      votes(["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["AGAINST", null], ["AGAINST", null]),
      7,
      true,
      0,
    ],
    ["half of all members is not more than half", votes(...Array(4).fill(["IN_FAVOUR", 3])), 8, false, 0],
    [
      "who is for five stars is for four, too",
      votes(["IN_FAVOUR", 5], ["IN_FAVOUR", 5], ["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["IN_FAVOUR", 3]),
      7,
      true,
      4,
    ],
    [
      "a recusal is no vote, and the member still counts among all",
      votes(["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["IN_FAVOUR", 4], ["RECUSE", null], ["ABSTAIN", null]),
      7,
      false,
      0,
    ],
  ])("%s", (_, given, members, quorum, level) => {
    expect([countVotes(given, members).quorum, votedLevel(given, members)]).toEqual([quorum, level]);
  });

  test("the other parts carry a part that could not be counted, and nothing is rounded up", () => {
    const weights = [300, 300, 400].map((weight, i) => ({ code: `P${i}`, label: "", labelEn: "", weight }));
    const lines = weights.map((weight, i) => scoreLine(weight, i === 1 ? 0 : 299, i === 1 ? 0 : 300, ""));
    expect(lines.map(({ value, points }) => [value, points])).toEqual([
      [9966, 299],
      [null, 0],
      [9966, 398],
    ]);
    // 299 of 300 for all that was counted: 996 2/3, cut once.
    expect([fractionText(exactScore(lines)), scoreOf(lines)]).toEqual(["2990/3", 996]);
    expect(
      [499, 500, 899, 900].map((score) => levelOf(score, policies.bands("platformStar.bands", "2026-09-01"))),
    ).toEqual([0, 1, 4, 5]);
  });

  test("points are added as fractions and cut once: 900 is five stars, and nothing short of it is", () => {
    const starWeights = policies.weights("platformStar.weights", "2026-09-01");
    const scored = (...shares: [part: number, whole: number][]) =>
      starWeights.map((weight, i) => scoreLine(weight, ...(shares[i] as [number, number]), ""));
    const nine = scored([1, 1], [2, 3], [1, 1], [2, 3], [1, 1], [1, 1]);
    // 200 + 150·2/3 + 200 + 150·2/3 + 100 + 200.
    expect(nine.map((line) => fractionText(exactly(line)?.points as Fraction))).toEqual([
      "200",
      "100",
      "200",
      "100",
      "100",
      "200",
    ]);
    expect(nine.map(({ share, points }) => [share, points])).toEqual([
      ["1", 200],
      ["2/3", 100],
      ["1", 200],
      ["2/3", 100],
      ["1", 100],
      ["1", 200],
    ]);
    const bands = policies.bands("platformStar.bands", "2026-09-01");
    expect([scoreOf(nine), levelOf(scoreOf(nine), bands)]).toEqual([900, 5]);
    // A share less by one in a million: 899.9999 is no 900.
    const short = scored([999_999, 1_000_000], [2, 3], [1, 1], [2, 3], [1, 1], [1, 1]);
    expect([fractionText(exactScore(short)), scoreOf(short), levelOf(scoreOf(short), bands)]).toEqual([
      "4499999/5000",
      899,
      4,
    ]);
    // Thirds and sevenths that make a whole together: 0 + 150/3 + 200/7 + 150·2/3 + 100·1/7 + 200·2/7 = 250.
    expect(scoreOf(scored([0, 1], [1, 3], [1, 7], [2, 3], [1, 7], [2, 7]))).toBe(250);
  });

  const text = (reached: Reached | null) =>
    reached === null ? null : `${fractionText(reached.share)} for ${fractionText(reached.counts)}`;

  test("few cases neither make a share nor break it, and nothing to count is no share", () => {
    expect(
      [shareOfCases(0, 1, 10), shareOfCases(1, 1, 10), shareOfCases(0, 0, 10), shareOfCases(45, 90, 10)].map(text),
    ).toEqual(["0 for 1/11", "1 for 1/11", null, "1/2 for 9/10"]);
    expect(text(shareOfCases(2, 3, 0))).toBe("2/3 for 1");
    // Two friends at five stars do not make a five: (30 + 10) / 12 of 5.
    expect([feedbackShare(0, 0, 10), feedbackShare(2, 10, 10), feedbackShare(90, 450, 10)].map(text)).toEqual([
      null,
      "2/3 for 1",
      "24/25 for 1",
    ]);
    // Beside a part that reached 600 of 1000, whatever weighs as much: what went badly takes points, what went well brings some.
    const half = { code: "P", label: "", labelEn: "", weight: 500 };
    const score = (part: number, whole: number) =>
      scoreOf([
        lineOf(half, { share: fraction(3, 5), counts: fraction(1) }, ""),
        lineOf(half, shareOfCases(part, whole, 10), ""),
      ]);
    // (300 + 0) / (500 + 500/11), (300 + 500/11) / (500 + 500/11), and (300 + 0) / (500 + 450).
    expect([score(0, 0), score(0, 1), score(1, 1), score(0, 90)]).toEqual([600, 550, 633, 315]);
  });

  test("a platform's own work counts beside its division's, and where one has nothing the other stands alone", () => {
    const reached = (part: number, whole: number, counts = fraction(1)) => ({ share: fraction(part, whole), counts });
    expect([joined(reached(0, 1), reached(1, 1), 50), joined(reached(1, 1), reached(1, 2), 25)].map(text)).toEqual([
      "1/2 for 1",
      "5/8 for 1",
    ]);
    expect(
      [joined(null, reached(1, 2), 50), joined(reached(1, 2), null, 50), joined(null, null, 50)].map(text),
    ).toEqual(["1/2 for 1", "1/2 for 1", null]);
    // One case of its own counts 1/11 of its half; the division's, of which there are many, carries the rest.
    expect(text(joined(reached(0, 1, fraction(1, 11)), reached(1, 1), 50))).toBe("21/22 for 1");
    expect(text(joined(reached(1, 2), reached(0, 1), 100))).toBe("1/2 for 1");
  });
});

const application =
  "application { id state score level noticeUntil validUntil eligibility { ok failed } votes { inFavour against abstained recused quorum } } userErrors { code message path details }";
const documents = {
  open: "mutation OpenRatingRound($input: OpenRatingRoundInput!) { openRatingRound(input: $input) { round { id instrument state opensOn closesOn } replayed userErrors { code message path details } } }",
  apply: `mutation ApplyForRating($input: ApplyForRatingInput!) { applyForRating(input: $input) { replayed ${application} } }`,
  score: `mutation ScoreRating($input: ScoreRatingInput!) { scoreRating(input: $input) { ${application} } }`,
  vote: `mutation VoteRating($input: VoteRatingInput!) { voteRating(input: $input) { ${application} } }`,
  advance: `mutation AdvanceRating($input: AdvanceRatingInput!) { advanceRating(input: $input) { ${application} } }`,
  review: `mutation RequestRatingReview($input: RequestRatingReviewInput!) { requestRatingReview(input: $input) { ${application} } }`,
  downgrade:
    "mutation DowngradeRating($input: DowngradeRatingInput!) { downgradeRating(input: $input) { organization { platformStar { level } evaluationGrade { level } } userErrors { code message path details } } }",
  supply: `mutation ($input: SupplyRatingEvidenceInput!) { supplyRatingEvidence(input: $input) { ${application} } }`,
  request: `mutation ($input: RequestRatingRecusalInput!) { requestRatingRecusal(input: $input) { ${application} } }`,
  decide: `mutation ($input: DecideRatingRecusalInput!) { decideRatingRecusal(input: $input) { ${application} } }`,
  file: "query ($applicationId: ID!) { node(id: $applicationId) { ... on RatingApplication { file { evidence { note evidence { kind ref } } recusals { member { id } reason decision decisionReason } history { action actor { kind } } } } } }",
  feedback: "mutation ($input: GiveFeedbackInput!) { giveFeedback(input: $input) { stars userErrors { code } } }",
  explained:
    "query RatingExplained($organizationId: ID!) { organization(id: $organizationId) { platformStarHistory { level score exactScore state validFrom validUntil indicators { key label weight value points exactWeight exactPoints source } votes { inFavour against abstained recused quorum } review { requestedAt decision reason } policyVersion { id citation } } } }",
  rated:
    "query RatedPlatforms($minLevel: Int, $divisionCode: String, $first: Int!, $after: String) { organizations(filter: { minPlatformStar: $minLevel, divisionCode: $divisionCode }, first: $first, after: $after) { edges { node { id name kind platformStar { level score validFrom validUntil } evaluationGrade { level validUntil } } } pageInfo { hasNextPage endCursor } } }",
};

describe.each(engines)("ratings on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let members: Actor[];
  let reviewer: Actor;
  let admin: Actor;
  let platform: Organization;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-01T09:00:00+08:00");
    api = await openApi(bank);
    members = [];
    for (let i = 0; i < 7; i += 1) members.push(await bank.staff("ASSESSOR", null, `member ${i}`));
    reviewer = await bank.staff("REVIEWER", null);
    platform = await organization("platform", "SERVICE_PLATFORM");
    admin = await bank.staff("ORGANIZATION_ADMIN", platform.id, "admin");
  });
  afterEach(async () => {
    const { findings } = await bank.store.snapshot((view) => audit(view, origin));
    await api.close();
    await bank.close();
    expect(findings).toEqual([]);
  });

  const organization = async (slug: string, kind: "SERVICE_PLATFORM" | "ASSOCIATION", registeredOn = "2020-01-01") => {
    const { value } = await bank.services.organizations.register(system, {
      idempotencyKey: bank.key(),
      slug,
      name: slug,
      kind,
      filingStatus: "REGISTERED",
      divisionCode: "fengqiao",
    });
    await bank.services.organizations.describe(bank.officer, { organizationId: value.id, hub: false, registeredOn });
    return value;
  };
  const day = (date: string) => bank.setClock(`${date}T09:00:00+08:00`);
  const send = async (who: Actor | null, query: string, input: object) => {
    const { data, errors } = await api.post(who, { query, variables: query.startsWith("query") ? input : { input } });
    if (errors) return errors[0]?.extensions.code;
    const [answer] = Object.values(data) as { userErrors?: { code: string }[]; application?: object }[];
    // biome-ignore lint/suspicious/noExplicitAny: an answer of any of the documents above.
    return (answer?.userErrors?.[0]?.code ?? answer?.application ?? answer) as any;
  };
  const openRound = (instrument: string, more: object = {}) =>
    send(bank.officer, documents.open, {
      idempotencyKey: bank.key(),
      instrument,
      opensOn: "2026-09-01",
      closesOn: "2026-09-15",
      committee: members.map(({ personId }) => personId),
      ...more,
    });
  const apply = (roundId: string, organizationId = platform.id, who = admin) =>
    send(who, documents.apply, { idempotencyKey: bank.key(), roundId, organizationId });
  const advance = async (applicationId: string, action: string, who = bank.officer, more: object = {}) => {
    const answer = await send(who, documents.advance, { applicationId, action, ...more });
    return answer.state ?? answer;
  };
  const vote = async (applicationId: string, who: Actor, choice = "IN_FAVOUR", level?: number) => {
    const answer = await send(who, documents.vote, { applicationId, choice, level });
    return answer.votes ?? answer;
  };
  const explained = async () =>
    (await send(null, documents.explained, { organizationId: platform.id })).platformStarHistory;
  const star = async (minLevel = 1) =>
    (await send(null, documents.rated, { minLevel, first: 5 })).edges.map(
      ({ node }: { node: { name: string; platformStar: { level: number } } }) =>
        `${node.name} ${node.platformStar.level}`,
    );

  test("stars: a round with a recusal and a review, each result explained", async () => {
    // A year's facts of the division that the platform serves: 2 of 3 records in time, 4 hours, a member's feedback.
    day("2026-08-20");
    await bank.volunteer("V-1");
    const onTime = [
      await bank.log("V-1", "2026-08-18", "09:00", "11:00"),
      await bank.log("V-1", "2026-08-19", "09:00", "10:00"),
    ];
    const late = await bank.log("V-1", "2026-07-01", "09:00", "10:00", {
      evidence: [{ kind: "OTHER", ref: "签到表" }],
    });
    await bank.confirm(bank.second, ...onTime.map(({ id }) => id), late.id);
    await bank.confirm(bank.supervisor, late.id);
    const member = await bank.store.view.volunteerByNo("V-1");
    const feedback = (who: Actor, stars: number) =>
      send(who, documents.feedback, { idempotencyKey: bank.key(), organizationId: platform.id, stars });
    expect(await feedback(admin, 5)).toBe("SELF_CONFIRMATION");
    expect(await feedback(await bank.actorOf(await bank.volunteer("V-2")), 5)).toBe("NOT_PERMITTED");
    expect((await feedback(await bank.actorOf(member as never), 2)).stars).toBe(2);
    expect((await feedback(await bank.actorOf(member as never), 5)).stars).toBe(5);

    day("2026-09-01");
    const { round } = await openRound("PLATFORM_STAR");
    expect(round).toMatchObject({ state: "OPEN", instrument: "PLATFORM_STAR" });
    expect(await openRound("PLATFORM_STAR", { committee: members.slice(1).map(({ personId }) => personId) })).toBe(
      "INVALID_INPUT",
    );
    expect(
      await openRound("PLATFORM_STAR", {
        committee: [...members.slice(1), bank.worker].map(({ personId }) => personId),
      }),
    ).toBe("NOT_FOUND");
    expect(await apply(round.id, platform.id, bank.officer)).toBe("NOT_PERMITTED");
    const applied = await apply(round.id);
    expect(applied).toMatchObject({ state: "APPLIED", eligibility: { ok: true, failed: [] } });
    expect(await apply(round.id)).toBe("ALREADY_APPLIED");
    const { id } = applied;
    // Until the notice it is the house's, its judges' and the office's to see.
    expect((await explained()).length).toBe(0);
    expect(await advance(id, "PRELIMINARY")).toBe("ILLEGAL_TRANSITION");
    expect(await advance(id, "CHECK_ELIGIBILITY")).toBe("ELIGIBILITY_CHECKED");
    expect(await advance(id, "SITE_VISIT")).toBe("ILLEGAL_TRANSITION");
    expect(await advance(id, "PRELIMINARY")).toBe("PRELIMINARY");
    const counted = await send(bank.officer, documents.vote, { applicationId: id, choice: "IN_FAVOUR" });
    expect(counted).toBe("NOT_PERMITTED");

    // One member has an interest: their station was the platform's own until last year.
    const [first, ...others] = members as [Actor, ...Actor[]];
    await bank.services.people.grantRole(system, {
      idempotencyKey: bank.key(),
      personId: first.personId as string,
      role: "STATION_WORKER",
      organizationId: platform.id,
      validFrom: "2020-01-01",
      validUntil: "2025-06-30",
    });
    expect(await vote(id, first, "IN_FAVOUR", 3)).toBe("RECUSAL_NEEDED");
    expect(await vote(id, first, "RECUSE")).toMatchObject({ recused: 1, quorum: false });
    // Of another one the grown-up child works there.
    const child = await bank.volunteer("V-3");
    await bank.grant(child.personId, "ACTIVITY_LEAD", platform.id);
    const guardianId = (others[4] as Actor).personId as string;
    await noteGuardian(bank, guardianId, child);
    expect(await vote(id, others[4] as Actor, "IN_FAVOUR", 3)).toBe("SELF_CONFIRMATION");
    await bank.services.guardians.end(bank.worker, { volunteerId: child.id, guardianId, reason: "变更" });
    await noteGuardian(bank, (member as Volunteer).personId, child);
    expect(await feedback(await bank.actorOf(member as Volunteer), 5)).toBe("SELF_CONFIRMATION");
    for (const voter of others.slice(0, 3)) await vote(id, voter, "IN_FAVOUR", 2);
    expect(await advance(id, "PUBLISH_NOTICE")).toBe("QUORUM_MISSING");
    await vote(id, others[3] as Actor, "AGAINST");
    expect(await vote(id, others[3] as Actor, "IN_FAVOUR", 2)).toMatchObject({
      inFavour: 4,
      against: 0,
      recused: 1,
      quorum: false,
    });
    expect(await vote(id, others[4] as Actor, "AGAINST")).toMatchObject({ inFavour: 4, against: 1, quorum: true });
    expect(await advance(id, "PUBLISH_NOTICE")).toBe("PUBLIC_NOTICE");
    const [result] = await explained();
    expect(result).toMatchObject({
      state: "PUBLIC_NOTICE",
      level: 2,
      votes: { inFavour: 4, against: 1, abstained: 0, recused: 1, quorum: true },
      policyVersion: { citation: "《诸暨市推进新时代民政事业高质量发展的意见》第10项；权重由本平台规定" },
    });
    expect(
      result.indicators.map(
        (line: Record<string, unknown>) => `${line.key} ${line.weight} ${line.value} ${line.points} ${line.source}`,
      ),
    ).toEqual([
      "RECORDS_ON_TIME 200 0.6666 30 own 0/0, division 2/3 records, own counts 50%, 2025-09-01..2026-08-31",
      "DISPUTES_UPHELD 150 null 0 own 0/0, division 0/0 objections, own counts 50%, 2025-09-01..2026-08-31",
      "CONFIRMED_HOURS 200 0.002 0 own 0/12000, division 240/60000 min, own counts 50%, 2025-09-01..2026-08-31",
      "VISIT_RATE 150 null 0 division 0/0 visits, 2025-09..2026-08",
      "DISCLOSED_IN_TIME 100 null 0 own 0/0, division 0/0 fundraisings, own counts 50%, 2025-09-01..2026-08-31",
      "MEMBER_FEEDBACK 200 0.6363 127 1 members, 5 stars after 10 at 3, 2025-09-01..2026-08-31",
    ]);
    expect(
      result.indicators.map((line: { exactWeight: string | null; exactPoints: string | null }) => [
        line.exactWeight,
        line.exactPoints,
      ]),
    ).toEqual([
      ["600/13", "400/13"], // three cases: 200 · 3/13, and 2/3 of it
      [null, null],
      ["200", "2/5"], // 200 · (0/12000 + 240/60000) / 2
      [null, null],
      [null, null],
      ["200", "1400/11"], // 200 · (30 + 5) / (5 · 11)
    ]);
    const points = (1000 * (400 / 13 + 2 / 5 + 1400 / 11)) / (600 / 13 + 200 + 200);
    expect([result.exactScore, result.score]).toEqual(["113286/319", Math.floor(points)]);

    // The house asks to look again; a reviewer who did not vote hears it.
    expect(await send(bank.officer, documents.review, { applicationId: id, reason: "时长漏计" })).toBe("NOT_PERMITTED");
    expect((await send(admin, documents.review, { applicationId: id, reason: "时长漏计" })).state).toBe(
      "REVIEW_REQUESTED",
    );
    expect(await advance(id, "REVIEW", bank.officer, { reason: "r" })).toBe("NOT_PERMITTED");
    expect(await advance(id, "REVIEW", reviewer)).toBe("REASON_MISSING");
    expect(await advance(id, "REVIEW", reviewer, { level: 3, reason: "补录时长属实" })).toBe("REVIEWED");
    expect(await star()).toEqual([]);
    // What a review changes is published anew, for as many days.
    expect((await explained())[0].level).toBe(3);
    expect(await advance(id, "CONFIRM")).toBe("NOTICE_RUNNING");
    day("2026-09-09");
    expect(await advance(id, "CONFIRM")).toBe("VALID");
    expect([await star(), await star(4)]).toEqual([["platform 3"], []]);
    expect((await explained())[0]).toMatchObject({
      state: "VALID",
      validFrom: "2026-09-09",
      validUntil: "2028-09-08",
      review: { decision: "CHANGED", reason: "补录时长属实" },
    });
    day("2028-03-09");
    expect((await explained())[0].state).toBe("REAPPLY_OPEN");
    day("2028-09-09");
    expect([(await explained())[0].state, await star()]).toEqual(["EXPIRED", []]);
  });

  test("a member who was merged keeps the seat, once, and no interest is lost by it", async () => {
    const { round } = await openRound("PLATFORM_STAR");
    const { id } = await apply(round.id);
    for (const action of ["CHECK_ELIGIBILITY", "PRELIMINARY"]) await advance(id, action);
    const [first, second, third] = members as [Actor, Actor, Actor];
    const merge = async (keep: Actor, goes: Actor) => {
      const pair = { keepPersonId: keep.personId as string, mergePersonId: goes.personId as string };
      await bank.services.persons.merge(bank.officer, { idempotencyKey: bank.key(), ...pair, reason: "同一人" });
      return bank.services.people.actorOfPerson(keep.personId as string);
    };
    // Who has a seat under an earlier id votes by it; two seats of one person are one vote.
    const same = await merge(await bank.staff("ASSESSOR", null, "member again"), first);
    expect(await vote(id, same, "IN_FAVOUR", 2)).toMatchObject({ inFavour: 1 });
    expect(await vote(id, second, "AGAINST")).toMatchObject({ inFavour: 1, against: 1 });
    const both = await merge(same, second);
    expect(await vote(id, both, "IN_FAVOUR", 3)).toMatchObject({ inFavour: 1, against: 0 });
    // An interest of the person counts for the seat, and what is said of the member is sealed where they are now.
    await bank.grant(both.personId as string, "STATION_WORKER", platform.id);
    expect(await vote(id, both, "AGAINST")).toBe("RECUSAL_NEEDED");
    const asked = { applicationId: id, memberId: first.personId, reason: "曾任理事" };
    expect((await send(admin, documents.request, asked)).state).toBe("COMMITTEE_VOTED");
    const member = { applicationId: id, memberId: first.personId, decision: "GRANT_RECUSAL" };
    expect((await send(bank.officer, documents.decide, member)).votes).toMatchObject({ inFavour: 0, recused: 1 });
    expect(await vote(id, third, "IN_FAVOUR", 3)).toMatchObject({ inFavour: 1 });
  });

  test("an organisation gives papers to its judges and asks that a member leaves its case: the office decides, before the notice", async () => {
    const { round } = await openRound("PLATFORM_STAR");
    const { id: applicationId } = await apply(round.id);
    const supply = (who: Actor, ref: string, note?: string) =>
      send(who, documents.supply, { applicationId, evidence: [{ kind: "OTHER", ref }], note });
    const request = (who: Actor, member: Actor, reason = "曾任本会理事") =>
      send(who, documents.request, { applicationId, memberId: member.personId, reason });
    const decide = (decision: string, member: Actor, reason?: string, who = bank.officer) =>
      send(who, documents.decide, { applicationId, memberId: member.personId, decision, reason });
    const [first, second, third, ...rest] = members as [Actor, Actor, Actor, ...Actor[]];

    expect(await supply(bank.officer, "年度报告")).toBe("NOT_PERMITTED");
    // The same papers twice are kept once.
    for (let i = 0; i < 2; i += 1) expect((await supply(admin, "年度报告", "审计后")).state).toBe("APPLIED");
    const again = { applicationId, evidence: [{ kind: "OTHER", ref: "年度报告" }], expectedVersion: 1 };
    expect((await send(admin, documents.supply, again)).state).toBe("APPLIED");
    await advance(applicationId, "CHECK_ELIGIBILITY");
    await advance(applicationId, "PRELIMINARY");
    expect(await supply(admin, "补充材料")).toBe("ILLEGAL_TRANSITION");

    expect(await request(bank.officer, first)).toBe("NOT_PERMITTED");
    expect(await request(admin, bank.officer)).toBe("NOT_FOUND");
    expect(await request(admin, first, " ")).toBe("REASON_MISSING");
    await vote(applicationId, first, "IN_FAVOUR", 1);
    for (const member of [first, first, second]) expect((await request(admin, member)).state).toMatch(/^(PRE|COM)/);
    for (const voter of [second, third, ...rest]) await vote(applicationId, voter, "IN_FAVOUR", 1);
    expect(await advance(applicationId, "PUBLISH_NOTICE")).toBe("ILLEGAL_TRANSITION");

    expect(await decide("GRANT_RECUSAL", third)).toBe("NOT_FOUND");
    expect(await decide("REFUSE_RECUSAL", second)).toBe("REASON_MISSING");
    expect(await decide("GRANT_RECUSAL", first, undefined, second)).toBe("NOT_PERMITTED");
    for (let i = 0; i < 2; i += 1)
      expect((await decide("GRANT_RECUSAL", first)).votes).toMatchObject({ inFavour: 6, recused: 1 });
    expect((await decide("REFUSE_RECUSAL", second, "查无此事")).votes).toMatchObject({ inFavour: 6, recused: 1 });
    expect(await decide("GRANT_RECUSAL", second)).toBe("ILLEGAL_TRANSITION");
    expect(await vote(applicationId, first, "IN_FAVOUR", 1)).toBe("RECUSAL_NEEDED");
    expect(await advance(applicationId, "PUBLISH_NOTICE")).toBe("PUBLIC_NOTICE");
    expect(await request(admin, third)).toBe("ILLEGAL_TRANSITION");

    const file = async (who: Actor | null) =>
      (await api.post(who, { query: documents.file, variables: { applicationId } })).data.node.file;
    const seen = {
      evidence: [{ note: "审计后", evidence: [{ kind: "OTHER", ref: "年度报告" }] }],
      recusals: [
        { member: { id: first.personId }, reason: "曾任本会理事", decision: "GRANT_RECUSAL", decisionReason: null },
        {
          member: { id: second.personId },
          reason: "曾任本会理事",
          decision: "REFUSE_RECUSAL",
          decisionReason: "查无此事",
        },
      ],
    };
    for (const who of [admin, third, bank.officer]) expect(await file(who)).toMatchObject(seen);
    const steps = (await file(admin)).history as { action: string; actor: { kind: string } }[];
    expect(steps.map(({ action, actor }) => `${action} ${actor.kind}`)).toEqual([
      "APPLY ORGANIZATION_ADMIN",
      "SUPPLY_EVIDENCE ORGANIZATION_ADMIN",
      "CHECK_ELIGIBILITY OFFICER",
      "PRELIMINARY OFFICER",
      "VOTE ASSESSOR",
      "REQUEST_RECUSAL ORGANIZATION_ADMIN",
      "REQUEST_RECUSAL ORGANIZATION_ADMIN",
      ...Array(6).fill("VOTE ASSESSOR"),
      "GRANT_RECUSAL OFFICER",
      "REFUSE_RECUSAL OFFICER",
      "PUBLISH_NOTICE OFFICER",
    ]);
    // The result is everybody's to see by now; what is behind it is not.
    expect([await file(null), await file(bank.worker)]).toEqual([null, null]);
  });

  test("staff who were hired lately give no stars: an organisation's staff rate its platform after ninety days", async () => {
    const speak = async (validFrom: string) => {
      const personId = await bank.services.people.registerStaff(system, { displayName: "员工" });
      const role = { role: "STATION_WORKER", organizationId: bank.station.id, validFrom } as const;
      await bank.services.people.grantRole(system, { idempotencyKey: bank.key(), personId, ...role });
      const who = await bank.services.people.actorOf({ subject: personId, issuer: "https://goodhours.example" });
      const again = () =>
        send(who, documents.feedback, { idempotencyKey: bank.key(), organizationId: platform.id, stars: 5 });
      return { personId, answer: await again(), again };
    };
    // Dated back by whoever hires: its id says since when it is known.
    const hired = await speak("2020-01-01");
    expect(hired.answer).toBe("NOT_PERMITTED");
    day("2026-11-29");
    expect(await hired.again()).toBe("NOT_PERMITTED");
    day("2026-11-30");
    expect(await hired.again()).toMatchObject({ stars: 5 });
    // Another post at the same house goes on where the first ended.
    const [first] = (await bank.services.people.grantsOf(bank.officer, [hired.personId]))[0] as { id: string }[];
    await bank.services.people.revokeRole(bank.officer, { grantId: first?.id as string, reason: "晋升" });
    expect(await hired.again()).toBe("NOT_PERMITTED");
    await bank.grant(hired.personId, "STATION_SUPERVISOR", bank.station.id);
    expect(await hired.again()).toMatchObject({ stars: 5 });
    // Whose house is no more is no member.
    const given = { organizationId: bank.station.id, action: "DISSOLVE", reason: "合并" } as const;
    await bank.services.registry.advance(bank.officer, given);
    expect(await hired.again()).toBe("NOT_PERMITTED");
  });

  test("an evaluation: eligibility, site visit, assessors, notice, downgrade and revocation with their bans (F14)", async () => {
    const association = await organization("association", "ASSOCIATION");
    const young = await organization("young", "ASSOCIATION", "2025-01-01");
    const [head, other] = [
      await bank.staff("ORGANIZATION_ADMIN", association.id, "head"),
      await bank.staff("ORGANIZATION_ADMIN", young.id, "other"),
    ];
    const { round } = await openRound("EVALUATION_GRADE");
    expect((await apply(round.id, young.id, other)).eligibility.failed).toEqual(["REGISTERED_TOO_SHORT"]);
    const { id } = await apply(round.id, association.id, head);
    await advance(id, "CHECK_ELIGIBILITY");
    expect(await advance(id, "PRELIMINARY")).toBe("ILLEGAL_TRANSITION");
    expect(await advance(id, "SITE_VISIT")).toBe("SITE_VISIT");
    expect(await advance(id, "PRELIMINARY")).toBe("ASSESSORS_MISSING");
    const scores = [
      ["FOUNDATION_CONDITIONS", 95],
      ["GOVERNANCE", 320],
      ["PERFORMANCE", 370],
      ["SOCIAL_REPUTATION", 140],
    ].map(([key, points]) => ({ key, points, comment: "现场核对" }));
    const [assessor] = members as [Actor];
    const score = (more: object = {}, who = assessor) =>
      send(who, documents.score, { applicationId: id, scores, ...more });
    expect(await score({}, bank.officer)).toBe("NOT_PERMITTED");
    expect(await score({ scores: scores.slice(1) })).toBe("INVALID_INPUT");
    expect(await score({ scores: [{ ...scores[0], points: 101 }, ...scores.slice(1)] })).toBe("INVALID_INPUT");
    expect((await score()).score).toBe(925);
    // One assessor, or two, make no result.
    expect(await advance(id, "PRELIMINARY")).toBe("ASSESSORS_MISSING");
    for (const who of members.slice(1, 3)) expect((await score({}, who)).score).toBe(925);
    expect(await advance(id, "PRELIMINARY")).toBe("PRELIMINARY");
    for (const voter of members.slice(0, 5)) await vote(id, voter);
    expect(await advance(id, "PUBLISH_NOTICE")).toBe("PUBLIC_NOTICE");
    // Five working days; 2026-09-08 is the last.
    expect(await advance(id, "CONFIRM")).toBe("NOTICE_RUNNING");
    const clocks = await send(
      bank.officer,
      "query ($first: Int!) { statutoryClocks(filter: { kind: [RATING_NOTICE] }, first: $first) { edges { node { dueOn subject { id } responsible { id } } } } }",
      { first: 5 },
    );
    expect(clocks.edges).toEqual([{ node: { dueOn: "2026-09-08", subject: { id }, responsible: { id: "office" } } }]);
    day("2026-09-09");
    expect(await send(head, documents.review, { applicationId: id, reason: "迟了" })).toBe("ILLEGAL_TRANSITION");
    expect(await advance(id, "CONFIRM")).toBe("VALID");
    const grade = async () =>
      (await bank.services.ratings.currentOf([association.id]))[0]?.EVALUATION_GRADE?.level ?? null;
    expect(await grade()).toBe(4);

    // From 4A on it is filed with the authority above, once.
    expect(await advance(id, "RETURN_PLAQUE")).toBe("ILLEGAL_TRANSITION");
    for (let i = 0; i < 2; i += 1) expect(await advance(id, "FILE_UP")).toBe("VALID");

    const anew = async (on: string) => {
      day(on);
      const { round } = await openRound("EVALUATION_GRADE", { opensOn: on, closesOn: on });
      const { id, eligibility } = await apply(round.id, association.id, head);
      return [id, ...eligibility.failed];
    };
    /** What stood against it; it is then at its end. */
    const refused = async (on: string) => {
      const [id, ...failed] = await anew(on);
      expect(await advance(id as string, "CHECK_ELIGIBILITY")).toBe("INELIGIBLE");
      return failed;
    };
    expect(await refused("2026-10-09")).toEqual(["STILL_VALID"]);
    // The last two years of a term of five.
    const [again, ...nothing] = await anew("2029-09-10");
    expect(nothing).toEqual([]);
    const downgrade = (toLevel: number, who = bank.officer) =>
      send(who, documents.downgrade, {
        organizationId: association.id,
        instrument: "EVALUATION_GRADE",
        toLevel,
        ground: "提供虚假材料",
      });
    expect(await downgrade(3, reviewer)).toBe("NOT_PERMITTED");
    expect(await downgrade(4)).toBe("INVALID_INPUT");
    // One officer proposes it, and the grade holds; another takes it once the house has answered.
    const second = await bank.staff("OFFICER", null, "second officer");
    for (let i = 0; i < 2; i += 1)
      expect((await downgrade(3)).organization).toEqual({ platformStar: null, evaluationGrade: { level: 4 } });
    expect(await downgrade(3, second)).toBe("ANSWER_PENDING");
    await bank.services.ratings.answerDowngrade(head, { applicationId: id, statement: "材料有误，已更正" });
    for (let i = 0; i < 2; i += 1)
      expect((await downgrade(3, second)).organization).toEqual({ platformStar: null, evaluationGrade: { level: 3 } });
    const plaques = async () => {
      const { edges } = await send(
        bank.officer,
        "query ($first: Int!) { statutoryClocks(filter: { kind: [PLAQUE_RETURN] }, first: $first) { edges { node { dueOn citation subject { id } responsible { id } } } } }",
        { first: 5 },
      );
      return edges;
    };
    // The plaque goes back within fifteen days; who has to return it is the house.
    const citation = "《社会组织评估管理办法》第三十三条";
    expect(await plaques()).toEqual([
      { node: { dueOn: "2029-09-25", citation, subject: { id }, responsible: { id: association.id } } },
    ]);
    for (let i = 0; i < 2; i += 1) expect(await advance(id, "RETURN_PLAQUE")).toBe("DOWNGRADED");
    expect(await plaques()).toEqual([]);
    const { history } = (await bank.services.ratings.filesOf(bank.officer, [id]))[0] as RatingFile;
    expect(history.slice(-3).map(({ action }) => action)).toEqual(["FILE_UP", "DOWNGRADE", "RETURN_PLAQUE"]);
    // What was applied for before is looked at again when its turn comes.
    expect(await advance(again as string, "CHECK_ELIGIBILITY")).toBe("INELIGIBLE");
    expect(await refused("2031-09-09")).toEqual(["BANNED"]);
    expect((await anew("2031-09-10")).slice(1)).toEqual([]);
    expect(await downgrade(0)).toBe("ILLEGAL_TRANSITION");
  });

  test("a review of an evaluation is heard by five reviewers, and what more than half are for is the result [EVAL39 §11]", async () => {
    const association = await organization("association", "ASSOCIATION");
    const head = await bank.staff("ORGANIZATION_ADMIN", association.id, "head");
    const { round } = await openRound("EVALUATION_GRADE");
    const { id } = await apply(round.id, association.id, head);
    for (const action of ["CHECK_ELIGIBILITY", "SITE_VISIT"]) await advance(id, action);
    const scores = ["FOUNDATION_CONDITIONS", "GOVERNANCE", "PERFORMANCE", "SOCIAL_REPUTATION"].map((key, i) => ({
      key,
      points: [95, 320, 370, 140][i],
    }));
    for (const assessor of members.slice(0, 3)) await send(assessor, documents.score, { applicationId: id, scores });
    await advance(id, "PRELIMINARY");
    for (const voter of members.slice(0, 5)) await vote(id, voter);
    expect(await advance(id, "PUBLISH_NOTICE")).toBe("PUBLIC_NOTICE");
    await send(head, documents.review, { applicationId: id, reason: "治理一项漏计" });

    const reviewers = [reviewer];
    for (let i = 1; i < 5; i += 1) reviewers.push(await bank.staff("REVIEWER", null, `reviewer ${i}`));
    const hear = (i: number, level: number, reason = `意见 ${i}`) =>
      advance(id, "REVIEW", reviewers[i] as Actor, { level, reason });
    expect(await hear(0, 6)).toBe("INVALID_INPUT");
    const words = [5, 5, 3, 5] as const;
    for (const [i, level] of words.entries()) expect(await hear(i, level)).toBe("REVIEW_REQUESTED");
    // Nobody speaks twice, and nobody is through before the fifth.
    expect(await hear(0, 1)).toBe("REVIEW_REQUESTED");
    expect(await advance(id, "CONFIRM")).toBe("ILLEGAL_TRANSITION");
    expect(await hear(4, 4, "多数认为应为 5A")).toBe("REVIEWED");
    const shown = (await bank.services.ratings.many(head, [id]))[0];
    expect(shown).toMatchObject({
      level: 5,
      votes: { inFavour: 5, against: 0 },
      review: { reviewers: 5, decision: "CHANGED", reason: "多数认为应为 5A" },
    });
    // Whoever heard the review confirms nothing.
    day("2026-09-09");
    await bank.grant(reviewer.personId as string, "OFFICER", null);
    const both = await bank.services.people.actorOfPerson(reviewer.personId as string);
    expect(await advance(id, "CONFIRM", both)).toBe("SAME_PERSON");
    expect(await advance(id, "CONFIRM")).toBe("VALID");
  });

  test("a rating that is taken away is none from that day, and bars for three years", async () => {
    const association = await organization("association", "ASSOCIATION");
    const head = await bank.staff("ORGANIZATION_ADMIN", association.id, "head");
    const { round } = await openRound("PLATFORM_STAR");
    const { id } = await apply(round.id);
    await advance(id, "CHECK_ELIGIBILITY");
    await advance(id, "PRELIMINARY");
    for (const voter of members) await vote(id, voter, "IN_FAVOUR", 5);
    await advance(id, "PUBLISH_NOTICE");
    day("2026-09-10");
    expect(await advance(id, "CONFIRM")).toBe("VALID");
    const given = {
      ...{ organizationId: platform.id, instrument: "PLATFORM_STAR", toLevel: 0, ground: "伪造服务记录" },
    };
    const revoke = (by: Actor) => send(by, documents.downgrade, given);
    const second = await bank.staff("OFFICER", null, "second officer");
    expect((await revoke(bank.officer)).organization.platformStar).toEqual({ level: 5 });
    // Five working days to answer: 2026-09-17 is the last.
    day("2026-09-17");
    expect(await revoke(second)).toBe("ANSWER_PENDING");
    day("2026-09-18");
    expect((await revoke(second)).organization.platformStar).toBeNull();
    expect((await explained())[0]).toMatchObject({ state: "REVOKED", validUntil: "2026-09-17" });
    day("2029-09-17");
    const { round: barred } = await openRound("PLATFORM_STAR", { opensOn: "2029-09-17", closesOn: "2029-09-18" });
    expect((await apply(barred.id)).eligibility.failed).toEqual(["BANNED"]);
    // Stars are for platforms alone.
    expect((await apply(barred.id, association.id, head)).eligibility.failed).toEqual(["WRONG_KIND"]);
    expect(
      await advance(
        (await bank.store.view.ratingsOf([association.id])).get(association.id)?.[0]?.id as string,
        "CHECK_ELIGIBILITY",
      ),
    ).toBe("INELIGIBLE");
  });
});

test("every state of a rating that is left is reached, and only ends are never left", () => {
  const moves = Object.values(ratingMoves);
  const reached = new Set(moves.flatMap(({ to, from }) => (to === "SAME" ? from : to)));
  // A step that leaves the state as it was does not leave it.
  const left = new Set(moves.flatMap(({ from, to }) => (to === "SAME" ? [] : from)));
  expect([...left].filter((state) => state !== null && !reached.has(state))).toEqual([]);
  expect([...reached].filter((state) => !left.has(state)).sort()).toEqual([
    "EXPIRED",
    "INELIGIBLE",
    "REVOKED",
    "WITHDRAWN",
  ]);
});
