import { type Day, isDay } from "../kit/calendar";
import type { Moves } from "../kit/moves";
import { refuse } from "../kit/refusal";

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

export const divisionStates = ["ACTIVE", "RETIRED"] as const;
export type DivisionState = (typeof divisionStates)[number];
/**
 * `code` is our slug (`fengqiao`), or the official code itself; `officialCode` is that of GB/T 2260 and GB/T 10114 where it
 * is known, never a guess.
 */
export interface Division {
  code: string;
  officialCode: string | null;
  name: string;
  kind: DivisionKind;
  parentCode: string | null;
  /** The civil day on which it ended for new things; null while it is in use. */
  retiredOn: Day | null;
  version: number;
}
/** A retired division keeps its history and takes nothing new. */
export const isRetired = ({ retiredOn }: Pick<Division, "retiredOn">): boolean => retiredOn !== null;

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

/** What an officer does about whether an organisation is at work. */
export const organizationActions = ["SUSPEND", "RESUME", "DISSOLVE"] as const;
export type OrganizationAction = (typeof organizationActions)[number];
export const organizationStepActions = ["REVISE", ...organizationActions] as const;
export type OrganizationStepAction = (typeof organizationStepActions)[number];
/** One step a row. What an organisation has begun it may end while suspended; what has been dissolved stays on record. */
export const organizationMoves: Moves<OrganizationStepAction, OrganizationState> = {
  REVISE: { from: ["ACTIVE", "SUSPENDED"], to: "SAME", reason: true },
  SUSPEND: { from: ["ACTIVE"], to: "SUSPENDED", reason: true },
  RESUME: { from: ["SUSPENDED"], to: "ACTIVE", reason: true },
  DISSOLVE: { from: ["ACTIVE", "SUSPENDED"], to: "DISSOLVED", reason: true },
};
/** What a revision may change. */
export const organizationRevisable = ["name", "uscc", "filingStatus", "divisionCode"] as const;

export const findingKinds = ["ANNUAL_CHECK", "PENALTY", "INVESTIGATION"] as const;
export type FindingKind = (typeof findingKinds)[number];
export const checkResults = ["QUALIFIED", "BASICALLY_QUALIFIED", "FAILED", "MISSED"] as const;
export type CheckResult = (typeof checkResults)[number];
/** What an authority has found about an organisation; an evaluation asks for it [EVAL39 §7]. */
export interface Finding {
  id: string;
  organizationId: string;
  kind: FindingKind;
  /** Of an annual check, about a year. */
  result: CheckResult | null;
  year: number | null;
  /** The civil day of the result, of the penalty's decision, or of the investigation's opening. */
  on: Day;
  /** The civil day on which a penalty was executed, or an investigation closed; null while it is open. */
  endedOn: Day | null;
  /** Entered by mistake. */
  withdrawn: boolean;
  version: number;
}
/** What a later word about a finding may change. */
export const findingRevisable = ["result", "on", "endedOn", "withdrawn"] as const;
/** Penalties and checks are published by law; an investigation never, whatever comes of it: what came of it is a penalty. */
export const publicFindings: readonly FindingKind[] = ["ANNUAL_CHECK", "PENALTY"];

export function checkFinding(
  { kind, result, year, on, endedOn }: Pick<Finding, "kind" | "result" | "year" | "on" | "endedOn">,
  today: Day,
): void {
  if (!isDay(on)) refuse("INVALID_INPUT", {}, ["on"]);
  if (on > today) refuse("IN_THE_FUTURE", { today }, ["on"]);
  const isCheck = kind === "ANNUAL_CHECK";
  if (isCheck !== (result !== null)) refuse("INVALID_INPUT", { kind }, ["result"]);
  const known = year !== null && Number.isSafeInteger(year) && year >= 1990 && year <= Number(today.slice(0, 4));
  if (isCheck ? !known : year !== null) refuse("INVALID_INPUT", { kind }, ["year"]);
  // Nobody checks a year that has not begun.
  if (year !== null && Number(on.slice(0, 4)) < year) refuse("INVALID_INPUT", { from: `${year}-01-01` }, ["on"]);
  if (endedOn === null) return;
  if (isCheck || !isDay(endedOn) || endedOn < on) refuse("INVALID_INPUT", { from: on }, ["endedOn"]);
  if (endedOn > today) refuse("IN_THE_FUTURE", { today }, ["endedOn"]);
}

/** What an organisation is besides its registration. */
export interface OrganizationProfile {
  organizationId: string;
  /** The civil day of its registration or filing. */
  registeredOn: Day | null;
  /** 枢纽型: it supports and speaks for others. */
  hub: boolean;
  /** 村级“5+X”: one of the core kinds, or a local speciality, by the policy's list. */
  villageKind: string | null;
  /** 业务主管单位: the unit that looks at whom the organisation wants as its head. */
  supervisorId: string | null;
  version: number;
}

/** One of the village organisations "5+X", as the policy lists them: five core kinds, and X. */
export interface VillageKind {
  code: string;
  label: string;
  labelEn: string;
  core: boolean;
}

export const headStates = ["PROPOSED", "APPROVED", "REFUSED", "ENDED"] as const;
export type HeadState = (typeof headStates)[number];
export const headActions = ["PROPOSE", "APPROVE", "REFUSE", "END"] as const;
export type HeadAction = (typeof headActions)[number];
/** What somebody says about a head who was proposed. */
export const headDecisions = ["APPROVE", "REFUSE", "END"] as const satisfies readonly HeadAction[];
/** Who is to be head is looked at by the supervising unit first (policy-opinion item 10: 拟任负责人审核把关). One step a row; an APPROVE ends the head before. */
export const headMoves: Moves<HeadAction, HeadState> = {
  PROPOSE: { from: [null], to: "PROPOSED", reason: false },
  APPROVE: { from: ["PROPOSED"], to: "APPROVED", reason: false },
  REFUSE: { from: ["PROPOSED"], to: "REFUSED", reason: true },
  END: { from: ["PROPOSED", "APPROVED"], to: "ENDED", reason: true },
};
export interface Head {
  id: string;
  organizationId: string;
  personId: string;
  state: HeadState;
  proposedBy: string;
  /** The sealed row with the name. */
  profileId: string;
  version: number;
}

/** An honour that was given to an organisation: name, day and who gave it (order 67 §9). */
export interface Award {
  id: string;
  organizationId: string;
  name: string;
  grantedBy: string;
  on: Day;
  /** Entered by mistake. */
  withdrawn: boolean;
  version: number;
}

/**
 * Marks that the office gives, and counts (opinion, items 10 and 11). One is an award under the mark's own name, as
 * earlier releases may have it; it goes to organisations of one kind.
 */
export const organizationMarks = ["DEMONSTRATION_CENTER", "KEY_SUPPORT"] as const;
export type OrganizationMark = (typeof organizationMarks)[number];
export const marks: Record<OrganizationMark, { name: string; kind: OrganizationKind }> = {
  DEMONSTRATION_CENTER: { name: "示范型社会组织党群服务中心", kind: "PARTY_SERVICE_CENTER" },
  KEY_SUPPORT: { name: "重点培育社会工作服务机构", kind: "SOCIAL_WORK_AGENCY" },
};

/** The mark that an award is; null for an honour of another name. */
export function markOf({ name }: Pick<Award, "name">): OrganizationMark | null {
  return organizationMarks.find((mark) => marks[mark].name === name) ?? null;
}

/** A division and all above it, nearest first. A cycle in the data is cut rather than followed. */
export function lineage(code: string, divisions: ReadonlyMap<string, Division>): string[] {
  const line = new Set<string>();
  for (let next: string | null = code; next && !line.has(next); next = divisions.get(next)?.parentCode ?? null)
    line.add(next);
  return [...line];
}

/** A division and everything below it. */
export function below(code: string, divisions: ReadonlyMap<string, Division>): string[] {
  const lies = new Map([[code, true]]);
  for (const one of divisions.keys()) {
    const path: string[] = [];
    let next: string | null = one;
    for (; next !== null && !lies.has(next); next = divisions.get(next)?.parentCode ?? null) {
      lies.set(next, false);
      path.push(next);
    }
    if (next !== null && lies.get(next)) for (const inside of path) lies.set(inside, true);
  }
  return [...divisions.keys()].filter((one) => lies.get(one));
}
