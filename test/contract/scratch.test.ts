import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { openScratch } from "../../src/storage/scratch";
import { ScratchFull } from "../../src/storage/store";

/** What a long reading puts aside: far more than stays in memory, and nothing that is left behind. */
describe("a scratch", () => {
  test("keeps what a map in memory keeps, in the order of the keys", () => {
    const scratch = openScratch();
    const keys = fc.stringMatching(/^[a-f]{1,3}( [0-9])?$/);
    const step = fc.oneof(
      fc.record({ act: fc.constant("set" as const), key: keys, value: fc.integer() }),
      fc.record({ act: fc.constant("delete" as const), key: keys }),
      fc.record({ act: fc.constant("get" as const), key: keys }),
      fc.record({ act: fc.constant("entries" as const), key: keys }),
    );
    let run = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const map = scratch.map<number>(`run ${++run}`);
        const model = new Map<string, number>();
        for (const one of steps) {
          if (one.act === "set") {
            map.set(one.key, one.value);
            model.set(one.key, one.value);
          } else if (one.act === "delete") {
            map.delete(one.key);
            model.delete(one.key);
          } else if (one.act === "get") {
            expect([map.get(one.key), map.has(one.key)]).toEqual([model.get(one.key), model.has(one.key)]);
          } else {
            const named = [...model].filter(([key]) => key.startsWith(one.key)).sort(([a], [b]) => (a < b ? -1 : 1));
            expect([...map.entries(one.key)]).toEqual(named);
          }
        }
        expect([...map.entries()]).toEqual([...model].sort(([a], [b]) => (a < b ? -1 : 1)));
      }),
      { numRuns: 50 },
    );
    scratch.close();
  });

  test("holds few of many lists in memory, however long they are", () => {
    setFlagsFromString("--expose-gc");
    const collected = (): number => {
      runInNewContext("gc")();
      return process.memoryUsage().heapUsed;
    };
    const scratch = openScratch();
    const lists = scratch.map<readonly { text: string }[]>("lists");
    const list = (n: number) => Array.from({ length: 32 }, (_, i) => ({ text: `${n} ${i} ${"x".repeat(100)}` }));
    const before = collected();
    for (let n = 0; n < 6_000; n += 1) lists.set(`list ${n}`, list(n));
    // All 6,000 of them are more than 30 MB.
    expect(collected() - before).toBeLessThan(8_000_000);
    for (const n of [0, 2_999, 5_999]) expect(lists.get(`list ${n}`)).toEqual(list(n));
    scratch.close();
  });

  // Values are put down sixteen by one statement, and those that are left over one by one.
  test.each([1, 15, 16, 17, 32, 40])("puts down %i values, with taken ones among them", (count) => {
    const scratch = openScratch();
    const map = scratch.numbered<string>("values");
    const numbers = Array.from({ length: count }, (_, n) => n);
    for (const n of numbers) {
      map.set(n, `first ${n}`);
      map.set(-1 - n, "taken");
    }
    map.settle();
    for (const n of numbers) {
      map.set(n, `second ${n}`);
      map.delete(-1 - n);
    }
    expect([...map.entries()]).toEqual(numbers.map((n) => [n, `second ${n}`]));
    scratch.close();
  });

  test("knows a value by its key right after it was looked for and not there", () => {
    const scratch = openScratch();
    const map = scratch.map<number>("values");
    expect([map.has("a"), map.get("a")]).toEqual([false, undefined]);
    map.set("a", 1);
    expect([map.has("b"), map.get("a"), map.has("a"), map.get("b")]).toEqual([false, 1, true, undefined]);
    map.delete("a");
    expect([map.get("a"), map.has("a")]).toEqual([undefined, false]);
    map.set("a", 2);
    expect([...map.entries()]).toEqual([["a", 2]]);
    scratch.close();
  });

  test("keeps more than stays in memory, and may be changed while it is read through", () => {
    const scratch = openScratch();
    const [many, other] = [scratch.map<{ n: number }>("many"), scratch.map<number>("other")];
    const keyOf = (n: number) => String(n).padStart(6, "0");
    for (let n = 0; n < 60_000; n += 1) many.set(keyOf(n), { n });
    let sum = 0;
    for (const [key, { n }] of many.entries()) {
      sum += n;
      if (n % 2 === 0) many.delete(key);
      else other.set(key, n);
    }
    expect(sum).toBe((60_000 * 59_999) / 2);
    expect([many.has(keyOf(0)), many.get(keyOf(1)), other.get(keyOf(59_999))]).toEqual([false, { n: 1 }, 59_999]);
    expect([...many.entries()]).toHaveLength(30_000);
    scratch.close();
  });

  test("keeps numbers in their order, below zero too", () => {
    const scratch = openScratch();
    const map = scratch.numbered<string>("numbers");
    const numbers = Array.from({ length: 20_000 }, (_, n) => ((n * 7919) % 20_000) - 100);
    for (const number of numbers) map.set(number, `= ${number}`);
    for (const number of numbers) if (number % 3 === 0) map.delete(number);
    const left = numbers.filter((number) => number % 3 !== 0).sort((a, b) => a - b);
    expect([...map.entries()]).toEqual(left.map((number) => [number, `= ${number}`]));
    expect([map.has(0), map.get(1), map.get(30_000)]).toEqual([false, "= 1", undefined]);
    scratch.close();
  });

  test("leaves no file where it puts its own, not even while it is open", () => {
    const folder = mkdtempSync(join(tmpdir(), "goodhours-scratch-"));
    const before = process.env.SQLITE_TMPDIR;
    process.env.SQLITE_TMPDIR = folder;
    try {
      const scratch = openScratch();
      const map = scratch.map<string>("long");
      for (let n = 0; n < 60_000; n += 1) map.set(String(n), "x".repeat(1000));
      expect(readdirSync(folder)).toEqual([]);
      scratch.close();
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.SQLITE_TMPDIR;
      else process.env.SQLITE_TMPDIR = before;
      rmSync(folder, { recursive: true });
    }
  });

  test("says where there is no room, and what to do", () => {
    const scratch = openScratch({ pagesMost: 100 });
    const map = scratch.map<string>("long");
    const fill = () => {
      for (let n = 0; n < 60_000; n += 1) map.set(String(n), "x".repeat(1000));
    };
    const told = (() => {
      try {
        fill();
        return null;
      } catch (error) {
        return error;
      }
    })();
    expect(told).toBeInstanceOf(ScratchFull);
    expect((told as ScratchFull).message).toMatch(
      /^a temporary file in .+ cannot be written \(SQLITE_FULL\): name a folder with more room in TMPDIR$/,
    );
    scratch.close();
  });
});
