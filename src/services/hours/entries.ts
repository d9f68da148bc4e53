import { attendancePrefix } from "../../domain/activities/attendance";
import { hashedRefPrefix } from "../../domain/facts/hours";
import type { Evidence } from "../../domain/hours";
import type { Minutes } from "../../domain/kit/minutes";
import { refuse } from "../../domain/kit/refusal";
import { canonical } from "../bank/canonical";
import { type LogEntry, serviceHoursEntry, submitServiceRecord } from "./commands";

export interface RecordDetails {
  place: string | null;
  content: string;
  activityLead: string | null;
  recipientId: string | null;
  evidence: Evidence[];
  /** The organisation's own reference; absent where it has none. */
  externalRef?: string;
}

export type CheckedEntry = Omit<LogEntry, "evidence" | "externalRef" | "place" | "activityLead" | "recipientId"> & {
  externalRef: string | null;
  place: string | null;
  activityLead: string | null;
  recipientId: string | null;
  evidence: Evidence[];
};

const fields = serviceHoursEntry.fields;
/** Volunteers who hand in their own hours need not name a lead. */
const lead = submitServiceRecord.fields.activityLead;

/** Row 1 of DESIGN §3: everything that makes an entry unreadable. */
export function checkEntry(entry: Omit<LogEntry, "activityLead"> & { activityLead: string | null }): CheckedEntry {
  const [startedAt, endedAt] = [
    fields.startedAt.read(entry.startedAt, ["startedAt"]),
    fields.endedAt.read(entry.endedAt, ["endedAt"]),
  ];
  checkBreak(entry.breakMinutes);
  if (Boolean(entry.volunteerId) === Boolean(entry.volunteerNo))
    refuse("INVALID_INPUT", { oneOf: ["volunteerId", "volunteerNo"] }, ["volunteerNo"]);
  return {
    volunteerId: entry.volunteerId,
    startedAt,
    endedAt,
    breakMinutes: entry.breakMinutes,
    volunteerNo: fields.volunteerNo.read(entry.volunteerNo, ["volunteerNo"]),
    serviceType: fields.serviceType.read(entry.serviceType, ["serviceType"]),
    externalRef: checkRef(entry.externalRef),
    place: fields.place.read(entry.place, ["place"]),
    content: fields.content.read(entry.content, ["content"]),
    activityLead: lead.read(entry.activityLead, ["activityLead"]),
    recipientId: entry.recipientId?.trim() || null,
    evidence: fields.evidence.read(entry.evidence, ["evidence"]),
  };
}

/** References of attendances, and hashes, are the bank's own: nobody logs hours under one. */
function checkRef(externalRef: string | null | undefined): string | null {
  const ref = fields.externalRef.read(externalRef, ["externalRef"]);
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
  return canonical({
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
