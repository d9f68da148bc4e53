import fc from "fast-check";
import type { Transfer, TransferPhase } from "../../src/domain/facts/ledger";
import { Refusal } from "../../src/domain/kit/refusal";
import { Books } from "../../src/domain/ledger/books";
import type { NewTransfer } from "../../src/domain/ledger/transfers";
import type { Store } from "../../src/storage/store";
import { everyEngine, type Ground, origin } from "../support/engines";
import { runsOf, seed, walkTimeout } from "../support/model";
import { expectSame } from "../support/same";

const runs = { sqlite: runsOf({ few: 150, many: 2000 }), postgres: runsOf({ few: 50, many: 400 }) };
const steps = 50;
const now = Date.parse("2026-09-20T09:00:00+08:00");

/** A step in the abstract: which accounts, holds or transfers is settled when it is taken, from what is there then. */
const command = fc.record({
  phase: fc.constantFrom<TransferPhase>(
    "POSTED",
    "POSTED",
    "HELD",
    "HELD",
    "SETTLED",
    "RELEASED",
    "EXPIRED",
    "REVERSAL",
  ),
  rounding: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  debit: fc.nat(5),
  credit: fc.nat(5),
  of: fc.nat(1000),
  minutes: fc.integer({ min: 1, max: 120 }),
  /** One in ten is spoilt, so that the guards are met as well as the rules. */
  spoilt: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  day: fc.integer({ min: 1, max: 28 }),
});
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

describe.each(everyEngine)("the ledger on $name does what the books do", (engine) => {
  let ground: Ground;
  let store: Store;
  beforeAll(async () => {
    ground = await engine.ground();
    store = await ground.open(() => now);
    await store.write((tx) => tx.append("system", { type: "BANK_OPENED", origin, unit: "MINUTE" }));
  });
  afterAll(async () => {
    await store.close();
    await ground.remove();
  });

  test(
    `over many runs of ${steps} steps`,
    async () => {
      let run = 0;
      const met = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(fc.array(command, { minLength: steps, maxLength: steps }), async (commands) => {
          run += 1;
          await oneRun(store, `r${run}`, commands, met);
        }),
        { seed, numRuns: runs[engine.kind], endOnFailure: false },
      );
      // A model that never disagrees with itself proves little unless each answer was met.
      for (const code of [
        "POSTED",
        "INSUFFICIENT_CREDIT",
        "BALANCE_CAP",
        "UNIT_MISMATCH",
        "HOLD_ENDED",
        "EXCEEDS_HOLD",
        "ALREADY_REVERSED",
        "NOT_REVERSIBLE",
      ])
        expect([code, met.get(code) ?? 0]).toEqual([code, expect.any(Number)]);
      expect([...met.keys()].sort()).toEqual([
        "ALREADY_REVERSED",
        "BALANCE_CAP",
        "EXCEEDS_HOLD",
        "HOLD_ENDED",
        "INSUFFICIENT_CREDIT",
        "NOT_REVERSIBLE",
        "POSTED",
        "UNIT_MISMATCH",
      ]);
    },
    walkTimeout,
  );
});

async function oneRun(store: Store, run: string, commands: Command[], met: Map<string, number>): Promise<void> {
  const books = new Books();
  const done: Transfer[] = [];
  const ids = await store.write(async (tx) => {
    const opened: string[] = [];
    for (const [i, [kind, floor, ceiling, unit]] of (
      [
        ["ISSUANCE", null, null, "MINUTE"],
        ["VOLUNTEER", 0, 400, "MINUTE"],
        ["VOLUNTEER", 0, 150, "MINUTE"],
        ["GROUP", 0, null, "MINUTE"],
        ["PUBLIC_POOL", 0, null, "MINUTE"],
        ["HOUSEHOLD", 0, null, "VILLAGE_POINT"],
      ] as const
    ).entries()) {
      const terms = { id: `${run}-${i}`, kind, unit, owner: `${run}-${i}`, floor, ceiling };
      books.open(terms, await tx.append("system", { type: "ACCOUNT_OPENED", ...terms }));
      opened.push(terms.id);
    }
    return opened;
  });
  await Promise.all(
    commands.map(async (given) => {
      let expected: string | undefined;
      const answer = await store
        .write(async (tx) => {
          const transfer = transferOf(given, ids, done);
          expected = books.refusalOf(transfer) ?? "POSTED";
          const posted = await tx.post("system", transfer);
          expectSame(expected, "POSTED");
          done.push(posted);
          const lines = books.enter(posted);
          // The touched accounts, as the database shows them inside the same transaction.
          const shown = await tx.accounts(lines.map((line) => line.account));
          for (const line of lines) {
            expectSame(shown.get(line.account), books.accounts.get(line.account));
            expectSame(await tx.entryAtSeq(line.account, posted.seq), line);
          }
          return "POSTED";
        })
        .catch((error: unknown) => {
          if (error instanceof Refusal) return error.code;
          throw error;
        });
      expectSame(answer, expected);
      met.set(answer, (met.get(answer) ?? 0) + 1);
    }),
  );
  books.check();
  const shown = await store.view.accounts(ids);
  for (const id of ids) {
    expect(shown.get(id)).toEqual(books.accounts.get(id));
    const last = await store.view.lastEntry(id, Number.MAX_SAFE_INTEGER);
    expect(last?.version ?? 0).toBe(books.accounts.get(id)?.version);
  }
}

function transferOf(given: Command, ids: string[], done: Transfer[]): NewTransfer {
  const { phase, minutes } = given;
  const effectiveOn = `2026-09-${String(given.day).padStart(2, "0")}`;
  const plain = {
    holdSeq: null,
    reversesSeq: null,
    expiresAt: null,
    recordId: null,
    policyIds: [],
    effectiveOn,
    minutes,
  };
  const pick = (wanted: TransferPhase) => {
    const some = done.filter((transfer) => transfer.phase === wanted);
    return some[given.of % Math.max(1, some.length)];
  };
  const held = pick("HELD");
  const original = given.spoilt ? done[given.of % Math.max(1, done.length)] : pick("POSTED");
  if (phase === "REVERSAL" && original)
    return {
      ...plain,
      debit: original.credit,
      credit: original.debit,
      minutes: original.minutes,
      phase,
      kind: "REVERSAL",
      reversesSeq: original.seq,
    };
  if ((phase === "SETTLED" || phase === "RELEASED" || phase === "EXPIRED") && held)
    return {
      ...plain,
      debit: held.debit,
      credit: held.credit,
      minutes: given.spoilt ? held.minutes + 1 : phase === "SETTLED" ? Math.min(minutes, held.minutes) : held.minutes,
      phase,
      kind: phase === "SETTLED" ? "SETTLE" : "RELEASE",
      holdSeq: held.seq,
    };
  const debit = given.debit;
  const credit = given.credit === debit ? (debit + 1) % ids.length : given.credit;
  const rounding = given.rounding && phase === "POSTED" && (debit === 0 || credit === 0);
  const ends = { debit: ids[debit] as string, credit: ids[credit] as string };
  return phase === "HELD"
    ? { ...plain, ...ends, phase, kind: "HOLD" }
    : { ...plain, ...ends, phase: "POSTED", kind: rounding ? "ROUNDING" : "GIFT" };
}
