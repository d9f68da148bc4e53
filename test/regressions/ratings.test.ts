import type { Fact } from "../../src/domain/facts";
import type { Organization } from "../../src/domain/facts/organizations";
import type { RatingVote } from "../../src/domain/facts/ratings";
import { Refusal } from "../../src/domain/kit/refusal";
import { type Actor, system } from "../../src/domain/permissions/actors";
import { audit } from "../../src/services/audit";
import type { Said } from "../../src/services/ratings/sight";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines, origin } from "../support/engines";
import { codeOf } from "../support/outcomes";

describe.each(engines)("ratings on $name", (engine) => {
  let bank: TestBank;
  let members: Actor[];
  let admin: Actor;
  let platform: Organization;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-01T09:00:00+08:00");
    members = [];
    for (let i = 0; i < 7; i += 1) members.push(await bank.staff("ASSESSOR", null, `member ${i}`));
    const { value } = await bank.services.organizations.register(system, {
      idempotencyKey: bank.key(),
      slug: "platform",
      name: "platform",
      kind: "SERVICE_PLATFORM",
      filingStatus: "REGISTERED",
      divisionCode: "fengqiao",
    });
    platform = value;
    admin = await bank.staff("ORGANIZATION_ADMIN", platform.id, "admin");
  });
  afterEach(() => closeAudited(bank));

  const day = (date: string) => bank.setClock(`${date}T09:00:00+08:00`);
  const openRound = async (committee = members, on = bank.services.today()) =>
    (
      await bank.services.ratings.openRound(bank.officer, {
        idempotencyKey: bank.key(),
        instrument: "PLATFORM_STAR",
        opensOn: on,
        closesOn: on,
        committee: committee.map(({ personId }) => personId as string),
      })
    ).value;
  const apply = (roundId: string) =>
    bank.services.ratings
      .apply(admin, { idempotencyKey: bank.key(), roundId, organizationId: platform.id })
      .then(({ value }) => value.id);
  const advance = (
    applicationId: string,
    action: "CHECK_ELIGIBILITY" | "PRELIMINARY" | "PUBLISH_NOTICE" | "CONFIRM",
    by = bank.officer,
  ) => codeOf(bank.services.ratings.advance(by, { applicationId, action }).then(({ state }) => state));
  const vote = (applicationId: string, by: Actor, level = 4) =>
    codeOf(bank.services.ratings.vote(by, { applicationId, choice: "IN_FAVOUR", level }).then(({ votes }) => votes));
  const noticed = async () => {
    const id = await apply((await openRound()).id);
    for (const action of ["CHECK_ELIGIBILITY", "PRELIMINARY"] as const) await advance(id, action);
    for (const member of members) await vote(id, member);
    expect(await advance(id, "PUBLISH_NOTICE")).toBe("PUBLIC_NOTICE");
    return id;
  };
  const history = async () => (await bank.services.ratings.historyOf([platform.id]))[0] ?? [];

  test("facts that came while a notice ran count at the confirmation, and stay public", async () => {
    const id = await noticed();
    expect(await codeOf(apply((await openRound()).id))).toBe("ALREADY_APPLIED");
    const { value } = await bank.services.credit.open(bank.officer, {
      idempotencyKey: bank.key(),
      subjectId: platform.id,
      kind: "ADVERSE",
      ground: "FORGED_SERVICE_RECORDS",
      facts: "代签",
      evidence: [{ kind: "OTHER", ref: "卷宗" }],
    });
    const judge = await bank.staff("OFFICER", null, "judge");
    await bank.services.credit.advance(bank.officer, { recordId: value.id, action: "NOTIFY", reason: "r" });
    day("2026-09-10");
    for (const by of [bank.officer, judge])
      await bank.services.credit.advance(by, { recordId: value.id, action: "CONFIRM", reason: "r" });
    expect(await advance(id, "CONFIRM")).toBe("INELIGIBLE");
    expect((await history()).map(({ state, failed }) => [state, failed])).toEqual([["INELIGIBLE", ["UNDISCLOSED"]]]);
  });

  test("members of the committee vote and do nothing else; staff of the organisation, present or recent, do nothing at all", async () => {
    const both = await bank.staff("OFFICER", null, "both");
    const id = await apply((await openRound([...members.slice(1), both])).id);
    expect(await advance(id, "CHECK_ELIGIBILITY", both)).toBe("SAME_PERSON");
    await advance(id, "CHECK_ELIGIBILITY");
    await advance(id, "PRELIMINARY");
    const [, late, posted, ...rest] = members as [Actor, Actor, Actor, ...Actor[]];
    await bank.services.posts.set(bank.officer, {
      idempotencyKey: bank.key(),
      socialWorkerId: (
        await bank.services.socialWorkers.register(bank.officer, {
          idempotencyKey: bank.key(),
          displayName: "社工",
          organizationId: platform.id,
          level: "SENIOR",
          certificateNo: "A-0001",
          registeredOn: "2026-01-01",
        })
      ).value.id,
      organizationId: platform.id,
      post: "DEPUTY",
      grade: 9,
      validFrom: "2026-01-01",
    });
    // Two vote; then one of them comes to work for the house, and the vote counts no longer.
    for (const member of [late, posted, ...rest]) await vote(id, member);
    await bank.grant(late.personId as string, "ORGANIZATION_ADMIN", platform.id);
    await bank.grant(posted.personId as string, "STATION_WORKER", platform.id);
    expect(await advance(id, "PUBLISH_NOTICE")).toBe("QUORUM_MISSING");
    const formerly = await bank.staff("OFFICER", null, "formerly");
    await bank.services.people.grantRole(system, {
      idempotencyKey: bank.key(),
      personId: formerly.personId as string,
      role: "ORGANIZATION_ADMIN",
      organizationId: platform.id,
      validFrom: "2020-01-01",
      validUntil: "2026-08-31",
    });
    const former = await bank.services.people.actorOfPerson(formerly.personId as string);
    expect(await advance(id, "PUBLISH_NOTICE", former)).toBe("RECUSAL_NEEDED");
  });

  test("a member who leaves a case leaves a seat that another person may have: no case waits for an impossible quorum", async () => {
    const id = await apply((await openRound()).id);
    await advance(id, "CHECK_ELIGIBILITY");
    await advance(id, "PRELIMINARY");
    const [first, second, third, ...rest] = members as [Actor, Actor, Actor, ...Actor[]];
    const ask = (member: Actor, reason: string) =>
      codeOf(
        bank.services.ratings
          .requestRecusal(admin, { applicationId: id, memberId: member.personId as string, reason })
          .then(({ version }) => version),
      );
    const decide = (
      member: Actor,
      substitute?: Actor,
      decision: "GRANT_RECUSAL" | "REFUSE_RECUSAL" = "GRANT_RECUSAL",
    ) =>
      codeOf(
        bank.services.ratings
          .decideRecusal(bank.officer, {
            ...{ applicationId: id, memberId: member.personId as string, decision, reason: "批复" },
            substituteId: substitute?.personId,
          })
          .then(({ votes }) => `${votes.inFavour} for, ${votes.recused} out`),
      );
    const version = await ask(first, "同一单位");
    expect([await ask(first, "同一单位"), await ask(first, "另有亲属关系")]).toEqual([version, "ILLEGAL_TRANSITION"]);
    // Two leave by themselves, and one by the office's word: four of seven are no quorum.
    for (const member of [second, third])
      await bank.services.ratings.vote(member, { applicationId: id, choice: "RECUSE" });
    for (const member of rest) await vote(id, member);
    expect(await decide(first)).toBe("4 for, 3 out");
    expect(await advance(id, "PUBLISH_NOTICE")).toBe("QUORUM_MISSING");

    const [one, other, partial] = [
      await bank.staff("ASSESSOR", null, "one"),
      await bank.staff("ASSESSOR", null, "other"),
      await bank.staff("ASSESSOR", null, "partial"),
    ];
    await bank.grant(partial.personId as string, "STATION_WORKER", platform.id);
    expect(await codeOf(vote(id, one))).toBe("NOT_PERMITTED");
    expect(await decide(rest[0] as Actor, one)).toBe("NOT_FOUND");
    expect(await decide(second, bank.worker)).toBe("NOT_FOUND");
    expect(await decide(second, rest[0] as Actor)).toBe("INVALID_INPUT");
    expect(await decide(second, partial)).toBe("RECUSAL_NEEDED");
    expect(await decide(second, one, "REFUSE_RECUSAL")).toBe("INVALID_INPUT");
    for (let i = 0; i < 2; i += 1) expect(await decide(second, one)).toBe("4 for, 3 out");
    expect(await decide(first, one)).toBe("INVALID_INPUT");
    expect(await decide(first, other)).toBe("4 for, 3 out");
    expect(await decide(second, await bank.staff("ASSESSOR", null, "more"))).toBe("ILLEGAL_TRANSITION");
    expect(await advance(id, "PUBLISH_NOTICE")).toBe("QUORUM_MISSING");
    expect(await vote(id, one)).toMatchObject({ inFavour: 5, recused: 3, quorum: true });
    expect(await advance(id, "PUBLISH_NOTICE", bank.officer)).toBe("PUBLIC_NOTICE");
    const [file] = await bank.services.ratings.filesOf(bank.officer, [id]);
    expect(
      file?.recusals.map(({ memberId, requestedAt, substituteId }) => [memberId, requestedAt !== null, substituteId]),
    ).toEqual([
      [first.personId, true, other.personId],
      [second.personId, false, one.personId],
    ]);
  });

  test("a text about a member is in the member's own copy, goes with the member, and leaves the seats as they are", async () => {
    const id = await apply((await openRound()).id);
    const [member, other] = [members[0] as Actor, await bank.staff("ASSESSOR", null, "other")];
    const memberId = member.personId as string;
    const asked = { applicationId: id, memberId };
    await bank.services.ratings.requestRecusal(admin, { ...asked, reason: "其妹在本单位任职" });
    await bank.services.ratings.decideRecusal(bank.officer, {
      ...{ ...asked, decision: "GRANT_RECUSAL", reason: "情况属实", substituteId: other.personId },
    });
    const { secret } = (await bank.services.privacy.export(member, { idempotencyKey: bank.key(), personId: memberId }))
      .value;
    const words = (await bank.services.privacy.copy(secret))?.words.map(({ value }) => (value as Said).reason);
    expect(words).toEqual(expect.arrayContaining(["其妹在本单位任职", "情况属实"]));

    const [grant] = (await bank.store.view.grantsOfPersons([memberId])).get(memberId) ?? [];
    await bank.services.people.revokeRole(bank.officer, { grantId: grant?.id as string, reason: "离任" });
    const erased = { idempotencyKey: bank.key(), personId: memberId, reason: "本人申请" };
    await bank.services.privacy.erase(bank.officer, erased);
    const [file] = await bank.services.ratings.filesOf(admin, [id]);
    expect(file?.recusals).toEqual([
      {
        ...{ memberId, substituteId: other.personId, decision: "GRANT_RECUSAL" },
        ...{ requestedAt: expect.any(Number), decidedAt: expect.any(Number) },
        ...{ reason: null, decisionReason: null },
      },
    ]);
    expect(file?.history.map(({ action, reason }) => [action, reason])).toEqual([
      ["APPLY", null],
      ["REQUEST_RECUSAL", null],
      ["GRANT_RECUSAL", null],
    ]);
    for (const action of ["CHECK_ELIGIBILITY", "PRELIMINARY"] as const) await advance(id, action);
    expect(await vote(id, other)).toMatchObject({ inFavour: 1, recused: 1 });
  });

  test("the audit finds a forged journal in which a member votes for another, or a recused member comes back", async () => {
    const id = await noticed();
    const [vote] = (await bank.store.view.ratingVotes([id])).get(id) ?? [];
    const { seq: _, ...before } = vote as RatingVote & { seq: number };
    const next = { ...before, type: "RATING_VOTED", version: before.version + 1 } as const;
    const attacks: { by: string; facts: Fact[] }[] = [
      { by: "person_x", facts: [{ ...next, level: 1 }] },
      { by: before.memberId, facts: [{ ...next, version: 7 }] },
      { by: before.memberId, facts: [{ ...next, memberId: "person_x", choice: "RECUSE", level: null }] },
      {
        by: before.memberId,
        facts: [
          { ...next, choice: "RECUSE", level: null },
          { ...next, version: next.version + 1 },
        ],
      },
    ];
    for (const { by, facts } of attacks) {
      let found: string[] = [];
      // Tried, looked at from within, and taken back.
      const tried = bank.store.write(async (tx) => {
        for (const fact of facts) await tx.append(by, fact);
        found = (await audit(tx, origin)).findings.map(({ check }) => check);
        throw new Refusal("INVALID_INPUT");
      });
      expect(await codeOf(tried)).toBe("INVALID_INPUT");
      expect(found).toContain("STEP");
    }
  });

  test("a member's word of before the round counts, whatever they say after it", async () => {
    day("2026-08-20");
    const member = await bank.actorOf(await bank.volunteer("V-9"));
    await bank.confirm(bank.supervisor, (await bank.log("V-9", "2026-08-18", "09:00", "11:00")).id);
    const give = (stars: number) =>
      bank.services.ratings.giveFeedback(member, { idempotencyKey: bank.key(), organizationId: platform.id, stars });
    await give(5);
    await give(1);
    day("2026-09-01");
    const id = await apply((await openRound()).id);
    day("2026-09-02");
    await give(5);
    await advance(id, "CHECK_ELIGIBILITY");
    await advance(id, "PRELIMINARY");
    const [rating] = (await bank.store.view.ratings([id])).values();
    expect(rating?.lines.find(({ key }) => key === "MEMBER_FEEDBACK")?.source).toBe(
      "1 members, 1 stars after 10 at 3, 2025-09-01..2026-08-31",
    );
    expect(rating?.lines.find(({ key }) => key === "VISIT_RATE")?.source).toBe("division 0/0 visits, 2025-09..2026-08");
  });

  test("nobody learns of an application before its notice, not even that there is one", async () => {
    const round = await openRound();
    await apply(round.id);
    const seen = (who: Actor) => bank.services.ratings.applications(who, round.id, { first: 1 });
    const stranger = await bank.actorOf(await bank.volunteer("V-1"));
    expect((await seen(stranger)).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
    expect((await seen(admin)).edges).toHaveLength(1);
  });

  test("a score names the weights that it was counted by, and the same vote again is no vote", async () => {
    const round = await openRound();
    const id = await apply(round.id);
    const { value: policy } = await bank.services.policies.set(bank.officer, {
      idempotencyKey: bank.key(),
      key: "platformStar.weights",
      value: [{ code: "MEMBER_FEEDBACK", label: "评价", labelEn: "Feedback", weight: 1000 }],
      effectiveFrom: "2026-09-02",
      citation: "新规定",
    });
    day("2026-09-02");
    await advance(id, "CHECK_ELIGIBILITY");
    await advance(id, "PRELIMINARY");
    const rating = async () => (await bank.store.view.ratings([id])).get(id);
    expect((await rating())?.policyId).not.toBe(policy.id);
    expect((await rating())?.lines).toHaveLength(6);
    await vote(id, members[0] as Actor);
    const { seq } = await bank.store.view.head();
    await vote(id, members[0] as Actor);
    expect((await bank.store.view.head()).seq).toBe(seq);
  });
});
