import type { Award, Division, Finding, FindingKind, HeadAction, OrganizationKind } from "../facts/organizations";
import { type Day, isDay } from "../kit/calendar";
import { refuse } from "../kit/refusal";

/** A retired division keeps its history and takes nothing new. */
export const isRetired = ({ retiredOn }: Pick<Division, "retiredOn">): boolean => retiredOn !== null;

/** What a revision may change. */
export const organizationRevisable = ["name", "uscc", "filingStatus", "divisionCode"] as const;

/** The fields of a finding that a later revision may change. */
export const findingRevisable = ["result", "on", "endedOn", "withdrawn"] as const;
/**
 * Penalties and checks are published by law. An investigation is never published; where something comes of it, that is a
 * penalty.
 */
export const publicFindings: readonly FindingKind[] = ["ANNUAL_CHECK", "PENALTY"];

export function checkFinding(
  { kind, result, year, on, endedOn }: Pick<Finding, "kind" | "result" | "year" | "on" | "endedOn">,
  today: Day,
): void {
  if (!isDay(on)) refuse("INVALID_INPUT", { expected: "a day such as 2026-09-12" }, ["on"]);
  if (on > today) refuse("IN_THE_FUTURE", { today }, ["on"]);
  const isCheck = kind === "ANNUAL_CHECK";
  if (isCheck !== (result !== null)) refuse("INVALID_INPUT", { kind }, ["result"]);
  const known = year !== null && Number.isSafeInteger(year) && year >= 1990 && year <= Number(today.slice(0, 4));
  if (isCheck ? !known : year !== null) refuse("INVALID_INPUT", { kind }, ["year"]);
  // A year that has not begun cannot be checked.
  if (year !== null && Number(on.slice(0, 4)) < year) refuse("INVALID_INPUT", { from: `${year}-01-01` }, ["on"]);
  if (endedOn === null) return;
  if (isCheck || !isDay(endedOn) || endedOn < on) refuse("INVALID_INPUT", { from: on }, ["endedOn"]);
  if (endedOn > today) refuse("IN_THE_FUTURE", { today }, ["endedOn"]);
}

/** One of the village organisations "5+X", as the policy lists them: five core kinds, and X. */
export interface VillageKind {
  code: string;
  label: string;
  labelEn: string;
  core: boolean;
}

/** A decision about a head who was proposed. */
export const headDecisions = ["APPROVE", "REFUSE", "END"] as const satisfies readonly HeadAction[];

/**
 * Marks that the office gives, and counts (opinion, items 10 and 11). A mark is an award under the mark's own name, as earlier
 * releases may have it; it goes to organisations of one kind.
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
  for (const start of divisions.keys()) {
    const path: string[] = [];
    let next: string | null = start;
    for (; next !== null && !lies.has(next); next = divisions.get(next)?.parentCode ?? null) {
      lies.set(next, false);
      path.push(next);
    }
    if (next !== null && lies.get(next)) for (const inside of path) lies.set(inside, true);
  }
  return [...divisions.keys()].filter((code) => lies.get(code));
}
