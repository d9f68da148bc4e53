import type { $Type, BuildColumns, NotNull } from "drizzle-orm";
import type { SQLiteColumnBuilderBase, SQLiteTableExtraConfigValue } from "drizzle-orm/sqlite-core";
import type { Target } from "../src/domain/facts/shape";
import type { Word, Words } from "../src/domain/facts/words";
import { oneOf } from "./checks";
import type { Kit } from "./kit.sqlite";

/** What a table or column is called in the database. */
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

type Base = ReturnType<Kit["text"]>;
type ColumnOf<W> = [W] extends [Word<infer T, infer O>]
  ? O extends true
    ? $Type<Base, NonNullable<T>>
    : NotNull<$Type<Base, T>>
  : never;
export type ColumnsOf<C> = { [N in keyof C]: ColumnOf<C[N]> };

/** The column of a word. */
function columnOf(kit: Kit, word: Word): Builder {
  switch (word.is) {
    case "id":
    case "sealed":
    case "person":
    case "text":
    case "code":
    case "hash":
    case "shortHash":
    case "day":
    case "oneOf":
      return kit.text();
    case "instant":
    case "int":
    case "count":
      return kit.int();
    case "flag":
      return kit.flag();
    case "list":
    case "json":
      return kit.json<unknown>();
  }
}

type Builder = { notNull(): Builder; primaryKey(): Builder };

function columnsOf<C>(kit: Kit, { columns, key }: Target<C>): ColumnsOf<C> {
  const made = Object.entries(columns as Words).map(([name, word]) => {
    const column = columnOf(kit, word);
    if (key.length === 1 && key[0] === name) return [name, column.primaryKey()] as const;
    return [name, word.optional ? column : column.notNull()] as const;
  });
  // The words of the columns have just said which builders these are; the compiler cannot follow it there.
  return Object.fromEntries(made) as ColumnsOf<C>;
}

/**
 * A table as the facts declare it: its columns, its key, and a check for each closed list. `indexes` adds what queries need,
 * and `more` adds columns that the database keeps by itself, or puts another column in the place of a declared one.
 */
export function projected<C, const X extends Record<string, SQLiteColumnBuilderBase> = Record<never, never>>(
  kit: Kit,
  target: Target<C>,
  indexes: (t: BuildColumns<string, ColumnsOf<C>, "sqlite">) => SQLiteTableExtraConfigValue[] = () => [],
  more: X = {} as X,
) {
  const name = snake(target.table);
  const closed = Object.entries(target.columns as Words).flatMap(([column, word]) =>
    word.is === "oneOf" ? [kit.check(`${name}_${snake(column)}`, oneOf(snake(column), word.values))] : [],
  );
  return kit.table(name, { ...columnsOf(kit, target), ...more } as ColumnsOf<C> & X, (t) => {
    const columns = target.key.map((column) => (t as Record<string, unknown>)[column]);
    const key = columns.length > 1 ? [kit.primaryKey({ columns: columns as never, name: `${name}_pk` })] : [];
    return [...closed, ...key, ...indexes(t as never)];
  });
}
