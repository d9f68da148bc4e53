import type { Words } from "./words";

/** What a lead reads before and after the hours of others are confirmed. */
export const confirmingWords = {
  confirmed: { zh: "已确认 {count} 条。", en: "{count} confirmed." },
  confirmedHalf: {
    zh: "{count} 条已加上您的确认，还需另一人确认。",
    en: "{count} have your confirmation and need another person's.",
  },
  nothingWaits: { zh: "没有待确认的记录。", en: "No record waits." },
  confirmTitle: { zh: "确认服务时长", en: "Confirm service hours" },
  confirmHow: {
    zh: "请逐条核对，勾选无误的再确认。没有勾选的不会确认。",
    en: "Look at each line and tick those that are right. What is not ticked is not confirmed.",
  },
  confirmSome: { zh: "逐条核对并确认（{count} 条）", en: "Look at the waiting records ({count})" },
  confirmTicked: { zh: "确认勾选的记录", en: "Confirm what is ticked" },
  confirmNoneTicked: { zh: "还没有勾选记录，请先勾选。", en: "Nothing is ticked yet." },
  confirmMore: {
    zh: "此处列出最早的 {shown} 条，共 {count} 条。确认后显示其余的。",
    en: "The first {shown} of {count} are listed; the others come after these.",
  },
  confirmLine: { zh: "{when}，计 {duration}", en: "{when}, {duration}" },
  cannotConfirm: { zh: "您不能确认：{why}", en: "You cannot confirm it: {why}" },
  looksOdd: { zh: "请留意", en: "Worth a look" },
  refusedLines: { zh: "没有确认的 {count} 条", en: "Not confirmed: {count}" },
  minutesLong: { zh: "{hours} 小时 {minutes} 分钟", en: "{hours} h {minutes} min" },
  hoursLong: { zh: "{hours} 小时", en: "{hours} h" },
  minutesOnly: { zh: "{minutes} 分钟", en: "{minutes} min" },
  odd_LATE: { zh: "已过录入期限（{day}）", en: "past its date ({day})" },
  odd_BACKFILLED: { zh: "补录", en: "back-filled" },
  odd_OVER_DAY: { zh: "当日合计超过上限，须两人确认", en: "over the day's sum; two people confirm" },
  odd_LONG: { zh: "时间较长", en: "long" },
  odd_NO_EVIDENCE: { zh: "没有证明材料", en: "without evidence" },
  odd_NOT_SEEN: { zh: "没有签到为证，由负责人事后登记", en: "not seen; the lead said so afterwards" },
  odd_SENT_LATE: { zh: "补传", en: "sent late" },
  odd_TICKED_BY_HAND: { zh: "由负责人代签到", en: "ticked by hand" },
  odd_PLACE_NOT_GIVEN: { zh: "签到时没有核对位置", en: "no position given" },
  odd_OWN_STAFF: { zh: "本单位工作人员", en: "the organisation's own staff" },
} as const satisfies Words;
