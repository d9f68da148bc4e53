import { isDamage } from "./faults";

/** One thing on the disk that is not as this release's migrations make it. Names objects and keys, never values. */
export interface Flaw {
  where: string;
  what: string;
}
/** The objects of a database by kind and name, each with the text that defines it. */
export type Shape = ReadonlyMap<string, string>;

/** What is missing, what was changed, and what no migration made. */
export function* differences(actual: Shape, wanted: Shape): Generator<Flaw> {
  for (const [name, text] of wanted) {
    if (!actual.has(name)) yield { where: name, what: "is missing" };
    else if (actual.get(name) !== text) yield { where: name, what: "was changed" };
  }
  for (const name of actual.keys()) if (!wanted.has(name)) yield { where: name, what: "was made by no migration" };
}

/** The same of the keys, whose names may be those of the bank's own. */
export function* ofKeys(flaws: Iterable<Flaw>): Generator<Flaw> {
  for (const { where, what } of flaws) yield { where: `keys: ${where}`, what };
}

/** A damaged page ends the reading, and is a flaw. Another error, such as a lost connection, is no flaw and is thrown. */
export function unreadable(error: unknown, where: string): Flaw {
  if (!isDamage(error)) throw error;
  return { where, what: "has a page that cannot be read" };
}

/** What runs inside the database by itself: a trigger, a function, a rule or a policy. */
export interface Guard {
  name: string;
  text: string;
}

/** The first reason why what runs by itself is not what the migrations made; null where it is. */
export function wrongGuard(actual: readonly Guard[], wanted: readonly Guard[]): string | null {
  const standing = new Map<string, string[]>();
  for (const { name, text } of actual) standing.set(name, [...(standing.get(name) ?? []), text]);
  for (const { name, text } of wanted) {
    const texts = standing.get(name);
    if (!texts) return `guard ${name} is missing: run \`goodhours migrate\`, or restore a backup`;
    if (!texts.includes(text)) return `guard ${name} was changed`;
    if (texts.length > 1) return `guard ${name} has a double that no migration made: drop it, or restore a backup`;
  }
  const known = new Set(wanted.map(({ name }) => name));
  const extra = actual.find(({ name }) => !known.has(name));
  return extra ? `${extra.name} was made by no migration: drop it, or restore a backup` : null;
}
