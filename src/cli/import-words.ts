import type { Language } from "../domain/language";
import type { Refusal } from "../domain/refusal";
import { sentenceOf } from "../domain/sentences";
import { InvalidCell } from "../services/exchange/cells";
import { type Columns, columnOf, type Titles } from "../services/exchange/csv";

export interface Told {
  code: string;
  reason: string;
}

/** How a refused row is told to the person who keeps the file: in their language, by what the file calls its columns. */
export class Wording {
  constructor(
    private readonly columns: Columns,
    private readonly titles: Titles,
    private readonly language: Language,
  ) {}

  title(column: string): string {
    return this.titles.get(column) ?? column;
  }

  of(error: InvalidCell | Refusal): Told {
    const { language } = this;
    const colon = language === "zh" ? "：" : ": ";
    if (error instanceof InvalidCell)
      return { code: "INVALID_INPUT", reason: `${this.title(error.column)}${colon}${error.reason(language)}` };
    const column = columnOf(this.columns, error.path);
    const where = column === null ? "" : ` (${this.title(column)})`;
    return { code: error.code, reason: `${sentenceOf(error, language)}${where}` };
  }
}
