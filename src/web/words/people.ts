/** What volunteers read around their own sign-ups: what was done, what withdrawing costs, and the screen's questions. */
export const peopleTexts = {
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
    en: "The place goes to somebody else. This concerns 1 person, who can sign up again while there is room.",
  },
  stillHere: { zh: "按错了，我还没走", en: "I pressed it by mistake; I am still here" },
  stillHereWhy: {
    zh: "{time} 前可以撤销签退，离开时再签退。",
    en: "Until {time} you can take it back, and check out when you leave.",
  },
  kioskBack: { zh: "已撤销签退，离开时请再签退。", en: "Taken back. Check out again when you leave." },
  kioskUndoHow: {
    zh: "按错了签退？请再输入一次编号，就能撤销。",
    en: "Checked out by mistake? Type your number again to take it back.",
  },
  volunteerNoEnds: { zh: "志愿者编号的末四位数字", en: "The last four digits of your volunteer number" },
  volunteerNoHow: {
    zh: "也可以输入完整编号。末四位与别人相同时，请多输几位。",
    en: "The whole number works, too. Type more digits where somebody else's end alike.",
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
  advice_NOT_SIGNED_UP: {
    zh: "编号和电话都对。负责人可以在名单上为您签到。",
    en: "Number and phone are right. The lead can check you in from the list.",
  },
  tickOther: { zh: "没有报名的人到场", en: "Somebody came without a sign-up" },
  tickOtherHow: {
    zh: "有空位时，输入编号就能签到。",
    en: "While there is room, their number checks them in.",
  },
  tickBack: { zh: "撤销签退", en: "Take the check-out back" },
} as const;
