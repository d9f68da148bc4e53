import { type AttendanceAction, attendanceMoves } from "../../domain/activities/attendance";
import { activityMoves } from "../../domain/activities/machine";
import { signUpMoves } from "../../domain/activities/signups";
import { dayOf, type Instant } from "../../domain/calendar";
import { recipientMoves, socialWorkerMoves } from "../../domain/capacities";
import { actOf, type CreditAction, type CreditRecordState, creditMoves } from "../../domain/credit";
import { divisionMoves } from "../../domain/divisions";
import { recordMoves } from "../../domain/hours";
import { earlierIdentityId, identityMoves } from "../../domain/identities";
import { invitationMoves } from "../../domain/invitations";
import { type Fact, type FactOf, type JournalKind, journalShapes } from "../../domain/ledger/facts";
import type { JournalEntry } from "../../domain/ledger/journal";
import { headMoves, organizationMoves, organizationRevisable } from "../../domain/organizations";
import { ratingMoves } from "../../domain/ratings";
import { socialWorkLevels } from "../../domain/socialworkers";
import { seedHashOf, spotCheckMoves } from "../../domain/spotchecks";
import { tieMoves } from "../../domain/ties";
import { type VolunteerState, type VolunteerStepAction, volunteerMoves } from "../../domain/volunteers";

/** One fact, what stood before it, and who wrote it when: what a rule looks at. `known` answers about other things. */
interface Step<F> {
  fact: F;
  before: F | null;
  by: string;
  at: Instant;
  known: Known;
}
export interface Known {
  /** The last fact of that kind about the thing with this key; null where there was none. */
  last<K extends JournalKind>(kind: K, ...key: string[]): FactOf<K> | null;
  /** The last fact of that kind whose `alsoBy` is this. */
  lastBy<K extends JournalKind>(kind: K, value: string): FactOf<K> | null;
  /** The fact of the entry before this one. */
  readonly previous: Fact | null;
}
/** What is wrong with a step, in words that repeat none of its values; nothing where nothing is. */
type Rule<F> = (step: Step<F>) => string | false | null | undefined;

type Field<K extends JournalKind> = keyof FactOf<K> & string;
type ActionsOf<K extends JournalKind> = K extends keyof typeof actions ? keyof (typeof actions)[K] : never;

/**
 * What the audit follows of one kind of fact. Everything that `changes` does not name is fixed for life. Besides what
 * stands here, `Follower` checks of each kind that `version` counts on by one, that `from` is the state before, and that
 * every id names something the journal knows.
 */
interface Followed<K extends JournalKind> {
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

interface Moves {
  readonly [action: string]: {
    readonly from: readonly (string | null)[];
    readonly to: string | readonly string[];
    readonly reason?: boolean;
  };
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

/** Which kinds' things a field names, wherever it stands. */
const names: Readonly<Record<string, readonly JournalKind[]>> = {
  organizationId: ["ORGANIZATION_STEP"],
  vouchedBy: ["ORGANIZATION_STEP"],
  supervisorId: ["ORGANIZATION_STEP"],
  divisionCode: ["DIVISION_STEP", "DIVISION_SET"],
  parentCode: ["DIVISION_STEP", "DIVISION_SET"],
  volunteerId: ["VOLUNTEER_STEP"],
  accountId: ["ACCOUNT_OPENED"],
  debit: ["ACCOUNT_OPENED"],
  credit: ["ACCOUNT_OPENED"],
  policyId: ["POLICY_SET"],
  policyIds: ["POLICY_SET"],
  recordId: ["RECORD_STEP"],
  replacedBy: ["RECORD_STEP"],
  campaignId: ["CAMPAIGN_SET"],
  activityId: ["ACTIVITY_STEP"],
  shiftId: ["SHIFT_SET"],
  signUpId: ["SIGN_UP_STEP"],
  socialWorkerId: ["SOCIAL_WORKER_SET"],
  householdId: ["HOUSEHOLD_SET"],
  recipientId: ["RECIPIENT_SET"],
  roundId: ["RATING_ROUND_OPENED"],
  ratingId: ["RATING_STEP"],
  detailsId: ["SEALED"],
  announcedDetailsId: ["SEALED"],
  venueId: ["SEALED"],
  announcedVenueId: ["SEALED"],
  profileId: ["SEALED"],
  reasonId: ["SEALED"],
  mergedReasonId: ["SEALED"],
  linkReasonId: ["SEALED"],
  purposeId: ["SEALED"],
  findingId: ["SEALED"],
};
/** What a step says of itself rather than of its thing. */
const ofTheStep: readonly string[] = ["type", "version", "action", "from", "actorKind", "reasonId"];

/** For each kind, the fields that say something of its thing, and those that name other things. */
const fieldsOf = everyKind((field) => (ofTheStep.includes(field) ? [] : [field]));
const namesOf = everyKind((field) => (names[field] ? [[field, names[field]] as const] : []));
function everyKind<T>(of: (field: string) => readonly T[]): Record<JournalKind, readonly T[]> {
  const kinds = Object.entries(journalShapes) as [JournalKind, { fields: Record<string, unknown> }][];
  return Object.fromEntries(kinds.map(([kind, { fields }]) => [kind, Object.keys(fields).flatMap(of)])) as never;
}

/** Follows every thing from its first fact to its last, and says of each fact what is wrong with it. */
export class Follower implements Known {
  previous: Fact | null = null;
  private readonly things = new Map<JournalKind, Map<string, Fact>>();
  /** Ids that named nothing yet when they were met, with the place of the first that did. */
  private readonly unknown = new Map<
    string,
    { where: string; field: string; kinds: readonly JournalKind[]; id: string }
  >();

  last<K extends JournalKind>(kind: K, ...key: string[]): FactOf<K> | null {
    return (this.things.get(kind)?.get(key.join(" ")) as FactOf<K> | undefined) ?? null;
  }

  lastBy<K extends JournalKind>(kind: K, value: string): FactOf<K> | null {
    return (this.things.get(kind)?.get(`= ${value}`) as FactOf<K> | undefined) ?? null;
  }

  /** Whether any fact is about a thing with this id, of whatever kind. */
  knowsId(id: string): boolean {
    return this.knows([...this.things.keys()], id);
  }

  *follow(entry: JournalEntry, where: string): Generator<string> {
    yield* this.look(entry.fact, entry);
    this.remember(entry.fact);
    this.names(entry.fact, where);
    this.previous = entry.fact;
  }

  /** After the last entry: steps without the state they led to, and ids that name nothing. */
  *close(): Generator<{ where: string; what: string }> {
    for (const [kind, { stepsOf }] of Object.entries(followed) as [JournalKind, Followed<JournalKind>][])
      if (stepsOf)
        for (const [key, fact] of this.things.get(kind) ?? []) {
          const [step, thing] = [fact, this.last(stepsOf, key)] as (StateFact | null)[];
          if (step?.version !== thing?.version || step?.state !== thing?.state)
            yield { where: `${stepsOf} ${key}`, what: "is not where its last step led" };
        }
    for (const { where, field, kinds, id } of this.unknown.values())
      if (!this.knows(kinds, id)) yield { where, what: `${field} names nothing that the journal knows` };
  }

  private *look<K extends JournalKind>(fact: FactOf<K>, { actor: by, at }: JournalEntry): Generator<string> {
    const line = followed[fact.type] as unknown as Followed<K>;
    const said = fact as FactOf<K> & StateFact;
    const key = line.key?.map((field) => String(fact[field]));
    const earlier = (key ? this.last(fact.type, ...key) : null) as FactOf<K> | null;
    const since = earlier ?? line.since?.(fact, this) ?? null;
    const stood = (line.stepsOf && key ? this.last(line.stepsOf, ...key) : since) as StateFact | null;
    if ("version" in said && said.version !== (stood?.version ?? 0) + 1) yield "version is not the next";
    if ("from" in said && said.from !== undefined && said.from !== (stood?.state ?? null) && "state" in said)
      yield "does not start where the step before ended";
    if (since) yield* this.changed(line, fact, since);
    const stepKind = stepped.get(fact.type);
    if (earlier && stepKind && key) {
      const step = this.last(stepKind, ...key) as StateFact | null;
      const isEarlier = step === null && followed[stepKind].lately;
      if (!isEarlier && (step?.version !== said.version || step?.state !== said.state))
        yield "no step of the office's led here";
    }
    for (const rule of line.rules ?? []) {
      const wrong = rule({ fact, before: earlier, by, at, known: this });
      if (wrong) yield wrong;
    }
  }

  private *changed<K extends JournalKind>(
    line: Followed<K>,
    fact: FactOf<K>,
    earlier: Partial<FactOf<K>>,
  ): Generator<string> {
    // Of a step that is a kind of its own, all is said of the step.
    if (line.stepsOf) return;
    if (line.changes === "ONCE") {
      yield "was said before, and is said once";
      return;
    }
    const may: readonly string[] = Array.isArray(line.changes)
      ? line.changes
      : [
          "state",
          ...((line.changes as Record<string, readonly string[]>)[(fact as { action?: string }).action ?? ""] ?? []),
        ];
    for (const field of fieldsOf[fact.type] as Field<K>[])
      if (field in earlier && !may.includes(field) && !same(fact[field], earlier[field]))
        yield `${field} is not to change`;
  }

  private remember(fact: Fact): void {
    const { key, alsoBy } = followed[fact.type] as { key: readonly string[] | null; alsoBy?: string };
    if (!key) return;
    const things = this.things.get(fact.type) ?? new Map<string, Fact>();
    this.things.set(fact.type, things);
    const values: Record<string, unknown> = { ...fact };
    things.set(key.map((field) => String(values[field])).join(" "), fact);
    if (alsoBy) things.set(`= ${values[alsoBy]}`, fact);
  }

  private knows(kinds: readonly JournalKind[], id: string): boolean {
    return kinds.some((kind) => this.things.get(kind)?.has(id));
  }

  private names(fact: Fact, where: string): void {
    const values = fact as unknown as Record<string, string | string[] | null>;
    for (const [field, kinds] of namesOf[fact.type])
      for (const id of [values[field] ?? []].flat())
        if (!this.knows(kinds, id) && !this.unknown.has(`${field} ${id}`))
          this.unknown.set(`${field} ${id}`, { where, field, kinds, id });
  }
}

interface StateFact {
  version?: number;
  state?: string;
  from?: string | null;
}
/** By which kind of step each thing moves whose steps are a kind of their own. */
const stepped = new Map(
  (Object.entries(followed) as [JournalKind, Followed<JournalKind>][]).flatMap(([kind, { stepsOf }]) =>
    stepsOf ? [[stepsOf, kind] as const] : [],
  ),
);

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
function includes(list: readonly (string | null)[], value: string | null): boolean {
  return list.includes(value);
}
const rankOf = (level: string) => (socialWorkLevels as readonly string[]).indexOf(level);

/** States and actions are words of closed lists; anything else that stands in their place is not repeated. */
function noMove(from: string | null, to: string, action = "a step"): string {
  const word = (text: string | null) => (text === null || /^[A-Za-z_ ]{1,40}$/.test(text) ? text : "an unknown word");
  return `${word(action)} is no move from ${word(from)} to ${word(to)}`;
}

/** Its action is in the table of moves, leads from the state before to this one, and has a reason where one is asked for. */
function byAction(moves: Moves): Rule<{ action: string; from: string | null; state: string; reasonId: string | null }> {
  return ({ fact: { action, from, state, reasonId } }) => {
    const move = Object.hasOwn(moves, action) ? moves[action] : undefined;
    const to = move?.to === "SAME" ? [from] : [move?.to].flat();
    if (!move?.from.includes(from) || !to.includes(state)) return noMove(from, state, action);
    return move.reason && reasonId === null && "has no reason";
  };
}

type CapacityMove = Pick<FactOf<"RECIPIENT_MOVED">, "version" | "action" | "fields" | "reasonId">;
type CapacityMoves = Readonly<Record<string, readonly string[]>>;
/** A step that the table of moves has; a correction names what it corrects, and all but a registration has a reason. */
function inTable(moves: CapacityMoves): Rule<CapacityMove> {
  return ({ fact: { action, fields, reasonId } }) => {
    if (!Object.hasOwn(moves, action)) return "takes no step that there is";
    if ((action === "REVISE") !== fields.length > 0) return "fields are not as its action";
    return action !== "REGISTER" && reasonId === null && "has no reason";
  };
}
/** A step changes what the table of moves says, and nothing else. Earlier releases wrote none. */
function changedBy<F extends { version: number }>(
  step: CapacityMove | null,
  moves: CapacityMoves,
  fact: F,
  before: F | null,
): string | false {
  if (before === null || step?.version !== fact.version) return false;
  const may = ["type", "version", "reasonId", ...(moves[step.action] ?? [])];
  const changed = (Object.keys(fact) as (keyof F & string)[]).find(
    (field) => !may.includes(field) && !same(fact[field], before[field]),
  );
  return changed !== undefined && `${changed} is not to change`;
}
/** A rule about a registration, which holds for none that is put right. */
function unlessRevised(rule: Rule<FactOf<"SOCIAL_WORKER_SET">>): Rule<FactOf<"SOCIAL_WORKER_SET">> {
  return (step) => {
    const moved = step.known.last("SOCIAL_WORKER_MOVED", step.fact.id);
    return moved?.version === step.fact.version && moved.action === "REVISE" ? null : rule(step);
  };
}

/** What earlier releases did with volunteers, without writing down which step it was. */
const earlierVolunteerActions: readonly string[] = ["ACTIVATE", "SUSPEND", "RESTORE", "WITHDRAW", "RECORD_DEATH"];
/** What a step of a volunteer may change besides the state; a correction what it names. */
const changeable = ["vouchedBy", "profileId", "volunteerNo", "divisionCode", "personId"] as const;
function volunteerChanges(action: VolunteerStepAction, fields: readonly string[]): readonly string[] {
  if (action === "ACTIVATE" || action === "RETURN") return ["vouchedBy", "profileId"];
  if (action === "SEPARATE") return ["personId", "profileId"];
  if (action === "MERGE") return ["personId"];
  if (action === "TAKE_OVER") return ["personId", "profileId"];
  if (action !== "REVISE") return [];
  const named = fields.map((field) => (field === "organizationId" ? "vouchedBy" : field));
  return ["profileId", ...named];
}

/** Who somebody is now: the person into whom they were merged. */
function standing(personId: string, known: Known): string {
  const merged = known.last("PEOPLE_MERGED", personId);
  return merged && isHolding(merged, known) ? standing(merged.keptId, known) : personId;
}

/** Whether two are one person still: the last parting is of another merging, or earlier than this one. */
function isHolding(merged: FactOf<"PEOPLE_MERGED">, known: Known): boolean {
  const ended = known.last("MERGING_ENDED", merged.personId);
  return ended === null || ended.mergedReasonId !== merged.reasonId;
}

type Owned = { personId: string };
/** What was one person's becomes another's where an officer has parted or merged the two, and never else. */
function anothersByRight({ fact, before, known }: Step<Owned>): string | false {
  if (before === null || before.personId === fact.personId) return false;
  const parted = known.last("PERSON_SEPARATED", fact.personId)?.personId === before.personId;
  const merged = known.last("PEOPLE_MERGED", before.personId)?.keptId === fact.personId;
  return !parted && !merged && "personId is not to change";
}
/** What was about one registration is about another where an officer has merged or parted the two, and never else. */
function followsMerging({ fact, before, known }: Step<{ volunteerId: string }>): string | false {
  if (before === null || before.volunteerId === fact.volunteerId) return false;
  const isMerged = known.last("VOLUNTEER_MOVED", before.volunteerId)?.action === "MERGE";
  const isParted = known.last("VOLUNTEER_MOVED", fact.volunteerId)?.action === "SEPARATE";
  return !isMerged && !isParted && "volunteerId is not to change";
}
/** A rule about what a step does, which is nothing where the thing only became another person's. */
function unlessAnothers<F extends Owned>(rule: Rule<F>): Rule<F> {
  return (step) => (step.before !== null && step.before.personId !== step.fact.personId ? null : rule(step));
}

type Reasoned = { reasonId: string | null };
/** All that comes after the first has a reason. */
function reasonLater({ fact, before }: Step<Reasoned>): string | false {
  return before !== null && fact.reasonId === null && "has no reason";
}
/** An end comes nearer, and goes no further away. */
function endsOnlyEarlier({ fact, before }: Step<{ validUntil: string | null }>): string | false {
  const { validUntil } = fact;
  const nearer = !before || (validUntil !== null && (before.validUntil === null || validUntil < before.validUntil));
  return !nearer && "validUntil does not come nearer";
}
/** Entered by mistake: taken back once, with a reason, and never given again. */
function withdrawal(otherSteps = false): readonly Rule<Reasoned & { withdrawn: number }>[] {
  return [
    ({ before }) => before?.withdrawn === 1 && "was taken back before",
    ({ fact, before }) =>
      (fact.withdrawn === 1) !== (before !== null) &&
      !(otherSteps && fact.withdrawn === 0) &&
      "withdrawn is not as its version",
    ({ fact }) => fact.withdrawn === 1 && fact.reasonId === null && "has no reason",
  ];
}
/** An account is its owner's, of its owner's kind. */
function ownsNot(known: Known, accountId: string, owner: string, kind: string): string | false {
  const account = known.last("ACCOUNT_OPENED", accountId);
  return (account?.owner !== owner || account.kind !== kind) && "accountId is not an account of its own";
}
