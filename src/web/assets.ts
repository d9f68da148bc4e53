import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Answer } from "./answers";

const names = ["style.css", "live.js", "check-in.js", "kiosk.js", "share.js", "join.js", "icon.svg"] as const;
export type AssetName = (typeof names)[number];
const types = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml; charset=utf-8",
} as const;

/** Read once at the start. The name holds the content's hash, so a browser never asks for one twice. */
const assets = new Map(
  names.map((name) => {
    const body = readFileSync(join(folder(), name));
    const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
    const [stem, ending] = name.split(".") as [string, keyof typeof types];
    return [name, { path: `/assets/${stem}.${hash}.${ending}`, type: types[ending], body }] as const;
  }),
);
const byPath = new Map<string, { path: string; type: string; body: Buffer }>(
  [...assets.values()].map((asset) => [asset.path, asset]),
);

export const assetPath = (name: AssetName): string => assets.get(name)?.path ?? "";

export function assetAt(path: string): Answer | null {
  const asset = byPath.get(path);
  return asset ? { status: 200, type: asset.type, body: asset.body, keep: "FOR_EVER" } : null;
}

/** The compiler copies no stylesheets: a build beside the sources reads them there. */
function folder(): string {
  for (let up = __dirname; ; up = dirname(up)) {
    for (const found of [join(up, "assets"), join(up, "src/web/assets")])
      if (existsSync(join(found, "style.css"))) return found;
    if (up === dirname(up)) throw new Error("src/web/assets is missing");
  }
}
