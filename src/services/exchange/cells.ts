import type { Language, Text } from "../../domain/kit/language";
import type { Field } from "../bank/fields";

const yesWords = ["true", "1", "yes", "是"];
const noWords = ["false", "0", "no", "否"];

/** The kinds of cells that are read as more than text. */
export const cellTakes = {
  WHOLE_NUMBER: { en: "a whole number", zh: "整数" },
  INSTANT: { en: "an instant such as 2026-09-12T14:00:00+08:00", zh: "时刻，如 2026-09-12T14:00:00+08:00" },
  DAY: { en: "a day such as 2026-09-12", zh: "日期，如 2026-09-12" },
  FLAG: {
    en: `yes or no (${yesWords.join(", ")}; ${noWords.join(", ")})`,
    zh: `是或否（${yesWords.join("、")}；${noWords.join("、")}）`,
  },
  UNSPOILT: {
    en: "what stood there before a spreadsheet shortened it; format the column as text and type it again",
    zh: "原来的内容：已被表格软件缩写，请将该列设为文本后重新录入",
  },
} as const satisfies Record<string, Text>;

/** What a cell takes, with the bounds of the command's field in the place of `{least}` and `{most}`. */
export function bounded({ form }: Pick<Field, "form">, takes: Text): Text {
  if (form.kind !== "TEXT") throw new TypeError("a column states the bounds of a text");
  const filled = (text: string) =>
    text.replace(/\{(least|most)\}/g, (_, bound: "least" | "most") => form[bound].toLocaleString("en-US"));
  return { en: filled(takes.en), zh: filled(takes.zh) };
}

/** The words for each code that a column takes. */
export type Words<T extends string = string> = Readonly<Record<T, readonly string[]>>;

/** A cell that cannot become its field. Reasons never repeat the cell. */
export class InvalidCell extends Error {
  override name = "InvalidCell";
  constructor(
    readonly column: string,
    /** What the cell should have held; null where it is empty. */
    private readonly expected: Text | null,
  ) {
    super(`${column}: ${reasonOf(expected, "en")}`);
  }

  reason(language: Language): string {
    return reasonOf(this.expected, language);
  }
}

function reasonOf(expected: Text | null, language: Language): string {
  if (expected === null) return language === "zh" ? "为空" : "is empty";
  return language === "zh" ? `须为${expected.zh}` : `is not ${expected.en}`;
}

/** The words of a closed set, as an expectation. */
export function oneOf(words: Words): Text {
  const codes = Object.keys(words);
  return {
    en: `one of ${codes.join(", ")}`,
    zh: `以下之一：${codes.map((code) => words[code]?.[0] ?? code).join("、")}`,
  };
}

export type Cells = Readonly<Record<string, string>>;

export function text(cells: Cells, column: string): string {
  return optionalText(cells, column) ?? no(column, null);
}

export function optionalText(cells: Cells, column: string): string | null {
  const cell = cells[column]?.trim() ?? "";
  return cell === "" ? null : cell;
}

/**
 * A cell that names something or is read as more than text. The apostrophe by which a spreadsheet keeps a cell as text is
 * removed.
 */
export function mark(cells: Cells, column: string): string {
  return optionalMark(cells, column) ?? no(column, null);
}

export function optionalMark(cells: Cells, column: string): string | null {
  return optionalText(cells, column)?.replace(/^['’＇]\s*/, "") || null;
}

/**
 * Refuses the form that a spreadsheet gives a long number (3.30681E+17), in a cell that may hold any signs and would take it.
 */
export function unspoilt<T extends string | null>(column: string, cell: T): T {
  return cell !== null && /^\d(\.\d+)?E\+\d+$/i.test(cell) ? no(column, cellTakes.UNSPOILT) : cell;
}

export function wholeNumber(cells: Cells, column: string, otherwise: number): number {
  const cell = optionalMark(cells, column);
  if (cell === null) return otherwise;
  if (!/^\d{1,9}$/.test(cell)) no(column, cellTakes.WHOLE_NUMBER);
  return Number(cell);
}

/** RFC 3339 with an offset, naming a day that exists; milliseconds since 1970. */
export function instant(cells: Cells, column: string): number {
  const cell = mark(cells, column);
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
    no(column, cellTakes.INSTANT);
  }
  return Date.parse(cell);
}

export function optionalDay(cells: Cells, column: string): string | null {
  return optionalText(cells, column) === null ? null : day(cells, column);
}

export function day(cells: Cells, column: string): string {
  const cell = mark(cells, column);
  return dayExists(cell) ? cell : no(column, cellTakes.DAY);
}

export function flag(cells: Cells, column: string): boolean {
  const cell = folded(mark(cells, column));
  if (yesWords.includes(cell)) return true;
  if (noWords.includes(cell)) return false;
  return no(column, cellTakes.FLAG);
}

export function optionalFlag(cells: Cells, column: string): boolean | null {
  return optionalText(cells, column) === null ? null : flag(cells, column);
}

/** One value of a closed set, by its code in any case or by a word that people use for it. */
export function choice<T extends string>(cells: Cells, column: string, words: Words<T>): T {
  return named(mark(cells, column), words) ?? no(column, oneOf(words));
}

/** One spelling of a word that people type in several ways: half width, lower case, without blanks. */
export function folded(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/[\p{White_Space}\p{Cf}]/gu, "")
    .toLowerCase();
}

/** The code of a closed set that a text names; null where it names none. */
export function named<T extends string>(text: string, words: Words<T>): T | null {
  const typed = folded(text);
  const codes = Object.keys(words) as T[];
  const isCode = (code: T) => code.toLowerCase() === typed.replaceAll("-", "_");
  return codes.find((code) => isCode(code) || words[code].some((word) => folded(word) === typed)) ?? null;
}

/** `choice` where the cell may be empty. */
export function optionalChoice<T extends string>(cells: Cells, column: string, words: Words<T>): T | null {
  return optionalText(cells, column) === null ? null : choice(cells, column, words);
}

export function no(column: string, expected: Text | null): never {
  throw new InvalidCell(column, expected);
}

function dayExists(text_: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text_) ? Date.parse(`${text_}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text_;
}
