// Processes of the tests run what `goodhours` is when it is installed: dist/, which starts in a third of the time that
// tsx needs. `npm test` has just built it. For whoever runs jest alone, each source that is younger than what was made
// of it is made again, as jest itself reads it, and what was made of a source that is gone goes, too: Node would take an
// old `x.js` before a new `x/index.js`. The types are the next build's business.
const { transformFile } = require("@swc/core");
const { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const swc = require("./swc");

const root = join(__dirname, "../..");

module.exports = async function build() {
  for (const folder of ["src", "drizzle"]) {
    const made = existsSync(join(root, "dist", folder))
      ? readdirSync(join(root, "dist", folder), { recursive: true })
      : [];
    for (const name of made.filter((path) => path.endsWith(".js"))) {
      const source = join(root, folder, name.replace(/\.js$/, ".ts"));
      if (!existsSync(source) && !existsSync(`${source}x`)) rmSync(join(root, "dist", folder, name));
    }
  }
  const sources = ["src", "drizzle"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)),
  );
  for (const source of sources.filter((path) => /\.tsx?$/.test(path))) {
    const [from, to] = [join(root, source), join(root, "dist", source.replace(/\.tsx?$/, ".js"))];
    if (existsSync(to) && statSync(to).mtimeMs >= statSync(from).mtimeMs) continue;
    const { code } = await transformFile(from, { ...swc(source.endsWith("x")), swcrc: false });
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, code);
  }
};
