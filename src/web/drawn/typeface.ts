import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import type { Font } from "fontkit";

const loaded = new Map<number, Font>();
/** Our letters, read once: whoever draws with them would else take them apart for each piece of text. */
export function typeface(weight: 400 | 700): Font {
  const known = loaded.get(weight);
  if (known) return known;
  const fontkit = require("fontkit") as typeof import("fontkit");
  const file = require.resolve(`@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${weight}-normal.woff`);
  const font = fontkit.create(sfntOf(readFileSync(file))) as Font;
  loaded.set(weight, font);
  return font;
}

/**
 * The font inside a WOFF 1.0 file (W3C, "WOFF File Format 1.0"): the same tables, not compressed. fontkit inflates a
 * table anew for each glyph it looks up, which makes one heading cost half a second; of an unpacked font it costs nothing.
 */
function sfntOf(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const entry = 44 + i * 20;
    const [offset, packed, size] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at)) as [number, number, number];
    const bytes = woff.subarray(offset, offset + packed);
    const checksum = woff.readUInt32BE(entry + 16);
    return { tag: woff.subarray(entry, entry + 4), checksum, bytes: packed < size ? inflateSync(bytes) : bytes };
  });
  const head = Buffer.alloc(12 + count * 16);
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  head.writeUInt16BE(count, 4);
  // The search hints after it are for readers of another age; fontkit reads none of them.
  let offset = head.length;
  const bodies = tables.map(({ tag, checksum, bytes }, i) => {
    const entry = 12 + i * 16;
    tag.copy(head, entry);
    head.writeUInt32BE(checksum, entry + 4);
    head.writeUInt32BE(offset, entry + 8);
    head.writeUInt32BE(bytes.length, entry + 12);
    // Tables begin at multiples of four.
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    offset += padded.length;
    return padded;
  });
  return Buffer.concat([head, ...bodies]);
}
