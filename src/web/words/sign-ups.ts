import type { Words } from "./words";

/** What volunteers read around their own sign-ups: signing up, waiting, and what withdrawing costs. */
export const signUpsWords = {
  signUp: { zh: "报名", en: "Sign up" },
  wait: { zh: "候补报名", en: "Join the waiting list" },
  withdraw: { zh: "取消报名", en: "Withdraw" },
  signInToSignUp: { zh: "登录后报名", en: "Sign in to sign up" },
  goCheckIn: { zh: "去签到", en: "Check in" },
  signUp_PENDING_GUARDIAN: { zh: "等待监护人同意", en: "Waiting for a guardian's consent" },
  signUp_ACCEPTED: { zh: "已报名", en: "Signed up" },
  signUp_WAITLISTED: { zh: "候补中", en: "On the waiting list" },
  signUp_WITHDRAWN: { zh: "已取消报名", en: "Withdrawn" },
  signUp_CHECKED_IN: { zh: "已签到", en: "Checked in" },
  signUp_COMPLETED: { zh: "已完成", en: "Completed" },
  signUp_NO_SHOW: { zh: "未到场", en: "No-show" },
  signUp_EXCUSED: { zh: "已请假", en: "Excused" },
  positionInQueue: { zh: "第 {position} 位", en: "number {position} in the queue" },
  takenBack: { zh: "该活动已撤回", en: "This activity was taken back" },
  doneAccepted: { zh: "报名成功", en: "You are signed up" },
  doneWaiting: { zh: "已加入候补，您排在第 {position} 位", en: "You are number {position} on the waiting list" },
  donePending: { zh: "已提交，等待监护人同意", en: "Handed in; it waits for a guardian's consent" },
  doneWithdrawn: { zh: "已取消报名", en: "The sign-up is withdrawn" },
  doneLate: {
    zh: "这次取消记 1 次未到场。如有特殊情况，请联系活动负责人更正。",
    en: "It counts as a no-show. If there was a reason, ask the lead to correct it.",
  },
  rejoin: { zh: "重新报名", en: "Sign up again" },
  askWithdraw: { zh: "取消报名？", en: "Withdraw from this shift?" },
  askWithdrawOf: { zh: "取消{name}的报名？", en: "Withdraw the sign-up of {name}?" },
  sureWithdraw: { zh: "确定取消报名", en: "Yes, withdraw" },
  costCounts: {
    zh: "距开始不足 {hours} 小时，现在取消将记 1 次未到场。",
    en: "It begins in less than {hours} hours: withdrawing now counts as a no-show.",
  },
  costFreeUntil: {
    zh: "{at} 前取消，不记未到场。",
    en: "Until {at} withdrawing does not count as a no-show.",
  },
  costFree: { zh: "现在取消，不记未到场。", en: "Withdrawing does not count as a no-show." },
  costSoFar: {
    zh: "今年已有 {count} 次未到场，满 {most} 次暂停报名。",
    en: "No-shows this year so far: {count}. With {most} signing up is paused.",
  },
  costPlace: {
    zh: "取消后名额让给别人。涉及 1 人。有空位时可以重新报名。",
    en: "The place goes to another person. This concerns 1 person, who can sign up again while there is room.",
  },
} as const satisfies Words;
