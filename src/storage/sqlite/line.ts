import { setTimeout as sleep } from "node:timers/promises";
import type SQLite from "better-sqlite3";
import { tables } from "../../../drizzle/schema.sqlite";
import { faultOf } from "../faults";
import { type Memory, WritingRecall } from "../memory";
import { openWrites } from "../queries/tx";
import { openView } from "../queries/view";
import type { Line } from "../writer";
import { asDatabase } from "./connections";
import { lockWaitMs } from "./keys";

const lockLookMs = 2;

interface LineOptions {
  client: SQLite.Database;
  memory: Memory;
  checkPlace: () => void;
  /** Called when a transaction begins, and when it was kept: until then readers see what stood before it. */
  writes: () => void;
}

export function sqliteLine({ client, memory, checkPlace, writes: tellReaders }: LineOptions): Line {
  const recall = new WritingRecall(memory, () => own);
  const db = asDatabase(client, undefined, recall);
  const own = openView(db, tables);
  const writes = openWrites(db, tables, own, recall);
  return {
    async begin(now) {
      checkPlace();
      // SQLite serialises writers anyway; taking the lock at BEGIN means that no later statement meets SQLITE_BUSY.
      for (const deadline = performance.now() + lockWaitMs; ; ) {
        try {
          client.exec("BEGIN IMMEDIATE");
          tellReaders();
          return writes.begin(now);
        } catch (error) {
          if ((error as { code?: unknown }).code !== "SQLITE_BUSY" || performance.now() > deadline) throw error;
        }
        // Another process writes. Waited for here, not inside SQLite: questions are answered meanwhile.
        await sleep(lockLookMs);
      }
    },
    async commit() {
      client.exec("COMMIT");
      tellReaders();
      writes.kept();
      checkPlace();
    },
    async rollback() {
      if (client.inTransaction) client.exec("ROLLBACK");
    },
    flush: () => writes.flush(),
    async savepoint() {
      client.exec("SAVEPOINT work");
      writes.mark();
    },
    async release() {
      client.exec("RELEASE work");
    },
    async rollbackTo() {
      client.exec("ROLLBACK TO work; RELEASE work");
      writes.back();
    },
    isFatal: (error) => !client.inTransaction || faultOf(error) !== null,
    watch() {
      let left = false;
      const immediate = setImmediate(() => {
        left = true;
      });
      return () => {
        clearImmediate(immediate);
        return left;
      };
    },
  };
}
