import type { Volunteer } from "../../src/domain/facts/people";
import { type Actor, system } from "../../src/domain/permissions/actors";
import { closeAudited } from "../support/audited";
import { engines } from "../support/engines";
import { noteGuardian } from "../support/near";
import { documents, openRatings, type TestRatings } from "../support/ratings";

describe.each(engines)("stars of platforms on $name", (engine) => {
  let ratings: TestRatings;
  beforeEach(async () => {
    ratings = await openRatings(engine);
  });
  afterEach(() => closeAudited(ratings.bank, ratings.api));

  test("a round gives stars after a recusal and a review, and explains each result", async () => {
    const {
      bank,
      members,
      reviewer,
      platform,
      admin,
      send,
      day,
      openRound,
      apply,
      advance,
      vote,
      feedback,
      explained,
      rated,
    } = ratings;
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
    // Until the notice only the organisation, its committee and the office see it.
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
    // The grown-up child of another member works there.
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

    // The organisation asks for a review; a reviewer who did not vote decides it.
    expect(await send(bank.officer, documents.review, { applicationId: id, reason: "时长漏计" })).toBe("NOT_PERMITTED");
    expect((await send(admin, documents.review, { applicationId: id, reason: "时长漏计" })).state).toBe(
      "REVIEW_REQUESTED",
    );
    expect(await advance(id, "REVIEW", bank.officer, { reason: "r" })).toBe("NOT_PERMITTED");
    expect(await advance(id, "REVIEW", reviewer)).toBe("REASON_MISSING");
    expect(await advance(id, "REVIEW", reviewer, { level: 3, reason: "补录时长属实" })).toBe("REVIEWED");
    expect(await rated()).toEqual([]);
    // A result that a review changes is published again, for as many days.
    expect((await explained())[0].level).toBe(3);
    expect(await advance(id, "CONFIRM")).toBe("NOTICE_RUNNING");
    day("2026-09-09");
    expect(await advance(id, "CONFIRM")).toBe("VALID");
    expect([await rated(), await rated(4)]).toEqual([["platform 3"], []]);
    expect((await explained())[0]).toMatchObject({
      state: "VALID",
      validFrom: "2026-09-09",
      validUntil: "2028-09-08",
      review: { decision: "CHANGED", reason: "补录时长属实" },
    });
    day("2028-03-09");
    expect((await explained())[0].state).toBe("REAPPLY_OPEN");
    day("2028-09-09");
    expect([(await explained())[0].state, await rated()]).toEqual(["EXPIRED", []]);
  });

  test("a member who was merged keeps one seat, and the person's interests count for it", async () => {
    const { bank, members, platform, admin, send, openRound, apply, advance, vote } = ratings;
    const { round } = await openRound("PLATFORM_STAR");
    const { id } = await apply(round.id);
    for (const action of ["CHECK_ELIGIBILITY", "PRELIMINARY"]) await advance(id, action);
    const [first, second, third] = members as [Actor, Actor, Actor];
    const merge = async (keep: Actor, goes: Actor) => {
      const pair = { keepPersonId: keep.personId as string, mergePersonId: goes.personId as string };
      await bank.services.persons.merge(bank.officer, { idempotencyKey: bank.key(), ...pair, reason: "同一人" });
      return bank.services.people.actorOfPerson(keep.personId as string);
    };
    // A person with a seat under an earlier id votes by it; two seats of one person are one vote.
    const same = await merge(await bank.staff("ASSESSOR", null, "member again"), first);
    expect(await vote(id, same, "IN_FAVOUR", 2)).toMatchObject({ inFavour: 1 });
    expect(await vote(id, second, "AGAINST")).toMatchObject({ inFavour: 1, against: 1 });
    const both = await merge(same, second);
    expect(await vote(id, both, "IN_FAVOUR", 3)).toMatchObject({ inFavour: 1, against: 0 });
    // An interest of the person counts for the seat, and the request about the member is sealed under the kept person.
    await bank.grant(both.personId as string, "STATION_WORKER", platform.id);
    expect(await vote(id, both, "AGAINST")).toBe("RECUSAL_NEEDED");
    const asked = { applicationId: id, memberId: first.personId, reason: "曾任理事" };
    expect((await send(admin, documents.request, asked)).state).toBe("COMMITTEE_VOTED");
    const member = { applicationId: id, memberId: first.personId, decision: "GRANT_RECUSAL" };
    expect((await send(bank.officer, documents.decide, member)).votes).toMatchObject({ inFavour: 0, recused: 1 });
    expect(await vote(id, third, "IN_FAVOUR", 3)).toMatchObject({ inFavour: 1 });
  });

  test("an organisation supplies evidence and asks that a member leaves its case, and the office decides before the notice", async () => {
    const { bank, api, members, admin, send, openRound, apply, advance, vote } = ratings;
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
    // Everybody sees the result by now, and nobody else sees its file.
    expect([await file(null), await file(bank.worker)]).toEqual([null, null]);
  });

  test("staff give stars to their platform from their ninetieth day on", async () => {
    const { bank, day, feedback } = ratings;
    const speak = async (validFrom: string) => {
      const personId = await bank.services.people.registerStaff(system, { displayName: "员工" });
      const role = { role: "STATION_WORKER", organizationId: bank.station.id, validFrom } as const;
      await bank.services.people.grantRole(system, { idempotencyKey: bank.key(), personId, ...role });
      const who = await bank.services.people.actorOf({ subject: personId, issuer: "https://goodhours.example" });
      const again = () => feedback(who, 5);
      return { personId, answer: await again(), again };
    };
    // The employer dated the role back: its id shows when it was granted.
    const hired = await speak("2020-01-01");
    expect(hired.answer).toBe("NOT_PERMITTED");
    day("2026-11-29");
    expect(await hired.again()).toBe("NOT_PERMITTED");
    day("2026-11-30");
    expect(await hired.again()).toMatchObject({ stars: 5 });
    // Another role at the same organisation continues the first one.
    const [first] = (await bank.services.people.grantsOf(bank.officer, [hired.personId]))[0] as { id: string }[];
    await bank.services.people.revokeRole(bank.officer, { grantId: first?.id as string, reason: "晋升" });
    expect(await hired.again()).toBe("NOT_PERMITTED");
    await bank.grant(hired.personId, "STATION_SUPERVISOR", bank.station.id);
    expect(await hired.again()).toMatchObject({ stars: 5 });
    // Staff of a dissolved organisation are no members.
    const dissolution = { organizationId: bank.station.id, action: "DISSOLVE", reason: "合并" } as const;
    await bank.services.registry.advance(bank.officer, dissolution);
    expect(await hired.again()).toBe("NOT_PERMITTED");
  });

  test("a revoked rating ends on that day, and bars an application for three years", async () => {
    const { bank, members, platform, organization, send, day, openRound, apply, advance, vote, explained } = ratings;
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
    const downgrade = {
      ...{ organizationId: platform.id, instrument: "PLATFORM_STAR", toLevel: 0, ground: "伪造服务记录" },
    };
    const revoke = (by: Actor) => send(by, documents.downgrade, downgrade);
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
