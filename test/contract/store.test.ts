import type { Transfer } from "../../src/domain/facts/ledger";
import { BrokenInvariant } from "../../src/domain/kit/invariant";
import { Refusal } from "../../src/domain/kit/refusal";
import { decode, leafHash } from "../../src/domain/ledger/journal";
import { hold, type NewTransfer, posted, release, reverse, settle } from "../../src/domain/ledger/transfers";
import type { Store, Tx } from "../../src/storage/store";
import { asRefusal } from "../../src/storage/writer";
import { everyEngine, type Ground, origin } from "../support/engines";

const now = Date.parse("2026-09-20T09:00:00+08:00");
const clock = () => now;
const day = "2026-09-18";

/** What every adapter promises, on a real database each. */
describe.each(everyEngine)("a store on $name", (engine) => {
  let ground: Ground;
  let store: Store;
  beforeEach(async () => {
    ground = await engine.ground();
    store = await ground.open(clock);
    await store.write(async (tx) => {
      await tx.append("system", { type: "BANK_OPENED", origin, unit: "MINUTE" });
      await account(tx, "issuance", "ISSUANCE");
      await account(tx, "a", "VOLUNTEER", { floor: 0, ceiling: 1000 });
      await account(tx, "b", "VOLUNTEER", { floor: 0, ceiling: 100 });
    });
  });
  afterEach(async () => {
    await store.close();
    await ground.remove();
  });

  const account = (
    tx: Tx,
    id: string,
    kind: "ISSUANCE" | "VOLUNTEER" | "HOUSEHOLD",
    more: { floor?: number; ceiling?: number; unit?: "VILLAGE_POINT" } = {},
  ) =>
    tx.append("system", {
      type: "ACCOUNT_OPENED",
      id,
      kind,
      unit: more.unit ?? "MINUTE",
      owner: `owner-of-${id}`,
      floor: more.floor ?? (kind === "ISSUANCE" ? null : 0),
      ceiling: more.ceiling ?? null,
    });
  const post = (transfer: NewTransfer) => store.write((tx) => tx.post("system", transfer));
  const give = (minutes: number, credit = "a", more: Partial<NewTransfer> = {}) =>
    posted({ debit: "issuance", credit, minutes, kind: "EARN", effectiveOn: day, ...more });
  const sums = async (id: string) => {
    const found = (await store.view.accounts([id])).get(id);
    return found && [found.debitsPosted, found.creditsPosted, found.debitsPending, found.creditsPending, found.version];
  };
  const seqs = async () => (await store.view.journalAfter(-1, 10_000)).map((row) => row.seq);

  describe("keeps the journal", () => {
    test("dense from 0, its clock strictly rising though the machine's stands still", async () => {
      for (let i = 0; i < 3; i++) await post(give(30));
      const rows = await store.view.journalAfter(-1, 100);
      expect(rows.map((row) => row.seq)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(rows.map((row) => row.recordedAt - now * 1000)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    });

    test("as the exact bytes, and their hash beside them", async () => {
      await post(give(30, "a", { recordId: "record_1", policyIds: ["policy_1", "政策"] }));
      const row = (await store.view.journalAfter(3, 1))[0];
      if (!row) throw new Error("no entry");
      expect(Buffer.isBuffer(row.body) && Buffer.isBuffer(row.leaf)).toBe(true);
      expect(leafHash(row.body).equals(row.leaf)).toBe(true);
      expect(decode(row.body)).toMatchObject({
        seq: 4,
        at: now,
        actor: "system",
        fact: { type: "TRANSFER", minutes: 30, policyIds: ["policy_1", "政策"] },
      });
      expect(row).toMatchObject({ kind: "TRANSFER" });
      expect((await store.view.transfers([4])).get(4)).toMatchObject({
        policyIds: ["policy_1", "政策"],
        holdSeq: null,
      });
    });
  });

  describe("writes in groups", () => {
    test("a refused work takes nothing of the others with it", async () => {
      const outcomes = await Promise.allSettled([
        post(give(30)),
        post(posted({ debit: "a", credit: "b", minutes: 31, kind: "GIFT", effectiveOn: day })),
        post(give(30, "b")),
      ]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect((outcomes[1] as PromiseRejectedResult).reason).toMatchObject({ code: "INSUFFICIENT_CREDIT" });
      expect(await seqs()).toEqual([0, 1, 2, 3, 4, 5]);
      expect([await sums("a"), await sums("b")]).toEqual([
        [0, 30, 0, 0, 1],
        [0, 30, 0, 0, 1],
      ]);
    });

    test("300 changes at once are all heard, in order, and none is lost or doubled", async () => {
      const answers = await Promise.all(Array.from({ length: 300 }, () => post(give(1))));
      expect(answers.map((answer) => answer.seq)).toEqual(Array.from({ length: 300 }, (_, i) => i + 4));
      expect(await sums("a")).toEqual([0, 300, 0, 0, 300]);
    });

    test("a work that throws leaves nothing behind, whatever it threw", async () => {
      const before = await seqs();
      const failing = store.write(async (tx) => {
        await tx.post("system", give(30));
        throw new TypeError("a fault of ours");
      });
      await expect(failing).rejects.toThrow(TypeError);
      expect(await seqs()).toEqual(before);
      expect((await post(give(30))).seq).toBe(before.length);
    });

    test("a rehearsal tells what would be, and keeps nothing", async () => {
      const told = await store.rehearse(async (tx) => {
        await tx.post("system", give(30));
        return (await tx.accounts(["a"])).get("a")?.creditsPosted;
      });
      expect([told, await sums("a"), (await store.view.head()).seq]).toEqual([30, [0, 0, 0, 0, 0], 3]);
      expect((await post(give(30))).seq).toBe(4);
    });

    test("a broken invariant stops the writer for good", async () => {
      const broken = store.write(async () => {
        throw new BrokenInvariant("2 + 2 = 4");
      });
      await expect(broken).rejects.toMatchObject({ code: "INTEGRITY_HALT" });
      await expect(post(give(30))).rejects.toMatchObject({ code: "INTEGRITY_HALT" });
      expect((await store.view.head()).seq).toBe(3);
    });
  });

  describe("shares the bank with other processes", () => {
    let other: Store;
    beforeEach(async () => {
      other = await ground.open(clock);
    });
    afterEach(() => other.close());

    test("two writers take turns: no number is given twice, no sum is lost", async () => {
      const both = [store, other].flatMap((one) =>
        Array.from({ length: 60 }, () => one.write((tx) => tx.post("system", give(1)))),
      );
      const given = (await Promise.all(both)).map((transfer) => transfer.seq).sort((a, b) => a - b);
      expect(given).toEqual(Array.from({ length: 120 }, (_, i) => i + 4));
      expect(await sums("a")).toEqual([0, 120, 0, 0, 120]);
    });

    test("questions asked of a snapshot at once are answered one after the other", async () => {
      const ids = ["a", "b", "issuance"];
      await store.snapshot(async (view) => {
        const answers = await Promise.all(ids.map((id) => view.accounts([id])));
        expect(answers.map((accounts) => [...accounts.keys()])).toEqual(ids.map((id) => [id]));
      });
    });

    test("a snapshot stays at its moment while the bank goes on", async () => {
      await store.snapshot(async (view) => {
        const before = await view.head();
        await post(give(30));
        expect(await view.head()).toEqual(before);
        expect((await view.accounts(["a"])).get("a")?.creditsPosted).toBe(0);
      });
      expect((await store.view.head()).seq).toBe(4);
    });

    test("a request that begins in the turn of another sees what was written in between, by whichever process", async () => {
      const begun = async () => {
        await store.refresh();
        return sums("a");
      };
      expect(await begun()).toEqual([0, 0, 0, 0, 0]);
      await other.write((tx) => tx.post("system", give(30)));
      expect(await begun()).toEqual([0, 30, 0, 0, 1]);
      await post(give(5));
      expect(await begun()).toEqual([0, 35, 0, 0, 2]);
    });

    test("a session that was ended, by whichever process, is ended for the next request", async () => {
      const ended = async (...sessions: string[]) => {
        await store.refresh();
        // Asked twice: what is remembered answers the second time.
        await store.view.endedAmong(sessions);
        return [...(await store.view.endedAmong(sessions))].sort();
      };
      const end = (by: Store, session: string) => by.write((tx) => tx.endSession(session, clock() + 60_000));
      expect(await ended("s", "t")).toEqual([]);
      await end(other, "s");
      expect(await ended("s", "t")).toEqual(["s"]);
      await end(store, "t");
      expect(await ended("s", "t")).toEqual(["s", "t"]);
      // What is written and taken back ends none.
      await expect(
        store.write(async (tx) => {
          await tx.endSession("u", clock() + 60_000);
          expect([...(await store.view.endedAmong(["u"]))]).toEqual([]);
          throw new Error("taken back");
        }),
      ).rejects.toThrow();
      expect(await ended("u")).toEqual([]);
    });

    test("a follower hears the other's commits", async () => {
      const heard = new Promise<number>((resolve) => {
        const stop = store.follow((seq) => {
          if (seq < 4) return;
          stop();
          resolve(seq);
        });
      });
      await other.write((tx) => tx.post("system", give(30)));
      expect(await heard).toBe(4);
    });
  });

  describe("moves balances by transfers alone", () => {
    test("posted, held, settled in part, released, reversed: sums and lines follow", async () => {
      const earned = await post(give(100));
      const first = await post(hold({ debit: "a", credit: "b", minutes: 60, effectiveOn: day }));
      expect([await sums("a"), await sums("b")]).toEqual([
        [0, 100, 60, 0, 2],
        [0, 0, 0, 60, 1],
      ]);
      await post(settle(first, 45));
      await post(release(await post(hold({ debit: "a", credit: "b", minutes: 50, effectiveOn: day }))));
      await post(reverse(earned));
      // Only a reversal may leave an account owing.
      expect([await sums("a"), await sums("b")]).toEqual([
        [145, 100, 0, 0, 6],
        [0, 45, 0, 0, 4],
      ]);
      const lines = await store.view.entriesRecorded("a", { fromSeq: 0, toSeq: 99 }, { first: 100, afterSeq: null });
      expect(lines.map((line) => [line.minutes, line.held, line.postedAfter, line.heldAfter])).toEqual([
        [100, 0, 100, 0],
        [0, 60, 100, 60],
        [-45, -60, 55, 0],
        [0, 50, 55, 50],
        [0, -50, 55, 0],
        [-100, 0, -45, 0],
      ]);
    });

    const held = async () => {
      await post(give(100));
      return post(hold({ debit: "a", credit: "b", minutes: 60, effectiveOn: day }));
    };
    test.each<[string, () => Promise<NewTransfer>]>([
      [
        "INSUFFICIENT_CREDIT",
        async () => posted({ debit: "a", credit: "b", minutes: 1, kind: "GIFT", effectiveOn: day }),
      ],
      ["INSUFFICIENT_CREDIT", async () => ({ ...(await held()), minutes: 41, kind: "HOLD" })],
      ["BALANCE_CAP", async () => give(101, "b")],
      [
        "BALANCE_CAP",
        async () => {
          await held();
          return give(41, "b");
        },
      ],
      ["UNIT_MISMATCH", async () => give(1, "points")],
      ["EXCEEDS_HOLD", async () => ({ ...settle(await held(), 60), minutes: 61 })],
      ["EXCEEDS_HOLD", async () => ({ ...release(await held()), minutes: 59 })],
      ["EXCEEDS_HOLD", async () => ({ ...release(await held()), credit: "issuance" })],
      [
        "HOLD_ENDED",
        async () => {
          const one = await held();
          await post(settle(one, 1));
          return release(one);
        },
      ],
      [
        "ALREADY_REVERSED",
        async () => {
          const one = await post(give(10));
          await post(reverse(one));
          return reverse(one);
        },
      ],
      ["NOT_REVERSIBLE", async () => ({ ...reverse(await post(give(10))), minutes: 9 })],
      [
        "NOT_REVERSIBLE",
        async () => {
          const mirrored = await post(reverse(await post(give(10))));
          return { ...reverse({ ...mirrored, phase: "POSTED" } as Transfer) };
        },
      ],
    ])("the database itself refuses with %s", async (code, make) => {
      await store.write((tx) => account(tx, "points", "HOUSEHOLD", { unit: "VILLAGE_POINT" }));
      const transfer = await make();
      const before = [await seqs(), await sums("a"), await sums("b")];
      const refused = await post(transfer).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(Refusal);
      expect(refused).toMatchObject({ code });
      expect([await seqs(), await sums("a"), await sums("b")]).toEqual(before);
    });
  });

  describe("gives back what was put in", () => {
    test("text sorts by its bytes, pages meet without gap", async () => {
      const names = ["枫桥", "Ab", "aB", "安华", "_x", "Zz", "é", "a b"];
      await store.write(async (tx) => {
        for (const [i, name] of names.entries())
          await tx.append("system", {
            type: "ORGANIZATION_STEP",
            id: `organization_${i}`,
            slug: `slug-${i}`,
            name,
            kind: "VOLUNTEER_TEAM",
            uscc: null,
            filingStatus: "FILED",
            divisionCode: "fengqiao",
            state: "ACTIVE",
            version: 1,
          });
      });
      const found: string[] = [];
      for (let after: string[] | null = null; ; ) {
        const page = await store.view.organizationList({}, { first: 3, after });
        found.push(...page.map((row) => row.name));
        const last = page.at(-1);
        if (!last) break;
        after = [last.name, last.id];
      }
      expect(found).toEqual([...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      expect(await store.view.organizationCount({ text: "AB" })).toBe(2);
    });

    test("bytes, flags, lists, nulls and JSON look the same", async () => {
      const ciphertext = Buffer.from([0, 255, 1, 128]);
      await store.write(async (tx) => {
        tx.seal({ id: "sealed_1", personId: "person_1", salt: Buffer.from([7]), ciphertext }, Buffer.alloc(32, 1));
        await tx.saveCommand("person_1", "key", {
          requestHash: "h",
          outcome: { done: { list: [1, null, "善时"], none: null } },
        });
        await tx.append("system", {
          type: "POLICY_SET",
          id: "policy_1",
          key: "k",
          value: [1, { a: null }],
          effectiveFrom: day,
          citation: "c",
          status: "OURS",
        });
        await tx.append("system", {
          type: "VOLUNTEER_STEP",
          id: "volunteer_1",
          personId: "person_1",
          volunteerNo: "V-1",
          divisionCode: "fengqiao",
          state: "ACTIVE",
          accountId: "a",
          group: true,
          overflow: "DONATE",
          registeredOn: day,
          vouchedBy: null,
          profileId: "sealed_1",
          version: 1,
          reasonId: null,
        });
      });
      const sealed = (await store.view.sealed(["sealed_1"])).get("sealed_1");
      expect(sealed?.ciphertext.equals(ciphertext)).toBe(true);
      expect(await store.view.command("person_1", "key")).toMatchObject({
        outcome: { done: { list: [1, null, "善时"], none: null } },
      });
      expect((await store.view.policies())[0]?.value).toEqual([1, { a: null }]);
      expect(await store.view.volunteerByNo("V-1")).toMatchObject({ group: true, vouchedBy: null });
    });

    test("a wrapped key is kept once and found again", async () => {
      await store.keys.add("person_1", Buffer.from([1, 2, 3]));
      // Not toThrow(): a native driver's error may belong to another realm.
      await expect(store.keys.add("person_1", Buffer.from([4]))).rejects.toHaveProperty("code");
      expect([...(await store.keys.wrapped(["person_1", "person_2"]))]).toEqual([["person_1", Buffer.from([1, 2, 3])]]);
    });

    test("a scan goes through more rows than it reads at a time", async () => {
      await Promise.all(Array.from({ length: 1100 }, () => post(give(1, "a"))).map((p) => p.catch(() => undefined)));
      const found: unknown[] = [];
      for await (const row of store.view.scan("entries")) found.push(`${row.account} ${row.version}`);
      expect(found).toHaveLength(2000);
      expect(new Set(found).size).toBe(2000);
    });
  });

  test("a text with a NUL finds nothing or is refused, and never breaks a question or the batch", async () => {
    const asked = await store
      .read(async (view) => (await view.accounts(["a\0"])).size)
      .catch((error: unknown) => asRefusal(error));
    expect([0, expect.objectContaining({ code: "INVALID_INPUT" })]).toContainEqual(asked);
    const spoilt = store.write((tx) => tx.command("somebody", "key\0"));
    const beside = post(give(60));
    await spoilt.catch((error: unknown) => expect(error).toMatchObject({ code: "INVALID_INPUT" }));
    await beside;
    expect(await sums("a")).toEqual([0, 60, 0, 0, 1]);
  });

  test("a key that is taken away is gone", async () => {
    await store.keys.add("person_1", Buffer.from("wrapped"));
    expect(await store.keys.wrapped(["person_1"])).toEqual(new Map([["person_1", Buffer.from("wrapped")]]));
    await store.keys.remove("person_1");
    expect((await store.keys.wrapped(["person_1"])).size).toBe(0);
  });
});
