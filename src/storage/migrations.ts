import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where the migrations of a dialect stand, from the sources and from the build alike. */
export function migrationsFolder(dialect: "sqlite" | "postgres"): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const found = join(folder, "migrations", dialect);
    if (existsSync(join(found, "meta"))) return found;
    if (folder === dirname(folder)) throw new Error(`migrations/${dialect} is missing`);
  }
}

/** The migrations' file names without `.sql`, in the order they are applied. */
export function migrationTags(dialect: "sqlite" | "postgres"): string[] {
  const journal = readFileSync(join(migrationsFolder(dialect), "meta/_journal.json"), "utf8");
  return (JSON.parse(journal) as { entries: { tag: string }[] }).entries.map(({ tag }) => tag);
}

/** The disk is as this program expects it, neither older nor newer; else the start is refused. */
export function checkApplied(count: number, dialect: "sqlite" | "postgres"): void {
  const expected = migrationTags(dialect).length;
  if (count < expected) throw new CannotOpen("no bank, or one of an older release: run `goodhours migrate` first");
  if (count > expected) throw new CannotOpen("the bank is of a newer release than this program");
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
