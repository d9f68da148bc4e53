import {
  checkResults,
  divisionKinds,
  filingStatuses,
  findingKinds,
  headStates,
  organizationActions,
  organizationKinds,
  organizationStates,
  organizationStepActions,
} from "../../domain/facts/organizations";
import { headDecisions, organizationMarks } from "../../domain/organizations";
import { closed } from "../kit/enums";

const organizationAdvances = {
  SUSPEND: "Its staff begin nothing there for now.",
  RESUME: "It is at work again.",
  DISSOLVE: "It is no more; its records stay.",
};

export const OrganizationKind = closed("OrganizationKind", "What an organisation is.", organizationKinds, {
  SOCIAL_WORK_STATION: "A town's or street's station of social work (社工站).",
  SOCIAL_WORK_AGENCY: "An agency of professional social work.",
  VOLUNTEER_ORGANIZATION: "A non-profit whose purpose is volunteering.",
  VOLUNTEER_TEAM: "A team of volunteers, not registered by itself.",
  ASSOCIATION: "A social association (社会团体).",
  SOCIAL_SERVICE_ORG: "A social-service organisation (社会服务机构).",
  FOUNDATION: "A foundation under the Charity Law.",
  SERVICE_PLATFORM: "A platform that serves other organisations; it is rated by stars.",
  PARTY_SERVICE_CENTER: "A party and mass service centre (党群服务中心).",
  CHARITY_BASE: "A base for charity work.",
  HOME_CARE_CENTER: "A centre of care at home, where credit is redeemed.",
  GOVERNMENT_OFFICE: "An office of the government.",
});
export type OrganizationKind = keyof typeof OrganizationKind;

export const OrganizationState = closed("OrganizationState", "Where an organisation stands.", organizationStates, {
  PENDING: "It waits to be approved.",
  ACTIVE: "It may record services.",
  SUSPENDED: "Nothing begins there for now; what was begun may end.",
  DISSOLVED: "It is no more; its records stay.",
});
export type OrganizationState = keyof typeof OrganizationState;

export const OrganizationAction = closed(
  "OrganizationAction",
  "What an officer does about whether an organisation is at work.",
  organizationActions,
  organizationAdvances,
);
export type OrganizationAction = keyof typeof OrganizationAction;

export const OrganizationStepAction = closed(
  "OrganizationStepAction",
  "A step of an organisation after its registration.",
  organizationStepActions,
  { REVISE: "Its name, its code or its filing changed.", ...organizationAdvances },
);
export type OrganizationStepAction = keyof typeof OrganizationStepAction;

export const FindingKind = closed("FindingKind", "What kind of finding it is.", findingKinds, {
  ANNUAL_CHECK: "The result of a yearly check, about one year.",
  PENALTY: "An administrative penalty; open until it is executed.",
  INVESTIGATION: "An authority is looking into it; open until it is closed.",
});
export type FindingKind = keyof typeof FindingKind;

export const AnnualCheckResult = closed("AnnualCheckResult", "How a yearly check came out.", checkResults, {
  QUALIFIED: "It passed the yearly check.",
  BASICALLY_QUALIFIED: "It passed, with things to mend.",
  FAILED: "It did not pass the check.",
  MISSED: "It did not take part in the check.",
});
export type AnnualCheckResult = keyof typeof AnnualCheckResult;

export const OrganizationOrder = closed(
  "OrganizationOrder",
  "How a list of organisations is ordered.",
  ["NAME"] as const,
  {
    NAME: "By name; from the first where no direction is said.",
  },
);
export type OrganizationOrder = keyof typeof OrganizationOrder;

export const FilingStatus = closed("FilingStatus", "Whether an organisation is registered or filed.", filingStatuses, {
  REGISTERED: "It is registered as a legal person.",
  FILED: "It is filed with the town, not registered.",
  UNREGISTERED: "It is neither registered nor filed.",
});
export type FilingStatus = keyof typeof FilingStatus;

export const OrganizationMark = closed(
  "OrganizationMark",
  "A mark that the office gives, and counts.",
  organizationMarks,
  {
    DEMONSTRATION_CENTER: "A demonstration centre of party services for social organisations (示范型).",
    KEY_SUPPORT: "A social-work agency that the office supports in the year of the mark (重点培育).",
  },
);
export type OrganizationMark = keyof typeof OrganizationMark;

export const HeadState = closed("HeadState", "Where the head of an organisation stands.", headStates, {
  PROPOSED: "The organisation wants them; the supervising unit looks.",
  APPROVED: "The supervising unit has approved them.",
  REFUSED: "The supervising unit has refused them.",
  ENDED: "They are not head any more, or were not to be.",
});
export type HeadState = keyof typeof HeadState;

export const HeadDecision = closed("HeadDecision", "A step about the head of an organisation.", headDecisions, {
  APPROVE: "The supervising unit agrees to them.",
  REFUSE: "The supervising unit does not agree, with a reason.",
  END: "They are not head any more, with a reason.",
});
export type HeadDecision = keyof typeof HeadDecision;

export const DivisionKind = closed("DivisionKind", "What an administrative division is.", divisionKinds, {
  COUNTY_CITY: "A city at county level.",
  TOWN: "A town of the county.",
  TOWNSHIP: "A township of the county.",
  SUBDISTRICT: "A street office of the city.",
  VILLAGE: "A village of a town.",
  COMMUNITY: "A community of a street.",
  GRID: "The smallest area, looked after by one person.",
});
export type DivisionKind = keyof typeof DivisionKind;
