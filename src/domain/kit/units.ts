import type { Text } from "./language";

/** What bounds count, in the words of a refusal. A bound without a unit bounds the value itself. */
export const unitWords = {
  CHARACTERS: { zh: "个字符", en: "characters" },
  /** The characters of the numbers that people and households have. */
  NUMBER_CHARACTERS: { zh: "位字母、数字或连字符", en: "letters A to Z, digits and hyphens" },
  /** The characters of the short names that addresses contain. */
  SLUG_CHARACTERS: { zh: "位小写字母、数字或连字符", en: "lower-case letters, digits and hyphens" },
  ENTRIES: { zh: "项", en: "entries" },
  MINUTES: { zh: "分钟", en: "minutes" },
  BYTES: { zh: "字节", en: "bytes" },
  LEVELS: { zh: "层", en: "levels" },
  FIELDS: { zh: "个字段", en: "fields" },
  TOKENS: { zh: "个词", en: "tokens" },
} as const satisfies Record<string, Text>;

export type Unit = keyof typeof unitWords;

/** Bounds as facts of a refusal, with the unit in which they count. */
export const counted = <B extends Readonly<Record<string, number>>>(unit: Unit, bounds: B) => ({ ...bounds, unit });
