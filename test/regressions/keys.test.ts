import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import SQLite from "better-sqlite3";
import { openServices } from "../../src/services";
import { auditKeys } from "../../src/services/audit/keys";
import { tieKeys } from "../../src/services/bank/marks";
import { Vault } from "../../src/services/bank/vault";
import { openApi, settingsOf } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { type Engine, everyEngine } from "../support/engines";
import { goodhours, installed } from "../support/process";

const own = everyEngine.filter(({ name }) => name !== "TEST_DATABASE_URL");
const keysOf = (bank: TestBank) => `${bank.ground.where}.keys`;
const settings = (bank: TestBank, { kind }: Engine): Record<string, string> => ({
  ...settingsOf(bank),
  ...(kind === "postgres" && { DATABASE_URL: bank.ground.where, BANK: "bank" }),
});

/** What is done to a bank that is closed; what settings it is then opened with besides its own. */
interface Wrong {
  line: RegExp;
  settings?: Record<string, string>;
  /** Those that are tried, and refuse. */
  commands?: string[];
  sqlite?(bank: TestBank): Promise<void> | void;
  postgres?(bank: TestBank): Promise<void> | void;
}

/** The keys as they were before somebody came. */
async function older(bank: TestBank, engine: Engine): Promise<void> {
  const copy = `${bank.ground.where}.copy`;
  const [before] = engine.kind === "postgres" ? await bank.ground.raw("SELECT changes FROM bank_keys.marks") : [];
  if (engine.kind === "sqlite") {
    checkpoint(keysOf(bank));
    copyFileSync(keysOf(bank), copy);
  }
  const { personId } = await bank.volunteer("V-9");
  if (engine.kind === "postgres")
    await bank.ground.raw(
      `DELETE FROM bank_keys.person_keys WHERE person_id = '${personId}'`,
      `UPDATE bank_keys.marks SET changes = ${before?.changes}`,
    );
  await bank.store.close();
  if (engine.kind === "sqlite") copyFileSync(copy, keysOf(bank));
}

function checkpoint(path: string): void {
  const client = new SQLite(path);
  client.pragma("wal_checkpoint(TRUNCATE)");
  client.close();
}

function onKeys(bank: TestBank, sql: string): void {
  const client = new SQLite(keysOf(bank));
  client.exec(sql);
  client.close();
}

/** Takes every key away as soon as one comes. */
const taker = {
  sqlite: "CREATE TRIGGER taken AFTER INSERT ON person_keys BEGIN DELETE FROM person_keys; END",
  postgres: [
    "CREATE FUNCTION bank_keys.taken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM bank_keys.person_keys; RETURN NULL; END $$",
    "CREATE TRIGGER taken AFTER INSERT ON bank_keys.person_keys FOR EACH ROW EXECUTE FUNCTION bank_keys.taken()",
  ],
};

/** All commands look by the same means, which one wrong tries with each of them: the others with one that opens and one that changes. */
const two = ["serve", "migrate"];

const wrongs: Record<string, Wrong> = {
  "another secret": {
    line: /^GOODHOURS_SECRET: not the secret/,
    settings: { GOODHOURS_SECRET: "5c".repeat(32) },
    commands: ["serve", "migrate", "audit", "import", "export", "grant", "invite"],
  },
  "another name": { line: /^ORIGIN: .* names it test\.example\/fengqiao: /, settings: { ORIGIN: "other.example/x" } },
  "keys that are gone": {
    line: /^the keys of this bank are missing: restore /,
    sqlite: (bank) => rmSync(keysOf(bank)),
    postgres: async (bank) => void (await bank.ground.raw("DROP SCHEMA bank_keys CASCADE")),
  },
  "keys of no byte": {
    line: /^the keys of this bank are empty: restore /,
    sqlite: (bank) => truncateSync(keysOf(bank)),
    postgres: async (bank) =>
      void (await bank.ground.raw("DELETE FROM bank_keys.marks", "DELETE FROM bank_keys.person_keys")),
  },
  "keys without any": {
    line: /^the keys of this bank are (empty|missing): restore /,
    sqlite: (bank) => {
      onKeys(bank, "DROP TABLE person_keys; DROP TABLE marks; VACUUM");
    },
    postgres: async (bank) =>
      void (await bank.ground.raw("DROP TABLE bank_keys.marks", "DROP TABLE bank_keys.person_keys")),
  },
  "keys of which only the marks are left": {
    line: /^the keys of this bank are empty: restore /,
    sqlite: (bank) => {
      onKeys(bank, "DELETE FROM person_keys");
    },
    postgres: async (bank) => void (await bank.ground.raw("DELETE FROM bank_keys.person_keys")),
  },
  "keys that are no database": {
    line: /^the keys of this bank are damaged: restore /,
    sqlite: (bank) => writeFileSync(keysOf(bank), "x".repeat(9000)),
  },
  "keys with a damaged page": {
    line: /^the keys of this bank are damaged: restore /,
    sqlite: (bank) => {
      const bytes = readFileSync(keysOf(bank));
      writeFileSync(keysOf(bank), bytes.fill(0xaa, 4096, 8192));
    },
  },
  "half of the keys": {
    line: /^the keys of this bank are damaged: restore /,
    sqlite: (bank) => truncateSync(keysOf(bank), statSync(keysOf(bank)).size - 4096),
  },
  "a bank that is no database": {
    line: /^the file of this bank is damaged: restore /,
    sqlite: (bank) => writeFileSync(bank.ground.where, "x".repeat(9000)),
  },
  "a bank without its check value": {
    line: /^this bank .* has lost its check value: run `goodhours migrate` first/,
    commands: ["serve", "audit", "import"],
    sqlite: async (bank) => void (await bank.ground.raw("DELETE FROM bank_marks")),
    postgres: async (bank) => void (await bank.ground.raw("DELETE FROM bank_marks")),
  },
  "keys where something runs by itself": {
    line: /^the keys of this bank: (trigger|function) taken was made by no migration: /,
    sqlite: (bank) => onKeys(bank, taker.sqlite),
    postgres: async (bank) => void (await bank.ground.raw(...taker.postgres)),
  },
  "a bank and keys that were swapped": {
    line: /holds other tables than it should: /,
    sqlite: (bank) => {
      const [path, keys] = [bank.ground.where, keysOf(bank)];
      renameSync(path, `${path}.copy`);
      renameSync(keys, path);
      renameSync(`${path}.copy`, keys);
    },
  },
  "a folder in the place of the keys": {
    line: /^the keys of this bank are damaged: restore /,
    sqlite: (bank) => {
      rmSync(keysOf(bank));
      mkdirSync(keysOf(bank));
    },
  },
  "keys of another bank": {
    line: /^the keys are those of another bank: /,
    sqlite: async (bank) => {
      // Founded at another time, so by itself: two banks that are opened at one time are copies of one.
      const other = await openBank(undefined, "2026-09-19T09:00:00+08:00");
      await other.store.close();
      copyFileSync(keysOf(other), keysOf(bank));
      await other.ground.remove();
    },
    postgres: async (bank) => void (await bank.ground.raw("UPDATE bank_keys.marks SET bank_id = 'another'")),
  },
};

describe.each(own)("a bank on $name that something of its own does not fit", (engine) => {
  const commands = (csv: string) => [
    ["serve"],
    ["migrate"],
    ["audit"],
    ["import", "volunteers", csv, "--organization", "fengqiao-station"],
    ["export", "journal"],
    ["grant", "list"],
    ["invite", "--organization", "fengqiao-station", "--all-without-identity", "--out", "data/never-written.csv"],
  ];

  async function expectRefused(bank: TestBank, { line, settings: more, commands: named = two }: Wrong): Promise<void> {
    const run = (command: string[]) => goodhours({ ...settings(bank, engine), ...more }, ...command);
    const asked = commands("samples/volunteers.csv").filter(([name]) => named.includes(name as string));
    const ran = await Promise.all(asked.map(run));
    expect(ran.map(({ code, stdout }) => [code, stdout])).toEqual(asked.map(() => [78, ""]));
    for (const { stderr } of ran) {
      expect(stderr).toMatch(/^goodhours: [^\n]+\n$/);
      expect(stderr.slice("goodhours: ".length)).toMatch(line);
    }
  }

  test.each(Object.entries(wrongs).filter(([, wrong]) => wrong.settings ?? wrong[engine.kind]))(
    "%s: 78 and one line, and nothing is written",
    async (_, wrong) => {
      const bank = await openBank(engine);
      try {
        await bank.volunteer("V-1");
        await bank.store.close();
        await wrong[engine.kind]?.(bank);
        const standing = async () =>
          engine.kind === "sqlite"
            ? ["", ".keys"].map((end) => fingerprint(bank.ground.where + end))
            : bank.ground.raw("SELECT seq, leaf FROM journal ORDER BY seq DESC LIMIT 1");
        const before = await standing();
        await expectRefused(bank, wrong);
        expect(await standing()).toEqual(before);
      } finally {
        await bank.ground.remove();
      }
    },
  );

  test("an older copy of the keys: 78 and one line, and nothing is written", async () => {
    const bank = await openBank(engine);
    try {
      await older(bank, engine);
      await expectRefused(bank, { line: /^the keys of this bank are an older copy, / });
    } finally {
      await bank.ground.remove();
    }
  });

  test("a bank of an earlier release is tied by migrate, after something of it was opened", async () => {
    const bank = await openBank(engine);
    try {
      await bank.volunteer("V-1");
      await bank.ground.raw("DELETE FROM bank_marks");
      await bank.store.close();
      if (engine.kind === "postgres") await bank.ground.raw("DELETE FROM bank_keys.marks");
      else {
        const client = new SQLite(keysOf(bank));
        client.exec("DROP TABLE marks");
        client.close();
      }
      const given = settings(bank, engine);
      const wrong = await goodhours({ ...given, GOODHOURS_SECRET: "5c".repeat(32) }, "migrate");
      expect(wrong).toMatchObject({
        code: 78,
        stderr: expect.stringMatching(/^goodhours: GOODHOURS_SECRET: nothing /),
      });
      expect(await goodhours(given, "migrate")).toMatchObject({ code: 0 });
      expect(await goodhours(given, "audit")).toMatchObject({ code: 0 });
      const again = await goodhours({ ...given, GOODHOURS_SECRET: "5c".repeat(32) }, "migrate");
      expect(again).toMatchObject({ code: 78, stderr: expect.stringMatching(/^goodhours: GOODHOURS_SECRET: not /) });
      // Without an ORIGIN the bank has its own.
      const { ORIGIN, ...nameless } = given;
      const { stdout } = await goodhours(nameless, "migrate", "--json");
      expect(JSON.parse(stdout)).toMatchObject({ origin: ORIGIN });
    } finally {
      await bank.ground.remove();
    }
  });
});

describe.each(own)("the keys of a bank on $name", (engine) => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank(engine);
  });
  afterEach(() => bank.close());
  const keyTable = engine.kind === "postgres" ? "bank_keys.person_keys" : "person_keys";

  /** Statements on the keys, from another connection. */
  async function rawKeys(sql: string): Promise<void> {
    if (engine.kind === "postgres") await bank.ground.raw(sql);
    else onKeys(bank, sql);
  }
  const spoil = (personId: string) =>
    rawKeys(
      engine.kind === "postgres"
        ? `UPDATE ${keyTable} SET wrapped = set_byte(wrapped, 40, 255 - get_byte(wrapped, 40)) WHERE person_id = '${personId}'`
        : `UPDATE ${keyTable} SET wrapped = CAST(substr(wrapped, 1, 40) || x'00' || substr(wrapped, 42) AS BLOB) WHERE person_id = '${personId}'`,
    );

  const changes: [title: string, sql: string[], flaws: string[]][] = [
    [
      "something that runs by itself",
      [taker[engine.kind]].flat(),
      engine.kind === "sqlite"
        ? ["keys: trigger taken was made by no migration"]
        : [
            "keys: trigger person_keys.taken was made by no migration",
            "keys: function taken() was made by no migration",
          ],
    ],
    [
      "an index too many",
      [`CREATE INDEX too_many ON ${keyTable} (wrapped)`],
      ["keys: index too_many was made by no migration"],
    ],
    [
      "a column too many",
      [`ALTER TABLE ${keyTable} ADD COLUMN note TEXT`],
      [
        engine.kind === "sqlite"
          ? "keys: table person_keys was changed"
          : "keys: column person_keys.note was made by no migration",
      ],
    ],
  ];
  test.each(changes)("the audit finds %s where the keys are", async (_, sql, flaws) => {
    for (const statement of sql) await rawKeys(statement);
    const found: string[] = [];
    for await (const { where, what } of bank.store.inspect()) found.push(`${where} ${what}`);
    expect(found).toEqual(flaws);
  });

  test("one damaged key spoils no other person's data, and is logged once", async () => {
    const [mei, hua] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
    await spoil(mei.personId);
    const told: string[] = [];
    const vault = new Vault(bank.store, bank.options.entropy, bank.options.secret, (id) => told.push(id));
    for (const _ of [1, 2]) {
      const opened = await vault.open<{ displayName: string }>(bank.store.view, [mei.profileId, hua.profileId]);
      expect([...opened.values()].map(({ displayName }) => displayName)).toEqual(["志愿者V-2"]);
    }
    expect(told).toEqual([mei.personId]);
    // There is such a person, who was not erased; but nothing more can be kept of them until the key is restored.
    expect(await vault.knows(mei.personId)).toBe(true);
    const sealing = bank.store.write((tx) => vault.seal(tx, mei.personId, "x"));
    await expect(sealing).rejects.toMatchObject({ code: "KEY_UNREADABLE" });
  });

  test("a key that was made before a restart is counted when something is sealed under it", async () => {
    // An organisation's key is made before what is said of it is decided; here the saying was refused, and the server restarted.
    const before = new Vault(bank.store, bank.options.entropy, bank.options.secret);
    await before.ensure(bank.station.id);
    const after = new Vault(bank.store, bank.options.entropy, bank.options.secret);
    for (const id of ["award_1", "award_2"])
      await bank.store.write(async (tx) => {
        const reasonId = await after.seal(tx, bank.station.id, "said");
        const award = { id, organizationId: bank.station.id, name: "n", grantedBy: "g", on: "2026-09-01" };
        await tx.append("system", { type: "AWARD_SET", ...award, withdrawn: false, version: 1, reasonId });
      });
    expect(await auditKeys(bank.store.view, after)).toMatchObject({ findings: [] });
    const [bankMark, keysMark] = [await bank.store.view.bankMark(), await bank.store.keys.mark()];
    expect(bankMark?.keyChanges).toBe(keysMark?.changes);
  });

  test("lists that hold a person whose key is damaged are answered, that person by number alone", async () => {
    const [mei] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
    await spoil(mei.personId);
    // A server that opens the bank now has no keys in its memory.
    const store = await bank.ground.open(bank.options.clock);
    const options = { ...bank.options, store };
    const api = await openApi({ ...bank, store, options, services: openServices(options) });
    try {
      const query = "{ volunteers(first: 9) { edges { node { volunteerNo displayName } } } }";
      const { data, errors } = await api.post(bank.officer, { query });
      expect(errors).toBeUndefined();
      const shown = data.volunteers.edges.map(
        ({ node }: { node: { volunteerNo: string; displayName: string | null } }) => [
          node.volunteerNo,
          node.displayName,
        ],
      );
      expect(new Map(shown)).toEqual(
        new Map([
          ["V-1", "V-1"],
          ["V-2", "志愿者V-2"],
        ]),
      );
    } finally {
      await api.close();
      await store.close();
    }
  });

  test("the audit names each person whose key is missing or does not open, and nobody who was erased", async () => {
    const [gone, spoilt, erased] = [
      await bank.volunteer("V-1"),
      await bank.volunteer("V-2"),
      await bank.volunteer("V-3"),
    ];
    await bank.services.volunteers.advance(bank.officer, {
      volunteerId: erased.id,
      action: "WITHDRAW",
      reason: "本人要求",
    });
    await bank.services.privacy.erase(bank.officer, {
      idempotencyKey: bank.key(),
      personId: erased.personId,
      reason: "本人要求",
    });
    const audit = async () => {
      const vault = new Vault(bank.store, bank.options.entropy, bank.options.secret);
      const { findings, keys } = await auditKeys(bank.store.view, vault);
      return { keys, found: new Map(findings.map(({ where, what }) => [where, what])) };
    };
    const before = await audit();
    expect(before.found).toEqual(new Map());
    expect(before.keys).toBeGreaterThan(5);
    await rawKeys(`DELETE FROM ${keyTable} WHERE person_id = '${gone.personId}'`);
    await spoil(spoilt.personId);
    expect((await audit()).found).toEqual(
      new Map([
        [gone.personId, "has no key, and was not erased"],
        [spoilt.personId, "has a key that does not open"],
      ]),
    );
  });

  test("a key that another process destroyed is forgotten within the minute", async () => {
    const mei = await bank.volunteer("V-1");
    expect(await bank.services.people.actorOfPerson(mei.personId)).toMatchObject({ personId: mei.personId });
    const store = await bank.ground.open(bank.options.clock);
    const other = openServices({ ...bank.options, store });
    await other.volunteers.advance(bank.officer, { volunteerId: mei.id, action: "WITHDRAW", reason: "本人要求" });
    await other.privacy.erase(bank.officer, { idempotencyKey: "e", personId: mei.personId, reason: "本人要求" });
    await store.close();
    await bank.services.privacy.finishErasures();
    expect(await bank.services.people.actorOfPerson(mei.personId)).toMatchObject({ personId: null });
  });

  test("keys that were put away under a running server take nothing more, and readiness says so", async () => {
    const place = (from: string, to: string) =>
      engine.kind === "sqlite"
        ? renameSync(`${bank.ground.where}${from}`, `${bank.ground.where}${to}`)
        : bank.ground.raw(`ALTER SCHEMA "bank${from.replace(".", "_")}" RENAME TO "bank${to.replace(".", "_")}"`);
    const api = await openApi(bank);
    try {
      expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
      await place(".keys", ".away");
      await expect(bank.volunteer("V-1")).rejects.toMatchObject({ code: "BUSY_RETRY" });
      expect((await fetch(`${api.url}/readyz`)).status).toBe(503);
      await place(".away", ".keys");
      expect(await bank.volunteer("V-1")).toMatchObject({ volunteerNo: "V-1" });
    } finally {
      await api.close();
    }
  });

  test("two that tie a bank at once agree", async () => {
    await bank.ground.raw("DELETE FROM bank_marks");
    await rawKeys(engine.kind === "postgres" ? "DELETE FROM bank_keys.marks" : "DELETE FROM marks");
    const { store, secret } = { ...bank.options };
    await Promise.all([tieKeys(store, secret), tieKeys(store, secret), tieKeys(store, secret)]);
    const mark = await bank.store.keys.mark();
    expect(await bank.ground.raw("SELECT bank_id FROM bank_marks")).toEqual([{ bank_id: mark?.bankId }]);
  });
});

describe("the files of a bank on SQLite", () => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank();
  });
  afterEach(() => bank.close());

  test("are their owner's alone, whatever the umask and whatever they were before", async () => {
    const folder = join(dirname(bank.ground.where), "own");
    mkdirSync(folder);
    const given = { ...settingsOf(bank), DATABASE_URL: `file:${join(folder, "bank.db")}` };
    const modes = () =>
      readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);
    expect(await installed(given, "migrate")).toMatchObject({ code: 0 });
    expect(modes()).toEqual([
      ["bank.db", "600"],
      ["bank.db.keys", "600"],
    ]);
    for (const [name] of modes()) chmodSync(join(folder, name as string), 0o664);
    expect(await goodhours(given, "migrate")).toMatchObject({ code: 0 });
    expect(modes()).toEqual([
      ["bank.db", "600"],
      ["bank.db.keys", "600"],
    ]);
    await installed(given, "export", "journal", "--out", join(folder, "journal.ndjson"));
    expect(new Set(modes().map(([, mode]) => mode))).toEqual(new Set(["600"]));
  }, 180_000);

  test("after an erasure neither the wrapped key nor a search hash is left in any of them", async () => {
    await bank.volunteer("V-0");
    const mei = await bank.volunteer("V-1", { idNumber: "110101198005010018" });
    for (let i = 2; i < 30; i += 1) await bank.volunteer(`V-${i}`);
    const [wrapped] = (await bank.store.keys.wrapped([mei.personId])).values();
    const terms = await bank.ground.raw(`SELECT hash FROM search_terms WHERE person_id = '${mei.personId}'`);
    const shared = new Set(
      (await bank.ground.raw(`SELECT hash FROM search_terms WHERE person_id <> '${mei.personId}'`)).map(
        ({ hash }) => hash,
      ),
    );
    const secrets = [
      wrapped as Buffer,
      ...terms.filter(({ hash }) => !shared.has(hash)).map(({ hash }) => Buffer.from(hash as string)),
    ];
    expect(secrets.length).toBeGreaterThan(1);
    const folder = dirname(bank.ground.where);
    const found = () =>
      readdirSync(folder)
        .filter((name) => name.startsWith(basename(bank.ground.where)))
        .flatMap((name) => {
          const bytes = readFileSync(join(folder, name));
          return secrets.filter((secret) => bytes.includes(secret)).map(() => name);
        });
    expect(found().length).toBeGreaterThanOrEqual(secrets.length);
    await bank.services.volunteers.advance(bank.officer, {
      volunteerId: mei.id,
      action: "WITHDRAW",
      reason: "本人要求",
    });
    await bank.services.privacy.erase(bank.officer, {
      idempotencyKey: bank.key(),
      personId: mei.personId,
      reason: "本人要求",
    });
    expect(found()).toEqual([]);
  });

  test("keys that another process holds are waited for, and nothing else is", async () => {
    const api = await openApi(bank);
    const script = `const SQLite = require("better-sqlite3"); const keys = new SQLite(process.argv[1]);
      keys.exec("BEGIN EXCLUSIVE"); process.stdout.write("held"); process.stdin.once("data", () => { keys.exec("COMMIT"); process.exit(0); });`;
    const holder = spawn(process.execPath, ["-e", script, keysOf(bank)], { cwd: join(__dirname, "../..") });
    try {
      await once(holder.stdout, "data");
      // A transaction of others that runs meanwhile is no reason to give up.
      const others = bank.store.write(async (tx) => {
        for (let i = 0; i < 500; i += 1) await tx.head();
      });
      const registering = bank.volunteer("V-1");
      await others;
      for (let i = 0; i < 5; i += 1) {
        expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
      }
      expect(await bank.store.view.volunteerByNo("V-1")).toBeUndefined();
      const gone = once(holder, "exit");
      holder.stdin.write("go");
      await gone;
      expect(await registering).toMatchObject({ volunteerNo: "V-1" });
    } finally {
      holder.kill("SIGKILL");
      await api.close();
    }
  });
});

/** The file in short: an expectation compares bytes one by one, which takes a second for each megabyte. */
function fingerprint(path: string): string | null {
  return statSync(path, { throwIfNoEntry: false })?.isFile()
    ? createHash("sha256").update(readFileSync(path)).digest("hex")
    : null;
}
