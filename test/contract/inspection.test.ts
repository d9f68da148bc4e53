import { closeSync, openSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import type { Flaw } from "../../src/storage/inspection";
import { openPostgres } from "../../src/storage/postgres";
import { type Engine, everyEngine, type Ground } from "../support/engines";

const migrations = readdirSync(join(__dirname, "../../migrations/sqlite"))
  .filter((name) => name.endsWith(".sql"))
  .map((name) => name.replace(".sql", ""));

const clock = () => Date.parse("2026-09-20T09:00:00+08:00");

interface Change {
  title: string;
  on?: Engine["kind"];
  sql: string[];
  flaws: string[];
  /** Whether a start is refused as well: what runs inside the database by itself. */
  refused?: RegExp;
}
const changes: Change[] = [
  {
    title: "a trigger too many",
    on: "sqlite",
    sql: [
      "CREATE TRIGGER quiet AFTER INSERT ON search_terms BEGIN DELETE FROM search_terms WHERE hash = NEW.hash; END",
    ],
    flaws: ["trigger quiet was made by no migration"],
    refused: /^trigger quiet was made by no migration: drop it, or restore a backup$/,
  },
  {
    title: "a trigger too many",
    on: "postgres",
    sql: [
      "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
      "CREATE TRIGGER quiet BEFORE INSERT ON search_terms FOR EACH ROW EXECUTE FUNCTION quiet()",
    ],
    flaws: ["trigger search_terms.quiet was made by no migration", "function quiet() was made by no migration"],
    refused: /^(trigger|function) quiet was made by no migration: drop it, or restore a backup$/,
  },
  {
    title: "a guard's double on another table",
    on: "postgres",
    sql: [
      "CREATE TRIGGER journal_no_update BEFORE INSERT ON commands FOR EACH ROW EXECUTE FUNCTION ledger_immutable()",
    ],
    flaws: ["trigger commands.journal_no_update was made by no migration"],
    refused: /^guard trigger journal_no_update has a double that no migration made/,
  },
  {
    title: "a function that is there twice, with other arguments",
    on: "postgres",
    sql: ["CREATE FUNCTION ledger_immutable(a int) RETURNS int LANGUAGE sql AS 'SELECT a'"],
    flaws: ["function ledger_immutable(a integer) was made by no migration"],
    refused: /^guard function ledger_immutable has a double/,
  },
  {
    title: "a rule that does something instead",
    on: "postgres",
    sql: ["CREATE RULE quiet AS ON INSERT TO commands DO INSTEAD NOTHING"],
    flaws: ["rule commands.quiet was made by no migration"],
    refused: /^rule quiet was made by no migration/,
  },
  {
    title: "rows that a policy hides",
    on: "postgres",
    sql: ["ALTER TABLE commands ENABLE ROW LEVEL SECURITY"],
    flaws: ["table commands was changed"],
    refused: /^row security of commands was made by no migration/,
  },
  {
    title: "foreign keys that are switched off",
    on: "postgres",
    sql: ["ALTER TABLE transfers DISABLE TRIGGER ALL", "ALTER TABLE transfers ENABLE TRIGGER USER"],
    flaws: ["foreign keys of transfers was changed"],
  },
  {
    title: "a check that is gone",
    on: "postgres",
    sql: ["ALTER TABLE transfers DROP CONSTRAINT transfer_minutes"],
    flaws: ["constraint transfers.transfer_minutes is missing"],
  },
  {
    title: "a column with a value of its own",
    on: "postgres",
    sql: ["ALTER TABLE commands ALTER outcome SET DEFAULT '{}'"],
    flaws: ["column commands.outcome was changed"],
  },
  {
    title: "an index that is gone",
    sql: ["DROP INDEX search_terms_person"],
    flaws: ["index search_terms_person is missing"],
  },
  {
    title: "an index too many",
    sql: ["CREATE INDEX too_many ON search_terms (kind)"],
    flaws: ["index too_many was made by no migration"],
  },
  {
    title: "a table too many",
    on: "sqlite",
    sql: ["CREATE TABLE too_many (a TEXT) STRICT"],
    flaws: ["table too_many was made by no migration"],
  },
  {
    title: "a view too many",
    sql: ["CREATE VIEW too_many AS SELECT hash FROM search_terms"],
    flaws: expect.arrayContaining([expect.stringMatching(/^(view|table) too_many was made by no migration$/)]),
  },
  ...(["__drizzle_migrations", "migrations"] as const).map((table) => ({
    title: "a list of migrations that lost a row",
    on: table === "migrations" ? ("postgres" as const) : ("sqlite" as const),
    sql: [`DELETE FROM ${table}`, `INSERT INTO ${table} (hash, created_at) VALUES ('another', 1)`],
    flaws: [
      ...migrations.map((name) => `migration ${name} is not in the list of those applied`),
      "the list of migrations holds a row that this release did not write",
    ] as never,
    refused: /^the bank's list of migrations has lost a row, or holds another's: restore it from a backup$/,
  })),
  {
    title: "a column too many",
    sql: ["ALTER TABLE search_terms ADD COLUMN note TEXT"],
    flaws: [
      expect.stringMatching(/^(table search_terms was changed|column search_terms.note was made by no migration)$/),
    ] as never,
  },
];

describe.each(everyEngine)("an inspection on $name", (engine) => {
  let ground: Ground;
  beforeEach(async () => {
    ground = await engine.ground();
  });
  afterEach(() => ground.remove());
  async function inspected(): Promise<string[]> {
    const store = await ground.open(clock);
    try {
      return await inspectedOf(store);
    } finally {
      await store.close();
    }
  }
  const inspectedOf = async (store: { inspect(): AsyncIterable<Flaw> }) => {
    const flaws: string[] = [];
    for await (const { where, what } of store.inspect()) flaws.push(`${where} ${what}`);
    return flaws;
  };

  test("finds nothing on a disk as the migrations made it, and leaves nothing behind", async () => {
    expect(await inspected()).toEqual([]);
    expect(await inspected()).toEqual([]);
  });

  const own = changes.filter(({ on }) => !on || on === engine.kind);
  test.each(own)("finds $title", async ({ sql, flaws, refused }) => {
    const store = await ground.open(clock);
    await ground.raw(...sql);
    // Behind the back of a bank that is open: a start would say so first.
    expect(await inspectedOf(store)).toEqual(flaws);
    await store.close();
    if (refused) await expect(inspected()).rejects.toThrow(refused);
    else expect(await inspected()).toEqual(flaws);
  });

  if (engine.kind === "postgres")
    test("compares each index with its table where the role may not use amcheck", async () => {
      const role = `plain_${new URL(ground.where).pathname.slice(1)}`;
      const name = new URL(ground.where).pathname.slice(1);
      await ground.raw(
        `CREATE ROLE ${role} LOGIN`,
        `GRANT CREATE ON DATABASE ${name} TO ${role}`,
        ...["bank", "bank_keys"].flatMap((schema) => [
          `GRANT ALL ON SCHEMA ${schema} TO ${role}`,
          `GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
          `GRANT ALL ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`,
        ]),
      );
      const address = new URL(ground.where);
      address.username = role;
      const store = await openPostgres({ url: address.href, bank: "bank", clock });
      try {
        expect(await inspectedOf(store)).toEqual([]);
        await leaveOut("search_terms_person");
        expect(await inspectedOf(store)).toEqual(["index search_terms_person does not hold what its table holds"]);
        expect(await ground.raw("SELECT FROM pg_extension WHERE extname = 'amcheck'")).toEqual([]);
      } finally {
        await store.close();
        await ground.raw(`DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
      }
    });

  if (engine.kind === "sqlite")
    test.each(["search_terms_person", "commands"])("finds a damaged page of %s, and reads on", async (name) => {
      const store = await ground.open(clock);
      try {
        await ground.raw("PRAGMA wal_checkpoint(TRUNCATE)");
        const [row] = await ground.raw(`SELECT rootpage FROM sqlite_schema WHERE name = '${name}'`);
        const file = openSync(ground.where, "r+");
        writeSync(file, Buffer.alloc(4096, 0xaa), 0, 4096, (Number(row?.rootpage) - 1) * 4096);
        closeSync(file);
        expect((await inspectedOf(store)).length).toBeGreaterThan(0);
      } finally {
        await store.close();
      }
    });

  /** A row that an index does not hold, on PostgreSQL. */
  async function leaveOut(index: string): Promise<void> {
    const ready = (is: boolean) => `UPDATE pg_index SET indisready = ${is} WHERE indexrelid = '${index}'::regclass`;
    await ground.raw(ready(false));
    await ground.raw("INSERT INTO search_terms (hash, kind, person_id) VALUES ('h', 'name', 'person_x')");
    await ground.raw(ready(true));
  }

  test("finds an index that does not hold what its table holds", async () => {
    const row = "INSERT INTO search_terms (hash, kind, person_id) VALUES ('h', 'name', 'person_x')";
    if (engine.kind === "postgres") {
      await leaveOut("search_terms_person");
      expect(await inspected()).toEqual(["index search_terms_person does not hold what its table holds"]);
      return;
    }
    const unindexed = (work: (file: SQLite.Database) => void) => {
      const file = new SQLite(ground.where);
      file.unsafeMode().pragma("writable_schema = ON");
      work(file);
      file.close();
    };
    let kept: unknown[] = [];
    unindexed((file) => {
      kept = Object.values(
        file.prepare("SELECT * FROM sqlite_schema WHERE name = 'search_terms_person'").get() as object,
      );
      file.exec("DELETE FROM sqlite_schema WHERE name = 'search_terms_person'");
    });
    await ground.raw(row);
    unindexed((file) => file.prepare("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)").run(...kept));
    expect(await inspected()).toContainEqual(
      expect.stringMatching(/^the bank's file row 1 missing from index search_terms_person$/),
    );
  });
});
