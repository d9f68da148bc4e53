import { planFacts } from "../../../domain/activities/fundraising";
import { type AttendanceAction, attendanceMoves } from "../../../domain/facts/activities";
import { campaignMoves } from "../../../domain/revisions";
import { includes, inTable, noMove, unmoved } from "../rules";
import type { Lines } from "./line";

/** The plan of an activity. An edit changes it; once the activity is announced, the change waits for the next review. */
const plan = ["startsAt", "endsAt", "capacity", "hazardous", "openToMinors", "outsideCounty"] as const;

/** What the audit follows of campaigns, activities, and sign-ups and attendance. */
export const activities = {
  CAMPAIGN_SET: {
    key: ["id"],
    changes: campaignMoves.REVISE,
    rules: [({ fact, before, known }) => before && unmoved(known.last("CAMPAIGN_MOVED", fact.id), fact)],
  },
  CAMPAIGN_MOVED: {
    key: ["id"],
    changes: [],
    stepsOf: "CAMPAIGN_SET",
    rules: [inTable(campaignMoves)],
  },
  ACTIVITY_STEP: {
    key: ["id"],
    changes: {
      CREATE: [],
      EDIT: ["name", ...plan, "authors", "detailsId"],
      DROP_SHIFT: ["startsAt", "endsAt", "capacity"],
      SUBMIT: [],
      // What was planned since the last review takes effect.
      PUBLISH: ["name", "reviewedBy", "announcedName", "announcedDetailsId", ...plan],
      RETURN: ["reviewedBy", "announcedName", "announcedDetailsId"],
      START: [],
      END: [],
      CLOSE: [],
      POSTPONE: [],
      CANCEL: [],
      RECORD: [],
    },
    rules: [
      ({ fact, by }) =>
        fact.action === "PUBLISH" &&
        (fact.reviewedBy !== by || fact.authors.includes(by)) &&
        "was published by one who may not",
    ],
  },
  SHIFT_SET: {
    key: ["id"],
    changes: ["startsAt", "endsAt", "capacity", "venueId", "announcedVenueId", "radiusMetres", "dropped"],
    rules: [({ before }) => before?.dropped === true && "was dropped before"],
  },
  SIGN_UP_STEP: {
    key: ["id"],
    changes: {
      APPLY: [],
      CONSENT: ["accompanied"],
      DECLINE: [],
      MOVE_UP: [],
      WITHDRAW: ["late"],
      CANCEL: [],
      POSTPONE: [],
      RESCHEDULE: [],
      CHECK_IN: [],
      CHECK_OUT: [],
      REOPEN: [],
      MISS: [],
      RESOLVE: ["malicious"],
    },
  },
  ATTENDANCE_STEP: {
    key: ["id"],
    changes: ["sentLate", "checkedOutAt", "checkedOutBy", "outcome", "recordId"],
    rules: [
      ({ fact, before }) => {
        const [from, to] = [before?.outcome ?? null, fact.outcome];
        const move = attendanceMoves[fact.action as AttendanceAction];
        const moved = move && includes(move.from, from) && move.to !== "SAME" && includes([move.to].flat(), to);
        return moved ? null : noMove(from, to, fact.action);
      },
      ({ fact }) =>
        fact.outcome === "OPEN" &&
        (fact.checkedOutAt !== null || fact.recordId !== null) &&
        "is under way, and was checked out of or recorded",
    ],
  },
  FUNDRAISING_SET: {
    key: ["activityId"],
    changes: [...planFacts, "interimDisclosedOn", "disclosedOn", "dueOn"],
  },
  CALENDAR_SET: { key: ["personId"], changes: [] },
  FEEDBACK_GIVEN: { key: ["id"], changes: ["stars", "on"] },
} as const satisfies Lines;
