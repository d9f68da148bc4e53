import { constants, readFileSync, readlinkSync } from "node:fs";
import type { Writable } from "node:stream";
import { type Exit, exits } from "../exits";
import type { ShareStore } from "../server/shares";
import type { BankOptions, Services } from "../services";

/** An open bank, as commands get it from main. */
export interface OpenBank {
  services: Services;
  options: BankOptions;
  /** The place at which the servers of this bank count their clients together; each counts for itself where there is none. */
  shareStore?: ShareStore | null;
  close(): Promise<void>;
}

/** A command ends here: one line for a person, an exit code for scripts. */
export class Stop extends Error {
  override name = "Stop";
  constructor(
    message: string,
    readonly exit: Exit = "FAILED",
  ) {
    super(message);
  }
}

export const isUnread = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code === "EPIPE";

/**
 * A reader of the output that goes away, as `head` does, stops no command half-way: the rest of the output is dropped. It then
 * ends as UNREAD where it would be DONE. Where nobody reads standard error, the work goes on too.
 */
export function outliveReaders(fail: (error: unknown) => void): void {
  let unread = false;
  process.stdout.on("error", (error) => {
    if (!isUnread(error)) fail(error);
    unread = true;
  });
  process.stderr.on("error", () => undefined);
  // A server that receives a signal to stop exits by itself, with 0.
  process.once("beforeExit", () => {
    if (unread) process.exitCode ||= exits.UNREAD.code;
  });
}

/**
 * Whether the caller closed standard output (`>&-`). Node then opens /dev/null in its place for reading and writing, while a
 * shell opens `> /dev/null` for writing alone. Only Linux shows the difference.
 */
export function isClosed(): boolean {
  try {
    const flags = /^flags:\s*(\d+)$/m.exec(readFileSync("/proc/self/fdinfo/1", "utf8"))?.[1] ?? "";
    return readlinkSync("/proc/self/fd/1") === "/dev/null" && (Number.parseInt(flags, 8) & 3) === constants.O_RDWR;
  } catch {
    return false;
  }
}

/** The parts of a process that a command needs. */
interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Writable & { isTTY?: boolean; columns?: number };
  readonly stderr: Writable & { isTTY?: boolean; columns?: number };
  /** Whether the caller closed standard output. */
  readonly isClosed: () => boolean;
  /** The way in which a person begins a command: in a clone by npm, else by its name. */
  readonly command: string;
}

/** The place from which a command reads its settings, to which it writes, and where it leaves how it ended. */
export class Terminal {
  exit: Exit = "DONE";
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Surroundings["stdout"];
  readonly isClosed: () => boolean;
  readonly command: string;
  readonly stderr: Surroundings["stderr"];

  constructor({ env, stdout, stderr, isClosed, command }: Surroundings) {
    this.env = env;
    this.stdout = stdout;
    this.stderr = stderr;
    this.isClosed = isClosed;
    this.command = command;
  }

  print(line: string): void {
    this.stdout.write(`${line}\n`);
  }

  /** A line about an error, or about a success that may not be what the operator expects. */
  warn(line: string): void {
    this.stderr.write(`goodhours: ${line}\n`);
  }

  /** For people at a terminal only; scripts and logs stay quiet. */
  readonly progress = (line: string): void => {
    if (this.stderr.isTTY) this.stderr.write(`\r\u001b[K${line}`);
  };
  progressDone(): void {
    if (this.stderr.isTTY) this.stderr.write("\r\u001b[K");
  }
}
