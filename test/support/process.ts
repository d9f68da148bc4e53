import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { Writable } from "node:stream";
import { Terminal } from "../../src/cli/output";
import { exits } from "../../src/exits";
import { failed, run as runCommand } from "../../src/program";
import { root } from "./root";

const main = [join(root, "dist/src/main.js")];
const sources = ["--import", "tsx", join(root, "src/main.ts")];

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The settings of a bank for processes of our own: a free port, a quiet log, nothing of the caller's bank. */
export function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, PORT: "0", LOG_LEVEL: "silent", ...settings };
}

const usualUmask = process.umask();

/**
 * Runs a command to its end in the process of the test: a process of its own takes two seconds to start, and adds only what
 * `installed` shows once for each command.
 */
export async function goodhours(settings: Record<string, string>, ...args: string[]): Promise<Ran> {
  const [stdout, stderr] = [new Heard(), new Heard()];
  const terminal = new Terminal({
    env: environment(settings),
    stdout,
    stderr,
    isClosed: () => false,
    command: "goodhours",
  });
  const exit = await runCommand(args, terminal).then(
    () => terminal.exit,
    (error: unknown) => failed(error, terminal),
  );
  process.umask(usualUmask);
  return { code: exits[exit].code, stdout: stdout.text, stderr: stderr.text };
}

/** A stream that keeps what is written to it. */
class Heard extends Writable {
  private readonly chunks: Buffer[] = [];
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
  get text(): string {
    return Buffer.concat(this.chunks).toString("utf8");
  }
}

/** Runs `goodhours` to its end in a process of its own, as a person would who installed it. */
export function installed(settings: Record<string, string>, ...args: string[]): Promise<Ran> {
  return run(settings, [...main, ...args]);
}
/** The same from the clone, as its `npm run goodhours` does. */
export function fromSources(settings: Record<string, string>, ...args: string[]): Promise<Ran> {
  return run(settings, [...sources, ...args]);
}

function run(settings: Record<string, string>, command: string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: root, env: environment(settings) });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...output }));
  });
}

export interface Served {
  url: string;
  child: ChildProcess;
  /** kill -9: no farewell. */
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

/** `goodhours serve`, or `demo`, in a process of its own, once it listens. `fileKilobytes` is the most a file may grow to. */
export async function serving(
  settings: Record<string, string>,
  { command: served = "serve", fileKilobytes }: { command?: "serve" | "demo"; fileKilobytes?: number } = {},
): Promise<Served> {
  const command = [process.execPath, ...main, served];
  const child = fileKilobytes
    ? spawn("bash", ["-c", `ulimit -f ${fileKilobytes}; exec "$@"`, "bash", ...command], {
        cwd: root,
        env: environment(settings),
      })
    : spawn(command[0] as string, command.slice(1), { cwd: root, env: environment(settings) });
  const gone = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const address = /listens on (\S+)/.exec(output);
        if (address) resolve(address[1] as string);
      });
    child.once("exit", () => reject(new Error(`serve ended: ${output}`)));
  });
  return {
    url,
    child,
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    stop() {
      child.kill("SIGTERM");
      return gone;
    },
  };
}
