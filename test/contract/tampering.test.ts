import { MessageChannel } from "node:worker_threads";
import { audit, auditBank, replayThread, serveReplay, type Threads } from "../../src/services/audit";
import { type ScannedTable, scanOrder } from "../../src/storage/store";
import { openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";
import { everyEngine, origin } from "../support/engines";

/**
 * Somebody who holds the database goes round its guards, on either engine. Every table that shows what the journal says is
 * there by itself: no list here names one. test/stories/tampering.test.ts goes through every column.
 */
type Row = Record<string, unknown>;
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const tables = Object.entries(scanOrder) as [ScannedTable, readonly string[]][];

describe.each(everyEngine)("tampering with $name", (engine) => {
  let bank: TestBank;
  beforeAll(async () => {
    bank = await openBank(engine);
    await bank.volunteer("V-1");
    const { id } = await bank.log("V-1", "2026-09-18", "09:00", "11:10");
    await bank.confirm(bank.supervisor, id);
    await fillCharity(bank);
  });
  afterAll(() => bank.close());

  /** Statements that no trigger, check or reference stops. */
  async function behindTheGuards(...statements: string[]): Promise<Row[]> {
    const { raw } = bank.ground;
    if (engine.kind === "postgres") return raw("SET session_replication_role = replica", ...statements);
    const guards = await raw("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
    await raw(...guards.map(({ name }) => `DROP TRIGGER "${name}"`));
    return raw("PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON", ...statements);
  }
  const findings = async () => (await bank.store.snapshot((view) => audit(view, origin))).findings;

  /** Two halves that send each other messages as two threads do, within this one. */
  const threads: Threads = {
    from: 0,
    open() {
      const { port1, port2 } = new MessageChannel();
      serveReplay(port1, async () => bank.options);
      const terminate = async () => {
        port2.close();
        return 0;
      };
      return replayThread(Object.assign(port2, { terminate }));
    },
  };
  const noted = (findings: readonly object[]) => findings.map((finding) => JSON.stringify(finding)).sort();

  /** The first row of each table that has any, and a condition that holds for that row alone. */
  async function firstRows(): Promise<{ table: ScannedTable; row: Row; where: string; key: string }[]> {
    const first = [];
    for (const [table, keys] of tables) {
      const rows = await bank.ground.raw(`SELECT * FROM "${snake(table)}" ORDER BY ${keys.map(snake)} LIMIT 20`);
      // A row of sums that are all nothing says as much as no row; which row is the first, its random id decides.
      const says = (of: Row) =>
        Object.entries(of).some(([name, value]) => !keys.map(snake).includes(name) && !/^0$/.test(String(value)));
      const row = rows.find(says);
      if (!row) continue;
      const where = keys.map((key) => `${snake(key)} = '${row[snake(key)]}'`).join(" AND ");
      first.push({ table, row, where, key: keys.map((key) => String(row[snake(key)])).join(" ") });
    }
    return first;
  }

  test("a number that was changed in each table is found there", async () => {
    const rows = await firstRows();
    expect(rows.length).toBeGreaterThan(40);
    const changes = rows.flatMap(({ table, row, where, key }) => {
      const isNumber = ([name, value]: [string, unknown]) =>
        !scanOrder[table].map(snake).includes(name) && !Buffer.isBuffer(value) && /^\d+$/.test(String(value));
      const [column] = Object.entries(row).findLast(isNumber) ?? [];
      return column ? [{ table, key, column, where }] : [];
    });
    expect(changes.length).toBe(rows.length);
    const set = (by: number) =>
      changes.map(
        ({ table, column, where }) => `UPDATE "${snake(table)}" SET ${column} = ${column} + ${by} WHERE ${where}`,
      );
    await behindTheGuards(...set(7));
    const found = (await findings()).map(({ where }) => where);
    const [alone, beside] = [await auditBank(bank.options), await auditBank(bank.options, () => undefined, threads)];
    expect(noted(beside.findings)).toEqual(noted(alone.findings));
    expect({ ...beside, findings: [] }).toEqual({ ...alone, findings: [] });
    await behindTheGuards(...set(-7));
    expect(changes.map(({ table, key }) => `${table} ${key}`).filter((where) => !found.includes(where))).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  test("a leaf that is not its body's is found with a thread and without", async () => {
    const { seq: last } = await bank.store.view.head();
    expect(last).toBeGreaterThan(200);
    const forged = [1, last];
    const other = "(SELECT j.leaf FROM journal j WHERE j.seq = 0)";
    await behindTheGuards(...forged.map((seq) => `UPDATE journal SET leaf = ${other} WHERE seq = ${seq}`));
    const [alone, beside] = [await auditBank(bank.options), await auditBank(bank.options, () => undefined, threads)];
    expect(beside).toEqual(alone);
    expect(alone.findings.filter(({ check }) => check === "JOURNAL")).toEqual(
      forged.map((seq) => ({ check: "JOURNAL", where: `journal ${seq}`, what: "leaf is not the hash of body" })),
    );
  });

  test("a row that was taken out of each table is missed", async () => {
    const rows = await firstRows();
    await behindTheGuards(...rows.map(({ table, where }) => `DELETE FROM "${snake(table)}" WHERE ${where}`));
    const missed = (await findings()).flatMap(({ where, what }) => (what === "is missing" ? [where] : []));
    expect(missed.sort()).toEqual(rows.map(({ table, key }) => `${table} ${key}`).sort());
  });
});
