import { createHash } from "node:crypto";
import { type EvidenceKind, evidenceKinds } from "../../domain/hours";
import type { Evidence, LogEntry } from "../contract";
import { type Cells, instant, no, optionalText, text, wholeNumber } from "./cells";

export const hoursColumns = [
  "external_ref",
  "volunteer_no",
  "service_type",
  "started_at",
  "ended_at",
  "break_minutes",
  "place",
  "content",
  "activity_lead",
  "evidence",
] as const;

/** One row as the entry the API takes; throws InvalidCell. */
export function toHoursEntry(cells: Cells): LogEntry {
  const entry = {
    externalRef: optionalText(cells, "external_ref"),
    volunteerNo: text(cells, "volunteer_no"),
    serviceType: text(cells, "service_type"),
    startedAt: instant(cells, "started_at"),
    endedAt: instant(cells, "ended_at"),
    breakMinutes: wholeNumber(cells, "break_minutes", 0),
    place: optionalText(cells, "place"),
    content: text(cells, "content"),
    activityLead: text(cells, "activity_lead"),
    evidence: evidence(cells),
  };
  return { ...entry, externalRef: entry.externalRef ?? derivedRef(cells) };
}

/** A line without a reference is known again by its content. */
export function derivedRef(cells: Cells): string {
  const hash = createHash("sha256");
  for (const column of hoursColumns) {
    const cell = cells[column]?.trim() ?? "";
    hash.update(`${Buffer.byteLength(cell)}:${cell}`);
  }
  return `derived:${hash.digest("hex").slice(0, 32)}`;
}

/** `KIND:ref`, several behind semicolons. */
function evidence(cells: Cells): Evidence[] {
  const cell = optionalText(cells, "evidence");
  if (cell === null) return [];
  return cell.split(";").map((part) => {
    const [kind, ...ref] = part.split(":");
    const name = (kind ?? "").trim() as EvidenceKind;
    if (!evidenceKinds.includes(name) || ref.join(":").trim() === "") no("evidence", "EVIDENCE");
    return { kind: name, ref: ref.join(":").trim() };
  });
}
