import type { Minutes } from "../../domain/minutes";
import { refuse } from "../../domain/refusal";
import { checkText, hashOf } from "../bank";
import type { Evidence, LogEntry, RecordDetails } from "../contract";

export type CheckedEntry = Omit<LogEntry, "evidence" | "externalRef" | "place" | "activityLead"> & {
  externalRef: string | null;
  place: string | null;
  activityLead: string | null;
  evidence: Evidence[];
};

/** Row 1 of DESIGN §3: everything that makes an entry unreadable. */
export function checkEntry(entry: Omit<LogEntry, "activityLead"> & { activityLead: string | null }): CheckedEntry {
  for (const path of ["startedAt", "endedAt"] as const)
    if (!Number.isSafeInteger(entry[path]) || Math.abs(entry[path]) > 8.64e15) refuse("INVALID_INPUT", {}, [path]);
  checkBreak(entry.breakMinutes);
  if (Boolean(entry.volunteerId) === Boolean(entry.volunteerNo))
    refuse("INVALID_INPUT", { oneOf: ["volunteerId", "volunteerNo"] }, ["volunteerNo"]);
  return {
    ...entry,
    volunteerNo: checkText(entry.volunteerNo, "volunteerNo", { most: 50 }),
    serviceType: checkText(entry.serviceType, "serviceType", { most: 50, least: 1 }) as string,
    externalRef: checkText(entry.externalRef, "externalRef", { most: 200 }),
    place: checkText(entry.place, "place", { most: 200 }),
    content: checkText(entry.content, "content", { most: 2000, least: 1 }) as string,
    activityLead: checkText(entry.activityLead, "activityLead", { most: 100 }),
    evidence: checkEvidence(entry.evidence),
  };
}

export function checkBreak(breakMinutes: Minutes): Minutes {
  if (!Number.isSafeInteger(breakMinutes) || breakMinutes < 0) refuse("INVALID_INPUT", { least: 0 }, ["breakMinutes"]);
  return breakMinutes;
}

export function checkEvidence(evidence: readonly Evidence[] | null | undefined): Evidence[] {
  if ((evidence?.length ?? 0) > 20) refuse("INVALID_INPUT", { most: 20 }, ["evidence"]);
  return (evidence ?? []).map(({ kind, ref }) => ({
    kind,
    ref: checkText(ref, "evidence", { most: 500, least: 1 }) as string,
  }));
}

export function detailsOf({ place, content, activityLead, evidence }: CheckedEntry): RecordDetails {
  return { place, content, activityLead, evidence };
}

export function contentHashOf(entry: CheckedEntry, volunteerId: string): string {
  const { serviceType, startedAt, endedAt, breakMinutes, place, content, activityLead, evidence, recipientId } = entry;
  return hashOf("entry", {
    volunteerId,
    serviceType,
    startedAt,
    endedAt,
    breakMinutes,
    place,
    content,
    activityLead,
    evidence,
    recipientId,
  });
}
