import SQLite from "better-sqlite3";
import { type AuditReport, audit } from "../../src/services/audit";
import { scanOrder } from "../../src/storage/store";
import { openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";
import { origin } from "../support/engines";

/**
 * Somebody who holds the file takes the guards away and changes one column of one row. Whatever it is, the audit finds
 * it. On SQLite: the columns are the same on both engines, which test/contract/parity.test.ts keeps.
 *
 * The audit compares each table by itself with what the journal says, and names the row and the column that differ. So one
 * column of every table is changed at a time, and one audit names them all; what it does not name in these words is
 * changed once more, alone, and has to be found then.
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
const camel = (name: string) => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const tables: [table: string, keys: string[]][] = [
  ["journal", ["seq"]],
  ...Object.entries(scanOrder).map(([table, keys]): [string, string[]] => [snake(table), keys.map(snake)]),
];

type Row = Record<string, unknown>;
/** A column of the latest row of a table that holds something there, and what it is changed into. */
interface Change {
  table: string;
  keys: string[];
  column: string;
  row: Row;
  moved: Row;
}

function changeOf(table: string, keys: string[], column: string): Change {
  const latest = `${keys.map((key) => `"${key}" DESC`)}`;
  const row = file.prepare(`SELECT * FROM "${table}" ORDER BY "${column}" IS NULL, ${latest} LIMIT 1`).get() as Row;
  return { table, keys, column, row, moved: { ...row, [column]: changed(row[column]) } };
}

/** The report of an audit of the bank with these changes, which are taken back. */
async function auditWith(changes: readonly Change[]): Promise<AuditReport> {
  const write = ({ table, keys, column }: Change, from: Row, to: Row) =>
    file
      .prepare(`UPDATE "${table}" SET "${column}" = ? WHERE ${keys.map((key) => `"${key}" = ?`).join(" AND ")}`)
      .run(to[column], ...keys.map((key) => from[key]));
  try {
    for (const change of changes) write(change, change.row, change.moved);
    return await audit(bank.store.view, origin);
  } finally {
    // A column of the key has moved the row with it.
    for (const change of changes) write(change, change.moved, change.row);
  }
}

/** Whether a report names the row and the column of a change, which no other change explains. */
function names({ findings }: AuditReport, { table, keys, column, moved }: Change): boolean {
  const what = keys.includes(column) ? "no entry of the journal put it there" : `${camel(column)} differs`;
  const where = `${camel(table)} ${keys.map((key) => moved[key]).join(" ")}`;
  return findings.some((finding) => finding.where === where && finding.what === what);
}

const unfound = new Map<string, string[]>();
const columnsOf = (table: string) =>
  file.prepare("SELECT name FROM pragma_table_info(?)").pluck().all(table) as string[];
beforeAll(async () => {
  const columns = new Map(tables.map(([table]) => [table, columnsOf(table)]));
  for (let i = 0; i < Math.max(...[...columns.values()].map(({ length }) => length)); i += 1) {
    const changes = tables.flatMap(([table, keys]) => {
      const column = columns.get(table)?.[i];
      return column ? [changeOf(table, keys, column)] : [];
    });
    // Every row follows from the journal, so it is changed alone.
    const report = await auditWith(changes.filter(({ table }) => table !== "journal"));
    for (const change of changes) {
      if (names(report, change) || !(await auditWith([change])).ok) continue;
      unfound.set(change.table, [...(unfound.get(change.table) ?? []), change.column]);
    }
  }
}, 120_000);

test.each(tables)("every column of %s", (table) => {
  expect(columnsOf(table).length).toBeGreaterThan(1);
  expect(unfound.get(table) ?? []).toEqual([]);
});

test("what was changed back is as it was", async () => {
  expect((await audit(bank.store.view, origin)).findings).toEqual([]);
});

function changed(value: unknown): unknown {
  // A flag is 0 or 1, and anything else would read as 0.
  if (typeof value === "number") return value === 0 ? 1 : value === 1 ? 0 : value + 1_000_003;
  if (Buffer.isBuffer(value)) return Buffer.concat([value, Buffer.from([1])]);
  // A list in JSON stays a list; any other text becomes another text.
  return typeof value === "string" ? (value.startsWith("[") ? '["x"]' : `${value}x`) : "x";
}
