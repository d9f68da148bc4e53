import { creditRecordKinds } from "../../domain/credit-records";
import { creditActions } from "../../domain/facts/credit-records";
import { choice, command, expectedVersion, id, key, optional, reason, text } from "../bank/fields";
import { neededProofs, proofs } from "../bank/proofs";

export const openCreditRecord = command(
  "OpenCreditRecordInput",
  "Records an observation about a volunteer or an organisation. Everything about it is kept encrypted.",
  {
    idempotencyKey: key(),
    subjectId: id("The id of the volunteer or the organisation that it is about."),
    kind: choice(creditRecordKinds, "Whether the record speaks for its subject or against it."),
    ground: text({ most: 1000 }, "The code of the ground, from policy `credit.grounds`. GROUND_NOT_FOUND."),
    facts: text(
      { most: 2000, least: 1 },
      "A text of up to 2000 characters that says what happened. It must not mention belief, genes, fingerprints, blood, illness or a person's means [ZJCR §14].",
    ),
    evidence: neededProofs("The proofs on which the record rests, of which there are 1 to 20."),
  },
);

/** The purpose for which an actor reads a credit file. */
export const readingPurpose = optional(text({ most: 200, line: true }, "The purpose for which the file is read."));

export const advanceCreditRecord = command(
  "AdvanceCreditRecordInput",
  "Takes a step of the recording unit or of the office.",
  {
    recordId: id("The id of the credit record."),
    action: choice(creditActions, "The step that is to be taken."),
    reason: reason(1000, "The reason for the step, which the subject reads."),
    correction: optional(
      text(
        { most: 2000 },
        "For CORRECT: a text that says what happened, as it is known now. It takes the place of `facts`.",
      ),
    ),
    expectedVersion,
  },
);

export const objectToCreditRecord = command(
  "ObjectToCreditRecordInput",
  "Says what the subject has to say about a credit record: an answer to its notice, or an objection.",
  {
    recordId: id("The id of the credit record."),
    statement: reason(1000, "A text of up to 1000 characters that says what you answer or object."),
    evidence: proofs("The proofs that support your statement."),
    expectedVersion,
  },
);

export const applyForCreditRepair = command(
  "ApplyForCreditRepairInput",
  "Applies for the repair of a credit record, by saying what the subject has done to make good.",
  {
    recordId: id("The id of the credit record."),
    statement: reason(1000, "A text of up to 1000 characters that says what was made good."),
    evidence: proofs("The proofs that you have made good."),
    expectedVersion,
  },
);
