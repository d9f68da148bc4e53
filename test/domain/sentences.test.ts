import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal, type RefusalCode, refusalCodes, refusals } from "../../src/domain/kit/refusal";
import { factSentences } from "../../src/domain/wording/fact-sentences";
import { activities } from "../../src/domain/wording/fact-sentences/activities";
import { commands } from "../../src/domain/wording/fact-sentences/commands";
import { expectations } from "../../src/domain/wording/fact-sentences/expectations";
import { hours } from "../../src/domain/wording/fact-sentences/hours";
import { orders } from "../../src/domain/wording/fact-sentences/orders";
import { organizations } from "../../src/domain/wording/fact-sentences/organizations";
import { people } from "../../src/domain/wording/fact-sentences/people";
import { sentenceOf } from "../../src/domain/wording/sentences";
import { root } from "../support/root";

/** Every refusal of an input, as the code writes it. */
const src = join(root, "src");
const sources = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
const inputRefusals = sources.flatMap((name) => [
  ...readFileSync(join(src, name), "utf8").matchAll(/refuse\(\s*"INVALID_INPUT"(?:,\s*(\{[^}]*\}|[\w(]+))?/g),
]);

test("an input is never refused without a fact that says what is expected", () => {
  expect(inputRefusals.length).toBeGreaterThan(100);
  const bare = inputRefusals.flatMap(([text, facts = "{}"]) => (facts === "{}" ? [text] : []));
  expect(bare).toEqual([]);
});

test("what is expected has words in Chinese", () => {
  const named = inputRefusals.flatMap(([, facts]) => /expected: "([^"]*)"/.exec(facts ?? "")?.[1] ?? []);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((words) => !(words in expectations))).toEqual([]);
});

const told = (code: RefusalCode, details: object = {}) => {
  const refusal = new Refusal(code, { ...details });
  return [sentenceOf(refusal, "en"), sentenceOf(refusal, "zh")];
};

// The facts follow the meaning of the code.
test.each<[RefusalCode, object, string, string]>([
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
  [
    "ACTIVITY_INCOMPLETE",
    { missing: ["riskNotice", "contact", "insurance", "agreement"] },
    "Missing: the notice of risks, the contact for questions, the insurance, the agreement with volunteers.",
    "还缺：风险提示、咨询方式、保险、志愿服务协议。",
  ],
  [
    "INVITATION_EXPIRED",
    { expiredAt: "2026-09-18T09:00:00+08:00" },
    "It was valid until 2026-09-18 09:00.",
    "有效期到2026年9月18日 09:00为止。",
  ],
  ["PHONE_INVALID", { reason: "SEVERAL" }, "It holds more than one number; enter one.", "此栏只能填一个号码。"],
  [
    "PAPERS_DISAGREE",
    { disagree: ["name", "birthDate"] },
    "These differ: the name, the birth date.",
    "不一致之处：姓名、出生日期。",
  ],
  ["NAME_INVALID", { personal: "PAPERS" }, "Expected: no number of papers.", "不得为证件号码。"],
  // The clocks of Asia/Shanghai, and the day they show.
  ["IN_THE_FUTURE", { now: "2026-09-20T16:05:59.000Z" }, "It is 2026-09-21 00:05.", "现在是2026年9月21日 00:05。"],
  [
    "INVALID_INPUT",
    { expected: "a day such as 2026-09-12" },
    "Expected: a day such as 2026-09-12.",
    "应为形如 2026-09-12 的日期。",
  ],
  [
    "INVALID_INPUT",
    { expected: "a day of birth from 1900 to today" },
    "Expected: a day of birth from 1900 to today.",
    "应为不早于 1900 年、不晚于今日的出生日期。",
  ],
  [
    "INVALID_INPUT",
    { personal: "MOBILE", expected: "no mobile number" },
    "Expected: no mobile number.",
    "不得为手机号。",
  ],
  [
    "INVALID_INPUT",
    { filedBy: "51330681MJ0000000X" },
    "Expected: a plan that 51330681MJ0000000X filed.",
    "应为 51330681MJ0000000X 备案的方案。",
  ],
  // Both bounds in one sentence, and neither again.
  ["INVALID_INPUT", { least: 1, most: 5 }, "It must be from 1 to 5.", "应在 1 至 5 之间。"],
  ["INVALID_INPUT", { most: 20 }, "It must be at most 20.", "不能超过 20。"],
  // What bounds count is named.
  [
    "INVALID_INPUT",
    { least: 1, most: 50, unit: "CHARACTERS" },
    "Expected: 1 to 50 characters.",
    "应为 1 至 50 个字符。",
  ],
  ["INVALID_INPUT", { most: 20, unit: "ENTRIES" }, "Expected: at most 20 entries.", "最多 20 项。"],
  [
    "INVALID_INPUT",
    { least: 3, most: 20, unit: "NUMBER_CHARACTERS" },
    "Expected: 3 to 20 letters A to Z, digits and hyphens.",
    "应为 3 至 20 位字母、数字或连字符。",
  ],
  [
    "INVALID_INPUT",
    { severalLines: true },
    "It must be one line, without characters that turn its direction.",
    "须为一行文字，不能换行，也不能含有改变文字方向的字符。",
  ],
  ["INVALID_INPUT", { missing: true }, "It is missing.", "此项必填。"],
  ["INVALID_INPUT", { expected: "the other side" }, "Expected: the other side.", "应为另一方。"],
  ["IN_THE_PAST", { now: "2026-09-20T01:00:00.000Z" }, "It is 2026-09-20 09:00.", "现在是2026年9月20日 09:00。"],
  [
    "IN_THE_FUTURE",
    { neededFrom: "2026-09-22T01:00:00.000Z" },
    "The help is needed from 2026-09-22 09:00 on.",
    "服务时间自2026年9月22日 09:00开始。",
  ],
  ["INVALID_INPUT", { organizationNeeded: false }, "This role is held at no organisation.", "这一岗位不属于任何组织。"],
  ["SIGN_UP_CLOSED", { state: "POSTPONED" }, "It is postponed.", "目前是“已延期”。"],
  ["ILLEGAL_TRANSITION", { action: "RESTORE" }, "The step was: restore.", "要办理的是“恢复”。"],
])("%s with %j says it in both languages", (code, details, en, zh) => {
  expect(told(code, details)).toEqual([`${refusals[code].en} ${en}`, `${refusals[code].zh}${zh}`]);
});

// The facts say all that the code says, and stand alone.
test.each<[RefusalCode, object, string, string]>([
  [
    "SESSION_TOO_SHORT",
    { serviceMinutes: 20, shortest: 30 },
    "The service lasts 20 minutes; at least 30 minutes count.",
    "本次服务 20 分钟，不足 30 分钟，请核对起止时间。",
  ],
  [
    "SESSION_TOO_LONG",
    { serviceMinutes: 500, longest: 480 },
    "The service lasts 500 minutes; one session may last 480 minutes.",
    "本次服务 500 分钟，超过单次上限 480 分钟，请核对起止时间。",
  ],
  [
    "TOO_MANY_TRIES",
    { minutes: 30 },
    "There were too many tries; try again in 30 min.",
    "尝试次数过多，请 30 分钟后再试。",
  ],
  [
    "TOO_MANY_TRIES",
    { retryAfter: 3600 },
    "There were too many tries; try again in 60 min.",
    "尝试次数过多，请 60 分钟后再试。",
  ],
  [
    "TOO_MANY_TRIES",
    { retryAfter: 61 },
    "There were too many tries; try again in 2 min.",
    "尝试次数过多，请 2 分钟后再试。",
  ],
  [
    "TOO_MANY_NO_SHOWS",
    { noShows: 5, malicious: 0 },
    "You have 5 no-shows this year and cannot sign up for now; speak with your station.",
    "您今年已有 5 次未到场，暂时不能报名。请联系所在镇乡（街道）社工站说明情况。",
  ],
  [
    "BACKFILL_WINDOW_PASSED",
    { windowDays: 90 },
    "The service ended more than 90 days ago; it can be recorded only within 90 days.",
    "服务已过 90 天，超过补录期限。",
  ],
  [
    "OUT_OF_AREA",
    { radiusMetres: 500 },
    "You are too far from the venue: you must be within 500 metres.",
    "您离活动地点太远，须在 500 米内签到。",
  ],
  [
    "SENT_TOO_LATE",
    { hoursMost: 72 },
    "This happened too long ago to be sent now; it can be sent within 72 hours.",
    "已超过 72 小时，不能补传。请联系活动负责人登记。",
  ],
  [
    "NOTICE_RUNNING",
    { noticeUntil: "2026-09-27" },
    "The notice runs until 2026-09-27.",
    "公示到2026年9月27日结束，请在次日起办理。",
  ],
  [
    "QUORUM_MISSING",
    { members: 9, voted: 5, needed: 6 },
    "5 of 9 members have voted; a decision needs 6.",
    "委员会共 9 人，已有 5 人表决，至少需 6 人。",
  ],
  [
    "TRAINING_MISSING",
    { earnedHours: 40, requiredHours: 90 },
    "The last term has 40 hours of training; 90 are required.",
    "上一登记周期已修 40 学时，须满 90 学时。",
  ],
  [
    "PLAN_FILED_LATE",
    { days: 7, by: "2026-09-01" },
    "This plan should have been filed 7 days before the fundraising begins, by 2026-09-01.",
    "须在募捐开始 7 日前备案，本次最迟为2026年9月1日。",
  ],
  [
    "INSUFFICIENT_CREDIT",
    { free: 30, asked: 45 },
    "The account has 30 free minutes; 45 are needed.",
    "可用时间有 30 分钟，需要 45 分钟。",
  ],
  [
    "ILLEGAL_TRANSITION",
    { action: "CANCEL", from: "ENDED" },
    "It is ended now; this step is not possible: cancel.",
    "目前是“已结束”，不能办理“取消”。",
  ],
  [
    "RECUSAL_NEEDED",
    { years: 2 },
    "You are on this organisation's staff, or were within the last 2 years; you can only recuse yourself.",
    "您现在或近 2 年内在该组织任职，应当回避。",
  ],
  [
    "ORGANIZATION_INACTIVE",
    { act: "hours.log", state: "DISSOLVED" },
    "The organisation is dissolved: nothing new begins there. An officer may still record what happened before.",
    "该组织已注销，不能办理新事项；此前的服务可由民政部门补录。",
  ],
  [
    "GUARDIAN_CONSENT_MISSING",
    { accompanied: true, age: 14 },
    "An adult must come along with a minor below the age of 14.",
    "未满 14 周岁须有成年人陪同参加。",
  ],
  [
    "MINOR_NOT_ADMITTED",
    { adultAge: 18 },
    "This activity is not open to people below the age of 18.",
    "该活动不接受未满 18 周岁的未成年人参加。",
  ],
  [
    "PEOPLE_HAVE_COME",
    { checkedIn: 3 },
    "People have checked in (3); end it instead.",
    "已有 3 人签到，请改为结束活动。",
  ],
  [
    "STILL_ACTIVE",
    { kinds: ["VOLUNTEER", "POST"] },
    "This person still takes part in something: the registration as a volunteer, a paid post. End that first.",
    "此人还有未办结的事项：志愿者登记、有薪岗位。请先办结。",
  ],
  [
    "SESSION_TOO_SHORT",
    { plannedMinutes: 20, shortest: 30 },
    "20 minutes are planned; at least 30 minutes count.",
    "计划服务 20 分钟，不足 30 分钟，请调整。",
  ],
  [
    "SESSION_TOO_LONG",
    { plannedMinutes: 181, longest: 180 },
    "181 minutes are planned; at most 180 may be, in one session and between these times.",
    "计划服务 181 分钟，超过单次上限或所选时段，最多 180 分钟，请调整。",
  ],
  [
    "TOO_FAR_AHEAD",
    { latest: "2026-10-20" },
    "Help may be asked for until 2026-10-20.",
    "目前最远可预约到2026年10月20日，请改选日期。",
  ],
  [
    "NO_CLAIM",
    { minAge: 60 },
    "Help is for people from the age of 60, and for those whom the station lists as in need.",
    "未满 60 周岁，也不在重点对象名单内，不能兑换服务；如情况特殊，请联系所在社工站。",
  ],
  [
    "NO_CLAIM",
    { payFrom: "GOVERNMENT_GRANT" },
    "The account pays only for those whom the station lists as in need: Government grant.",
    "“政府专项时间”只用于重点对象名单内的服务对象；如情况特殊，请联系所在社工站。",
  ],
  [
    "PROXY_LIMIT",
    { stepsMost: 5 },
    "A family proxy takes at most 5 steps in a day.",
    "亲情代理人每日最多办理 5 次，今日已用完，请明日再办。",
  ],
  [
    "PROXY_LIMIT",
    { proxiesMost: 3 },
    "At most 3 relatives act for one elder at a time.",
    "每位老人同时最多有 3 名亲情代理人，现已满。",
  ],
  [
    "ILLEGAL_TRANSITION",
    { orderId: "order_1" },
    "This record belongs to an order, and the step is taken with the order: order_1.",
    "该记录属于订单，请在订单中办理（order_1）。",
  ],
  [
    "ILLEGAL_TRANSITION",
    { action: "DISPUTE", from: "DISPUTED", heard: "AS_VOLUNTEER" },
    "It is disputed now; this step is not possible: dispute. Each side speaks once; already heard: the volunteer's side.",
    "目前是“有异议”，不能办理“提出异议”。每方只能陈述一次，已有志愿者一方的陈述。",
  ],
  [
    "DOUBLE_BOOKED",
    { elsewhere: true },
    "The volunteer has promised that time to another shift, or to an order.",
    "该志愿者这一时段已报名另一个班次，或已接下一单服务。",
  ],
  [
    "MINOR_NOT_ADMITTED",
    { aloneFrom: 18 },
    "Nobody below the age of 18 goes to a person who needs help alone.",
    "未满 18 周岁不能单独上门服务，不能接单。",
  ],
  ["NOT_DRAWN", { month: "2026-08" }, "This record is in no sample of 2026-08.", "这条记录不在2026年8月的抽查之列。"],
])("%s with %j says all of it with the facts", (code, details, en, zh) => {
  expect(told(code, details)).toEqual([en, zh]);
});

test.each<[string, RefusalCode, object]>([
  ["no fact", "INVALID_INPUT", {}],
  ["a fact of which no sentence speaks", "NOT_PERMITTED", { act: "hours.log" }],
  ["one of two facts", "EXCEEDS_HOLD", { held: 30 }],
  ["a null for a fact", "ILLEGAL_TRANSITION", { action: null, from: null }],
  ["a list longer than a person reads", "INVALID_INPUT", { known: Array.from({ length: 21 }, (_, i) => `key${i}`) }],
])("with %s it is the sentence of the code alone", (_, code, details) => {
  expect(told(code, details)).toEqual([refusals[code].en, refusals[code].zh]);
});

test("the sentences of a code stand in one table", () => {
  const tables = [activities, commands, hours, orders, organizations, people].flatMap((table) => Object.keys(table));
  expect(tables.filter((code, i) => tables.indexOf(code) !== i)).toEqual([]);
  expect(tables.sort()).toEqual(Object.keys(factSentences).sort());
});

test("each sentence of facts names the same facts in both languages, and ends", () => {
  const names = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
  for (const code of refusalCodes)
    for (const { en, zh } of factSentences[code] ?? []) {
      if (en !== "" && zh !== "") expect([code, names(zh)]).toEqual([code, names(en)]);
      if (en !== "" && en !== "{reason}") expect(en).toMatch(/\.$/);
      if (zh !== "" && zh !== "{reason}。") expect(zh).toMatch(/。$/);
    }
});
