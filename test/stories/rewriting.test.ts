import SQLite from "better-sqlite3";
import type { WrittenFact } from "../../src/domain/facts";
import { posts } from "../../src/domain/hours";
import { decode, encode, type JournalEntry, leafHash } from "../../src/domain/ledger/journal";
import { audit } from "../../src/services/audit";
import { SealedRows } from "../../src/services/audit/claims/sealed";
import { Findings } from "../../src/services/audit/findings";
import { Replay } from "../../src/services/audit/replay";
import { Vault } from "../../src/services/bank/vault";
import { openScratch } from "../../src/storage/scratch";
import { openBank, type TestBank } from "../support/bank";
import { origin } from "../support/engines";

/**
 * Somebody who holds the database takes the guards away and rewrites it so that everything fits: bytes and leaf, transfers,
 * lines, balances, totals. What a record says of itself still does not.
 */
let bank: TestBank;
let entries: JournalEntry[];
beforeAll(async () => {
  bank = await openBank();
  const { hours, policies, villagePoints } = bank.services;
  await bank.volunteer("V-1");
  const mei = await bank.volunteer("V-2");
  const at = { idempotencyKey: "", key: "credit.balanceCapMinutes", value: 120, citation: "试验" };
  await policies.set(bank.officer, { ...at, idempotencyKey: bank.key(), effectiveFrom: "2026-09-20" });
  const records: (string | null)[] = [];
  for (const [no, day, from, to] of [
    ["V-1", "2026-09-14", "09:00", "09:40"],
    ["V-1", "2026-09-15", "09:00", "10:20"],
    ["V-1", "2026-09-16", "09:00", "10:50"],
    ["V-1", "2026-09-17", "09:00", "09:35"],
    ["V-2", "2026-09-17", "09:00", "10:10"],
    ["V-2", "2026-09-18", "09:00", "11:10"],
  ] as const)
    records.push((await bank.log(no, day, from, to)).id);
  await bank.confirm(bank.supervisor, ...records);
  const objection = { reason: "时长不符", recordId: records[4] as string };
  await hours.dispute(await bank.actorOf(mei), { ...objection, idempotencyKey: bank.key() });
  const endedAt = Date.parse("2026-09-17T09:50:00+08:00");
  await hours.resolve(bank.second, { ...objection, idempotencyKey: bank.key(), outcome: "ADJUSTED", endedAt });
  const wrong = { reason: "未到场", recordId: records[1] as string };
  await hours.reverse(bank.second, { ...wrong, idempotencyKey: bank.key() });
  const { value: household } = await villagePoints.households.register(bank.worker, {
    ...{ idempotencyKey: bank.key(), householdNo: "FQ-1", divisionCode: "fengqiao" },
  });
  for (const points of [6, -4])
    await villagePoints.award(bank.worker, {
      ...{ idempotencyKey: bank.key(), householdId: household.id, points, on: "2026-09-18", reason: "庭院整洁" },
    });
  entries = (await bank.store.view.journalAfter(-1, 10_000)).map(({ body }) => decode(body));
  const last = entries.findLast(({ fact }) => fact.type === "VILLAGE_POINTS_SET")?.fact as { transferSeq: number };
  await villagePoints.reverse(bank.worker, { seq: last.transferSeq, reason: "记错户" });
  entries = (await bank.store.view.journalAfter(-1, 10_000)).map(({ body }) => decode(body));
});
afterAll(() => bank.close());

/** A replay of a journal that was rewritten, every leaf with it, before any table is looked at. */
function replayed(journal: readonly JournalEntry[]): { replay: Replay; findings: Findings } {
  const findings = new Findings();
  const scratch = openScratch();
  const replay = new Replay(origin, scratch, findings, "");
  for (const { fact, seals, ...stamp } of journal) {
    const body = encode(stamp, fact, { seals });
    const { seq, recordedAt } = stamp;
    replay.entry({ seq, recordedAt, body, leaf: leafHash(body), kind: fact.type });
  }
  replay.close();
  scratch.close();
  return { replay, findings };
}
const judged = (journal: readonly JournalEntry[]) =>
  replayed(journal)
    .findings.report(journal.length - 1)
    .findings.map(({ check, what }) => `${check}: ${what}`);
/** What is held against that which is sealed, with the keys. */
async function opened(journal: readonly JournalEntry[]): Promise<string[]> {
  const vault = new Vault(bank.store, bank.options.entropy, bank.options.secret);
  const sealing = replayed(journal).replay.takeSealing();
  return (await new SealedRows(bank.store.view, vault).check(sealing)).map(({ what }) => what);
}
const rewritten = (seq: number, change: object) =>
  entries.map((entry) => (entry.seq === seq ? { ...entry, fact: { ...entry.fact, ...change } as WrittenFact } : entry));

test("says nothing of what the services wrote: rounding, a cap, a dispute, a reversal, points", () => {
  expect(judged(entries)).toEqual([]);
  const kinds = entries.map(({ fact }) => ("kind" in fact && "debit" in fact ? fact.kind : ""));
  expect([...new Set(kinds)].sort()).toEqual(
    ["", "EARN", "GRANT", "HOLD", "OVERFLOW", "RELEASE", "REVERSAL", "ROUNDING"].sort(),
  );
});

/** Values that another of its kind might have: what no guard of the database would refuse. */
function others(field: string, value: unknown): unknown[] {
  if (field === "debit" || field === "credit") {
    const accounts = entries.flatMap(({ fact }) => (fact.type === "ACCOUNT_OPENED" ? [fact] : []));
    const unit = accounts.find(({ id }) => id === value)?.unit;
    return accounts
      .filter((account) => account.unit === unit && account.id !== value)
      .map(({ id }) => id)
      .slice(0, 2);
  }
  if (field === "effectiveOn" || field === "on") return ["2026-09-19"];
  if (field === "policyIds")
    return [(value as string[]).slice(1), ["policy_x"]].filter((ids) => `${ids}` !== `${value}`);
  if (field === "recordId" || field === "disputeHoldSeq") return value === null ? [] : [null];
  // Seconds are not counted: an hour more is what makes another record.
  if (field.endsWith("edAt")) return [(value as number) + 3_600_000];
  if (typeof value === "number") return [value + 30, value + 10_000];
  return [];
}
const moving = ["TRANSFER"];
const fieldsOf: Record<string, readonly string[]> = {
  ...Object.fromEntries(
    moving.map((kind) => [kind, ["debit", "credit", "minutes", "effectiveOn", "recordId", "policyIds"]]),
  ),
  RECORD_STEP: [
    "startedAt",
    "endedAt",
    "breakMinutes",
    "serviceMinutes",
    "creditableMinutes",
    "creditedMinutes",
    "disputeHoldSeq",
  ],
  VILLAGE_POINTS_SET: ["transferSeq", "points", "on"],
};

test("finds every transfer, and every number of a record, that was changed with all that follows from it", () => {
  const unfound: string[] = [];
  let tried = 0;
  for (const { seq, fact } of entries)
    for (const field of fieldsOf[fact.type] ?? []) {
      const value = (fact as unknown as Record<string, unknown>)[field];
      // A step leaves out what stays as it was.
      if (value == null) continue;
      for (const other of others(field, value)) {
        tried += 1;
        if (judged(rewritten(seq, { [field]: other })).length === 0) unfound.push(`${fact.type} ${seq} ${field}`);
      }
    }
  expect(tried).toBeGreaterThan(200);
  expect(unfound).toEqual([]);
});

test("finds what a record says otherwise than what is sealed of it", async () => {
  expect(await opened(entries)).toEqual([]);
  const steps = entries.flatMap(({ seq, fact }) => (fact.type === "RECORD_STEP" ? [{ seq, fact }] : []));
  const [first] = steps;
  const adjusted = steps.find(({ fact }) => fact.replacedBy !== null)?.fact.replacedBy;
  const [replacement, posted] = [
    steps.find(({ fact }) => fact.id === adjusted),
    steps.find(({ fact }) => posts({ ...fact, to: fact.state })),
  ];
  const cases: [seq: number | undefined, change: object, found: string][] = [
    [first?.seq, { contentHash: "0".repeat(64) }, "contentHash is not that of what is sealed"],
    [first?.seq, { volunteerId: "volunteer_x" }, "contentHash is not that of what is sealed"],
    [replacement?.seq, { contentHash: "0".repeat(64) }, "contentHash is not made of the record that it replaces"],
    [posted?.seq, { creditableMinutes: 0 }, "creditableMinutes is not what the age that is sealed gives"],
  ];
  for (const [seq, change, finding] of cases) expect(await opened(rewritten(seq as number, change))).toContain(finding);
});

test("finds an EARN of 30 that became 10,030 in every table, with bytes and leaf that fit", async () => {
  const earned = entries.findLast(
    ({ fact }) => fact.type === "TRANSFER" && fact.kind === "EARN" && fact.minutes === 30,
  );
  if (earned?.fact.type !== "TRANSFER") throw new Error("no record earned 30 minutes");
  const { fact, ...stamp } = earned;
  const { debit, credit, recordId } = fact;
  const file = new SQLite(bank.ground.where);
  const triggers = file.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  const run = (sql: string, ...values: unknown[]) => file.prepare(sql).run(...values);
  const write = (more: number) => {
    const body = encode(stamp, { ...fact, minutes: 30 + more });
    const by = Math.sign(more) === 0 ? -10_000 : more;
    run("UPDATE journal SET body = ?, leaf = ? WHERE seq = ?", body, leafHash(body), stamp.seq);
    run("UPDATE transfers SET minutes = ? WHERE seq = ?", 30 + more, stamp.seq);
    for (const [account, sign, side] of [
      [debit, -by, "debits_posted"],
      [credit, by, "credits_posted"],
    ] as const) {
      run("UPDATE entries SET minutes = minutes + ? WHERE account = ? AND seq = ?", sign, account, stamp.seq);
      run(
        "UPDATE entries SET posted_after = posted_after + ? WHERE account = ? AND seq >= ?",
        sign,
        account,
        stamp.seq,
      );
      run(`UPDATE accounts SET ${side} = ${side} + ? WHERE id = ?`, by, account);
    }
    run(
      "UPDATE service_totals SET credited = credited + ? WHERE volunteer_id = (SELECT volunteer_id FROM service_records WHERE id = ?)",
      by,
      recordId,
    );
  };
  for (const { name } of triggers) file.exec(`DROP TRIGGER ${name}`);
  try {
    write(10_000);
    const report = await bank.store.snapshot((view) => audit(view, origin));
    expect(report.findings).toContainEqual({
      check: "RECORD",
      where: `serviceRecords ${recordId}`,
      what: "creditedMinutes is not what its transfers gave",
    });
    // Nothing but the record's own word and the rules of its day say so: every table fits.
    expect(report.findings.filter(({ check }) => check !== "RECORD")).toEqual([]);
  } finally {
    write(0);
    for (const { sql } of triggers) file.exec(sql);
    file.close();
  }
  expect((await bank.store.snapshot((view) => audit(view, origin))).findings).toEqual([]);
});
