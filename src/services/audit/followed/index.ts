import type { JournalKind } from "../../../domain/facts";
import { activities } from "./activities";
import { capacities } from "./capacities";
import { governing } from "./governing";
import { hours } from "./hours";
import { ledger } from "./ledger";
import type { Followed } from "./line";
import { orders } from "./orders";
import { organizations } from "./organizations";
import { people } from "./people";
import { proxies } from "./proxies";
import { stars } from "./stars";

/**
 * Every kind of fact has its line, and a kind without one does not compile. Where the domain has a table of moves, the rules
 * read it. Where a service alone decides, the rule is written here a second time, by other code.
 */
export const followed: { readonly [K in JournalKind]: Followed<K> } = {
  ...ledger,
  ...hours,
  ...activities,
  ...people,
  ...capacities,
  ...orders,
  ...proxies,
  ...stars,
  ...organizations,
  ...governing,
};
