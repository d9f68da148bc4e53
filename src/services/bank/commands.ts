import { idKinds } from "../../domain/people/papers";
import { batchModes } from "./batch";
import {
  choice,
  command,
  expectedVersion,
  fieldsOf,
  flag,
  idNumber,
  optional,
  personName,
  removable,
  staying,
  usually,
} from "./fields";
import { evidence } from "./proofs";

/** What every correction of a registered person takes: of a volunteer, a recipient or a social worker. */
export const correction = command("CorrectionInput", "A correction of a registered person.", {
  legalName: removable(
    personName("The name that stands in the person's papers; an empty text takes it away. NAME_INVALID."),
  ),
  idKind: staying(
    choice(
      idKinds,
      "The kind of papers from which the number is taken. It may be left out where only one kind has numbers of that form. It needs a number: INVALID_INPUT.",
    ),
  ),
  idNumber: removable(
    idNumber(
      "The ID number from the papers that you have seen; an empty text takes it away. ID_NUMBER_INVALID; PAPERS_DISAGREE or DUPLICATE_PERSON where another person has this number: an officer merges the two.",
    ),
  ),
  evidence: optional(fieldsOf(evidence, "The proof of the reason, which is kept encrypted with it.")),
  expectedVersion,
});

/** How a batch is done. */
export const batchOptions = {
  mode: usually("EACH", choice(batchModes, "Says what becomes of the good lines where others are refused.")),
  dryRun: usually(false, flag("True answers what would happen, and keeps nothing.")),
};
