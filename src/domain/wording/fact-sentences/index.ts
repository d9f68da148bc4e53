import { activities } from "./activities";
import { commands } from "./commands";
import { hours } from "./hours";
import { orders } from "./orders";
import { organizations } from "./organizations";
import { people } from "./people";
import type { Sentences } from "./sentence";

/**
 * A sentence is used where all of its facts are among the details. Days are civil days, and times are those of Asia/Shanghai.
 * What a field expects is said in English alone, since the authors of clients read it.
 */
export const factSentences: Sentences = {
  ...commands,
  ...hours,
  ...people,
  ...organizations,
  ...activities,
  ...orders,
};
