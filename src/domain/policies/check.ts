import { indicatorKeys } from "../indicators";
import { addDays, type Day, isDay } from "../kit/calendar";
import { refuse } from "../kit/refusal";
import { checkImpersonal } from "../people/numbers";
import { starParts } from "../ratings";
import { recipientCategories } from "../visits/recipients";
import { countMost, type Parameter, type PolicyKey, parameters } from "./parameters";
import { type Band, creditRecordKinds, type Occasion, starAuthorities, type Weight } from "./values";

/** A policy for the past would change what was decided under it; shape and key are checked as well. */
export function checkPolicy(input: { key: string; value: unknown; effectiveFrom: Day }, today: Day): void {
  const parameter: Parameter | undefined = Object.hasOwn(parameters, input.key)
    ? parameters[input.key as PolicyKey]
    : undefined;
  if (!parameter) refuse("INVALID_INPUT", { known: Object.keys(parameters) }, ["key"]);
  if (!fits(parameter, input.value)) {
    const { shape, least, most, oneOf } = parameter;
    const expected = spelledShapes[shape] ?? shape;
    if (oneOf) refuse("INVALID_INPUT", { oneOf: [...oneOf] }, ["value"]);
    refuse("INVALID_INPUT", { expected, ...(expected === "count" && { least: least ?? 1, most }) }, ["value"]);
  }
  for (const text of textsIn(input.value)) checkImpersonal(text, ["value"]);
  if (input.effectiveFrom < today) refuse("POLICY_RETROACTIVE", { today }, ["effectiveFrom"]);
}

/** What a shape is, in words, where its name does not say it. */
const spelledShapes: Partial<Record<Parameter["shape"], string>> = {
  ladder: "five numbers of hours, each above the one before",
  authorities: "five of COUNTY, PREFECTURE and PROVINCE, one for each star",
};

/** Every text in a value: a policy stands in clear in the journal. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** `HH:MM-HH:MM` within one day. */
function isSpell(text: unknown): boolean {
  const time = "(?:[01]\\d|2[0-3]):[0-5]\\d";
  const [, from, until] = (typeof text === "string" && new RegExp(`^(${time})-(${time})$`).exec(text)) || [];
  return from !== undefined && until !== undefined && from < until;
}

/** A list of things that have codes of their own and names in both languages. */
function isNamedList(value: unknown, least: number, fits: (item: Record<string, unknown>) => boolean): boolean {
  return (
    Array.isArray(value) &&
    value.length >= least &&
    value.length <= 30 &&
    value.every(
      (item) =>
        /^[A-Z][A-Z_]{1,35}$/.test(String(item?.code)) &&
        [item.label, item.labelEn].every((text) => typeof text === "string" && text.length > 0 && text.length <= 50) &&
        fits(item),
    )
  );
}

/** Such a list in which each code comes once. */
function isCatalogue(value: unknown, fits: (item: Record<string, unknown>) => boolean): boolean {
  const distinct = Array.isArray(value) && new Set(value.map((item) => item?.code)).size === value.length;
  return distinct && isNamedList(value, 1, fits);
}

/** Days of 62 at most each; a code comes once a month at most, since that is what an obligation is known by. */
function isOccasionList(value: unknown): boolean {
  const sound = isNamedList(value, 0, ({ code, from, until }) => {
    const days = [from, until].every((day) => typeof day === "string" && isDay(day));
    return days && code !== "MONTHLY" && (from as Day) <= (until as Day) && (until as Day) < addDays(from as Day, 62);
  });
  if (!sound) return false;
  const keys = (value as Occasion[]).map(({ code, until }) => `${until.slice(0, 7)}.${code}`);
  return new Set(keys).size === keys.length;
}

/** A list of whole numbers, each for something that is named once. */
function isNumbered(
  value: unknown,
  name: string,
  number: string,
  fits: (item: Record<string, unknown>) => boolean = () => true,
): boolean {
  return (
    Array.isArray(value) &&
    value.length <= 5000 &&
    new Set(value.map((item) => item?.[name])).size === value.length &&
    value.every(
      (item) =>
        typeof item?.[name] === "string" &&
        Number.isSafeInteger(item[number]) &&
        item[number] >= 1 &&
        item[number] <= 2_000_000_000 &&
        fits(item),
    )
  );
}
/** Parts of a score, each named once, that make a thousand together. */
function isWeights(value: unknown, known?: readonly string[]): boolean {
  const sound = isCatalogue(
    value,
    ({ code, weight }) =>
      Number.isSafeInteger(weight) && (weight as number) >= 1 && (known?.includes(code as string) ?? true),
  );
  return sound && (value as Weight[]).reduce((sum, { weight }) => sum + weight, 0) === 1000;
}
/** Levels 1 to 5, each once and each from more points than the one before. */
function isBands(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 5) return false;
  return value.every((band, i) => {
    const { level, from } = (band ?? {}) as Partial<Band>;
    const before = i === 0 ? 0 : (value[i - 1] as Band).from;
    return level === i + 1 && Number.isSafeInteger(from) && (from as number) > before && (from as number) <= 1000;
  });
}
/** Hours from which stars 1 to 5 are reached, each above the one before. */
const isLadder = (value: unknown) =>
  Array.isArray(value) &&
  value.length === 5 &&
  value.every((hours, i) => Number.isSafeInteger(hours) && hours > (i === 0 ? 0 : value[i - 1]) && hours <= 10_000);
/** Who grants stars 1 to 5. */
const isAuthorities = (value: unknown) =>
  Array.isArray(value) && value.length === 5 && value.every((item) => starAuthorities.some((known) => known === item));
/** Categories of recipients, each once; an empty list names nobody. */
const isCategoryList = (value: unknown) =>
  Array.isArray(value) &&
  new Set(value).size === value.length &&
  value.every((item) => recipientCategories.some((category) => category === item));
const isTarget = ({ key, citation }: Record<string, unknown>) =>
  indicatorKeys.some((known) => known === key) && typeof citation === "string" && citation.length > 0;

function fits({ shape, least = 1, most = countMost, oneOf }: Parameter, value: unknown): boolean {
  if (shape === "choice") return oneOf?.some((known) => known === value) ?? false;
  if (shape === "count") return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
  if (shape === "text") return typeof value === "string" && value.length > 0 && value.length <= 100;
  if (shape === "hours")
    return Array.isArray(value) && value.length > 0 && value.length <= 4 && value.every((spell) => isSpell(spell));
  if (shape === "villageKinds") return isCatalogue(value, ({ core }) => typeof core === "boolean");
  if (shape === "creditGrounds")
    return isCatalogue(
      value,
      (item) => creditRecordKinds.some((kind) => kind === item.kind) && typeof item.public === "boolean",
    );
  if (shape === "starWeights") return isWeights(value, starParts);
  if (shape === "weights") return isWeights(value);
  if (shape === "bands") return isBands(value);
  if (shape === "ladder") return isLadder(value);
  if (shape === "authorities") return isAuthorities(value);
  if (shape === "categories") return isCategoryList(value);
  if (shape === "targets") return isNumbered(value, "key", "target", isTarget);
  if (shape === "populations") return isNumbered(value, "code", "people");
  if (shape === "occasions") return isOccasionList(value);
  if (shape === "calendar") {
    const { working, holidays, until } = (value ?? {}) as { working?: unknown; holidays?: unknown; until?: unknown };
    const isKnown = (day: unknown) => typeof day === "string" && isDay(day);
    return (
      [working, holidays].every((list) => Array.isArray(list) && list.every(isKnown)) &&
      (until === undefined || isKnown(until))
    );
  }
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value.map((type) => type?.code)).size === value.length &&
    value.every(
      (type) =>
        typeof type?.code === "string" &&
        /^[A-Z][A-Z_]{1,39}$/.test(type.code) &&
        typeof type.label === "string" &&
        typeof type.labelEn === "string" &&
        typeof type.needsQualification === "boolean" &&
        typeof type.openToMinors === "boolean",
    )
  );
}
