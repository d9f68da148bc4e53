import type { Language } from "../domain/kit/language";
import type { Refusal } from "../domain/kit/refusal";
import { sentenceOf } from "../domain/wording/sentences";
import { InvalidCell } from "../services/exchange/cells";
import { type Columns, columnOf, type Titles } from "../services/exchange/csv";

export interface RefusedRow {
  code: string;
  reason: string;
}

/** Puts refusals into words for the person who keeps the file: in their language, with the titles of the file's own columns. */
export class Wording {
  constructor(
    private readonly columns: Columns,
    private readonly titles: Titles,
    private readonly language: Language,
  ) {}

  title(column: string): string {
    return this.titles.get(column) ?? column;
  }

  of(error: InvalidCell | Refusal): RefusedRow {
    const { language } = this;
    const colon = language === "zh" ? "：" : ": ";
    if (error instanceof InvalidCell)
      return { code: "INVALID_INPUT", reason: `${this.title(error.column)}${colon}${error.reason(language)}` };
    const column = columnOf(this.columns, error.path);
    const [open, close] = language === "zh" ? ["（", "）"] : [" (", ")"];
    const where = column === null ? "" : `${open}${this.title(column)}${close}`;
    return { code: error.code, reason: `${sentenceOf(error, language)}${where}` };
  }
}
