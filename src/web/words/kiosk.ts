import type { Words } from "./words";

/** The screen at a venue, and who checks in at it. */
export const kioskWords = {
  kioskTitle: { zh: "签到屏", en: "Check-in screen" },
  kioskHow: { zh: "用手机扫码，或输入六位数字", en: "Scan with your phone, or type the six digits" },
  kioskQr: { zh: "本班次签到二维码", en: "QR code to check in to this shift" },
  renewsIn: { zh: "{seconds} 秒后更新", en: "new in {seconds} s" },
  screenOffline: {
    zh: "网络已断开，屏幕上的码已失效。请找活动负责人登记到场。",
    en: "The line is down, and the code shown has ended. Ask the lead to tick you off.",
  },
  present: { zh: "人次已签到", en: "checked in" },
  withoutPhone: { zh: "没有手机？输入编号", en: "No phone? Type your number" },
  volunteerNo: { zh: "志愿者编号", en: "Volunteer number" },
  phoneEnds: { zh: "登记电话的后两位（不含分机）", en: "Last two digits of your phone, without its extension" },
  noPhoneOnFile: {
    zh: "没有登记电话？请活动负责人为您签到。",
    en: "No phone on file? Ask the lead to tick you off the list.",
  },
  backToCode: { zh: "返回签到码", en: "Back to the code" },
  isThisYou: { zh: "是您吗：{name}？", en: "Is this you: {name}?" },
  notMe: { zh: "不是我", en: "No" },
  handOver: { zh: "退出我的登录，只留签到屏", en: "Sign me out, leave only the screen" },
  handOverWhy: {
    zh: "要把这台设备留在现场？先退出登录：之后它只能为本班次签到。",
    en: "Leaving this device at the venue? Sign out first: it can then check people in to this shift, and nothing else.",
  },
  kioskIn: { zh: "签到成功，欢迎！", en: "Checked in. Welcome!" },
  kioskOut: { zh: "签退成功，辛苦了！", en: "Checked out. Thank you!" },
  kiosk: { zh: "打开签到屏", en: "Open the check-in screen" },
  kioskBack: { zh: "已撤销签退，离开时请再签退。", en: "Taken back. Check out again when you leave." },
  kioskUndoHow: {
    zh: "按错了签退？请再输入一次编号，就能撤销。",
    en: "Checked out by mistake? Type your number again to take it back.",
  },
  volunteerNoEnds: { zh: "志愿者编号的末四位数字", en: "The last four digits of your volunteer number" },
  volunteerNoHow: {
    zh: "也可以输入完整编号。末四位与别人相同时，请多输几位。",
    en: "The whole number works, too. Type more digits where another number ends alike.",
  },
  idleWarning: {
    zh: "还在吗？{seconds} 秒后清空并返回签到码。",
    en: "Are you still there? This is cleared in {seconds} seconds.",
  },
  idleWithoutScript: {
    zh: "请在两分钟内输完并按“下一步”。过时会清空，并返回签到码。",
    en: "Please type and press “Next” within two minutes; then this is cleared and the code comes back.",
  },
  idleStay: { zh: "继续输入", en: "Keep typing" },
} as const satisfies Words;
