import type { JournalKind } from "../../../domain/ledger/facts";
import { activities } from "./activities";
import { capacities } from "./capacities";
import { governing } from "./governing";
import { hours } from "./hours";
import { ledger } from "./ledger";
import type { Followed } from "./line";
import { organizations } from "./organizations";
import { people } from "./people";

/**
 * Every kind of fact has its line: a kind without one does not compile. The rules are read off the domain's tables where it
 * has them, and written here by other code than the services' where a service alone decides.
 */
export const followed: { readonly [K in JournalKind]: Followed<K> } = {
  ...ledger,
  ...hours,
  ...activities,
  ...people,
  ...capacities,
  ...organizations,
  ...governing,
};
