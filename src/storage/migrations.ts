import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Flaw } from "./inspection";

/** Where the migrations of a dialect stand, from the sources and from the build alike. */
export function migrationsFolder(dialect: "sqlite" | "postgres"): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const found = join(folder, "migrations", dialect);
    if (existsSync(join(found, "meta"))) return found;
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

/** Refuses the start where the applied migrations, by `created_at` of the migrator's rows, are not those of this program. */
export function checkApplied(applied: readonly number[], dialect: "sqlite" | "postgres"): void {
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
  throw new CannotOpen("the bank's list of migrations has lost a row, or holds another's: restore it from a backup");
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
