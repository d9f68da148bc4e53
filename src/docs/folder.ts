import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Language } from "../domain/kit/language";
import { fileOf, type GeneratedName, generated } from "./reference";

const languages: readonly Language[] = ["en", "zh"];

/** The folder `docs` of the clone or of the installed package: the compiler copies no documents. */
export function docsFolder(): string {
  for (let up = __dirname; ; up = dirname(up)) {
    if (existsSync(join(up, "docs/en/index.md"))) return join(up, "docs");
    if (up === dirname(up)) throw new Error("the folder docs is missing");
  }
}

/** Every generated page: its file below `docs`, and the text that it should have. */
function generatedFiles(): Map<string, string> {
  const names = Object.keys(generated) as GeneratedName[];
  return new Map(
    languages.flatMap((language) =>
      names.map((name) => [`${language}/reference/${name}.md`, fileOf(name, language)] as const),
    ),
  );
}

/** The generated files that are not as the tables are now. */
export function staleFiles(folder: string): string[] {
  return [...generatedFiles()]
    .filter(([name, text]) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), "utf8") !== text)
    .map(([name]) => name);
}

/** Writes the stale files anew, and names them. */
export function writeGenerated(folder: string): string[] {
  const stale = staleFiles(folder);
  const files = generatedFiles();
  for (const name of stale) writeFileSync(join(folder, name), files.get(name) as string);
  return stale;
}

/** Every file of the documentation below its folder, by its path with slashes. */
export function documents(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return new Map(names.map((name) => [name.replaceAll("\\", "/"), readFileSync(join(folder, name))]));
}
