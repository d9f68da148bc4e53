import { refuse } from "../kit/refusal";

/**
 * The ways in which the bank knows a person as family of another. A household is formed by the guardians of one child, and the
 * children of one guardian. An elder is known by a family proxy to which both the station and the elder agreed.
 */
export const nearness = ["SELF", "WARD", "GUARDIAN", "HOUSEHOLD", "ELDER"] as const;
export type Nearness = (typeof nearness)[number];

/** An actor, and all persons whom the bank knows as the actor's family. */
export type Own = ReadonlyMap<string, Nearness>;

/** The actor, by all the persons who were merged into one; the id of today comes first. */
export function selvesOf(own: Own): string[] {
  return [...own].flatMap(([id, near]) => (near === "SELF" ? id : []));
}

/** Nobody decides about themselves, or about one of their own: SELF_CONFIRMATION, which says as what the bank knows these. */
export function checkNotOwn(own: Own, personId: string | null, path: string[] = []): void {
  const near = personId === null ? undefined : own.get(personId);
  if (near !== undefined) refuse("SELF_CONFIRMATION", near === "SELF" ? {} : { near }, path);
}
