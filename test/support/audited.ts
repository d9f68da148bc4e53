import { audit, auditBank } from "../../src/services/audit";
import type { TestApi } from "./api";
import type { TestBank } from "./bank";
import { origin } from "./engines";

/** Closes a bank, and the server before it, and fails the test where the audit of the ledger found a fault. */
export const closeAudited = (bank: TestBank, api?: TestApi): Promise<void> =>
  closeAfter(
    bank.store.snapshot((view) => audit(view, origin)),
    bank,
    api,
  );

/** The same with the whole of `goodhours audit`, which also examines disk, keys and what is sealed. */
export const closeFullyAudited = (bank: TestBank, api?: TestApi): Promise<void> =>
  closeAfter(auditBank(bank.options), bank, api);

async function closeAfter(
  audited: Promise<{ findings: readonly object[] }>,
  bank: TestBank,
  api: TestApi | undefined,
): Promise<void> {
  const { findings } = await audited.finally(async () => {
    await api?.close();
    await bank.close();
  });
  expect(findings).toEqual([]);
}
