import type { CreditAction } from "../../src/domain/facts/credit-records";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import { closeAudited } from "../support/audited";
import { issuer, openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";
import { codeOf } from "../support/outcomes";

const proof = [{ kind: "SIGN_IN_SHEET" as const, ref: "签到表 2026-09-05" }];

describe.each(engines)("credit records on $name", (engine) => {
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
  const input = (more: object = {}) => ({
    idempotencyKey: bank.key(),
    subjectId: mei.id,
    kind: "ADVERSE" as const,
    ground: "MALICIOUS_NO_SHOW",
    facts: "报名后故意不到",
    evidence: proof,
    ...more,
  });
  const open = (who: Actor, more: object = {}) =>
    bank.services.credit.open(who, input(more)).then(({ value }) => value);
  const advance = (who: Actor, recordId: string, action: CreditAction) =>
    codeOf(bank.services.credit.advance(who, { recordId, action, reason: "核实" }).then(({ state }) => state));
  const stands = async (more: object = {}, by = bank.officer): Promise<string> => {
    day("2026-09-01");
    const { id } = await open(by, more);
    await advance(by, id, "NOTIFY");
    day("2026-09-10");
    await advance(by, id, "CONFIRM");
    expect(await advance(judge, id, "CONFIRM")).toBe("ACTIVE");
    return id;
  };
  const clocks = async (kind: "CREDIT_ANSWER" | "CREDIT_DECISION" | "CREDIT_REPAIR") =>
    (await bank.services.clocks.list(bank.officer, { kind: [kind] }, { first: 5 })).edges.map(({ node }) => node);

  test("neither a notice that was read nor a reading of the file leads to a record", async () => {
    const id = await stands();
    const { edges } = await bank.services.notices.list(self, null, { first: 5 });
    await bank.services.notices.markRead(
      self,
      edges.map(({ node }) => node.id),
    );
    expect((await bank.services.notices.list(self, true, { first: 5 })).edges).toEqual([]);
    await bank.services.credit.files.read(bank.officer, mei.id, "评优");
    const marks = await bank.ground.raw("SELECT * FROM notices_read");
    expect(marks).toHaveLength(edges.length);
    expect(marks.filter((row) => JSON.stringify(row).includes(id.slice("creditrecord_".length)))).toEqual([]);
    const joined = await bank.ground.raw(
      "SELECT c.id FROM credit_records c JOIN search_terms s ON s.person_id = c.person_id JOIN credit_reads r ON r.subject_hash = s.hash",
    );
    expect(joined).toEqual([]);
  });

  test("a replay tells what was recorded, and not what was said since", async () => {
    const first = input();
    const { id } = (await bank.services.credit.open(bank.worker, first)).value;
    await advance(bank.supervisor, id, "NOTIFY");
    await bank.services.credit.object(self, { recordId: id, statement: "我当日住院" });
    const again = await bank.services.credit.open(bank.worker, first);
    expect([again.replayed, again.value.state, again.value.answerBy]).toEqual([true, "OBSERVED", null]);
    expect(again.value.history.map(({ reason }) => reason)).toEqual([null]);
  });

  test("nobody on an organisation's staff decides about it, whatever else they are", async () => {
    const { value: team } = await bank.services.organizations.register(bank.officer, {
      idempotencyKey: bank.key(),
      slug: "team",
      name: "义工队",
      kind: "VOLUNTEER_TEAM",
      filingStatus: "UNREGISTERED",
      divisionCode: "fengqiao",
    });
    const { personId } = await bank.staff("ACTIVITY_LEAD", team.id, "both");
    await bank.grant(personId as string, "OFFICER", null);
    const both = await bank.services.people.actorOf({ subject: personId as string, issuer });
    const good = { subjectId: team.id, kind: "TRUSTWORTHY", ground: "HONOURED" };
    expect(await codeOf(open(both, good))).toBe("SELF_CONFIRMATION");
    const { id } = await open(bank.officer, good);
    await advance(bank.officer, id, "CONFIRM");
    expect(await advance(both, id, "CONFIRM")).toBe("SELF_CONFIRMATION");
  });

  test("nothing is read after its last day, and a removal does not put that day off", async () => {
    const id = await stands();
    day("2031-09-09");
    await bank.services.credit.object(self, { recordId: id, statement: "不实" });
    await advance(third, id, "REMOVE");
    expect((await bank.store.view.creditRecords([id])).get(id)?.expiresOn).toBe("2031-09-10");
    day("2031-09-10");
    expect((await bank.services.credit.files.read(bank.officer, mei.id, "评优")).records).toEqual([]);
  });

  test("a record that nobody decides about is erased too", async () => {
    const { id, expiresOn } = await open(bank.worker);
    expect(expiresOn).toBe("2027-02-16");
    day("2027-02-16");
    expect(await bank.services.credit.ending.expire()).toEqual({ erased: 1, failed: [] });
    expect((await bank.store.view.creditRecords([id])).get(id)?.state).toBe("ERASED");
  });

  test("one key that cannot be destroyed leaves the others their turn", async () => {
    const [first, second] = [await stands(), await stands()];
    const blocked = (await bank.store.view.creditRecords([first])).get(first)?.personId;
    const { remove } = bank.store.keys;
    bank.store.keys.remove = async (personId) => {
      if (personId === blocked) throw new Error("the key file cannot be written");
      await remove.call(bank.store.keys, personId);
    };
    day("2031-09-10");
    const { erased, failed } = await bank.services.credit.ending.expire();
    expect([erased, failed.length]).toEqual([1, 1]);
    expect((await bank.store.view.creditRecords([second])).get(second)?.state).toBe("ERASED");
    bank.store.keys.remove = remove;
    expect(await bank.services.credit.ending.expire()).toEqual({ erased: 1, failed: [] });
  });

  test("clocks: an answered notice is met, what is contested is the office's, and a repair has its own clause", async () => {
    day("2026-09-01");
    const { id } = await open(bank.worker);
    await advance(bank.supervisor, id, "NOTIFY");
    expect(await clocks("CREDIT_ANSWER")).toMatchObject([{ subjectId: id, organizationId: bank.station.id }]);
    await bank.services.credit.object(self, { recordId: id, statement: "我到了" });
    expect(await clocks("CREDIT_ANSWER")).toEqual([]);
    await advance(bank.supervisor, id, "CONFIRM");
    await advance(judge, id, "CONFIRM");
    await bank.services.credit.applyForRepair(self, { recordId: id, statement: "已补" });
    expect(await clocks("CREDIT_DECISION")).toEqual([]);
    const [repair] = await clocks("CREDIT_REPAIR");
    expect(repair).toMatchObject({ subjectId: id, organizationId: null });
    expect(repair?.citation).toContain("第三十二条");
  });

  test("a ground is called as it was last in force, also after it left the policy", async () => {
    const id = await stands({ ground: "FORGED_SERVICE_RECORDS" });
    const set = (code: string, label: string, effectiveFrom: string) =>
      bank.services.policies.set(bank.officer, {
        idempotencyKey: bank.key(),
        key: "credit.grounds",
        value: [{ code, label, labelEn: label, kind: "ADVERSE", public: true }],
        effectiveFrom,
        citation: "新规定",
      });
    await set("ILLEGAL_VOLUNTEERING", "违法", "2026-09-20");
    await set("FORGED_SERVICE_RECORDS", "将来的名称", "2027-01-01");
    day("2026-09-20");
    const { edges } = await bank.services.notices.list(self, null, { first: 1 });
    expect(edges[0]?.node).toMatchObject({ subjectId: id, about: { zh: "伪造、变造志愿服务记录" } });
  });

  test("a purpose of invisible characters is refused, and a late decision is made, not put off", async () => {
    const id = await stands();
    expect(await codeOf(bank.services.credit.files.read(bank.officer, mei.id, "\u200b"))).toBe("REASON_MISSING");
    await bank.services.credit.object(self, { recordId: id, statement: "不实" });
    day("2026-12-01");
    expect(await advance(third, id, "EXTEND")).toBe("ILLEGAL_TRANSITION");
    expect(await advance(third, id, "UPHOLD")).toBe("UPHELD");
  });
});
