import type { Actor } from "../../src/domain/permissions/actors";
import type { RatingFile } from "../../src/services/ratings/sight";
import { closeAudited } from "../support/audited";
import { engines } from "../support/engines";
import { documents, openRatings, type TestRatings } from "../support/ratings";

describe.each(engines)("evaluations of organisations on $name", (engine) => {
  let ratings: TestRatings;
  beforeEach(async () => {
    ratings = await openRatings(engine);
  });
  afterEach(() => closeAudited(ratings.bank, ratings.api));

  test("an evaluation takes eligibility, site visit, assessors and notice; a downgrade bars the next application (F14)", async () => {
    const { bank, members, reviewer, organization, send, day, openRound, apply, advance, vote } = ratings;
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
    /** The reasons that end the new application. */
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
    // One officer proposes it, and the grade holds; another confirms it once the organisation has answered.
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
    // The organisation has to return the plaque within fifteen days.
    const citation = "《社会组织评估管理办法》第三十三条";
    expect(await plaques()).toEqual([
      { node: { dueOn: "2029-09-25", citation, subject: { id }, responsible: { id: association.id } } },
    ]);
    for (let i = 0; i < 2; i += 1) expect(await advance(id, "RETURN_PLAQUE")).toBe("DOWNGRADED");
    expect(await plaques()).toEqual([]);
    const { history } = (await bank.services.ratings.filesOf(bank.officer, [id]))[0] as RatingFile;
    expect(history.slice(-3).map(({ action }) => action)).toEqual(["FILE_UP", "DOWNGRADE", "RETURN_PLAQUE"]);
    // An earlier application is checked against the ban when its turn comes.
    expect(await advance(again as string, "CHECK_ELIGIBILITY")).toBe("INELIGIBLE");
    expect(await refused("2031-09-09")).toEqual(["BANNED"]);
    expect((await anew("2031-09-10")).slice(1)).toEqual([]);
    expect(await downgrade(0)).toBe("ILLEGAL_TRANSITION");
  });

  test("five reviewers hear the review of an evaluation, and more than half of them decide [EVAL39 §11]", async () => {
    const { bank, members, reviewer, organization, send, day, openRound, apply, advance, vote } = ratings;
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
    // A second opinion of one reviewer does not count, and four opinions decide nothing.
    expect(await hear(0, 1)).toBe("REVIEW_REQUESTED");
    expect(await advance(id, "CONFIRM")).toBe("ILLEGAL_TRANSITION");
    expect(await hear(4, 4, "多数认为应为 5A")).toBe("REVIEWED");
    const shown = (await bank.services.ratings.many(head, [id]))[0];
    expect(shown).toMatchObject({
      level: 5,
      votes: { inFavour: 5, against: 0 },
      review: { reviewers: 5, decision: "CHANGED", reason: "多数认为应为 5A" },
    });
    // A reviewer of the case may not confirm it as an officer.
    day("2026-09-09");
    await bank.grant(reviewer.personId as string, "OFFICER", null);
    const both = await bank.services.people.actorOfPerson(reviewer.personId as string);
    expect(await advance(id, "CONFIRM", both)).toBe("SAME_PERSON");
    expect(await advance(id, "CONFIRM")).toBe("VALID");
  });
});
