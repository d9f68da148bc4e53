import {
  Column,
  getTableName,
  is,
  noopDecoder,
  noopEncoder,
  Param,
  Placeholder,
  SQL,
  Subquery,
  type Table,
} from "drizzle-orm";
import { invariant } from "../domain/kit/invariant";
import { objectsOf } from "../domain/kit/objects";

type Row = readonly unknown[];
interface Field {
  path: readonly string[];
  field: unknown;
}
interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}
/** Of the tables of a statement, which ones give a row in any case; the others are joined from the left. */
type Joined = Readonly<Record<string, boolean>>;

/** What drizzle makes of a built statement; both dialects have these parts. */
export interface Built {
  joinsNotNullableMap?: Joined;
  customResultMapper?: (rows: Row[]) => unknown;
}
type Prepare<B extends Built> = (query: { params: unknown[] }, fields: Field[] | undefined, ...more: unknown[]) => B;

/** What a statement is prepared from, on any connection. */
interface Recipe<B extends Built> {
  readonly from: Parameters<Prepare<B>>;
  joined?: Joined;
  map?: (row: Row) => unknown;
}
/** The statements of a dialect that this process has built, by their names. Building one costs more than running it. */
export type Recipes = Map<string, Recipe<Built>>;

/**
 * Gives a drizzle database its own way from rows to objects. The builder asks for each value of each row what kind of column
 * it belongs to, and puts it in its place by its path; here that is asked once for a statement. `finish` may add more.
 * A statement that has a name is built once for all connections.
 */
export function mapRows<D extends object, B extends Built>(
  db: D,
  recipes: Recipes,
  finish: (built: B, params: readonly unknown[]) => void = () => {},
) {
  // A cast: drizzle leaves the session out of its types, and each dialect has one.
  const { session } = db as unknown as { session: { prepareQuery: Prepare<B> } };
  const prepareQuery = session.prepareQuery.bind(session);
  let latest: Recipe<B>;
  session.prepareQuery = (...from) => {
    latest = { from };
    return follow(latest);
  };
  function follow(recipe: Recipe<B>): B {
    const [{ params }, fields] = recipe.from;
    const built = prepareQuery(...recipe.from);
    if (fields && !built.customResultMapper)
      built.customResultMapper = (rows) => {
        // The builder says which tables are joined only after it has prepared the statement.
        recipe.map ??= rowMapper(fields, recipe.joined ?? built.joinsNotNullableMap ?? {});
        return rows.map(recipe.map);
      };
    finish(built, params);
    return built;
  }
  function prepared(name: string, build: () => { prepare(name: string): unknown }): B {
    const recipe = recipes.get(name) as Recipe<B> | undefined;
    if (recipe) return follow(recipe);
    const built = build().prepare(name) as B;
    latest.joined = built.joinsNotNullableMap;
    recipes.set(name, latest);
    return built;
  }
  return Object.assign(db, { prepared });
}

type Values = Readonly<Record<string, unknown>> | readonly unknown[];

/** The values that a statement binds, as a function of those of its placeholders: by their names, or by their places in a list. */
export function binder(params: readonly unknown[]): (values: Values) => unknown[] {
  const parts = params.map((param) => {
    if (is(param, Placeholder)) return { name: param.name };
    if (is(param, Param) && is(param.value, Placeholder))
      return { name: param.value.name, encoder: isIdentity(param.encoder) ? undefined : param.encoder };
    return { constant: param };
  });
  return (values) =>
    parts.map(({ name, encoder, constant }) => {
      if (name === undefined) return constant;
      const value = (values as Readonly<Record<string, unknown>>)[name];
      // The sentence is put together only where it is needed: a batch binds thousands of values.
      if (value === undefined) invariant(false, `a statement was given a value for ${name}`);
      return encoder ? encoder.mapToDriverValue(value) : value;
    });
}

/** Whether values go to the driver as they are. */
function isIdentity({ mapToDriverValue }: { mapToDriverValue(value: never): unknown }): boolean {
  return mapToDriverValue === Column.prototype.mapToDriverValue || mapToDriverValue === noopEncoder.mapToDriverValue;
}

/** A function that makes the object of one row. */
function rowMapper(fields: readonly Field[], joined: Joined): Read {
  const root: Shape = {};
  for (const [i, { path, field }] of fields.entries()) {
    const decoder = decoderOf(field);
    const read: Read = isPlain(decoder)
      ? (row) => row[i]
      : (row) => (row[i] === null ? null : decoder.mapFromDriverValue(row[i]));
    place(root, path, { read, i, table: is(field, Column) ? getTableName(field.table as Table) : null });
  }
  return objectReader(root, joined);
}

type Read = (row: Row) => unknown;
interface Leaf {
  read: Read;
  i: number;
  /** Null where the value is no column's. */
  table: string | null;
}
interface Shape {
  [name: string]: Shape | Leaf;
}
const isLeaf = (part: Shape | Leaf): part is Leaf => typeof part.read === "function";

function place(shape: Shape, [name, ...rest]: readonly string[], leaf: Leaf): void {
  if (name === undefined) return;
  if (rest.length === 0) shape[name] = leaf;
  else {
    shape[name] ??= {};
    place(shape[name] as Shape, rest, leaf);
  }
}

function objectReader(shape: Shape, joined: Joined, depth = 0): Read {
  const objectOf = objectsOf(Object.keys(shape));
  const reads = Object.values(shape).map((part) => (isLeaf(part) ? part.read : objectReader(part, joined, depth + 1)));
  const read: Read = (row) => objectOf(reads.map((readPart) => readPart(row)));
  const telling = depth === 1 ? tellingColumn(shape, joined) : null;
  return telling === null ? read : (row) => (row[telling] === null ? null : read(row));
}

/** A table that was joined from the left and has no row is null, and not an object of nulls. Its first column, whose place this is, tells. */
function tellingColumn(shape: Shape, joined: Joined): number | null {
  const columns = Object.values(shape).flatMap((part) => (isLeaf(part) && part.table !== null ? [part] : []));
  const [first] = columns;
  if (!first || joined[first.table as string] || columns.some(({ table }) => table !== first.table)) return null;
  return first.i;
}

function decoderOf(field: unknown): Decoder {
  if (is(field, Column)) return field;
  if (is(field, SQL)) return decoderOfSql(field);
  if (is(field, Subquery)) return decoderOfSql(field._.sql);
  return decoderOfSql((field as { sql: SQL }).sql);
}

/** A cast: drizzle leaves the decoder out of its types. */
function decoderOfSql(sql: SQL): Decoder {
  return (sql as unknown as { decoder: Decoder }).decoder;
}

/** Whether values stay as the driver gives them. */
function isPlain({ mapFromDriverValue }: Decoder): boolean {
  return (
    mapFromDriverValue === Column.prototype.mapFromDriverValue || mapFromDriverValue === noopDecoder.mapFromDriverValue
  );
}
