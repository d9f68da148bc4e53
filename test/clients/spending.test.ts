import type { AccountKind } from "../../src/domain/facts/ledger";
import { hold, posted } from "../../src/domain/ledger/transfers";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

/** What the spending clients ask of the ledger, sent as they send it. */
describe.each(engines)("the ledger's public accounts on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
  });
  afterEach(async () => {
    await api.close();
    await bank.close();
  });

  const idOf = async (kind: AccountKind) => (await bank.store.view.bankAccount(kind))?.id ?? "";
  const day = { effectiveOn: "2026-09-18" };
  const pools = async () => (await api.send(null, "spending.graphql", "Pools", {})).data.ledger;
  const list = (args: string) =>
    api.post(null, { query: `{ ledger { accounts(${args}) { totalCount edges { node { id kind } } } } }` });

  test("anybody sees the pools and what stands behind the claims", async () => {
    expect((await pools()).reserveCoverage).toEqual({ claimsMinutes: 0, fundedMinutes: 0, ratio: null });
    const [mei, li] = [await bank.volunteer("V-1"), await bank.volunteer("V-2")];
    const [issuance, funding, redeemed] = [await idOf("ISSUANCE"), await idOf("GRANT_FUNDING"), await idOf("REDEEMED")];
    const [pool, grant] = [await idOf("PUBLIC_POOL"), await idOf("GOVERNMENT_GRANT")];
    await bank.store.write(async (tx) => {
      const put = posted({ ...day, debit: issuance, credit: mei.accountId, minutes: 240, kind: "EARN" });
      await tx.post("system", put);
      await tx.post("system", posted({ ...day, debit: issuance, credit: pool, minutes: 60, kind: "OVERFLOW" }));
      await tx.post("system", posted({ ...day, debit: funding, credit: grant, minutes: 90, kind: "FUND" }));
      // An account that owes lessens nobody else's claim.
      const { seq } = await tx.post("system", { ...put, credit: li.accountId, minutes: 30 });
      await tx.post("system", posted({ ...day, debit: li.accountId, credit: redeemed, minutes: 30, kind: "SETTLE" }));
      const earned = (await tx.transfers([seq])).get(seq);
      if (!earned) throw new Error("the transfer stands");
      await tx.post("system", {
        ...earned,
        debit: earned.credit,
        credit: earned.debit,
        phase: "REVERSAL",
        kind: "REVERSAL",
        reversesSeq: seq,
      });
      // What orders hold: of a claim it still counts, of a reserve it is promised.
      await tx.post("system", hold({ ...day, debit: mei.accountId, credit: redeemed, minutes: 120 }));
      await tx.post("system", hold({ ...day, debit: pool, credit: redeemed, minutes: 30 }));
    });
    const { accounts, reserveCoverage } = await pools();
    expect(accounts.edges.map(({ node }: { node: object }) => node)).toEqual(
      expect.arrayContaining([
        { id: pool, kind: "PUBLIC_POOL", label: "公共时间池", balance: { posted: 60, held: 30, available: 30 } },
        {
          id: grant,
          kind: "GOVERNMENT_GRANT",
          label: "政府专项时间",
          balance: { posted: 90, held: 0, available: 90 },
        },
      ]),
    );
    expect(accounts.edges).toHaveLength(2);
    expect(reserveCoverage).toEqual({ claimsMinutes: 240, fundedMinutes: 120, ratio: 0.5 });
  });

  test("no list shows the account of a person, whatever it asks for", async () => {
    const { accountId } = await bank.volunteer("V-1");
    const all = (await list("first: 100")).data.ledger.accounts;
    expect(all.edges.length).toBe(all.totalCount);
    expect(all.edges.map(({ node }: { node: { id: string } }) => node.id)).not.toContain(accountId);
    for (const filter of ["kind: [VOLUNTEER, RECIPIENT, GROUP, HOUSEHOLD]", "owing: true"])
      expect((await list(`first: 100, filter: { ${filter} }`)).data.ledger.accounts).toEqual({
        totalCount: 0,
        edges: [],
      });
    expect((await list("first: 100, filter: { owing: false }")).data.ledger.accounts).toEqual(all);
  });
});
