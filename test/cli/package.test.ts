import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");
let folder: string;
let installed: string;
let elsewhere: string;
const leftovers = ["packed.csv.refused.csv", "packed.csv.invitations.csv"];

/** What `npm i` of the packed tarball leaves, with the clone's modules in the place of those that npm would fetch. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "goodhours-pack-"));
  // As imports leave them beside what they read: the second holds open codes.
  for (const name of leftovers) writeFileSync(join(root, "samples", name), "left\n");
  // Without `prepack`, which builds anew what the tests' own processes run from just now.
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { filename } = [JSON.parse(packed)].flat()[0] as { filename: string };
  execFileSync("tar", ["xzf", join(folder, filename), "-C", folder]);
  installed = join(folder, "package");
  symlinkSync(join(root, "node_modules"), join(installed, "node_modules"));
  mkdirSync(join(folder, "bin"));
  symlinkSync(join(installed, "dist/src/main.js"), join(folder, "bin/goodhours"));
  // npm does so when it links a package's program.
  chmodSync(join(installed, "dist/src/main.js"), 0o755);
  elsewhere = join(folder, "elsewhere");
  mkdirSync(elsewhere);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of leftovers) rmSync(join(root, "samples", name), { force: true });
});

/** As a person types it in a shell, in a folder of their own. */
function goodhours(...given: string[]): string {
  const env = {
    PATH: `${join(folder, "bin")}:${process.env.PATH}`,
    DATABASE_URL: "file:own/bank.db",
    GOODHOURS_SECRET: "3fa7".repeat(16),
  };
  return execFileSync("sh", ["-c", 'goodhours "$@"', "sh", ...given], { cwd: elsewhere, env, encoding: "utf8" });
}

test("a shell runs it by its name, from any folder; only the bank lies where one stands", () => {
  expect(goodhours("--help")).toContain("Usage: goodhours");
  expect(goodhours("migrate")).toBe("migrated\n");
  expect(readdirSync(join(elsewhere, "own"))).toEqual(["bank.db", "bank.db.keys"]);
  expect(goodhours("schema")).toBe(readFileSync(join(root, "schema.graphql"), "utf8"));
  expect(goodhours("schema", "--check")).toBe("");
  const officer = JSON.parse(goodhours("grant", "add", "--role", "officer", "--name", "首任"));
  expect(officer).toMatchObject({ roles: ["OFFICER"] });
  expect(JSON.parse(goodhours("audit", "--json"))).toMatchObject({ ok: true });
  expect(goodhours("docs", "--check")).toBe("");
  expect(readdirSync(elsewhere)).toEqual(["own"]);
});

test("the samples can be copied: the issuer to try a bank with needs nothing but Node", () => {
  const samples = join(folder, "samples");
  cpSync(join(installed, "samples"), samples, { recursive: true });
  const given = [join(samples, "try-issuer.mjs"), "token", "somebody"];
  const token = execFileSync(process.execPath, given, { cwd: folder, encoding: "utf8" });
  const [, claims = ""] = token.split(".");
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({ sub: "somebody", aud: "goodhours" });
});

test("the package holds what a bank needs, and nothing of the workshop", () => {
  const names = readdirSync(installed).sort();
  expect(names).toEqual(
    [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "README.zh-CN.md",
      "dist",
      "docs",
      "migrations",
      "node_modules",
      "package.json",
    ].concat(["samples", "schema.graphql", "src"]),
  );
  expect(readdirSync(join(installed, "samples"))).not.toContainEqual(expect.stringMatching(/refused|invitations/));
  expect(readdirSync(join(installed, "docs")).sort()).toEqual(["docs.css", "en", "zh"]);
  expect(readdirSync(join(installed, "dist")).sort()).toEqual(["drizzle", "src"]);
  expect(readdirSync(join(installed, "src"), { recursive: true })).not.toContainEqual(expect.stringMatching(/\.tsx?$/));
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect([scripts.prepack, scripts.build]).toEqual([
    expect.stringContaining("npm run build"),
    expect.stringContaining("chmod"),
  ]);
});

test("it runs without what only the workshop needs", () => {
  const { dependencies, ...more } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  // npm heeds overrides in a clone alone: whoever installs the package would get other versions than were tested.
  expect(Object.keys(more)).not.toContain("overrides");
  const known = new Set([...Object.keys(dependencies), ...builtinModules]);
  const files = readdirSync(join(installed, "dist"), { recursive: true, encoding: "utf8" });
  const foreign = files
    .filter((name) => name.endsWith(".js"))
    .flatMap((name) =>
      [...readFileSync(join(installed, "dist", name), "utf8").matchAll(/(?:require|import)\("([^".][^"]*)"\)/g)].map(
        ([, module]) => (module as string).replace(/^node:/, "").match(/^(@[^/]+\/)?[^/]+/)?.[0] as string,
      ),
    )
    .filter((module) => !known.has(module));
  expect([...new Set(foreign)]).toEqual([]);
});
