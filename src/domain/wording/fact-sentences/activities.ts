import type { Sentences } from "./sentence";

export const activities: Sentences = {
  ACTIVITY_INCOMPLETE: [{ en: "Missing: {missing}.", zh: "还缺：{missing}。" }],
  ACTIVITY_UNRESOLVED: [
    {
      whole: true,
      en: "Volunteers who have not checked out: {missingCheckOut}; without a record: {missingRecord}; records that wait: {recordsWaiting}.",
      zh: "还没处理完：未签退 {missingCheckOut} 人，缺少记录 {missingRecord} 人，待确认记录 {recordsWaiting} 条。",
    },
  ],
  HAS_SIGN_UPS: [
    {
      whole: true,
      en: "People have signed up ({signUps}); cancel it instead.",
      zh: "已有 {signUps} 人次报名，请改为取消活动。",
    },
    {
      whole: true,
      en: "People have signed up ({signedUp}); cancel it instead.",
      zh: "已有 {signedUp} 人次报名，请改为取消活动。",
    },
  ],
  PEOPLE_HAVE_COME: [
    {
      whole: true,
      en: "People have checked in ({checkedIn}); end it instead.",
      zh: "已有 {checkedIn} 人签到，请改为结束活动。",
    },
  ],
  SIGN_UP_CLOSED: [
    {
      whole: true,
      en: "This shift ended at {endsAt}; it takes no sign-ups now.",
      zh: "班次已在{endsAt}结束，不接受报名。",
    },
    { en: "It is {state}.", zh: "目前是“{state}”。" },
  ],
  DOUBLE_BOOKED: [
    {
      when: { elsewhere: true },
      whole: true,
      en: "The volunteer has promised that time to another shift, or to an order.",
      zh: "该志愿者这一时段已报名另一个班次，或已接下一单服务。",
    },
  ],
  SHIFT_FULL: [
    {
      whole: true,
      en: "The shift has no place left; people who wait already: {waiting}.",
      zh: "这个班次名额已满，候补已有 {waiting} 人。",
    },
  ],
  TOO_MANY_NO_SHOWS: [
    {
      whole: true,
      en: "You have {noShows} no-shows this year and cannot sign up for now; speak with your station.",
      zh: "您今年已有 {noShows} 次未到场，暂时不能报名。请联系所在镇乡（街道）社工站说明情况。",
    },
  ],
  OUTSIDE_WINDOW: [
    {
      whole: true,
      en: "Check-in is open from {opensAt} to {closesAt}.",
      zh: "现在不在签到时间内，签到时间为{opensAt}至{closesAt}。",
    },
    { whole: true, en: "Check-in opens at {opensAt}.", zh: "签到自{opensAt}开始。" },
    { whole: true, en: "Check-in was open until {closesAt}.", zh: "签到已于{closesAt}截止。" },
  ],
  OUT_OF_AREA: [
    {
      whole: true,
      en: "You are too far from the venue: you must be within {radiusMetres} metres.",
      zh: "您离活动地点太远，须在 {radiusMetres} 米内签到。",
    },
  ],
  SENT_TOO_LATE: [
    {
      whole: true,
      en: "This happened too long ago to be sent now; it can be sent within {hoursMost} hours.",
      zh: "已超过 {hoursMost} 小时，不能补传。请联系活动负责人登记。",
    },
  ],
  PLAN_FILED_LATE: [
    {
      whole: true,
      en: "This plan should have been filed {days} days before the fundraising begins, by {by}.",
      zh: "须在募捐开始 {days} 日前备案，本次最迟为{by}。",
    },
    { en: "The last day for it was {by}.", zh: "本次最迟为{by}。" },
  ],
};
