import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asInstalled, freePort, pasted, type Step, shown, stepsOf } from "../support/readme";

/** A bank of one's own, as docs/en/operate.md tells it: each block is pasted as it stands, and answers what stands below it. */
const root = join(__dirname, "../..");
const steps = stepsOf("docs/en/operate.md", "## A bank of your own", "`kill %1 %2`");

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
      steps.map(({ paste }) => asInstalled(here(paste))),
      { PORT: port, ISSUER_PORT: issuerPort, ISSUER_KEYS: join(folder, "issuer.json") },
    );
    expect(answers.map(shown)).toEqual(steps.map(({ answer }) => shown(here(answer.join("\n")))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    for (const name of ["volunteers.csv.refused.csv", "volunteers.csv.invite.refused.csv"])
      rmSync(join(root, "samples", name), { force: true });
  }
}, 180_000);

test("the Chinese page tells the same walk", () => {
  const code = ({ paste, answer }: Step) => ({ paste: paste.replaceAll(/ +# .*$/gm, ""), answer });
  const told = stepsOf("docs/zh/operate.md", "## 建立自己的时间银行", "`kill %1 %2`");
  expect(told.map(code)).toEqual(steps.map(code));
});
