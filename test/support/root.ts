import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the whole, from the sources and from the build alike. */
export const root = (() => {
  for (let folder = __dirname; ; folder = dirname(folder)) if (existsSync(join(folder, "package.json"))) return folder;
})();
