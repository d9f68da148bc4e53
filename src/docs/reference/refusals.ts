import type { Language, Text } from "../../domain/kit/language";
import { refusalCodes, refusals } from "../../domain/kit/refusal";
import { paperFaults } from "../../domain/people/papers";
import { phoneFaults } from "../../domain/people/phones";
import { edgeErrors } from "../../server/errors";
import { code, joined, table } from "../markdown";

const words = {
  en: {
    title: "Refusals",
    about: `A person who may not do something, or did it wrongly, gets a refusal as data: a code that never changes, a sentence in the reader's language, the path of the field, and in \`details\` the facts for a program. The sentence below is only its beginning: the facts follow in it ("It lasts 14 minutes; the shortest that counts is 15.").

The edge has codes of its own besides, as errors of the whole answer: \`UNAUTHENTICATED\`, \`TOKEN_EXPIRED\`, \`QUERY_TOO_DEEP\`, \`RATE_LIMITED\` and others stand at the end of this page. The bank has three: \`BUSY_RETRY\` (nothing was done, or nothing can be read at this moment), \`OUTCOME_UNKNOWN\` (send the same key again) and \`INTEGRITY_HALT\`. With one of the first two the whole answer is a 503.

A NUL or half of a surrogate pair in any text, id, key or JSON value is \`INVALID_INPUT\` with its place, on both databases alike. In a batch the line is refused in its turn.`,
    head: ["code", "text"],
    papers: ["ID numbers", "`details.reason` of `ID_NUMBER_INVALID` says what is wrong with the number."],
    phones: ["Telephone numbers", "`details.reason` of `PHONE_INVALID` says what is wrong with the number."],
    faultHead: ["reason", "what is wrong"],
    edge: [
      "The edge",
      "These are errors of the whole answer, in `errors[].extensions.code`, with an HTTP status where the transport has one.",
    ],
    edgeHead: ["code", "status", "text"],
  },
  zh: {
    title: "拒绝代码",
    about: `无权办理或填写有误的，得到的拒绝是一份数据：永不改变的代码、读者语言的一句话、所在栏目的路径，以及 \`details\` 中供程序读取的事实。下表只是这句话的开头，其后附有事实（如“本次 14 分钟，至少须 15 分钟。”）。

边缘另有自己的代码，作为整个应答的错误：\`UNAUTHENTICATED\`、\`TOKEN_EXPIRED\`、\`QUERY_TOO_DEEP\`、\`RATE_LIMITED\` 等，列在本页末尾。银行自身有三个：\`BUSY_RETRY\`（什么都没做，或暂时无法读取）、\`OUTCOME_UNKNOWN\`（请以同一个键重发）、\`INTEGRITY_HALT\`。出现前两者之一时，整个应答为 503。

任何文本、标识、键或 JSON 值中的 NUL 或半个代理对都是 \`INVALID_INPUT\` 并指明位置，两种数据库一致；批量中的行各自被拒绝。`,
    head: ["代码", "说明"],
    papers: ["证件号码", "`ID_NUMBER_INVALID` 的 `details.reason` 说明号码错在何处。"],
    phones: ["电话号码", "`PHONE_INVALID` 的 `details.reason` 说明号码错在何处。"],
    faultHead: ["原因", "错在何处"],
    edge: ["边缘", "以下是整个应答的错误，位于 `errors[].extensions.code`；传输方式有 HTTP 状态的，一并给出。"],
    edgeHead: ["代码", "状态", "说明"],
  },
} as const;

export function refusalsPage(language: Language): string {
  const { title, about, head, papers, phones, faultHead, edge, edgeHead } = words[language];
  const faults = (texts: Readonly<Record<string, Text>>) =>
    table(
      faultHead,
      Object.entries(texts).map(([fault, text]) => [code(fault), text[language]]),
    );
  return joined(
    `# ${title}`,
    about,
    table(
      head,
      refusalCodes.map((name) => [code(name), refusals[name][language]]),
    ),
    `## ${papers[0]}`,
    papers[1],
    faults(paperFaults),
    `## ${phones[0]}`,
    phones[1],
    faults(phoneFaults),
    `## ${edge[0]}`,
    edge[1],
    table(
      edgeHead,
      Object.entries(edgeErrors).map(([name, [status, en, zh]]) => [code(name), String(status), { en, zh }[language]]),
    ),
  );
}
