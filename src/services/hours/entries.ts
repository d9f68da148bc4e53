import { attendancePrefix } from "../../domain/activities/attendance";
import { hashedRefPrefix } from "../../domain/facts/hours";
import type { Evidence } from "../../domain/hours";
import type { Minutes } from "../../domain/kit/minutes";
import { refuse } from "../../domain/kit/refusal";
import { canonical } from "../bank";
import { checkEvidence, checkText } from "../bank/input";
import type { LogEntry } from "./commands";

export interface RecordDetails {
  place: string | null;
  content: string;
  activityLead: string | null;
  recipientId: string | null;
  evidence: Evidence[];
  /** The organisation's own reference; records of earlier releases keep theirs in clear. */
  externalRef?: string;
}

export type CheckedEntry = Omit<LogEntry, "evidence" | "externalRef" | "place" | "activityLead" | "recipientId"> & {
  externalRef: string | null;
  place: string | null;
  activityLead: string | null;
  recipientId: string | null;
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
    externalRef: checkRef(entry.externalRef),
    place: checkText(entry.place, "place", { most: 200 }),
    content: checkText(entry.content, "content", { most: 2000, least: 1 }) as string,
    activityLead: checkText(entry.activityLead, "activityLead", { most: 200 }),
    recipientId: checkText(entry.recipientId, "recipientId", { most: 50 }),
    evidence: checkEvidence(entry.evidence),
  };
}

/** References of attendances, and hashes, are the bank's own: nobody logs hours under one. */
function checkRef(externalRef: string | null | undefined): string | null {
  const ref = checkText(externalRef, "externalRef", { most: 200 });
  const reserved = [attendancePrefix, hashedRefPrefix].find((prefix) => ref?.startsWith(prefix));
  if (reserved) refuse("INVALID_INPUT", { reserved }, ["externalRef"]);
  return ref;
}

export function checkBreak(breakMinutes: Minutes): Minutes {
  if (!Number.isSafeInteger(breakMinutes) || breakMinutes < 0) refuse("INVALID_INPUT", { least: 0 }, ["breakMinutes"]);
  return breakMinutes;
}

export function detailsOf(entry: CheckedEntry): RecordDetails {
  const { place, content, activityLead, recipientId, evidence, externalRef } = entry;
  return { place, content, activityLead, recipientId, evidence, ...(externalRef === null ? {} : { externalRef }) };
}

/** What makes two entries the same, in one spelling, for a keyed hash: nobody can guess at the words behind it. */
export function contentOf(entry: CheckedEntry, volunteerId: string): string {
  const { serviceType, startedAt, endedAt, breakMinutes, place, content, activityLead, evidence, recipientId } = entry;
  const said = { serviceType, startedAt, endedAt, breakMinutes, place, content, activityLead, evidence, recipientId };
  return canonical({ volunteerId, ...said });
}
