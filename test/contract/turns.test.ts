import type { Health } from "../../src/storage/health";
import { Pause } from "../../src/storage/pause";
import type { Tx } from "../../src/storage/store";
import { type Line, Writer } from "../../src/storage/writer";

/** A line on which nothing waits, as SQLite's. */
function openWriter(more: Partial<Line> = {}) {
  const commits: number[] = [];
  let works = 0;
  const nothing = async () => undefined;
  const line: Line = {
    begin: async () => {
      works = 0;
      return {} as Tx;
    },
    commit: async () => void commits.push(works),
    rollback: nothing,
    flush: async () => {
      works += 1;
    },
    savepoint: nothing,
    release: nothing,
    rollbackTo: nothing,
    isFatal: () => false,
    ...more,
  };
  const health = { worked: () => undefined, failed: () => undefined } as unknown as Health;
  return {
    writer: new Writer(
      line,
      () => 0,
      health,
      () => undefined,
    ),
    commits,
  };
}

function busy(milliseconds: number): void {
  const endsAt = performance.now() + milliseconds;
  while (performance.now() < endsAt);
}

describe("the writer's turns", () => {
  test("works that take long are several commits, in their order, and others are heard in between", async () => {
    const { writer, commits } = openWriter();
    const done: number[] = [];
    let heard = 0;
    let listening = true;
    const listen = () => {
      heard += 1;
      if (listening) setImmediate(listen);
    };
    setImmediate(listen);
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        writer.write(async () => {
          busy(10);
          done.push(i);
        }),
      ),
    );
    listening = false;
    expect(done).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(commits.reduce((sum, works) => sum + works, 0)).toBe(12);
    expect(commits.length).toBeGreaterThanOrEqual(4);
    expect(heard).toBeGreaterThanOrEqual(commits.length - 1);
  });

  test("a work that takes long by itself is one commit", async () => {
    const { writer, commits } = openWriter();
    await Promise.all([writer.write(async () => busy(40)), writer.write(async () => undefined)]);
    expect(commits).toEqual([1, 1]);
  });

  /** As SQLite's line, which can tell that a work waited: its works hold the thread. */
  const holding = { watch: () => () => false };

  test("after a batch that held the thread, those who wait have as much of it before the next batch begins", async () => {
    const { writer } = openWriter(holding);
    await writer.write(async () => busy(100));
    let heard = 0;
    let listening = true;
    const listen = () => {
      heard += 1;
      busy(5);
      if (listening) setImmediate(listen);
    };
    setImmediate(listen);
    await writer.write(async () => {
      listening = false;
    });
    // A hundred milliseconds of such turns are twenty, and on a busy machine fewer.
    expect(heard).toBeGreaterThanOrEqual(3);
  });

  test("where nobody waits the next batch begins at once", async () => {
    const pause = new Pause();
    pause.earn(60_000);
    const startedAt = performance.now();
    await pause.take();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
