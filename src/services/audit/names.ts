import { type JournalKind, journalKinds, shapes } from "../../domain/facts";
import type { IdPrefix, Word } from "../../domain/facts/words";
import { followed } from "./followed";

/** Fields that name a thing by a code of its own, and not by an id whose prefix says what it names. */
const byCode: Readonly<Record<string, readonly JournalKind[]>> = {
  divisionCode: ["DIVISION_STEP"],
  parentCode: ["DIVISION_STEP"],
};

/** The kinds of facts that begin things whose ids have this prefix. */
const kindsBy = new Map<IdPrefix | "any", JournalKind[]>();
for (const kind of journalKinds) {
  const { key, stepsOf }: { key: readonly string[] | null; stepsOf?: JournalKind } = followed[kind];
  const { id }: Readonly<Record<string, Word>> = shapes[kind].fields;
  if (key?.join() !== "id" || stepsOf || id?.is !== "id" || id.prefix === "any") continue;
  kindsBy.set(id.prefix, [...(kindsBy.get(id.prefix) ?? []), kind]);
}

/** What an id may name: a thing that facts are about, or a sealed row. */
export type Named = JournalKind | "SEALED";

function namedBy(field: string, word: Word): readonly Named[] {
  const of = word.is === "list" ? word.of : word;
  if (of.is === "sealed") return ["SEALED"];
  if (of.is === "code") return byCode[field] ?? [];
  return of.is === "id" ? (kindsBy.get(of.prefix) ?? []) : [];
}

/** For each kind, the fields that name other things, and which kinds of facts are about those things. */
export const namesOf: ReadonlyMap<JournalKind, readonly [field: string, kinds: readonly Named[]][]> = new Map(
  journalKinds.map((kind) => {
    const words = Object.entries<Word>(shapes[kind].fields);
    const named = words.map(([field, word]): [string, readonly Named[]] => [field, namedBy(field, word)]);
    return [kind, named.filter(([field, kinds]) => field !== "id" && kinds.length > 0)];
  }),
);

/** What stands before the first underscore: ids of one kind begin alike. An id of another form is of its own length's. */
export function beginningOf(id: string): string {
  const end = id.indexOf("_");
  return end > 0 && end < 20 ? id.slice(0, end) : String(id.length);
}
