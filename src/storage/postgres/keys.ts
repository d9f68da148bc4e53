import type { Pool } from "pg";
import { keysMarkOf } from "../marks";
import type { KeyStore } from "../store";

/** The keys stand in a schema of their own beside the bank's: the two are backed up apart. */
export const keysOf = (bank: string) => `${bank}_keys`;
export const missingKeys = (bank: string) =>
  `the keys of this bank are missing: restore the schema ${keysOf(bank)} from a backup`;

/** The keys' tables, as statements for this schema. */
export const keyTables = (schema: string) => ({
  person_keys: `CREATE TABLE IF NOT EXISTS "${schema}".person_keys (person_id text PRIMARY KEY, wrapped bytea NOT NULL)`,
  marks: `CREATE TABLE IF NOT EXISTS "${schema}".marks (
    one int PRIMARY KEY CHECK (one = 1), bank_id text NOT NULL, proof text NOT NULL, changes bigint NOT NULL)`,
});

export function keyStore(pool: Pool, bank: string): KeyStore {
  const keys = `"${keysOf(bank)}"`;
  return {
    async wrapped(personIds) {
      const { rows } = await pool.query(
        `SELECT person_id, wrapped FROM ${keys}.person_keys WHERE person_id = ANY($1)`,
        [personIds],
      );
      return new Map(rows.map((row) => [row.person_id as string, row.wrapped as Buffer]));
    },
    async mark() {
      const { rows } = await pool.query(`SELECT * FROM ${keys}.marks`);
      return rows[0] ? keysMarkOf(rows[0]) : null;
    },
    async tie({ bankId, proof }) {
      await pool.query(
        `INSERT INTO ${keys}.marks VALUES (1, $1, $2, (SELECT count(*) FROM ${keys}.person_keys)) ON CONFLICT DO NOTHING`,
        [bankId, proof],
      );
    },
    async add(personId, wrapped) {
      await pool.query(
        `WITH added AS (INSERT INTO ${keys}.person_keys (person_id, wrapped) VALUES ($1, $2) RETURNING 1)
         UPDATE ${keys}.marks SET changes = changes + (SELECT count(*) FROM added)`,
        [personId, wrapped],
      );
    },
    async remove(personId) {
      await pool.query(
        `WITH gone AS (DELETE FROM ${keys}.person_keys WHERE person_id = $1 RETURNING 1)
         UPDATE ${keys}.marks SET changes = changes + (SELECT count(*) FROM gone)`,
        [personId],
      );
    },
  };
}
