import { creditRecordKinds } from "../../domain/credit-records";
import { creditActions } from "../../domain/facts/credit-records";
import { choice, command, id, key, optional, reason, text, version } from "../bank/fields";
import { neededProofs, proofs } from "../bank/proofs";

export const openCreditRecord = command(
  "OpenCreditRecordInput",
  "Something observed about a volunteer or an organisation. Everything about it is encrypted.",
  {
    idempotencyKey: key(),
    subjectId: id("The volunteer or the organisation."),
    kind: choice(creditRecordKinds, "Whether it speaks for them or against."),
    ground: text({ most: 1000 }, "The ground, by a code of policy credit.grounds."),
    facts: text(
      { most: 2000, least: 1 },
      "What happened, in up to 2000 letters. Nothing of belief, genes, prints, blood, illness, or anybody's means [ZJCR §14].",
    ),
    evidence: neededProofs("What it rests on; one at least, 20 at most."),
  },
);

export const advanceCreditRecord = command(
  "AdvanceCreditRecordInput",
  "A step of the recording unit or of the office.",
  {
    recordId: id("The record, by its id."),
    action: choice(creditActions, "Which step is taken."),
    reason: reason(1000, "The reason; the subject reads it."),
    correction: optional(
      text(
        { most: 2000 },
        "With CORRECT: what happened, as it is now known to have been. It takes the place of the facts.",
      ),
    ),
    expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
  },
);

export const objectToCreditRecord = command(
  "ObjectToCreditRecordInput",
  "The subject's word about a record: an answer to its notice, or an objection.",
  {
    recordId: id("The record, by its id."),
    statement: text({ most: 200 }, "What you have to say, in up to 1000 letters."),
    evidence: proofs("What there is to prove it."),
    expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
  },
);

export const applyForCreditRepair = command("ApplyForCreditRepairInput", "What the subject has done to make good.", {
  recordId: id("The record, by its id."),
  statement: text({ most: 200 }, "What was made good, in up to 1000 letters."),
  evidence: proofs("What there is to prove it."),
  expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
});
