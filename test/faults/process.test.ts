import { spawn } from "node:child_process";
import { copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Actor } from "../../src/domain/permissions/actors";
import { type Answer, client, remembered, settingsOf } from "../support/api";
import { at, openBank, type TestBank } from "../support/bank";
import { environment, goodhours, type Served, serving } from "../support/process";

/** A bank on a file, served by a process that a test may end in any way. */
let bank: TestBank;
let served: Served;
let token: (actor: Actor) => Promise<string>;
beforeEach(async () => {
  bank = await openBank();
  token = remembered(bank);
  for (let i = 0; i < 20; i++) await bank.volunteer(`V-${i}`);
});
afterEach(async () => {
  await served?.kill();
  await bank.close();
});

const volunteers = 20;
const log = (url: string, actor: Actor, i: number, content = "聊天"): Promise<Answer> =>
  client(url, token).send(actor, "station-hours.graphql", "LogServiceHours", {
    input: {
      idempotencyKey: `log-${i}`,
      organizationId: bank.station.id,
      entries: [
        {
          externalRef: `ref-${i}`,
          volunteerNo: `V-${i % volunteers}`,
          serviceType: "COMPANION_TALK",
          startedAt: new Date(at("2026-09-18", "00:00") + Math.floor(i / volunteers) * 3_600_000).toISOString(),
          endedAt: new Date(at("2026-09-18", "00:45") + Math.floor(i / volunteers) * 3_600_000).toISOString(),
          content,
          activityLead: "负责人",
        },
      ],
    },
  });

test.each([1, 40, 137])(
  "kill -9 after %i answers loses no acknowledged command and leaves no half of one",
  async (killAfter) => {
    const commands = 240;
    served = await serving(settingsOf(bank));
    const answered = new Map<number, string>();
    let next = 0;
    const clients = Array.from({ length: 16 }, async () => {
      for (let i = next++; i < commands; i = next++) {
        const answer = await log(served.url, bank.worker, i).catch(() => null);
        if (answer === null) return;
        answered.set(i, answer.data.logServiceHours.results[0].serviceRecord.id);
        if (answered.size === killAfter) served.child.kill("SIGKILL");
      }
    });
    await Promise.all(clients);
    await served.kill();
    expect(answered.size).toBeGreaterThanOrEqual(killAfter);
    expect(answered.size).toBeLessThan(commands);

    served = await serving(settingsOf(bank));
    for (let i = 0; i < Math.min(commands, next); i++) {
      const { data } = await log(served.url, bank.worker, i);
      const payload = data.logServiceHours;
      // What was answered is known by its key; what was not is done now, or was done and is told now.
      if (answered.has(i))
        expect([payload.replayed, payload.results[0].serviceRecord.id]).toEqual([true, answered.get(i)]);
      expect(payload.results[0].userErrors).toEqual([]);
    }
    const refs = [];
    for await (const record of bank.store.view.scan("serviceRecords")) refs.push(record.externalRef);
    expect(new Set(refs).size).toBe(refs.length);
    expect(refs).toHaveLength(Math.min(commands, next));
    expect(await served.stop()).toBe(0);
    expect(await goodhours(settingsOf(bank), "audit")).toMatchObject({ code: 0 });
  },
);

test("a full disk is no damage: nobody restores older keys because of it", async () => {
  const main = [process.execPath, join(__dirname, "../../dist/src/main.js")];
  // No room for the index of a write-ahead log, which SQLite makes when it opens a file.
  const copy = `${bank.ground.where}.copy`;
  for (const end of ["", ".keys"]) copyFileSync(`${bank.ground.where}${end}`, `${copy}${end}`);
  const child = spawn("bash", ["-c", 'ulimit -f 16; exec "$@"', "bash", ...main, "audit"], {
    env: environment({ ...settingsOf(bank), DATABASE_URL: `file:${copy}` }),
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (some: string) => {
    said += some;
  });
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(78);
  expect(said).toMatch(/^goodhours: \S+\.keys cannot be opened: database has no room: .*\(SQLITE_IOERR_SHMSIZE\)\n$/);
});

test("a full disk: a coded, retryable error, questions still answered, and the same command done when there is room", async () => {
  const size = Math.ceil(statSync(bank.ground.where).size / 1024);
  // Room for about a megabyte of new pages in the write-ahead log, then none.
  served = await serving({ ...settingsOf(bank), LOG_LEVEL: "error" }, { fileKilobytes: Math.max(size, 1024) });
  let said = "";
  served.child.stderr?.on("data", (some: string) => {
    said += some;
  });
  let failed: Answer | null = null;
  let i = 0;
  for (; i < 400 && failed === null; i++) {
    const answer = await log(served.url, bank.worker, i, "长".repeat(900));
    if (answer.errors) failed = answer;
  }
  i -= 1;
  expect(failed?.errors?.[0]?.extensions).toMatchObject({
    code: expect.stringMatching(/^(BUSY_RETRY|OUTCOME_UNKNOWN)$/),
  });
  expect((await fetch(`${served.url}/readyz`)).status).toBe(503);
  expect(said.split("\n").filter((line) => line.includes('"msg":"database'))).toEqual([
    expect.stringMatching(/"code":"SQLITE_(FULL|IOERR)/),
  ]);
  const head = await bank.store.view.head();
  const volunteer = (await bank.store.view.volunteerByNo("V-1")) ?? (await bank.volunteer("V-none"));
  const wallet = await client(served.url, token).send(await bank.actorOf(volunteer), "wallet.graphql", "Wallet", {});
  expect(wallet.errors).toBeUndefined();
  await served.kill();

  served = await serving(settingsOf(bank));
  expect(await bank.store.view.head()).toEqual(head);
  const again = await log(served.url, bank.worker, i, "长".repeat(900));
  expect(again.data.logServiceHours).toMatchObject({ accepted: 1, replayed: false });
  expect(await served.stop()).toBe(0);
  expect(await goodhours(settingsOf(bank), "audit")).toMatchObject({ code: 0 });
});
