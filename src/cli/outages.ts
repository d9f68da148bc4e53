import type { Logger } from "pino";
import type { Store } from "../storage/store";
import { sufferings, Unavailable } from "../storage/writer";

/** Says in the log why the database does not do its work: once a cause, again each minute, and when it is over. */
export function tellOutages({ health }: Pick<Store, "health">, logger: Logger): void {
  health.onNews(({ news, outage }) => {
    const { fault, since, requests } = outage;
    const from = new Date(since).toISOString();
    const facts = { code: fault.code, reason: fault.reason, since: from, requests };
    const counted = `since ${from}, ${requests} ${requests === 1 ? "request" : "requests"}`;
    if (news === "OVER") logger.info(facts, `database is back (${fault.code} ${counted})`);
    else logger.error(facts, `${sufferings[fault.suffering]}: ${fault.code} (${counted})`);
  });
}

/** Logs why something that is done from time to time was not done. Of a database that is away the log tells already. */
export function logFault(logger: Logger, what: string): (error: unknown) => void {
  return (err) => {
    if (!(err instanceof Unavailable)) logger.error({ err }, what);
  };
}
