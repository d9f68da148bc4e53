import { and, inArray, type SQL, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { ProxyStep } from "../../domain/facts/proxies";
import type { ProxiesView, StoredProxy } from "../store";
import { type Database, grouped, keyed, listed, openLookup, rowsOf } from "./lookups";

/** Relatives who act for elders. */
export function openProxiesView(db: Database, t: Tables): ProxiesView {
  const lookup = openLookup(db);
  const { proxies: p, proxySteps, recipients: r } = t;
  const byId = lookup<StoredProxy>("proxy", p, p.id);
  const byRecipient = lookup<StoredProxy>("proxies_recipient", p, p.recipientId, p.openedSeq);
  const byPerson = lookup<StoredProxy>("proxies_person", p, p.personId, p.openedSeq);
  const stepsByProxy = lookup<ProxyStep>("proxy_steps", proxySteps, proxySteps.proxyId, proxySteps.version);
  const livesIn = (codes: readonly string[]): SQL =>
    sql`exists (select 1 from ${r} where ${r.id} = ${p.recipientId} and ${inArray(r.divisionCode, [...codes])})`;

  return {
    proxies: async (ids) => keyed(await byId(ids), (row) => row.id),
    proxiesOfRecipients: async (ids) => grouped(await byRecipient(ids), (row) => row.recipientId),
    proxiesOfPersons: async (ids) => grouped(await byPerson(ids), (row) => row.personId),
    proxyList: ({ states, within }, page) =>
      listed(page, {
        order: [{ column: p.openedSeq, count: true }],
        where: and(states && inArray(p.state, [...states]), within === null ? undefined : livesIn(within)),
        select: rowsOf(db, p),
      }),
    proxySteps: async (ids) => grouped(await stepsByProxy(ids), (row) => row.proxyId),
  };
}
