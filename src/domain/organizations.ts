export const organizationKinds = [
  "SOCIAL_WORK_STATION",
  "SOCIAL_WORK_AGENCY",
  "VOLUNTEER_ORGANIZATION",
  "VOLUNTEER_TEAM",
  "ASSOCIATION",
  "SOCIAL_SERVICE_ORG",
  "FOUNDATION",
  "SERVICE_PLATFORM",
  "PARTY_SERVICE_CENTER",
  "CHARITY_BASE",
  "HOME_CARE_CENTER",
  "GOVERNMENT_OFFICE",
] as const;
export type OrganizationKind = (typeof organizationKinds)[number];

export const organizationStates = ["PENDING", "ACTIVE", "SUSPENDED", "DISSOLVED"] as const;
export type OrganizationState = (typeof organizationStates)[number];

export const filingStatuses = ["REGISTERED", "FILED", "UNREGISTERED"] as const;
export type FilingStatus = (typeof filingStatuses)[number];

export const divisionKinds = [
  "COUNTY_CITY",
  "TOWN",
  "TOWNSHIP",
  "SUBDISTRICT",
  "VILLAGE",
  "COMMUNITY",
  "GRID",
] as const;
export type DivisionKind = (typeof divisionKinds)[number];

/** `code` is our slug (`fengqiao`); `officialCode` is GB/T 2260's where it is known, never a guess. */
export interface Division {
  code: string;
  officialCode: string | null;
  name: string;
  kind: DivisionKind;
  parentCode: string | null;
}

export interface Organization {
  id: string;
  slug: string;
  name: string;
  kind: OrganizationKind;
  uscc: string | null;
  filingStatus: FilingStatus;
  divisionCode: string;
  state: OrganizationState;
  version: number;
}

/** A division and all above it, nearest first. A cycle in the data is cut rather than followed. */
export function lineage(code: string, divisions: ReadonlyMap<string, Division>): string[] {
  const line: string[] = [];
  for (let next: string | null = code; next && !line.includes(next); next = divisions.get(next)?.parentCode ?? null)
    line.push(next);
  return line;
}

/** A division and everything below it. */
export function below(code: string, divisions: ReadonlyMap<string, Division>): string[] {
  return [...divisions.keys()].filter((one) => lineage(one, divisions).includes(code));
}
