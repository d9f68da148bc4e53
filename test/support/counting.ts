import SQLite from "better-sqlite3";
import { Client } from "pg";

/** What a database was asked while a piece of work ran. */
export interface Asked {
  /** The statements that read or write rows, in the order in which they were sent. */
  readonly statements: readonly string[];
  /** BEGIN, COMMIT, SAVEPOINT and their like: they read and write no row. */
  readonly transactionWords: readonly string[];
}

type Spied = Record<string, (...args: unknown[]) => unknown>;

/** Calls `hear` with the text of each statement that this process sends to SQLite or to PostgreSQL; ends with the function it returns. */
function listen(hear: (text: string) => void): () => void {
  const probe = new SQLite(":memory:");
  const statement = Object.getPrototypeOf(probe.prepare("SELECT 1")) as Spied;
  const database = Object.getPrototypeOf(probe) as Spied;
  const client = Client.prototype as unknown as Spied;
  probe.close();
  const kept: (() => void)[] = [];
  const spy = (on: Spied, name: string, textOf: (self: unknown, args: unknown[]) => string) => {
    const real = on[name] as Spied[string];
    on[name] = function (this: unknown, ...args: unknown[]) {
      hear(textOf(this, args));
      return real.apply(this, args);
    };
    kept.push(() => {
      on[name] = real;
    });
  };
  for (const name of ["all", "get", "run"]) spy(statement, name, (self) => (self as { source: string }).source);
  spy(database, "exec", (_, [text]) => text as string);
  spy(client, "query", (_, [query]) => (typeof query === "string" ? query : (query as { text: string }).text));
  return () => {
    for (const restore of kept) restore();
  };
}

const isTransactionWord = (text: string) => /^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/i.test(text);

/** Runs the work and tells what the database was asked meanwhile, by this whole process. */
export async function asked<T>(work: () => Promise<T>): Promise<[T, Asked]> {
  const texts: string[] = [];
  const stop = listen((text) => texts.push(text));
  try {
    const answer = await work();
    return [
      answer,
      {
        statements: texts.filter((text) => !isTransactionWord(text)),
        transactionWords: texts.filter(isTransactionWord),
      },
    ];
  } finally {
    stop();
  }
}
