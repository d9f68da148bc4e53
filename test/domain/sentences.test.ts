import { Refusal, type RefusalCode, refusalCodes, refusals } from "../../src/domain/refusal";
import { factSentences, sentenceOf } from "../../src/domain/sentences";

const told = (code: RefusalCode, details: object = {}) => {
  const refusal = new Refusal(code, { ...details });
  return [sentenceOf(refusal, "en"), sentenceOf(refusal, "zh")];
};

test.each<[RefusalCode, object, string, string]>([
  ["TOO_MANY_TRIES", { minutes: 30 }, "Minutes to wait: 30.", "请 30 分钟后再试。"],
  ["TOO_MANY_TRIES", { retryAfter: 3600 }, "Minutes to wait: 60.", "请 60 分钟后再试。"],
  ["TOO_MANY_TRIES", { retryAfter: 61 }, "Minutes to wait: 2.", "请 2 分钟后再试。"],
  [
    "SESSION_TOO_SHORT",
    { serviceMinutes: 14, shortest: 15 },
    "It lasts 14 minutes; the shortest that counts is 15.",
    "本次 14 分钟，至少须 15 分钟。",
  ],
  [
    "ID_NUMBER_INVALID",
    { reason: "CHECK_DIGIT", kind: "RESIDENT_ID" },
    "Its check digit does not fit: a digit is wrong.",
    "校验码不符，有数字录错。",
  ],
  // Both tables of faults have a LENGTH.
  ["ID_NUMBER_INVALID", { reason: "LENGTH" }, "It has too few or too many digits.", "位数不对。"],
  [
    "PHONE_INVALID",
    { reason: "LENGTH" },
    "It has too few or too many digits for a telephone number.",
    "号码位数不对。",
  ],
  ["PHONE_INVALID", { reason: "SEVERAL" }, "It holds more than one number; enter one.", "此栏只能填一个号码。"],
  [
    "PAPERS_DISAGREE",
    { disagree: ["name", "birthDate"] },
    "What differs: the name, the birth date.",
    "不一致之处：姓名、出生日期。",
  ],
  ["NAME_INVALID", { personal: "PAPERS" }, "Expected: no number of papers.", "不得为证件号码。"],
  // The clocks of Asia/Shanghai, and the day they show.
  ["IN_THE_FUTURE", { now: "2026-09-20T16:05:59.000Z" }, "It is 2026-09-21 00:05.", "现在是 2026-09-21 00:05。"],
  // Both bounds in one sentence, and neither again.
  ["INVALID_INPUT", { least: 1, most: 5 }, "Allowed are 1 to 5.", "允许范围为 1 至 5。"],
  ["INVALID_INPUT", { most: 20 }, "At most 20 are allowed.", "不得超过 20。"],
  ["INVALID_INPUT", { missing: true }, "It is missing.", "此项必填。"],
  ["INVALID_INPUT", { organizationNeeded: false }, "This role is held at no organisation.", "该角色不属于任何组织。"],
])("%s with %j says it in both languages", (code, details, en, zh) => {
  expect(told(code, details)).toEqual([`${refusals[code].en} ${en}`, `${refusals[code].zh}${zh}`]);
});

test.each<[string, RefusalCode, object]>([
  ["no fact", "INVALID_INPUT", {}],
  ["a fact of which no sentence speaks", "NOT_PERMITTED", { act: "hours.log" }],
  ["one of two facts", "EXCEEDS_HOLD", { held: 30 }],
  ["a list longer than a person reads", "INVALID_INPUT", { known: Array.from({ length: 21 }, (_, i) => `key${i}`) }],
])("with %s it is the sentence of the code alone", (_, code, details) => {
  expect(told(code, details)).toEqual([refusals[code].en, refusals[code].zh]);
});

test("each sentence of facts names the same facts in both languages, and ends", () => {
  const names = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const code of refusalCodes)
    for (const { en, zh } of factSentences[code] ?? []) {
      if (en !== "" && zh !== "") expect([code, names(zh)]).toEqual([code, names(en)]);
      if (en !== "" && en !== "{reason}") expect(en).toMatch(/\.$/);
      if (zh !== "" && zh !== "{reason}。") expect(zh).toMatch(/。$/);
    }
});
