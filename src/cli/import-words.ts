import type { Language } from "../domain/language";
import { personalTexts } from "../domain/numbers";
import { type PaperFault, paperFaults } from "../domain/papers";
import { type PhoneFault, phoneFaults } from "../domain/phones";
import { type Refusal, sentenceOf } from "../domain/refusal";
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
    const said = [column === null ? null : this.title(column), whyOf(error, language)].filter((part) => part !== null);
    return {
      code: error.code,
      reason: `${sentenceOf(error, language)}${said.length > 0 ? ` (${said.join(colon)})` : ""}`,
    };
  }
}

const places: Record<"true" | "false", Record<Language, string>> = {
  true: { zh: "该角色须填写组织", en: "this role is held at an organisation" },
  false: { zh: "该角色不属于任何组织", en: "this role is held at no organisation" },
};

/** What the sentence of the code leaves open. */
function whyOf({ code, details }: Refusal, language: Language): string | null {
  if (typeof details.personal === "string" && details.personal in personalTexts)
    return personalTexts[details.personal as keyof typeof personalTexts][language];
  if (code === "ID_NUMBER_INVALID") return paperFaults[details.reason as PaperFault][language];
  if (code === "PHONE_INVALID") return phoneFaults[details.reason as PhoneFault][language];
  if (typeof details.organizationNeeded === "boolean") return places[`${details.organizationNeeded}`][language];
  if (Array.isArray(details.known)) return details.known.join(language === "zh" ? "、" : ", ");
  return null;
}
