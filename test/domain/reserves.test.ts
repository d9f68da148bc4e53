import type { AccountKind } from "../../src/domain/facts/ledger";
import { reserveCoverage } from "../../src/domain/ledger/reserves";

const total = (kind: AccountKind, owned: number, held = 0) => ({ kind, debits: 0, credits: owned, owned, held });

test.each([
  ["an empty bank", [], 0, 0, null],
  ["a pool without a claim", [total("PUBLIC_POOL", 60)], 0, 60, null],
  ["claims that nothing covers", [total("VOLUNTEER", 120), total("RECIPIENT", 30)], 150, 0, 0],
  [
    "pool and grants beside claims",
    [total("VOLUNTEER", 300), total("RECIPIENT", 100), total("PUBLIC_POOL", 60), total("GOVERNMENT_GRANT", 40)],
    400,
    100,
    0.25,
  ],
  ["a claim that an order holds stays one", [total("VOLUNTEER", 120, 90), total("PUBLIC_POOL", 60)], 120, 60, 0.5],
  ["a reserve that an order holds is promised", [total("VOLUNTEER", 120), total("PUBLIC_POOL", 60, 30)], 120, 30, 0.25],
  [
    "what is neither claim nor reserve",
    [total("GROUP", 60), total("OVERFLOW_HONOUR", 60), total("REDEEMED", 60), total("CLEARING", 60)],
    0,
    0,
    null,
  ],
])("%s", (_title, totals, claimsMinutes, fundedMinutes, ratio) => {
  expect(reserveCoverage(totals)).toEqual({ claimsMinutes, fundedMinutes, ratio });
});
