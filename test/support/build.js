// Processes of the tests run what `goodhours` is when it is installed: dist/, which starts in a third of the time that
// tsx needs. `npm test` has just built it; whoever runs jest alone gets it built where a source is younger.
const { execFileSync } = require("node:child_process");
const { existsSync, readdirSync, statSync, utimesSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "../..");
const built = join(root, "dist/.tsbuildinfo");

module.exports = function build() {
  if (existsSync(built) && youngest() <= statSync(built).mtimeMs) return;
  execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", root], { stdio: "inherit" });
  // The compiler leaves the file alone where nothing has changed.
  const now = new Date();
  utimesSync(built, now, now);
};

function youngest() {
  const sources = ["src", "drizzle"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, name)),
  );
  return Math.max(...[...sources, join(root, "tsconfig.json")].map((path) => statSync(path).mtimeMs));
}
