import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { type Browser, chromium } from "playwright-core";

/**
 * A real Chromium: on Linux the one that a dev package ships, so that `npm ci` is all it takes and everybody tries the
 * same; elsewhere, or where GOODHOURS_CHROMIUM names one, that of the machine.
 */
export function openBrowser(): Promise<Browser> {
  const { GOODHOURS_CHROMIUM: named } = process.env;
  // Nobody but the tests' own pages is visited, and root has no sandbox.
  const args = ["--no-sandbox"];
  if (named) return chromium.launch({ executablePath: named, args });
  if (process.platform !== "linux" || process.arch !== "x64") return chromium.launch({ channel: "chrome", args });
  const folder = unpacked();
  const { LD_LIBRARY_PATH: libraries } = process.env;
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    args,
    env: {
      ...process.env,
      // What a bare machine lacks.
      LD_LIBRARY_PATH: [join(folder, "lib"), ...(libraries ? [libraries] : [])].join(":"),
      FONTCONFIG_FILE: join(folder, "own-fonts.conf"),
    },
  });
}

/** Unpacked once for each version that is installed: it takes some seconds, and 200 MB. */
function unpacked(): string {
  const shipped = join(dirname(require.resolve("@sparticuz/chromium")), "../..");
  const { version } = JSON.parse(readFileSync(join(shipped, "package.json"), "utf8")) as { version: string };
  const cache = join(__dirname, "../../node_modules/.cache");
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(`${folder}-`);
  const plain = (name: string) => brotliDecompressSync(readFileSync(join(shipped, "bin", name)));
  writeFileSync(join(making, "chromium"), plain("chromium.br"), { mode: 0o755 });
  for (const name of ["al2023.tar.br", "fonts.tar.br"])
    execFileSync("tar", ["-x", "-C", making, "-f", "-"], { input: plain(name) });
  const chinese = dirname(require.resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"));
  const folders = [join(folder, "fonts"), chinese].map((path) => `<dir>${path}</dir>`).join("");
  const conf = `<fontconfig>${folders}<cachedir>${join(folder, "fonts-cache")}</cachedir></fontconfig>`;
  writeFileSync(join(making, "own-fonts.conf"), conf);
  try {
    renameSync(making, folder);
  } catch (error) {
    // Another worker was first.
    if (!existsSync(folder)) throw error;
    rmSync(making, { recursive: true });
  }
  return folder;
}
