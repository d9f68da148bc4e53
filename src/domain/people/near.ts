import { refuse } from "../kit/refusal";

/** As what the bank knows somebody as a person's own. A household are those who answer for one child, and the children of one guardian. */
export const nearness = ["SELF", "WARD", "GUARDIAN", "HOUSEHOLD"] as const;
export type Nearness = (typeof nearness)[number];

/** An actor, and all whom the bank knows as the actor's own, by person. */
export type Own = ReadonlyMap<string, Nearness>;

/** The actor, by all the persons who were merged into one: the one of today first. */
export function selvesOf(own: Own): string[] {
  return [...own].flatMap(([id, near]) => (near === "SELF" ? id : []));
}

/** Nobody decides about themselves, or about one of their own: SELF_CONFIRMATION, which says as what the bank knows these. */
export function checkNotOwn(own: Own, personId: string | null, path: string[] = []): void {
  const near = personId === null ? undefined : own.get(personId);
  if (near !== undefined) refuse("SELF_CONFIRMATION", near === "SELF" ? {} : { near }, path);
}
