import { readFileSync, writeFileSync } from "node:fs";
import type { Exit } from "../exits";
import type { Terminal } from "./output";

/** Prints the API's schema. `--write` writes it to the program's own file, and `--check` says whether that file is up to date. */
export async function schemaCommand(
  options: { write?: boolean; check?: boolean },
  { file }: { file: string },
  terminal: Terminal,
): Promise<Exit> {
  const { buildGoodhoursSchema, printSchemaSorted } = await import("../graphql/schema");
  const text = printSchemaSorted(await buildGoodhoursSchema());
  if (options.write) writeFileSync(file, text);
  else if (options.check) {
    if (readFileSync(file, "utf8") === text) return "DONE";
    terminal.warn(`${file} is stale: run \`npm run schema -- --write\` in the clone`);
    return "FAILED";
  } else terminal.stdout.write(text);
  return "DONE";
}
