import { type AttendanceAction, attendanceMoves } from "../../domain/activities/attendance";
import { activityMoves } from "../../domain/activities/machine";
import { signUpMoves } from "../../domain/activities/signups";
import { dayOf } from "../../domain/calendar";
import { recipientMoves, socialWorkerMoves } from "../../domain/capacities";
import { actOf, type CreditAction, type CreditRecordState, creditMoves } from "../../domain/credit";
import { divisionMoves } from "../../domain/divisions";
import { recordMoves } from "../../domain/hours";
import { earlierIdentityId, identityMoves } from "../../domain/identities";
import { invitationMoves } from "../../domain/invitations";
import type { FactOf, JournalKind } from "../../domain/ledger/facts";
import { headMoves, organizationMoves, organizationRevisable } from "../../domain/organizations";
import { ratingMoves } from "../../domain/ratings";
import { seedHashOf, spotCheckMoves } from "../../domain/spotchecks";
import { tieMoves } from "../../domain/ties";
import { type VolunteerState, type VolunteerStepAction, volunteerMoves } from "../../domain/volunteers";
import {
  anothersByRight,
  byAction,
  changeable,
  changedBy,
  earlierVolunteerActions,
  endsOnlyEarlier,
  followsMerging,
  includes,
  inTable,
  isHolding,
  type Known,
  noMove,
  ownsNot,
  type Rule,
  rankOf,
  reasonLater,
  same,
  standing,
  unlessAnothers,
  unlessRevised,
  volunteerChanges,
  withdrawal,
} from "./rules";

export type Field<K extends JournalKind> = keyof FactOf<K> & string;
type ActionsOf<K extends JournalKind> = K extends keyof typeof actions ? keyof (typeof actions)[K] : never;

/**
 * What the audit follows of one kind of fact. Everything that `changes` does not name is fixed for life. Besides what
 * stands here, `Follower` checks of each kind that `version` counts on by one, that `from` is the state before, and that
 * every id names something the journal knows.
 */
export interface Followed<K extends JournalKind> {
  /** The fields by which the thing is known that the fact is about; null where each fact is about itself alone. */
  key: readonly Field<K>[] | null;
  /** What a later fact about the same thing may change: always, or by its action. ONCE: there is no later fact. */
  changes: "ONCE" | readonly Field<K>[] | Readonly<Record<ActionsOf<K> & string, readonly Field<K>[]>>;
  /** A field by which rules find the last fact as well. */
  alsoBy?: Field<K>;
  /** How the thing stood by a fact of another kind, as an earlier release wrote it, where there is none of this kind yet. */
  since?: (fact: FactOf<K>, known: Known) => Partial<FactOf<K>> | null;
  /** The kind that says how the thing stands after a step, where a step is a kind of its own: one entry of each per version. */
  stepsOf?: JournalKind;
  /** Earlier releases wrote no steps of this kind beside what they led to. */
  lately?: true;
  rules?: readonly Rule<FactOf<K>>[];
}

/** The tables of moves of kinds that name their action. */
const actions = {
  RECORD_STEP: recordMoves,
  ACTIVITY_STEP: activityMoves,
  SIGN_UP_STEP: signUpMoves,
  HEAD_STEP: headMoves,
  CREDIT_RECORD_STEP: creditMoves,
  RATING_STEP: ratingMoves,
  ORGANIZATION_MOVED: organizationMoves,
  DIVISION_STEP: divisionMoves,
  IDENTITY_STEP: identityMoves,
  INVITATION_STEP: invitationMoves,
  TIE_STEP: tieMoves,
  VOLUNTEER_MOVED: volunteerMoves,
} as const;

/**
 * Every kind of fact has its line: a kind without one does not compile. The rules are read off the domain's tables where it
 * has them, and written here by other code than the services' where a service alone decides.
 */
export const followed: { readonly [K in JournalKind]: Followed<K> } = {
  BANK_OPENED: { key: [], changes: "ONCE" },
  ACCOUNT_OPENED: { key: ["id"], changes: "ONCE" },
  POLICY_SET: {
    key: ["id"],
    changes: "ONCE",
    rules: [
      ({ fact, by, at }) => by !== "system" && fact.effectiveFrom < dayOf(at) && "begins before the day it was set on",
    ],
  },
  TRANSFER: { key: null, changes: "ONCE" },
  HOLD: { key: null, changes: "ONCE" },
  SETTLE: { key: null, changes: "ONCE" },
  RELEASE: { key: null, changes: "ONCE" },
  REVERSAL: { key: null, changes: "ONCE" },
  RECORD_STEP: {
    key: ["id"],
    changes: {
      DRAFT: [],
      SUBMIT: [],
      CONFIRM: ["confirmedBy"],
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
      byAction(recordMoves),
      followsMerging,
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
        fact.action === "POST" &&
        fact.confirmedBy.length < Math.max(1, fact.confirmationsNeeded) &&
        "was posted before it was confirmed",
    ],
  },
  DIVISION_SET: { key: ["code"], changes: "ONCE" },
  ORGANIZATION_STEP: {
    key: ["id"],
    changes: [...organizationRevisable, "state"],
    rules: [
      ({ fact, before }) => !before && fact.state !== "ACTIVE" && "does not begin as registered",
      ({ fact, before, known }) => {
        const step = known.last("ORGANIZATION_MOVED", fact.id);
        const revised = step?.version === fact.version && step.action === "REVISE";
        const changed = organizationRevisable.find((field) => before && before[field] !== fact[field]);
        return changed !== undefined && !revised && `${changed} is not to change`;
      },
    ],
  },
  VOLUNTEER_STEP: {
    key: ["id"],
    changes: ["state", "vouchedBy", "profileId", "volunteerNo", "divisionCode", "personId"],
    rules: [
      ({ fact, before, known }) => {
        if (!before) return fact.state !== "REGISTERED" && fact.state !== "ACTIVE" && "does not begin as registered";
        const [from, to] = [before.state as VolunteerState, fact.state as VolunteerState];
        // An earlier release wrote no step beside it; since then the step says what may change.
        const step = known.last("VOLUNTEER_MOVED", fact.id);
        const action = step?.version === fact.version ? (step.action as VolunteerStepAction) : null;
        const moves = Object.entries(volunteerMoves).filter(
          ([name, move]) =>
            (action === null ? earlierVolunteerActions.includes(name) : name === action) &&
            move.from.includes(from) &&
            includes(move.to === "SAME" ? [from] : [move.to].flat(), to),
        );
        if (moves.length === 0) return noMove(from, to);
        if (moves.every(([, { reason }]) => reason) && fact.reasonId === null) return "has no reason";
        const may = action === null ? [] : volunteerChanges(action, step?.fields ?? []);
        const changed = changeable.find((field) => before[field] !== fact[field] && !may.includes(field));
        if (changed === "vouchedBy" && before.vouchedBy === null) return null;
        return changed !== undefined && `${changed} is not to change`;
      },
      anothersByRight,
      ({ fact, known }) => ownsNot(known, fact.accountId, fact.id, fact.group === 1 ? "GROUP" : "VOLUNTEER"),
    ],
  },
  GRANT_STEP: {
    key: ["id"],
    changes: ["validUntil", "personId"],
    rules: [anothersByRight, unlessAnothers<FactOf<"GRANT_STEP">>(endsOnlyEarlier), reasonLater],
  },
  SEALED: { key: ["id"], changes: "ONCE" },
  SEALED_ANEW: {
    key: ["id"],
    changes: ["personId", "commitment"],
    rules: [({ fact, known }) => known.last("SEALED", fact.id) === null && "was never sealed before"],
  },
  // Who was merged and parted again may be merged again, and parted again.
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
  IDENTITY_LINKED: { key: ["hash"], changes: "ONCE" },
  CAMPAIGN_SET: { key: ["id"], changes: "ONCE" },
  ACTIVITY_STEP: {
    key: ["id"],
    changes: {
      CREATE: [],
      EDIT: [
        "name",
        "startsAt",
        "endsAt",
        "capacity",
        "hazardous",
        "openToMinors",
        "outsideCounty",
        "authors",
        "detailsId",
      ],
      DROP_SHIFT: ["startsAt", "endsAt", "capacity"],
      SUBMIT: [],
      PUBLISH: ["reviewedBy", "announcedName", "announcedDetailsId"],
      RETURN: ["reviewedBy", "announcedName", "announcedDetailsId"],
      START: [],
      END: [],
      CLOSE: [],
      POSTPONE: [],
      CANCEL: [],
      RECORD: [],
    },
    rules: [
      byAction(activityMoves),
      ({ fact, by }) =>
        fact.action === "PUBLISH" &&
        (fact.reviewedBy !== by || fact.authors.includes(by)) &&
        "was published by one who may not",
    ],
  },
  SHIFT_SET: {
    key: ["id"],
    changes: ["startsAt", "endsAt", "capacity", "venueId", "announcedVenueId", "radiusMetres", "dropped"],
    rules: [({ before }) => before?.dropped === 1 && "was dropped before"],
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
      MISS: [],
      RESOLVE: ["malicious"],
    },
    rules: [byAction(signUpMoves)],
  },
  ATTENDANCE_STEP: {
    key: ["id"],
    changes: ["sentLate", "checkedOutAt", "checkedOutBy", "outcome", "recordId"],
    rules: [
      ({ fact, before }) => {
        const [from, to] = [before?.outcome ?? null, fact.outcome];
        const move = attendanceMoves[fact.action as AttendanceAction];
        const moved = move && includes(move.from, from) && includes(move.to, to);
        return moved ? null : noMove(from, to, fact.action);
      },
    ],
  },
  FUNDRAISING_SET: {
    key: ["activityId"],
    changes: [
      "organizationName",
      "planFilingNo",
      "permitNo",
      "howToQuery",
      "filedOn",
      "startsOn",
      "endsOn",
      "emergency",
      "interimDisclosedOn",
      "disclosedOn",
      "dueOn",
    ],
  },
  GUARDIAN_SET: {
    key: ["id"],
    changes: ["ended", "personId", "volunteerId"],
    rules: [
      anothersByRight,
      followsMerging,
      ({ fact, before }) => {
        const isMoved = before && (before.personId !== fact.personId || before.volunteerId !== fact.volunteerId);
        return !isMoved && fact.ended === (before?.ended ?? 1) && "neither begins nor ends";
      },
      ({ fact }) => fact.ended === 1 && fact.reasonId === null && "has no reason",
    ],
  },
  CALENDAR_SET: { key: ["personId"], changes: [] },
  SOCIAL_WORKER_SET: {
    key: ["id"],
    changes: ["organizationId", "level", "certificateHash", "registeredOn", "registeredUntil", "profileId", "personId"],
    rules: [
      anothersByRight,
      ({ fact, before, known }) =>
        changedBy(known.last("SOCIAL_WORKER_MOVED", fact.id), socialWorkerMoves, fact, before),
      ({ fact, before }) => !!before && fact.registeredOn < before.registeredOn && "registeredOn goes back",
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
      ({ fact, before, known }) =>
        before !== null &&
        before.socialWorkerId !== fact.socialWorkerId &&
        known.last("SOCIAL_WORKER_MOVED", before.socialWorkerId)?.action !== "MERGE" &&
        known.last("SOCIAL_WORKER_MOVED", fact.socialWorkerId)?.action !== "SEPARATE" &&
        "socialWorkerId is not to change",
      ...withdrawal().map(
        (rule): Rule<FactOf<"TRAINING_SET">> =>
          (step) =>
            step.before !== null && step.before.socialWorkerId !== step.fact.socialWorkerId ? null : rule(step),
      ),
    ],
  },
  POST_SET: {
    key: ["id"],
    changes: ["validUntil", "personId"],
    rules: [anothersByRight, unlessAnothers<FactOf<"POST_SET">>(endsOnlyEarlier)],
  },
  ORGANIZATION_PROFILE_SET: {
    key: ["organizationId"],
    changes: ["registeredOn", "hub", "villageKind", "supervisorId"],
  },
  HEAD_STEP: {
    key: ["id"],
    changes: { PROPOSE: [], APPROVE: [], REFUSE: [], END: [] },
    rules: [
      byAction(headMoves),
      ({ fact, by }) => (fact.action === "PROPOSE" ? fact.proposedBy !== by && "proposedBy is another" : null),
      ({ fact, by }) =>
        (fact.action === "APPROVE" || fact.action === "REFUSE") &&
        fact.proposedBy === by &&
        "was decided by its proposer",
    ],
  },
  AWARD_SET: { key: ["id"], changes: ["withdrawn"], rules: withdrawal() },
  HOUSEHOLD_SET: { key: ["id"], changes: "ONCE" },
  VILLAGE_POINTS_SET: {
    key: ["id"],
    changes: ["reversedBySeq"],
    rules: [
      ({ fact, before }) =>
        (fact.reversedBySeq === null) !== (before === null) && "reversedBySeq is not as its version",
      ({ before }) => !!before && before.reversedBySeq !== null && "was taken back before",
    ],
  },
  HOUSEHOLD_QUARTER_SET: {
    key: ["householdId", "quarter"],
    changes: "ONCE",
    rules: [({ fact, known }) => ownsNot(known, fact.accountId, `${fact.householdId}/${fact.quarter}`, "HOUSEHOLD")],
  },
  RECIPIENT_SET: {
    key: ["id"],
    changes: ["listedOn", "listedUntil", "profileId", "personId", "divisionCode"],
    rules: [
      anothersByRight,
      reasonLater,
      ({ fact, known }) => ownsNot(known, fact.accountId, fact.id, "RECIPIENT"),
      // Before steps were kept beside it, nobody was moved.
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
      ({ fact, before, known }) =>
        before !== null &&
        before.recipientId !== fact.recipientId &&
        known.last("RECIPIENT_MOVED", before.recipientId)?.action !== "MERGE" &&
        known.last("RECIPIENT_MOVED", fact.recipientId)?.action !== "SEPARATE" &&
        "recipientId is not to change",
      ...withdrawal(true),
      ({ fact }) =>
        (fact.withdrawn === 1 || fact.met === 0) && fact.obligation !== null && "obligation is met by no visit",
    ],
  },
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
      REMOVE: ["expiresOn"],
      REPAIR: [],
      REFUSE_REPAIR: [],
      REFER: [],
      NOTE_OUTCOME: [],
      ANSWER: ["answered"],
      OBJECT: ["contestedOn", "decideBy", "extended"],
      APPLY_FOR_REPAIR: ["contestedOn", "decideBy", "extended"],
      EXPIRE: [],
      ERASE: [],
      MOVE: ["detailsId"],
    },
    rules: [
      byAction(creditMoves),
      ({ fact, before, by }) =>
        fact.action === "CONFIRM" &&
        !same(fact.confirmedBy, [...(before?.confirmedBy ?? []), by]) &&
        "confirmedBy is not one more than before",
      ({ fact, before, by }) =>
        ["CONFIRM", "UPHOLD", "CORRECT", "REMOVE"].includes(fact.action) &&
        before?.confirmedBy.includes(by) &&
        "was decided by one who may not",
      ({ fact, before, by }) =>
        before &&
        actOf(fact.action as CreditAction, before.state as CreditRecordState) === "credit.answer" &&
        by !== fact.personId &&
        "is not the subject's own word",
    ],
  },
  CREDIT_FILE_READ: { key: ["id"], changes: "ONCE" },
  SPOT_SEED_SET: {
    key: ["id"],
    changes: ["seed"],
    rules: [
      ({ fact, before }) => (fact.seed === null) !== (before === null) && "seed is told before its hash",
      ({ before }) => !!before && before.seed !== null && "seed was told before",
      ({ fact }) => fact.seed !== null && seedHashOf(fact.seed) !== fact.seedHash && "seed is not what seedHash says",
    ],
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
    rules: [byAction(ratingMoves)],
  },
  RATING_VOTED: {
    key: ["id"],
    changes: ["choice", "level"],
    rules: [
      // Another's hand only takes somebody out of a case, and who is out stays out.
      ({ fact, by, known }) =>
        fact.choice !== "RECUSE" && by !== standing(fact.memberId, known) && "is not the member's own word",
      ({ before }) => before?.choice === "RECUSE" && "the member was out of it before",
    ],
  },
  FEEDBACK_GIVEN: { key: ["id"], changes: ["stars", "on"] },
  STAFF_SET: { key: ["personId"], changes: ["profileId"] },
  PERSON_ERASED: { key: ["personId"], changes: "ONCE" },
  PERSON_EXPORTED: { key: null, changes: "ONCE" },
  ORGANIZATION_MOVED: {
    key: ["organizationId"],
    changes: { REVISE: [], SUSPEND: [], RESUME: [], DISSOLVE: [] },
    stepsOf: "ORGANIZATION_STEP",
    rules: [byAction(organizationMoves)],
  },
  FINDING_SET: {
    key: ["id"],
    changes: ["endedOn", "withdrawn"],
    rules: [({ before }) => before?.withdrawn === 1 && "was taken back before", reasonLater],
  },
  DIVISION_STEP: {
    key: ["code"],
    changes: ["officialCode", "name", "kind", "parentCode", "retiredOn", "state"],
    since: ({ code }, known) => {
      const set = known.last("DIVISION_SET", code);
      return set && { version: 1, state: "ACTIVE" };
    },
    rules: [
      byAction(divisionMoves),
      ({ fact }) => (fact.state === "RETIRED") !== (fact.retiredOn !== null) && "retiredOn is not as its state",
    ],
  },
  IDENTITY_STEP: {
    key: ["id"],
    alsoBy: "hash",
    changes: { LINK: [], UNLINK: [] },
    since: ({ id, hash }, known) => {
      const linked = id === earlierIdentityId(hash) ? known.last("IDENTITY_LINKED", hash) : null;
      return (
        linked && { version: 1, state: "LINKED", hash, personId: linked.personId, issuer: null, linkReasonId: null }
      );
    },
    rules: [
      byAction(identityMoves),
      ({ fact, known }) => {
        const step = known.lastBy("IDENTITY_STEP", fact.hash);
        const taken = step ? step.state === "LINKED" : known.last("IDENTITY_LINKED", fact.hash) !== null;
        return fact.action === "LINK" && taken && "the subject was a person already";
      },
    ],
  },
  VOLUNTEER_MOVED: {
    key: ["volunteerId"],
    changes: Object.fromEntries(Object.keys(volunteerMoves).map((action) => [action, []])) as never,
    stepsOf: "VOLUNTEER_STEP",
    lately: true,
    rules: [
      byAction(volunteerMoves),
      ({ fact }) => (fact.action === "REVISE") !== fact.fields.length > 0 && "fields are not as its action",
      ({ fact, before }) =>
        fact.action === "SEPARATE" &&
        fact.state !== (fact.from === "MERGED" ? before?.from : fact.from) &&
        noMove(fact.from, fact.state, fact.action),
    ],
  },
  TIE_STEP: { key: ["id"], changes: ["state"], rules: [byAction(tieMoves)] },
  INVITATION_STEP: {
    key: ["id"],
    changes: { INVITE: [], ACCEPT: ["acceptedBy", "acceptedAt"], REVOKE: [], REPLACE: [] },
    rules: [
      byAction(invitationMoves),
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
};
