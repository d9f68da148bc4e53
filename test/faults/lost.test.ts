import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { openBank, type TestBank } from "../support/bank";
import { everyEngine } from "../support/engines";

/** What is acknowledged is kept: a bank whose files are taken from under it acknowledges nothing more. */
describe.each(everyEngine)("on $name", (engine) => {
  let bank: TestBank;
  let suffered: string[];
  beforeEach(async () => {
    suffered = [];
    bank = await openBank(engine);
    bank.store.health.onNews(({ outage }) => suffered.push(outage.fault.suffering));
    await bank.volunteer("V-1");
  });
  afterEach(async () => {
    await bank.close().catch(() => undefined);
  });
  const head = async () => (await bank.store.view.head()).seq;

  test("a journal that is shorter than what was acknowledged halts the writer", async () => {
    const without = (table: string, work: string[]) =>
      engine.kind === "sqlite"
        ? [`DROP TRIGGER ${table}_no_delete`, ...work]
        : [`ALTER TABLE ${table} DISABLE TRIGGER USER`, ...work];
    await bank.ground.raw(
      ...without("journal", ["DELETE FROM journal WHERE seq >= (SELECT max(seq) - 3 FROM journal)"]),
    );
    const short = await head();
    await expect(bank.volunteer("V-2")).rejects.toMatchObject({ code: "INTEGRITY_HALT" });
    expect(bank.store.halted).toBe(true);
    expect(await head()).toBe(short);
  });

  if (engine.kind === "postgres") {
    test("a schema that was renamed acknowledges nothing", async () => {
      const before = await head();
      await bank.ground.raw("ALTER SCHEMA bank RENAME TO elsewhere");
      await expect(bank.volunteer("V-2")).rejects.toMatchObject({ code: "BUSY_RETRY" });
      expect(suffered).toEqual(["GONE"]);
      await bank.ground.raw("ALTER SCHEMA elsewhere RENAME TO bank");
      expect(await head()).toBe(before);
    });
    return;
  }

  const taken: [title: string, take: (path: string) => void][] = [
    ["the write-ahead log", (path) => rmSync(`${path}-wal`)],
    ["the log's index", (path) => rmSync(`${path}-shm`)],
    ["the file", (path) => renameSync(path, `${path}.old`)],
    ["the folder", (path) => renameSync(dirname(path), `${dirname(path)}.old`)],
    [
      "the folder for an empty one",
      (path) => {
        renameSync(dirname(path), `${dirname(path)}.old`);
        mkdirSync(dirname(path));
      },
    ],
  ];
  test.each(taken)("a bank that loses %s acknowledges nothing", async (_, take) => {
    const before = await head();
    take(bank.ground.where);
    await expect(bank.volunteer("V-2")).rejects.toMatchObject({ code: "BUSY_RETRY" });
    expect(suffered).toEqual(["GONE"]);
    expect(before).toBeGreaterThan(0);
    rmSync(`${dirname(bank.ground.where)}.old`, { recursive: true, force: true });
  });
});
