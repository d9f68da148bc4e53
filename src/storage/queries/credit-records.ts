import { and, asc, eq, getTableColumns, inArray, lte, or } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import { endingStates } from "../../domain/facts/credit-records";
import type { CreditStepRow, CreditView, StoredCreditRecord } from "../store";
import { type Database, grouped, inChunks, keyed, listed, openLookup, rowsOf } from "./lookups";

/** Credit records, their steps, and who read whose file. */
export function openCreditView(db: Database, t: Tables): CreditView {
  const lookup = openLookup(db);
  const { creditRecords, creditReads, searchTerms } = t;
  const recordsById = lookup<StoredCreditRecord>("credit", creditRecords, creditRecords.id);
  const stepsByRecord = lookup<CreditStepRow>(
    "credit_step",
    t.creditSteps,
    t.creditSteps.creditRecordId,
    t.creditSteps.version,
  );

  return {
    creditRecords: async (ids) => keyed(await recordsById(ids), (row) => row.id),
    async creditRecordsOf(hashes) {
      const rows = await inChunks(hashes, async (chunk) =>
        db
          .select(getTableColumns(creditRecords))
          .from(creditRecords)
          .innerJoin(searchTerms, eq(searchTerms.personId, creditRecords.personId))
          .where(and(eq(searchTerms.kind, "credit"), inArray(searchTerms.hash, chunk)))
          .orderBy(asc(creditRecords.openedSeq)),
      );
      return rows as StoredCreditRecord[];
    },
    creditSteps: async (ids) => grouped(await stepsByRecord(ids), (row) => row.creditRecordId),
    creditReads: (subjectHash, readerId, page) =>
      listed(page, {
        order: [{ column: creditReads.seq, down: true, count: true }],
        where: and(
          eq(creditReads.subjectHash, subjectHash),
          readerId === null ? undefined : eq(creditReads.actorId, readerId),
        ),
        select: rowsOf(db, creditReads),
      }),
    async creditRecordsEnding(by, limit) {
      const rows = await db
        .select()
        .from(creditRecords)
        .where(
          or(
            eq(creditRecords.state, "EXPIRED"),
            and(inArray(creditRecords.state, [...endingStates]), lte(creditRecords.expiresOn, by)),
          ),
        )
        .orderBy(asc(creditRecords.expiresOn), asc(creditRecords.id))
        .limit(limit);
      return rows as StoredCreditRecord[];
    },
  };
}
