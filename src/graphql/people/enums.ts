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
  ACTIVATE: "A station vouches for them.",
  SUSPEND: "They may not serve for now.",
  RESTORE: "They may serve again: after a suspension, as RETURN after they left, as UNDO_DEATH after a death.",
  WITHDRAW: "They leave the scheme.",
  RETURN: "They come back to the station that they left, with a fresh consent.",
  RECORD_DEATH: "Their death is recorded.",
  UNDO_DEATH: "A death that was recorded by mistake is taken back, to the state before it; officers only.",
};

export const VolunteerState = closed("VolunteerState", "Where a volunteer's registration stands.", volunteerStates, {
  REGISTERED: "They registered themselves and wait for a station.",
  REAL_NAME_PENDING: "Their real name is being checked.",
  ACTIVE: "They may serve and be recorded.",
  SUSPENDED: "They may not serve for now.",
  WITHDRAWN: "They left; their records stay.",
  MERGED: "They were found to be another volunteer, and merged.",
  DECEASED: "They have died; their account is frozen.",
});
export type VolunteerState = keyof typeof VolunteerState;

export const VolunteerAction = closed(
  "VolunteerAction",
  "A step of a volunteer's registration.",
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
    REVISE: "Something about them was corrected.",
    SEPARATE: "Two people who were taken for one were parted: the registration belongs to its own person again.",
    TAKE_OVER: "A second registration of the same person was merged into it.",
    MERGE: "It was merged into an earlier registration of the same person.",
  },
);
export type VolunteerStepAction = keyof typeof VolunteerStepAction;

export const PapersHolder = closed(
  "PapersHolder",
  "Which of two persons who are parted has the ID number that both would have.",
  papersHolders,
  {
    KEPT: "The person who stays.",
    SEPARATED: "The person who goes.",
    NEITHER: "Neither: it was wrong, or nobody knows whose it is.",
  },
);
export type PapersHolder = keyof typeof PapersHolder;

export const IdKind = closed("IdKind", "Which papers a number is of.", idKinds, {
  RESIDENT_ID: "A resident identity card, or a residence permit for people of Hong Kong, Macao or Taiwan: 18 signs.",
  HK_MACAO_PERMIT: "A mainland travel permit for people of Hong Kong or Macao: H or M and 8 digits.",
  TAIWAN_PERMIT: "A mainland travel permit for people of Taiwan: 8 digits.",
  PASSPORT: "A passport, of any country.",
  PERMANENT_RESIDENCE:
    "A foreigner's permanent residence card: 18 signs that begin with 9, or 3 letters and 12 digits.",
});
export type IdKind = keyof typeof IdKind;

export const IdentityLinkKind = closed(
  "IdentityLinkKind",
  "By what a way to sign in became somebody's.",
  identityLinkKinds,
  {
    CODE: "The person typed a one-time code of an invitation.",
    CLAIM: "The issuer vouched for a real name and a number that a station had seen.",
    PAPERS: "A supervisor or an officer had seen the papers.",
    SELF: "The person registered themselves with it.",
    OPERATOR: "The operator linked it on the machine that holds the keys.",
  },
);
export type IdentityLinkKind = keyof typeof IdentityLinkKind;

export const InvitationState = closed("InvitationState", "How an invitation stands.", invitationStates, {
  OPEN: "Its code waits to be used.",
  ACCEPTED: "Its code was used.",
  EXPIRED: "Its time is over, and nobody used it.",
  REVOKED: "It was taken back, or another took its place.",
});
export type InvitationState = keyof typeof InvitationState;

export const InviteeKind = closed("InviteeKind", "As what somebody is invited.", inviteeKinds, {
  VOLUNTEER: "A volunteer, whom the station registered.",
  STAFF: "A person with a role at the organisation.",
  GUARDIAN: "The guardian of a minor.",
});
export type InviteeKind = keyof typeof InviteeKind;

export const TieKind = closed("TieKind", "By what an organisation sees a volunteer.", tieKinds, {
  REGISTERED: "It registered the volunteer, or activated the registration.",
  ALLOWED: "The volunteer, a guardian, or the station that registered them allowed it.",
  SIGNED_UP: "The volunteer signed up for an activity of it, or checked in there; it sees the name alone.",
  SUBMITTED: "The volunteer handed in a service for it; it sees the name alone.",
});
export type TieKind = keyof typeof TieKind;
