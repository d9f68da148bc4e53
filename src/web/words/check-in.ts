import type { Words } from "./words";

/** Checking in and out with one's own phone. */
export const checkInWords = {
  checkInTitle: { zh: "现场签到", en: "Check-in" },
  checkIn: { zh: "签到", en: "Check in" },
  checkOut: { zh: "签退", en: "Check out" },
  digits: { zh: "屏幕上的六位数字", en: "The six digits on the screen" },
  codeAgain: { zh: "扫到的码过期了？输入屏幕上的六位数字", en: "Has the scanned code expired? Type the six digits" },
  checkInOpensAt: { zh: "{at}开放签到。", en: "Check-in opens {at}." },
  checkInOver: {
    zh: "本班次的签到已结束。如您到过现场，请联系活动负责人登记。",
    en: "Check-in for this shift is over. If you were there, ask the lead to note it.",
  },
  checkOutOver: {
    zh: "签退时间已过，负责人会登记您离开的时间。",
    en: "Check-out is over; the lead will note when you left.",
  },
  checkInTimes: { zh: "签到时间：{times}。", en: "Check-in is open {times}." },
  checkedInAt: { zh: "已于 {time} 签到", en: "Checked in at {time}" },
  checkedOutAt: { zh: "已于 {time} 签退，辛苦了！", en: "Checked out at {time}. Thank you!" },
  sentLate: { zh: "补传", en: "sent late" },
  recorded: { zh: "服务时长已提交，等待确认。", en: "Your hours were handed in and wait for a confirmation." },
  tooShort: {
    zh: "您在场 {minutes} 分钟，不足 {needed} 分钟，本次不计时长。如有出入，请联系活动负责人。",
    en: "You were there for {minutes} minutes; at least {needed} count. If that is not right, ask the lead.",
  },
  tooShortNoted: {
    zh: "按负责人登记的离开时间，在场时间不足，本次不计时长。如有出入，请联系活动负责人。",
    en: "By the time the lead noted you were not there for long enough. If that is not right, ask the lead.",
  },
  missingRecord: {
    zh: "与另一条记录时间冲突，负责人会处理。",
    en: "Your hours clash with another record; the lead will look at it.",
  },
  discarded: { zh: "负责人已更正本次签到。", en: "The lead has corrected this check-in." },
  savedOffline: { zh: "已保存，有网络时自动补传", en: "Saved; it will be sent when you are online" },
  sending: { zh: "正在提交……", en: "Sending…" },
  positionConsent: {
    zh: "同意使用本次位置核对是否在现场（只核对，不保存）",
    en: "Use my position once to check that I am at the venue (it is not kept)",
  },
  positionDenied: { zh: "未取得位置，仍可签到。", en: "No position; you can check in without it." },
  notVolunteer: {
    zh: "您还不是已登记的志愿者，请到所属社会工作站登记。",
    en: "You are not registered as a volunteer yet; please go to your social-work station.",
  },
  stillHere: { zh: "按错了，我还没走", en: "I pressed it by mistake; I am still here" },
  stillHereWhy: {
    zh: "{time} 前可以撤销签退，离开时再签退。",
    en: "Until {time} you can take it back, and check out when you leave.",
  },
} as const satisfies Words;
