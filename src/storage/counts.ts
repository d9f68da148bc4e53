import { Pool } from "pg";

/** Nobody waits long for a count. */
const answerMs = 1_000;

/** Where several servers of one bank count together, over connections that never wait for the bank's own. */
export interface CountStore {
  readonly schema: string;
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
    // Without names: a pooler between us and the database may not know prepared statements.
    query: (text, values) => pool.query(text, values),
    close: () => pool.end(),
  };
}
