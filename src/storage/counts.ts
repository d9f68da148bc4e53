import { Pool } from "pg";

/** Nobody waits long for a count. */
const answerMs = 1_000;

/**
 * The table as rate-limiter-flexible makes it in the bank's schema, when the first server of a bank counts there. No migration makes
 * it: the audit knows by this what it must be where it stands.
 */
export const countTable = {
  name: "rate_limits",
  made: "CREATE TABLE rate_limits (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)",
} as const;

/** Where several servers of one bank count together, over connections that never wait for the bank's own. */
export interface CountStore {
  readonly schema: string;
  readonly table: string;
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null }>;
  close(): Promise<void>;
}

export function openCountStore({ url, bank }: { url: string; bank: string }): CountStore {
  const pool = new Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: answerMs,
    query_timeout: answerMs,
    application_name: `goodhours ${bank} counts`,
  });
  // A connection that breaks while nobody uses it is made anew by the next query.
  pool.on("error", () => undefined);
  return {
    schema: bank,
    table: countTable.name,
    // Without names: a pooler between us and the database may not know prepared statements.
    query: (text, values) => pool.query(text, values),
    close: () => pool.end(),
  };
}
