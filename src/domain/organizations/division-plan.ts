import type { Division, DivisionAction, DivisionKind, DivisionState } from "../facts/organizations";
import type { Day } from "../kit/calendar";
import { type Refusal, refuse } from "../kit/refusal";
import { isRetired } from ".";
import { type Level, levels, type OfficialCode } from "./division-codes";

/** A line, checked by its form alone, before it is compared with the divisions of the bank. */
export interface ReadLine {
  code: string;
  official: OfficialCode | null;
  name: string;
  kind: DivisionKind | null;
  parentCode: string | null;
  retired: boolean | null;
}

export interface DivisionChange {
  after: Division;
  action: DivisionAction;
  from: DivisionState | null;
}
/** The result of one line: the division that it leaves, and the step that is new; null where nothing is new. */
export type DivisionFate = Refusal | { code: string; change: DivisionChange | null };

/** A county may lie in a prefecture's city, and a grid in a larger grid. */
const nesting: readonly Level[] = [0, 3];
/** No list of divisions is deeper than province, prefecture, county, town, village and two layers of grids. */
const depthMost = 8;

/** The divisions as they are after the lines so far. */
export class Plan {
  readonly changes: DivisionChange[] = [];
  private readonly divisions = new Map<string, Division>();
  private readonly byOfficialCode = new Map<string, string>();
  private readonly children = new Map<string | null, Set<string>>();
  private readonly byName = new Map<string, string>();
  /** The line that named a division first. */
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
      // Counties may stand side by side. A town beside them has lost its parent, unless the bank is a town's.
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
      layer = layer.flatMap((parent) => [...(this.children.get(parent) ?? [])]);
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
