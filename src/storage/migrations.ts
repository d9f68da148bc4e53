import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where the migrations of a dialect stand, from the sources and from the build alike. */
export function migrationsFolder(dialect: "sqlite" | "postgres"): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const found = join(folder, "migrations", dialect);
    if (existsSync(join(found, "meta"))) return found;
    if (folder === dirname(folder)) throw new Error(`migrations/${dialect} is missing`);
  }
}
