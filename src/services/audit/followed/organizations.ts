import { organizationMoves } from "../../../domain/facts/organizations";
import { findingRevisable, organizationRevisable } from "../../../domain/organizations";
import { householdMoves } from "../../../domain/revisions";
import { byAction, changedBy, inTable, ownsNot, reasonLater, withdrawal } from "../rules";
import type { Lines } from "./line";

/** What the audit follows of divisions, organisations and households. */
export const organizations = {
  DIVISION_STEP: {
    key: ["code"],
    changes: ["officialCode", "name", "kind", "parentCode", "retiredOn", "state"],
    rules: [({ fact }) => (fact.state === "RETIRED") !== (fact.retiredOn !== null) && "retiredOn is not as its state"],
  },
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
  ORGANIZATION_MOVED: {
    key: ["organizationId"],
    changes: { REVISE: [], SUSPEND: [], RESUME: [], DISSOLVE: [] },
    stepsOf: "ORGANIZATION_STEP",
    rules: [byAction(organizationMoves)],
  },
  ORGANIZATION_PROFILE_SET: {
    key: ["organizationId"],
    changes: ["registeredOn", "hub", "villageKind", "supervisorId"],
  },
  HEAD_STEP: {
    key: ["id"],
    changes: { PROPOSE: [], APPROVE: [], REFUSE: [], END: [] },
    rules: [
      ({ fact, by }) => (fact.action === "PROPOSE" ? fact.proposedBy !== by && "proposedBy is another" : null),
      ({ fact, by }) =>
        (fact.action === "APPROVE" || fact.action === "REFUSE") &&
        fact.proposedBy === by &&
        "was decided by its proposer",
    ],
  },
  AWARD_SET: { key: ["id"], changes: ["withdrawn"], rules: withdrawal() },
  FINDING_SET: {
    key: ["id"],
    changes: findingRevisable,
    rules: [({ before }) => before?.withdrawn === true && "was taken back before", reasonLater],
  },
  HOUSEHOLD_SET: {
    key: ["id"],
    changes: ["householdNo", "divisionCode"],
    rules: [
      ({ fact, before, known }) => changedBy(known.last("HOUSEHOLD_MOVED", fact.id), householdMoves, fact, before),
    ],
  },
  HOUSEHOLD_MOVED: {
    key: ["id"],
    changes: ["otherId", "profileId"],
    stepsOf: "HOUSEHOLD_SET",
    rules: [
      inTable(householdMoves),
      ({ fact }) => (fact.action === "SPLIT") !== (fact.otherId !== null) && "otherId is not as its action",
    ],
  },
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
} as const satisfies Lines;
