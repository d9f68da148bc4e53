import type { Words } from "./words";

/** A postponed activity gets its new times. */
export const reschedulingWords = {
  newTimes: { zh: "新的时间", en: "The new times" },
  newTimesHow: {
    zh: "请填好每个班次的新时间并保存。再由本单位管理员提交审核。审核通过后，会通知已报名的人。",
    en: "Enter each shift's new times and save; the organisation's admin then submits it for review. Everybody who signed up gets a notice once it is published.",
  },
  newTimesBefore: { zh: "原定 {when}", en: "was {when}" },
  startsAt: { zh: "开始时间", en: "Begins" },
  endsAt: { zh: "结束时间", en: "Ends" },
  placeNow: { zh: "地点", en: "Place" },
  saveTimes: { zh: "保存新的时间", en: "Save the new times" },
} as const satisfies Words;
