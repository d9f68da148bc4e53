import type { Sentences } from "./sentence";

export const organizations: Sentences = {
  ORGANIZATION_INACTIVE: [
    {
      whole: true,
      en: "The organisation is {state}: nothing new begins there. An officer may still record what happened before.",
      zh: "该组织{state}，不能办理新事项；此前的服务可由民政部门补录。",
    },
    {
      whole: true,
      en: "No active social work station answers for this division: {divisionCode}.",
      zh: "该区划没有可受理的社工站（{divisionCode}），请联系民政部门。",
    },
  ],
  ACTIVITIES_OPEN: [
    {
      whole: true,
      en: "These activities of the organisation are still to come or going on: {activities}. End or cancel them first.",
      zh: "该组织尚有未结束的活动（{activities}），请先结束或取消。",
    },
  ],
  ROUND_CLOSED: [
    {
      whole: true,
      en: "The round takes applications from {opensOn} to {closesOn}.",
      zh: "本批次的申报时间为{opensOn}至{closesOn}。",
    },
  ],
  ALREADY_APPLIED: [
    {
      whole: true,
      en: "The organisation has applied already, in the round that takes applications from {opensOn} to {closesOn}.",
      zh: "该组织已申报{opensOn}至{closesOn}的批次，请勿重复申报。",
    },
  ],
  ASSESSORS_MISSING: [
    {
      whole: true,
      en: "{sheets} assessors have handed in their points; a result needs {needed}.",
      zh: "已有 {sheets} 名专家评分，至少需 {needed} 名。",
    },
  ],
  QUORUM_MISSING: [
    {
      whole: true,
      en: "{voted} of {members} members have voted; a decision needs {needed}.",
      zh: "委员会共 {members} 人，已有 {voted} 人表决，至少需 {needed} 人。",
    },
  ],
  RECUSAL_NEEDED: [
    {
      whole: true,
      en: "You are on this organisation's staff, or were within the last {years} years; you can only recuse yourself.",
      zh: "您现在或近 {years} 年内在该组织任职，应当回避。",
    },
  ],
  NOTICE_RUNNING: [
    { whole: true, en: "The notice runs until {noticeUntil}.", zh: "公示到{noticeUntil}结束，请在次日起办理。" },
  ],
  STAR_PENDING: [
    { whole: true, en: "Star {level} is already proposed ({awardId}).", zh: "{level}星已在提名中（{awardId}）。" },
  ],
  STAR_HELD: [{ whole: true, en: "The volunteer has star {level}.", zh: "该志愿者现为{level}星。" }],
  STAR_MINUTES_SHORT: [
    {
      whole: true,
      en: "{countedMinutes} minutes count; this star needs {neededMinutes}.",
      zh: "计入的服务时间为{countedMinutes}分钟，该星级须满{neededMinutes}分钟。",
    },
    { en: "{countedMinutes} minutes count.", zh: "计入的服务时间为{countedMinutes}分钟。" },
  ],
  STAR_AUTHORITY: [
    {
      en: "Star {level} is granted by {authority}.",
      zh: "{level}星由{authority}认定。",
    },
  ],
  STAR_ADVERSE_RECORD: [
    {
      en: "No such record may be younger than {years} years.",
      zh: "近{years}年内不得有此类记录。",
    },
  ],
  MONTH_REPORTED: [
    {
      whole: true,
      en: "{month} was reported on {reportedOn}; its figures stay.",
      zh: "{month}的数据已于{reportedOn}上报，不再改动。",
    },
  ],
  SEED_PUBLISHED: [{ whole: true, en: "The seed of {month} was published already.", zh: "{month}的抽查号已封存。" }],
  SEED_MISSING: [{ en: "It can be drawn from {drawnFrom} on.", zh: "自{drawnFrom}起可抽取。" }],
  NOT_DRAWN: [{ whole: true, en: "This record is in no sample of {month}.", zh: "这条记录不在{month}的抽查之列。" }],
  DIVISION_IN_USE: [
    {
      whole: true,
      en: "Divisions in it are still in use ({divisions} of them); retire them first, or move them.",
      zh: "其下仍有 {divisions} 个使用中的区划，请先停用或调整隶属。",
    },
  ],
  DIVISION_MISPLACED: [
    {
      whole: true,
      en: "Divisions may lie in each other at most {depthMost} levels deep.",
      zh: "区划隶属最多 {depthMost} 级。",
    },
  ],
  DUPLICATE_FINDING: [
    {
      whole: true,
      en: "A result of the check of {year} stands already; correct it, or take it back.",
      zh: "{year} 年度的检查结果已登记，请更正或撤回原结果。",
    },
  ],
};
