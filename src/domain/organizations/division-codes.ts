import type { DivisionKind } from "../facts/organizations";
import { refuse } from "../kit/refusal";

/** What an official code says by its digits. */
export interface OfficialCode {
  /** Its shortest spelling: 330681001000 is 330681001. */
  code: string;
  level: Level;
  /** Null where the digits name no kind of ours: a province, a prefecture, a farm or zone that governs itself. */
  kind: DivisionKind | null;
  /** Official codes of the divisions above it, the nearest first. */
  above: string[];
}

/** How wide a division is: 0 for a county, 1 for a town, 2 for a village, 3 for a grid. A division lies in a wider one. */
export type Level = 0 | 1 | 2 | 3;
export const levels: Record<DivisionKind, Level> = {
  COUNTY_CITY: 0,
  TOWN: 1,
  TOWNSHIP: 1,
  SUBDISTRICT: 1,
  VILLAGE: 2,
  COMMUNITY: 2,
  GRID: 3,
};

/** GB/T 2260: the first two digits name the province. */
export const provinces = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".split(" "),
);
/** GB/T 10114: digits 7 to 9. From 400 on stand farms, zones and the like that govern themselves. */
const townRanges: readonly [last: number, kind: DivisionKind | null][] = [
  [99, "SUBDISTRICT"],
  [199, "TOWN"],
  [399, "TOWNSHIP"],
  [599, null],
];
/** The statistics bureau's rules for codes (统计用区划代码): digits 10 to 12. From 400 on stand units that are like the former two. */
const villageRanges: readonly [last: number, kind: DivisionKind][] = [
  [199, "COMMUNITY"],
  [399, "VILLAGE"],
  [499, "COMMUNITY"],
  [599, "VILLAGE"],
];

/** Reads an official code of 6, 9 or 12 digits; null where it is none. */
export function readOfficialCode(text: string): OfficialCode | null {
  if (!/^\d+$/.test(text) || ![6, 9, 12].includes(text.length)) return null;
  // Lists write every code with 12 digits; a group of zeros says that nothing is named there.
  const code = text.replace(/^(\d{6})(?:(\d{3})(?:000)?|000000)$/, (_, county: string, town?: string) =>
    town === undefined || town === "000" ? county : county + town,
  );
  const [province, prefecture, county] = [code.slice(0, 2), code.slice(2, 4), code.slice(4, 6)];
  if (!provinces.has(province) || (prefecture === "00" && county !== "00")) return null;
  const wider = [`${province}${prefecture}00`, `${province}0000`].filter((other) => other !== code.slice(0, 6));
  if (code.length === 6) return { code, level: 0, kind: county === "00" ? null : "COUNTY_CITY", above: wider };
  const town = rangeOf(townRanges, code.slice(6, 9));
  // Nothing below a county hangs on a province or a prefecture.
  if (town === undefined || county === "00") return null;
  if (code.length === 9) return { code, level: 1, kind: town, above: [code.slice(0, 6)] };
  const village = rangeOf(villageRanges, code.slice(9));
  return village === undefined ? null : { code, level: 2, kind: village, above: [code.slice(0, 9)] };
}

function rangeOf<K>(ranges: readonly [last: number, kind: K][], digits: string): K | undefined {
  const number = Number(digits);
  return number === 0 ? undefined : ranges.find(([last]) => number <= last)?.[1];
}

/** One spelling of a division's code: a short name in lower case, or an official code. DIVISION_CODE_INVALID. */
export function readDivisionCode(text: string, path: string): string {
  const code = text.normalize("NFKC").trim();
  if (/^\d+$/.test(code))
    return readOfficialCode(code)?.code ?? refuse("DIVISION_CODE_INVALID", { digits: code.length }, [path]);
  return /^[a-z0-9][a-z0-9-]{1,60}$/.test(code) ? code : refuse("DIVISION_CODE_INVALID", {}, [path]);
}
