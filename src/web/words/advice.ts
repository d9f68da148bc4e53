import type { Words } from "./words";

/** What a person can do after a refusal, by its code. */
export const adviceWords = {
  advice_CODE_EXPIRED: {
    zh: "请重新扫屏幕上的二维码，或输入最新的六位数字。",
    en: "Scan the screen again, or type the digits it shows now.",
  },
  advice_CODE_USED: {
    zh: "请等屏幕上出现下一个码（不到半分钟）。",
    en: "Wait for the next code: less than half a minute.",
  },
  advice_TOO_MANY_TRIES: {
    zh: "也可以用手机扫码，或请活动负责人为您签到。",
    en: "Meanwhile scan the code with a phone, or ask the lead to tick you off the list.",
  },
  advice_OUTSIDE_WINDOW: { zh: "请在班次开放签到的时间内再来。", en: "Come back while check-in is open." },
  advice_OUT_OF_AREA: {
    zh: "请到现场再试，或请负责人代为签到。",
    en: "Try again at the venue, or ask the lead to check you in.",
  },
  advice_SENT_TOO_LATE: { zh: "请联系负责人补登。", en: "Ask the lead to enter it for you." },
  advice_SHIFT_FULL: { zh: "请看看其他班次，或候补报名。", en: "Look for another shift, or join the waiting list." },
  advice_DOUBLE_BOOKED: {
    zh: "请先在“我的”里取消另一个班次。",
    en: "Withdraw from the other shift first, under “Mine”.",
  },
  advice_NOT_CHECKED_IN: { zh: "请先签到。", en: "Check in first." },
  advice_ALREADY_CHECKED_IN: { zh: "离开时签退即可。", en: "Just check out when you leave." },
  advice_GUARDIAN_CONSENT_MISSING: { zh: "请监护人先同意。", en: "Ask your guardian to consent first." },
  advice_ACTIVITY_UNRESOLVED: { zh: "请先处理下方待处理事项。", en: "Resolve what is still open below first." },
  advice_SELF_CONFIRMATION: { zh: "请另一位负责人来做。", en: "Ask another lead to do it." },
  advice_NOT_PERMITTED: { zh: "请换一个有权限的账号登录。", en: "Sign in as a person who may do this." },
  advice_VOLUNTEER_NOT_FOUND: {
    zh: "请核对编号和登记电话的后两位，或请现场负责人登记。",
    en: "Check the number and the last two digits of the phone, or ask the lead.",
  },
  advice_NOT_SIGNED_UP: {
    zh: "编号和电话都对。负责人可以在名单上为您签到。",
    en: "Number and phone are right. The lead can check you in from the list.",
  },
} as const satisfies Words;
