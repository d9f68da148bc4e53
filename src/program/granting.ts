import type { Command } from "commander";
import type { GrantOptions } from "../cli/grant";
import type { Terminal } from "../cli/output";
import { spelledRole } from "../cli/token";
import { grantedRoles } from "../domain/permissions/actors";
import { withBank } from "./bank";

export function granting(program: Command, terminal: Terminal): void {
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
      withBank(terminal, async (bank, config) => {
        const { addGrant } = await import("../cli/grant");
        const issuer = options.issuer ?? config.issuer;
        terminal.print(JSON.stringify(await addGrant(bank, { ...options, issuer })));
        // On a demo the id of a person is also a subject, so nobody needs another one.
        if (!config.demo && options.person === undefined && options.subject === undefined)
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
        terminal.print(JSON.stringify(await (await import("../cli/grant")).revokeGrant(bank, grantId, reason))),
      ),
    );
  group
    .command("list")
    .description("Lists grants as lines of JSON with the name of each person; grants that have ended are included.")
    .option("--organization <slug>", "only grants at this organisation")
    .option("--role <role>", "only grants of this role")
    .action((at: { organization?: string; role?: string }) =>
      withBank(terminal, async (bank) => {
        for (const grant of await (await import("../cli/grant")).listGrants(bank, at))
          terminal.print(JSON.stringify(grant));
      }),
    );
}
