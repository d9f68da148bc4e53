import { attendanceIdOf } from "../../domain/activities/attendance";
import type { ServiceRecord } from "../../domain/facts/hours";
import type { StoredAttendance, View } from "../../storage/store";

/** The attendance a record was made from, if it was; a replacement follows what it replaced. */
export async function attendanceOfRecord(
  view: View,
  record: Pick<ServiceRecord, "id" | "externalRef">,
): Promise<StoredAttendance | null> {
  let first = record;
  while (first.externalRef === null) {
    const earlier = (await view.recordsReplacedBy([first.id])).get(first.id);
    if (!earlier) return null;
    first = earlier;
  }
  const id = attendanceIdOf(first.externalRef);
  // Banks of before there were attendances may know references that look like theirs.
  return id === null ? null : ((await view.attendances([id])).get(id) ?? null);
}
