import type { Language, Text } from "../../domain/kit/language";
import type { Column, Columns } from "./csv";
import { divisionsColumns } from "./divisions.csv";
import { hoursColumns } from "./hours.csv";
import { organizationsColumns } from "./organizations.csv";
import { staffColumns } from "./staff.csv";
import { volunteersColumns } from "./volunteers.csv";

/** The imports, each with the columns of its file. */
export const importColumns = {
  divisions: divisionsColumns,
  organizations: organizationsColumns,
  staff: staffColumns,
  volunteers: volunteersColumns,
  hours: hoursColumns,
} as const satisfies Record<string, Columns>;
export type ImportName = keyof typeof importColumns;

const needs: Readonly<Record<Column["need"], Readonly<Text & { help: string }>>> = {
  CELL: {
    en: "each row",
    zh: "每行必填",
    help: "Columns that the file needs, filled in each row, each with its other names and what a cell takes:",
  },
  COLUMN: {
    en: "as a column",
    zh: "须有此列，可空",
    help: "Columns that the file needs, where a row may leave them empty:",
  },
  NOTHING: { en: "", zh: "可无此列", help: "Columns that the file may leave out:" },
};

/** The columns of a file for the help: which are needed, their other titles, and what a cell takes. */
export function columnsHelp(name: ImportName): string {
  const columns = Object.entries<Column>(importColumns[name]);
  const lines = ([column, { titles, takes, words }]: [string, Column]) => [
    `  ${[column, ...titles].join(", ")}`,
    ...(takes ? [`    ${takes.en}`] : []),
    ...Object.entries(words ?? {}).map(([code, titles]) => `    ${[code, ...titles].join(", ")}`),
  ];
  return Object.entries(needs)
    .map(([need, { help }]) => ({ help, of: columns.filter(([, column]) => column.need === need) }))
    .filter(({ of }) => of.length > 0)
    .map(({ help, of }) => ["", help, ...of.flatMap(lines)].join("\n"))
    .join("\n");
}

/** The same columns as rows of the reference page. */
export function columnsTable(name: ImportName, language: Language): string[] {
  const [comma, colon, open, close] = language === "en" ? [", ", ": ", " (", ")"] : ["、", "：", "（", "）"];
  const listed = (words: NonNullable<Column["words"]>) =>
    Object.entries(words)
      .map(([code, titles]) => `\`${code}\`${open}${titles.join(comma)}${close}`)
      .join(comma);
  return Object.entries<Column>(importColumns[name]).map(([column, { need, titles, takes, words }]) => {
    const cell = [...(takes ? [takes[language]] : []), ...(words ? [listed(words)] : [])].join(colon);
    return `| \`${name}\` | ${column} | ${titles.join(comma)} | ${needs[need][language]} | ${cell} |`.replace(
      "|  |",
      "| |",
    );
  });
}
