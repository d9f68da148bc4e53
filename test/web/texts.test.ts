import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { disclosureStates } from "../../src/domain/activities/fundraising";
import { oddityKinds } from "../../src/domain/activities/oddities";
import { signUpOutcomes } from "../../src/domain/activities/signups";
import { clockKinds } from "../../src/domain/clocks";
import { activityActions, activityStates, signUpStates } from "../../src/domain/facts/activities";
import { inviteeKinds } from "../../src/domain/facts/people";
import { ratingInstruments, ratingStates } from "../../src/domain/facts/ratings";
import { refusalCodes } from "../../src/domain/kit/refusal";
import { roundStates } from "../../src/domain/ratings";
import { sayIn, type TextKey, texts } from "../../src/web/texts";

const folder = join(__dirname, "../../src/web");
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && name !== "texts.ts" && !name.startsWith("words/"))
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .join("\n");

/** Families that follow a list: `activity_…` has one text for each state, and none besides. */
const families: Record<string, readonly string[]> = {
  activity: activityStates,
  signUp: signUpStates,
  step: activityActions,
  ask: activityActions,
  sure: activityActions,
  effect: activityActions,
  outcome: signUpOutcomes,
  odd: oddityKinds,
  disclosure: disclosureStates,
  clock: clockKinds,
  round: roundStates,
  rating: ratingStates,
  instrument: ratingInstruments,
  level: ratingInstruments,
  joinAs: inviteeKinds,
};

describe("texts", () => {
  it.each(Object.entries(families))("of %s_… follow their list", (family, list) => {
    const keys = Object.keys(texts).filter((key) => key.startsWith(`${family}_`));
    expect(keys.sort()).toEqual(list.map((word) => `${family}_${word}`).sort());
  });

  it("give advice only for refusals there are", () => {
    const advised = Object.keys(texts).filter((key) => key.startsWith("advice_"));
    expect(advised.filter((key) => !refusalCodes.some((code) => key === `advice_${code}`))).toEqual([]);
  });

  it("stand in one file each", () => {
    const pages = readdirSync(join(folder, "words")).filter((name) => name !== "words.ts");
    const keys = pages.flatMap((name) =>
      [...readFileSync(join(folder, "words", name), "utf8").matchAll(/^ {2}(\w+): \{/gm)].map(([, key]) => key),
    );
    expect(pages.length).toBeGreaterThan(10);
    expect(keys.sort()).toEqual(Object.keys(texts).sort());
  });

  it("are all used", () => {
    const unused = Object.keys(texts).filter(
      (key) => !sources.includes(`"${key}"`) && !sources.includes(`\`${key.split("_")[0]}_$`),
    );
    expect(unused).toEqual([]);
  });

  it("name the same facts in both languages", () => {
    const facts = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([fact]) => fact).sort();
    for (const key of Object.keys(texts) as TextKey[])
      expect([key, facts(texts[key].en)]).toEqual([key, facts(texts[key].zh)]);
  });

  it("fill in what they are given", () => {
    expect(sayIn("zh")("placesLeft", { count: 3 })).toBe("余 3 个名额");
    expect(sayIn("en")("checkedInAt", { time: "09:02" })).toBe("Checked in at 09:02");
  });
});
