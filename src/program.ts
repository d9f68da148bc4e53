import { Command } from "commander";
import { isUnread, Stop, type Terminal } from "./cli/output";
import { BadConfig } from "./config";
import { Refusal } from "./domain/kit/refusal";
import { sentenceOf } from "./domain/wording/sentences";
import { type Exit, exits } from "./exits";
import { auditing } from "./program/auditing";
import { exporting } from "./program/exporting";
import { granting } from "./program/granting";
import { importing, inviting } from "./program/importing";
import { printing } from "./program/printing";
import { making, serving } from "./program/serving";
import { signingIn } from "./program/signing-in";
import { CannotOpen } from "./storage/migrations";
import { explained } from "./storage/writer";

const exitLines = Object.values(exits).map(({ code, meaning }) => `${String(code).padStart(5)}  ${meaning.en}`);

/**
 * Runs one command to its end, `serve` until it listens. How it ended is the terminal's `exit`; what is thrown, `failed` says
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
    .addHelpText("after", ["", "Exit codes:", ...exitLines].join("\n"))
    .exitOverride();
  for (const add of [serving, making, signingIn, importing, inviting, exporting, auditing, granting, printing])
    add(program, terminal);
  await program.parseAsync(args, { from: "user" });
}

/** Says in one line what went wrong, and answers how the command ended. */
export function failed(error: unknown, terminal: Terminal): Exit {
  terminal.progressDone();
  const [line, exit] = explain(error, terminal.env);
  if (line) terminal.warn(line);
  return exit;
}

function explain(error: unknown, env: NodeJS.ProcessEnv): [string | null, Exit] {
  if (isUnread(error)) return [null, "UNREAD"];
  if (error instanceof Stop) return [error.message, error.exit];
  if (error instanceof BadConfig) return [error.message, "BAD_CONFIG"];
  if (error instanceof CannotOpen) return [error.message, "BAD_CONFIG"];
  if (error instanceof Refusal) {
    const where = error.path.length > 0 ? ` (${error.path.join(".")})` : "";
    return [`${error.code}: ${sentenceOf(error, "en")}${where}`, "FAILED"];
  }
  // Commander has said it already: help and version end well, the rest is wrong usage.
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (code?.startsWith("commander.")) return [null, exitCode === exits.DONE.code ? "DONE" : "WRONG_USAGE"];
  // The head of a stack repeats the message, and a message may repeat what was sent.
  const frames = ((error as Error | null)?.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [[explained(error), ...(env.LOG_LEVEL === "debug" ? frames : [])].join("\n"), "FAILED"];
}
