import { readFileSync, writeFileSync } from "node:fs";

/** Prints the API's schema; `--write` keeps it in schema.graphql, `--check` tells whether that file is fresh. */
export async function schemaCommand(options: { write?: boolean; check?: boolean }): Promise<number> {
  const { buildGoodhoursSchema, printSchemaSorted } = await import("../graphql/schema");
  const text = printSchemaSorted(await buildGoodhoursSchema());
  if (options.write) writeFileSync("schema.graphql", text);
  else if (options.check) {
    if (readFileSync("schema.graphql", "utf8") === text) return 0;
    process.stderr.write("schema.graphql is stale: run `npm run schema -- --write`\n");
    return 1;
  } else process.stdout.write(text);
  return 0;
}
