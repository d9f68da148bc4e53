import { posts } from "../../../domain/hours";
import { dayOf } from "../../../domain/kit/calendar";
import { seedHashOf, spotCheckMoves } from "../../../domain/spot-checks";
import { followsMerging, includes, noMove, same, standing } from "../rules";
import type { Lines } from "./line";

/** What the audit follows of service records and spot checks. */
export const hours = {
  RECORD_STEP: {
    key: ["id"],
    changes: {
      DRAFT: [],
      SUBMIT: [],
      CONFIRM: ["confirmedBy", "creditableMinutes", "creditedMinutes"],
      RETURN: [],
      RESUBMIT: [
        "serviceType",
        "startedAt",
        "endedAt",
        "breakMinutes",
        "serviceMinutes",
        "recordBy",
        "detailsId",
        "handledBy",
        "confirmedBy",
        "confirmationsNeeded",
      ],
      REJECT: [],
      VOID: [],
      POST: ["creditableMinutes", "creditedMinutes"],
      DISPUTE: ["disputeHoldSeq"],
      UPHOLD: ["disputeHoldSeq"],
      ADJUST: ["disputeHoldSeq", "creditedMinutes", "replacedBy"],
      REVERSE: ["disputeHoldSeq", "creditedMinutes"],
      MOVE: ["volunteerId"],
    },
    rules: [
      followsMerging("volunteerId"),
      ({ fact, before, known }) => {
        if (before || fact.confirmedBy.length === 0) return null;
        const { previous } = known;
        const replaces = previous?.type === "RECORD_STEP" && previous.replacedBy === fact.id;
        return replaces && same(previous.confirmedBy, fact.confirmedBy) ? null : "begins as confirmed";
      },
      ({ fact, before, by }) =>
        fact.action === "CONFIRM" &&
        !same(fact.confirmedBy, [...(before?.confirmedBy ?? []), by]) &&
        "confirmedBy is not one more than before",
      ({ fact, before, by, known }) =>
        fact.action === "CONFIRM" &&
        ([...fact.handledBy, ...(before?.confirmedBy ?? [])].some((id) => standing(id, known) === by) ||
          known.last("VOLUNTEER_STEP", fact.volunteerId)?.personId === by) &&
        "was confirmed by one who may not",
      ({ fact }) => fact.action === "RESUBMIT" && fact.confirmedBy.length > 0 && "confirmedBy is not emptied",
      ({ fact }) =>
        posts({ action: fact.action, to: fact.state }) &&
        fact.confirmedBy.length < Math.max(1, fact.confirmationsNeeded) &&
        "was posted before it was confirmed",
    ],
  },
  SPOT_SEED_SET: {
    key: ["id"],
    changes: ["seed"],
    rules: [
      ({ fact, before }) => (fact.seed === null) !== (before === null) && "seed is told before its hash",
      ({ before }) => !!before && before.seed !== null && "seed was told before",
      ({ fact }) => fact.seed !== null && seedHashOf(fact.seed) !== fact.seedHash && "seed is not what seedHash says",
    ],
  },
  MONTH_REPORTED: {
    key: ["month"],
    changes: "ONCE",
    rules: [({ fact, at }) => fact.month >= dayOf(at).slice(0, 7) && "was not over when it was reported"],
  },
  SPOT_CHECK_STEP: {
    key: ["id"],
    changes: ["state", "outcome", "findingId"],
    rules: [
      ({ fact }) => {
        const { from, state } = fact;
        return includes(spotCheckMoves[state as keyof typeof spotCheckMoves]?.from ?? [], from)
          ? null
          : noMove(from, state);
      },
    ],
  },
} as const satisfies Lines;
