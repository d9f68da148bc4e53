import type { Text } from "../../kit/language";

/** What is expected in the place of what was sent: in English as the details of a refusal name it, and in Chinese. */
const chinese = {
  "4 to 40 letters, digits and hyphens": "由 4 至 40 个字母、数字或连字符组成的编号",
  "a name that begins with a letter or a digit, without signs such as = and @":
    "以文字或数字开头、不含 =、@ 等符号的名称",
  "an action of this page": "本页上的操作",
  "ACTIVATE or RETURN": "ACTIVATE 或 RETURN",
  CORRECT: "CORRECT",
  RETURN: "RETURN",
  "KEPT, SEPARATED or NEITHER": "KEPT、SEPARATED 或 NEITHER",
  "a cursor of this list, in this order": "本列表按此排序的游标",
  "a day of birth from 1900 to today": "不早于 1900 年、不晚于今日的出生日期",
  "a day such as 2026-09-12": "形如 2026-09-12 的日期",
  "a day such as 2026-09-12, not before the first": "形如 2026-09-12 的日期，且不早于起始日",
  "a minor": "未成年人",
  "a month such as 2026-09": "形如 2026-09 的月份",
  "a name as it is registered, of at least four characters": "登记的全称，至少四个字",
  "a number": "数字",
  "a number that the volunteer said": "志愿者本人填写过的证件号码",
  "a place in this list": "本列表中的位置",
  "a subject of the issuer": "该发行方的账号",
  "a time such as 2026-09-12T09:00": "形如 2026-09-12T09:00 的时间",
  "a time that the calendar has": "日历上有的时间",
  "a unified social credit code, a letter and five digits, or a filing's words with its number":
    "统一社会信用代码、字母加五位数字，或备案文书的文号",
  "a unified social credit code, or a certificate's words with its number": "统一社会信用代码，或证书的文号",
  "a volunteer, a recipient or a social worker": "志愿者、受助人或社会工作者",
  "an address such as https://login.example": "形如 https://login.example 的地址",
  "an ID number with its kind": "证件号码及其种类",
  "an organisation of the recipient's division": "受助人所在区划的组织",
  another: "另一组织",
  "another volunteer than the one that stays": "保留者以外的另一志愿者",
  "mergedPersonId with it": "与 mergedPersonId 一并填写",
  "minutes with PARTIALLY_SETTLE alone": "仅在 PARTIALLY_SETTLE 时填写的分钟数",
  "none beside mergedPersonId": "空白（已填 mergedPersonId）",
  "none: the bank gives the number": "空白（编号由时间银行给出）",
  "not GH and ten digits": "除 GH 加十位数字以外的编号",
  "one of organizationId and organizationSlug": "organizationId 与 organizationSlug 之一",
  "one of volunteerId, personId, guardianOf": "volunteerId、personId、guardianOf 之一",
  "paid duty": "本职工作",
  "SHA-256, 64 hex digits": "SHA-256（64 位十六进制数）",
  "somebody without a seat": "不任评委的人",
  "something that stays": "至少保留一项",
  "the facts that were proposed": "所提出的内容",
  "the issuer whose tokens this bank believes": "本行所信任的发行方",
  "the other side": "另一方",
  "the page's own key": "页面自带的键值",
  "the person with the later registration as a social worker": "较晚登记为社会工作者的人",
  "five numbers of hours, each above the one before": "由小到大的五个小时数",
  "five of COUNTY, PREFECTURE and PROVINCE, one for each star": "各星级依次为 COUNTY、PREFECTURE 或 PROVINCE，共五个",
  "two people or two groups": "两个人或两个团体",
  "two persons": "两个不同的人",
  "two volunteers who were merged": "曾经合并的两名志愿者",
  "YYYY-Q1 to Q4": "YYYY-Q1 至 YYYY-Q4",
} as const;

export type Expectation = keyof typeof chinese;

export const expectations: Readonly<Record<string, Text>> = Object.fromEntries(
  Object.entries(chinese).map(([en, zh]) => [en, { en, zh }]),
);
