import { dirname, join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { DocsOptions } from "../cli/docs";
import type { Terminal } from "../cli/output";
import { migrationsFolder } from "../storage/migrations";

export function printing(program: Command, terminal: Terminal): void {
  program
    .command("schema")
    .description("Prints the API's schema.")
    .option("--write", "write it to schema.graphql of the clone, for developers of Goodhours")
    .option("--check", "fail where that file is stale, for developers of Goodhours")
    .action(async (options: { write?: boolean; check?: boolean }) => {
      const { schemaCommand } = await import("../cli/schema");
      const file = join(dirname(dirname(migrationsFolder("sqlite"))), "schema.graphql");
      terminal.exit = await schemaCommand(options, { file }, terminal);
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
      const { docsCommand } = await import("../cli/docs");
      terminal.exit = await docsCommand(options, terminal);
    });
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError("It is a port from 0 to 65535.");
  return number;
}
