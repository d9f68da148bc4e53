import type { Words } from "./words";

/** A volunteer's own page, with the volunteers whom they answer for. */
export const myWords = {
  mySignUps: { zh: "我的报名", en: "My sign-ups" },
  noSignUps: { zh: "还没有报名。", en: "You have not signed up yet." },
  wards: { zh: "由我监护的志愿者", en: "Whom I answer for" },
  wardSignUpsNone: { zh: "现在没有报名，也没有等待您同意的事项。", en: "Nothing is signed up for, or waits for you." },
  accompanied: { zh: "有成年人全程陪同（未满 {age} 岁须陪同）", en: "An adult comes along (needed under {age})" },
  agree: { zh: "同意参加", en: "I agree" },
  disagree: { zh: "不同意", en: "I do not agree" },
  notices: { zh: "通知", en: "Notices" },
  noNotices: { zh: "没有通知。", en: "No notices." },
  markRead: { zh: "全部标为已读", en: "Mark all as read" },
  unread: { zh: "未读", en: "new" },
  myCalendar: { zh: "我的日历", en: "My calendar" },
  calendarHow: {
    zh: "把这个地址订阅到手机日历。地址是保密的，泄露后请更换。",
    en: "Subscribe to this address in your calendar. It is secret; renew it if another person learns it.",
  },
  calendarAddress: { zh: "日历地址", en: "Calendar address" },
  renew: { zh: "更换地址", en: "Renew the address" },
  accompanyFirst: {
    zh: "未满 {age} 岁须有成年人陪同，请勾选后再同意。",
    en: "Under {age} an adult comes along: tick that, then agree.",
  },
} as const satisfies Words;
