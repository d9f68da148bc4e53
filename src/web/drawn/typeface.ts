import { readFileSync } from "node:fs";
import type { Font } from "fontkit";

/**
 * The whole typeface, with the rare signs of towns and people: the pieces that browsers are sent lack a township of the county.
 */
const files = { 400: "400Regular/NotoSansSC_400Regular.ttf", 700: "700Bold/NotoSansSC_700Bold.ttf" };
const loaded = new Map<number, Font>();

/** Our letters, read once: otherwise each piece of text would parse them anew. */
export function typeface(weight: keyof typeof files): Font {
  const known = loaded.get(weight);
  if (known) return known;
  const fontkit = require("fontkit") as typeof import("fontkit");
  const file = require.resolve(`@expo-google-fonts/noto-sans-sc/${files[weight]}`);
  const font = fontkit.create(readFileSync(file)) as Font;
  loaded.set(weight, font);
  return font;
}
