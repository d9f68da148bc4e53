import type { Language } from "../domain/kit/language";

/** The preferred of our two languages by Accept-Language; Chinese when nothing is said. */
export function languageOf(header: string): Language {
  const known = preferences.get(header);
  if (known !== undefined) return known;
  const language = preferredIn(header);
  if (preferences.size >= preferencesMost) preferences.clear();
  if (header.length <= preferenceCharactersMost) preferences.set(header, language);
  return language;
}

/** Clients send the same few headers. */
const preferences = new Map<string, Language>();
const preferencesMost = 100;
const preferenceCharactersMost = 300;

function preferredIn(header: string): Language {
  const wanted = header
    .split(",")
    .map((part) => {
      const [tag, ...rest] = part.trim().toLowerCase().split(";");
      const weight = Number(/q=([\d.]+)/.exec(rest.join(";"))?.[1] ?? 1);
      return { language: tag?.split("-")[0], weight: Number.isNaN(weight) ? 0 : weight };
    })
    .filter(
      (choice): choice is { language: Language; weight: number } =>
        (choice.language === "zh" || choice.language === "en") && choice.weight > 0,
    )
    .sort((a, b) => b.weight - a.weight);
  return wanted[0]?.language ?? "zh";
}
