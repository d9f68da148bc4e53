import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** What a document tells a newcomer to paste, and what it says that this answers. */
const root = join(__dirname, "../..");
export interface Step {
  paste: string;
  answer: string[];
}

/** The blocks from one text to another, each with what stands below it. */
export function stepsOf(document: string, from: string, until: string): Step[] {
  const text = readFileSync(join(root, document), "utf8");
  const section = text.slice(text.indexOf(from), text.indexOf(until, text.indexOf(from)));
  const fences = [...section.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, kind, body]) => ({
    kind,
    body: body as string,
  }));
  return fences.flatMap(({ kind, body }, i) => {
    if (kind !== "sh") return [];
    const next = fences[i + 1];
    return { paste: body, answer: next?.kind === "json" ? next.body.trim().split("\n") : [] };
  });
}
/** Ids are of the day; what is asked is only where they stand. */
export const shown = (text: string) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => line.replaceAll(/_[0-9a-hjkmnp-tv-z]{26}/g, "_…"));

/**
 * A port that nobody has and that stays free: it lies below those that a machine hands out by itself, and each worker of a run has its
 * own. Of a port that was handed out, another worker made its server before the shell did.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort;
    nextPort += 1;
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await new Promise((resolve) => {
      server.once("listening", () => resolve(true));
      server.once("error", () => resolve(false));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

let nextPort = 20_000 + Number(process.env.JEST_WORKER_ID ?? 0) * 1_000 + (process.pid % 900);

/** The same commands by the program as it is installed, which starts in a quarter of the time that npm and tsx need. */
export const asInstalled = (paste: string) => paste.replace("npm run --silent goodhours --", "node dist/src/main.js");

/** Pastes the blocks into one shell; what each of them printed. The shell's children end with it. */
export async function pasted(blocks: string[], env: Record<string, string>): Promise<string[]> {
  const { PATH, HOME, TMPDIR } = process.env;
  const shell = spawn("bash", { cwd: root, detached: true, env: { PATH, HOME, TMPDIR, ...env } });
  let output = "";
  const done = new Promise<void>((resolve, reject) => {
    shell.once("exit", () => reject(new Error(`the shell ended: ${output}`)));
    shell.stderr.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    shell.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes("@@end\n")) resolve();
    });
  });
  shell.stdin.write(`${blocks.join("\nprintf '\\n@@\\n'\n")}\nprintf '\\n@@end\\n'\n`);
  try {
    await done;
  } finally {
    shell.removeAllListeners("exit");
    process.kill(-(shell.pid as number), "SIGTERM");
  }
  return output.replace("@@end\n", "").split("@@\n");
}
