import { dirname, extname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import type { Terminal } from "../cli/output";
import { exits } from "../exits";
import { withBank } from "./bank";

/** A heap with a limit is collected sooner, so that it grows by little. Of the main thread, whose heap has none, the growth is bounded. */
const threadLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 12 };
const mainGrowth = "--heap-growing-percent=15";

export function auditing(program: Command, terminal: Terminal): void {
  program
    .command("audit")
    .description(
      `Replays the journal and compares every table with it. The exit code is ${exits.FAILED.code} where anything differs.`,
    )
    .option("--json", "print the report as JSON", false)
    .action((options: { json: boolean }) =>
      withBank(terminal, async (bank) => {
        const [{ auditCommand }, { replayThread }] = [await import("../cli/audit"), await import("../services/audit")];
        const { Worker } = await import("node:worker_threads");
        const file = join(dirname(__dirname), `replaying${extname(__filename)}`);
        const open = () => {
          setFlagsFromString(mainGrowth);
          return replayThread(new Worker(file, { env: terminal.env, resourceLimits: threadLimits }));
        };
        terminal.exit = await auditCommand(bank, options, terminal, { from: 20_000, open });
      }),
    );
}
