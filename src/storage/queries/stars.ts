import { and, inArray } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import type { StarStep } from "../../domain/facts/stars";
import { whenKnown } from "../../domain/kit/soon";
import type { StarsView, StoredStar } from "../store";
import { type Database, grouped, keyed, listed, openLookup, rowsOf } from "./lookups";

/** Volunteers' stars. */
export function openStarsView(db: Database, t: Tables): StarsView {
  const lookup = openLookup(db);
  const { starAwards: a, starSteps: s } = t;
  const byId = lookup<StoredStar>("star", a, a.id);
  const byVolunteer = lookup<StoredStar>("star_volunteer", a, a.volunteerId, a.openedSeq);
  const stepsByStar = lookup<StarStep>("star_steps", s, s.starAwardId, s.version);

  return {
    starAwards: (ids) => whenKnown(byId(ids), (rows) => keyed(rows, (row) => row.id)),
    starAwardsOf: (ids) => whenKnown(byVolunteer(ids), (rows) => grouped(rows, (row) => row.volunteerId)),
    starSteps: (ids) => whenKnown(stepsByStar(ids), (rows) => grouped(rows, (row) => row.starAwardId)),
    starAwardList: ({ states, divisionCodes, within }, page) =>
      listed(page, {
        order: [{ column: a.openedSeq, count: true }],
        where: and(
          states && inArray(a.state, [...states]),
          divisionCodes && inArray(a.divisionCode, [...divisionCodes]),
          within && inArray(a.divisionCode, [...within]),
        ),
        select: rowsOf(db, a),
      }),
  };
}
