import { posted } from "../../src/domain/ledger/transfers";
import { Unavailable } from "../../src/storage/writer";
import { everyEngine, origin } from "../support/engines";

const engine = everyEngine.find((one) => one.kind === "postgres");
if (!engine) throw new Error("no PostgreSQL");

test("a cut connection fails what ran with a retryable code, and the bank goes on by itself", async () => {
  const ground = await engine.ground();
  const store = await ground.open(() => Date.parse("2026-09-20T09:00:00+08:00"));
  try {
    await store.write(async (tx) => {
      await tx.append("system", { type: "BANK_OPENED", origin, unit: "MINUTE" });
      const plain = { unit: "MINUTE", ceiling: null } as const;
      await tx.append("system", {
        type: "ACCOUNT_OPENED",
        id: "i",
        kind: "ISSUANCE",
        owner: null,
        floor: null,
        ...plain,
      });
      await tx.append("system", { type: "ACCOUNT_OPENED", id: "a", kind: "VOLUNTEER", owner: "v", floor: 0, ...plain });
    });
    const post = () =>
      store.write((tx) =>
        tx.post("system", posted({ debit: "i", credit: "a", minutes: 1, kind: "EARN", effectiveOn: "2026-09-18" })),
      );
    const kept: number[] = [];
    for (let round = 0; round < 5; round++) {
      const writes = Array.from({ length: 40 }, post);
      await ground.raw(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'goodhours ' || current_schema() AND datname = current_database() AND pid <> pg_backend_pid()`,
      );
      for (const outcome of await Promise.allSettled(writes))
        if (outcome.status === "fulfilled") kept.push(outcome.value.seq);
        else {
          expect(outcome.reason).toBeInstanceOf(Unavailable);
          expect(outcome.reason.code).toMatch(/^(BUSY_RETRY|OUTCOME_UNKNOWN)$/);
        }
      // A question that meets a dead connection of the pool is asked again on another.
      await store.view.head();
      let after = await post().catch(() => null);
      after ??= await post();
      kept.push(after.seq);
    }
    const seqs = (await store.view.journalAfter(2, 10_000)).map((row) => row.seq);
    expect(seqs).toEqual(expect.arrayContaining(kept));
    expect(new Set(kept).size).toBe(kept.length);
    expect((await store.view.accounts(["a"])).get("a")?.creditsPosted).toBe(seqs.length);
  } finally {
    await store.close();
    await ground.remove();
  }
});
