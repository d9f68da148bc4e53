import { readFileSync, writeFileSync } from "node:fs";

/** Prints the API's schema. `--write` writes it to the program's own file, and `--check` says whether that file is up to date. */
export async function schemaCommand(
  options: { write?: boolean; check?: boolean },
  { file }: { file: string },
): Promise<number> {
  const { buildGoodhoursSchema, printSchemaSorted } = await import("../graphql/schema");
  const text = printSchemaSorted(await buildGoodhoursSchema());
  if (options.write) writeFileSync(file, text);
  else if (options.check) {
    if (readFileSync(file, "utf8") === text) return 0;
    process.stderr.write(`${file} is stale: run \`npm run schema -- --write\` in the clone\n`);
    return 1;
  } else process.stdout.write(text);
  return 0;
}
