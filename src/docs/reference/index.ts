import type { Language } from "../../domain/kit/language";
import { joined } from "../markdown";
import { columnsPage } from "./columns";
import { journalPage } from "./journal";
import { limitsPage } from "./limits";
import { permissionsPage } from "./permissions";
import { policiesPage } from "./policies";
import { refusalsPage } from "./refusals";
import { settingsPage } from "./settings";
import { stepsPage } from "./steps";

/** A line at the top of each of these files, for people who open one to change it. */
const mark = "<!-- Written by `npm run docs` from the tables of the code. -->\n";

/** The pages that follow from the tables of the code, by their place below `docs/<language>/reference/`. */
export const generated = {
  journal: journalPage,
  steps: stepsPage,
  refusals: refusalsPage,
  permissions: permissionsPage,
  policies: policiesPage,
  settings: settingsPage,
  limits: limitsPage,
  columns: columnsPage,
  index: indexPage,
} as const satisfies Record<string, (language: Language) => string>;
export type GeneratedName = keyof typeof generated;

/** The file of a page, as it stands in the clone. */
export const fileOf = (name: GeneratedName, language: Language) => mark + generated[name](language);

const about = {
  en: [
    "Reference",
    "These pages follow from the tables of the code, so they say what the code does. `npm run docs` writes them, and a test fails when one is stale. The API itself is described in `schema.graphql`, field by field; a browser that opens `/graphql` of a running server can read and try it.",
    {
      journal: "which bytes stand in the journal, for whoever checks it with a program of their own",
      steps: "which step leads from which state to which",
      refusals: "every code by which a person is refused, with its sentence",
      permissions: "every act, and who may do it",
      policies: "the numbers and lists that rules use, with their source",
      settings: "the environment variables of the server and the commands",
      limits: "how much one request, one address and one person may ask for",
      columns: "what an imported spreadsheet holds",
    },
  ],
  zh: [
    "参考",
    "这些页面由代码中的表生成，所写即代码所行。`npm run docs` 写出它们，过时则测试失败。接口本身逐字段写在 `schema.graphql` 中；用浏览器打开运行中的服务器的 `/graphql`，可以边读边试。",
    {
      journal: "日志中是哪些字节，供自行编程核对者使用",
      steps: "哪一步从哪个状态到哪个状态",
      refusals: "每个拒绝代码及其说明",
      permissions: "每个事项，以及何人可以办理",
      policies: "规则所用的数字与清单及其出处",
      settings: "服务器与命令的环境变量",
      limits: "一次请求、一个地址、一个人可以用多少",
      columns: "导入的表格有哪些列",
    },
  ],
} as const;

function indexPage(language: Language): string {
  const [title, text, pages] = about[language];
  const parting = language === "en" ? ": " : "：";
  const lines = Object.entries(pages).map(([name, what]) => {
    const heading = /^# (.*)$/m.exec(generated[name as GeneratedName](language))?.[1];
    return `- [${heading}](${name}.md)${parting}${what}`;
  });
  return joined(`# ${title}`, text, lines.join("\n"));
}
