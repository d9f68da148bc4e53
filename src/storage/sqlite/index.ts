import { existsSync } from "node:fs";
import SQLite from "better-sqlite3";
import { tables } from "../../../drizzle/schema.sqlite";
import type { Instant } from "../../domain/kit/calendar";
import { Followers } from "../followers";
import { Health } from "../health";
import { Memory, ReadingRecall } from "../memory";
import { CannotOpen } from "../migrations";
import { openView } from "../queries/view";
import type { Store } from "../store";
import { Writer, watched, watchedKeys } from "../writer";
import { checkMigrated, checkTables } from "./checks";
import { asDatabase, connect } from "./connections";
import { makePrivate, placeLookMs, placeOf } from "./files";
import { openGlance, rememberSessions } from "./glance";
import { checkGuards, inspect } from "./inspection";
import { keyStore, keysOf, openKeys } from "./keys";
import { sqliteLine } from "./line";
import { lookingAt } from "./trial";

export { forgetFoundingSqlite, marksOfSqlite, migrateSqlite } from "./beginnings";

/** Pages that a connection keeps, in kibibytes, which reads through a whole file and meets few of its pages twice. */
const throughCacheKib = 2_048;

export interface SqliteOptions {
  /** Path of the bank's file. */
  path: string;
  clock: () => Instant;
  /**
   * When the disk must have taken what is written: at each commit, unless it is said otherwise. A file that is thrown away where its
   * making is cut needs that only when it is closed.
   */
  syncs?: "AT_COMMIT" | "AT_CLOSE";
}

export function openSqlite({ path, clock, syncs = "AT_COMMIT" }: SqliteOptions): Store {
  if (!existsSync(path)) throw new CannotOpen(`no bank at ${path}: run \`goodhours migrate\` first`);
  makePrivate(path);
  const client = connect(path);
  client.pragma("busy_timeout = 0");
  checkMigrated(client);
  checkTables(client);
  checkGuards(client);
  const reader = new SQLite(path, { readonly: true });
  reader.pragma("trusted_schema = 0");
  const keys = openKeys(path);
  keys.pragma("busy_timeout = 0");
  if (syncs === "AT_CLOSE") for (const connection of [client, keys]) connection.pragma("synchronous = OFF");
  const checkPlace = placeOf(path);
  const checkKeysPlace = placeOf(keysOf(path));
  const memory = new Memory();
  const glance = openGlance(reader, client);
  const recall = new ReadingRecall(
    memory,
    () => plain,
    () => glance.begin(),
  );
  const plain = openView(
    asDatabase(reader, () => checkPlace(placeLookMs), recall),
    tables,
  );
  plain.endedAmong = rememberSessions(glance, plain.endedAmong);
  const head = async () => {
    checkKeysPlace();
    return (await plain.head()).seq;
  };
  const health = new Health(lookingAt(path, client, head));
  const view = watched(plain, health, "READ");
  const { refresh } = watched({ refresh: () => recall.refresh() }, health, "READ");
  const line = sqliteLine({ client, memory, checkPlace, writes: () => glance.wrote() });
  const followers = new Followers(async () => (await plain.head()).seq);
  const writer = new Writer(line, clock, health, () => followers.look());
  return {
    write: (work) => writer.write(work),
    rehearse: (work) => writer.write(work, false),
    read: async (work) => work(view),
    view,
    refresh,
    async snapshot(work) {
      const own = new SQLite(path, { readonly: true });
      try {
        own.pragma(`cache_size = -${throughCacheKib}`);
        own.exec("BEGIN");
        return await work(watched(openView(asDatabase(own), tables), health, "READ"));
      } finally {
        own.close();
      }
    },
    inspect: () => inspect(path, keysOf(path), throughCacheKib),
    keys: watchedKeys(keyStore(keys, { checkPlace: checkKeysPlace, inWork: () => client.inTransaction }), health),
    async sweep() {
      glance.end();
      for (const connection of [client, keys])
        if (!connection.inTransaction) connection.pragma("wal_checkpoint(TRUNCATE)");
    },
    health,
    get halted() {
      return writer.halted;
    },
    onHalt: (listener) => writer.onHalt(listener),
    follow: (listener) => followers.add(listener),
    async close() {
      followers.stop();
      await writer.idle();
      health.close();
      glance.end();
      // Folds the write-ahead log back, so that the file alone is the bank.
      for (const connection of [client, keys]) {
        if (syncs === "AT_CLOSE") connection.pragma("synchronous = FULL");
        connection.pragma("wal_checkpoint(TRUNCATE)");
      }
      for (const connection of [reader, client, keys]) connection.close();
    },
  };
}
