import type { Volunteer } from "../../../../domain/facts/people";
import type { Joined } from "../../../../domain/people/capacities";
import type { Actor } from "../../../../domain/permissions/actors";
import type { Merging, Tx } from "../../../../storage/store";
import type { Bank } from "../../../bank";
import type { Credit } from "../../../credit-records";
import type { Hours } from "../../../hours";
import type { StarSteps } from "../../../stars/steps";
import type { Capacities } from "../../capacities";
import type { Identities } from "../../identities";
import type { Ties } from "../../ties";
import type { Volunteers } from "../../volunteers";
import type { Joinings } from "../joinings";
import type { SeparatePerson } from "../papers";
import type { Run } from "../run";

export interface Services {
  bank: Bank;
  volunteers: Volunteers;
  identities: Identities;
  credit: Credit;
  hours: Hours;
  starSteps: StarSteps;
  ties: Ties;
  joinings: Joinings;
  capacities: Capacities;
}
/** What every step of a parting works with. */
export interface UnmergingScene {
  tx: Tx;
  actor: Actor;
  input: SeparatePerson;
  merging: Merging;
  run: Run;
  /** The earlier ids of the person who stays, by the entries that lead from them to the id of today. */
  earlier: readonly Merging[];
  /** The id of the person who stays, and the new id of the person who goes. */
  from: string;
  to: string;
  joined: Joined;
}

export interface Pair {
  lost: Volunteer;
  kept: Volunteer;
  /** Whether the registration that was merged is of the person who goes. */
  lostGoes: boolean;
}
