import { dayOf, startOf } from "./calendar";
import type { Language } from "./language";
import { personalTexts } from "./numbers";
import { paperFaults } from "./papers";
import { phoneFaults } from "./phones";
import { type Refusal, type RefusalCode, refusals } from "./refusal";

type Text = Record<Language, string>;
type Facts = Pick<Refusal, "code" | "details">;

/** The text of a refusal that a person reads: the meaning of the code, and then the facts that explain it. */
export function sentenceOf(refusal: Facts, language: Language): string {
  return [refusals[refusal.code][language], factsOf(refusal, language)].filter(Boolean).join(gaps[language]);
}

/** The facts of a refusal in sentences, each fact once. The text is empty where the code says everything. */
function factsOf(refusal: Facts, language: Language): string {
  const known = new Set<string>();
  const sentences: string[] = [];
  for (const sentence of factSentences[refusal.code] ?? []) {
    const names = factsIn(sentence);
    if (names.every((name) => known.has(name))) continue;
    const text = filled(sentence, names, refusal, language);
    if (text === null) continue;
    for (const name of names) known.add(name);
    sentences.push(text);
  }
  return sentences.join(gaps[language]);
}

/** `when` names facts whose values are not printed, and the value that each must have. */
interface Sentence extends Text {
  when?: Readonly<Record<string, boolean>>;
}

/**
 * A sentence is used where all of its facts are among the details. Days are civil days, and times are those of Asia/Shanghai.
 * What a field expects is said in English alone, since the authors of clients read it.
 */
export const factSentences: Partial<Record<RefusalCode, readonly Sentence[]>> = {
  INVALID_INPUT: [
    { when: { missing: true }, en: "It is missing.", zh: "此项必填。" },
    { when: { controlCharacters: true }, en: "It holds characters that cannot be seen.", zh: "其中含有不可见字符。" },
    { when: { repeated: true }, en: "It stands there twice.", zh: "内容重复。" },
    { en: "", zh: "{personal}。" },
    { when: { organizationNeeded: true }, en: "This role is held at an organisation.", zh: "该角色须填写组织。" },
    { when: { organizationNeeded: false }, en: "This role is held at no organisation.", zh: "该角色不属于任何组织。" },
    { en: "Expected: {expected}.", zh: "" },
    { en: "Give one of {oneOf}.", zh: "请填写其中之一：{oneOf}。" },
    { en: "It needs {needs}.", zh: "还须填写 {needs}。" },
    { en: "Known are {known}.", zh: "可填：{known}。" },
    { en: "Allowed are {least} to {most}.", zh: "允许范围为 {least} 至 {most}。" },
    { en: "At most {most} are allowed.", zh: "不得超过 {most}。" },
    { en: "At least {least} are needed.", zh: "不得少于 {least}。" },
    { en: "The first day is {from}.", zh: "最早为 {from}。" },
  ],
  VERSION_CONFLICT: [{ en: "Its version is {version} now.", zh: "当前版本为 {version}。" }],
  BATCH_TOO_LARGE: [{ en: "At most {most} go into one.", zh: "每批最多 {most} 条。" }],
  INVITATION_INVALID: [{ en: "Tries left in this hour: {left}.", zh: "本小时内还可尝试 {left} 次。" }],
  NAME_INVALID: [{ en: "Expected: {personal}.", zh: "{personal}。" }],
  ID_NUMBER_INVALID: [{ en: "{reason}", zh: "{reason}。" }],
  PHONE_INVALID: [{ en: "{reason}", zh: "{reason}。" }],
  PAPERS_DISAGREE: [{ en: "What differs: {disagree}.", zh: "不一致之处：{disagree}。" }],
  IN_THE_FUTURE: [
    { en: "Today is {today}.", zh: "今天是 {today}。" },
    { en: "It is {now}.", zh: "现在是 {now}。" },
    { en: "It ends at {endsAt}.", zh: "结束时间为 {endsAt}。" },
  ],
  SESSION_TOO_SHORT: [
    {
      en: "It lasts {serviceMinutes} minutes; the shortest that counts is {shortest}.",
      zh: "本次 {serviceMinutes} 分钟，至少须 {shortest} 分钟。",
    },
  ],
  SESSION_TOO_LONG: [
    {
      en: "It lasts {serviceMinutes} minutes; the longest is {longest}.",
      zh: "本次 {serviceMinutes} 分钟，最多 {longest} 分钟。",
    },
  ],
  BACKFILL_WINDOW_PASSED: [
    { en: "A service is recorded within {windowDays} days.", zh: "服务须在 {windowDays} 日内补录。" },
    { en: "The last day for it was {recordBy}.", zh: "最迟录入日为 {recordBy}。" },
    { en: "The last day for it was {by}.", zh: "最迟录入日为 {by}。" },
    { en: "Nothing before {from} is entered any more.", zh: "{from} 之前的事项不再录入。" },
  ],
  BACKFILL_NEEDS_EVIDENCE: [
    { en: "Without evidence the last day was {recordBy}.", zh: "无须证明的最迟录入日为 {recordBy}。" },
  ],
  GUARDIAN_CONSENT_MISSING: [{ en: "Below {adultAge} a person is a minor.", zh: "未满 {adultAge} 周岁为未成年人。" }],
  MINOR_NOT_ADMITTED: [{ en: "Below {adultAge} a person is a minor.", zh: "未满 {adultAge} 周岁为未成年人。" }],
  TRAINING_MISSING: [
    {
      en: "Earned: {earnedHours} hours of {requiredHours}.",
      zh: "已修 {earnedHours} 学时，须满 {requiredHours} 学时。",
    },
  ],
  ANSWER_PENDING: [{ en: "The last day for an answer is {answerBy}.", zh: "陈述申辩期限至 {answerBy}。" }],
  ROUND_CLOSED: [{ en: "It is open from {opensOn} to {closesOn}.", zh: "申报时间为 {opensOn} 至 {closesOn}。" }],
  QUORUM_MISSING: [{ en: "The committee has {members} members.", zh: "委员会共 {members} 人。" }],
  RECUSAL_NEEDED: [{ en: "Of late means within {years} years.", zh: "“近期”指 {years} 年以内。" }],
  NOTICE_RUNNING: [{ en: "Its last day is {noticeUntil}.", zh: "公示至 {noticeUntil}。" }],
  SEED_MISSING: [{ en: "It can be drawn from {drawnFrom} on.", zh: "自 {drawnFrom} 起可抽取。" }],
  POLICY_RETROACTIVE: [{ en: "Today is {today}.", zh: "今天是 {today}。" }],
  DIVISION_IN_USE: [{ en: "There are {divisions}.", zh: "共 {divisions} 个。" }],
  EXCEEDS_HOLD: [
    {
      en: "{held} minutes are held, and {asked} were to be settled.",
      zh: "已冻结 {held} 分钟，申请结算 {asked} 分钟。",
    },
  ],
  HAS_SIGN_UPS: [
    { en: "Sign-ups: {signUps}.", zh: "已报名 {signUps} 人次。" },
    { en: "Sign-ups: {signedUp}.", zh: "已报名 {signedUp} 人次。" },
  ],
  PEOPLE_HAVE_COME: [{ en: "Checked in: {checkedIn}.", zh: "已签到 {checkedIn} 人。" }],
  SHIFT_FULL: [{ en: "Already waiting: {waiting}.", zh: "候补已有 {waiting} 人。" }],
  TOO_MANY_TRIES: [
    { en: "Minutes to wait: {minutes}.", zh: "请 {minutes} 分钟后再试。" },
    { en: "Minutes to wait: {retryAfter}.", zh: "请 {retryAfter} 分钟后再试。" },
  ],
  OUTSIDE_WINDOW: [
    { en: "It is open from {opensAt} to {closesAt}.", zh: "签到时间为 {opensAt} 至 {closesAt}。" },
    { en: "It is open from {opensAt} on.", zh: "签到自 {opensAt} 开始。" },
    { en: "It was open until {closesAt}.", zh: "签到已于 {closesAt} 截止。" },
  ],
  OUT_OF_AREA: [{ en: "You must be within {radiusMetres} metres.", zh: "须在 {radiusMetres} 米范围内。" }],
  SENT_TOO_LATE: [{ en: "It can be sent for {hoursMost} hours.", zh: "须在 {hoursMost} 小时内补传。" }],
  PLAN_FILED_LATE: [{ en: "The last day for it was {by}.", zh: "最迟备案日为 {by}。" }],
};

/** The words for facts whose values are codes. They stand by refusal, since two refusals may use one name for different facts. */
const words: Partial<Record<RefusalCode, Readonly<Record<string, Readonly<Record<string, Text>>>>>> = {
  INVALID_INPUT: { personal: personalTexts },
  NAME_INVALID: { personal: personalTexts },
  ID_NUMBER_INVALID: { reason: paperFaults },
  PHONE_INVALID: { reason: phoneFaults },
  PAPERS_DISAGREE: {
    disagree: {
      name: { zh: "姓名", en: "the name" },
      birthDate: { zh: "出生日期", en: "the birth date" },
      idNumber: { zh: "证件号码", en: "the ID number" },
      guardian: { zh: "监护关系", en: "the guardianship" },
    },
  },
};

/** A longer list is not printed; clients find it among the details. */
const listedMost = 20;
const gaps: Text = { zh: "", en: " " };
const commas: Text = { zh: "、", en: ", " };

function factsIn({ zh, en, when }: Sentence): string[] {
  return when ? Object.keys(when) : [...(en || zh).matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
}

function filled(
  sentence: Sentence,
  names: readonly string[],
  { code, details }: Facts,
  language: Language,
): string | null {
  const text = sentence[language];
  if (text === "") return null;
  if (sentence.when) return Object.entries(sentence.when).every(([name, is]) => details[name] === is) ? text : null;
  const values = new Map(names.map((name) => [name, worded(code, name, details[name], language)]));
  if ([...values.values()].includes(null)) return null;
  return text.replaceAll(/\{(\w+)\}/g, (_, name) => values.get(name) as string);
}

function worded(code: RefusalCode, name: string, value: unknown, language: Language): string | null {
  if (Array.isArray(value))
    return value.length > listedMost
      ? null
      : value.map((part) => worded(code, name, part, language)).join(commas[language]);
  // The details give clients seconds; people read minutes.
  if (typeof value === "number") return String(name === "retryAfter" ? Math.max(1, Math.ceil(value / 60)) : value);
  if (typeof value !== "string") return null;
  const isInstant = /^\d{4}-\d\d-\d\dT/.test(value);
  return words[code]?.[name]?.[value]?.[language] ?? (isInstant ? minuteOf(Date.parse(value)) : value);
}

/** An instant as people in Asia/Shanghai write it: `2026-09-20 09:00`. */
function minuteOf(instant: number): string {
  const day = dayOf(instant);
  const minutes = Math.floor((instant - startOf(day)) / 60_000);
  return `${day} ${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
