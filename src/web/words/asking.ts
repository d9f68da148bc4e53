import type { Words } from "./words";

/** What a page says before a press that cannot be taken back: what it does, and to how many people. */
export const askingWords = {
  fieldWrong: { zh: "没有成功，请改正标出的一栏。", en: "That did not work. Please mend the field that is marked." },
  askTitle: { zh: "请再确认一次", en: "Please confirm" },
  goBack: { zh: "不，返回", en: "No, go back" },
  goOn: { zh: "下一步", en: "Next" },
  reasonGiven: { zh: "理由：{reason}", en: "Reason: {reason}" },
  ask_SUBMIT: { zh: "提交审核？", en: "Submit it for review?" },
  ask_PUBLISH: { zh: "审核通过并发布？", en: "Publish this activity?" },
  ask_RETURN: { zh: "退回修改？", en: "Return this activity?" },
  ask_START: { zh: "开始活动？", en: "Start this activity?" },
  ask_END: { zh: "结束活动？", en: "End this activity?" },
  ask_CLOSE: { zh: "办结活动？", en: "Close this activity?" },
  ask_POSTPONE: { zh: "延期活动？", en: "Postpone this activity?" },
  ask_CANCEL: { zh: "取消活动？", en: "Cancel this activity?" },
  sure_SUBMIT: { zh: "确定提交", en: "Yes, submit it" },
  sure_PUBLISH: { zh: "确定发布", en: "Yes, publish it" },
  sure_RETURN: { zh: "确定退回", en: "Yes, return it" },
  sure_START: { zh: "确定开始", en: "Yes, start it" },
  sure_END: { zh: "确定结束活动", en: "Yes, end it" },
  sure_CLOSE: { zh: "确定办结", en: "Yes, close it" },
  sure_POSTPONE: { zh: "确定延期", en: "Yes, postpone it" },
  sure_CANCEL: { zh: "确定取消活动", en: "Yes, cancel it" },
  effect_SUBMIT: { zh: "活动会交由他人审核。", en: "Another person reviews the activity." },
  effect_PUBLISH: {
    zh: "所有人都能看到这个活动，{capacity} 个名额开放报名。",
    en: "Everybody sees the activity, and {capacity} places are open.",
  },
  effect_RETURN: {
    zh: "活动会退回起草人修改，公开页面不再显示未审核的内容。",
    en: "The activity goes back to its author; nothing unreviewed is public.",
  },
  effect_START: {
    zh: "活动会标为进行中，不能退回“报名中”。",
    en: "The activity is then under way, which cannot be taken back.",
  },
  effect_END: {
    zh: "结束后不能再签到，也不能恢复。",
    en: "Nobody can check in any more, and the activity cannot be opened again.",
  },
  effect_CLOSE: {
    zh: "办结后到场情况不能再更改，也不能恢复。",
    en: "Nobody's attendance can be changed any more, and the activity cannot be opened again.",
  },
  effect_POSTPONE: {
    zh: "报名继续有效。新的时间须重新提交审核。",
    en: "Sign-ups stay valid. The new times are reviewed again.",
  },
  effect_CANCEL: { zh: "活动取消后不能恢复。", en: "A cancelled activity cannot be opened again." },
  effectLetGo: {
    zh: "{count} 人的报名会被取消，并收到通知。",
    en: "The sign-ups of {count} people are cancelled, and they get a notice.",
  },
  effectTold: { zh: "{count} 位报名者会收到通知。", en: "{count} people who signed up get a notice." },
  effectMissed: {
    zh: "{count} 人没有签到，会暂记为未到场。",
    en: "{count} people who did not check in are noted as no-shows for now.",
  },
  effectHere: {
    zh: "{count} 人还没有签退，之后请您登记他们的离开时间。",
    en: "{count} people have not checked out; you note when they left.",
  },
  effectNobody: { zh: "没有人报名，不影响任何人。", en: "Nobody has signed up, so nobody is affected." },
  askDrop: { zh: "取消这个班次？", en: "Call this shift off?" },
  sureDrop: { zh: "确定取消班次", en: "Yes, call it off" },
  effectDrop: {
    zh: "{when} 的班次取消后不能恢复，其他班次照常。",
    en: "The shift {when} cannot be opened again; the other shifts go on.",
  },
  askResolve: { zh: "登记{name}的到场情况？", en: "Note what happened with {name}?" },
  sureResolve: { zh: "确定登记", en: "Yes, note it" },
  effectResolve: { zh: "将登记为：{outcome}。涉及 1 人。", en: "It is noted as: {outcome}. This concerns 1 person." },
  effectResolvedAt: {
    zh: "将登记为：到场，{time} 离开。涉及 1 人。",
    en: "It is noted as: was there, left at {time}. This concerns 1 person.",
  },
  effectExcused: { zh: "登记为请假后不能再更改。", en: "An excuse cannot be changed afterwards." },
  effectRecorded: {
    zh: "会据此生成服务记录，由他人确认。",
    en: "A service record follows, which another person confirms.",
  },
  effectNoShow: {
    zh: "会记 1 次未到场，本人会收到通知。今后仍可更正。",
    en: "It counts as one no-show, and the person gets a notice. It can be corrected later.",
  },
  askRenew: { zh: "更换日历地址？", en: "Renew the calendar address?" },
  sureRenew: { zh: "确定更换", en: "Yes, renew it" },
  effectRenew: {
    zh: "原来的地址会立即失效，不能恢复。您要在手机日历里重新订阅新地址。只影响您 1 人。",
    en: "The old address shows nothing any more and cannot be brought back. Subscribe to the new one. It concerns you alone.",
  },
  askEndWay: { zh: "解除这个登录方式？", en: "End this way to sign in?" },
  sureEndWay: { zh: "确定解除", en: "Yes, end it" },
  effectEndWay: {
    zh: "解除后不能再用“{label}”登录，恢复须到社工站办理。只影响您 1 人。",
    en: "You can no longer sign in by “{label}”; only your station can bring it back. It concerns you alone.",
  },
  askDisagree: { zh: "不同意孩子参加？", en: "Say no to this sign-up?" },
  sureDisagree: { zh: "确定不同意", en: "Yes, say no" },
  effectDisagree: {
    zh: "孩子的这次报名会取消，名额让给别人。涉及 1 人。",
    en: "The sign-up is cancelled, and the place goes to another person. This concerns 1 person.",
  },
} as const satisfies Words;
