import { type Command, Option } from "commander";
import type { StatementOptions } from "../cli/export";
import type { Terminal } from "../cli/output";
import { withBank } from "./bank";

export function exporting(program: Command, terminal: Terminal): void {
  const outOption = ["--out <file>", "write to this file, which appears when it is complete"] as const;
  const group = program
    .command("export")
    .description("Writes the journal, the records of an organisation or the statement of a volunteer.");
  group
    .command("journal")
    .description("Writes every entry as a line of JSON: its bytes in base64 and its leaf hash.")
    .option(...outOption)
    .action(({ out }: { out?: string }) =>
      withBank(terminal, async (bank) => (await import("../cli/export")).exportJournal(bank, { out, terminal })),
    );
  group
    .command("records")
    .description("Writes the service records of an organisation as CSV, the newest first, without personal data.")
    .requiredOption("--organization <slug>", "the organisation that recorded them")
    .option(...outOption)
    .action(({ organization, out }: { organization: string; out?: string }) =>
      withBank(terminal, async (bank) =>
        (await import("../cli/export")).exportRecords(bank, organization, { out, terminal }),
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
        (await import("../cli/export")).exportStatement(bank, wanted, { out, terminal }),
      ),
    );
}
