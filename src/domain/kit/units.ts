import type { Text } from "./language";

/** What the bounds of a value count, in the words of a refusal. A bound without one of these bounds the value itself. */
export const unitWords = {
  CHARACTERS: { zh: "个字符", en: "characters" },
  /** Of the numbers by which people and households go. */
  NUMBER_CHARACTERS: { zh: "位字母、数字或连字符", en: "letters A to Z, digits and hyphens" },
  /** Of the short names that addresses contain. */
  SLUG_CHARACTERS: { zh: "位小写字母、数字或连字符", en: "lower-case letters, digits and hyphens" },
  ENTRIES: { zh: "项", en: "entries" },
  MINUTES: { zh: "分钟", en: "minutes" },
  BYTES: { zh: "字节", en: "bytes" },
  LEVELS: { zh: "层", en: "levels" },
  FIELDS: { zh: "个字段", en: "fields" },
  TOKENS: { zh: "个词", en: "tokens" },
} as const satisfies Record<string, Text>;

export type Unit = keyof typeof unitWords;

/** The facts of a refusal that bounds have. */
export const counted = <B extends Readonly<Record<string, number>>>(unit: Unit, bounds: B) => ({ ...bounds, unit });
