import { creditFileRead, creditRecordStep } from "../../src/domain/facts/credit-records";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** Credit records. Their subjects are sealed, under a key of each record's own. */
export function defineCreditTables(kit: Kit) {
  const { index, uniqueIndex } = kit;

  /** Projection of CREDIT_RECORD_STEP: the record as its last step left it. */
  const creditRecords = projected(kit, creditRecordStep.into.creditRecords, (t) => [
    uniqueIndex("credit_records_person").on(t.personId),
    index("credit_records_answer").on(t.state, t.answerBy, t.id),
    index("credit_records_decide").on(t.state, t.decideBy, t.id),
    index("credit_records_expire").on(t.state, t.expiresOn),
  ]);

  /** Projection of CREDIT_RECORD_STEP: each step. */
  const creditSteps = projected(kit, creditRecordStep.into.creditSteps);

  /** Projection of CREDIT_FILE_READ: who read whose file, and what for; whose is a keyed hash. */
  const creditReads = projected(kit, creditFileRead.into.creditReads, (t) => [
    index("credit_reads_subject").on(t.subjectHash, t.seq),
  ]);

  return { creditRecords, creditSteps, creditReads };
}
