import { evidenceKinds } from "../../domain/hours";
import { choice, command, fieldsOf, list, optional, text } from "./fields";

export const evidence = command("EvidenceInput", "A reference to a proof.", {
  kind: choice(evidenceKinds, "What kind of proof it is."),
  ref: text({ most: 500 }, "Where the organisation keeps it."),
});
/** Proofs, at most 20; none where the field is left out. */
export const proofs = (sentence: string) => optional(list(fieldsOf(evidence, sentence), { most: 20 }, sentence));
/** Proofs, at least one and at most 20. */
export const neededProofs = (sentence: string) => list(fieldsOf(evidence, sentence), { least: 1, most: 20 }, sentence);
