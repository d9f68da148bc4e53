import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import type SQLite from "better-sqlite3";
import type { Looking } from "../health";

const trialBytes = 256 * 1024;

/** Whether the file can be read and written. */
export function lookingAt(path: string, client: SQLite.Database, head: () => Promise<number>): Looking {
  return {
    read: head,
    async write() {
      // As if the write-ahead log grew: beside it, from where it ends, so that the largest size of a file counts, too.
      const trial = `${path}.trial`;
      const file = openSync(trial, "w", 0o600);
      try {
        const end = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
        writeSync(file, Buffer.alloc(trialBytes, 1), 0, trialBytes, end);
        fsyncSync(file);
      } finally {
        closeSync(file);
        rmSync(trial, { force: true });
      }
      // A page is written and stays as it was.
      if (!client.inTransaction)
        client.pragma(`user_version = ${client.pragma("user_version", { simple: true }) as number}`);
    },
  };
}
