import type { Volunteer } from "../../src/domain/facts/people";
import type { StarDecision } from "../../src/domain/facts/stars";
import { dayOf } from "../../src/domain/kit/calendar";
import type { Actor } from "../../src/domain/permissions/actors";
import { closeFullyAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { noteGuardian } from "../support/near";
import { codeOf } from "../support/outcomes";

/** Volunteer stars told by their steps (domain.md 2.1 D, 6.4; N7, fixture F07). */
describe.each(engines)("stars on $name", (engine) => {
  let bank: TestBank;
  let mei: Volunteer;
  let today: string;
  beforeEach(async () => {
    today = "2026-09-01";
    bank = await openBank(engine, `${today}T20:00:00+08:00`);
    mei = await bank.volunteer("V-1", { displayName: "陈梅" });
  });
  afterEach(() => closeFullyAudited(bank));

  const on = (day: string) => {
    today = day;
    bank.setClock(`${day}T20:00:00+08:00`);
  };
  const next = () => on(new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10));
  /** Hours from eight in the morning, logged and confirmed on the evening of the day. */
  const serve = async (hours: number, no = "V-1") => {
    const { id } = await bank.log(no, today, "08:00", `${String(8 + hours).padStart(2, "0")}:00`);
    expect(await bank.confirm(bank.supervisor, id)).toEqual(["POSTED"]);
    return id as string;
  };
  /** So many hours, eight a day. */
  const serveAll = async (hours: number, no = "V-1") => {
    for (let left = hours; left > 0; left -= 8) {
      await serve(Math.min(8, left), no);
      if (left > 8) next();
    }
  };
  const awards = async ({ id }: Volunteer = mei) => (await bank.store.view.starAwardsOf([id])).get(id) ?? [];
  const last = async (of: Volunteer = mei) => (await awards(of)).at(-1)?.id as string;
  const star = async (of: Volunteer = mei) => {
    const totals = (await bank.store.view.totals([of.id])).get(of.id);
    const { level, basisMinutes, next } = await bank.services.stars.standing(await awards(of), totals as never);
    return `star ${level}, ${basisMinutes / 60} h${next ? `, ${next.minutesRemaining / 60} h to star ${next.level}` : ""}`;
  };
  const decide = (actor: Actor, awardId: string, decision: StarDecision, reason: string | null = null) =>
    codeOf(bank.services.stars.decide(actor, { awardId, decision, reason }).then(({ state }) => state));
  const reverse = (recordId: string) =>
    bank.services.hours.reverse(bank.second, { idempotencyKey: bank.key(), recordId, reason: "重复登记" });
  /** Every step that was taken with the volunteer's stars, in the order of the journal. */
  const told = async (of: Volunteer = mei) => {
    const all = await awards(of);
    const steps = [...(await bank.store.view.starSteps(all.map(({ id }) => id))).values()].flat();
    const levels = new Map(all.map(({ id, level }) => [id, level]));
    const until = new Map(all.map(({ id, noticeUntil }) => [id, noticeUntil]));
    return steps
      .sort((a, b) => a.seq - b.seq)
      .map(({ starAwardId, action, to, at, actorKind, heldLevel, basisMinutes }) =>
        [
          dayOf(at),
          `star ${levels.get(starAwardId)}`,
          action,
          to,
          action === "PROPOSE" ? `until ${until.get(starAwardId)}` : `holds ${heldLevel}`,
          `${basisMinutes / 60} h`,
          actorKind,
        ].join(" | "),
      );
  };

  test("a posting reaches star 1, its notice crosses the holidays, a reversal drops star 2, and hours bring it back (F07)", async () => {
    on("2026-09-11");
    await serveAll(99);
    expect(await star()).toBe("star 0, 99 h, 1 h to star 1");
    expect(await awards()).toEqual([]);
    on("2026-09-28");
    await serve(1);
    expect(await star()).toBe("star 0, 100 h, 0 h to star 1");
    const first = await last();
    on("2026-10-10"); // a Saturday, and a working day by the State Council's calendar
    expect(await decide(bank.officer, first, "GRANT")).toBe("NOTICE_RUNNING");
    expect(await decide(bank.worker, first, "GRANT")).toBe("NOT_PERMITTED");
    next();
    expect(await decide(bank.officer, first, "GRANT")).toBe("GRANTED");
    // The same step by the same officer again is no new step.
    expect(await decide(bank.officer, first, "GRANT")).toBe("GRANTED");
    expect(await star()).toBe("star 1, 100 h, 200 h to star 2");

    next();
    await serveAll(198);
    next();
    const wrong = await serve(2);
    on("2026-12-01");
    expect(await decide(bank.officer, await last(), "GRANT")).toBe("GRANTED");
    expect(await star()).toBe("star 2, 300 h, 300 h to star 3");
    await reverse(wrong);
    expect(await star()).toBe("star 1, 298 h, 2 h to star 2");
    next();
    await serve(2);
    expect(await star()).toBe("star 1, 300 h, 0 h to star 2");
    expect(await decide(bank.officer, (await awards())[1]?.id as string, "RESTORE", "已补正")).toBe("STAR_PENDING");
    on("2026-12-20");
    expect(await decide(bank.officer, await last(), "GRANT")).toBe("GRANTED");
    expect(await star()).toBe("star 2, 300 h, 300 h to star 3");
    expect((await told()).join("\n")).toMatchInlineSnapshot(`
"2026-09-28 | star 1 | PROPOSE | PUBLIC_NOTICE | until 2026-10-10 | 100 h | SYSTEM
2026-10-11 | star 1 | GRANT | GRANTED | holds 1 | 100 h | OFFICER
2026-11-06 | star 2 | PROPOSE | PUBLIC_NOTICE | until 2026-11-13 | 300 h | SYSTEM
2026-12-01 | star 2 | GRANT | GRANTED | holds 2 | 300 h | OFFICER
2026-12-01 | star 2 | DOWNGRADE | DOWNGRADED | holds 1 | 298 h | SYSTEM
2026-12-02 | star 2 | PROPOSE | PUBLIC_NOTICE | until 2026-12-09 | 300 h | SYSTEM
2026-12-20 | star 2 | GRANT | GRANTED | holds 2 | 300 h | OFFICER"
`);
  });

  test("an adjustment that leaves enough hours takes no star, though it reverses a record on its way", async () => {
    await serveAll(98);
    next();
    const short = await serve(2);
    on("2026-10-20");
    expect(await decide(bank.officer, await last(), "GRANT")).toBe("GRANTED");
    const me = await bank.actorOf(mei);
    await bank.services.hours.dispute(me, { idempotencyKey: bank.key(), recordId: short, reason: "少记一小时" });
    const { startedAt, endedAt } = (await bank.store.view.records([short])).get(short) as {
      startedAt: number;
      endedAt: number;
    };
    await bank.services.hours.resolve(bank.second, {
      ...{ idempotencyKey: bank.key(), recordId: short, outcome: "ADJUSTED", reason: "属实" },
      ...{ startedAt, endedAt: endedAt + 3_600_000 },
    });
    expect(await star()).toBe("star 1, 101 h, 199 h to star 2");
    expect((await awards()).map(({ state }) => state)).toEqual(["GRANTED"]);
  });

  test("an objection is answered with the decision, and what it says is not for the volunteer", async () => {
    await serveAll(100);
    const awardId = await last();
    const other = await bank.actorOf(await bank.volunteer("V-2"));
    const object = (actor: Actor) =>
      codeOf(
        bank.services.stars.object(actor, { awardId, reason: "并未到场" }).then((award) => award?.version ?? null),
      );
    // Who objects learns nothing of the volunteer's hours; the same objection again is no new step.
    expect([await object(other), await object(other)]).toEqual([null, null]);
    expect((await awards()).map(({ version, contested }) => [version, contested])).toEqual([[2, true]]);
    on("2026-10-20");
    expect(await object(bank.worker)).toBe("ILLEGAL_TRANSITION");
    expect(await decide(bank.officer, awardId, "GRANT")).toBe("REASON_MISSING");
    expect(await decide(bank.officer, awardId, "GRANT", "已核对签到，异议不成立")).toBe("GRANTED");
    const reasons = async (actor: Actor) =>
      (await bank.services.stars.stepsOf(actor, [awardId])).flat().map(({ action, reason }) => `${action} ${reason}`);
    expect(await reasons(await bank.actorOf(mei))).toEqual([
      "PROPOSE null",
      "OBJECT null",
      "GRANT 已核对签到，异议不成立",
    ]);
    expect(await reasons(bank.worker)).toContain("OBJECT 并未到场");
    expect(await reasons(other)).toEqual([]);
    // After the notice the award is nobody's business but of those who see it.
    expect(await object(other)).toBe("NOT_FOUND");
  });

  test("nothing of a child is on public notice, and the star is decided without one", async () => {
    const child = await bank.volunteer("V-9", { birthDate: "2013-01-01", guardian: true });
    await serveAll(100, "V-9");
    expect((await awards(child)).map(({ state, noticeUntil }) => [state, noticeUntil])).toEqual([["PROPOSED", null]]);
    const notices = await bank.services.stars.notices(null, { first: 10 });
    expect(notices.edges).toEqual([]);
    const other = await bank.actorOf(mei);
    const objects = bank.services.stars.object(other, { awardId: await last(child), reason: "并未到场" });
    expect(await codeOf(objects)).toBe("NOT_FOUND");
    expect(await decide(bank.officer, await last(child), "GRANT")).toBe("GRANTED");
  });

  test("the public notice shows the level and the number, and nothing else of the volunteer", async () => {
    await serveAll(100);
    const { edges } = await bank.services.stars.notices(null, { first: 10 });
    const [award] = await awards();
    expect(edges.map(({ node }) => node)).toEqual([
      { awardId: award?.id, level: 1, divisionCode: "fengqiao", volunteerNo: "V-1", noticeUntil: award?.noticeUntil },
    ]);
  });

  test("another person decides than proposed, and neither is family", async () => {
    await serveAll(100);
    const volunteerId = mei.id;
    const propose = (actor: Actor) =>
      codeOf(
        bank.services.stars
          .propose(actor, { idempotencyKey: bank.key(), volunteerId, level: 1 })
          .then(({ value }) => value.state),
      );
    expect(await propose(bank.worker)).toBe("STAR_PENDING");
    on("2026-10-20");
    expect(await decide(bank.officer, await last(), "REFUSE", "材料不全")).toBe("REFUSED");
    expect(await propose(bank.officer)).toBe("PUBLIC_NOTICE");
    on("2026-11-20");
    expect(await decide(bank.officer, await last(), "GRANT")).toBe("SAME_PERSON");
    const other = await bank.staff("OFFICER", null, "another");
    expect(await decide(other, await last(), "GRANT")).toBe("GRANTED");
    // A parent who is an officer decides nothing about the child's star.
    const child = await bank.volunteer("V-9", { birthDate: "2012-01-01", guardian: true });
    await noteGuardian(bank, other.personId, child);
    await serveAll(100, "V-9");
    expect(await decide(other, await last(child), "REFUSE", "材料不全")).toBe("SELF_CONFIRMATION");
  });

  test("a star is suspended and restored with what the hours then carry; a steeper ladder takes none", async () => {
    await serveAll(100);
    on("2026-10-20");
    await decide(bank.officer, await last(), "GRANT");
    const ladder = {
      key: "star.thresholdsHours",
      value: [200, 400, 800, 1600, 3200],
      citation: "试行",
      effectiveFrom: today,
    };
    await bank.services.policies.set(bank.officer, { idempotencyKey: bank.key(), ...ladder });
    expect(await star()).toBe("star 1, 100 h, 300 h to star 2");
    expect(await decide(bank.officer, await last(), "SUSPEND")).toBe("REASON_MISSING");
    expect(await decide(bank.officer, await last(), "SUSPEND", "争议处理中")).toBe("SUSPENDED");
    expect(await star()).toBe("star 0, 100 h, 100 h to star 1");
    expect(await decide(bank.officer, await last(), "RESTORE", "查无问题")).toBe("GRANTED");
    expect(await star()).toBe("star 1, 100 h, 300 h to star 2");
  });

  test("an adverse record stands against a star; the volunteer's station does not learn of it", async () => {
    await serveAll(100);
    const { credit } = bank.services;
    const subject = { subjectId: mei.id, kind: "ADVERSE" as const, ground: "MALICIOUS_NO_SHOW", facts: "无故缺席" };
    const { value } = await credit.open(bank.worker, {
      idempotencyKey: bank.key(),
      ...subject,
      evidence: [{ kind: "LETTER", ref: "信访件 1" }],
    });
    const second = await bank.staff("OFFICER", null, "second officer");
    const step = (actor: Actor, action: "NOTIFY" | "CONFIRM") =>
      credit.advance(actor, { recordId: value.id, action, reason: "核实" });
    await step(bank.supervisor, "NOTIFY");
    on("2026-10-20");
    await step(bank.supervisor, "CONFIRM");
    await step(second, "CONFIRM");
    expect(await decide(bank.officer, await last(), "GRANT")).toBe("STAR_ADVERSE_RECORD");
    on("2030-01-10");
    expect(await decide(bank.officer, await last(), "GRANT")).toBe("GRANTED");
  });

  test("a merging takes stars along, and its undoing gives them back with what each one's hours carry", async () => {
    await serveAll(100);
    on("2026-10-20");
    await decide(bank.officer, await last(), "GRANT");
    const again = await bank.volunteer("V-2", { displayName: "陈梅" });
    on("2026-10-21");
    await serveAll(202, "V-2");
    on("2026-12-20");
    await decide(bank.officer, await last(again), "GRANT");
    const reasoned = { idempotencyKey: bank.key(), reason: "同一人" };
    const people = { keepPersonId: mei.personId, mergePersonId: again.personId };
    await bank.services.persons.merge(bank.officer, { ...reasoned, ...people });
    expect(await awards(again)).toEqual([]);
    expect(await star()).toBe("star 1, 302 h, 0 h to star 2");
    const volunteerId = mei.id;
    const asked = { idempotencyKey: bank.key(), volunteerId, level: 2 };
    await bank.services.stars.propose(bank.worker, asked);
    on("2027-01-20");
    expect(await decide(bank.officer, await last(), "GRANT")).toBe("GRANTED");
    expect(await star()).toBe("star 2, 302 h, 298 h to star 3");
    const parting = { personId: mei.personId, mergedPersonId: again.personId, reason: "并非同一人" };
    await bank.services.persons.separate(bank.officer, { idempotencyKey: bank.key(), ...parting });
    expect([await star(), await star(again)]).toEqual([
      "star 1, 100 h, 200 h to star 2",
      "star 1, 202 h, 98 h to star 2",
    ]);
  });
});
