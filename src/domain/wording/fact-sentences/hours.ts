import type { Sentences } from "./sentence";

export const hours: Sentences = {
  DUPLICATE_EXTERNAL_REF: [
    {
      en: "It stands for the service of {on}, which was entered on {enteredOn}.",
      zh: "该编号已用于{on}的服务（{enteredOn}录入），请换一个编号。",
    },
  ],
  SELF_CONFIRMATION: [{ en: "It is about {near}.", zh: "本项涉及{near}。" }],
  SESSION_TOO_SHORT: [
    {
      whole: true,
      en: "The service lasts {serviceMinutes} minutes; at least {shortest} minutes count.",
      zh: "本次服务 {serviceMinutes} 分钟，不足 {shortest} 分钟，请核对起止时间。",
    },
    {
      whole: true,
      en: "{plannedMinutes} minutes are planned; at least {shortest} minutes count.",
      zh: "计划服务 {plannedMinutes} 分钟，不足 {shortest} 分钟，请调整。",
    },
  ],
  SESSION_TOO_LONG: [
    {
      whole: true,
      en: "The service lasts {serviceMinutes} minutes; one session may last {longest} minutes.",
      zh: "本次服务 {serviceMinutes} 分钟，超过单次上限 {longest} 分钟，请核对起止时间。",
    },
    {
      whole: true,
      en: "{plannedMinutes} minutes are planned; at most {longest} may be, in one session and between these times.",
      zh: "计划服务 {plannedMinutes} 分钟，超过单次上限或所选时段，最多 {longest} 分钟，请调整。",
    },
  ],
  BACKFILL_WINDOW_PASSED: [
    {
      whole: true,
      en: "The service ended more than {windowDays} days ago; it can be recorded only within {windowDays} days.",
      zh: "服务已过 {windowDays} 天，超过补录期限。",
    },
    {
      whole: true,
      en: "The last day to record this was {recordBy}.",
      zh: "最迟应在{recordBy}录入，现已超过期限。",
    },
    { whole: true, en: "The last day to record this was {by}.", zh: "最迟应在{by}录入，现已超过期限。" },
    { whole: true, en: "Nothing before {from} is recorded any more.", zh: "{from}以前的事项不再录入。" },
  ],
  BACKFILL_NEEDS_EVIDENCE: [
    {
      whole: true,
      en: "A late entry needs evidence: the last day without it was {recordBy}.",
      zh: "已过{recordBy}的录入期限，补录须附证明材料。",
    },
  ],
  PAID_DUTY: [
    {
      whole: true,
      en: "The volunteer is on paid duty from {from} to {until}; a leave needs evidence.",
      zh: "{from}至{until}是该志愿者的上班时间，不计志愿服务；如已请假，请附准假证明。",
    },
  ],
  INSUFFICIENT_CREDIT: [
    {
      whole: true,
      en: "The account has {free} free minutes; {asked} are needed.",
      zh: "可用时间有 {free} 分钟，需要 {asked} 分钟。",
    },
  ],
  EXCEEDS_HOLD: [
    {
      whole: true,
      en: "{held} minutes are held, and {asked} were to be settled.",
      zh: "已冻结 {held} 分钟，申请结算 {asked} 分钟。",
    },
  ],
  INSUFFICIENT_POINTS: [
    {
      whole: true,
      en: "The household has {points} points in that quarter, and {asked} were to be taken.",
      zh: "该户这一季度现有 {points} 分，不能扣 {asked} 分。",
    },
  ],
};
