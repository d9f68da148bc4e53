import { tables } from "../../../drizzle/schema.postgres";
import type { Instant } from "../../domain/kit/calendar";
import { Followers } from "../followers";
import { Health } from "../health";
import { Memory, ReadingRecall } from "../memory";
import { CannotOpen } from "../migrations";
import { openView } from "../queries/view";
import type { Store } from "../store";
import { Writer, watched, watchedKeys } from "../writer";
import { checkMigrated, checkSchema, checkSettings, checkTables, hasTable } from "./checks";
import { answerMs, asDatabase, type Bank, connect, connectFirst, connectMs, openPool, readersMax } from "./connections";
import { checkGuards, inspect } from "./inspection";
import { keyStore, keysOf, missingKeys } from "./keys";
import { PostgresLine } from "./line";
import { lookingAt } from "./trial";

export { forgetFoundingPostgres, marksOfPostgres, migratePostgres } from "./beginnings";

export interface PostgresOptions extends Bank {
  clock: () => Instant;
}

export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const { bank, clock } = options;
  const first = await connectFirst(options);
  try {
    await checkSettings(first);
    await checkMigrated(first, bank);
    await checkSchema(first, bank);
    await checkTables(first, bank);
    await checkGuards(first, bank);
    if (!(await hasTable(first, keysOf(bank), "marks"))) throw new CannotOpen(missingKeys(bank));
  } finally {
    await first.end();
  }
  const lost = (error: unknown) => health.failed(error, "READ", 0);
  const only = { default_transaction_read_only: "on" };
  const readers = openPool(options, { query_timeout: answerMs, session: only, max: readersMax, lost, again: true });
  const keys = openPool(options, { query_timeout: answerMs, max: 2, lost });
  const health = new Health(lookingAt(keys, bank, () => connect(options, { query_timeout: connectMs })));
  const memory = new Memory();
  const recall = new ReadingRecall(memory, () => plain);
  const plain = openView(asDatabase(readers, recall), tables);
  const view = watched(plain, health, "READ");
  const { refresh } = watched({ refresh: () => recall.refresh() }, health, "READ");
  const line = new PostgresLine(() => connect(options, { query_timeout: answerMs }), memory);
  const followers = new Followers(async () => (await plain.head()).seq);
  const writer = new Writer(line, clock, health, () => followers.look());
  const own = keyStore(keys, bank);
  // What another process took away may be left, too.
  let unswept = true;
  return {
    write: (work) => writer.write(work),
    rehearse: (work) => writer.write(work, false),
    read: async (work) => work(view),
    view,
    refresh,
    async snapshot(work) {
      const own = await connect(options);
      try {
        await own.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        return await work(watched(openView(asDatabase(own), tables), health, "READ"));
      } finally {
        await own.end();
      }
    },
    async *inspect() {
      yield* inspect(await connect(options), bank);
    },
    keys: watchedKeys(
      {
        ...own,
        remove: (id) =>
          own.remove(id).finally(() => {
            unswept = true;
          }),
      },
      health,
    ),
    async sweep() {
      if (!unswept) return;
      for (const name of [`"${keysOf(bank)}".person_keys`, "search_terms"]) await keys.query(`VACUUM ${name}`);
      unswept = false;
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
      await Promise.all([line.close(), readers.end(), keys.end()]);
    },
  };
}
