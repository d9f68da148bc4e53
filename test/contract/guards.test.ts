import { foundBank } from "../../src/services";
import { openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";
import { everyEngine, type Ground } from "../support/engines";
import { expectSame } from "../support/same";

const clock = () => Date.parse("2026-09-20T09:00:00+08:00");

/** Steps that were taken stay as they were. */
const histories = [
  "record_steps",
  "activity_steps",
  "sign_up_steps",
  "head_steps",
  "credit_steps",
  "rating_steps",
  "rating_downgrade_steps",
  "organization_steps",
  "volunteer_steps",
  "capacity_steps",
  "revisions",
];
/** What somebody may try who holds the database itself: each is refused by the database, by name. */
const attacks: [title: string, message: string, sql: string][] = [
  ["rewrite an entry", "LEDGER_IMMUTABLE", "UPDATE journal SET body = leaf WHERE seq = 3"],
  ["delete an entry", "LEDGER_IMMUTABLE", "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)"],
  [
    "leave a gap",
    "LEDGER_IMMUTABLE",
    "INSERT INTO journal (seq, kind, body, leaf, recorded_at) SELECT max(seq) + 2, 'TRANSFER', leaf, leaf, max(recorded_at) + 9 FROM journal GROUP BY leaf ORDER BY 1 DESC LIMIT 1",
  ],
  [
    "write in the past",
    "LEDGER_IMMUTABLE",
    "INSERT INTO journal (seq, kind, body, leaf, recorded_at) SELECT seq + 1, 'TRANSFER', leaf, leaf, recorded_at FROM journal ORDER BY seq DESC LIMIT 1",
  ],
  ["change a transfer", "LEDGER_IMMUTABLE", "UPDATE transfers SET minutes = minutes + 1"],
  ["delete a transfer", "LEDGER_IMMUTABLE", "DELETE FROM transfers"],
  ["change a line", "LEDGER_IMMUTABLE", "UPDATE entries SET posted_after = 0"],
  ["delete a line", "LEDGER_IMMUTABLE", "DELETE FROM entries"],
  ...histories.flatMap((table): typeof attacks => [
    [`change a row of ${table}`, "LEDGER_IMMUTABLE", `UPDATE ${table} SET actor_id = 'person_x'`],
    [`delete a row of ${table}`, "LEDGER_IMMUTABLE", `DELETE FROM ${table}`],
  ]),
  ["change a sheet of points", "LEDGER_IMMUTABLE", "UPDATE rating_sheets SET assessor_id = 'person_x'"],
  ["delete a sheet of points", "LEDGER_IMMUTABLE", "DELETE FROM rating_sheets"],
  [
    "move a balance by hand",
    "LEDGER_BALANCE_TAMPER",
    "UPDATE accounts SET credits_posted = credits_posted + 60 WHERE kind = 'VOLUNTEER'",
  ],
  [
    "move a balance and its version",
    "LEDGER_BALANCE_TAMPER",
    "UPDATE accounts SET credits_posted = credits_posted + 60, version = version + 1, last_seq = last_seq + 1 WHERE kind = 'VOLUNTEER'",
  ],
  ["lower a floor", "LEDGER_BALANCE_TAMPER", "UPDATE accounts SET floor = -999 WHERE kind = 'VOLUNTEER'"],
  ["raise a ceiling", "LEDGER_BALANCE_TAMPER", "UPDATE accounts SET ceiling = NULL WHERE kind = 'VOLUNTEER'"],
  ["close an account", "LEDGER_IMMUTABLE", "DELETE FROM accounts WHERE kind = 'VOLUNTEER'"],
  [
    "open an account with a balance",
    "LEDGER_BALANCE_TAMPER",
    "INSERT INTO accounts (id, kind, unit, floor, credits_posted, opened_seq, last_seq) VALUES ('x', 'VOLUNTEER', 'MINUTE', 0, 60, 1, 1)",
  ],
  [
    "open an account that the journal does not know",
    "LEDGER_BALANCE_TAMPER",
    "INSERT INTO accounts (id, kind, unit, floor, opened_seq, last_seq) VALUES ('x', 'VOLUNTEER', 'MINUTE', 0, 1, 1)",
  ],
  [
    "insert a transfer without its entry",
    "LEDGER_BALANCE_TAMPER",
    "INSERT INTO transfers (seq, debit, credit, minutes, phase, kind, effective_on, policy_ids) SELECT (SELECT max(seq) + 1 FROM journal), debit, credit, 60, 'POSTED', 'EARN', effective_on, policy_ids FROM transfers LIMIT 1",
  ],
  [
    "insert a transfer of an entry before the last transfer",
    "LEDGER_BALANCE_TAMPER",
    "INSERT INTO transfers (seq, debit, credit, minutes, phase, kind, effective_on, policy_ids) SELECT seq - 1, debit, credit, 60, 'POSTED', 'EARN', effective_on, policy_ids FROM transfers ORDER BY seq DESC LIMIT 1",
  ],
  [
    "insert a line",
    "LEDGER_BALANCE_TAMPER",
    "INSERT INTO entries (account, version, seq, minutes, held, pending_in, posted_after, held_after, pending_in_after, effective_on) SELECT account, 99, (SELECT max(seq) + 9 FROM entries), 60, 0, 0, 60, 0, 0, effective_on FROM entries LIMIT 1",
  ],
  [
    "insert a line before others of its account",
    "LEDGER_IMMUTABLE",
    "INSERT INTO entries (account, version, seq, minutes, held, pending_in, posted_after, held_after, pending_in_after, effective_on) SELECT account, 99, 1, 60, 0, 0, 60, 0, 0, effective_on FROM entries LIMIT 1",
  ],
];
const onSqlite: typeof attacks = [
  ["replace an entry", "LEDGER_IMMUTABLE", "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 3"],
  [
    "replace an account",
    "LEDGER_IMMUTABLE",
    "INSERT OR REPLACE INTO accounts SELECT * FROM accounts WHERE kind = 'VOLUNTEER'",
  ],
  ["replace a transfer", "LEDGER_IMMUTABLE", "INSERT OR REPLACE INTO transfers SELECT * FROM transfers"],
  ["replace a line", "LEDGER_IMMUTABLE", "INSERT OR REPLACE INTO entries SELECT * FROM entries"],
  ...histories.map((table): (typeof attacks)[number] => [
    `replace a row of ${table}`,
    "LEDGER_IMMUTABLE",
    `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`,
  ]),
  ["update or replace", "LEDGER_IMMUTABLE", "UPDATE OR REPLACE journal SET seq = 0 WHERE seq = 1"],
];
const onPostgres: typeof attacks = ["journal", "accounts", "transfers", "entries", ...histories].map((table) => [
  `truncate ${table}`,
  "LEDGER_IMMUTABLE",
  `TRUNCATE ${table} CASCADE`,
]);

describe.each(everyEngine)("the ledger on $name", (engine) => {
  let bank: TestBank;
  let before: object[];
  beforeAll(async () => {
    bank = await openBank(engine);
    await bank.volunteer("V-1");
    await bank.confirm(bank.supervisor, (await bank.log("V-1", "2026-09-18", "09:00", "11:00")).id);
    await fillCharity(bank);
    before = await everything();
  });
  afterAll(() => bank.close());

  const tables = ["journal", "accounts", "transfers", "entries", ...histories];
  const everything = () => bank.ground.raw(...tables.map((table) => `SELECT * FROM ${table} ORDER BY 1, 2`));

  test.each([...attacks, ...(engine.kind === "sqlite" ? onSqlite : onPostgres)])(
    "cannot be made to %s",
    async (_title, message, sql) => {
      await expect(bank.ground.raw(sql)).rejects.toMatchObject({ message });
      expectSame(await everything(), before);
    },
  );
});

describe.each(everyEngine)("two transfers of one statement on $name", (engine) => {
  test("count each other: an account pays out once what it holds", async () => {
    const bank = await openBank(engine);
    await bank.volunteer("V-1");
    await bank.confirm(bank.supervisor, (await bank.log("V-1", "2026-09-18", "09:00", "11:00")).id);
    for (const _ of ["first", "second"])
      await bank.ground.raw(
        "INSERT INTO journal (seq, kind, body, leaf, recorded_at) SELECT seq + 1, 'TRANSFER', leaf, leaf, recorded_at + 9 FROM journal ORDER BY seq DESC LIMIT 1",
      );
    const pays = (seqs: string) =>
      bank.ground.raw(
        `INSERT INTO transfers (seq, debit, credit, minutes, phase, kind, effective_on, policy_ids)
         SELECT j.seq, t.credit, t.debit, t.minutes, 'POSTED', 'EARN', t.effective_on, t.policy_ids FROM transfers AS t, journal AS j
         WHERE t.kind = 'EARN' AND j.seq ${seqs} ORDER BY j.seq`,
      );
    const last = "(SELECT max(seq) FROM journal)";
    await expect(pays(`>= ${last} - 1`)).rejects.toMatchObject({ message: "INSUFFICIENT_CREDIT" });
    await pays(`= ${last}`);
    await expect(pays(`= ${last} - 1`)).rejects.toMatchObject({ message: "LEDGER_BALANCE_TAMPER" });
    await bank.close();
  });
});

describe.each(everyEngine)("a start on $name", (engine) => {
  let ground: Ground;
  beforeEach(async () => {
    ground = await engine.ground();
  });
  afterEach(() => ground.remove());
  const starting = async () => {
    const store = await ground.open(clock);
    await store.close();
  };
  const drop = (name: string, table: string) =>
    engine.kind === "sqlite" ? `DROP TRIGGER ${name}` : `DROP TRIGGER ${name} ON ${table}`;

  test("goes well when nothing is amiss", async () => {
    await expect(starting()).resolves.toBeUndefined();
  });

  test("is refused, in one line, when a guard is missing", async () => {
    await ground.raw(drop("accounts_moves", "accounts"));
    await expect(starting()).rejects.toThrow(
      /^guard (trigger )?accounts_moves is missing: run `goodhours migrate`, or restore a backup$/,
    );
  });

  test("is refused, and a migration too, when a table was dropped", async () => {
    const drop = (table: string) => ground.raw(`DROP TABLE ${table}${engine.kind === "sqlite" ? "" : " CASCADE"}`);
    const line = /^the table search_terms of this bank is missing: restore a backup$/;
    await drop("search_terms");
    await expect(starting()).rejects.toThrow(line);
    await expect(ground.migrate()).rejects.toThrow(line);
    // Without its journal it is no bank that either engine knows.
    await drop("journal");
    await expect(starting()).rejects.toMatchObject({ name: "CannotOpen" });
    await expect(ground.migrate()).rejects.toMatchObject({ name: "CannotOpen" });
  });

  test("is refused when a guard was changed", async () => {
    await ground.raw(
      ...(engine.kind === "sqlite"
        ? [
            drop("journal_no_delete", "journal"),
            "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT 1; END",
          ]
        : [
            "CREATE OR REPLACE FUNCTION ledger_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
          ]),
    );
    await expect(starting()).rejects.toThrow(/^guard .* was changed$/);
  });

  test("is refused, in one line, for a disk of another release", async () => {
    const table = engine.kind === "sqlite" ? "__drizzle_migrations" : "migrations";
    const later = 9_999_999_999_999;
    await ground.raw(`INSERT INTO ${table} (hash, created_at) VALUES ('later', ${later})`);
    await expect(starting()).rejects.toThrow(/^the bank is of a newer release than this program$/);
    await ground.raw(`UPDATE ${table} SET created_at = 0 WHERE created_at = ${later}`);
    await expect(starting()).rejects.toThrow(/^the bank's list of migrations has lost a row, or holds another's: /);
    await ground.raw(`DELETE FROM ${table} WHERE created_at IN (0, (SELECT max(created_at) FROM ${table}))`);
    await expect(starting()).rejects.toThrow(/^no bank, or one of an older release: run `goodhours migrate` first$/);
  });

  test("migrating twice changes nothing", async () => {
    await ground.migrate();
    await expect(starting()).resolves.toBeUndefined();
  });

  test("founding twice changes nothing", async () => {
    const store = await ground.open(clock);
    const { issuer, origin, ...rest } = { issuer: "i", origin: "o", secret: Buffer.alloc(32), clock, store };
    const options = { ...rest, issuer, origin, entropy: (await import("../../src/services")).seededEntropy("x") };
    await foundBank(options, { effectiveFrom: "2020-01-01" });
    const head = await store.view.head();
    await foundBank(options, { effectiveFrom: "2020-01-01" });
    expect(await store.view.head()).toEqual(head);
    await store.close();
  });

  if (engine.kind === "sqlite")
    test("is refused when the file is no bank, or none is there", async () => {
      const { openSqlite } = await import("../../src/storage/sqlite");
      expect(() => openSqlite({ path: `${ground.where}.none`, clock })).toThrow(/^no bank at /);
      expect(() => openSqlite({ path: `${ground.where}.keys`, clock })).toThrow(
        /^no bank, or one of an older release: run `goodhours migrate` first$/,
      );
    });
  else {
    test("is refused while a guard is switched off", async () => {
      await ground.raw("ALTER TABLE journal DISABLE TRIGGER journal_no_update");
      await expect(starting()).rejects.toThrow(/^guard trigger journal_no_update is missing/);
    });

    test("is refused with a setting that would keep triggers from firing", async () => {
      // In this bank's own database: other banks of the same server are tried at the same time.
      const database = new URL(ground.where).pathname.slice(1);
      const role = `ALTER ROLE CURRENT_USER IN DATABASE "${database}"`;
      await ground.raw(`${role} SET session_replication_role = replica`);
      await expect(starting()).rejects.toThrow("setting session_replication_role is replica, not origin");
      await ground.raw(`${role} RESET session_replication_role`);
    });

    test("is refused, without the address, when no server answers", async () => {
      const { openPostgres } = await import("../../src/storage/postgres");
      const nowhere = openPostgres({ url: "postgres://me:secret@127.0.0.1:1/none", bank: "b", clock });
      await expect(nowhere).rejects.toThrow(/^PostgreSQL cannot be reached: (?!.*secret)/);
    });
  }
});
