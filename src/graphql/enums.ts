import { registerEnumType } from "type-graphql";
import { actorKinds, roles } from "../domain/actors";
import { disputeOutcomes, evidenceKinds, recordActions, recordOrigins, recordStates } from "../domain/hours";
import { accountKinds, units } from "../domain/ledger/accounts";
import { entryKinds } from "../domain/ledger/transfers";
import { divisionKinds, filingStatuses, organizationKinds, organizationStates } from "../domain/organizations";
import { policyStatuses } from "../domain/policies";
import { refusalCodes, refusals } from "../domain/refusal";
import { volunteerActions, volunteerStates } from "../domain/volunteers";

type Told = Record<string, string>;

/** A closed set of the domain as a GraphQL enum; every value is told in a sentence. */
function closed<T extends string>(
  name: string,
  description: string,
  values: readonly T[],
  told: Told = {},
): Record<T, T> {
  const set = Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;
  const valuesConfig = Object.fromEntries(
    values.map((value) => [value, { description: told[value] ?? sentence(value) }]),
  );
  registerEnumType(set, { name, description, valuesConfig: valuesConfig as never });
  return set;
}

function sentence(value: string): string {
  const words = value.toLowerCase().replaceAll("_", " ");
  return `${words[0]?.toUpperCase()}${words.slice(1)}.`;
}

export const DateAxis = closed(
  "DateAxis",
  "Which of the two dates of a line orders a statement.",
  ["EFFECTIVE", "RECORDED"] as const,
  { EFFECTIVE: "The civil day of the service.", RECORDED: "When the bank wrote it down." },
);
export const BatchMode = closed(
  "BatchMode",
  "What becomes of the good entries of a batch that has bad ones.",
  ["EACH", "ALL_OR_NOTHING"] as const,
  { EACH: "The good ones are kept.", ALL_OR_NOTHING: "None is kept when one is refused." },
);
export const ServiceRecordState = closed("ServiceRecordState", "Where a service record stands.", recordStates, {
  DRAFT: "Begun, not yet submitted.",
  SUBMITTED: "Waiting for its last confirmation.",
  RETURNED: "Given back to be corrected.",
  REJECTED: "Refused; final.",
  VOIDED: "Withdrawn before posting; final.",
  POSTED: "On the ledger.",
  DISPUTED: "On the ledger, and objected to.",
  REVERSED: "Taken back by reversal; final.",
});
export const RecordOrigin = closed(
  "RecordOrigin",
  "How we know of the hours; fixed for life when the record is made.",
  recordOrigins,
  {
    CHECKED_IN: "By attendance.",
    ENTERED: "Logged within the statutory working days.",
    BACKFILLED: "Logged later, with evidence.",
    IMPORTED: "Migrated from another system by an officer.",
  },
);
export const RecordAction = closed("ServiceRecordAction", "A step of a service record.", recordActions);
export const DisputeOutcome = closed("DisputeOutcome", "How a dispute was decided.", disputeOutcomes, {
  UPHELD: "The record stays as it is.",
  ADJUSTED: "It is reversed, and the corrected time posted.",
  REVERSED: "It is reversed.",
});
export const EvidenceKind = closed("EvidenceKind", "What kind of proof is referred to.", evidenceKinds);
export const AccountKind = closed("AccountKind", "What an account is for.", accountKinds, {
  ISSUANCE: "The source of earned credit; what it owes is in circulation.",
  GRANT_FUNDING: "The source of funded grants.",
  REDEEMED: "Where spent credit ends.",
});
export const AccountUnit = closed("AccountUnit", "What an account counts. Units never mix.", units);
export const EntryKind = closed("EntryKind", "Why a line stands in a statement.", entryKinds);
export const OrganizationKind = closed("OrganizationKind", "What an organisation is.", organizationKinds);
export const OrganizationState = closed("OrganizationState", "Where an organisation stands.", organizationStates);
export const OrganizationOrder = closed(
  "OrganizationOrder",
  "How a list of organisations is ordered.",
  ["NAME"] as const,
  { NAME: "By name." },
);
export const FilingStatus = closed("FilingStatus", "Whether an organisation is registered or filed.", filingStatuses);
export const DivisionKind = closed("DivisionKind", "What an administrative division is.", divisionKinds);
export const VolunteerState = closed("VolunteerState", "Where a volunteer's registration stands.", volunteerStates);
export const VolunteerAction = closed("VolunteerAction", "A step of a volunteer's registration.", volunteerActions);
export const RoleEnum = closed("Role", "What a person may be granted to act as.", roles);
export const ActorKindEnum = closed("ActorKind", "As what somebody acted.", actorKinds);
export const PolicyStatus = closed("PolicyStatus", "How well a policy's number is sourced.", policyStatuses, {
  CITED: "From the source cited.",
  MEMORY: "Known, its source not read.",
  OURS: "This bank's own choice.",
});
export const ServiceRecordOrder = closed(
  "ServiceRecordOrder",
  "How a list of records is ordered.",
  ["DEADLINE", "STARTED_AT", "RECORDED_AT"] as const,
  {
    DEADLINE: "The earliest statutory day first.",
    STARTED_AT: "The latest service first.",
    RECORDED_AT: "The latest recorded first.",
  },
);

/** Codes that clients name and later work brings; listed so that a client's switch compiles today. */
const announced = [
  "INSUFFICIENT_CREDIT",
  "BALANCE_CAP",
  "GIFT_RELATION_NOT_ALLOWED",
  "GIFT_CAP",
  "ALREADY_SIGNED_UP",
  "CODE_EXPIRED",
  "QUORUM_MISSING",
  "NO_CLAIM",
] as const;
const codes = [...new Set<string>([...refusalCodes, ...announced])];
export const UserErrorCode = closed(
  "UserErrorCode",
  "Why a request was refused.",
  codes,
  Object.fromEntries(Object.entries(refusals).map(([code, text]) => [code, text.en])),
);
