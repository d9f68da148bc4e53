import type { Act } from "../../domain/permissions/actors";
import { activities } from "./activities";
import { credit } from "./credit";
import { hours } from "./hours";
import { orders } from "./orders";
import { organizations } from "./organizations";
import { people } from "./people";
import { ratings } from "./ratings";
import { stars } from "./stars";
import type { ActText } from "./text";
import { visits } from "./visits";

/** The text of each act of the table in the domain: what it lets a person do. An act without its text does not compile. */
export const actTexts: Readonly<Record<Act, ActText>> = {
  ...people,
  ...hours,
  ...activities,
  ...visits,
  ...orders,
  ...stars,
  ...organizations,
  ...credit,
  ...ratings,
};
