import { journalKinds, shapes } from "../../domain/facts";
import { idPrefixes, spelled, type Word } from "../../domain/facts/words";
import type { Language } from "../../domain/kit/language";
import { code, joined, table } from "../markdown";

const words = {
  en: {
    title: "The journal's bytes",
    about: `A body is \`version u8 = 2 | kind u8 | the kind's version u8 | seq varint | at varint | recordedAt int | actor person\`, then the bits, then the fields of the kind in the order of the table. \`at\` is the clock of the rules in milliseconds since 1970; \`recordedAt\` is written as microseconds after it. The leaf is SHA-256(0x00 ‖ body), as in RFC 6962.

The bits: one for each field with \`?\` or \`^\` (whether it is there) and for each \`flag\` (its value), in the order of the fields, eight to a byte from the highest on; bits that are left over are 0. Behind them stand the fields that are there, flags left out.

| word | bytes |
| --- | --- |
| \`count\`, \`instant\` | a varint: seven bits a byte, the lowest first, the highest bit set where another byte follows, no more bytes than needed |
| \`int\` | a varint of the number folded: 0, -1, 1, -2 are 0, 1, 2, 3 |
| \`day\` | the days since 1970-01-01, as an \`int\` |
| \`oneOf(…)\` | one byte: the place in the list, from 0 |
| \`id(prefix)\` | the 16 bytes of the UUID that a TypeID with this prefix spells; 00 and a \`text\` for any other text, and for a UUID that begins with 00 or ff |
| \`id(any)\` | one byte: 1 + the place of the prefix in the list below, and the 16 bytes; or 00 and a \`text\` |
| \`person\` | as \`id(person)\`; the one byte ff is \`system\`, the bank itself |
| \`hash\` | 01 and the 32 bytes; 00 and a \`text\` for what is no 64 hexadecimal digits |
| \`shortHash\` | 01 and 16 bytes, which are 22 signs of base64url; 00 and a \`text\` for anything else. \`shortHash(keyed:)\` begins with \`keyed:\` |
| \`text\`, \`code\`, \`json\` | a varint of the length, and the UTF-8 bytes |
| \`sealed\` | the id of a sealed row, as \`id(sealed)\`; then 00, or in the entry that seals the row 01, the id of whose key it is under as \`id(any)\`, and the 32 bytes of the commitment |
| \`word*\` | a varint of the count, and each item |

A field with \`^\` is in the first entry about a thing, and in a later one where it changes: a step leaves out what stays as it was.

A kind gains fields at its end only. A field with \`@2\` is in bodies of the kind's version 2 and later; in earlier ones it is absent, or no. Each entry has one form: what is read is what would be written again.

Prefixes: \`${idPrefixes.join(" ")}\`

Personal data and free text stand outside the journal, encrypted (nonce 12 ‖ tag 16 ‖ AES-256-GCM); the journal commits to each such row by SHA-256(0x02 ‖ salt ‖ ciphertext), in the first entry that names the row and again in \`SEALED_ANEW\`, which puts it under another key. \`goodhours export journal\` writes every entry as a JSON line with its bytes and its leaf.`,
    head: ["kind", "name", "version", "fields"],
  },
  zh: {
    title: "日志的字节",
    about: `正文为 \`version u8 = 2 | kind u8 | the kind's version u8 | seq varint | at varint | recordedAt int | actor person\`，其后为位，再按表中次序为该类各字段。\`at\` 为规则所用时钟，自 1970 年起的毫秒；\`recordedAt\` 写作其后的微秒数。叶子为 SHA-256(0x00 ‖ 正文)，同 RFC 6962。

位：带 \`?\` 或 \`^\` 的字段各一位（是否存在），\`flag\` 各一位（其值），按字段次序，每八位一字节，自高位起；余位为 0。其后为存在的字段，不含 flag。

| 词 | 字节 |
| --- | --- |
| \`count\`、\`instant\` | varint：每字节七位，低位在前，后面还有字节则最高位为 1，不多用字节 |
| \`int\` | 折叠后的 varint：0、-1、1、-2 为 0、1、2、3 |
| \`day\` | 自 1970-01-01 起的天数，按 \`int\` |
| \`oneOf(…)\` | 一字节：在列表中的位置，自 0 起 |
| \`id(prefix)\` | 以此为前缀的 TypeID 所拼 UUID 的 16 字节；其他文字、以及以 00 或 ff 开头的 UUID 为 00 加 \`text\` |
| \`id(any)\` | 一字节：1 + 前缀在下列列表中的位置，再加 16 字节；或 00 加 \`text\` |
| \`person\` | 同 \`id(person)\`；单字节 ff 为 \`system\`，即本平台自身 |
| \`hash\` | 01 加 32 字节；不是 64 位十六进制数字的为 00 加 \`text\` |
| \`shortHash\` | 01 加 16 字节，即 base64url 的 22 个字符；其他为 00 加 \`text\`。\`shortHash(keyed:)\` 以 \`keyed:\` 开头 |
| \`text\`、\`code\`、\`json\` | varint 长度加 UTF-8 字节 |
| \`sealed\` | 加密行的编号，同 \`id(sealed)\`；其后为 00，或在封存该行的条目中为 01、密钥所属者的编号（\`id(any)\`）及 32 字节的承诺值 |
| \`word*\` | varint 个数加各项 |

带 \`^\` 的字段见于某事物的首个条目，其后只在变动时写出：步骤不重复未变的内容。

各类只在末尾增加字段。带 \`@2\` 的字段见于该类第 2 版及以后的正文；此前的正文中视为不存在或否。每个条目只有一种写法：读出的就是会再写出的。

前缀：\`${idPrefixes.join(" ")}\`

个人信息与自由文字加密存于日志之外（nonce 12 ‖ tag 16 ‖ AES-256-GCM），日志对每行存有承诺值 SHA-256(0x02 ‖ 盐 ‖ 密文)：写在首个提到该行的条目中；\`SEALED_ANEW\` 将其改置于另一密钥之下时再写一次。\`goodhours export journal\` 将每个条目写成一行 JSON，含其字节与叶子。`,
    head: ["类", "名称", "版本", "字段"],
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
      journalKinds.map((kind) => [String(shapes[kind].code), code(kind), String(shapes[kind].version), fieldsOf(kind)]),
    ),
  );
}
