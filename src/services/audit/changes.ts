import { type FactOf, type JournalKind, shapes } from "../../domain/facts";
import type { Followed } from "./followed/line";
import { same } from "./rules";

/** What a step says of itself rather than of its thing. */
const ofTheStep: readonly string[] = ["action", "from", "actorKind", "version", "reasonId", "wordsId"];

/** A field of a fact whose kind is known when this runs. */
export const fieldOf = (fact: object, name: string): unknown => (fact as Readonly<Record<string, unknown>>)[name];

/** What of a fact is not as in the fact before it about the same thing, and may not change. */
export function changed<K extends JournalKind>(
  kind: K,
  { changes, stepsOf }: Followed<K>,
  fact: FactOf<K>,
  earlier: FactOf<K>,
): readonly string[] {
  // Of a step that is a kind of its own, all is said of the step.
  if (stepsOf) return [];
  if (changes === "ONCE") return ["was said before, and is said once"];
  return fixedOf(kind, changes, String(fieldOf(fact, "action")))
    .filter((field) => !same(fieldOf(fact, field), fieldOf(earlier, field)))
    .map((field) => `${field} is not to change`);
}

/** The fields that an action may not change, found out once for each. */
const fixed = new Map<string, readonly string[]>();

function fixedOf(kind: JournalKind, changes: object, action: string): readonly string[] {
  const isList = Array.isArray(changes);
  // An action that there is none of stands in forged bytes alone.
  const known = !isList && Object.hasOwn(changes, action) ? action : "";
  const at = `${kind} ${known}`;
  const remembered = fixed.get(at);
  if (remembered) return remembered;
  const may = isList ? changes : ["state", ...[fieldOf(changes, known) ?? []].flat()];
  const fields = Object.keys(shapes[kind].fields).filter((field) => !may.includes(field) && !ofTheStep.includes(field));
  fixed.set(at, fields);
  return fields;
}
