// A migrated, empty bank of each kind, made once for the whole run: a test copies it in a tenth of the time that the
// migrations take.
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { Client } = require("pg");

module.exports = async function make() {
  const { migrateSqlite } = require("../../dist/src/storage/sqlite");
  const { migratePostgres } = require("../../dist/src/storage/postgres");
  const folder = mkdtempSync(join(tmpdir(), "goodhours-template-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.env.GOODHOURS_TEST_SQLITE = join(folder, "bank.db");
  migrateSqlite(process.env.GOODHOURS_TEST_SQLITE);

  const server = new URL(process.env.GOODHOURS_TEST_POSTGRES);
  const client = new Client({ connectionString: server.href });
  await client.connect();
  await client.query("CREATE DATABASE template").finally(() => client.end());
  server.pathname = "/template";
  await migratePostgres({ url: server.href, bank: "bank" });
};
