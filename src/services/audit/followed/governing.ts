import { actOf } from "../../../domain/credit-records";
import type { CreditAction, CreditRecordState } from "../../../domain/facts/credit-records";
import { dayOf } from "../../../domain/kit/calendar";
import { same, standing } from "../rules";
import type { Lines } from "./line";

/** The lines of a score, as the journal has them. */
interface Line {
  weight: number;
  value: number | null;
  points: number;
  share?: string | null;
  counts?: string;
}
/** Whether a score is what its lines give: here in whole numbers over one denominator, and not by fractions as they were counted. */
function isSumOf(score: number, lines: readonly Line[]): boolean {
  const counted = lines.filter(({ value }) => value !== null);
  if (counted.length === 0) return score === 0;
  const halves = (text: string) => text.split("/").map(BigInt) as [bigint, bigint?];
  const shares = counted.map(({ share, counts = "1", weight, points }) => {
    const [part, whole = 1n] = halves(share ?? `${points}/${weight}`);
    const [counting, of = 1n] = halves(counts);
    return { weight: BigInt(weight) * counting * whole, points: BigInt(weight) * counting * part, below: whole * of };
  });
  const common = shares.reduce((all, { below }) => all * below, 1n);
  const sum = (of: (share: (typeof shares)[number]) => bigint) =>
    shares.reduce((all, share) => all + (of(share) * common) / share.below, 0n);
  const [points, weights] = [1000n * sum((share) => share.points), sum((share) => share.weight)];
  // The whole points below it, and not the next.
  return BigInt(score) * weights <= points && points < BigInt(score + 1) * weights;
}

/** What the audit follows of credit records and ratings. */
export const governing = {
  CREDIT_RECORD_STEP: {
    key: ["id"],
    changes: {
      OPEN: [],
      NOTIFY: ["answerBy"],
      DISMISS: ["expiresOn"],
      CONFIRM: ["confirmedBy", "foundOn", "expiresOn"],
      EXTEND: ["decideBy", "extended"],
      UPHOLD: [],
      CORRECT: ["confirmedBy", "detailsId"],
      REMOVE: ["confirmedBy", "expiresOn"],
      REPAIR: [],
      REFUSE_REPAIR: [],
      REFER: [],
      NOTE_OUTCOME: ["confirmedBy"],
      ANSWER: ["answered"],
      OBJECT: ["contestedOn", "decideBy", "extended"],
      APPLY_FOR_REPAIR: ["contestedOn", "decideBy", "extended"],
      EXPIRE: [],
      ERASE: [],
      MOVE: ["detailsId"],
    },
    rules: [
      ({ fact, before, by }) =>
        fact.action === "CONFIRM" &&
        !same(fact.confirmedBy, [...(before?.confirmedBy ?? []), by]) &&
        "confirmedBy is not one more than before",
      ({ fact, before, by }) =>
        (["CONFIRM", "UPHOLD"].includes(fact.action) || before?.state === "OBJECTED") &&
        ["CONFIRM", "UPHOLD", "CORRECT", "REMOVE"].includes(fact.action) &&
        before?.confirmedBy.includes(by) &&
        "was decided by one who may not",
      // Of the office's own motion: the first step leaves the state, and another person's takes it.
      ({ fact, before, by }) =>
        before &&
        before.state !== "OBJECTED" &&
        ["CORRECT", "REMOVE"].includes(fact.action) &&
        before.state !== fact.state &&
        (before.action !== fact.action || before.confirmedBy.at(-1) === by) &&
        "was not proposed by another",
      ({ fact, before, by }) =>
        before &&
        actOf(fact.action as CreditAction, before.state as CreditRecordState) === "credit.answer" &&
        by !== fact.personId &&
        "is not the subject's own word",
    ],
  },
  CREDIT_FILE_READ: { key: ["id"], changes: "ONCE" },
  RATING_ROUND_OPENED: { key: ["id"], changes: "ONCE" },
  RATING_STEP: {
    key: ["id"],
    changes: [
      "state",
      "failed",
      "lines",
      "score",
      "level",
      "noticeUntil",
      "validFrom",
      "validUntil",
      "bannedUntil",
      "policyId",
    ],
    rules: [
      ({ fact: { score, lines } }) => score !== null && !isSumOf(score, lines) && "score is not what its lines give",
      ({ fact, known }) => {
        if (fact.action !== "DOWNGRADE" && fact.action !== "REVOKE") return null;
        const taken = known.previous?.type === "RATING_DOWNGRADE_STEP" ? known.previous : null;
        const byTwo = taken?.ratingId === fact.id && taken.action === "TAKE" && taken.toLevel === fact.level;
        return !byTwo && "nobody proposed it";
      },
    ],
  },
  RATING_SHEET_SET: {
    key: ["id"],
    changes: ["points", "commentsId"],
    rules: [
      ({ fact, by, known }) => by !== standing(fact.assessorId, known) && "is not the assessor's own",
      ({ fact, known }) => known.last("RATING_STEP", fact.ratingId)?.state !== "SITE_VISIT" && "was not asked for",
    ],
  },
  RATING_DOWNGRADE_STEP: {
    key: ["id"],
    changes: { PROPOSE: [], ANSWER: ["answered"], TAKE: [], DROP: [] },
    rules: [
      ({ fact, by, known }) =>
        fact.action === "PROPOSE" &&
        by !== fact.proposedBy &&
        by !== standing(fact.proposedBy, known) &&
        "was proposed by another",
      ({ fact, by, known }) =>
        fact.action === "TAKE" && by === standing(fact.proposedBy, known) && "was decided by one who may not",
      ({ fact, at }) =>
        fact.action === "TAKE" && !fact.answered && dayOf(at) <= fact.answerBy && "was decided before the answer",
    ],
  },
  RATING_VOTED: {
    key: ["id"],
    changes: ["choice", "level"],
    rules: [
      // Another person may only take a member out of a case. A member who is out stays out.
      ({ fact, by, known }) =>
        fact.choice !== "RECUSE" && by !== standing(fact.memberId, known) && "is not the member's own word",
      ({ before }) => before?.choice === "RECUSE" && "the member was out of it before",
    ],
  },
} as const satisfies Lines;
