import type { Language } from "../domain/kit/language";
import { filled } from "../domain/kit/places";
import { parameters } from "../domain/policies/parameters";
import { activityWords } from "./words/activity";
import { adviceWords } from "./words/advice";
import { askingWords } from "./words/asking";
import { campaignWords } from "./words/campaign";
import { cardsWords } from "./words/cards";
import { checkInWords } from "./words/check-in";
import { confirmingWords } from "./words/confirming";
import { fundraisingWords } from "./words/fundraising";
import { homeWords } from "./words/home";
import { identitiesWords } from "./words/identities";
import { joinWords } from "./words/join";
import { kioskWords } from "./words/kiosk";
import { layoutWords } from "./words/layout";
import { leadWords } from "./words/lead";
import { myWords } from "./words/my";
import { officeWords } from "./words/office";
import { plainWords } from "./words/plain";
import { reschedulingWords } from "./words/rescheduling";
import { signInWords } from "./words/sign-in";
import { signUpsWords } from "./words/sign-ups";
import type { Words } from "./words/words";

/** Every word of ours on the pages, in both languages. A family of keys (`activity_…`) follows an enum of the domain. `{scheme}` is what the office calls the scheme. */
export const texts = {
  ...activityWords,
  ...adviceWords,
  ...askingWords,
  ...campaignWords,
  ...cardsWords,
  ...checkInWords,
  ...confirmingWords,
  ...fundraisingWords,
  ...homeWords,
  ...identitiesWords,
  ...joinWords,
  ...kioskWords,
  ...layoutWords,
  ...leadWords,
  ...myWords,
  ...officeWords,
  ...plainWords,
  ...reschedulingWords,
  ...signInWords,
  ...signUpsWords,
} as const satisfies Words;

export type TextKey = keyof typeof texts;
export type Say = (key: TextKey, facts?: Readonly<Record<string, string | number>>) => string;

/** The scheme's own name has an English one; a name that the office gave stands as it is in both languages. */
const ownName = parameters["scheme.label"].value;
const nameOf = (scheme: string, language: Language) => (language === "en" && scheme === ownName ? "Goodhours" : scheme);

export function sayIn(language: Language, scheme: string = ownName): Say {
  const known: Readonly<Record<string, string>> = { scheme: nameOf(scheme, language) };
  return (key, facts) => filled(texts[key][language], (name) => String(facts?.[name] ?? known[name] ?? `{${name}}`));
}
