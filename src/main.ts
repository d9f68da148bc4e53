#!/usr/bin/env node
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { DocsOptions } from "./cli/docs";
import type { StatementOptions } from "./cli/export";
import type { GrantOptions } from "./cli/grant";
import type { ImportOptions } from "./cli/import";
import type { InviteOptions } from "./cli/invite";
import {
  isUnread,
  type OpenBank,
  outliveReaders,
  print,
  progress,
  progressDone,
  Stop,
  unreadExitCode,
  warn,
} from "./cli/output";
import { spelledRole } from "./cli/token";
import { BadConfig, type Config, readConfig } from "./config";
import { dayOf } from "./domain/kit/calendar";
import { Refusal } from "./domain/kit/refusal";
import { grantedRoles } from "./domain/permissions/actors";
import { sentenceOf } from "./domain/wording/sentences";
import type { ShareStore } from "./server/shares";
import { type Entropy, foundBank, misfit, openServices, seededEntropy, systemEntropy } from "./services";
import { columnsHelp, type ImportName } from "./services/exchange/columns";
import { CannotOpen, migrationsFolder } from "./storage/migrations";
import type { Marks, Store } from "./storage/store";
import { explained } from "./storage/writer";

/** The settings of this process. What it then writes, its owner alone can read: banks, keys, exports, refused lines. */
function settings(given: { database?: string } = {}): Config {
  process.umask(0o077);
  return readConfig(process.env, given);
}

/** Looks, and changes nothing: whether secret, name and keys fit the bank. Null where there is no bank yet. */
async function checkFit({ database, bank, secret, origin, originIsSet }: Config): Promise<Marks | null> {
  const marks =
    database.kind === "sqlite"
      ? await (await import("./storage/sqlite")).marksOfSqlite(database.path)
      : await (await import("./storage/postgres")).marksOfPostgres({ url: database.url, bank });
  const keysAt = database.kind === "sqlite" ? `${database.path}.keys` : `the schema ${bank}_keys`;
  const wrong = marks && misfit(marks, { secret, origin: originIsSet ? origin : null, keysAt });
  if (wrong) throw new CannotOpen(wrong);
  return marks;
}

// Each kit is loaded where it is asked for: a command starts sooner without the other's driver.
async function openStore({ database, bank, clock }: Config): Promise<Store> {
  return database.kind === "sqlite"
    ? (await import("./storage/sqlite")).openSqlite({ path: database.path, clock })
    : (await import("./storage/postgres")).openPostgres({ url: database.url, bank, clock });
}

async function openShareStore({ rateLimitStore, database, bank }: Config): Promise<ShareStore | null> {
  if (rateLimitStore !== "database" || database.kind !== "postgres") return null;
  return (await import("./storage/counts")).openCountStore({ url: database.url, bank });
}

/** The only composition: config → store → services; an edge or a command is put on top. */
async function openBank(
  config: Config,
  { entropy = systemEntropy(), migrating = false }: { entropy?: Entropy; migrating?: boolean } = {},
): Promise<OpenBank> {
  const { clock, secret } = config;
  const marks = await checkFit(config);
  if (marks?.founded && marks.bank === null && !migrating)
    throw new CannotOpen(
      "this bank is of an earlier release, or has lost its check value: run `goodhours migrate` first",
    );
  const origin = marks?.origin ?? config.origin;
  const issuer = config.jwksUrl === null ? config.issuer : null;
  const store = await openStore(config);
  const options = { store, clock, secret, origin, issuer, tokenIssuer: config.issuer, entropy };
  return { options, services: openServices(options), close: () => store.close() };
}

/** A bank that holds only what its founding wrote is empty: it is emptied of that too, so that a seed is always the same. */
async function forgetFounding({ database, bank }: Config): Promise<void> {
  if (database.kind === "postgres")
    return (await import("./storage/postgres")).forgetFoundingPostgres({ url: database.url, bank });
  (await import("./storage/sqlite")).forgetFoundingSqlite(database.path);
}

async function migrate(config: Config): Promise<void> {
  const { database, bank } = config;
  await checkFit(config);
  if (database.kind === "postgres")
    return (await import("./storage/postgres")).migratePostgres({ url: database.url, bank });
  mkdirSync(dirname(database.path), { recursive: true });
  (await import("./storage/sqlite")).migrateSqlite(database.path);
}

/** Tables and rules as this release has them; the bank's name, and where the journal then stands. */
async function bringUp(config: Config): Promise<{ origin: string; headSeq: number }> {
  await migrate(config);
  const bank = await openBank(config, { migrating: true });
  try {
    await foundBank(bank.options, { effectiveFrom: dayOf(config.clock()) });
    return { origin: bank.options.origin, headSeq: (await bank.options.store.view.head()).seq };
  } finally {
    await bank.close();
  }
}

/** A bank whose ids, salts and keys come from a fixed seed: the demo is the same on every machine. */
async function seedingBank(config: Config): Promise<OpenBank> {
  await migrate(config);
  await forgetFounding(config);
  const bank = await openBank(config, { entropy: seededEntropy("zhuji") });
  if ((await bank.options.store.view.head()).seq >= 0) {
    await bank.close();
    throw new Stop("the bank is not empty");
  }
  return bank;
}

/** The address that links lead to, and a warning where it is this machine's own, which other people may not reach. */
function linksTo({ publicUrl, host, port }: Config): { publicUrl: string; warnOfLinks: () => void } {
  const address = publicUrl ?? `http://${host}:${port}`;
  return {
    publicUrl: address,
    warnOfLinks: () => {
      if (publicUrl === null)
        warn(`PUBLIC_URL is not set: the links in the file lead to ${address}. Set it to where people reach the bank.`);
    },
  };
}

async function withBank<T>(work: (bank: OpenBank, config: Config) => Promise<T>): Promise<T> {
  const config = settings();
  const bank = await openBank(config);
  try {
    return await work(bank, config);
  } finally {
    await bank.close();
  }
}

const program = new Command("goodhours")
  .description(
    "Goodhours (善时): a time bank. DATABASE_URL names the bank; without it data/demo.db is used where it exists.",
  )
  .addHelpText(
    "after",
    "\nExit codes: 0 done, 1 refused or failed, 2 a file cannot be read, 64 wrong usage,\n74 the audit's temporary file cannot be written, 78 wrong configuration,\n141 the reader of the output went away.",
  )
  .exitOverride();

program
  .command("serve")
  .description("Serves the API of DATABASE_URL on HOST and PORT until it is told to stop.")
  .action(async () => {
    const config = settings();
    const { serve } = await import("./cli/serve");
    const edge = await serve(config, { ...(await openBank(config)), shareStore: await openShareStore(config) });
    print(`Goodhours listens on ${edge.url}`);
  });

program
  .command("demo")
  .description(
    "Makes the demo bank of Zhuji in data/demo.db when it is not there, and serves it; its clock runs from 2026-09-20T09:00+08:00.",
  )
  .option("--fresh", "throw the old demo away and make a new one", false)
  .action(async ({ fresh }: { fresh: boolean }) => {
    const demoUrl = process.env.DATABASE_URL || "file:data/demo.db";
    const before = settings({ database: demoUrl });
    if (before.database.kind !== "sqlite") throw new Stop("the demo lives in a file: database", 78);
    const { prepareDemo, demoWelcome } = await import("./cli/demo");
    const summary = await prepareDemo(before.database.path, fresh, (path, clock) =>
      seedingBank({ ...before, clock, database: { kind: "sqlite", path } }),
    );
    if (summary) print(`Seeded Zhuji: ${JSON.stringify(summary)}`);
    const config = settings({ database: demoUrl });
    // A demo that was kept may be of an earlier release.
    if (!summary) await bringUp(config);
    const { serve } = await import("./cli/serve");
    const { url } = await serve(config, await openBank(config));
    print(demoWelcome(url, __filename.endsWith(".ts") ? "npm run --silent goodhours --" : "goodhours"));
  });

program
  .command("seed")
  .description(
    "Fills the empty bank of DATABASE_URL with the demo of Zhuji; only with GOODHOURS_CLOCK, the same every time.",
  )
  .action(async () => {
    const config = settings();
    if (!process.env.GOODHOURS_CLOCK) throw new Stop("seed needs GOODHOURS_CLOCK: its ids and keys are not secret", 64);
    const { seedZhuji } = await import("./cli/seed");
    print(JSON.stringify(await seedZhuji((clock) => seedingBank({ ...config, clock }), progress)));
  });

program
  .command("migrate")
  .description("Brings DATABASE_URL to the newest tables, and founds the bank when its journal is empty.")
  .option("--json", "print where the journal stands, as JSON", false)
  .action(async ({ json }: { json: boolean }) => {
    const config = settings();
    const brought = await bringUp(config);
    print(json ? JSON.stringify(brought) : "migrated");
  });

program
  .command("token")
  .description("Prints a demo token, and nothing else, for somebody who holds a role.")
  .addOption(
    new Option("--as <role>", "a role that the person holds")
      .choices([
        "volunteer",
        "recipient",
        "station-worker",
        "station-supervisor",
        "organization-admin",
        "activity-lead",
        "officer",
        "assessor",
        "reviewer",
        "auditor",
      ])
      .makeOptionMandatory(),
  )
  .option("--organization <slug>", "the organisation where they hold it")
  .option("--volunteer-no <number>", "the volunteer who has this number")
  .option("--nth <k>", "the k-th of several, from 1", ordinal, 1)
  .action((whom: { as: string; organization?: string; volunteerNo?: string; nth: number }) =>
    withBank(async ({ options }, config) => {
      if (!config.demo) throw new Stop("tokens of this bank come from its issuer");
      const [{ personFor }, { demoKeyPair, issueToken }] = [
        await import("./cli/token"),
        await import("./server/identity"),
      ];
      const { issuer, audience, clock } = config;
      const { privateKey } = demoKeyPair(config.secret.toString("hex"));
      const subject = await personFor(options.store.view, whom);
      print(await issueToken({ privateKey, issuer, audience, subject, clock, ttlSeconds: 86_400 }));
    }),
  );

function ordinal(text: string): number {
  const nth = Number(text);
  if (!Number.isSafeInteger(nth) || nth < 1) throw new InvalidArgumentError("It is a whole number from 1.");
  return nth;
}

const importing = program
  .command("import")
  .description(
    "Reads a CSV file, in UTF-8 with a header, as the commands the API takes. Refused rows are written beside it, and the same file again changes nothing.",
  );
const imports: Record<ImportName, { description: string; atOrganization?: true; mode?: true }> = {
  divisions: {
    description: "Sets a list of divisions; rows in any order.",
    mode: true,
  },
  organizations: {
    description: "Registers a list of organisations.",
    mode: true,
  },
  staff: {
    description:
      "Gives roles, and makes the persons who are new. Rows without a subject are invited: their codes stand beside the file.",
    mode: true,
  },
  volunteers: {
    description:
      "Registers a list of volunteers, each by itself: there is no --mode, and --dry-run tells first which rows would be refused.",
    atOrganization: true,
  },
  hours: {
    description: "Logs a list of hours.",
    atOrganization: true,
    mode: true,
  },
};
for (const [name, { description, atOrganization, mode }] of Object.entries(imports)) {
  const command = importing
    .command(`${name} <file>`)
    .description(description)
    .addHelpText("after", columnsHelp(name as ImportName));
  if (atOrganization) command.requiredOption("--organization <slug>", "which organisation records");
  command
    .option("--as <person>", "who does it: a person's id, or system; on a demo also a role, whose first holder does it")
    .option("--dry-run", "tell what would happen, keep nothing", false)
    .option("--json", "print the summary as one line of JSON", false)
    .addOption(
      new Option("--language <language>", "in which language a refused row is told")
        .choices(["zh", "en"])
        .default("zh"),
    );
  if (mode)
    command.addOption(
      new Option("--mode <mode>", "keep the good rows, or all or none").choices(["each", "all"]).default("each"),
    );
  command.action(
    (file: string, { json, ...options }: Omit<ImportOptions, "demo" | "issuer" | "publicUrl"> & { json: boolean }) =>
      withBank(async (bank, config) => {
        const { demo, issuer } = config;
        const { publicUrl, warnOfLinks } = linksTo(config);
        const { importFile } = await import("./cli/import");
        const summary = await importFile(bank, name as ImportName, file, { ...options, demo, issuer, publicUrl });
        if (summary.invitationsFile) warnOfLinks();
        if (summary.withoutWayIn && !demo)
          warn(
            `${summary.withoutWayIn} of the new persons have no way to sign in: tie a subject of your issuer to each by \`goodhours grant add --role … --person … --subject …\`; \`goodhours grant list\` names them.`,
          );
        print(JSON.stringify(summary, null, json ? 0 : 2));
      }),
  );
}

program
  .command("invite")
  .description(
    "Invites an organisation's people, and writes a card with a one-time code for each to FILE.html, .csv or .json: the codes stand nowhere else, and end the earlier ones of the same people. Rows that name nobody stand beside the list.",
  )
  .requiredOption("--organization <slug>", "which organisation invites")
  .option("--volunteers <file>", "the volunteers of a CSV file, by its column volunteer_no (志愿者编号, 编号)")
  .option("--all-without-identity", "all its volunteers and staff who have no way to sign in yet", false)
  .requiredOption("--out <file>", "the sheet to print, which only you can read; it ends with .html, .csv or .json")
  .option("--overwrite", "write over a file that is there already", false)
  .addOption(new Option("--language <language>", "in which language the cards are").choices(["zh", "en"]).default("zh"))
  .action((options: Omit<InviteOptions, "publicUrl">) =>
    withBank(async (bank, config) => {
      const { publicUrl, warnOfLinks } = linksTo(config);
      const { invitePeople } = await import("./cli/invite");
      const summary = await invitePeople(bank, { ...options, publicUrl });
      if (summary.out) warnOfLinks();
      print(JSON.stringify(summary));
    }),
  );

const outOption = ["--out <file>", "write to this file, which appears only when it is whole"] as const;
const exporting = program.command("export").description("Writes what the bank holds, for people and programs.");
exporting
  .command("journal")
  .description("Every entry as a JSON line: its bytes in base64 and its leaf hash.")
  .option(...outOption)
  .action(({ out }: { out?: string }) =>
    withBank(async (bank) => (await import("./cli/export")).exportJournal(bank, out)),
  );
exporting
  .command("records")
  .description("An organisation's service records as CSV, newest first, without personal data.")
  .requiredOption("--organization <slug>", "whose records")
  .option(...outOption)
  .action(({ organization, out }: { organization: string; out?: string }) =>
    withBank(async (bank) => (await import("./cli/export")).exportRecords(bank, organization, out)),
  );
exporting
  .command("statement")
  .description("A volunteer's statement as CSV, with the running balance of each line.")
  .requiredOption("--volunteer-no <number>", "whose statement")
  .addOption(new Option("--axis <axis>", "by which date").choices(["effective", "recorded"]).default("effective"))
  .option("--from <day>", "first day, Asia/Shanghai")
  .option("--to <day>", "last day, Asia/Shanghai")
  .option(...outOption)
  .action((wanted: StatementOptions) =>
    withBank(async (bank) => (await import("./cli/export")).exportStatement(bank, wanted)),
  );

program
  .command("audit")
  .description("Replays the journal and compares every projection with it; exit code 1 when anything differs.")
  .option("--json", "print the report as JSON", false)
  .action((options: { json: boolean }) =>
    withBank(async (bank) => {
      process.exitCode = await (await import("./cli/audit")).auditCommand(bank, options);
    }),
  );

const granting = program.command("grant").description("Who may do what, from the machine that holds the keys.");
granting
  .command("add")
  .description(
    "Gives a role to a person, and makes the person first where --name is given and --subject is not known yet. All of it, or nothing. Prints the person as JSON.",
  )
  .requiredOption("--role <role>", grantedRoles.map(spelledRole).join(", "))
  .option("--organization <slug>", "at this organisation")
  .option("--division <code>", "in this division and below")
  .option("--person <id>", "an existing person")
  .option("--name <text>", "a new person's display name")
  .option(
    "--subject <subject>",
    "tie the person to this subject of the token issuer; alone, the person who is tied to it already",
  )
  .option("--issuer <url>", "the issuer of that subject, when it is not TOKEN_ISSUER")
  .option("--from <day>", "first day, Asia/Shanghai; today where not given")
  .option("--until <day>", "last day")
  .action((given: Omit<GrantOptions, "issuer"> & { issuer?: string }) =>
    withBank(async (bank, { issuer, demo }) => {
      const { addGrant } = await import("./cli/grant");
      print(JSON.stringify(await addGrant(bank, { ...given, issuer: given.issuer ?? issuer })));
      // On a demo the id of a person is also a subject, so nobody needs another one.
      if (!demo && given.person === undefined && given.subject === undefined)
        warn(
          "this person has no way to sign in yet: `goodhours grant add --role … --person … --subject …` ties a subject of your issuer to them",
        );
    }),
  );
granting
  .command("revoke <grant-id>")
  .description("Ends a grant: it does not hold today any more.")
  .requiredOption("--reason <text>", "why")
  .action((grantId: string, { reason }: { reason: string }) =>
    withBank(async (bank) =>
      print(JSON.stringify(await (await import("./cli/grant")).revokeGrant(bank, grantId, reason))),
    ),
  );
granting
  .command("list")
  .description("Lists grants as JSON lines with the name of each person, ended ones included.")
  .option("--organization <slug>", "at this organisation")
  .option("--role <role>", "of this role")
  .action((at: { organization?: string; role?: string }) =>
    withBank(async (bank) => {
      for (const grant of await (await import("./cli/grant")).listGrants(bank, at)) print(JSON.stringify(grant));
    }),
  );

program
  .command("schema")
  .description("Prints the API's schema.")
  .option("--write", "for those who work on Goodhours: keep it in the clone's schema.graphql")
  .option("--check", "for the same: fail when that file is stale")
  .action(async (options: { write?: boolean; check?: boolean }) => {
    const { schemaCommand } = await import("./cli/schema");
    process.exitCode = await schemaCommand(options, {
      file: join(dirname(dirname(migrationsFolder("sqlite"))), "schema.graphql"),
    });
  });

program
  .command("docs")
  .description("Serves the documentation on this machine, or writes it as pages that need no server. It needs no bank.")
  .option("--port <port>", "where to serve it; 0 for any that is free", port, 4080)
  .option("--out <folder>", "write the pages into this new folder, and end")
  .option("--write", "for those who work on Goodhours: write the generated pages of the clone's docs/ anew")
  .option("--check", "for the same: fail when one of them is stale")
  .action(async (options: DocsOptions) => {
    const { docsCommand } = await import("./cli/docs");
    process.exitCode = await docsCommand(options);
  });

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError("It is a port from 0 to 65535.");
  return number;
}

outliveReaders(fail);
process.on("uncaughtException", fail);
program.parseAsync().catch(fail);

function fail(error: unknown): void {
  progressDone();
  const [line, code] = explain(error);
  if (line) process.stderr.write(`goodhours: ${line}\n`);
  process.exit(code);
}

function explain(error: unknown): [string | null, number] {
  if (isUnread(error)) return [null, unreadExitCode];
  if (error instanceof Stop) return [error.message, error.exitCode];
  if (error instanceof BadConfig) return [error.message, 78];
  if (error instanceof CannotOpen) return [error.message, 78];
  if (error instanceof Refusal) {
    const where = error.path.length > 0 ? ` (${error.path.join(".")})` : "";
    return [`${error.code}: ${sentenceOf(error, "en")}${where}`, 1];
  }
  // Commander has said it already: help and version end well, the rest is wrong usage.
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (code?.startsWith("commander.")) return [null, exitCode === 0 ? 0 : 64];
  // The head of a stack repeats the message, and a message may repeat what was sent.
  const frames = ((error as Error | null)?.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [[explained(error), ...(process.env.LOG_LEVEL === "debug" ? frames : [])].join("\n"), 1];
}
