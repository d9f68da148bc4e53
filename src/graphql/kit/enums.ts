import { registerEnumType } from "type-graphql";
import { actorKinds, roles } from "../../domain/facts/actors";
import { capacityActions } from "../../domain/facts/capacities";
import { revisionActions } from "../../domain/facts/revisions";
import { fromEntries } from "../../domain/kit/entries";
import { invariant } from "../../domain/kit/invariant";
import { refusalCodes, refusals } from "../../domain/kit/refusal";
import { batchModes } from "../../services/bank/batch";

const byList = new Map<readonly string[], object>();

/** The GraphQL enum of a closed list of the domain. */
export function enumOf(list: readonly string[]): object {
  const set = byList.get(list);
  invariant(set, `the list ${list.join(", ")} is a GraphQL enum`);
  return set;
}

/** A closed set of the domain as a GraphQL enum; every value has a sentence. */
export function closed<T extends string>(
  name: string,
  description: string,
  values: readonly T[],
  descriptions: Record<T, string>,
): Record<T, T> {
  const set = Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;
  const valuesConfig = fromEntries(values.map((value) => [value, { description: descriptions[value] }]));
  byList.set(values, set);
  registerEnumType(set, { name, description, valuesConfig });
  return set;
}

export const BatchMode = closed(
  "BatchMode",
  "Says what becomes of the good lines of a batch that has bad ones.",
  batchModes,
  { EACH: "The good lines are kept, each for itself.", ALL_OR_NOTHING: "No line is kept where one is refused." },
);
export type BatchMode = keyof typeof BatchMode;

export const OrderDirection = closed(
  "OrderDirection",
  "The direction in which a list is ordered.",
  ["ASC", "DESC"] as const,
  {
    ASC: "The smallest, the earliest, or the first by name stands first.",
    DESC: "The largest, the latest, or the last by name stands first.",
  },
);
export type OrderDirection = keyof typeof OrderDirection;

export const CapacityAction = closed(
  "CapacityAction",
  "A step that was taken with a recipient or a social worker after the registration.",
  capacityActions,
  {
    REGISTER: "A social worker was registered for a next term, at another organisation, or at a higher level.",
    REVISE: "An entry about the person changed, or was corrected.",
    LIST: "A recipient was put back on the list.",
    UNLIST: "A recipient was taken off the list.",
    SEPARATE: "Two people who were taken for one were parted: the registration belongs to its own person again.",
    TAKE_OVER: "The registration was given to the same person under another id, or took over a second registration.",
    MERGE: "The registration was a second one of the same person, and was merged into the other.",
  },
);
export type CapacityAction = keyof typeof CapacityAction;

const heldAs = {
  VOLUNTEER: "A volunteer who acts for themselves.",
  GUARDIAN: "A guardian who acts for a minor.",
  RECIPIENT: "A person who receives services.",
  FAMILY_PROXY: "A relative who acts for a recipient.",
  ACTIVITY_LEAD: "A person who leads an organisation's activities.",
  ORGANIZATION_ADMIN: "A person who runs an organisation and grants its roles.",
  STATION_WORKER: "A worker of a station, who registers people and logs hours.",
  STATION_SUPERVISOR: "The head of a station, who confirms records, decides objections and reverses records.",
  OFFICER: "An officer of the civil-affairs office, who acts for a division or the whole bank.",
  ASSESSOR: "An expert who assesses organisations.",
  REVIEWER: "A member of the committee that reviews assessments.",
  AUDITOR: "A person who may read everything and change nothing.",
};
export const RoleEnum = closed("Role", "A role in which a person may be granted to act.", roles, heldAs);
export type RoleEnum = keyof typeof RoleEnum;

export const ActorKindEnum = closed("ActorKind", "The role in which a person acted.", actorKinds, {
  ...heldAs,
  PUBLIC: "A person who has not signed in.",
  SYSTEM: "The bank itself acts, by its clock or by its operator.",
});
export type ActorKindEnum = keyof typeof ActorKindEnum;

export const RevisionAction = closed(
  "RevisionAction",
  "A step that is taken with a campaign or a household.",
  revisionActions,
  {
    REVISE: "One or more of its fields were changed; `fields` names them.",
    SPLIT: "A part of the household became a household of its own.",
  },
);
export type RevisionAction = keyof typeof RevisionAction;

/** Codes that clients name and later work brings; listed so that a client's switch compiles today. */
const announced = {
  GIFT_RELATION_NOT_ALLOWED: "Credit may not be given to this relative.",
  GIFT_CAP: "More was given this year than may be.",
  NO_CLAIM: "There is nothing to claim under this rule.",
};
const codes = [...refusalCodes, ...Object.keys(announced)];
export const UserErrorCode = closed("UserErrorCode", "The reason for which a request was refused.", codes, {
  ...Object.fromEntries(Object.entries(refusals).map(([code, text]) => [code, text.en])),
  ...announced,
});
export type UserErrorCode = keyof typeof UserErrorCode;
