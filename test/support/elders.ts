import type { Recipient } from "../../src/domain/facts/visits";
import { posted } from "../../src/domain/ledger/transfers";
import type { Actor } from "../../src/domain/permissions/actors";
import { issuer, type TestBank } from "./bank";

/** An elder on the list of the town's station, with what it takes to ask for help. */
export async function registerElder(bank: TestBank, more: object = {}): Promise<Recipient> {
  const { value } = await bank.services.recipients.register(bank.worker, {
    ...{ idempotencyKey: bank.key(), displayName: "老人", birthDate: "1940-01-01", divisionCode: "fengqiao" },
    ...{ categories: ["ADVANCED_AGE"], consent: true, ...more },
  });
  return value;
}

/** The person signed in, where their account is called what their person is. */
export const signedIn = async (bank: TestBank, { personId }: { personId: string }): Promise<Actor> =>
  bank.services.people.actorOf({ subject: personId, issuer });

/** Minutes that the funded account gives. */
export async function grantMinutes(bank: TestBank, to: { accountId: string }, minutes: number): Promise<void> {
  const effectiveOn = bank.services.today();
  await bank.store.write(async (tx) => {
    const debit = (await tx.bankAccountId("GRANT_FUNDING")) ?? "";
    await tx.post("system", posted({ debit, credit: to.accountId, minutes, kind: "GRANT", effectiveOn }));
  });
}

/** The steps by which a relative comes to act for an elder. */
export function proxySteps(bank: TestBank) {
  const request = async (daughter: Actor, elder: Pick<Recipient, "id">, more: object = {}): Promise<string> => {
    const input = { idempotencyKey: bank.key(), recipientId: elder.id, relation: "PARENT" as const, ...more };
    return (await bank.services.proxies.request(daughter, input)).value.id;
  };
  const advance = (
    actor: Actor,
    proxyId: string,
    action: "APPROVE" | "ACCEPT" | "REFUSE" | "REVOKE",
    reason?: string,
  ) => bank.services.proxies.advance(actor, { proxyId, action, reason });
  /** A proxy to whom the station and the elder have agreed. */
  const activate = async (daughter: Actor, elder: Recipient): Promise<string> => {
    const id = await request(daughter, elder);
    await advance(bank.supervisor, id, "APPROVE");
    await advance(await signedIn(bank, elder), id, "ACCEPT");
    return id;
  };
  return { request, advance, activate };
}
