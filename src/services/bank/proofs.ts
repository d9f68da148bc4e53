import { type Evidence, evidenceKinds } from "../../domain/hours";
import { choice, command, type Field, fieldsOf, list, optional, text } from "./fields";

export const evidence = command("EvidenceInput", "Refers to a proof, which the organisation keeps.", {
  kind: choice(evidenceKinds, "The kind of proof that is referred to."),
  ref: text({ most: 500 }, "The place where the organisation keeps the proof, such as a file and a page."),
});
/** Proofs, at least one and at most 20. */
export const neededProofs = (sentence: string) => list(fieldsOf(evidence, sentence), { least: 1, most: 20 }, sentence);

/** Proofs, at most 20; none where the field is left out. */
export function proofs(sentence: string): Field<Evidence[] | null | undefined, Evidence[]> {
  const several = optional(list(fieldsOf(evidence, sentence), { most: 20 }, sentence));
  return { ...several, read: (asked, path) => several.read(asked, path) ?? [] };
}
