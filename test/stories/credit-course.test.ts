import type { CreditAction } from "../../src/domain/facts/credit-records";
import type { Organization } from "../../src/domain/facts/organizations";
import type { Volunteer } from "../../src/domain/facts/people";
import { type Actor, system } from "../../src/domain/permissions/actors";
import { closeAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { codeOf } from "../support/outcomes";

describe.each(engines)("the course of a credit record on $name", (engine) => {
  let bank: TestBank;
  let mei: Volunteer;
  let self: Actor;
  let judge: Actor;
  let third: Actor;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
    mei = await bank.volunteer("V-1");
    self = await bank.actorOf(mei);
    [judge, third] = [await bank.staff("OFFICER", null, "judge"), await bank.staff("OFFICER", null, "third")];
  });
  afterEach(() => closeAudited(bank));

  const day = (date: string) => bank.setClock(`${date}T09:00:00+08:00`);
  const stands = async (subjectId: string, more: object = {}): Promise<string> => {
    day("2026-09-01");
    const { value } = await bank.services.credit.open(bank.officer, {
      ...{
        idempotencyKey: bank.key(),
        subjectId,
        kind: "ADVERSE",
        ground: "FORGED_SERVICE_RECORDS",
        facts: "代签三次",
      },
      ...{ evidence: [{ kind: "OTHER", ref: "卷宗" }] },
      ...more,
    });
    if (value.kind === "ADVERSE") await advance(bank.officer, value.id, "NOTIFY");
    day("2026-09-10");
    await advance(bank.officer, value.id, "CONFIRM");
    expect(await advance(judge, value.id, "CONFIRM")).toBe("ACTIVE");
    return value.id;
  };
  const advance = (who: Actor, recordId: string, action: CreditAction, reason = "核实", correction?: string) =>
    codeOf(
      bank.services.credit.advance(who, { recordId, action, reason, correction }).then(({ state }) => state as string),
    );
  const record = async (subjectId = mei.id, who = self) =>
    (await bank.services.credit.files.read(who, subjectId, "核对")).records[0];
  const team = async (): Promise<Organization> =>
    (
      await bank.services.organizations.register(system, {
        ...{ idempotencyKey: bank.key(), slug: "team", name: "义工队", kind: "VOLUNTEER_TEAM" },
        ...{ filingStatus: "UNREGISTERED", divisionCode: "fengqiao" },
      })
    ).value;
  const shown = async (id: string) => (await bank.services.credit.files.publicOf([id]))[0]?.length;

  test("two officers correct the office's mistake, and the subject is notified of both steps", async () => {
    const id = await stands(mei.id);
    // The first officer, also one who confirmed it, proposes; the record stands as it did.
    for (let i = 0; i < 2; i += 1)
      expect(await advance(judge, id, "CORRECT", "复核发现只有一次", "代签一次")).toBe("ACTIVE");
    expect(await record()).toMatchObject({ facts: "代签三次", state: "ACTIVE" });
    expect((await record())?.history.at(-1)).toMatchObject({ isProposal: true, factsProposed: "代签一次" });
    expect(await advance(judge, id, "CORRECT", "再次")).toBe("SAME_PERSON");
    expect(await advance(third, id, "CORRECT", "同意", "代签两次")).toBe("INVALID_INPUT");
    expect(await advance(third, id, "CORRECT", "同意")).toBe("CORRECTED");
    const corrected = await record();
    expect(corrected).toMatchObject({ facts: "代签一次" });
    expect(corrected?.history.at(-1)).toMatchObject({ factsBefore: "代签三次", isProposal: false });
    const { edges } = await bank.services.notices.list(self, null, { first: 10 });
    expect(
      edges.flatMap(({ node }) => (node.kind === "CREDIT_RECORD" && node.action === "CORRECT" ? node.reason : [])),
    ).toEqual(["同意", "复核发现只有一次"]);
    // Whose words it is from now on, decides on no objection to them.
    await bank.services.credit.object(self, { recordId: id, statement: "一次也没有" });
    for (const who of [judge, third, bank.officer]) expect(await advance(who, id, "UPHOLD")).toBe("SAME_PERSON");
  });

  test("the office removes a record that should never have been made, also a good one, without an objection", async () => {
    for (const more of [{}, { kind: "TRUSTWORTHY", ground: "GOOD_SERVICE" }]) {
      const id = await stands(mei.id, more);
      expect(await advance(bank.officer, id, "REMOVE", "张冠李戴")).toBe("ACTIVE");
      expect(await advance(bank.officer, id, "REMOVE", "再次")).toBe("SAME_PERSON");
      expect(await advance(bank.supervisor, id, "REMOVE")).toBe("NOT_FOUND");
      expect(await advance(judge, id, "REMOVE", "属实")).toBe("REMOVED");
    }
  });

  test("a record that is handed on stands and is public as before until the outcome, after which every end is open", async () => {
    const { id: organizationId } = await team();
    const admin = await bank.staff("ORGANIZATION_ADMIN", organizationId, "admin");
    const id = await stands(organizationId);
    const before = await shown(organizationId);
    expect(await advance(third, id, "REFER", "移送市场监管局")).toBe("REFERRED");
    expect([before, await shown(organizationId)]).toEqual([1, 1]);
    const object = () =>
      codeOf(
        bank.services.credit
          .object(admin, { recordId: id, statement: "并无代签" })
          .then(({ state }) => state as string),
      );
    expect([await object(), await advance(judge, id, "UPHOLD")]).toEqual(["ILLEGAL_TRANSITION", "ILLEGAL_TRANSITION"]);
    expect(await advance(third, id, "NOTE_OUTCOME", "责令改正")).toBe("REFERRED");
    expect(await object()).toBe("OBJECTED");
    expect(await advance(third, id, "UPHOLD")).toBe("SAME_PERSON");
    const fourth = await bank.staff("OFFICER", null, "fourth");
    expect(await advance(fourth, id, "UPHOLD", "与处理结果一致")).toBe("UPHELD");
    expect(await advance(third, id, "REFER", "再次移送")).toBe("REFERRED");
    // An earlier outcome is none of this referral's.
    expect(await advance(fourth, id, "UPHOLD", "没有结果")).toBe("ILLEGAL_TRANSITION");
    await advance(third, id, "NOTE_OUTCOME", "不予立案");
    const repaired = await bank.services.credit.applyForRepair(admin, { recordId: id, statement: "已整改" });
    expect(repaired.state).toBe("REPAIR_APPLIED");
  });

  test("a dissolved organisation's records are public only while its head answers; the head objects for it", async () => {
    const { id: organizationId } = await team();
    const id = await stands(organizationId);
    expect(await shown(organizationId)).toBe(1);
    await bank.services.registry.advance(bank.officer, {
      organizationId: organizationId,
      action: "DISSOLVE",
      reason: "注销",
    });
    expect(await shown(organizationId)).toBe(0);
    // The office names who winds it up, as its head: one officer proposes, another approves.
    const { value: head } = await bank.services.heads.propose(bank.officer, {
      ...{ idempotencyKey: bank.key(), organizationId: organizationId, displayName: "清算人" },
    });
    const liquidator = () => bank.services.people.actorOfPerson(head.personId);
    const object = async () =>
      codeOf(
        bank.services.credit
          .object(await liquidator(), { recordId: id, statement: "不实" })
          .then(({ flagged }) => flagged),
      );
    expect([await object(), await shown(organizationId)]).toEqual(["NOT_FOUND", 0]);
    await bank.services.heads.advance(judge, { headId: head.id, action: "APPROVE" });
    expect([await shown(organizationId), await object()]).toEqual([1, true]);
    // Who no longer answers, answers for nothing, and what was public goes with them.
    await bank.services.heads.advance(judge, { headId: head.id, action: "END", reason: "清算结束" });
    expect(await shown(organizationId)).toBe(0);
  });
});
