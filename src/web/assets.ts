import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Answer } from "./answers";

const own = [
  "style.css",
  "live.js",
  "check-in.js",
  "kiosk.js",
  "share.js",
  "join.js",
  "explorer.js",
  "explorer.css",
  "icon.svg",
] as const;
/** Files of packages that a browser loads as they are, by package and place in it. */
const packaged = {
  "react.js": ["react", "umd/react.production.min.js"],
  "react-dom.js": ["react-dom", "umd/react-dom.production.min.js"],
  "graphiql.js": ["graphiql", "graphiql.min.js"],
  "graphiql.css": ["graphiql", "graphiql.min.css"],
} as const;
export type AssetName = (typeof own)[number] | keyof typeof packaged;
const types = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml; charset=utf-8",
} as const;

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}

/** Read once, when it is first asked for. */
const read = new Map<string, Asset>();

/** The name in the address holds the content's hash, so a browser never asks for one twice. */
function assetNamed(name: AssetName): Asset {
  const known = read.get(name);
  if (known) return known;
  const body = lean(name, readFileSync(placeOf(name)));
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
  const [stem, ending] = name.split(".") as [string, keyof typeof types];
  const asset = { path: `/assets/${stem}.${hash}.${ending}`, type: types[ending], body };
  read.set(name, asset);
  return asset;
}

/** A phone is sent no comments and no indents of our stylesheet. */
function lean(name: AssetName, body: Buffer): Buffer {
  if (name !== "style.css") return body;
  return Buffer.from(
    body
      .toString("utf8")
      .replaceAll(/\/\*[\s\S]*?\*\//g, "")
      .replaceAll(/\n\s*/g, "\n")
      .trim(),
  );
}

export const assetPath = (name: AssetName): string => assetNamed(name).path;

export function assetAt(path: string): Answer | null {
  const [, stem, ending] = /^\/assets\/([a-z-]+)\.[0-9a-f]{12}\.([a-z]+)$/.exec(path) ?? [];
  const name = `${stem}.${ending}`;
  if (!isAsset(name)) return null;
  const { path: current, type, body } = assetNamed(name);
  return path === current ? { status: 200, type, body, keep: "FOR_EVER" } : null;
}

function isAsset(name: string): name is AssetName {
  return (own as readonly string[]).includes(name) || Object.hasOwn(packaged, name);
}

function placeOf(name: AssetName): string {
  if (!Object.hasOwn(packaged, name)) return join(folder(), name);
  const [from, file] = packaged[name as keyof typeof packaged];
  return join(dirname(require.resolve(`${from}/package.json`)), file);
}

/** The compiler copies no stylesheets: a build beside the sources reads them there. */
function folder(): string {
  for (let up = __dirname; ; up = dirname(up)) {
    for (const place of [join(up, "assets"), join(up, "src/web/assets")])
      if (existsSync(join(place, "style.css"))) return place;
    if (up === dirname(up)) throw new Error("src/web/assets is missing");
  }
}
