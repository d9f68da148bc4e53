import type { Text } from "../../domain/kit/language";

/** What a file of words holds: each word in both languages. A word that lacks a language does not compile. */
export type Words = Readonly<Record<string, Text>>;
