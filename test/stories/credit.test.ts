import { creditMoves } from "../../src/domain/facts/credit-records";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { openCharity } from "../support/charity";
import { engines } from "../support/engines";

const line =
  "id kind ground state flagged openedAt answerBy decideBy expiresOn evidence { kind ref } history { at action from to actor { kind label } reason }";
const documents = {
  open: `mutation OpenCreditRecord($input: OpenCreditRecordInput!) { openCreditRecord(input: $input) { record { ${line} facts version } replayed userErrors { code message path details } } }`,
  advance: `mutation AdvanceCreditRecord($input: AdvanceCreditRecordInput!) { advanceCreditRecord(input: $input) { record { ${line} } userErrors { code message path details } } }`,
  object: `mutation ObjectToCreditRecord($input: ObjectToCreditRecordInput!) { objectToCreditRecord(input: $input) { record { ${line} } userErrors { code message path details } } }`,
  repair: `mutation ApplyForCreditRepair($input: ApplyForCreditRepairInput!) { applyForCreditRepair(input: $input) { record { ${line} } userErrors { code message path details } } }`,
  file: `query CreditFile($subjectId: ID!, $purpose: String!, $after: String) { creditFile(subjectId: $subjectId, purpose: $purpose) { subject { id label } records { ${line} } accessLog(first: 20, after: $after) { edges { node { at actor { kind label } purpose } } pageInfo { hasNextPage endCursor } } } }`,
};
const proof = [{ kind: "SIGN_IN_SHEET", ref: "签到表 2026-09-05" }];

describe.each(engines)("credit records on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mei: Volunteer;
  let self: Actor;
  let judge: Actor;
  let third: Actor;
  let lead: Actor;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
    api = await openApi(bank);
    mei = await bank.volunteer("V-1");
    self = await bank.actorOf(mei);
    [judge, third] = [await bank.staff("OFFICER", null, "judge"), await bank.staff("OFFICER", null, "third")];
    lead = await bank.staff("ACTIVITY_LEAD", bank.station.id, "lead");
  });
  afterEach(() => closeAudited(bank, api));

  const send = async (who: Actor | null, query: string, variables: object) => {
    const { data, errors } = await api.post(who, { query, variables });
    if (errors) return errors[0]?.extensions.code;
    const [answer] = Object.values(data) as { record?: object; userErrors?: { code: string }[] }[];
    // biome-ignore lint/suspicious/noExplicitAny: an answer of any of the documents above.
    return (answer?.userErrors?.[0]?.code ?? answer?.record ?? answer) as any;
  };
  const open = (who: Actor, more: object = {}) =>
    send(who, documents.open, {
      input: {
        idempotencyKey: bank.key(),
        subjectId: mei.id,
        kind: "ADVERSE",
        ground: "MALICIOUS_NO_SHOW",
        facts: "报名后故意不到",
        evidence: proof,
        ...more,
      },
    });
  const advance = async (who: Actor, recordId: string, action: string, more: object = {}) => {
    const answer = await send(who, documents.advance, { input: { recordId, action, reason: "核实", ...more } });
    return answer?.state ?? answer;
  };
  const object = async (who: Actor, recordId: string, statement = "当日送医，有病历") => {
    const answer = await send(who, documents.object, { input: { recordId, statement, evidence: proof } });
    return answer?.state ?? answer;
  };
  const repair = async (who: Actor, recordId: string) => {
    const answer = await send(who, documents.repair, { input: { recordId, statement: "已参加补救服务" } });
    return answer?.state ?? answer;
  };
  const file = (who: Actor | null, subjectId = mei.id, purpose = "核对") =>
    send(who, documents.file, { subjectId, purpose });
  const record = async (who = self) => (await file(who)).records[0];
  const day = (date: string) => bank.setClock(`${date}T09:00:00+08:00`);

  /** Found on 2026-09-10: observed by the lead, noticed and proposed by the supervisor, confirmed by an officer. */
  const stands = async (more: object = {}): Promise<string> => {
    day("2026-09-01");
    const { id } = await open(bank.officer, more);
    await advance(bank.officer, id, "NOTIFY");
    day("2026-09-10");
    await advance(bank.officer, id, "CONFIRM");
    await advance(judge, id, "CONFIRM");
    return id;
  };

  test("a no-show that is objected to and repaired (F15), step by step as its subject reads it", async () => {
    const charity = await openCharity(bank);
    const { shifts } = await charity.announce("square");
    await charity.signUp(mei, shifts[0] as never);
    day("2026-09-06");
    await bank.services.activities.keepTime();
    const opened = await open(lead);
    expect(opened).toMatchObject({
      state: "OBSERVED",
      flagged: false,
      answerBy: null,
      facts: "报名后故意不到",
      version: 1,
    });
    const { id } = opened;
    // The lead has said what they saw; whether it is told to the subject is the supervisor's to say.
    expect(await advance(lead, id, "NOTIFY")).toBe("NOT_PERMITTED");
    expect(await advance(bank.supervisor, id, "NOTIFY")).toBe("NOTICE_SENT");
    expect((await record()).answerBy).toBe("2026-09-11");
    // Nobody decides before the subject has spoken, or has had the time to.
    expect(await advance(bank.supervisor, id, "CONFIRM")).toBe("ANSWER_PENDING");
    expect(await object(self, id, "我到了，没签上")).toBe("NOTICE_SENT");
    expect(await advance(bank.supervisor, id, "CONFIRM")).toBe("CONFIRMED");
    // The same step again answers the same; the second confirmation is an officer's, and another's.
    expect(await advance(bank.supervisor, id, "CONFIRM")).toBe("CONFIRMED");
    expect(await advance(bank.second, id, "CONFIRM")).toBe("NOT_PERMITTED");
    expect(await advance(bank.officer, id, "CONFIRM")).toBe("ACTIVE");
    expect((await record()).expiresOn).toBe("2031-09-06");

    day("2026-09-14");
    expect(await object(self, id)).toBe("OBJECTED");
    expect(await record()).toMatchObject({ state: "OBJECTED", flagged: true, decideBy: "2026-09-20" });
    expect(await advance(bank.officer, id, "UPHOLD")).toBe("SAME_PERSON");
    expect(await advance(bank.supervisor, id, "EXTEND")).toBe("NOT_PERMITTED");
    expect(await advance(judge, id, "EXTEND")).toBe("OBJECTED");
    // Twenty working days from the objection in all, the holidays of October left out.
    expect((await record()).decideBy).toBe("2026-10-16");
    expect(await advance(judge, id, "EXTEND")).toBe("OBJECTED");
    expect(await advance(third, id, "EXTEND")).toBe("ILLEGAL_TRANSITION");
    expect(await advance(judge, id, "UPHOLD", { reason: "病历日期不符" })).toBe("UPHELD");
    expect(await record()).toMatchObject({ flagged: false });

    day("2026-10-20");
    expect(await repair(self, id)).toBe("REPAIR_APPLIED");
    expect(await advance(judge, id, "REFUSE_REPAIR")).toBe("REPAIR_REFUSED");
    day("2026-12-01");
    expect(await repair(self, id)).toBe("REPAIR_APPLIED");
    expect(await advance(bank.officer, id, "REPAIR", { reason: "已补足三次服务" })).toBe("REPAIRED");
    const steps = (await record()).history.map(
      (step: { action: string; to: string; actor: { label: string }; reason: string | null }) =>
        `${step.action} ${step.to} ${step.actor.label}: ${step.reason ?? ""}`,
    );
    expect(steps).toEqual([
      "OPEN OBSERVED 活动负责人: ",
      "NOTIFY NOTICE_SENT 社工站站长: 核实",
      "ANSWER NOTICE_SENT 志愿者: 我到了，没签上",
      "CONFIRM CONFIRMED 社工站站长: 核实",
      "CONFIRM ACTIVE 民政干部: 核实",
      "OBJECT OBJECTED 志愿者: 当日送医，有病历",
      "EXTEND OBJECTED 民政干部: 核实",
      "UPHOLD UPHELD 民政干部: 病历日期不符",
      "APPLY_FOR_REPAIR REPAIR_APPLIED 志愿者: 已参加补救服务",
      "REFUSE_REPAIR REPAIR_REFUSED 民政干部: 核实",
      "APPLY_FOR_REPAIR REPAIR_APPLIED 志愿者: 已参加补救服务",
      "REPAIR REPAIRED 民政干部: 已补足三次服务",
    ]);

    // Five years after the finding its key is destroyed; the proofs of the journal hold on.
    bank.setClock("2031-09-05T23:59:00+08:00");
    expect(await bank.services.credit.ending.expire()).toEqual({ erased: 0, failed: [] });
    day("2031-09-06");
    expect(await bank.services.credit.ending.expire()).toEqual({ erased: 1, failed: [] });
    expect((await file(self)).records).toEqual([]);
    expect((await bank.store.view.creditRecords([id])).get(id)?.state).toBe("ERASED");
    expect(await bank.services.credit.ending.expire()).toEqual({ erased: 0, failed: [] });
  });

  test("a correction says what it now stands for, and the subject reads it; no other step rewrites what happened", async () => {
    const id = await stands();
    expect(await object(self, id)).toBe("OBJECTED");
    const correction = "报名后未到，当日病假";
    expect(await advance(third, id, "UPHOLD", { correction })).toBe("INVALID_INPUT");
    expect(await advance(third, id, "CORRECT", { correction: "长".repeat(2001) })).toBe("INVALID_INPUT");
    for (let i = 0; i < 2; i += 1) expect(await advance(third, id, "CORRECT", { correction })).toBe("CORRECTED");
    const [read] = (await bank.services.credit.files.read(self, mei.id, "核对")).records;
    expect(read).toMatchObject({ state: "CORRECTED", facts: correction, ground: "MALICIOUS_NO_SHOW" });
    // The words before stand in the step that took their place.
    expect(read?.history.at(-1)).toMatchObject({ action: "CORRECT", factsBefore: "报名后故意不到" });
    // The new words are objected to like the old; whose they are decides nothing about them.
    expect(await object(self, id)).toBe("OBJECTED");
    expect(await advance(third, id, "UPHOLD")).toBe("SAME_PERSON");
    expect(await advance(await bank.staff("OFFICER", null, "fourth"), id, "UPHOLD")).toBe("UPHELD");
    // With the key go both the old words and the new.
    day("2031-09-10");
    expect(await bank.services.credit.ending.expire()).toEqual({ erased: 1, failed: [] });
    expect((await file(self)).records).toEqual([]);
  });

  test("an erasure that was cut off after its first step is finished on the next turn", async () => {
    const id = await stands();
    day("2031-09-10");
    const [stored] = (await bank.store.view.creditRecords([id])).values();
    if (!stored) throw new Error("a record that stands is there");
    const { openedSeq: _, seq: __, ...facts } = stored as typeof stored & { seq: number };
    await bank.store.write((tx) =>
      tx.append("system", {
        type: "CREDIT_RECORD_STEP",
        ...facts,
        version: facts.version + 1,
        state: "EXPIRED",
        action: "EXPIRE",
        from: stored.state,
        actorKind: "SYSTEM",
        reasonId: null,
      }),
    );
    expect((await file(self)).records).toEqual([]);
    expect(await bank.services.credit.ending.expire()).toEqual({ erased: 1, failed: [] });
    expect((await bank.store.keys.wrapped([stored.personId])).size).toBe(0);
    expect((await bank.store.view.creditRecords([id])).get(id)?.state).toBe("ERASED");
  });

  test("every reading is written down with its purpose, and the subject sees it; a unit sees its own alone", async () => {
    day("2026-09-01");
    const { id } = await open(bank.worker);
    await stands();
    expect(await file(bank.officer, mei.id, "  ")).toBe("REASON_MISSING");
    expect((await file(bank.officer, mei.id, "评优审核")).records).toHaveLength(2);
    const mine = await file(bank.worker, mei.id, "跟进");
    expect(mine.records.map((creditRecord: { id: string }) => creditRecord.id)).toEqual([id]);
    expect(mine.accessLog.edges.map(({ node }: { node: { purpose: string } }) => node.purpose)).toEqual(["跟进"]);
    const { subject, accessLog } = await file(self, mei.id, "查看本人");
    expect(subject).toEqual({ id: mei.id, label: "志愿者V-1" });
    const log = accessLog.edges.map(
      ({ node }: { node: { actor: { kind: string }; purpose: string } }) => `${node.actor.kind} ${node.purpose}`,
    );
    expect(log).toEqual(["VOLUNTEER 查看本人", "STATION_WORKER 跟进", "OFFICER 评优审核"]);
    // Nobody else reads it, and a reading that is refused is none.
    const another = await bank.actorOf(await bank.volunteer("V-2"));
    const { head } = bank.store.view;
    const before = (await head()).seq;
    expect([await file(null), await file(another)]).toEqual(["UNAUTHENTICATED", "NOT_FOUND"]);
    expect((await head()).seq).toBe(before);
    // A record leads nowhere by its id but to whose file it stands in.
    const node = (who: Actor) =>
      send(who, "query ($id: ID!) { node(id: $id) { __typename id ... on CreditCase { subjectId } } }", { id });
    expect(await node(bank.officer)).toEqual({ __typename: "CreditCase", id, subjectId: mei.id });
    expect(await node(another)).toBeNull();
  });

  test("the journal and the tables do not name the subject of a record", async () => {
    const id = await stands();
    await object(self, id);
    await file(self);
    const texts: string[] = [];
    for (const table of ["creditRecords", "creditSteps", "creditReads"] as const)
      for await (const row of bank.store.view.scan(table)) texts.push(JSON.stringify(row));
    for (const { body, kind } of await bank.store.view.journalAfter(-1, 1000))
      if (kind.startsWith("CREDIT")) texts.push(Buffer.from(body).toString("utf8"));
    expect(texts.length).toBeGreaterThan(8);
    for (const secret of [mei.id, mei.personId, "MALICIOUS", "故意", "ADVERSE"])
      expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  });

  test("a good record needs two people too, does not expire, and is never handed on", async () => {
    const good = { kind: "TRUSTWORTHY", ground: "GOOD_SERVICE", facts: "百场义诊" };
    expect(await open(bank.worker, { ...good, ground: "MALICIOUS_NO_SHOW" })).toBe("GROUND_NOT_FOUND");
    const { id, state } = await open(bank.worker, good);
    expect(state).toBe("PROPOSED");
    expect(await advance(bank.supervisor, id, "NOTIFY")).toBe("ILLEGAL_TRANSITION");
    expect(await advance(bank.supervisor, id, "CONFIRM")).toBe("CONFIRMED");
    expect(await advance(bank.officer, id, "CONFIRM")).toBe("ACTIVE");
    expect((await record()).expiresOn).toBe("2031-08-20"); // five years, by policy
    expect([await advance(bank.officer, id, "REFER"), await repair(self, id)]).toEqual([
      "ILLEGAL_TRANSITION",
      "ILLEGAL_TRANSITION",
    ]);
  });

  test("a dropped record can be read for a while, and is then erased", async () => {
    const { id } = await open(bank.worker);
    expect(await advance(bank.supervisor, id, "DISMISS", { reason: "证据不足" })).toBe("DISMISSED");
    expect((await record()).expiresOn).toBe("2026-09-19");
    day("2026-09-19");
    expect(await bank.services.credit.ending.expire()).toEqual({ erased: 1, failed: [] });
    expect((await file(self)).records).toEqual([]);
  });

  test("an objection that is right removes it; a referral is handed on, and not repaired here", async () => {
    const wrong = await stands();
    await object(self, wrong);
    expect(await advance(third, wrong, "REMOVE")).toBe("REMOVED");
    const grave = await stands({ ground: "FORGED_SERVICE_RECORDS" });
    expect(await advance(third, grave, "REFER", { reason: "移送市场监管局" })).toBe("REFERRED");
    expect(await repair(self, grave)).toBe("ILLEGAL_TRANSITION");
    expect(await advance(third, grave, "NOTE_OUTCOME", { reason: "不予立案" })).toBe("REFERRED");
    // From the outcome on every end is open; whoever noted it does not decide alone.
    expect(await advance(third, grave, "UPHOLD")).toBe("SAME_PERSON");
    const fourth = await bank.staff("OFFICER", null, "fourth");
    expect(await advance(third, grave, "REMOVE", { reason: "不予立案，撤销" })).toBe("REFERRED");
    expect(await advance(fourth, grave, "REMOVE", { reason: "不予立案，撤销" })).toBe("REMOVED");
    expect((await record()).state).toBe("REMOVED");
  });

  test("nobody decides about themselves, and the office sees what is due", async () => {
    await bank.grant(mei.personId, "OFFICER", null);
    self = await bank.actorOf(mei);
    expect(await open(self)).toBe("SELF_CONFIRMATION");
    const id = await stands();
    expect(await advance(self, id, "REFER")).toBe("SELF_CONFIRMATION");
    await object(self, id);
    const clocks = await send(
      bank.officer,
      "{ statutoryClocks(filter: { state: [RUNNING, DUE, OVERDUE], kind: [CREDIT_ANSWER, CREDIT_DECISION] }, first: 5) { edges { node { kind subject { id } dueOn workingDaysLeft responsible { id label } citation } } } }",
      {},
    );
    expect(clocks.edges.map(({ node }: { node: object }) => node)).toEqual([
      {
        kind: "CREDIT_DECISION",
        subject: { id },
        dueOn: "2026-09-17",
        workingDaysLeft: 5,
        responsible: { id: "office", label: "民政部门" },
        citation: "《浙江省公共信用信息管理条例》第三十一条",
      },
    ]);
  });

  test("the subject is notified of each step, and a minor's guardian answers for the child", async () => {
    const child = await bank.volunteer("V-3", { birthDate: "2012-01-01", guardian: true });
    await bank.services.guardians.link(bank.worker, {
      idempotencyKey: bank.key(),
      volunteerId: child.id,
      guardianId: mei.id,
    });
    const { id } = await open(bank.worker, { subjectId: child.id });
    await advance(bank.supervisor, id, "NOTIFY", { reason: "请说明" });
    const { data } = await api.post(self, {
      query: "{ viewer { notices(first: 5) { unreadCount edges { node { kind title body subject { id } } } } } }",
    });
    expect(data.viewer.notices.edges.map(({ node }: { node: object }) => node)).toEqual([
      {
        kind: "CREDIT_RECORD",
        title: "拟将您的一条行为记为不良信息。您可在2026年8月27日及以前向fengqiao-station说明情况（陈述、申辩）。",
        body: "恶意缺席：请说明",
        subject: { id },
      },
    ]);
    expect(await object(self, id, "孩子发烧")).toBe("NOTICE_SENT");
    expect((await file(self, child.id)).records[0].history.at(-1).actor.kind).toBe("GUARDIAN");
  });

  test("an organisation's record is public where the ground says so, without its facts", async () => {
    const team = (
      await bank.services.organizations.register(bank.officer, {
        idempotencyKey: bank.key(),
        slug: "team",
        name: "义工队",
        kind: "VOLUNTEER_TEAM",
        filingStatus: "UNREGISTERED",
        divisionCode: "fengqiao",
      })
    ).value;
    const admin = await bank.staff("ORGANIZATION_ADMIN", team.id);
    expect(await open(admin, { subjectId: team.id })).toBe("NOT_PERMITTED");
    expect(await open(bank.worker, { subjectId: bank.station.id })).toBe("NOT_PERMITTED");
    const forged = { subjectId: team.id, ground: "FORGED_SERVICE_RECORDS", facts: "王某代签" };
    const shown = () =>
      send(
        null,
        "query ($id: ID!) { organization(id: $id) { publicCreditRecords { kind ground groundLabel flagged foundOn expiresOn } } }",
        { id: team.id },
      );
    const { id } = await open(bank.worker, forged);
    await advance(bank.supervisor, id, "NOTIFY");
    expect((await shown()).publicCreditRecords).toEqual([]);
    day("2026-09-10");
    await advance(bank.supervisor, id, "CONFIRM");
    await advance(bank.officer, id, "CONFIRM");
    expect(await object(admin, id)).toBe("OBJECTED");
    expect((await shown()).publicCreditRecords).toEqual([
      {
        kind: "ADVERSE",
        ground: "FORGED_SERVICE_RECORDS",
        groundLabel: "伪造、变造志愿服务记录",
        flagged: true,
        foundOn: "2026-09-10",
        expiresOn: "2031-09-10",
      },
    ]);
  });
});

test("every state but the last leads somewhere, and none is reached from nowhere", () => {
  const moves = Object.values(creditMoves);
  const reached = new Set(moves.flatMap(({ to }) => (to === "SAME" ? [] : to)));
  const left = new Set(moves.flatMap(({ from }) => from));
  expect([...left].filter((state) => state !== null && !reached.has(state))).toEqual([]);
  expect([...reached].filter((state) => !left.has(state))).toEqual(["ERASED"]);
});
