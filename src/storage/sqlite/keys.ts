import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import SQLite from "better-sqlite3";
import { faultOf } from "../faults";
import { keysMarkOf } from "../marks";
import { CannotOpen } from "../migrations";
import type { KeyStore } from "../store";
import { makePrivate, opening, placeLookMs } from "./files";

/** Shorter than a request may last, so that its client hears why it waited. */
export const lockWaitMs = 15_000;
/** A person who waits for the keys does not notice so much, and many who wait are not many attempts. */
const keysLookMs = 20;

/** The keys stand in a file of their own beside the bank: the two are backed up apart. */
export const keysOf = (path: string) => `${path}.keys`;
export const missingKeys = (path: string) => `the keys of this bank are missing: restore ${keysOf(path)} from a backup`;

export const keyTables = `
  CREATE TABLE IF NOT EXISTS person_keys (person_id TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS marks (
    one INTEGER PRIMARY KEY CHECK (one = 1), bank_id TEXT NOT NULL, proof TEXT NOT NULL, changes INTEGER NOT NULL) STRICT`;

export function openKeys(path: string): SQLite.Database {
  if (!existsSync(keysOf(path))) throw new CannotOpen(missingKeys(path));
  makePrivate(keysOf(path));
  return opening(keysOf(path), () => {
    const keys = new SQLite(keysOf(path), { timeout: lockWaitMs });
    keys.pragma("journal_mode = WAL");
    keys.pragma("synchronous = FULL");
    keys.pragma("secure_delete = ON");
    keys.exec(keyTables);
    return keys;
  });
}

interface KeyWays {
  checkPlace: (everyMs?: number) => void;
  /** Whether a transaction of the bank runs: it waits for nothing. */
  inWork: () => boolean;
}

export function keyStore(keys: SQLite.Database, { checkPlace, inWork }: KeyWays): KeyStore {
  const find = keys.prepare("SELECT wrapped FROM person_keys WHERE person_id = ?").pluck();
  const mark = keys.prepare("SELECT * FROM marks");
  const tie = keys.prepare(
    "INSERT INTO marks SELECT 1, ?, ?, count(*) FROM person_keys WHERE true ON CONFLICT DO NOTHING",
  );
  const insert = keys.prepare("INSERT INTO person_keys (person_id, wrapped) VALUES (?, ?)");
  const remove = keys.prepare("DELETE FROM person_keys WHERE person_id = ?");
  const changed = keys.prepare("UPDATE marks SET changes = changes + 1");
  const change = keys.transaction((statement: SQLite.Statement, ...values: unknown[]) => {
    if (statement.run(...values).changes > 0) changed.run();
  });

  /** Another process may hold the file. It is waited for here, not inside SQLite: questions are answered meanwhile. */
  async function patiently<T>(ask: () => T, waitsForNothing = () => false): Promise<T> {
    for (const deadline = performance.now() + lockWaitMs; ; ) {
      try {
        return ask();
      } catch (error) {
        if (faultOf(error)?.suffering !== "BUSY" || waitsForNothing() || performance.now() > deadline) throw error;
      }
      await sleep(keysLookMs);
    }
  }
  /** A key is made and taken back before and after a transaction, never in one: it waits whatever others do meanwhile. */
  const write = (statement: SQLite.Statement, ...values: unknown[]) =>
    patiently(() => {
      checkPlace();
      change.immediate(statement, ...values);
      checkPlace();
    });

  return {
    mark: () =>
      patiently(() => {
        const row = mark.get();
        return row === undefined ? null : keysMarkOf(row as Record<string, unknown>);
      }, inWork),
    async tie({ bankId, proof }) {
      await patiently(() => tie.run(bankId, proof));
    },
    wrapped: (personIds) =>
      patiently(() => {
        checkPlace(placeLookMs);
        const byPerson = new Map<string, Buffer>();
        for (const id of personIds) {
          const key = find.get(id) as Buffer | undefined;
          if (key) byPerson.set(id, key);
        }
        return byPerson;
      }, inWork),
    add: (personId, wrapped) => write(insert, personId, wrapped),
    remove: (personId) => write(remove, personId),
  };
}
