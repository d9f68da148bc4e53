import { type OddityKind, odditiesOf } from "../../domain/activities/oddities";
import { invariant } from "../../domain/kit/invariant";
import type { Refusal } from "../../domain/kit/refusal";
import { isStaffOf } from "../../domain/permissions/actors";
import type { StoredAttendance, StoredRecord, View } from "../../storage/store";
import { attendanceOfRecord } from "../activities/references";
import type { Bank } from "../bank";
import type { BatchOf } from "../bank/answers";
import type { RecordDetails } from "./entries";

export type BatchAnswer = BatchOf<StoredRecord>;
/** A record as its confirmer reads it. */
export interface ReviewLine {
  record: StoredRecord;
  /** What it was made from; null for hours that were entered. */
  attendance: StoredAttendance | null;
  oddities: OddityKind[];
  /** Why the actor could not confirm it; null where they could. */
  refusal: Refusal | null;
}

/** Waiting records as their confirmer reads them: what is odd about each, and why it would be refused. */
export async function reviewed(
  bank: Bank,
  view: View,
  rehearsed: BatchAnswer,
  records: readonly (StoredRecord | null)[],
) {
  const shown = records.filter((record) => record !== null);
  const details = await bank.vault.open<RecordDetails>(
    view,
    shown.map(({ detailsId }) => detailsId),
  );
  const volunteers = await view.volunteers(shown.map(({ volunteerId }) => volunteerId));
  const grants = await view.grantsOfPersons([...volunteers.values()].map(({ personId }) => personId));
  const [today, policies] = [bank.today(), await bank.policies(view)];
  const perDayMost = policies.count("record.maxPerDayMinutes", today);
  const lines: ReviewLine[] = [];
  for (const [i, record] of records.entries()) {
    if (!record) continue;
    const volunteer = volunteers.get(record.volunteerId);
    invariant(volunteer, "a record has a volunteer");
    const attendance = await attendanceOfRecord(view, record);
    const oddities = odditiesOf(record, {
      today,
      evidence: details.get(record.detailsId)?.evidence.length ?? 0,
      attendance,
      isOwnStaff: isStaffOf(record.organizationId, grants.get(volunteer.personId) ?? [], today),
      perDayMost,
    });
    lines.push({ record, attendance, oddities, refusal: rehearsed.results[i]?.refusal ?? null });
  }
  return lines;
}
