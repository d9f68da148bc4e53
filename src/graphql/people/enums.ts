import {
  identityLinkKinds,
  invitationStates,
  inviteeKinds,
  volunteerActions,
  volunteerStates,
  volunteerStepActions,
} from "../../domain/facts/people";
import { idKinds, papersHolders } from "../../domain/people/papers";
import { tieKinds } from "../../domain/people/ties";
import { closed } from "../kit/enums";

const volunteerSteps = {
  ACTIVATE: "A station vouches for the volunteer.",
  SUSPEND: "The volunteer may not serve for now.",
  RESTORE:
    "The volunteer may serve again: after a suspension; as RETURN does after they left, and as UNDO_DEATH does after a death.",
  WITHDRAW: "The volunteer leaves the scheme.",
  RETURN: "The volunteer comes back to the station that they left, with a fresh consent.",
  RECORD_DEATH: "The death of the volunteer is recorded.",
  UNDO_DEATH:
    "A death that was recorded by mistake is taken back, and the state before it holds again. Only officers may.",
};

export const VolunteerState = closed(
  "VolunteerState",
  "The state in which a volunteer's registration is.",
  volunteerStates,
  {
    REGISTERED: "The volunteer has registered themselves, and waits for a station.",
    REAL_NAME_PENDING: "The real name of the volunteer is being checked.",
    ACTIVE: "The volunteer may serve, and their hours may be recorded.",
    SUSPENDED: "The registration is suspended: the volunteer may not serve for now.",
    WITHDRAWN: "The volunteer has left the scheme; their records stay.",
    MERGED: "The registration was found to be a second one of the same person, and was merged.",
    DECEASED: "The volunteer has died; the account is frozen.",
  },
);
export type VolunteerState = keyof typeof VolunteerState;

export const VolunteerAction = closed(
  "VolunteerAction",
  "A step that a person takes with a volunteer's registration.",
  volunteerActions,
  volunteerSteps,
);
export type VolunteerAction = keyof typeof VolunteerAction;

export const VolunteerStepAction = closed(
  "VolunteerStepAction",
  "A step that was taken with a volunteer's registration.",
  volunteerStepActions,
  {
    ...volunteerSteps,
    REVISE: "An entry about the volunteer was corrected.",
    SEPARATE: "Two people who were taken for one were parted: the registration belongs to its own person again.",
    TAKE_OVER: "A second registration of the same person was merged into this one.",
    MERGE: "The registration was merged into an earlier one of the same person.",
  },
);
export type VolunteerStepAction = keyof typeof VolunteerStepAction;

export const PapersHolder = closed(
  "PapersHolder",
  "Says which of two persons who are parted keeps the ID number that both would have.",
  papersHolders,
  {
    KEPT: "The person who stays keeps the number.",
    SEPARATED: "The person who goes keeps the number.",
    NEITHER: "Neither of the two keeps the number: it was wrong, or it is not known whose it is.",
  },
);
export type PapersHolder = keyof typeof PapersHolder;

export const IdKind = closed("IdKind", "The kind of papers from which an ID number is taken.", idKinds, {
  RESIDENT_ID:
    "A resident identity card, or a residence permit for people of Hong Kong, Macao or Taiwan, which has 18 signs.",
  HK_MACAO_PERMIT: "A mainland travel permit that people of Hong Kong or Macao have: H or M and 8 digits.",
  TAIWAN_PERMIT: "A mainland travel permit that people of Taiwan have: 8 digits.",
  PASSPORT: "A passport that any country has given.",
  PERMANENT_RESIDENCE:
    "A foreigner's permanent residence card, which has 18 signs that begin with 9, or 3 letters and 12 digits.",
});
export type IdKind = keyof typeof IdKind;

export const IdentityLinkKind = closed(
  "IdentityLinkKind",
  "The way in which an identity was linked to a person.",
  identityLinkKinds,
  {
    CODE: "The person typed a one-time code of an invitation.",
    CLAIM: "The issuer vouched for a real name and a number that a station had seen.",
    PAPERS: "A supervisor or an officer has seen the person's papers.",
    SELF: "The person registered themselves with this identity.",
    OPERATOR: "The operator linked it, on the machine that holds the keys.",
  },
);
export type IdentityLinkKind = keyof typeof IdentityLinkKind;

export const InvitationState = closed("InvitationState", "The state in which an invitation is.", invitationStates, {
  OPEN: "The code waits to be used.",
  ACCEPTED: "The code was used.",
  EXPIRED: "The time of the code is over, and nobody has used it.",
  REVOKED: "The invitation was taken back, or another one took its place.",
});
export type InvitationState = keyof typeof InvitationState;

export const InviteeKind = closed("InviteeKind", "The capacity in which a person is invited.", inviteeKinds, {
  VOLUNTEER: "A volunteer whom the station has registered is invited.",
  STAFF: "A person who has a role at the organisation is invited.",
  GUARDIAN: "The guardian of a minor is invited.",
});
export type InviteeKind = keyof typeof InviteeKind;

export const TieKind = closed("TieKind", "The kind of tie by which an organisation sees a volunteer.", tieKinds, {
  REGISTERED: "The organisation has registered the volunteer, or activated the registration.",
  ALLOWED: "The volunteer, a guardian, or the station that registered them allowed it.",
  SIGNED_UP:
    "The volunteer signed up for an activity of the organisation, or checked in there; the organisation sees only the name.",
  SUBMITTED: "The volunteer submitted a service for the organisation; the organisation sees only the name.",
});
export type TieKind = keyof typeof TieKind;
