import { type Command, Option } from "commander";
import type { ImportOptions } from "../cli/import";
import type { InviteOptions } from "../cli/invite";
import type { Terminal } from "../cli/output";
import type { Config } from "../config";
import { columnsHelp, type ImportName } from "../services/exchange/columns";
import { withBank } from "./bank";

export function importing(program: Command, terminal: Terminal): void {
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
          const { importFile } = await import("../cli/import");
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

export function inviting(program: Command, terminal: Terminal): void {
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
        const { invitePeople } = await import("../cli/invite");
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
