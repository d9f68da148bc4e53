import { journalKinds, shapes } from "../../domain/facts";
import { spelled, type Word } from "../../domain/facts/words";
import type { Language } from "../../domain/kit/language";
import { code, joined, table } from "../markdown";

const words = {
  en: {
    title: "The journal's bytes",
    about: `A body is \`version u8 = 1 | kind u8 | seq u64 | recordedAt u64 (µs) | at u64 (ms) | origin text | actor text\` and then the kind's fields in this order. \`int\`, \`count\`, \`instant\` and \`flag\` (0 or 1) are signed 64-bit big-endian numbers; \`bytes\` and every other word (UTF-8) stand behind a u32 length; \`*\` is a u32 count and that many; \`?\` puts a presence byte in front. The leaf is SHA-256(0x00 ‖ body), as in RFC 6962.

Personal data and free text stand outside the journal, encrypted (nonce 12 ‖ tag 16 ‖ AES-256-GCM); the journal holds SHA-256(0x02 ‖ salt ‖ ciphertext) of each such row. \`goodhours export journal\` writes every entry as a JSON line with its bytes and its leaf.`,
    head: ["kind", "name", "fields"],
  },
  zh: {
    title: "日志的字节",
    about: `正文为 \`version u8 = 1 | kind u8 | seq u64 | recordedAt u64（微秒）| at u64（毫秒）| origin text | actor text\`，其后按表中次序为该类字段。\`int\`、\`count\`、\`instant\` 与 \`flag\`（0 或 1）为有符号 64 位大端数；\`bytes\` 及其余各词（UTF-8）前有 u32 长度；\`*\` 为 u32 个数加各项；\`?\` 前加一个存在字节。叶子为 SHA-256(0x00 ‖ 正文)，同 RFC 6962。

个人信息与自由文字加密存于日志之外（nonce 12 ‖ tag 16 ‖ AES-256-GCM），日志只存各行的 SHA-256(0x02 ‖ 盐 ‖ 密文)。\`goodhours export journal\` 将每个条目写成一行 JSON，含其字节与叶子。`,
    head: ["类", "名称", "字段"],
  },
} as const;

/** The fields of a kind as they follow one another in its body. */
export function fieldsOf(kind: (typeof journalKinds)[number]): string {
  return Object.entries<Word>(shapes[kind].fields)
    .map(([field, word]) => `${field} ${spelled(word)}`)
    .join(", ");
}

export function journalPage(language: Language): string {
  const { title, about, head } = words[language];
  return joined(
    `# ${title}`,
    about,
    table(
      head,
      journalKinds.map((kind) => [String(shapes[kind].code), code(kind), fieldsOf(kind)]),
    ),
  );
}
