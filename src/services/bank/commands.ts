import { idKinds } from "../../domain/people/papers";
import { batchModes, linesMost } from "./batch";
import {
  choice,
  command,
  expectedVersion,
  type Field,
  fieldsOf,
  flag,
  idNumber,
  list,
  optional,
  personName,
  removable,
  staying,
  usually,
} from "./fields";
import { evidence } from "./proofs";

const kindOfPapers =
  "The kind of papers from which the number is taken. It may be left out where only one kind has numbers of that form.";
/** The kind of the papers whose number a registration may give. */
export const idKind = optional(choice(idKinds, kindOfPapers));

/** What every correction of a registered person takes: of a volunteer, a recipient or a social worker. */
export const correction = command("CorrectionInput", "A correction of a registered person.", {
  legalName: removable(
    personName("The name that stands in the person's papers; an empty text takes it away. NAME_INVALID."),
  ),
  idKind: staying(choice(idKinds, `${kindOfPapers} It needs a number: INVALID_INPUT.`)),
  idNumber: removable(
    idNumber(
      "The ID number from the papers that you have seen; an empty text takes it away. ID_NUMBER_INVALID; PAPERS_DISAGREE or DUPLICATE_PERSON where another person has this number: an officer merges the two.",
    ),
  ),
  evidence: optional(fieldsOf(evidence, "The proof of the reason, which is kept encrypted with it.")),
  expectedVersion,
});

/** The lines of a batch, in a command's table. */
export const batchOf = <A, R>(line: Field<A, R>, sentence: string) =>
  list(line, { least: 1, most: linesMost, refusing: "BATCH_TOO_LARGE" }, sentence);

/** How a batch is done. */
export const batchOptions = {
  mode: usually("EACH", choice(batchModes, "Says what becomes of the good lines where others are refused.")),
  dryRun: usually(false, flag("True answers what would happen, and keeps nothing.")),
};
