import { recipientMoves, socialWorkerMoves } from "../../../domain/capacities";
import type { FactOf } from "../../../domain/ledger/facts";
import {
  anothersByRight,
  changedBy,
  endsOnlyEarlier,
  followsMerging,
  inTable,
  ownsNot,
  rankOf,
  reasonLater,
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
      // Earlier releases kept no steps, and moved no recipient to another division.
      ({ fact, before, known }) =>
        before !== null &&
        before.divisionCode !== fact.divisionCode &&
        known.last("RECIPIENT_MOVED", fact.id)?.version !== fact.version &&
        "divisionCode is not to change",
      ({ fact, before, known }) => changedBy(known.last("RECIPIENT_MOVED", fact.id), recipientMoves, fact, before),
    ],
  },
  RECIPIENT_MOVED: {
    key: ["id"],
    changes: [],
    stepsOf: "RECIPIENT_SET",
    lately: true,
    rules: [inTable(recipientMoves)],
  },
  VISIT_SET: {
    key: ["id"],
    changes: ["obligation", "withdrawn", "recipientId"],
    rules: [
      followsMerging("recipientId"),
      ...withdrawal(true),
      ({ fact }) =>
        (fact.withdrawn === 1 || fact.met === 0) && fact.obligation !== null && "obligation is met by no visit",
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
    lately: true,
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
