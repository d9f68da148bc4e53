import type { Language } from "../domain/kit/language";

/** One text in both languages of the documentation. */
/** A table as Markdown has it. A cell that is empty keeps one space, so that rows read alike in every tool. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `|${cells.map((cell) => (cell === "" ? " " : ` ${cell} `)).join("|")}|`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export const code = (word: string) => `\`${word}\``;

/** The words of a list, joined as each language does. */
export const listed = (words: readonly string[], language: Language) => words.join(language === "en" ? ", " : "、");

/** Parts of a page with an empty line between them; a part that is missing leaves no gap. */
export const joined = (...parts: (string | false | undefined)[]) => `${parts.filter(Boolean).join("\n\n")}\n`;
