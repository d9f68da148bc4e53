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
  SUSPEND: "The staff of the organisation begin nothing new there for now.",
  RESUME: "The organisation is at work again.",
  DISSOLVE: "The organisation is dissolved; its records stay.",
};

export const OrganizationKind = closed("OrganizationKind", "The kind of an organisation.", organizationKinds, {
  SOCIAL_WORK_STATION: "A station of social work that belongs to a town or subdistrict (社工站).",
  SOCIAL_WORK_AGENCY: "An agency of professional social work.",
  VOLUNTEER_ORGANIZATION: "A non-profit organisation whose purpose is volunteering.",
  VOLUNTEER_TEAM: "A team of volunteers that is not registered by itself.",
  ASSOCIATION: "A social association (社会团体).",
  SOCIAL_SERVICE_ORG: "A social-service organisation (社会服务机构).",
  FOUNDATION: "A foundation under the Charity Law.",
  SERVICE_PLATFORM: "A platform that serves other organisations; it is rated with stars.",
  PARTY_SERVICE_CENTER: "A party and mass service centre (党群服务中心).",
  CHARITY_BASE: "A base for charity work.",
  HOME_CARE_CENTER: "A centre of care at home, where credit is redeemed.",
  GOVERNMENT_OFFICE: "An office of the government.",
});
export type OrganizationKind = keyof typeof OrganizationKind;

export const OrganizationState = closed(
  "OrganizationState",
  "The state in which an organisation is.",
  organizationStates,
  {
    PENDING: "The organisation waits to be approved.",
    ACTIVE: "The organisation is at work, and may record services.",
    SUSPENDED: "Nothing new begins at the organisation for now; what was begun may end.",
    DISSOLVED: "The organisation was dissolved; its records stay.",
  },
);
export type OrganizationState = keyof typeof OrganizationState;

export const OrganizationAction = closed(
  "OrganizationAction",
  "A step that an officer takes with an organisation.",
  organizationActions,
  organizationAdvances,
);
export type OrganizationAction = keyof typeof OrganizationAction;

export const OrganizationStepAction = closed(
  "OrganizationStepAction",
  "A step that was taken with an organisation after its registration.",
  organizationStepActions,
  {
    REVISE: "The name, the code, the filing or the division of the organisation has changed.",
    ...organizationAdvances,
  },
);
export type OrganizationStepAction = keyof typeof OrganizationStepAction;

export const FindingKind = closed("FindingKind", "A kind of finding about an organisation.", findingKinds, {
  ANNUAL_CHECK: "The result of the annual check of one year is noted.",
  PENALTY: "An authority has imposed an administrative penalty; the finding is open until it is executed.",
  INVESTIGATION: "An authority investigates the organisation; the finding is open until the investigation is closed.",
});
export type FindingKind = keyof typeof FindingKind;

export const AnnualCheckResult = closed("AnnualCheckResult", "The result of an annual check.", checkResults, {
  QUALIFIED: "The organisation passed the check.",
  BASICALLY_QUALIFIED: "The organisation passed the check, with things to mend.",
  FAILED: "The organisation did not pass the check.",
  MISSED: "The organisation did not take part in the check.",
});
export type AnnualCheckResult = keyof typeof AnnualCheckResult;

export const OrganizationOrder = closed(
  "OrganizationOrder",
  "The order of a list of organisations.",
  ["NAME"] as const,
  {
    NAME: "The list is ordered by name; the first name stands first where no direction is given.",
  },
);
export type OrganizationOrder = keyof typeof OrganizationOrder;

export const FilingStatus = closed(
  "FilingStatus",
  "Says whether an organisation is registered or filed.",
  filingStatuses,
  {
    REGISTERED: "The organisation is registered as a legal person.",
    FILED: "The organisation is filed with the town, and is not registered.",
    UNREGISTERED: "The organisation is neither registered nor filed.",
  },
);
export type FilingStatus = keyof typeof FilingStatus;

export const OrganizationMark = closed(
  "OrganizationMark",
  "A mark that the office gives to organisations, and that its indicators count.",
  organizationMarks,
  {
    DEMONSTRATION_CENTER: "The mark of a demonstration centre of party services for social organisations (示范型).",
    KEY_SUPPORT: "The mark of a social-work agency that the office supports in the year of the mark (重点培育).",
  },
);
export type OrganizationMark = keyof typeof OrganizationMark;

export const HeadState = closed("HeadState", "The state of an organisation's head.", headStates, {
  PROPOSED: "The organisation has proposed the person; the supervising unit has to decide.",
  APPROVED: "The supervising unit has approved the head.",
  REFUSED: "The supervising unit has refused the person.",
  ENDED: "The person is not the head any more.",
});
export type HeadState = keyof typeof HeadState;

export const HeadDecision = closed(
  "HeadDecision",
  "A step that is taken with the head of an organisation.",
  headDecisions,
  {
    APPROVE: "The supervising unit approves the proposed head.",
    REFUSE: "The supervising unit refuses the proposed head, with a reason.",
    END: "The head leaves the office, with a reason.",
  },
);
export type HeadDecision = keyof typeof HeadDecision;

export const DivisionKind = closed("DivisionKind", "The kind of an administrative division.", divisionKinds, {
  COUNTY_CITY: "A city that ranks as a county.",
  TOWN: "A town that belongs to a county.",
  TOWNSHIP: "A township that belongs to a county.",
  SUBDISTRICT: "A subdistrict that a street office governs.",
  VILLAGE: "A village that belongs to a town or township.",
  COMMUNITY: "A community that belongs to a subdistrict.",
  GRID: "The smallest area, which one grid worker looks after.",
});
export type DivisionKind = keyof typeof DivisionKind;
