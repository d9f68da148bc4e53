import { Command } from "commander";
import { isUnread, Stop, type Terminal, unreadExitCode } from "./cli/output";
import { BadConfig } from "./config";
import { Refusal } from "./domain/kit/refusal";
import { sentenceOf } from "./domain/wording/sentences";
import { auditing } from "./program/auditing";
import { exporting } from "./program/exporting";
import { granting } from "./program/granting";
import { importing, inviting } from "./program/importing";
import { printing } from "./program/printing";
import { making, serving } from "./program/serving";
import { signingIn } from "./program/signing-in";
import { CannotOpen } from "./storage/migrations";
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
