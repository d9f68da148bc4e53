import type { Language } from "../../domain/kit/language";
import { columnsTable, type ImportName, importColumns } from "../../services/exchange/columns";
import { code, joined, table } from "../markdown";

/** What no column says: how many rows a file may have, and how a row that was read before is known again. */
const files: Readonly<Record<ImportName, Readonly<Record<Language, readonly [string, string]>>>> = {
  divisions: {
    en: ["10,000, in any order", "code or official code"],
    zh: ["10,000，行序不限", "代码或官方代码"],
  },
  organizations: {
    en: ["any number; 1,000 with `--mode all`", "slug, uscc, or name in its division"],
    zh: ["不限；`--mode all` 时 1,000", "slug、uscc，或同一区划内的名称"],
  },
  staff: {
    en: ["any number; 1,000 with `--mode all`", "subject, or the name at its organisation"],
    zh: ["不限；`--mode all` 时 1,000", "subject，或同一组织内的姓名"],
  },
  volunteers: { en: ["any number", "volunteer_no"], zh: ["不限", "volunteer_no"] },
  hours: {
    en: ["any number; 1,000 with `--mode all`", "external_ref, or the whole row"],
    zh: ["不限；`--mode all` 时 1,000", "external_ref，或整行内容"],
  },
};

const words = {
  en: {
    title: "Spreadsheet columns",
    about: `\`goodhours import\` reads CSV files in UTF-8. The first row of a file is its header. A column may have any of its names, in half or full width, and columns may stand in any order. A column that is needed "in each row" has no empty cell; one that is needed "as a column" may have empty cells; the others may be left out. The import does not read a column that it does not know, and says which. \`goodhours import staff --help\` says the same, and so does the help of the other imports. [Operate](../operate.md) tells how an import goes.`,
    kinds: ["import", "rows of a file", "known again by"],
    head: ["import", "column", "other names", "needed in", "a cell takes"],
  },
  zh: {
    title: "表格的列",
    about:
      "`goodhours import` 读取 UTF-8 的 CSV 文件。文件第一行为列名。每列可用任一列名，次序与全角半角不限；“每行必填”的列每行都须填写，“须有此列”的可留空，其余的列可以没有。导入不认识的列不读取，并说明是哪些列。`goodhours import staff --help` 等所列相同。导入的做法见[运维](../operate.md)。",
    kinds: ["导入", "每个文件的行数", "再次识别依据"],
    head: ["导入", "列", "其他列名", "是否必填", "可填内容"],
  },
} as const;

export function columnsPage(language: Language): string {
  const { title, about, kinds, head } = words[language];
  const names = Object.keys(importColumns) as ImportName[];
  return joined(
    `# ${title}`,
    about,
    table(
      kinds,
      names.map((name) => [code(name), ...files[name][language]]),
    ),
    ...names.flatMap((name) => [`## ${name}`, [table(head, []), ...columnsTable(name, language)].join("\n")]),
  );
}
