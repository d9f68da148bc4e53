import SQLite from "better-sqlite3";
import { audit } from "../../src/services/audit";
import { scanOrder } from "../../src/storage/store";
import { openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";
import { origin } from "../support/engines";

/**
 * Somebody who holds the file takes the guards away and changes one column of one row. Whatever it is, the audit finds
 * it. On SQLite: the columns are the same on both engines, which test/contract/parity.test.ts keeps.
 */
let bank: TestBank;
let file: SQLite.Database;
beforeAll(async () => {
  bank = await openBank();
  const volunteer = await bank.volunteer("V-1");
  const records = [
    await bank.log("V-1", "2026-09-18", "09:00", "11:10"),
    await bank.log("V-1", "2026-09-17", "09:00", "10:10"),
  ];
  await bank.confirm(bank.supervisor, ...records.map(({ id }) => id));
  const of = { recordId: records[0]?.id as string, reason: "时长不符" };
  await bank.services.hours.dispute(await bank.actorOf(volunteer), { ...of, idempotencyKey: bank.key() });
  await bank.services.hours.resolve(bank.second, {
    ...of,
    idempotencyKey: bank.key(),
    outcome: "ADJUSTED",
    endedAt: Date.parse("2026-09-18T10:00:00+08:00"),
  });
  await bank.services.identities.link((await import("../../src/domain/permissions/actors")).system, {
    idempotencyKey: bank.key(),
    reason: "r",
    personId: volunteer.personId,
    subject: "sub-1",
    issuer: "https://login.example",
  });
  await bank.services.invitations.invite(bank.worker, {
    idempotencyKey: bank.key(),
    organizationId: bank.station.id,
    invitees: [{ volunteerId: volunteer.id }],
  });
  await fillCharity(bank);
  file = new SQLite(bank.ground.where);
  file.pragma("ignore_check_constraints = ON");
  file.pragma("foreign_keys = OFF");
  const triggers = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all() as string[];
  for (const name of triggers) file.exec(`DROP TRIGGER ${name}`);
});
afterAll(async () => {
  file.close();
  await bank.close();
});

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const tables: [table: string, keys: string[]][] = [
  ["journal", ["seq"]],
  ...Object.entries(scanOrder).map(([table, keys]): [string, string[]] => [snake(table), keys.map(snake)]),
];

test.each(tables)("every column of %s", async (table, keys) => {
  const columns = file.prepare("SELECT name FROM pragma_table_info(?)").pluck().all(table) as string[];
  expect(columns.length).toBeGreaterThan(1);
  const unfound: string[] = [];
  for (const column of columns) {
    const latest = `${keys.map((key) => `"${key}" DESC`)}`;
    const row = file
      .prepare(`SELECT * FROM "${table}" ORDER BY "${column}" IS NULL, ${latest} LIMIT 1`)
      .get() as Record<string, unknown>;
    const moved = { ...row, [column]: changed(row[column]) };
    const where = keys.map((key) => `"${key}" = ?`).join(" AND ");
    const write = (value: unknown, at: typeof row) =>
      file.prepare(`UPDATE "${table}" SET "${column}" = ? WHERE ${where}`).run(value, ...keys.map((key) => at[key]));
    try {
      write(moved[column], row);
      const report = await audit(bank.store.view, origin);
      if (report.ok) unfound.push(column);
    } finally {
      // A column of the key has moved the row with it.
      write(row[column], moved);
    }
  }
  expect(unfound).toEqual([]);
  expect((await audit(bank.store.view, origin)).findings).toEqual([]);
});

function changed(value: unknown): unknown {
  // A flag is 0 or 1, and anything else would read as 0.
  if (typeof value === "number") return value === 0 ? 1 : value === 1 ? 0 : value + 1_000_003;
  if (Buffer.isBuffer(value)) return Buffer.concat([value, Buffer.from([1])]);
  // A list in JSON stays a list; any other text becomes another text.
  return typeof value === "string" ? (value.startsWith("[") ? '["x"]' : `${value}x`) : "x";
}
