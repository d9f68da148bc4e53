import type { FactOf } from "../facts";
import type { Division, DivisionKind } from "../facts/organizations";
import type { Day } from "../kit/calendar";
import { Refusal, refuse } from "../kit/refusal";
import { isRetired } from ".";
import { levels, readDivisionCode, readOfficialCode } from "./division-codes";
import { type DivisionChange, type DivisionFate, Plan, type ReadLine } from "./division-plan";

export type {
  DivisionChange,
  DivisionFate,
  ReadLine,
} from "./division-plan";

type Divisions = ReadonlyMap<string, Division>;

/** The bank's own entry with which a division begins. */
export function divisionAdded(
  division: Pick<Division, "code" | "officialCode" | "name" | "kind" | "parentCode">,
): FactOf<"DIVISION_STEP"> {
  const step = { action: "ADD", from: null, actorKind: "SYSTEM", reasonId: null } as const;
  return { type: "DIVISION_STEP", ...division, retiredOn: null, state: "ACTIVE", version: 1, ...step };
}

/**
 * The division that a text names: by its code, or by its official code of 6, 9 or 12 digits, as lists and sheets write them.
 * Every entry reads a division this way, and keeps the division's own code.
 */
export function findDivision(text: string, divisions: Divisions): Division | undefined {
  const plain = text.normalize("NFKC").replaceAll(/\s/g, "");
  const official = readOfficialCode(plain)?.code ?? null;
  const known = divisions.get(text) ?? divisions.get(official ?? plain);
  if (known !== undefined || official === null) return known;
  for (const division of divisions.values()) if (division.officialCode === official) return division;
  return undefined;
}

/**
 * The code of the division that a text names. Where there is none, it is the text itself, so that the refusal comes in its
 * turn.
 */
export const divisionCodeOf = (text: string, divisions: Divisions): string =>
  findDivision(text, divisions)?.code ?? text;

/** The division that a text names. DIVISION_NOT_FOUND. */
export function knownDivision(text: string, divisions: Divisions, path: string[] = ["divisionCode"]): Division {
  return findDivision(text, divisions) ?? refuse("DIVISION_NOT_FOUND", {}, path);
}

/** The division in which something new begins. DIVISION_NOT_FOUND, DIVISION_RETIRED. */
export function openDivision(text: string, divisions: Divisions, path: string[] = ["divisionCode"]): Division {
  const division = knownDivision(text, divisions, path);
  return isRetired(division) ? refuse("DIVISION_RETIRED", {}, path) : division;
}

/** What an officer enters about a division; of a known division, a field left out stays as it is. */
export interface DivisionLine {
  code: string;
  officialCode?: string | null;
  name: string;
  kind?: DivisionKind | null;
  parentCode?: string | null;
  retired?: boolean | null;
}
/** Reads a line's codes, and what follows from them. The name has been checked as a text. */
export function readDivision({ name, kind, retired, ...line }: DivisionLine): ReadLine {
  const code = readDivisionCode(line.code, "code");
  const parentCode = line.parentCode == null ? null : readDivisionCode(line.parentCode, "parentCode");
  const written = line.officialCode == null ? null : readDivisionCode(line.officialCode, "officialCode");
  const own = readOfficialCode(code);
  const official = written === null ? own : readOfficialCode(written);
  if (written !== null && official === null) refuse("DIVISION_CODE_INVALID", {}, ["officialCode"]);
  if (own && official && own.code !== official.code) refuse("DIVISION_CODE_INVALID", { is: "code" }, ["officialCode"]);
  // A town that became a subdistrict keeps its code; a village that is entered as a town is a mistake.
  if (kind != null && official && levels[kind] !== official.level)
    refuse("DIVISION_CODE_INVALID", { level: official.level }, ["kind"]);
  return { code, official, name, kind: kind ?? null, parentCode, retired: retired ?? null };
}

/**
 * The result of each line, by its place, and the changes in an order in which they may be written. Lines may stand in any
 * order: a division is set before the divisions that lie in it, and retired after all of them.
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

/**
 * The places of the lines, each after the line of the division in which its own lies; and those that lie in each other in a
 * circle.
 */
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

/** The division in which a line says that its division lies: the nearest one where several fit. */
function parentsOf(plan: Plan, { code, parentCode, official }: ReadLine): string[] {
  if (parentCode !== null) return [parentCode];
  const before = plan.find(code);
  if (before) return before.parentCode === null ? [] : [before.parentCode];
  return official?.above ?? [];
}
