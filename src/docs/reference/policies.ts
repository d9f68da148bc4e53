import type { PolicyStatus } from "../../domain/facts/policies";
import type { Language, Text } from "../../domain/kit/language";
import { countMost, type Parameter, parameters } from "../../domain/policies/parameters";
import { code, joined, table } from "../markdown";

const statuses: Readonly<Record<PolicyStatus, Text>> = {
  CITED: { en: "cited", zh: "有出处" },
  MEMORY: { en: "to be checked", zh: "待核对" },
  OURS: { en: "ours", zh: "本平台" },
};

const words = {
  en: {
    title: "Policies",
    about:
      "Every number and list that a rule uses is a policy: dated, with the paper and clause behind it. The table shows what a new bank begins with. An officer sets another value from a day on (`setPolicy`, never for a day that has passed); what was posted before keeps the version of its day. Each count has a least and a most, so that no value that can be set brings a rule to a stop. “Ours” is a value that no paper sets; “to be checked” is one whose paper has not been looked at again.",
    head: ["policy", "what it is", "value", "bounds", "source", "standing"],
    list: "a list",
  },
  zh: {
    title: "政策",
    about:
      "规则所用的每个数字与清单都是政策：有生效日期，有文件与条款出处。下表为新建银行的初始值。民政干部可自某日起另行设定（`setPolicy`，不得早于今天）；此前入账的仍按当日的版本。每个数量都有最低值与最高值，任何可设定的数值都不会使规则停摆。“本平台”指无上级文件依据的值，“待核对”指尚未再次核对文件的值。",
    head: ["政策", "内容", "初始值", "范围", "出处", "性质"],
    list: "清单",
  },
} as const;

const plain = (text: string) => text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");

export function policiesPage(language: Language): string {
  const { title, about, head, list } = words[language];
  const begins = ({ value }: Parameter) => (typeof value === "object" ? list : plain(String(value)));
  const bounds = ({ shape, least, most, oneOf }: Parameter) =>
    shape === "count" ? `${least ?? 1}–${most ?? countMost}` : (oneOf?.join(", ") ?? "");
  return joined(
    `# ${title}`,
    about,
    table(
      head,
      Object.entries<Parameter>(parameters).map(([key, parameter]) => [
        code(key),
        plain(parameter.label[language]),
        begins(parameter),
        bounds(parameter),
        plain(parameter.citation),
        statuses[parameter.status][language],
      ]),
    ),
  );
}
