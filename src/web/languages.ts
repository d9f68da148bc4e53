import type { Language } from "../domain/kit/language";
import { rememberingHeaders } from "../domain/kit/remembered";

/** The preferred of our two languages by Accept-Language; Chinese when nothing is said. */
export const languageOf = rememberingHeaders((header): Language => {
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
});
