import type { FactOf } from "../../../domain/facts";
import { type VolunteerState, type VolunteerStepAction, volunteerMoves } from "../../../domain/facts/people";
import { entriesOf, fromEntries } from "../../../domain/kit/entries";
import {
  anothersByRight,
  byAction,
  changeable,
  endsOnlyEarlier,
  followsMerging,
  includes,
  isHolding,
  noMove,
  ownsNot,
  reasonLater,
  unlessChanged,
  volunteerChanges,
} from "../rules";
import type { Lines } from "./line";

/** What the audit follows of persons, volunteers, roles, ways to sign in, ties and invitations. */
export const people = {
  VOLUNTEER_STEP: {
    key: ["id"],
    changes: ["state", ...changeable],
    rules: [
      ({ fact, before, known }) => {
        if (!before) return fact.state !== "REGISTERED" && fact.state !== "ACTIVE" && "does not begin as registered";
        const [from, to] = [before.state as VolunteerState, fact.state as VolunteerState];
        const step = known.last("VOLUNTEER_MOVED", fact.id);
        const action = step?.version === fact.version ? step.action : null;
        const moves = Object.entries(volunteerMoves).filter(
          ([name, move]) =>
            (action === null || name === action) &&
            move.from.includes(from) &&
            includes(move.to === "SAME" ? [from] : [move.to].flat(), to),
        );
        if (moves.length === 0) return noMove(from, to);
        if (moves.every(([, { reason }]) => reason) && fact.reasonId === null) return "has no reason";
        if (step === null || action === null) return "changes without a step";
        const may = volunteerChanges(action as VolunteerStepAction, step.fields);
        const changed = changeable.find((field) => before[field] !== fact[field] && !may.includes(field));
        if (changed === "vouchedBy" && before.vouchedBy === null) return null;
        return changed !== undefined && `${changed} is not to change`;
      },
      anothersByRight,
      ({ fact, known }) => ownsNot(known, fact.accountId, fact.id, fact.group ? "GROUP" : "VOLUNTEER"),
    ],
  },
  VOLUNTEER_MOVED: {
    key: ["volunteerId"],
    changes: fromEntries(entriesOf(volunteerMoves).map(([action]) => [action, []])),
    stepsOf: "VOLUNTEER_STEP",
    rules: [
      byAction(volunteerMoves),
      ({ fact }) => (fact.action === "REVISE") !== fact.fields.length > 0 && "fields are not as its action",
      ({ fact, before }) =>
        fact.action === "SEPARATE" &&
        fact.state !== (fact.from === "MERGED" ? before?.from : fact.from) &&
        noMove(fact.from, fact.state, fact.action),
    ],
  },
  GRANT_STEP: {
    key: ["id"],
    changes: ["validUntil", "personId"],
    rules: [anothersByRight, unlessChanged<FactOf<"GRANT_STEP">>("personId", endsOnlyEarlier), reasonLater],
  },
  // A person who was merged and parted may be merged and parted again.
  PERSON_SEPARATED: {
    key: ["separatedId"],
    changes: ["personId"],
    rules: [
      ({ fact, before, known }) =>
        before !== null &&
        known.last("PEOPLE_MERGED", fact.separatedId) === null &&
        "was said before, and is said once",
    ],
  },
  PEOPLE_MERGED: {
    key: ["personId"],
    changes: ["keptId", "volunteerId", "keptVolunteerId"],
    rules: [({ before, known }) => before !== null && isHolding(before, known) && "was said before, and is said once"],
  },
  MERGING_ENDED: {
    key: ["personId"],
    changes: ["keptId", "volunteerId", "keptVolunteerId", "mergedReasonId"],
    rules: [
      ({ fact, known }) => {
        const merged = known.last("PEOPLE_MERGED", fact.personId);
        if (merged?.reasonId !== fact.mergedReasonId) return "ends no merging";
        const isSame = (["keptId", "volunteerId", "keptVolunteerId"] as const).every(
          (field) => merged?.[field] === fact[field],
        );
        return !isSame && "ends no merging";
      },
    ],
  },
  IDENTITY_STEP: {
    key: ["id"],
    alsoBy: "hash",
    changes: { LINK: [], UNLINK: [] },
    rules: [
      ({ fact, known }) => {
        const isTaken = known.lastBy("IDENTITY_STEP", fact.hash)?.state === "LINKED";
        return fact.action === "LINK" && isTaken && "the subject was a person already";
      },
    ],
  },
  GUARDIAN_SET: {
    key: ["id"],
    changes: ["ended", "personId", "volunteerId"],
    rules: [
      anothersByRight,
      followsMerging("volunteerId"),
      ({ fact, before }) => {
        const isMoved = before && (before.personId !== fact.personId || before.volunteerId !== fact.volunteerId);
        return !isMoved && fact.ended === (before?.ended ?? true) && "neither begins nor ends";
      },
      ({ fact }) => fact.ended && fact.reasonId === null && "has no reason",
    ],
  },
  STAFF_SET: { key: ["personId"], changes: ["profileId"] },
  PERSON_ERASED: { key: ["personId"], changes: "ONCE" },
  PERSON_EXPORTED: { key: null, changes: "ONCE" },
  TIE_STEP: { key: ["id"], changes: ["state"] },
  INVITATION_STEP: {
    key: ["id"],
    changes: { INVITE: [], ACCEPT: ["acceptedBy", "acceptedAt"], REVOKE: [], REPLACE: [] },
    rules: [
      ({ fact, by }) =>
        fact.action === "ACCEPT"
          ? fact.acceptedBy !== by && "was accepted by another"
          : fact.acceptedBy !== null && "acceptedBy does not agree with state",
      ({ fact, at }) => fact.action === "ACCEPT" && at >= fact.expiresAt && "was accepted after its end",
      ({ fact }) =>
        (fact.kind === "GUARDIAN") !== (fact.personId === null) &&
        "personId does not agree with the kind of invitation",
    ],
  },
} as const satisfies Lines;
