import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A bank of one's own, as the README tells it: each block is pasted as it stands, and answers what stands below it. */
const root = join(__dirname, "../..");
interface Step {
  paste: string;
  answer: string[];
}

function stepsOf(readme: string, from: string, until: string): Step[] {
  const text = readFileSync(join(root, readme), "utf8");
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
const steps = stepsOf("README.md", "## A bank of your own", "| setting |");

/** Ids are of the day; what is asked is only where they stand. */
const shown = (text: string) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => line.replaceAll(/_[0-9a-hjkmnp-tv-z]{26}/g, "_…"));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Pastes the blocks into one shell; what each of them printed. The shell's children end with it. */
async function pasted(blocks: string[], env: Record<string, string>): Promise<string[]> {
  const { PATH, HOME, TMPDIR } = process.env;
  const shell = spawn("bash", { cwd: root, detached: true, env: { PATH, HOME, TMPDIR, ...env } });
  let said = "";
  const done = new Promise<void>((resolve, reject) => {
    shell.once("exit", () => reject(new Error(`the shell ended: ${said}`)));
    shell.stderr.setEncoding("utf8").on("data", (some: string) => {
      said += some;
    });
    shell.stdout.setEncoding("utf8").on("data", (some: string) => {
      said += some;
      if (said.includes("@@end\n")) resolve();
    });
  });
  shell.stdin.write(`${blocks.join("\nprintf '\\n@@\\n'\n")}\nprintf '\\n@@end\\n'\n`);
  try {
    await done;
  } finally {
    shell.removeAllListeners("exit");
    process.kill(-(shell.pid as number), "SIGTERM");
  }
  return said.replace("@@end\n", "").split("@@\n");
}

test("from an empty folder to a confirmed hour, pasted block by block", async () => {
  const folder = mkdtempSync(join(tmpdir(), "goodhours-walk-"));
  const [port, issuerPort] = [await freePort(), await freePort()].map(String) as [string, string];
  const here = (text: string) =>
    text
      .replaceAll("127.0.0.1:4000", `127.0.0.1:${port}`)
      .replaceAll("127.0.0.1:4100", `127.0.0.1:${issuerPort}`)
      .replaceAll("data/", `${folder}/`);
  try {
    expect(steps.length).toBeGreaterThanOrEqual(4);
    const answers = await pasted(
      steps.map(({ paste }) => here(paste)),
      { PORT: port, ISSUER_PORT: issuerPort, ISSUER_KEYS: join(folder, "issuer.json") },
    );
    expect(answers.map(shown)).toEqual(steps.map(({ answer }) => shown(here(answer.join("\n")))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    for (const name of ["volunteers.csv.refused.csv", "volunteers.csv.invite.refused.csv"])
      rmSync(join(root, "samples", name), { force: true });
  }
}, 180_000);

test("the Chinese README tells the same walk", () => {
  const code = ({ paste, answer }: Step) => ({ paste: paste.replaceAll(/ +# .*$/gm, ""), answer });
  const told = stepsOf("README.zh-CN.md", "## 自建一家银行", "| 设置 |");
  expect(told.map(code)).toEqual(steps.map(code));
});
