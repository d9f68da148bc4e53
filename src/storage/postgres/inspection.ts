import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { countTable } from "../counts";
import { codeOf } from "../faults";
import { differences, type Flaw, type Guard, ofKeys, type Shape, unreadable, wrongGuard } from "../inspection";
import { appliedFlaws, CannotOpen, migrationsFolder, migrationTags } from "../migrations";
import { keysOf, keyTables } from "./keys";

/** When each applied migration was made, as drizzle notes it. */
export async function appliedTo(client: Client, bank: string): Promise<number[]> {
  const { rows } = await client.query(`SELECT created_at FROM "${bank}".migrations ORDER BY created_at`);
  return rows.map((row) => Number(row.created_at));
}

/**
 * Refuses the start where a trigger or function of the migrations is missing or altered, where there is another one, or where
 * a rule could rewrite a statement or a policy could hide a row.
 */
export async function checkGuards(client: Client, bank: string): Promise<void> {
  const wrong = wrongGuard(await guardsOf(client, bank), expectedGuards());
  if (wrong !== null) throw new CannotOpen(wrong);
}

/** Nothing runs by itself where the keys are: it could take them away one by one. */
export async function checkKeyGuards(client: Client, schema: string): Promise<void> {
  const wrong = wrongGuard(await guardsOf(client, schema), []);
  if (wrong !== null) throw new CannotOpen(`the keys of this bank: ${wrong}`);
}

async function guardsOf(client: Client, schema: string): Promise<Guard[]> {
  const { rows } = await client.query(
    `SELECT 'trigger ' || t.tgname AS name, pg_get_triggerdef(t.oid, true) || CASE t.tgenabled WHEN 'O' THEN '' ELSE t.tgenabled::text END AS text
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE c.relnamespace = to_regnamespace($1) AND NOT t.tgisinternal AND t.tgenabled <> 'D'
     UNION ALL SELECT 'function ' || p.proname, p.prosrc FROM pg_proc p
     WHERE p.pronamespace = to_regnamespace($1) AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
     UNION ALL SELECT 'rule ' || r.rulename, '' FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
     WHERE c.relnamespace = to_regnamespace($1) AND r.rulename <> '_RETURN'
     UNION ALL SELECT 'row security of ' || relname, '' FROM pg_class
     WHERE relnamespace = to_regnamespace($1) AND (relrowsecurity OR relforcerowsecurity)`,
    [`"${schema}"`],
  );
  return rows as Guard[];
}

function expectedGuards(): Guard[] {
  const folder = migrationsFolder("postgres");
  return migrationTags("postgres").flatMap((tag) => {
    const sql = readFileSync(join(folder, `${tag}.sql`), "utf8");
    const triggers = [...sql.matchAll(/^(CREATE TRIGGER (\w+) [^;]+);/gm)];
    const functions = [...sql.matchAll(/^CREATE FUNCTION (\w+)\(\)[^$]+\$\$([\s\S]*?)\$\$;/gm)];
    return [
      ...triggers.map(([, text, name]) => ({ name: `trigger ${name}`, text: text as string })),
      ...functions.map(([, name, text]) => ({ name: `function ${name}`, text: text as string })),
    ];
  });
}

/**
 * The objects that the migrations make, each with its kind, its name and the text that defines it. The schema is first on the
 * search path while they are read, so that only the settings of functions hold its name.
 */
const shapes = `
  SELECT 'table ' || relname AS name, concat_ws(' ', relkind, relpersistence, relrowsecurity, relforcerowsecurity, relispartition,
    reloptions, (SELECT string_agg(inhparent::regclass::text, ' ') FROM pg_inherits WHERE inhrelid = pg_class.oid)) AS text
  FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind NOT IN ('i', 'I', 't') AND relname NOT IN ('migrations', 'migrations_id_seq')
  UNION ALL SELECT 'column ' || relname || '.' || attname, concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attgenerated,
    attidentity, attcollation::regcollation, pg_get_expr(adbin, adrelid))
  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f') AND attnum > 0 AND NOT attisdropped AND relname <> 'migrations'
  UNION ALL SELECT 'constraint ' || relname || '.' || conname, concat_ws(' ', pg_get_constraintdef(pg_constraint.oid), convalidated)
  FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
  WHERE connamespace = $1::regnamespace AND relname <> 'migrations'
  UNION ALL SELECT 'index ' || c.relname, concat_ws(' ', pg_get_indexdef(c.oid, 0, true), indisvalid, indisready)
  FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_class t ON t.oid = indrelid
  WHERE c.relnamespace = $1::regnamespace AND t.relname <> 'migrations'
  UNION ALL SELECT 'trigger ' || relname || '.' || tgname, concat_ws(' ', pg_get_triggerdef(pg_trigger.oid, true), tgenabled)
  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = $1::regnamespace AND NOT tgisinternal
  UNION ALL SELECT 'foreign keys of ' || relname, string_agg(DISTINCT tgenabled::text, '')
  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = $1::regnamespace AND tgisinternal GROUP BY relname
  UNION ALL SELECT 'function ' || proname || '(' || pg_get_function_identity_arguments(oid) || ')', concat_ws(' ', prosrc, prosecdef, provolatile,
    prorettype::regtype, replace(replace(array_to_string(proconfig, ' '), '"', ''), $2, 'bank'))
  FROM pg_proc WHERE pronamespace = $1::regnamespace AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
  UNION ALL SELECT 'rule ' || relname || '.' || rulename, pg_get_ruledef(pg_rewrite.oid, true)
  FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class WHERE relnamespace = $1::regnamespace
  UNION ALL SELECT 'policy ' || relname || '.' || polname, pg_get_expr(polqual, polrelid)
  FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid WHERE relnamespace = $1::regnamespace`;

async function shapeOf(client: Client, schema: string): Promise<Shape> {
  await client.query(`SET LOCAL search_path = "${schema}"`);
  const { rows } = await client.query(shapes, [`"${schema}"`, schema]);
  return new Map(rows.map(({ name, text }) => [name as string, text as string]));
}

/** Compares both schemas with fresh ones, which are rolled back afterwards, and then every index with its table. */
export async function* inspect(client: Client, bank: string): AsyncGenerator<Flaw> {
  try {
    await client.query("BEGIN");
    const actual = { bank: await shapeOf(client, bank), keys: await shapeOf(client, keysOf(bank)) };
    const wanted = await freshShapes(client);
    await client.query("ROLLBACK");
    if (wanted) {
      yield* differences(actual.bank, actual.bank.has(`table ${countTable.name}`) ? wanted.counting : wanted.bank);
      yield* ofKeys(differences(actual.keys, wanted.keys));
    } else yield { where: `schema ${bank}`, what: "cannot be compared: this role may create no schema beside it" };
    yield* appliedFlaws(await appliedTo(client, bank), "postgres");
    yield* await indexFlaws(client, bank);
    yield* ofKeys(await indexFlaws(client, keysOf(bank)));
  } catch (error) {
    yield unreadable(error, `schema ${bank}`);
  } finally {
    await client.end();
  }
}

interface Shapes {
  bank: Shape;
  /** The bank whose servers count together. */
  counting: Shape;
  keys: Shape;
}
/** The fresh shapes by server version, since each version writes definitions in its own way. */
const madeBefore = new Map<string, Shapes>();

/** The shapes that this release gives, made once for each process. Null where the role may not make a schema. */
async function freshShapes(client: Client): Promise<Shapes | null> {
  const { rows } = await client.query("SHOW server_version");
  const version: string = rows[0].server_version;
  const shapes = madeBefore.get(version) ?? (await madeShapes(client));
  if (shapes) madeBefore.set(version, shapes);
  return shapes;
}

/** Makes both schemas within the transaction. */
async function madeShapes(client: Client): Promise<Shapes | null> {
  const fresh = `goodhours_fresh_${process.pid}`;
  try {
    await client.query(`CREATE SCHEMA "${fresh}"; CREATE SCHEMA "${keysOf(fresh)}"`);
  } catch (error) {
    if (codeOf(error as Error) === "42501") return null;
    throw error;
  }
  await client.query(`SET LOCAL search_path = "${fresh}"`);
  const folder = migrationsFolder("postgres");
  for (const tag of migrationTags("postgres"))
    for (const statement of readFileSync(join(folder, `${tag}.sql`), "utf8").split("--> statement-breakpoint"))
      await client.query(statement);
  for (const statement of Object.values(keyTables(keysOf(fresh)))) await client.query(statement);
  const made = { bank: await shapeOf(client, fresh), keys: await shapeOf(client, keysOf(fresh)) };
  await client.query(`SET LOCAL search_path = "${fresh}"`);
  await client.query(countTable.made);
  return { ...made, counting: await shapeOf(client, fresh) };
}

/**
 * Checks every B-tree with the extension amcheck, which looks up each entry of the heap. Where the role may not use the
 * extension, each index is read from end to end and compared with a reading of its table.
 */
async function indexFlaws(client: Client, bank: string): Promise<Flaw[]> {
  const { rows } = await client.query(
    `SELECT i.indexrelid::regclass::text AS name, i.indrelid::regclass::text AS of_table, (SELECT string_agg(quote_ident(attname), ', ' ORDER BY place)
       FROM unnest(i.indkey) WITH ORDINALITY AS k(number, place) JOIN pg_attribute ON attrelid = i.indrelid AND attnum = number) AS columns
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
     WHERE c.relnamespace = to_regnamespace($1) AND a.amname = 'btree' AND i.indpred IS NULL AND i.indexprs IS NULL`,
    [bank],
  );
  const flaws: Flaw[] = [];
  await client.query("BEGIN");
  const checks = await client.query("CREATE EXTENSION IF NOT EXISTS amcheck").then(
    () => true,
    () => false,
  );
  if (!checks) await client.query("ROLLBACK; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  // An operator may have installed the extension in another schema.
  await client.query(
    "SELECT set_config('search_path', concat_ws(', ', $1::text, extnamespace::regnamespace::text), true) FROM pg_extension WHERE extname = 'amcheck'",
    [`"${bank}"`],
  );
  const indexes = rows as IndexRow[];
  const look = checks ? checked : compared;
  // One statement checks all indexes. Only where it fails are they checked one by one, to find the damaged ones.
  const areWhole = checks && (await isWhole(client, () => checked(client, ...indexes)));
  for (const index of areWhole ? [] : indexes)
    if (!(await isWhole(client, () => look(client, index))))
      flaws.push({ where: `index ${index.name}`, what: "does not hold what its table holds" });
  await client.query("ROLLBACK");
  return flaws;
}

interface IndexRow {
  name: string;
  of_table: string;
  columns: string;
}

/** The answer of the query. It is false also where PostgreSQL reports that the data are corrupt. */
async function isWhole(client: Client, look: () => Promise<boolean>): Promise<boolean> {
  await client.query("SAVEPOINT look");
  try {
    return await look();
  } catch (error) {
    if (["XX000", "XX001", "XX002"].includes(codeOf(error as Error) ?? "")) return false;
    throw error;
  } finally {
    await client.query("ROLLBACK TO look");
  }
}

async function checked(client: Client, ...indexes: IndexRow[]): Promise<boolean> {
  await client.query("SELECT bt_index_check(name::regclass, true) FROM unnest($1::text[]) AS name", [
    indexes.map(({ name }) => name),
  ]);
  return true;
}

async function compared(client: Client, { of_table: table, columns }: IndexRow): Promise<boolean> {
  const sums: string[] = [];
  for (const by of ["seqscan", "indexscan"]) {
    for (const way of ["seqscan", "indexscan", "indexonlyscan", "bitmapscan", "sort"])
      await client.query(`SET LOCAL enable_${way} = ${way.startsWith(by.slice(0, 5)) ? "on" : "off"}`);
    const { rows } = await client.query(
      `SELECT count(*) AS count, sum(hashtextextended(one::text, 0)) AS sum FROM (SELECT ${columns} FROM ${table} ORDER BY ${columns}) AS one`,
    );
    sums.push(`${rows[0].count} ${rows[0].sum}`);
  }
  return sums[0] === sums[1];
}
