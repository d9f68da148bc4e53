import type { Language } from "../../domain/language";

/** What may be wrong with a cell; `{values}` stands for the values that a column takes. */
export const cellFaults = {
  EMPTY: { en: "is empty", zh: "为空" },
  WHOLE_NUMBER: { en: "is not a whole number", zh: "须为整数" },
  INSTANT: {
    en: "is not an instant such as 2026-09-12T14:00:00+08:00",
    zh: "须为时刻，如 2026-09-12T14:00:00+08:00",
  },
  DAY: { en: "is not a day such as 2026-09-12", zh: "须为日期，如 2026-09-12" },
  FLAG: { en: "is neither true nor false", zh: "须为是或否" },
  CHOICE: { en: "is not one of {values}", zh: "须为以下之一：{values}" },
  EVIDENCE: { en: "is not KIND:ref", zh: "须为 类别:编号" },
} as const satisfies Record<string, Record<Language, string>>;
/** The words for each code that a column takes. */
export type Words<T extends string = string> = Readonly<Record<T, readonly string[]>>;

/** A cell that cannot become the field it is for. Reasons never repeat the cell. */
export class InvalidCell extends Error {
  override name = "InvalidCell";
  constructor(
    readonly column: string,
    readonly fault: keyof typeof cellFaults,
    readonly words: Words = {},
  ) {
    super(`${column}: ${cellFaults[fault].en}`);
  }

  reason(language: Language): string {
    return cellFaults[this.fault][language].replace("{values}", valuesOf(this.words, language));
  }
}

/** The values of a column, as people write them. */
export function valuesOf(words: Words, language: Language): string {
  const values = Object.entries(words).map(([code, [word]]) => (language === "zh" ? (word ?? code) : code));
  return values.join(language === "zh" ? "、" : ", ");
}

export type Cells = Readonly<Record<string, string>>;

export function text(cells: Cells, column: string): string {
  return optionalText(cells, column) ?? no(column, "EMPTY");
}

export function optionalText(cells: Cells, column: string): string | null {
  const cell = cells[column]?.trim() ?? "";
  return cell === "" ? null : cell;
}

export function wholeNumber(cells: Cells, column: string, otherwise: number): number {
  const cell = optionalText(cells, column);
  if (cell === null) return otherwise;
  if (!/^\d{1,9}$/.test(cell)) no(column, "WHOLE_NUMBER");
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
    no(column, "INSTANT");
  }
  return Date.parse(cell);
}

export function optionalDay(cells: Cells, column: string): string | null {
  return optionalText(cells, column) === null ? null : day(cells, column);
}

export function day(cells: Cells, column: string): string {
  const cell = text(cells, column);
  return dayExists(cell) ? cell : no(column, "DAY");
}

export function flag(cells: Cells, column: string): boolean {
  const cell = text(cells, column).toLowerCase();
  if (["true", "1", "yes", "是"].includes(cell)) return true;
  if (["false", "0", "no", "否"].includes(cell)) return false;
  return no(column, "FLAG");
}

export function optionalFlag(cells: Cells, column: string): boolean | null {
  return optionalText(cells, column) === null ? null : flag(cells, column);
}

/** One of a closed set, by its code in any case or by a word that people use for it. */
export function choice<T extends string>(cells: Cells, column: string, words: Words<T>): T {
  const cell = text(cells, column);
  const code = cell.toUpperCase().replaceAll("-", "_");
  const codes = Object.keys(words) as T[];
  return codes.find((one) => one === code || words[one].includes(cell)) ?? no(column, "CHOICE", words);
}

/** The same where the cell may be empty. */
export function optionalChoice<T extends string>(...given: Parameters<typeof choice<T>>): T | null {
  return optionalText(given[0], given[1]) === null ? null : choice(...given);
}

export function no(column: string, fault: keyof typeof cellFaults, words?: Words): never {
  throw new InvalidCell(column, fault, words);
}

function dayExists(text_: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text_) ? Date.parse(`${text_}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text_;
}
