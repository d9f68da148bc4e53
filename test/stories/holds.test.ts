import { hold, posted } from "../../src/domain/ledger/transfers";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

test.each(engines)("on $name an expired hold is released once, from its own instant on", async (engine) => {
  const bank: TestBank = await openBank(engine);
  try {
    const volunteer = await bank.volunteer("V-1");
    const pool = await bank.store.view.bankAccount("PUBLIC_POOL");
    const issuance = await bank.store.view.bankAccount("ISSUANCE");
    const ends = { effectiveOn: "2026-09-20", credit: volunteer.accountId };
    await bank.store.write(async (tx) => {
      await tx.post("system", posted({ ...ends, debit: issuance?.id ?? "", minutes: 120, kind: "EARN" }));
      const held = { debit: volunteer.accountId, credit: pool?.id ?? "", effectiveOn: "2026-09-20" };
      await tx.post("system", hold({ ...held, minutes: 60, expiresAt: Date.parse("2026-09-21T00:00:00+08:00") }));
      await tx.post("system", hold({ ...held, minutes: 30 }));
    });
    expect(await bank.services.ledger.expireHolds()).toBe(0);
    expect(await bank.credited("V-1")).toMatchObject({ posted: 120, held: 90, available: 30 });
    bank.setClock("2026-09-21T00:00:00+08:00");
    expect(await bank.services.ledger.expireHolds()).toBe(1);
    expect(await bank.services.ledger.expireHolds()).toBe(0);
    // The hold without an end stays; what the other set aside is free again, under the day it was placed.
    expect(await bank.credited("V-1")).toMatchObject({ posted: 120, held: 30, available: 90 });
    expect((await bank.postings()).split("\n").at(-1)).toBe("| 2026-09-20 | RELEASE | V-1 | PUBLIC_POOL | 60 |");
  } finally {
    await bank.close();
  }
});
