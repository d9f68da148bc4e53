import type { Day } from "./calendar";
import { type Division, type DivisionKind, type DivisionState, isRetired } from "./organizations";
import { Refusal, refuse } from "./refusal";

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
type Level = 0 | 1 | 2 | 3;
const levels: Record<DivisionKind, Level> = {
  COUNTY_CITY: 0,
  TOWN: 1,
  TOWNSHIP: 1,
  SUBDISTRICT: 1,
  VILLAGE: 2,
  COMMUNITY: 2,
  GRID: 3,
};
/** A county may lie in a prefecture's city, and a grid in a larger grid. */
const nesting: readonly Level[] = [0, 3];
/** No list of divisions is deeper than province, prefecture, county, town, village and two layers of grids. */
const depthMost = 8;

/** GB/T 2260: the first two digits name the province. */
const provinces = new Set(
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

/** What an officer says of a division; of one that is known, a field left out stays as it is. */
export interface DivisionLine {
  code: string;
  officialCode?: string | null;
  name: string;
  kind?: DivisionKind | null;
  parentCode?: string | null;
  retired?: boolean | null;
}
/** A line by its form, before anything is compared with the divisions of the bank. */
export interface ReadLine {
  code: string;
  official: OfficialCode | null;
  name: string;
  kind: DivisionKind | null;
  parentCode: string | null;
  retired: boolean | null;
}

/** Reads a line's codes, and what follows from them. The name has been checked as a text. */
export function readDivision({ name, kind, retired, ...line }: DivisionLine): ReadLine {
  const code = readDivisionCode(line.code, "code");
  const parentCode = line.parentCode == null ? null : readDivisionCode(line.parentCode, "parentCode");
  const given = line.officialCode == null ? null : readDivisionCode(line.officialCode, "officialCode");
  const own = readOfficialCode(code);
  const official = given === null ? own : readOfficialCode(given);
  if (given !== null && official === null) refuse("DIVISION_CODE_INVALID", {}, ["officialCode"]);
  if (own && official && own.code !== official.code) refuse("DIVISION_CODE_INVALID", { is: "code" }, ["officialCode"]);
  // A town that became a subdistrict keeps its code; a village that is said to be a town is a mistake.
  if (kind != null && official && levels[kind] !== official.level)
    refuse("DIVISION_CODE_INVALID", { level: official.level }, ["kind"]);
  return { code, official, name, kind: kind ?? null, parentCode, retired: retired ?? null };
}

/** What a step makes of a division: one step a row. */
export const divisionMoves = {
  ADD: { from: [null], to: ["ACTIVE", "RETIRED"], reason: false },
  REVISE: { from: ["ACTIVE", "RETIRED"], to: "SAME", reason: false },
  RETIRE: { from: ["ACTIVE"], to: "RETIRED", reason: false },
  RESTORE: { from: ["RETIRED"], to: "ACTIVE", reason: false },
} as const satisfies Record<
  string,
  { from: readonly (DivisionState | null)[]; to: DivisionState | readonly DivisionState[] | "SAME"; reason: boolean }
>;
export type DivisionAction = keyof typeof divisionMoves;

export interface DivisionChange {
  after: Division;
  action: DivisionAction;
  from: DivisionState | null;
}
/** What becomes of one line: the division that it leaves, and the step that is new; null where nothing is. */
export type DivisionFate = Refusal | { code: string; change: DivisionChange | null };

/**
 * What becomes of each line, by its place; the changes in an order in which they may be written. Lines may stand in any
 * order: what others lie in is set first, and a division is retired after all that lies in it.
 */
export function planDivisions(
  known: readonly Division[],
  lines: readonly (ReadLine | Refusal)[],
  today: Day,
): { fates: DivisionFate[]; changes: DivisionChange[] } {
  const plan = new Plan(known, today);
  const fates = lines.map((line): DivisionFate | null => (line instanceof Refusal ? line : null));
  const settle = (index: number, work: (line: ReadLine) => DivisionFate | null) => {
    try {
      fates[index] = work(lines[index] as ReadLine);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fates[index] = error;
    }
  };
  const { ordered, circular } = inOrder(plan, lines);
  const retiring: number[] = [];
  for (const index of circular) settle(index, () => refuse("DIVISION_MISPLACED", { circular: true }, ["parentCode"]));
  for (const index of ordered)
    settle(index, (line) => {
      if (!plan.retires(line)) return plan.set(line, index);
      retiring.push(index);
      return null;
    });
  for (const index of retiring.reverse()) settle(index, (line) => plan.set(line, index));
  return { fates: fates as DivisionFate[], changes: plan.changes };
}

/** The divisions as they are after the lines so far. */
class Plan {
  readonly changes: DivisionChange[] = [];
  private readonly divisions = new Map<string, Division>();
  private readonly byOfficialCode = new Map<string, string>();
  private readonly children = new Map<string | null, Set<string>>();
  private readonly byName = new Map<string, string>();
  /** Which line spoke of a division first. */
  private readonly spoken = new Map<string, number>();

  constructor(
    known: readonly Division[],
    private readonly today: Day,
  ) {
    for (const division of known) this.put(division);
  }

  /** By its code, or by its official code. */
  find(code: string): Division | undefined {
    return this.divisions.get(code) ?? this.divisions.get(this.byOfficialCode.get(code) ?? "");
  }

  retires({ code, retired }: ReadLine): boolean {
    const before = this.find(code);
    return retired === true && before !== undefined && !isRetired(before);
  }

  set(line: ReadLine, index: number): DivisionFate {
    const before = this.find(line.code);
    const after = this.after(line, before);
    const first = this.spoken.get(after.code);
    this.spoken.set(after.code, first ?? index);
    if (before && isSame(before, after)) return { code: after.code, change: null };
    if (first !== undefined) refuse("DUPLICATE_DIVISION", { index: first }, ["code"]);
    this.check(after, before);
    const change = { after, action: actionOf(before, after), from: before ? stateOf(before) : null };
    this.changes.push(change);
    if (before) this.take(before);
    this.put(after);
    return { code: after.code, change };
  }

  private after(line: ReadLine, before: Division | undefined): Division {
    const officialCode = line.official?.code ?? before?.officialCode ?? null;
    const kind = line.kind ?? before?.kind ?? line.official?.kind ?? null;
    if (kind === null) refuse("INVALID_INPUT", { missing: true }, ["kind"]);
    const retired = line.retired ?? (before !== undefined && isRetired(before));
    return {
      code: before?.code ?? line.code,
      officialCode,
      name: line.name,
      kind,
      parentCode: this.parentOf(line, before),
      retiredOn: retired ? (before?.retiredOn ?? this.today) : null,
      version: (before?.version ?? 0) + 1,
    };
  }

  private parentOf(line: ReadLine, before: Division | undefined): string | null {
    if (line.parentCode !== null)
      return this.find(line.parentCode)?.code ?? refuse("DIVISION_NOT_FOUND", {}, ["parentCode"]);
    if (before) return before.parentCode;
    const above = (line.official?.above ?? []).map((code) => this.find(code)?.code ?? null);
    const nearest = above.find((code) => code !== null) ?? null;
    // A county may stand above all others; what is below a county needs the one that its code names.
    if (line.official && line.official.level > 0 && nearest === null)
      refuse("DIVISION_NOT_FOUND", { digits: line.official.above[0]?.length }, ["parentCode"]);
    return nearest;
  }

  private check(after: Division, before: Division | undefined): void {
    const holder = after.officialCode === null ? undefined : this.find(after.officialCode)?.code;
    if (holder !== undefined && holder !== after.code) refuse("DUPLICATE_DIVISION", {}, ["officialCode"]);
    const children = [...(this.children.get(after.code) ?? [])].map((code) => this.divisions.get(code) as Division);
    for (const child of children) checkInside(child.kind, after.kind, "kind");
    this.checkPlace(after, before);
    if (isRetired(after)) {
      const open = children.filter((child) => !isRetired(child));
      if (open.length > 0) refuse("DIVISION_IN_USE", { divisions: open.length }, ["retired"]);
    } else {
      const namesake = this.byName.get(nameKey(after));
      if (namesake !== undefined && namesake !== after.code) refuse("DUPLICATE_DIVISION", {}, ["name"]);
    }
  }

  private checkPlace(after: Division, before: Division | undefined): void {
    const { code, parentCode, kind } = after;
    if (parentCode === null) {
      // Counties may stand side by side. A town that stands there too has been forgotten, unless the bank is a town's.
      const isSecond = before === undefined && (this.children.get(null)?.size ?? 0) > 0;
      if (levels[kind] > 0 && isSecond) refuse("INVALID_INPUT", { missing: true }, ["parentCode"]);
      return;
    }
    const parent = this.divisions.get(parentCode) as Division;
    const moves = before?.parentCode !== parentCode;
    if (moves || before?.kind !== kind) checkInside(kind, parent.kind, "parentCode");
    if (!isRetired(after) && isRetired(parent)) refuse("DIVISION_RETIRED", {}, ["parentCode"]);
    if (!moves) return;
    const line = this.lineage(parentCode);
    if (line.includes(code)) refuse("DIVISION_MISPLACED", { circular: true }, ["parentCode"]);
    if (line.length + this.height(code) > depthMost) refuse("DIVISION_MISPLACED", { depthMost }, ["parentCode"]);
  }

  private lineage(code: string): string[] {
    const line: string[] = [];
    for (let next: string | null = code; next !== null && line.length <= depthMost; ) {
      line.push(next);
      next = this.divisions.get(next)?.parentCode ?? null;
    }
    return line;
  }

  /** How many layers a division is, itself included. */
  private height(code: string): number {
    let layers = 0;
    for (let layer = [code]; layer.length > 0 && layers <= depthMost; layers += 1)
      layer = layer.flatMap((one) => [...(this.children.get(one) ?? [])]);
    return layers;
  }

  private put(division: Division): void {
    const { code, officialCode, parentCode } = division;
    this.divisions.set(code, division);
    if (officialCode !== null) this.byOfficialCode.set(officialCode, code);
    const siblings = this.children.get(parentCode) ?? new Set();
    this.children.set(parentCode, siblings.add(code));
    if (!isRetired(division)) this.byName.set(nameKey(division), code);
  }

  private take(division: Division): void {
    const { code, officialCode, parentCode } = division;
    if (officialCode !== null) this.byOfficialCode.delete(officialCode);
    this.children.get(parentCode)?.delete(code);
    if (this.byName.get(nameKey(division)) === code) this.byName.delete(nameKey(division));
  }
}

/** The places of the lines, each behind the line of what it lies in; and those that lie in each other in a circle. */
function inOrder(plan: Plan, lines: readonly (ReadLine | Refusal)[]): { ordered: number[]; circular: number[] } {
  const about = new Map<string, number>();
  const named = (code: string) => plan.find(code)?.code ?? code;
  for (const [index, line] of lines.entries()) {
    if (line instanceof Refusal) continue;
    for (const code of [named(line.code), line.official?.code])
      if (code !== undefined && !about.has(code)) about.set(code, index);
  }
  const inside = new Map<number, number[]>();
  const waits = new Set<number>();
  const ready: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (line instanceof Refusal) continue;
    const parent = parentsOf(plan, line)
      .map((code) => about.get(named(code)) ?? about.get(code))
      .find((at) => at !== undefined);
    if (parent === undefined) ready.push(index);
    else {
      waits.add(index);
      const others = inside.get(parent) ?? [];
      inside.set(parent, others);
      others.push(index);
    }
  }
  // The list grows while it is read: each line makes those that lie in it ready.
  const ordered = ready;
  for (let at = 0; at < ordered.length; at += 1)
    for (const index of inside.get(ordered[at] as number) ?? []) {
      waits.delete(index);
      ordered.push(index);
    }
  return { ordered, circular: [...waits] };
}

/** What a line says its division lies in: the nearest first where several would do. */
function parentsOf(plan: Plan, { code, parentCode, official }: ReadLine): string[] {
  if (parentCode !== null) return [parentCode];
  const before = plan.find(code);
  if (before) return before.parentCode === null ? [] : [before.parentCode];
  return official?.above ?? [];
}

function checkInside(kind: DivisionKind, parent: DivisionKind, path: string): void {
  const [inner, outer] = [levels[kind], levels[parent]];
  if (outer > inner || (outer === inner && !nesting.includes(inner)))
    refuse("DIVISION_MISPLACED", { kind, in: parent }, [path]);
}

const nameKey = ({ parentCode, name }: Division) => `${parentCode ?? ""} ${name.normalize("NFKC")}`;
const stateOf = (division: Division): DivisionState => (isRetired(division) ? "RETIRED" : "ACTIVE");

function isSame({ version: _, ...before }: Division, { version: __, ...after }: Division): boolean {
  return (Object.keys(after) as (keyof typeof after)[]).every((field) => before[field] === after[field]);
}

function actionOf(before: Division | undefined, after: Division): DivisionAction {
  if (!before) return "ADD";
  if (isRetired(before) === isRetired(after)) return "REVISE";
  return isRetired(after) ? "RETIRE" : "RESTORE";
}
