import { getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import * as postgresTables from "../../drizzle/schema.postgres";
import * as sqliteTables from "../../drizzle/schema.sqlite";
import { type ScannedTable, scanOrder } from "../../src/storage/store";
import { issuer, openBank } from "../support/bank";
import { fillCharity } from "../support/charity";
import { everyEngine } from "../support/engines";

test("both dialects define the same tables, columns, keys, indexes and checks", () => {
  // biome-ignore lint/suspicious/noExplicitAny: two libraries' shapes of the same thing.
  const shape = (config: any) => ({
    name: config.name,
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    columns: config.columns.map((column: any) => [
      column.name,
      column.notNull,
      column.hasDefault && !column.primary,
      column.primary,
    ]),
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    indexes: config.indexes.map((index: any) => [index.config.name, index.config.unique]),
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    checks: config.checks.map((check: any) => [check.name, JSON.stringify(check.value.queryChunks)]),
    primaryKeys: config.primaryKeys.length,
    foreignKeys: config.foreignKeys.length,
  });
  const sqlite = Object.values(sqliteTables.tables).map((table) => shape(sqliteConfig(table)));
  // biome-ignore lint/suspicious/noExplicitAny: the kit gives PostgreSQL's tables SQLite's types.
  const postgres = Object.values(postgresTables.tables).map((table) => shape(postgresConfig(table as any)));
  expect(postgres).toEqual(sqlite);
  // drizzle-kit reads the exports: it would make no migration of a table that is not among them.
  for (const { tables, ...exported } of [sqliteTables, postgresTables])
    expect(Object.keys(exported).sort()).toEqual(Object.keys(tables).sort());
  expect(sqlite.length).toBeGreaterThan(15);
});

test("the same story from the same seed leaves the same leaves and the same rows on every engine", async () => {
  const told = [];
  for (const engine of everyEngine) {
    const bank = await openBank(engine);
    try {
      const volunteer = await bank.volunteer("V-1");
      await bank.volunteer("V-2", { birthDate: "2013-01-01", guardian: true });
      const one = await bank.log("V-1", "2026-09-18", "09:00", "11:10", { place: "枫桥大庙", externalRef: "r-1" });
      const two = await bank.log("V-2", "2026-09-17", "22:30", "00:20");
      await bank.confirm(bank.supervisor, one.id, two.id);
      const actor = await bank.actorOf(volunteer);
      const recordId = one.id ?? "";
      await bank.services.hours.dispute(actor, { idempotencyKey: "d", recordId, reason: "时长不符" });
      await bank.services.hours.resolve(bank.second, {
        idempotencyKey: "e",
        recordId,
        outcome: "REVERSED",
        reason: "属实",
      });
      const identity = { personId: volunteer.personId, issuer, subject: "sub-1", reason: "已核对证件" };
      await bank.services.identities.link(bank.supervisor, { idempotencyKey: "f", ...identity });
      const invitees = [{ volunteerId: volunteer.id }];
      await bank.services.invitations.invite(bank.worker, {
        idempotencyKey: "g",
        organizationId: bank.station.id,
        invitees,
      });
      await fillCharity(bank);
      const leaves = (await bank.store.view.journalAfter(-1, 1000)).map(
        (row) => `${row.seq} ${row.leaf.toString("hex")}`,
      );
      const rows: Record<string, unknown[]> = {};
      for (const table of Object.keys(scanOrder) as ScannedTable[]) {
        rows[table] = [];
        for await (const row of bank.store.view.scan(table)) rows[table].push(row);
        expect([table, rows[table].length > 0]).toEqual([table, true]);
      }
      told.push({ leaves, rows });
    } finally {
      await bank.close();
    }
  }
  for (const other of told.slice(1)) expect(other).toEqual(told[0]);
});
