import { overflowBack, type Shared } from "../../src/domain/hours";
import type { Actor } from "../../src/domain/permissions/actors";
import { auditBank } from "../../src/services/audit";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

describe("what comes back from above the cap, worked out by hand", () => {
  const of = (recordId: string, kept: number, over: number, returned = 0): Shared => ({
    ...{ recordId, kept, over, returned, cap: over === 0 ? null : 120 },
  });
  test.each<[why: string, shared: Shared[], room: number, back: Record<string, number>]>([
    ["nothing went above it", [of("a", 60, 0)], 60, {}],
    ["one half of the second", [of("b", 60, 30)], 60, { b: 30 }],
    ["the first in line fills it", [of("b", 60, 30), of("c", 0, 60)], 60, { b: 30, c: 30 }],
    ["no more than there is room for", [of("b", 60, 30), of("c", 0, 60)], 40, { b: 30, c: 10 }],
    ["nothing where the rest fill the cap", [of("a", 120, 0), of("b", 0, 60)], 0, {}],
    ["nothing by space that was spent", [of("a", 120, 0), of("b", 0, 60)], 90, {}],
    ["what came back before stays", [of("b", 60, 60, 30)], 60, { b: 30 }],
    ["an account that owes", [of("b", 0, 60)], -30, {}],
  ])("%s", (_, shared, room, back) => {
    expect(Object.fromEntries(overflowBack(shared, room))).toEqual(back);
  });
});

/** Credit above the cap stood on nobody's statement, and stayed in the pool after the record before it was reversed. */
describe.each(engines)("credit above the cap, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let me: Actor;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-09-10T09:00:00+08:00");
    await bank.services.policies.set(bank.officer, {
      ...{ idempotencyKey: bank.key(), key: "credit.balanceCapMinutes", value: 150, effectiveFrom: "2026-09-11" },
      citation: "试验办法第一条",
    });
    bank.setClock("2026-09-20T09:00:00+08:00");
    api = await openApi(bank);
    me = await bank.actorOf(await bank.volunteer("V-1"));
  });
  afterEach(async () => {
    const { findings } = await auditBank(bank.options);
    await api.close();
    await bank.close();
    expect(findings.filter(({ check }) => check !== "DISK")).toEqual([]);
  });

  const post = async (day: string, from: string, to: string) => {
    const id = (await bank.log("V-1", day, from, to)).id as string;
    expect(await bank.confirm(bank.supervisor, id)).toEqual(["POSTED"]);
    return id;
  };
  const reverse = (recordId: string) =>
    bank.services.hours.reverse(bank.second, { idempotencyKey: bank.key(), recordId, reason: "冒名" });
  const entries = async (id: string) => {
    const query = `query ($id: ID!) { node(id: $id) { ... on ServiceRecord { creditedMinutes ledgerEntries {
      kind minutes movedMinutes from { kind } to { kind label } explanation { rule clause } reversedBy { seq } } } } }`;
    return (await api.post(me, { query, variables: { id } })).data.node.ledgerEntries as {
      kind: string;
      minutes: number;
      movedMinutes: number;
      from: { kind: string };
      to: { kind: string; label: string };
      explanation: { rule: string; clause: string }[];
    }[];
  };
  const told = async (id: string) =>
    (await entries(id)).map(({ kind, minutes, movedMinutes, from, to }) =>
      [kind, minutes, movedMinutes, from.kind, to.kind].join(" "),
    );
  const pool = async () => {
    const account = await bank.store.view.bankAccount("PUBLIC_POOL");
    const [balance] = await bank.services.ledger.balances([account?.id as string]);
    return balance?.posted;
  };

  test("the record says where it went, and by which clause", async () => {
    await post("2026-09-17", "09:00", "11:00");
    const second = await post("2026-09-18", "09:00", "10:00");
    expect(await told(second)).toEqual(["EARN 30 30 ISSUANCE VOLUNTEER", "OVERFLOW 30 30 ISSUANCE PUBLIC_POOL"]);
    const [, over] = await entries(second);
    expect(over?.to.label).toBe("公共时间池");
    expect(over?.explanation.at(-1)?.clause).toBe("试验办法第一条");
    const third = await post("2026-09-19", "09:00", "10:00");
    expect(await told(third)).toEqual(["OVERFLOW 60 60 ISSUANCE PUBLIC_POOL"]);
    expect([await bank.credited("V-1"), await pool()]).toMatchObject([{ posted: 150 }, 90]);
  });

  test("after a reversal what went above the cap is worked out anew, from the first record on", async () => {
    const first = await post("2026-09-16", "09:00", "11:00"); // 120 kept
    const second = await post("2026-09-17", "09:00", "10:00"); // 30 kept, 30 above
    const third = await post("2026-09-18", "09:00", "11:00"); // 120 above
    expect([await bank.credited("V-1"), await pool()]).toMatchObject([{ posted: 150 }, 150]);

    // Without the first: the second's 60 and 90 of the third's 120 fill the cap; 30 stay above it.
    await reverse(first);
    expect([await bank.credited("V-1"), await pool()]).toMatchObject([{ posted: 150, service: 180 }, 30]);
    expect(await told(second)).toEqual([
      "EARN 30 30 ISSUANCE VOLUNTEER",
      "OVERFLOW 30 30 ISSUANCE PUBLIC_POOL",
      "OVERFLOW 0 30 PUBLIC_POOL VOLUNTEER",
    ]);
    expect(await told(third)).toEqual(["OVERFLOW 120 120 ISSUANCE PUBLIC_POOL", "OVERFLOW 0 90 PUBLIC_POOL VOLUNTEER"]);
    // It stands on the statement, with the account that it came from and the clause.
    const query = `{ viewer { volunteer { account { statement(axis: RECORDED, first: 50) { closingMinutes edges { node {
      kind minutes counterparty { kind } explanation { clause } } } } } } } }`;
    const { statement } = (await api.post(me, { query })).data.viewer.volunteer.account;
    expect(statement.closingMinutes).toBe(150);
    const back = statement.edges.slice(-2).map(({ node }: { node: object }) => node);
    for (const [i, minutes] of [30, 90].entries())
      expect(back[i]).toEqual({
        ...{ kind: "OVERFLOW", minutes, counterparty: { kind: "PUBLIC_POOL" } },
        explanation: [{ clause: "试验办法第一条" }],
      });

    // Without the second as well: the third's 120 are all kept.
    await reverse(second);
    expect([await bank.credited("V-1"), await pool()]).toMatchObject([{ posted: 120, service: 120 }, 0]);
    // Its own reversal takes back both what it earned and what had come back.
    await reverse(third);
    expect([await bank.credited("V-1"), await pool()]).toMatchObject([{ posted: 0, service: 0 }, 0]);
  });

  test("an adjustment shares anew as well, and what is reversed later takes along what came back", async () => {
    const first = await post("2026-09-16", "09:00", "11:00");
    const second = await post("2026-09-17", "09:00", "10:00");
    await bank.services.hours.dispute(me, { idempotencyKey: bank.key(), recordId: first, reason: "时长" });
    await bank.services.hours.resolve(bank.second, {
      ...{ idempotencyKey: bank.key(), recordId: first, outcome: "ADJUSTED", reason: "核实" },
      endedAt: Date.parse("2026-09-16T10:30:00+08:00"),
    });
    // 90 and 60 fit under 150.
    expect([await bank.credited("V-1"), await pool()]).toMatchObject([{ posted: 150, service: 150 }, 0]);
    await reverse(second);
    expect([await bank.credited("V-1"), await pool()]).toMatchObject([{ posted: 90, service: 90 }, 0]);
  });
});
