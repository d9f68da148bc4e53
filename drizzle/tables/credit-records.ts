import { creditRecordActions, creditRecordStates } from "../../src/domain/credit-records";
import { actorKinds } from "../../src/domain/permissions/actors";
import type { Kit } from "../kit.sqlite";
import { oneOf } from "./checks";
import { stepColumns } from "./steps";

/** Credit records, without whom they are about: that is sealed under a key of each record's own. */
export function defineCreditTables(kit: Kit) {
  const { table, text, int, flag, json, index, check, primaryKey, uniqueIndex } = kit;

  /** Projection of CREDIT_RECORD_STEP: the record as its last step left it. */
  const creditRecords = table(
    "credit_records",
    {
      id: text().primaryKey(),
      personId: text().notNull(),
      organizationId: text(),
      divisionCode: text().notNull(),
      state: text().notNull(),
      confirmedBy: json<string[]>().notNull(),
      answered: flag().notNull(),
      answerBy: text(),
      contestedOn: text(),
      decideBy: text(),
      extended: flag().notNull(),
      foundOn: text(),
      expiresOn: text(),
      detailsId: text().notNull(),
      version: int().notNull(),
      openedSeq: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("credit_record_state", oneOf("state", creditRecordStates)),
      uniqueIndex("credit_records_person").on(t.personId),
      index("credit_records_answer").on(t.state, t.answerBy, t.id),
      index("credit_records_decide").on(t.state, t.decideBy, t.id),
      index("credit_records_expire").on(t.state, t.expiresOn),
    ],
  );

  /** Projection of CREDIT_RECORD_STEP: each step. */
  const creditSteps = table(
    "credit_steps",
    { creditRecordId: text().notNull(), version: int().notNull(), ...stepColumns(kit) },
    (t) => [
      primaryKey({ columns: [t.creditRecordId, t.version], name: "credit_steps_pk" }),
      check("credit_step_action", oneOf("action", creditRecordActions)),
      check("credit_step_actor", oneOf("actor_kind", actorKinds)),
    ],
  );

  /** Projection of CREDIT_FILE_READ: who read whose file, and what for; whose is a keyed hash. */
  const creditReads = table(
    "credit_reads",
    {
      id: text().primaryKey(),
      subjectHash: text().notNull(),
      actorId: text().notNull(),
      actorKind: text().notNull(),
      purposeId: text().notNull(),
      at: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("credit_read_actor", oneOf("actor_kind", actorKinds)),
      index("credit_reads_subject").on(t.subjectHash, t.seq),
    ],
  );

  return { creditRecords, creditSteps, creditReads };
}
