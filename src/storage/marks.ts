import { decode } from "../domain/ledger/journal";
import type { BankMark, KeysMark, Marks } from "./store";

type Row = Record<string, unknown>;

/** How a bank and its keys are asked before they are opened; both may be of an earlier release. */
export interface MarkAsking {
  bank(sql: string): Promise<Row[]>;
  /** `table` stands for the keys' own tables, wherever they are. */
  keys(sql: (table: (name: string) => string) => string): Promise<Row[]>;
  hasBank(table: string): Promise<boolean>;
  hasKeys(table: string): Promise<boolean>;
}

/** So many sealed rows are enough to know whether a secret and keys belong to a bank that has no mark. */
const newestMost = 100;

export async function readMarks(ask: MarkAsking): Promise<Marks> {
  const [first] = (await ask.hasBank("journal")) ? await ask.bank("SELECT body FROM journal WHERE seq = 0") : [];
  const [bank] = (await ask.hasBank("bank_marks")) ? await ask.bank("SELECT * FROM bank_marks") : [];
  const [keys] = (await ask.hasKeys("marks")) ? await ask.keys((table) => `SELECT * FROM ${table("marks")}`) : [];
  const hasKeys = await ask.hasKeys("person_keys");
  const [counted] = hasKeys ? await ask.keys((table) => `SELECT count(*) AS count FROM ${table("person_keys")}`) : [];
  const keyCount = Number(counted?.count ?? 0);
  return {
    founded: first !== undefined,
    origin: first === undefined ? null : originIn(first.body as Buffer),
    bank: bank === undefined ? null : bankMarkOf(bank),
    keys: keys === undefined ? null : keysMarkOf(keys),
    keyCount,
    emptied: bank !== undefined && keyCount === 0 && (await holdsSealed(ask)),
    newest: first !== undefined && bank === undefined ? await newestOf(ask, hasKeys) : [],
  };
}

/** Whether a sealed row of a person who was not erased is there. The keys of credit records end without an erasure. */
async function holdsSealed(ask: MarkAsking): Promise<boolean> {
  const rows = await ask.bank(
    `SELECT 1 AS found FROM sealed WHERE person_id NOT IN (SELECT person_id FROM erasures)
       AND person_id NOT IN (SELECT person_id FROM credit_records) LIMIT 1`,
  );
  return rows.length > 0;
}

async function newestOf(ask: MarkAsking, hasKeys: boolean): Promise<Marks["newest"]> {
  if (!(await ask.hasBank("sealed"))) return [];
  // Ids rise with time.
  const rows = await ask.bank(`SELECT person_id, ciphertext FROM sealed ORDER BY id DESC LIMIT ${newestMost}`);
  const ids = [...new Set(rows.map((row) => `'${String(row.person_id).replaceAll("'", "''")}'`))];
  const wrapped =
    hasKeys && ids.length > 0
      ? await ask.keys((table) => `SELECT person_id, wrapped FROM ${table("person_keys")} WHERE person_id IN (${ids})`)
      : [];
  const byPerson = new Map(wrapped.map((row) => [row.person_id, row.wrapped as Buffer]));
  return rows.map((row) => ({
    ciphertext: row.ciphertext as Buffer,
    wrapped: byPerson.get(row.person_id) ?? null,
  }));
}

/** Null where the entry was spoilt: the audit says so. */
function originIn(body: Buffer): string | null {
  try {
    const { fact } = decode(body);
    return fact.type === "BANK_OPENED" ? fact.origin : null;
  } catch {
    return null;
  }
}

function bankMarkOf(row: Row): BankMark {
  return { bankId: String(row.bank_id), proof: String(row.proof), keyChanges: Number(row.key_changes) };
}

export function keysMarkOf(row: Row): KeysMark {
  return { bankId: String(row.bank_id), proof: String(row.proof), changes: Number(row.changes) };
}
