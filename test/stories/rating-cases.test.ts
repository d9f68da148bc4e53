import type { Fact } from "../../src/domain/facts";
import type { Organization } from "../../src/domain/facts/organizations";
import type { PartPoints, RatingSheet, VoteChoice } from "../../src/domain/facts/ratings";
import { fractionText } from "../../src/domain/kit/fractions";
import { Refusal } from "../../src/domain/kit/refusal";
import { type Actor, system } from "../../src/domain/permissions/actors";
import type { SheetRule } from "../../src/domain/policies/values";
import { exactScore } from "../../src/domain/ratings";
import { joinedLines } from "../../src/domain/ratings/sheets";
import { audit } from "../../src/services/audit";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines, origin } from "../support/engines";
import { codeOf } from "../support/outcomes";
import { policies } from "../support/policies";

const weights = policies.weights("orgEval.weights", "2026-09-01");
const parts = weights.map(({ code }) => code);
/** 95, 60 and 96 percent of each part: 100, 350, 400 and 150 points. */
const percents = [95, 60, 96];
const pointsAt = (percent: number) => weights.map(({ weight }) => Math.floor((weight * percent) / 100));

describe("sheets of several assessors", () => {
  const sheets = (...pointsOfSheets: number[][]): RatingSheet[] =>
    pointsOfSheets.map((points, i) => ({
      ...{ id: `s${i}`, ratingId: "r", assessorId: `a${i}`, commentsId: null, version: 1 },
      points: points.map((score, j) => ({ key: parts[j] as string, points: score })),
    }));
  const scored = (rule: SheetRule, ...pointsOfSheets: number[][]) =>
    fractionText(exactScore(joinedLines(sheets(...pointsOfSheets), weights, rule)));

  // 350 · 95 % is 332.5, of which a sheet can give 332: a sheet of 95 % has 949 points.
  test.each<[SheetRule, number[], string]>([
    ["MEAN", [95, 60, 96], "2509/3"], // (949 + 600 + 960) / 3
    ["MEDIAN", [95, 60, 96], "949"],
    ["TRIMMED_MEAN", [95, 60, 96], "949"],
    ["MEDIAN", [60, 96], "780"],
    ["TRIMMED_MEAN", [60, 96], "780"],
    ["TRIMMED_MEAN", [60, 96, 96, 96, 100], "960"],
    ["MEAN", [60], "600"],
  ])("joined by %s: %p are %s", (rule, sheetPercents, expected) => {
    expect(scored(rule, ...sheetPercents.map(pointsAt))).toBe(expected);
  });

  test("a part is joined by itself, and where it comes from stands beside it", () => {
    const [first, second] = joinedLines(sheets([100, 0, 0, 0], [0, 350, 0, 0], [100, 350, 0, 0]), weights, "MEDIAN");
    expect([first?.points, second?.points, first?.source]).toEqual([100, 350, "MEDIAN of 100, 0, 100"]);
    expect(joinedLines([], weights, "MEAN")).toEqual([]);
  });
});

describe.each(engines)("cases of ratings on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let members: Actor[];
  let second: Actor;
  let organization: Organization;
  let head: Actor;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-01T09:00:00+08:00");
    api = await openApi(bank);
    members = [];
    for (let i = 0; i < 7; i += 1) members.push(await bank.staff("ASSESSOR", null, `member ${i}`));
    second = await bank.staff("OFFICER", null, "second officer");
    organization = await association("association");
    head = await bank.staff("ORGANIZATION_ADMIN", organization.id, "head");
  });
  afterEach(() => closeAudited(bank, api));

  const association = async (slug: string) => {
    const { value } = await bank.services.organizations.register(system, {
      ...{ idempotencyKey: bank.key(), slug, name: slug, kind: "ASSOCIATION", filingStatus: "REGISTERED" },
      divisionCode: "fengqiao",
    });
    await bank.services.organizations.describe(bank.officer, {
      ...{ organizationId: value.id, hub: false, registeredOn: "2020-01-01" },
    });
    return value;
  };
  const day = (date: string) => bank.setClock(`${date}T09:00:00+08:00`);
  const set = (key: string, value: unknown) =>
    codeOf(
      bank.services.policies.set(bank.officer, {
        ...{ idempotencyKey: bank.key(), key, value, effectiveFrom: bank.services.today(), citation: "办公会议纪要" },
      }),
    );
  const openRound = async (closesOn = bank.services.today()) =>
    (
      await bank.services.ratings.openRound(bank.officer, {
        ...{ idempotencyKey: bank.key(), instrument: "EVALUATION_GRADE", opensOn: bank.services.today(), closesOn },
        committee: members.map(({ personId }) => personId as string),
      })
    ).value;
  const apply = async (roundId: string) =>
    (await bank.services.ratings.apply(head, { idempotencyKey: bank.key(), roundId, organizationId: organization.id }))
      .value.id;
  const advance = (
    applicationId: string,
    action: "CHECK_ELIGIBILITY" | "SITE_VISIT" | "PRELIMINARY" | "PUBLISH_NOTICE" | "CONFIRM",
  ) => codeOf(bank.services.ratings.advance(bank.officer, { applicationId, action }).then(({ state }) => state));
  const hand = (applicationId: string, who: Actor, points: number[], comment?: string) =>
    codeOf(
      bank.services.ratings
        .score(who, { applicationId, scores: parts.map((key, i) => ({ key, points: points[i] ?? 0, comment })) })
        .then(({ score }) => score),
    );
  const visited = async () => {
    const id = await apply((await openRound()).id);
    for (const action of ["CHECK_ELIGIBILITY", "SITE_VISIT"] as const) await advance(id, action);
    return id;
  };
  const preliminary = async () => {
    const id = await visited();
    for (const member of members.slice(0, 3)) await hand(id, member, pointsAt(92));
    expect(await advance(id, "PRELIMINARY")).toBe("PRELIMINARY");
    return id;
  };
  const vote = (applicationId: string, who: Actor, choice: VoteChoice = "IN_FAVOUR") =>
    codeOf(bank.services.ratings.vote(who, { applicationId, choice }).then(({ votes }) => votes));
  const valid = async () => {
    const id = await preliminary();
    for (const member of members.slice(0, 5)) await vote(id, member);
    await advance(id, "PUBLISH_NOTICE");
    day("2026-09-09");
    expect(await advance(id, "CONFIRM")).toBe("VALID");
    return id;
  };
  const grade = async () =>
    (await bank.services.ratings.currentOf([organization.id]))[0]?.EVALUATION_GRADE?.level ?? null;
  const leave = async (member: Actor) => {
    const [grant] = (await bank.store.view.grantsOfPersons([member.personId as string])).get(
      member.personId as string,
    ) as { id: string }[];
    await bank.services.people.revokeRole(bank.officer, { grantId: grant?.id as string, reason: "调离" });
  };
  const ask = async (who: Actor | null, query: string, variables: object) => {
    const { data, errors } = await api.post(who, { query, variables });
    expect(errors).toBeUndefined();
    return data;
  };

  test("each assessor's sheet is kept and shown; the rule and the least number are policies", async () => {
    const id = await visited();
    const [first, other, third] = members as [Actor, Actor, Actor];
    expect(await hand(id, first, pointsAt(95), "核对章程")).toBe(949);
    expect(await hand(id, other, pointsAt(60))).toBe(774); // (949 + 600) / 2
    expect(await advance(id, "PRELIMINARY")).toBe("ASSESSORS_MISSING");
    expect(await hand(id, third, pointsAt(90))).toBe(816); // (949 + 600 + 900) / 3
    // An assessor's later sheet takes the place of their own alone; the same again is no sheet.
    for (let i = 0; i < 2; i += 1) expect(await hand(id, third, pointsAt(96))).toBe(836);
    const shown =
      "query ($id: ID!) { node(id: $id) { ... on RatingApplication { exactScore file { sheets { assessor { id } isLast version scores { key points comment } } } } } }";
    const { node } = await ask(head, shown, { id });
    expect(node.exactScore).toBe("2509/3");
    expect(
      node.file.sheets.map(
        (sheet: { assessor: { id: string }; isLast: boolean; version: number; scores: { points: number }[] }) => [
          members.findIndex(({ personId }) => personId === sheet.assessor.id),
          sheet.isLast,
          sheet.version,
          sheet.scores.map(({ points }) => points),
        ],
      ),
    ).toEqual([
      [0, true, 1, [95, 332, 380, 142]],
      [1, true, 1, [60, 210, 240, 90]],
      [2, false, 1, [90, 315, 360, 135]],
      [2, true, 2, [96, 336, 384, 144]],
    ]);
    expect(node.file.sheets[0].scores[0]).toEqual({ key: "FOUNDATION_CONDITIONS", points: 95, comment: "核对章程" });
    // Outsiders see no file before the notice, nor after it.
    expect((await ask(bank.worker, shown, { id })).node).toBeNull();
    // By the database alone: each sheet has a row, and so has each time that it was handed in.
    const rows = await bank.ground.raw("SELECT assessor_id, version FROM rating_sheets ORDER BY seq");
    expect(rows).toHaveLength(4);

    expect(await set("orgEval.sheetRule", "HIGHEST")).toBe("INVALID_INPUT");
    await set("orgEval.sheetRule", "MEDIAN");
    await set("orgEval.minAssessors", 4);
    expect(await advance(id, "PRELIMINARY")).toBe("ASSESSORS_MISSING");
    await set("orgEval.minAssessors", 3);
    expect(await advance(id, "PRELIMINARY")).toBe("PRELIMINARY");
    expect((await bank.services.ratings.many(bank.officer, [id]))[0]).toMatchObject({ score: 949, level: 4 });
  });

  test("the sheet of an assessor who has joined the organisation's staff since does not count", async () => {
    const id = await visited();
    for (const [i, percent] of percents.entries()) await hand(id, members[i] as Actor, pointsAt(percent));
    await bank.grant(members[0]?.personId as string, "STATION_WORKER", organization.id);
    expect(await advance(id, "PRELIMINARY")).toBe("ASSESSORS_MISSING");
    await hand(id, members[3] as Actor, pointsAt(90));
    expect(await advance(id, "PRELIMINARY")).toBe("PRELIMINARY");
    expect((await bank.services.ratings.many(bank.officer, [id]))[0]?.score).toBe(820); // (600 + 960 + 900) / 3
  });

  test("an application is withdrawn until its result is confirmed, and may be made again while the round is open", async () => {
    const round = await openRound("2026-09-30");
    const id = await apply(round.id);
    const again = () =>
      bank.services.ratings
        .apply(head, { idempotencyKey: bank.key(), roundId: round.id, organizationId: organization.id })
        .then(({ value }) => value.id)
        .catch((error: Refusal) => error.details);
    // Which application it is, and in which round.
    expect(await again()).toEqual({
      ...{ roundId: round.id, opensOn: "2026-09-01", closesOn: "2026-09-30", applicationId: id, state: "APPLIED" },
    });
    const withdraw = (applicationId: string, who = head) =>
      ask(
        who,
        "mutation ($input: WithdrawRatingInput!) { withdrawRating(input: $input) { application { state } userErrors { code } } }",
        { input: { applicationId, reason: "材料未齐" } },
      ).then(({ withdrawRating: { application, userErrors } }) => application?.state ?? userErrors[0].code);
    expect(await withdraw(id, bank.officer)).toBe("NOT_PERMITTED");
    for (let i = 0; i < 2; i += 1) expect(await withdraw(id)).toBe("WITHDRAWN");
    expect(await advance(id, "CHECK_ELIGIBILITY")).toBe("ILLEGAL_TRANSITION");
    const next = (await again()) as string;
    expect(next).toMatch(/^rating_/);
    // Another round of the same instrument names the round in which the house has applied.
    const other = await openRound("2026-10-15");
    const sentence =
      "mutation ($input: ApplyForRatingInput!) { applyForRating(input: $input) { userErrors { code message } } }";
    const input = { idempotencyKey: bank.key(), roundId: other.id, organizationId: organization.id };
    const { applyForRating } = await ask(head, sentence, { input });
    expect(applyForRating.userErrors[0].code).toBe("ALREADY_APPLIED");
    expect(applyForRating.userErrors[0].message).toMatch(/2026.*9.*1.*2026.*9.*30/);

    for (const action of ["CHECK_ELIGIBILITY", "SITE_VISIT"] as const) await advance(next, action);
    for (const member of members.slice(0, 3)) await hand(next, member, pointsAt(92));
    await advance(next, "PRELIMINARY");
    for (const member of members.slice(0, 5)) await vote(next, member);
    expect(await advance(next, "PUBLISH_NOTICE")).toBe("PUBLIC_NOTICE");
    // What was published stays so.
    expect(await withdraw(next)).toBe("WITHDRAWN");
    expect((await bank.services.ratings.historyOf([organization.id]))[0]?.map(({ state }) => state)).toEqual([
      "WITHDRAWN",
    ]);
    const id3 = (await again()) as string;
    expect(await withdraw(id3)).toBe("WITHDRAWN");
  });

  test("a confirmed result is not withdrawn", async () => {
    const id = await valid();
    expect(await codeOf(bank.services.ratings.withdraw(head, { applicationId: id }))).toBe("ILLEGAL_TRANSITION");
  });

  test("the vote of a member who left stays, or goes and leaves a seat, as the policy says and the votes show", async () => {
    const id = await preliminary();
    for (const member of members.slice(0, 5)) await vote(id, member);
    await leave(members[0] as Actor);
    const votes = async () => (await bank.services.ratings.many(bank.officer, [id]))[0]?.votes;
    expect(await votes()).toMatchObject({ inFavour: 5, quorum: true, departed: 1, departedVotes: "KEEP" });
    const seat = (memberId: string, substituteId: string) =>
      codeOf(
        bank.services.ratings
          .decideRecusal(bank.officer, { applicationId: id, memberId, substituteId, decision: "GRANT_RECUSAL" })
          .then(({ state }) => state),
      );
    const substitute = await bank.staff("ASSESSOR", null, "substitute");
    const [gone, staying] = [members[0]?.personId as string, members[1]?.personId as string];
    // A vote that stays leaves no seat to anybody.
    expect(await seat(gone, substitute.personId as string)).toBe("NOT_FOUND");
    await set("rating.departedVotes", "LOSE");
    expect(await votes()).toMatchObject({ inFavour: 4, quorum: false, departed: 1, departedVotes: "LOSE" });
    expect(await advance(id, "PUBLISH_NOTICE")).toBe("QUORUM_MISSING");
    expect(await seat(staying, substitute.personId as string)).toBe("NOT_FOUND");
    expect(await seat(gone, substitute.personId as string)).toBe("COMMITTEE_VOTED");
    expect(await vote(id, substitute)).toMatchObject({ inFavour: 5, recused: 1, quorum: true });
    expect(await advance(id, "PUBLISH_NOTICE")).toBe("PUBLIC_NOTICE");
    // Who leaves after the notice changes nothing of what it says.
    day("2026-09-03");
    await leave(members[1] as Actor);
    expect(await votes()).toMatchObject({ inFavour: 5, quorum: true, departed: 1 });
  });

  const downgrading =
    "mutation ($input: DowngradeRatingInput!) { downgradeRating(input: $input) { organization { evaluationGrade { level } } downgrade { toLevel state answerBy answered version } userErrors { code details } } }";
  const downgrade = async (who: Actor, toLevel = 0, ground = "提供虚假材料") => {
    const input = { organizationId: organization.id, instrument: "EVALUATION_GRADE", toLevel, ground };
    const { downgradeRating } = await ask(who, downgrading, { input });
    return downgradeRating.userErrors[0]?.code ?? downgradeRating.downgrade;
  };

  test("one officer takes no grade away: the organisation is notified and answers, and another officer takes it", async () => {
    const id = await valid();
    expect(await downgrade(bank.officer)).toEqual({
      ...{ toLevel: 0, state: "PROPOSED", answerBy: "2026-09-16", answered: false, version: 1 },
    });
    // However often the first officer sends it, and whatever the level: the grade holds, and bars nobody.
    for (let i = 0; i < 2; i += 1)
      expect(await downgrade(bank.officer)).toMatchObject({ state: "PROPOSED", version: 1 });
    expect(await downgrade(bank.officer, 2)).toBe("INVALID_INPUT");
    expect(await grade()).toBe(4);
    expect((await bank.store.view.ratings([id])).get(id)).toMatchObject({ state: "VALID", bannedUntil: null });
    expect(await downgrade(second)).toBe("ANSWER_PENDING");
    expect(await downgrade(second, 2)).toBe("INVALID_INPUT");

    const { viewer } = await ask(
      head,
      "{ viewer { notices(first: 5) { edges { node { kind title body subject { id } } } } } }",
      {},
    );
    expect(viewer.notices.edges.map(({ node }: { node: object }) => node)).toContainEqual({
      ...{ kind: "RATING", title: "拟降低或取消贵单位的评定等级，请在期限内陈述申辩", subject: { id } },
      body: "社会组织评估等级：提供虚假材料",
    });
    const answer = { applicationId: id, statement: "材料系笔误，已更正" };
    expect(await codeOf(bank.services.ratings.answerDowngrade(bank.officer, answer))).toBe("NOT_PERMITTED");
    for (let i = 0; i < 2; i += 1) await bank.services.ratings.answerDowngrade(head, answer);
    // The officer who proposed it does not take it, also after the answer.
    expect(await downgrade(bank.officer)).toMatchObject({ state: "PROPOSED", answered: true, version: 2 });
    expect(await grade()).toBe(4);
    for (let i = 0; i < 2; i += 1)
      expect(await downgrade(second)).toEqual(
        i === 0 ? expect.objectContaining({ state: "TAKEN" }) : "ILLEGAL_TRANSITION",
      );
    expect(await grade()).toBeNull();
    expect((await bank.store.view.ratings([id])).get(id)).toMatchObject({
      state: "REVOKED",
      bannedUntil: "2029-09-08",
    });

    const file =
      "query ($id: ID!) { node(id: $id) { ... on RatingApplication { file { downgrades { state history { action actor { kind } reason } } } } } }";
    const { node } = await ask(head, file, { id });
    type Line = { action: string; actor: { kind: string }; reason: string };
    expect(
      node.file.downgrades.map(({ state, history }: { state: string; history: Line[] }) => [
        state,
        ...history.map(({ action, actor, reason }) => `${action} ${actor.kind}: ${reason}`),
      ]),
    ).toEqual([
      [
        "TAKEN",
        "PROPOSE OFFICER: 提供虚假材料",
        "ANSWER ORGANIZATION_ADMIN: 材料系笔误，已更正",
        "TAKE OFFICER: 提供虚假材料",
      ],
    ]);
  });

  test("without an answer it is taken when the days are over; what is let go leaves the grade, and can be proposed again", async () => {
    const id = await valid();
    await downgrade(bank.officer, 2);
    expect(await codeOf(bank.services.ratings.dropDowngrade(second, { applicationId: id, reason: " " }))).toBe(
      "REASON_MISSING",
    );
    for (let i = 0; i < 2; i += 1)
      await bank.services.ratings.dropDowngrade(second, { applicationId: id, reason: "证据不足" });
    const late = { applicationId: id, statement: "迟到的说明" };
    expect(await codeOf(bank.services.ratings.answerDowngrade(head, late))).toBe("ILLEGAL_TRANSITION");
    expect(await grade()).toBe(4);
    await set("rating.downgradeAnswerWorkingDays", 2);
    expect(await downgrade(second, 3)).toMatchObject({ state: "PROPOSED", answerBy: "2026-09-11" });
    day("2026-09-11");
    expect(await downgrade(bank.officer, 3)).toBe("ANSWER_PENDING");
    day("2026-09-12");
    expect(await downgrade(bank.officer, 3)).toMatchObject({ state: "TAKEN" });
    expect(await grade()).toBe(3);
  });

  test("the audit finds a forged journal in which one officer lowers a rating, or an assessor hands in another's sheet", async () => {
    const id = await valid();
    await downgrade(bank.officer);
    const [case_] = (await bank.store.view.ratingDowngrades([id])).get(id) ?? [];
    const [sheet] = (await bank.store.view.ratingSheets([id])).get(id) ?? [];
    const rating = (await bank.store.view.ratings([id])).get(id);
    if (!case_ || !sheet || !rating) throw new Error("they are there");
    const { seq: _, ...proposal } = case_ as typeof case_ & { seq: number };
    const { seq: __, ...handed } = sheet;
    const { seq: ___, ...stood } = rating as typeof rating & { seq: number };
    const taking = {
      ...{ ...proposal, type: "RATING_DOWNGRADE_STEP", answered: true, state: "TAKEN", version: proposal.version + 1 },
      ...{ action: "TAKE", from: "PROPOSED", actorKind: "OFFICER", reasonId: handed.commentsId },
    } as const;
    const taken = {
      ...{ ...stood, type: "RATING_STEP", state: "REVOKED", level: 0 },
      ...{
        version: stood.version + 1,
        action: "REVOKE",
        from: "VALID",
        actorKind: "OFFICER",
        reasonId: null,
        wordsId: null,
      },
    } as const;
    const other = { ...handed, type: "RATING_SHEET_SET", points: [] as PartPoints[], version: 2 } as const;
    const attacks: { by: string; fact: Fact; what: string }[] = [
      { by: proposal.proposedBy, fact: taking as Fact, what: "was decided by one who may not" },
      { by: "person_x", fact: { ...taking, answered: false } as Fact, what: "was decided before the answer" },
      { by: "person_x", fact: taken as Fact, what: "nobody proposed it" },
      { by: "person_x", fact: other as Fact, what: "is not the assessor's own" },
      { by: handed.assessorId, fact: other as Fact, what: "was not asked for" },
    ];
    for (const { by, fact, what } of attacks) {
      let findings: string[] = [];
      // Tried, looked at from within, and taken back.
      const tried = bank.store.write(async (tx) => {
        await tx.append(by, fact);
        findings = (await audit(tx, origin)).findings.map((finding) => JSON.stringify(finding));
        throw new Refusal("INVALID_INPUT");
      });
      expect(await codeOf(tried)).toBe("INVALID_INPUT");
      expect(findings.join("\n")).toContain(what);
    }
  });
});
