import { type ChildProcess, fork, spawn } from "node:child_process";
import { openSync } from "node:fs";
import { join } from "node:path";
import type { LoadOrder, LoadReport } from "./load";

export interface Served {
  readonly url: string;
  end(): void;
}

type Message = { readonly url?: string; readonly report?: LoadReport; readonly error?: string };

function heard(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the bench ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (message: Message) => {
      child.off("exit", ended);
      if (message.error === undefined) resolve(message);
      else reject(new Error(message.error));
    });
  });
}

const production = { ...process.env, NODE_ENV: "production" };

/** A server to compare with. */
export async function servePeer(name: string, schemaFile: string, answerFile: string): Promise<Served> {
  const child = fork(join(__dirname, "peers.js"), [name, schemaFile, answerFile], { env: production });
  const { url = "" } = await heard(child);
  return { url, end: () => child.kill() };
}

/** Ours, as an operator starts it: logs and all, into a file. `BENCH_NODE_OPTIONS=--cpu-prof` makes a profile. */
export async function serveOurs(settings: Record<string, string>, logFile: string): Promise<Served> {
  const options = process.env.BENCH_NODE_OPTIONS?.split(" ") ?? [];
  const child = spawn(process.execPath, [...options, join(__dirname, "../src/main.js"), "serve"], {
    env: { ...production, HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "info", ...settings },
    stdio: ["ignore", "pipe", openSync(logFile, "a")],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
      const address = /listens on (\S+)/.exec(text)?.[1];
      if (address) resolve(`${address}/graphql`);
    });
    child.once("exit", (code) => reject(new Error(`our server ended with ${code}: see ${logFile}`)));
  });
  return { url, end: () => child.kill("SIGTERM") };
}

/** The process that sends the load. */
export function openLoad() {
  const child = fork(join(__dirname, "load.js"));
  return {
    async run(order: LoadOrder): Promise<LoadReport> {
      child.send(order);
      return (await heard(child)).report as LoadReport;
    },
    end: () => child.kill(),
  };
}
