import type { Command } from "commander";
import { Stop, type Terminal } from "../cli/output";
import { bringUp, openBank, openShareStore, seedingBank } from "../composition";
import { settings } from "./bank";

export function serving(program: Command, terminal: Terminal): void {
  program
    .command("serve")
    .description("Serves the bank of DATABASE_URL on HOST and PORT until the process is told to stop.")
    .action(async () => {
      const config = settings(terminal);
      const { serve } = await import("../cli/serve");
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
      if (before.database.kind !== "sqlite") throw new Stop("the demo lives in a file: database", "BAD_CONFIG");
      const { prepareDemo, demoWelcome } = await import("../cli/demo");
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
      const { serve } = await import("../cli/serve");
      const { url } = await serve(config, await openBank(config));
      terminal.print(demoWelcome(url, terminal.command));
    });
}

export function making(program: Command, terminal: Terminal): void {
  program
    .command("seed")
    .description(
      "Fills the empty bank of DATABASE_URL with the demo of Zhuji, the same each time. GOODHOURS_CLOCK must be set.",
    )
    .action(async () => {
      const config = settings(terminal);
      if (!terminal.env.GOODHOURS_CLOCK)
        throw new Stop("seed needs GOODHOURS_CLOCK: its ids and keys are not secret", "WRONG_USAGE");
      const { seedZhuji } = await import("../cli/seed");
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
