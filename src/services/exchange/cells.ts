/** A cell that cannot become the field it is for. Reasons never repeat the cell. */
export class InvalidCell extends Error {
  override name = "InvalidCell";
  constructor(
    readonly column: string,
    readonly reason: string,
  ) {
    super(`${column}: ${reason}`);
  }
}

export type Cells = Readonly<Record<string, string>>;

export function text(cells: Cells, column: string): string {
  return optionalText(cells, column) ?? no(column, "is empty");
}

export function optionalText(cells: Cells, column: string): string | null {
  const cell = cells[column]?.trim() ?? "";
  return cell === "" ? null : cell;
}

export function wholeNumber(cells: Cells, column: string, otherwise: number): number {
  const cell = optionalText(cells, column);
  if (cell === null) return otherwise;
  if (!/^\d{1,9}$/.test(cell)) no(column, "is not a whole number");
  return Number(cell);
}

/** RFC 3339 with an offset, naming a day that exists; milliseconds since 1970. */
export function instant(cells: Cells, column: string): number {
  const cell = text(cells, column);
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?(Z|[+-](\d{2}):(\d{2}))$/.exec(cell);
  if (
    !parts ||
    !dayExists(parts[1] as string) ||
    Number(parts[2]) > 23 ||
    Number(parts[3]) > 59 ||
    Number(parts[4]) > 59 ||
    Number(parts[7] ?? 0) > 23 ||
    Number(parts[8] ?? 0) > 59
  ) {
    no(column, "is not an instant such as 2026-09-12T14:00:00+08:00");
  }
  return Date.parse(cell);
}

export function optionalDay(cells: Cells, column: string): string | null {
  return optionalText(cells, column) === null ? null : day(cells, column);
}

export function day(cells: Cells, column: string): string {
  const cell = text(cells, column);
  return dayExists(cell) ? cell : no(column, "is not a day such as 2026-09-12");
}

export function flag(cells: Cells, column: string): boolean {
  const cell = text(cells, column).toLowerCase();
  if (["true", "1", "yes", "是"].includes(cell)) return true;
  if (["false", "0", "no", "否"].includes(cell)) return false;
  return no(column, "is neither true nor false");
}

export function optionalFlag(cells: Cells, column: string): boolean | null {
  return optionalText(cells, column) === null ? null : flag(cells, column);
}

/** One of a closed set, by its code in any case or by a word that people use for it. */
export function choice<T extends string>(
  cells: Cells,
  column: string,
  words: Readonly<Record<T, readonly string[]>>,
): T {
  const cell = text(cells, column);
  const code = cell.toUpperCase().replaceAll("-", "_");
  const codes = Object.keys(words) as T[];
  return (
    codes.find((one) => one === code || words[one].includes(cell)) ?? no(column, `is not one of ${codes.join(", ")}`)
  );
}

/** The same where the cell may be empty. */
export function optionalChoice<T extends string>(...given: Parameters<typeof choice<T>>): T | null {
  return optionalText(given[0], given[1]) === null ? null : choice(...given);
}

export function no(column: string, reason: string): never {
  throw new InvalidCell(column, reason);
}

function dayExists(text_: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text_) ? Date.parse(`${text_}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text_;
}
