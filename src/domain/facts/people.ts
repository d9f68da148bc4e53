import type { Moves } from "../kit/moves";
import { type ActorKind, actorKinds, roles } from "./actors";
import { always, at, enteredOn, fact, from, type RowOf, type StateOf, seq, step, taken } from "./shape";
import { code, count, day, flag, hash, id, instant, list, oneOf, optional, person, sealedRow, text } from "./words";

export const volunteerStates = [
  "REGISTERED",
  "REAL_NAME_PENDING",
  "ACTIVE",
  "SUSPENDED",
  "WITHDRAWN",
  "MERGED",
  "DECEASED",
] as const;
export type VolunteerState = (typeof volunteerStates)[number];

export const volunteerActions = [
  "ACTIVATE",
  "SUSPEND",
  "RESTORE",
  "WITHDRAW",
  "RETURN",
  "RECORD_DEATH",
  "UNDO_DEATH",
] as const;
export type VolunteerAction = (typeof volunteerActions)[number];

/** Steps after the registration: those above, and what corrections of the person do to it. */
export const volunteerStepActions = [
  "ACTIVATE",
  "SUSPEND",
  "RESTORE",
  "WITHDRAW",
  "RETURN",
  "RECORD_DEATH",
  "UNDO_DEATH",
  "REVISE",
  "SEPARATE",
  "TAKE_OVER",
  "MERGE",
] as const;
export type VolunteerStepAction = (typeof volunteerStepActions)[number];

export const living: readonly VolunteerState[] = ["REGISTERED", "REAL_NAME_PENDING", "ACTIVE", "SUSPENDED"];

export const unmerged: readonly VolunteerState[] = [...living, "WITHDRAWN", "DECEASED"];

/** domain.md 6.6. The table drives the enum, the check, the audit and the documentation. `SAME` leaves the state. */
export const volunteerMoves: Moves<VolunteerStepAction, VolunteerState> = {
  ACTIVATE: { from: ["REGISTERED", "REAL_NAME_PENDING"], to: "ACTIVE", reason: false },
  SUSPEND: { from: ["ACTIVE"], to: "SUSPENDED", reason: true },
  RESTORE: { from: ["SUSPENDED"], to: "ACTIVE", reason: true },
  WITHDRAW: { from: living, to: "WITHDRAWN", reason: true },
  RETURN: { from: ["WITHDRAWN"], to: "ACTIVE", reason: true },
  RECORD_DEATH: { from: [...living, "WITHDRAWN"], to: "DECEASED", reason: true },
  // Back to where the volunteer stood before.
  UNDO_DEATH: { from: ["DECEASED"], to: [...living, "WITHDRAWN"], reason: true },
  REVISE: { from: unmerged, to: "SAME", reason: true },
  // A registration that was merged by mistake goes back to its state before; every other one keeps its state.
  SEPARATE: { from: [...unmerged, "MERGED"], to: unmerged, reason: true },
  TAKE_OVER: { from: unmerged, to: "SAME", reason: true },
  MERGE: { from: unmerged, to: "MERGED", reason: true },
};

/** What a correction may change; what stands in the journal of it is only which of them. */
export const revisableFields = [
  "displayName",
  "legalName",
  "birthDate",
  "idNumber",
  "phone",
  "divisionCode",
  "organizationId",
  "volunteerNo",
  "guardianConsent",
] as const;
export type RevisableField = (typeof revisableFields)[number];

/** What becomes of credit above the cap: the public pool, or a roll of honour (DESIGN §3; Nanjing 2019). */
export const overflowChoices = ["DONATE", "HONOUR"] as const;
export type OverflowChoice = (typeof overflowChoices)[number];

/** A volunteer as a step leaves them, and how and where they stood from which civil day on. */
export const volunteerStep = fact(
  "VOLUNTEER_STEP",
  8,
  {
    id: id("volunteer"),
    personId: person,
    volunteerNo: text,
    divisionCode: code,
    state: oneOf(volunteerStates),
    accountId: id("account"),
    /** A group's credit may only be donated (domain.md 2.1 C). */
    group: flag,
    overflow: oneOf(overflowChoices),
    registeredOn: day,
    /** The organisation that vouched; null after self-registration. */
    vouchedBy: optional(id("organization")),
    /** The sealed row that holds the name, the birth date and the consent. */
    profileId: sealedRow,
    version: count,
    reasonId: optional(sealedRow),
  },
  {
    into: "volunteers",
    unkept: ["reasonId"],
    also: {
      volunteerStandings: {
        key: ["volunteerId", "version"],
        once: true,
        columns: {
          volunteerId: "id",
          version: "version",
          enteredOn,
          state: "state",
          divisionCode: "divisionCode",
          seq,
        },
      },
    },
  },
);
export type Volunteer = StateOf<typeof volunteerStep>;

/** A step after the registration; of a correction, which fields it changed. */
export const volunteerMoved = fact(
  "VOLUNTEER_MOVED",
  45,
  {
    volunteerId: id("volunteer"),
    version: count,
    action: oneOf(volunteerStepActions),
    from: oneOf(volunteerStates),
    state: oneOf(volunteerStates),
    fields: list(oneOf(revisableFields)),
    actorKind: oneOf(actorKinds),
    reasonId: optional(sealedRow),
  },
  {
    into: null,
    also: {
      volunteerSteps: {
        key: ["volunteerId", "version"],
        once: true,
        columns: { volunteerId: "volunteerId", version: "version", fields: "fields", ...taken },
      },
    },
  },
);
export type VolunteerMove = RowOf<typeof volunteerMoved, "volunteerSteps">;

/** A dated role with a scope: an organisation, a division and below, or (both null) the whole bank. */
export const grantStep = fact(
  "GRANT_STEP",
  9,
  {
    id: id("grant"),
    personId: person,
    role: oneOf(roles),
    organizationId: optional(id("organization")),
    divisionCode: optional(code),
    validFrom: day,
    validUntil: optional(day),
    version: count,
    reasonId: optional(sealedRow),
  },
  { into: "grants", unkept: ["reasonId"] },
);
export type Grant = StateOf<typeof grantStep>;

/** A person who was registered to hold a role. */
export const staffSet = fact(
  "STAFF_SET",
  39,
  {
    personId: person,
    profileId: sealedRow,
  },
  { into: "staff" },
);

/**
 * How a subject of the token issuer was tied to a person: by a one-time code, by a claim of the issuer that the bank
 * trusts, by a supervisor or officer who saw the papers, by registering oneself, or from the operator's command line.
 */
export const identityLinkKinds = ["CODE", "CLAIM", "PAPERS", "SELF", "OPERATOR"] as const;
export type IdentityLinkKind = (typeof identityLinkKinds)[number];

export const identityStates = ["LINKED", "UNLINKED"] as const;
export type IdentityState = (typeof identityStates)[number];

export const identityActions = ["LINK", "UNLINK"] as const;
export type IdentityAction = (typeof identityActions)[number];

/** A link ends once. The same subject linked again, to the same or another person, is another link. */
export const identityMoves: Moves<IdentityAction, IdentityState> = {
  LINK: { from: [null], to: "LINKED", reason: false },
  UNLINK: { from: ["LINKED"], to: "UNLINKED", reason: true },
};

/** One subject of an issuer as one person, from the link to its end. */
export const identityStep = step(
  "IDENTITY_STEP",
  11,
  { states: identityStates, actions: identityActions, moves: identityMoves },
  {
    id: id("identity"),
    /** The keyed hash of issuer and subject: no login name is kept. */
    hash,
    personId: person,
    issuer: optional(text),
    kind: oneOf(identityLinkKinds),
    linkedAt: instant,
    linkedBy: oneOf(actorKinds),
    linkReasonId: optional(sealedRow),
    state: oneOf(identityStates),
    version: count,
  },
  {
    into: "identityLinks",
    opened: true,
    plus: {
      unlinkedAt: from(optional(instant), ({ state }: Ending, written) => (state === "UNLINKED" ? written.at : null)),
      unlinkedBy: from(optional(oneOf(actorKinds)), ({ state, actorKind }: Ending) =>
        state === "UNLINKED" ? actorKind : null,
      ),
      unlinkReasonId: from(optional(sealedRow), ({ state, reasonId }: Ending) =>
        state === "UNLINKED" ? reasonId : null,
      ),
    },
    also: {
      identities: {
        key: ["hash"],
        columns: {
          hash: "hash",
          personId: "personId",
          // 1 where the link ended: the subject is nobody.
          ended: from(count, ({ state }: Ending) => (state === "UNLINKED" ? 1 : 0)),
          seq,
        },
      },
    },
  },
);

interface Ending {
  state: IdentityState;
  actorKind: ActorKind;
  reasonId: string | null;
}

export type IdentityLink = Omit<RowOf<typeof identityStep, "identityLinks">, "openedSeq" | "seq">;

/** A volunteer of a station, a person with a role at an organisation, or the guardian of a minor. */
export const inviteeKinds = ["VOLUNTEER", "STAFF", "GUARDIAN"] as const;
export type InviteeKind = (typeof inviteeKinds)[number];

export const invitationStates = ["OPEN", "ACCEPTED", "EXPIRED", "REVOKED"] as const;
export type InvitationState = (typeof invitationStates)[number];

export const invitationActions = ["INVITE", "ACCEPT", "REVOKE", "REPLACE"] as const;
export type InvitationAction = (typeof invitationActions)[number];

/** EXPIRED is no step: an open invitation is expired from its instant on. */
export const invitationMoves: Moves<InvitationAction, InvitationState> = {
  INVITE: { from: [null], to: "OPEN", reason: false },
  ACCEPT: { from: ["OPEN"], to: "ACCEPTED", reason: false },
  REVOKE: { from: ["OPEN"], to: "REVOKED", reason: true },
  REPLACE: { from: ["OPEN"], to: "REVOKED", reason: false },
};

/** A one-time code by which a person comes in. */
export const invitationStep = step(
  "INVITATION_STEP",
  49,
  { states: invitationStates, actions: invitationActions, moves: invitationMoves },
  {
    id: id("invitation"),
    organizationId: id("organization"),
    kind: oneOf(inviteeKinds),
    /** The person who is invited; null for a guardian, who may not be known yet. */
    personId: optional(person),
    /** The volunteer who is invited, or the minor whose guardian is; null for staff. */
    volunteerId: optional(id("volunteer")),
    /** The keyed hash of the code: the code itself is told once, and kept nowhere. */
    codeHash: hash,
    invitedAt: instant,
    expiresAt: instant,
    acceptedBy: optional(person),
    acceptedAt: optional(instant),
    state: oneOf(invitationStates),
    version: count,
  },
  { into: "invitations", opened: true },
);
export type Invitation = StateOf<typeof invitationStep>;

/** A guardian of a volunteer who is a minor, as a station noted it. */
export const guardianSet = fact(
  "GUARDIAN_SET",
  18,
  {
    id: id("guardian"),
    volunteerId: id("volunteer"),
    personId: person,
    ended: flag,
    version: count,
    reasonId: optional(sealedRow),
  },
  { into: "guardians", unkept: ["reasonId"] },
);
export type Guardianship = StateOf<typeof guardianSet>;

export const tieStates = ["ALLOWED", "ENDED"] as const;
export type TieState = (typeof tieStates)[number];

export const tieActions = ["ALLOW", "END"] as const;
export type TieAction = (typeof tieActions)[number];

/** What volunteers say about an organisation's sight of them. END without an ALLOW before it ends sign-ups and submissions. */
export const tieMoves: Moves<TieAction, TieState> = {
  ALLOW: { from: [null, "ENDED"], to: "ALLOWED", reason: false },
  END: { from: [null, "ALLOWED", "ENDED"], to: "ENDED", reason: false },
};

/** A volunteer's word about one organisation, as its last step left it. */
export const tieStep = step(
  "TIE_STEP",
  44,
  { states: tieStates, actions: tieActions, moves: tieMoves },
  {
    id: id("tie"),
    volunteerId: id("volunteer"),
    organizationId: id("organization"),
    state: oneOf(tieStates),
    version: count,
  },
  { into: "ties" },
);
export type Tie = StateOf<typeof tieStep>;

/** Which of a person's secret calendar links holds; an earlier one is void. */
export const calendarSet = fact(
  "CALENDAR_SET",
  19,
  {
    personId: person,
    version: count,
  },
  { into: "calendars" },
);

/** The erasure of a person: the key was destroyed, and the nameless lines are kept until a day. */
export const personErased = fact(
  "PERSON_ERASED",
  40,
  {
    personId: person,
    on: day,
    keptUntil: day,
    reasonId: sealedRow,
  },
  { into: "erasures", once: true },
);

/** A copy of all that is kept of a person was made for them. */
export const personExported = fact(
  "PERSON_EXPORTED",
  41,
  {
    personId: person,
    expiresAt: instant,
    actorKind: oneOf(actorKinds),
  },
  { into: null },
);

/** A person who was joined wrongly became two. */
export const personSeparated = fact(
  "PERSON_SEPARATED",
  47,
  {
    personId: person,
    separatedId: person,
    actorKind: oneOf(actorKinds),
    reasonId: sealedRow,
  },
  { into: null },
);

const mergedPersons = {
  personId: "personId",
  keptId: "keptId",
  volunteerId: "volunteerId",
  keptVolunteerId: "keptVolunteerId",
  reasonId: "reasonId",
} as const;

/** A person, and the registration, were merged into others. */
export const peopleMerged = fact(
  "PEOPLE_MERGED",
  48,
  {
    personId: person,
    keptId: person,
    volunteerId: optional(id("volunteer")),
    keptVolunteerId: optional(id("volunteer")),
    actorKind: oneOf(actorKinds),
    reasonId: sealedRow,
  },
  {
    into: null,
    also: {
      mergedPersons: {
        key: ["personId"],
        columns: { ...mergedPersons, endedAt: always(optional(instant), null), seq },
      },
    },
  },
);

/** The end of a merging: the two are two persons again. */
export const mergingEnded = fact(
  "MERGING_ENDED",
  52,
  {
    personId: person,
    keptId: person,
    volunteerId: optional(id("volunteer")),
    keptVolunteerId: optional(id("volunteer")),
    mergedReasonId: sealedRow,
    actorKind: oneOf(actorKinds),
    reasonId: sealedRow,
  },
  {
    into: null,
    also: { mergedPersons: { key: ["personId"], columns: { ...mergedPersons, endedAt: at, seq } } },
  },
);
