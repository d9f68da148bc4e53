import { attendancePrefix } from "../../domain/activities/attendance";
import { hashedRefPrefix } from "../../domain/facts/hours";
import type { Minutes } from "../../domain/kit/minutes";
import { refuse } from "../../domain/kit/refusal";
import { orderPrefix } from "../../domain/orders";
import { canonical } from "../bank/canonical";
import type { Read } from "../bank/fields";
import { type LogEntry, serviceHoursEntry, submitServiceRecord } from "./commands";

/** An entry as it was read: every field is there. */
export type CheckedEntry = Omit<Read<typeof serviceHoursEntry>, "activityLead"> & { activityLead: string | null };

/** What the journal or the record says of an entry in clear, or as a hash. */
type Clear = "externalRef" | "volunteerId" | "volunteerNo" | "serviceType" | "startedAt" | "endedAt" | "breakMinutes";
/** All else that an entry says, which is sealed. The organisation's own reference is sealed too; absent where it has none. */
export type RecordDetails = Omit<CheckedEntry, Clear> & { externalRef?: string };

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
    volunteerId: entry.volunteerId ?? null,
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

/** References of attendances and of orders, and hashes, are the bank's own: nobody logs hours under one. */
function checkRef(externalRef: string | null | undefined): string | null {
  const ref = fields.externalRef.read(externalRef, ["externalRef"]);
  const reserved = [attendancePrefix, orderPrefix, hashedRefPrefix].find((prefix) => ref?.startsWith(prefix));
  if (reserved) refuse("INVALID_INPUT", { reserved }, ["externalRef"]);
  return ref;
}

export function checkBreak(breakMinutes: Minutes): Minutes {
  if (!Number.isSafeInteger(breakMinutes) || breakMinutes < 0) refuse("INVALID_INPUT", { least: 0 }, ["breakMinutes"]);
  return breakMinutes;
}

export function detailsOf(entry: CheckedEntry): RecordDetails {
  const { volunteerId, volunteerNo, serviceType, startedAt, endedAt, breakMinutes, externalRef, ...details } = entry;
  return { ...details, ...(externalRef === null ? {} : { externalRef }) };
}

/**
 * What makes two entries the same, in one spelling, for a keyed hash: nobody can guess at the words behind it. The reference is
 * what they are compared by.
 */
export function contentOf(entry: CheckedEntry, volunteerId: string): string {
  const { externalRef, volunteerNo, ...content } = entry;
  return canonical({ ...content, volunteerId });
}
