import { spawn } from "node:child_process";
import { join } from "node:path";
import { settingsOf } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { environment, serving } from "../support/process";

/** `export … | head` ended with a stack trace, and a server whose log nobody read any more wrote on for ever when it ended. */
let bank: TestBank;
beforeAll(async () => {
  bank = await openBank();
  const { id } = await bank.volunteer("V-1");
  await bank.confirm(bank.supervisor, (await bank.log("V-1", "2026-09-18", "09:00", "11:00")).id);
  expect(id).toBeDefined();
});
afterAll(() => bank.close());

const main = join(__dirname, "../../dist/src/main.js");

/** Runs a command whose reader is gone before the first word. */
function unread(...given: string[]): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...given], { env: environment(settingsOf(bank)) });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (some: string) => {
      stderr += some;
    });
    child.once("close", (code) => resolve({ code, stderr }));
  });
}

test.each([
  [["export", "journal"]],
  [["export", "records", "--organization", "fengqiao-station"]],
  [["export", "statement", "--volunteer-no", "V-1"]],
  [["grant", "list"]],
  [["audit"]],
  [["audit", "--json"]],
  [["schema"]],
  [["migrate", "--json"]],
])("%j whose reader is gone says nothing and ends with 141", async (given) => {
  expect(await unread(...given)).toEqual({ code: 141, stderr: "" });
});

test("a command does its work though nobody reads the answer", async () => {
  const before = (await bank.store.view.head()).seq;
  expect(await unread("grant", "add", "--role", "officer", "--name", "首任")).toEqual({ code: 141, stderr: "" });
  expect((await bank.store.view.head()).seq).toBeGreaterThan(before);
});

test("a refusal keeps its own exit code", async () => {
  expect(await unread("export", "records", "--organization", "nowhere")).toEqual({
    code: 1,
    stderr: "goodhours: no organisation nowhere\n",
  });
});

test("a server serves on when the reader of its log goes away, and still ends at a signal", async () => {
  const served = await serving({ ...settingsOf(bank), LOG_LEVEL: "debug" });
  const ended = new Promise((resolve) => served.child.once("exit", (code) => resolve(code)));
  try {
    served.child.stdout?.destroy();
    served.child.stderr?.destroy();
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(`${served.url}/readyz`)));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    served.child.kill("SIGTERM");
    expect(await ended).toBe(0);
  } finally {
    await served.kill();
  }
});
