import type { Logger } from "pino";
import type { Store } from "../storage/store";
import { sufferings, Unavailable } from "../storage/writer";

/** Logs why the database does not work: once for each cause, again each minute, and when the outage is over. */
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

/** Logs why a regular task was not done. An outage of the database is in the log already. */
export function logFault(logger: Logger, what: string): (error: unknown) => void {
  return (err) => {
    if (!(err instanceof Unavailable)) logger.error({ err }, what);
  };
}
