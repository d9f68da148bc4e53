import { dayOf, startOf } from "../kit/calendar";
import type { Language, Text } from "../kit/language";
import { filled, placesIn } from "../kit/places";
import { type Refusal, type RefusalCode, refusals } from "../kit/refusal";
import { factSentences } from "./fact-sentences";
import type { Sentence } from "./fact-sentences/sentence";
import { factWords } from "./fact-sentences/words";

type Facts = Pick<Refusal, "code" | "details">;

/**
 * The text of a refusal that a person reads. Where the facts are known, a sentence that holds them takes the place of the
 * code's own meaning; sentences that only add to it follow it.
 */
export function sentenceOf(refusal: Facts, language: Language): string {
  const { whole, sentences } = factsOf(refusal, language);
  return [...(whole ? [] : [refusals[refusal.code][language]]), ...sentences].join(gaps[language]);
}

/** The facts of a refusal in sentences, each fact once. There is none where the code says everything. */
function factsOf(refusal: Facts, language: Language): { whole: boolean; sentences: string[] } {
  const known = new Set<string>();
  const sentences: string[] = [];
  let whole = false;
  for (const sentence of factSentences[refusal.code] ?? []) {
    const names = factsIn(sentence);
    if (names.every((name) => known.has(name))) continue;
    const text = worded(sentence, names, refusal, language);
    if (text === null) continue;
    for (const name of [...names, ...(sentence.covers ?? [])]) known.add(name);
    sentences.push(text);
    whole ||= sentence.whole === true;
  }
  return { whole, sentences };
}

/** A longer list is not printed; clients find it among the details. */
const listedMost = 20;
const gaps: Text = { zh: "", en: " " };
const commas: Text = { zh: "、", en: ", " };

function factsIn({ zh, en, when }: Sentence): string[] {
  return when ? Object.keys(when) : placesIn(en || zh);
}

function worded(
  sentence: Sentence,
  names: readonly string[],
  { code, details }: Facts,
  language: Language,
): string | null {
  const text = sentence[language];
  if (text === "") return null;
  if (sentence.when) return Object.entries(sentence.when).every(([name, is]) => details[name] === is) ? text : null;
  const values = new Map(names.map((name) => [name, wordOf(code, name, details[name], language)]));
  if ([...values.values()].includes(null)) return null;
  return filled(text, (name) => values.get(name) as string);
}

function wordOf(code: RefusalCode, name: string, value: unknown, language: Language): string | null {
  if (Array.isArray(value))
    return value.length > listedMost
      ? null
      : value.map((part) => wordOf(code, name, part, language)).join(commas[language]);
  // The details give clients seconds; people read minutes.
  if (typeof value === "number") return String(name === "retryAfter" ? Math.max(1, Math.ceil(value / 60)) : value);
  if (typeof value !== "string") return null;
  return factWords[code]?.[name]?.[value]?.[language] ?? dateOf(value, language) ?? value;
}

/** A month, a day or an instant as people write it in Asia/Shanghai; null where the text is something else. */
export function dateOf(text: string, language: Language): string | null {
  if (/^\d{4}-\d\d-\d\dT/.test(text)) {
    const instant = Date.parse(text);
    const day = dayOf(instant);
    const minutes = Math.floor((instant - startOf(day)) / 60_000);
    const time = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
    return `${dateOf(day, language)} ${time}`;
  }
  const date = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text);
  if (!date || language === "en") return date && text;
  const [, year, month, day] = date;
  return `${year}年${Number(month)}月${day ? `${Number(day)}日` : ""}`;
}
