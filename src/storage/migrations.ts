import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Flaw } from "./inspection";

/** Where the migrations of a dialect stand, from the sources and from the build alike. */
export function migrationsFolder(dialect: "sqlite" | "postgres"): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const directory = join(folder, "migrations", dialect);
    if (existsSync(join(directory, "meta"))) return directory;
    if (folder === dirname(folder)) throw new Error(`migrations/${dialect} is missing`);
  }
}

function migrationsOf(dialect: "sqlite" | "postgres"): { tag: string; when: number }[] {
  const journal = readFileSync(join(migrationsFolder(dialect), "meta/_journal.json"), "utf8");
  return (JSON.parse(journal) as { entries: { tag: string; when: number }[] }).entries;
}

/** The migrations' file names without `.sql`, in the order they are applied. */
export function migrationTags(dialect: "sqlite" | "postgres"): string[] {
  return migrationsOf(dialect).map(({ tag }) => tag);
}

/** When the first of the migrations was made that were put together into one before the first release. */
const beforeFirstRelease = Date.parse("2026-01-01");

/**
 * Refuses to migrate a bank that was made before the first release, whose migrations this program does not know, and one whose
 * list of them is gone: its tables would be made a second time.
 */
export function checkBegins(applied: readonly number[], dialect: "sqlite" | "postgres", isBank: boolean): void {
  checkEarlier(applied, dialect);
  if (isBank && applied.length === 0) throw new CannotOpen(listSpoilt);
}

function checkEarlier(applied: readonly number[], dialect: "sqlite" | "postgres"): void {
  const [first] = migrationsOf(dialect);
  if (first && applied.some((when) => when > beforeFirstRelease && when < first.when))
    throw new CannotOpen(
      "the bank was made by a version from before release 0.2.0 and cannot be brought to this one: name another DATABASE_URL, or seed the demo anew with --fresh",
    );
}

const listSpoilt = "the bank's list of migrations has lost a row, or holds another's: restore it from a backup";

/** Refuses the start where the applied migrations, by `created_at` of the migrator's rows, are not those of this program. */
export function checkApplied(applied: readonly number[], dialect: "sqlite" | "postgres"): void {
  checkEarlier(applied, dialect);
  const expected = migrationsOf(dialect).map(({ when }) => when);
  const missing = expected.filter((when) => !applied.includes(when));
  const others = applied.filter((when) => !expected.includes(when));
  const newest = expected.at(-1) ?? 0;
  if (others.length === 0 && missing.every((when) => expected.indexOf(when) >= applied.length)) {
    if (missing.length === 0) return;
    throw new CannotOpen("no bank, or one of an older release: run `goodhours migrate` first");
  }
  if (missing.length === 0 && others.every((when) => when > newest))
    throw new CannotOpen("the bank is of a newer release than this program");
  throw new CannotOpen(listSpoilt);
}

/** The same check in a bank that is open already, as flaws. */
export function* appliedFlaws(applied: readonly number[], dialect: "sqlite" | "postgres"): Generator<Flaw> {
  const expected = migrationsOf(dialect);
  for (const { tag, when } of expected)
    if (!applied.includes(when)) yield { where: `migration ${tag}`, what: "is not in the list of those applied" };
  const known = new Set(expected.map(({ when }) => when));
  if (applied.some((when) => !known.has(when)) || new Set(applied).size < applied.length)
    yield { where: "the list of migrations", what: "holds a row that this release did not write" };
}

/** Refuses the start where a table is missing: no migration makes a dropped table again. */
export function checkNoneMissing(present: readonly string[], wanted: readonly string[]): void {
  const missing = wanted.find((name) => !present.includes(name));
  if (missing !== undefined) throw new CannotOpen(`the table ${missing} of this bank is missing: restore a backup`);
}

/** What a bank holds besides its founding: an entry of another kind, or a policy that was changed since. One number. */
export const beyondFounding = `SELECT
  (SELECT count(*) FROM journal WHERE kind NOT IN ('BANK_OPENED', 'ACCOUNT_OPENED', 'POLICY_SET'))
  + (SELECT count(*) - count(DISTINCT key) FROM policies)
  + (SELECT count(*) FROM accounts WHERE owner IS NOT NULL) AS count`;

/** The start was refused: one clear line for the operator. */
export class CannotOpen extends Error {
  override name = "CannotOpen";
}
