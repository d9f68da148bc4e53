import type { Client, Pool } from "pg";
import type { Looking } from "../health";
import { keysOf } from "./keys";

const trialBytes = 1_048_576;

/** Whether the server can be read and written. */
export function lookingAt(pool: Pool, bank: string, open: () => Promise<Client>): Looking {
  return {
    async read() {
      // Both are needed: a bank whose keys are gone is not ready.
      const { rows } = await pool.query(
        `SELECT (SELECT max(seq) FROM journal) AS seq, (SELECT count(*) FROM "${keysOf(bank)}".marks) AS marks`,
      );
      return Number(rows[0]?.seq ?? -1);
    },
    async write() {
      const client = await open();
      try {
        await client.query("BEGIN");
        // A table of its own takes new room on the disk, and is gone with the transaction.
        await client.query("CREATE TEMPORARY TABLE trial (filling text) ON COMMIT DROP");
        await client.query("ALTER TABLE trial ALTER filling SET STORAGE EXTERNAL");
        await client.query("INSERT INTO trial VALUES (repeat('x', $1))", [trialBytes]);
        await client.query("ROLLBACK");
      } finally {
        await client.end();
      }
    },
  };
}
