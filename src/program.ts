import { dirname, extname, join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { DocsOptions } from "./cli/docs";
import type { StatementOptions } from "./cli/export";
import type { GrantOptions } from "./cli/grant";
import type { ImportOptions } from "./cli/import";
import type { InviteOptions } from "./cli/invite";
import { isUnread, type OpenBank, Stop, type Terminal, unreadExitCode } from "./cli/output";
import { spelledRole } from "./cli/token";
import { bringUp, openBank, openShareStore, seedingBank } from "./composition";
import { BadConfig, type Config, readConfig } from "./config";
import { Refusal } from "./domain/kit/refusal";
import { grantedRoles } from "./domain/permissions/actors";
import { sentenceOf } from "./domain/wording/sentences";
import { columnsHelp, type ImportName } from "./services/exchange/columns";
import { CannotOpen, migrationsFolder } from "./storage/migrations";
import { explained } from "./storage/writer";

/**
 * Runs one command to its end, `serve` until it listens. How it ended is the terminal's exit code; what is thrown, `failed` says
 * in a line.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<void> {
  const program = new Command("goodhours")
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => terminal.stdout.columns ?? 80,
      getErrHelpWidth: () => terminal.stderr.columns ?? 80,
    })
    .description(
      "Goodhours (善时): a time bank. DATABASE_URL names the bank; without it data/demo.db is used where it exists.",
    )
    .addHelpText(
      "after",
      "\nExit codes: 0 done, 1 refused or failed, 2 a file cannot be read, 64 wrong usage,\n74 the audit's temporary file cannot be written, 78 wrong configuration,\n141 the reader of the output went away.",
    )
    .exitOverride();
  for (const add of [serving, making, signingIn, importing, inviting, exporting, auditing, granting, printing])
    add(program, terminal);
  await program.parseAsync(args, { from: "user" });
}

/** Says in one line what went wrong; the code to exit with. */
export function failed(error: unknown, terminal: Terminal): number {
  terminal.progressDone();
  const [line, code] = explain(error, terminal.env);
  if (line) terminal.warn(line);
  return code;
}

function serving(program: Command, terminal: Terminal): void {
  program
    .command("serve")
    .description("Serves the bank of DATABASE_URL on HOST and PORT until the process is told to stop.")
    .action(async () => {
      const config = settings(terminal);
      const { serve } = await import("./cli/serve");
      const edge = await serve(config, { ...(await openBank(config)), shareStore: await openShareStore(config) });
      terminal.print(`Goodhours listens on ${edge.url}`);
    });

  program
    .command("demo")
    .description(
      "Serves the demo bank of Zhuji in data/demo.db, and makes it where it does not exist. Its clock runs from 2026-09-20T09:00+08:00.",
    )
    .option("--fresh", "delete the old demo and make a new one", false)
    .action(async ({ fresh }: { fresh: boolean }) => {
      const demoUrl = terminal.env.DATABASE_URL || "file:data/demo.db";
      const before = settings(terminal, { database: demoUrl });
      if (before.database.kind !== "sqlite") throw new Stop("the demo lives in a file: database", 78);
      const { prepareDemo, demoWelcome } = await import("./cli/demo");
      const summary = await prepareDemo(
        before.database.path,
        fresh,
        (path, clock) => seedingBank({ ...before, clock, database: { kind: "sqlite", path } }, { syncs: "AT_CLOSE" }),
        terminal,
      );
      if (summary) terminal.print(`Seeded Zhuji: ${JSON.stringify(summary)}`);
      const config = settings(terminal, { database: demoUrl });
      // A demo that was kept may have been made by an older program.
      if (!summary) await bringUp(config);
      const { serve } = await import("./cli/serve");
      const { url } = await serve(config, await openBank(config));
      terminal.print(demoWelcome(url, terminal.command));
    });
}

function making(program: Command, terminal: Terminal): void {
  program
    .command("seed")
    .description(
      "Fills the empty bank of DATABASE_URL with the demo of Zhuji, the same each time. GOODHOURS_CLOCK must be set.",
    )
    .action(async () => {
      const config = settings(terminal);
      if (!terminal.env.GOODHOURS_CLOCK)
        throw new Stop("seed needs GOODHOURS_CLOCK: its ids and keys are not secret", 64);
      const { seedZhuji } = await import("./cli/seed");
      terminal.print(JSON.stringify(await seedZhuji((clock) => seedingBank({ ...config, clock }), terminal.progress)));
    });

  program
    .command("migrate")
    .description("Brings the tables of DATABASE_URL to this release, and founds the bank where its journal is empty.")
    .option("--json", "print the bank's name and the last position of its journal as JSON", false)
    .action(async ({ json }: { json: boolean }) => {
      const config = settings(terminal);
      const brought = await bringUp(config);
      terminal.print(json ? JSON.stringify(brought) : "migrated");
    });
}

function signingIn(program: Command, terminal: Terminal): void {
  program
    .command("token")
    .description("Prints a token of the demo bank for a person who holds the role, and prints nothing else.")
    .addOption(
      new Option("--as <role>", "the role that the person holds")
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
    .option("--organization <slug>", "the organisation at which the person holds the role")
    .option("--volunteer-no <number>", "the volunteer with this number")
    .option("--nth <k>", "the k-th person who holds the role, from 1", ordinal, 1)
    .action((holder: { as: string; organization?: string; volunteerNo?: string; nth: number }) =>
      withBank(terminal, async ({ options }, config) => {
        if (!config.demo) throw new Stop("tokens of this bank come from its issuer");
        const [{ personFor }, { demoKeyPair, issueToken }] = [
          await import("./cli/token"),
          await import("./server/identity"),
        ];
        const { issuer, audience, clock } = config;
        const { privateKey } = demoKeyPair(config.secret.toString("hex"));
        const subject = await personFor(options.store.view, holder);
        terminal.print(await issueToken({ privateKey, issuer, audience, subject, clock, ttlSeconds: 86_400 }));
      }),
    );
}

function ordinal(text: string): number {
  const nth = Number(text);
  if (!Number.isSafeInteger(nth) || nth < 1) throw new InvalidArgumentError("It is a whole number from 1.");
  return nth;
}

const imports: Record<ImportName, { description: string; atOrganization?: true; mode?: true }> = {
  divisions: {
    description: "Sets the divisions of a list, whose rows may stand in any order.",
    mode: true,
  },
  organizations: {
    description: "Registers the organisations of a list.",
    mode: true,
  },
  staff: {
    description:
      "Gives the roles of a list, and registers the people who are new. A person without a subject is invited: the codes are written to FILE.invitations.csv.",
    mode: true,
  },
  volunteers: {
    description:
      "Registers the volunteers of a list, each by itself: there is no --mode. --dry-run says first which rows would be refused.",
    atOrganization: true,
  },
  hours: {
    description: "Logs the hours of a list.",
    atOrganization: true,
    mode: true,
  },
};

function importing(program: Command, terminal: Terminal): void {
  const group = program
    .command("import")
    .description(
      "Reads a CSV file in UTF-8 with a header, and does for each row what a client of the API could do. Refused rows are written to FILE.refused.csv. The same file again changes nothing.",
    );
  for (const [name, { description, atOrganization, mode }] of Object.entries(imports)) {
    const command = group
      .command(`${name} <file>`)
      .description(description)
      .addHelpText("after", columnsHelp(name as ImportName));
    if (atOrganization)
      command.requiredOption(
        "--organization <slug>",
        "the organisation that registers the volunteers or logs the hours",
      );
    command
      .option(
        "--as <person>",
        "the person who does it, by id, or system; in a demo also a role: its first holder does it",
      )
      .option("--dry-run", "say what would happen, and keep nothing", false)
      .option("--json", "print the summary as one line of JSON", false)
      .addOption(
        new Option("--language <language>", "the language of the reasons in FILE.refused.csv")
          .choices(["zh", "en"])
          .default("zh"),
      );
    if (mode)
      command.addOption(
        new Option("--mode <mode>", "each keeps the good rows; all keeps all rows or none")
          .choices(["each", "all"])
          .default("each"),
      );
    command.action(
      (file: string, { json, ...options }: Omit<ImportOptions, "demo" | "issuer" | "publicUrl"> & { json: boolean }) =>
        withBank(terminal, async (bank, config) => {
          const { demo, issuer } = config;
          const { publicUrl, warnOfLinks } = linksTo(config, terminal);
          const { importFile } = await import("./cli/import");
          const summary = await importFile(
            bank,
            name as ImportName,
            file,
            { ...options, demo, issuer, publicUrl },
            terminal,
          );
          if (summary.invitationsFile) warnOfLinks();
          if (summary.withoutWayIn && !demo)
            terminal.warn(
              `${summary.withoutWayIn} of the new persons have no way to sign in: tie a subject of your issuer to each by \`goodhours grant add --role … --person … --subject …\`; \`goodhours grant list\` names them.`,
            );
          terminal.print(JSON.stringify(summary, null, json ? 0 : 2));
        }),
    );
  }
}

function inviting(program: Command, terminal: Terminal): void {
  program
    .command("invite")
    .description(
      "Invites the people of an organisation, and writes a card with a one-time code for each to a file. The codes are kept in no other place, and earlier codes of the same people end. Rows that name no person who can be invited are written to a file beside the list.",
    )
    .requiredOption("--organization <slug>", "the organisation that invites")
    .option(
      "--volunteers <file>",
      "invite the volunteers of this CSV file, by its column volunteer_no (志愿者编号, 编号)",
    )
    .option(
      "--all-without-identity",
      "invite all volunteers and staff of the organisation who cannot sign in yet",
      false,
    )
    .requiredOption(
      "--out <file>",
      "the file of cards, which only you can read; its name ends with .html, .csv or .json",
    )
    .option("--overwrite", "replace a file that exists", false)
    .addOption(new Option("--language <language>", "the language of the cards").choices(["zh", "en"]).default("zh"))
    .action((options: Omit<InviteOptions, "publicUrl">) =>
      withBank(terminal, async (bank, config) => {
        const { publicUrl, warnOfLinks } = linksTo(config, terminal);
        const { invitePeople } = await import("./cli/invite");
        const summary = await invitePeople(bank, { ...options, publicUrl });
        if (summary.out) warnOfLinks();
        terminal.print(JSON.stringify(summary));
      }),
    );
}

/** The address that links lead to, and a warning where it is this machine's own, which other people may not reach. */
function linksTo(
  { publicUrl, host, port }: Config,
  terminal: Terminal,
): { publicUrl: string; warnOfLinks: () => void } {
  const address = publicUrl ?? `http://${host}:${port}`;
  return {
    publicUrl: address,
    warnOfLinks: () => {
      if (publicUrl === null)
        terminal.warn(
          `PUBLIC_URL is not set: the links in the file lead to ${address}. Set it to where people reach the bank.`,
        );
    },
  };
}

function exporting(program: Command, terminal: Terminal): void {
  const outOption = ["--out <file>", "write to this file, which appears when it is complete"] as const;
  const group = program
    .command("export")
    .description("Writes the journal, the records of an organisation or the statement of a volunteer.");
  group
    .command("journal")
    .description("Writes every entry as a line of JSON: its bytes in base64 and its leaf hash.")
    .option(...outOption)
    .action(({ out }: { out?: string }) =>
      withBank(terminal, async (bank) => (await import("./cli/export")).exportJournal(bank, { out, terminal })),
    );
  group
    .command("records")
    .description("Writes the service records of an organisation as CSV, the newest first, without personal data.")
    .requiredOption("--organization <slug>", "the organisation that recorded them")
    .option(...outOption)
    .action(({ organization, out }: { organization: string; out?: string }) =>
      withBank(terminal, async (bank) =>
        (await import("./cli/export")).exportRecords(bank, organization, { out, terminal }),
      ),
    );
  group
    .command("statement")
    .description("Writes the statement of a volunteer as CSV, with the balance after each line.")
    .requiredOption("--volunteer-no <number>", "the volunteer with this number")
    .addOption(
      new Option("--axis <axis>", "the date by which the lines are ordered and chosen")
        .choices(["effective", "recorded"])
        .default("effective"),
    )
    .option("--from <day>", "the first day, in Asia/Shanghai")
    .option("--to <day>", "the last day, in Asia/Shanghai")
    .option(...outOption)
    .action(({ out, ...wanted }: StatementOptions & { out?: string }) =>
      withBank(terminal, async (bank) =>
        (await import("./cli/export")).exportStatement(bank, wanted, { out, terminal }),
      ),
    );
}

/** The thread needs less. A heap with a limit is collected sooner, so that it grows by little. */
const threadLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 6 };

function auditing(program: Command, terminal: Terminal): void {
  program
    .command("audit")
    .description("Replays the journal and compares every table with it. The exit code is 1 where anything differs.")
    .option("--json", "print the report as JSON", false)
    .action((options: { json: boolean }) =>
      withBank(terminal, async (bank) => {
        const [{ auditCommand }, { replayThread }] = [await import("./cli/audit"), await import("./services/audit")];
        const { Worker } = await import("node:worker_threads");
        const file = join(__dirname, `replaying${extname(__filename)}`);
        const open = () => replayThread(new Worker(file, { env: terminal.env, resourceLimits: threadLimits }));
        terminal.exitCode = await auditCommand(bank, options, terminal, { from: 20_000, open });
      }),
    );
}

function granting(program: Command, terminal: Terminal): void {
  const group = program
    .command("grant")
    .description("Gives, ends and lists the roles of people, on the machine that holds the keys of the bank.");
  group
    .command("add")
    .description(
      "Gives a role to a person. With --name it registers a new person, unless --subject is known already. It does all of this or nothing, and prints the person as JSON.",
    )
    .requiredOption("--role <role>", grantedRoles.map(spelledRole).join(", "))
    .option("--organization <slug>", "give the role at this organisation")
    .option("--division <code>", "give the role in this division and below")
    .option("--person <id>", "a person who is known, by id")
    .option("--name <text>", "the display name of a new person")
    .option(
      "--subject <subject>",
      "let the person sign in by this subject of the issuer; without --person and --name, the person who signs in by it",
    )
    .option("--issuer <url>", "the issuer of the subject, where it is not TOKEN_ISSUER")
    .option("--from <day>", "the first day, in Asia/Shanghai; today where it is left out")
    .option("--until <day>", "the last day; none where it is left out")
    .action((options: Omit<GrantOptions, "issuer"> & { issuer?: string }) =>
      withBank(terminal, async (bank, { issuer, demo }) => {
        const { addGrant } = await import("./cli/grant");
        terminal.print(JSON.stringify(await addGrant(bank, { ...options, issuer: options.issuer ?? issuer })));
        // On a demo the id of a person is also a subject, so nobody needs another one.
        if (!demo && options.person === undefined && options.subject === undefined)
          terminal.warn(
            "this person has no way to sign in yet: `goodhours grant add --role … --person … --subject …` ties a subject of your issuer to them",
          );
      }),
    );
  group
    .command("revoke <grant-id>")
    .description("Ends a grant: from today the person does not hold the role.")
    .requiredOption("--reason <text>", "the reason")
    .action((grantId: string, { reason }: { reason: string }) =>
      withBank(terminal, async (bank) =>
        terminal.print(JSON.stringify(await (await import("./cli/grant")).revokeGrant(bank, grantId, reason))),
      ),
    );
  group
    .command("list")
    .description("Lists grants as lines of JSON with the name of each person; grants that have ended are included.")
    .option("--organization <slug>", "only grants at this organisation")
    .option("--role <role>", "only grants of this role")
    .action((at: { organization?: string; role?: string }) =>
      withBank(terminal, async (bank) => {
        for (const grant of await (await import("./cli/grant")).listGrants(bank, at))
          terminal.print(JSON.stringify(grant));
      }),
    );
}

function printing(program: Command, terminal: Terminal): void {
  program
    .command("schema")
    .description("Prints the API's schema.")
    .option("--write", "write it to schema.graphql of the clone, for developers of Goodhours")
    .option("--check", "fail where that file is stale, for developers of Goodhours")
    .action(async (options: { write?: boolean; check?: boolean }) => {
      const { schemaCommand } = await import("./cli/schema");
      const file = join(dirname(dirname(migrationsFolder("sqlite"))), "schema.graphql");
      terminal.exitCode = await schemaCommand(options, { file }, terminal);
    });

  program
    .command("docs")
    .description(
      "Serves the documentation on this machine, or writes it as pages that need no server. No bank is needed.",
    )
    .option("--port <port>", "the port to serve it on; 0 takes any that is free", port, 4080)
    .option("--out <folder>", "write the pages to this new folder, and serve nothing")
    .option("--write", "write the generated pages of docs/ in the clone, for developers of Goodhours")
    .option("--check", "fail where one of those pages is stale, for developers of Goodhours")
    .action(async (options: DocsOptions) => {
      const { docsCommand } = await import("./cli/docs");
      terminal.exitCode = await docsCommand(options, terminal);
    });
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError("It is a port from 0 to 65535.");
  return number;
}

/** The settings of this run. What it then writes, its owner alone can read: banks, keys, exports, refused lines. */
function settings({ env }: Terminal, options: { database?: string } = {}): Config {
  process.umask(0o077);
  return readConfig(env, options);
}

async function withBank<T>(terminal: Terminal, work: (bank: OpenBank, config: Config) => Promise<T>): Promise<T> {
  const config = settings(terminal);
  const bank = await openBank(config);
  try {
    return await work(bank, config);
  } finally {
    await bank.close();
  }
}

function explain(error: unknown, env: NodeJS.ProcessEnv): [string | null, number] {
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
  return [[explained(error), ...(env.LOG_LEVEL === "debug" ? frames : [])].join("\n"), 1];
}
