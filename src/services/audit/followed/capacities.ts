import type { FactOf } from "../../../domain/facts";
import { listingEndings } from "../../../domain/facts/visits";
import { recipientMoves, socialWorkerMoves } from "../../../domain/people/capacities";
import {
  anothersByRight,
  changedBy,
  endsOnlyEarlier,
  followsMerging,
  inTable,
  ownsNot,
  rankOf,
  reasonLater,
  same,
  standing,
  unlessChanged,
  unlessRevised,
  withdrawal,
} from "../rules";
import type { Lines } from "./line";

/** What the audit follows of recipients and their visits, and of social workers, their trainings and posts. */
export const capacities = {
  RECIPIENT_SET: {
    key: ["id"],
    changes: ["listedOn", "listedUntil", "profileId", "personId", "divisionCode"],
    rules: [
      anothersByRight,
      reasonLater,
      ({ fact, known }) => ownsNot(known, fact.accountId, fact.id, "RECIPIENT"),
      ({ fact, before, known }) => changedBy(known.last("RECIPIENT_MOVED", fact.id), recipientMoves, fact, before),
    ],
  },
  RECIPIENT_MOVED: {
    key: ["id"],
    changes: [],
    stepsOf: "RECIPIENT_SET",
    rules: [inTable(recipientMoves)],
  },
  LISTING_ENDED: {
    key: ["recipientId", "listedOn"],
    changes: ["listedUntil", "ending"],
    rules: [
      ({ fact, known }) =>
        known.last("RECIPIENT_SET", fact.recipientId) === null && "ends a span of nobody who was on the list",
      ({ fact: { ending } }) =>
        ending !== null && !listingEndings.some((known) => known === ending) && "ends in no way that there is",
      // Where the recipient says when the span ended, both say the same.
      ({ fact, known }) => {
        const recipient = known.last("RECIPIENT_SET", fact.recipientId);
        const isLast = recipient?.listedOn === fact.listedOn && recipient.listedUntil !== null;
        return isLast && recipient.listedUntil !== fact.listedUntil && "listedUntil is not as the recipient's";
      },
    ],
  },
  VISIT_SET: {
    key: ["id"],
    changes: ["obligation", "withdrawn", "recipientId", "countsForId", "confirmedBy"],
    rules: [
      followsMerging("recipientId"),
      ({ fact, before }) =>
        before !== null &&
        before.countsForId !== fact.countsForId &&
        fact.countsForId !== fact.recipientId &&
        "countsForId is not to change",
      ...withdrawal(true),
      ({ fact: { withdrawn, met, confirmedBy, confirmationsNeeded, obligation } }) =>
        (withdrawn || !met || confirmedBy.length < confirmationsNeeded) &&
        obligation !== null &&
        "obligation is met by no visit",
      ({ fact }) => fact.deceased && fact.met && "met a person who had died",
      ({ fact, before, by, known }) => {
        const [now, then] = [fact.confirmedBy, before?.confirmedBy ?? []];
        if (same(now, then)) return false;
        if (!same(now, [...then, by])) return "confirmedBy is not the confirmer's own step";
        if (now.length > fact.confirmationsNeeded) return "is confirmed more often than it needs";
        const people = [fact.visitorId, ...then].map((id) => standing(id, known));
        return people.includes(standing(by, known)) && "is confirmed by one who made or confirmed it";
      },
    ],
  },
  SOCIAL_WORKER_SET: {
    key: ["id"],
    changes: ["organizationId", "level", "certificateHash", "registeredOn", "registeredUntil", "profileId", "personId"],
    rules: [
      anothersByRight,
      ({ fact, before, known }) =>
        changedBy(known.last("SOCIAL_WORKER_MOVED", fact.id), socialWorkerMoves, fact, before),
      unlessRevised(
        ({ fact, before }) => !!before && fact.registeredOn < before.registeredOn && "registeredOn goes back",
      ),
      unlessRevised(({ fact, before }) => !!before && rankOf(fact.level) < rankOf(before.level) && "level falls"),
      unlessRevised(
        ({ fact, before }) =>
          !!before &&
          fact.certificateHash !== before.certificateHash &&
          fact.level === before.level &&
          "certificateHash is not to change",
      ),
    ],
  },
  SOCIAL_WORKER_MOVED: {
    key: ["id"],
    changes: [],
    stepsOf: "SOCIAL_WORKER_SET",
    rules: [inTable(socialWorkerMoves)],
  },
  TRAINING_SET: {
    key: ["id"],
    changes: ["withdrawn", "socialWorkerId"],
    rules: [
      followsMerging("socialWorkerId"),
      ...withdrawal().map((rule) => unlessChanged<FactOf<"TRAINING_SET">>("socialWorkerId", rule)),
    ],
  },
  POST_SET: {
    key: ["id"],
    changes: ["validUntil", "personId"],
    rules: [anothersByRight, unlessChanged<FactOf<"POST_SET">>("personId", endsOnlyEarlier)],
  },
} as const satisfies Lines;
