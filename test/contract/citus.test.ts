import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Citus, on which a province's banks may stand, reads less than PostgreSQL does. It cannot be installed for the tests, so what was
 * tried on it (README, Decisions) is kept by reading: the migrations, and the statements in the source of the adapter.
 */
const root = join(__dirname, "../..");
const unread: [what: string, form: RegExp][] = [
  [
    "an INSERT of rows that a query gives: VALUES are sent to the one node that holds the bank",
    /\binsert\s+into\s+[^\s(]+\s*(\([^)]*\))?\s*select\b/i,
  ],
  ["an INSERT of arrays", /\binsert\s+into\b[^;`]*\bunnest\s*\(/i],
  ["an INSERT of another query's rows by the builder", /\.insert\([^)]*\)\s*\.select\(/],
  ["a check that waits for COMMIT, where its SQLSTATE is lost", /\bdeferrable\b|\binitially\s+deferred\b/i],
  [
    "a number that the database gives: every node would give its own",
    /\b(big)?serial\b|\bgenerated\s+(always|by\s+default)\b|\bnextval\b/i,
  ],
  ["a default that is another one on each node", /\bdefault\s+(now|random|gen_random_uuid|clock_timestamp)\b/i],
  ["an UPDATE from another table's rows", /\bupdate\s+"?\w+"?\s+set\b[^;`]*\bfrom\b/i],
  ["a lock that other nodes do not know", /advisory_\w*lock|\block\s+table\b/i],
];

/** The statements of a migration, without comments and without the bodies of functions, which run where their rows are. */
function statementsOf(sql: string): string[] {
  return sql
    .replaceAll(/\$\$[\s\S]*?\$\$/g, "''")
    .split("--> statement-breakpoint")
    .map((statement) => statement.replaceAll(/^--.*$/gm, "").trim());
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("sqlite"))
    .map((name) => join(folder, name));
}

/** One lock is meant for the node that is connected to: it keeps two migrations apart, and both connect to the same one. */
const meant = ["pg_advisory_lock(hashtext('goodhours migrate'))"];

test.each(unread)("no statement holds %s", (_, form) => {
  const found: string[] = [];
  for (const name of readdirSync(join(root, "migrations/postgres")).filter((file) => file.endsWith(".sql")))
    for (const statement of statementsOf(readFileSync(join(root, "migrations/postgres", name), "utf8")))
      if (form.test(statement)) found.push(`${name}: ${statement.slice(0, 80)}`);
  for (const name of sourcesIn("src/storage")) {
    let source = readFileSync(join(root, name), "utf8").replaceAll(/^\s*(\*|\/\/|\/\*).*$/gm, "");
    for (const words of meant) source = source.replaceAll(words, "");
    const match = form.exec(source);
    if (match) found.push(`${name}: ${match[0].slice(0, 80)}`);
  }
  expect(found).toEqual([]);
});

test("the forms are found where they stand", () => {
  const said = [
    "INSERT INTO terms (id) SELECT id FROM workers WHERE day IS NOT NULL;",
    "INSERT INTO terms SELECT unnest($1::text[])",
    "db.insert(t.terms).select(rows)",
    "ALTER TABLE a ADD CONSTRAINT b FOREIGN KEY (c) REFERENCES d DEFERRABLE",
    "CREATE TABLE a (id bigserial)",
    "CREATE TABLE a (at timestamptz DEFAULT now())",
    "UPDATE organizations SET opened_on = first.day FROM (SELECT 1) AS first",
    "SELECT pg_advisory_lock(1)",
  ];
  for (const [i, [, form]] of unread.entries()) expect(said[i]).toMatch(form);
  // One row, of which a value is counted, is a list of VALUES.
  expect("INSERT INTO marks VALUES (1, $1, (SELECT count(*) FROM keys))").not.toMatch(unread[0]?.[1] as RegExp);
});
