import { registerEnumType } from "type-graphql";
import { actorKinds, roles } from "../../domain/facts/actors";
import { capacityActions } from "../../domain/facts/capacities";
import { revisionActions } from "../../domain/facts/revisions";
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
  const valuesConfig = Object.fromEntries(values.map((value) => [value, { description: descriptions[value] }]));
  byList.set(values, set);
  registerEnumType(set, { name, description, valuesConfig: valuesConfig as never });
  return set;
}

export const BatchMode = closed(
  "BatchMode",
  "What becomes of the good entries of a batch that has bad ones.",
  batchModes,
  { EACH: "The good ones are kept.", ALL_OR_NOTHING: "None is kept when one is refused." },
);
export type BatchMode = keyof typeof BatchMode;

export const OrderDirection = closed(
  "OrderDirection",
  "In which direction a list is ordered.",
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
    REVISE: "Something about them changed, or was corrected.",
    LIST: "A recipient was put back on the list.",
    UNLIST: "A recipient was taken off the list.",
    SEPARATE: "Two people who were taken for one were parted: it belongs to its own person again.",
    TAKE_OVER: "It was given to the same person under another id, or took over a second registration.",
    MERGE: "It was a second registration of the same person, and was merged into the other.",
  },
);
export type CapacityAction = keyof typeof CapacityAction;

const heldAs = {
  VOLUNTEER: "A volunteer acting for themselves.",
  GUARDIAN: "A guardian acting for a minor.",
  RECIPIENT: "Somebody whom services are for.",
  FAMILY_PROXY: "A relative acting for a recipient.",
  ACTIVITY_LEAD: "Whoever leads an organisation's activities.",
  ORGANIZATION_ADMIN: "Whoever runs an organisation and grants its roles.",
  STATION_WORKER: "A station's worker, who registers people and logs hours.",
  STATION_SUPERVISOR: "A station's head, who confirms, decides objections and reverses.",
  OFFICER: "An officer of the civil-affairs office, for a division or the whole bank.",
  ASSESSOR: "An expert who assesses organisations.",
  REVIEWER: "A member of the committee that reviews assessments.",
  AUDITOR: "Somebody who may read everything and change nothing.",
};
export const RoleEnum = closed("Role", "What a person may be granted to act as.", roles, heldAs);
export type RoleEnum = keyof typeof RoleEnum;

export const ActorKindEnum = closed("ActorKind", "As what somebody acted.", actorKinds, {
  ...heldAs,
  PUBLIC: "Anybody, without having signed in.",
  SYSTEM: "The bank itself, by its clock or its operator.",
});
export type ActorKindEnum = keyof typeof ActorKindEnum;

export const RevisionAction = closed("RevisionAction", "A step of a campaign or a household.", revisionActions, {
  REVISE: "Something of it was changed: `fields` says what.",
  SPLIT: "Some of the household became a household of its own.",
});
export type RevisionAction = keyof typeof RevisionAction;

/** Codes that clients name and later work brings; listed so that a client's switch compiles today. */
const announced = {
  GIFT_RELATION_NOT_ALLOWED: "Credit may not be given to this relative.",
  GIFT_CAP: "More was given this year than may be.",
  NO_CLAIM: "There is nothing to claim under this rule.",
};
const codes = [...refusalCodes, ...Object.keys(announced)];
export const UserErrorCode = closed("UserErrorCode", "Why a request was refused.", codes, {
  ...Object.fromEntries(Object.entries(refusals).map(([code, text]) => [code, text.en])),
  ...announced,
});
export type UserErrorCode = keyof typeof UserErrorCode;
