import { idKinds } from "../../domain/people/papers";
import { choice, command, fieldsOf, optional, personName, text, version } from "./fields";
import { evidence } from "./proofs";

/** What every correction of a registered person takes: of a volunteer, a recipient or a social worker. */
export const correction = command("CorrectionInput", "A correction of a registered person.", {
  legalName: optional(personName("The name in the papers; an empty text takes it away. NAME_INVALID.")),
  idKind: optional(
    choice(
      idKinds,
      "The kind of papers that the number is of. Left out, the form of the number tells it. INVALID_INPUT without a number.",
    ),
  ),
  idNumber: optional(
    text(
      { most: 60, line: true },
      "The number of papers that you have seen; an empty text takes it away. ID_NUMBER_INVALID; PAPERS_DISAGREE or DUPLICATE_PERSON where another person has this number: an officer merges the two.",
    ),
  ),
  evidence: optional(fieldsOf(evidence, "The proof of it, which is kept sealed with the reason.")),
  expectedVersion: optional(version("The version that you saw; else VERSION_CONFLICT.")),
});
