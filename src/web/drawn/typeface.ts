import { readFileSync } from "node:fs";
import type { Font } from "fontkit";

/** Whole, with the rare signs of towns and people: what browsers are sent in pieces leaves out a township of the county. */
const files = { 400: "400Regular/NotoSansSC_400Regular.ttf", 700: "700Bold/NotoSansSC_700Bold.ttf" };
const loaded = new Map<number, Font>();

/** Our letters, read once: whoever draws with them would else take them apart for each piece of text. */
export function typeface(weight: keyof typeof files): Font {
  const known = loaded.get(weight);
  if (known) return known;
  const fontkit = require("fontkit") as typeof import("fontkit");
  const file = require.resolve(`@expo-google-fonts/noto-sans-sc/${files[weight]}`);
  const font = fontkit.create(readFileSync(file)) as Font;
  loaded.set(weight, font);
  return font;
}
