import { constants, readFileSync, readlinkSync } from "node:fs";
import type { Writable } from "node:stream";
import type { ShareStore } from "../server/shares";
import type { BankOptions, Services } from "../services";

/** An open bank, as commands get it from main. */
export interface OpenBank {
  services: Services;
  options: BankOptions;
  /** Where the servers of this bank count their askers together; each counts for itself where there is none. */
  shareStore?: ShareStore | null;
  close(): Promise<void>;
}

/** A command ends here: one line for a person, an exit code for a script. */
export class Stop extends Error {
  override name = "Stop";
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** The exit code of a program that SIGPIPE ends: its output was not read to the end. */
export const unreadExitCode = 141;

export const isUnread = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code === "EPIPE";

/**
 * A reader of the output that goes away, as `head` does, stops no command half-way: what follows is dropped. The exit code then
 * is 141 where it would be 0. Where nobody reads standard error, the work goes on, too.
 */
export function outliveReaders(fail: (error: unknown) => void): void {
  let unread = false;
  process.stdout.on("error", (error) => {
    if (!isUnread(error)) fail(error);
    unread = true;
  });
  process.stderr.on("error", () => undefined);
  // A server that is told to stop exits by itself, and with 0.
  process.once("beforeExit", () => {
    if (unread) process.exitCode ||= unreadExitCode;
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

/** What a command has of the process that runs it. */
interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Writable & { isTTY?: boolean; columns?: number };
  readonly stderr: Writable & { isTTY?: boolean; columns?: number };
  /** Whether the caller closed standard output. */
  readonly isClosed: () => boolean;
  /** How a person begins a command: in a clone by npm, else by its name. */
  readonly command: string;
}

/** Where a command reads its settings, speaks, and leaves its exit code. */
export class Terminal {
  exitCode = 0;
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

  /** A line for what went wrong, or went well and still may not be what the operator expects. */
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
