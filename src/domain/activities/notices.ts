import type { ActorKind } from "../actors";
import type { Language } from "../language";
import type { SignUpAction, SignUpState } from "./signups";

/** What a volunteer is told: a step of their sign-up that somebody else took. */
export interface Told {
  kind: "ACTIVITY" | "GUARDIAN_CONSENT_ASKED";
  action: SignUpAction;
  state: SignUpState;
  /** As what somebody did it; SYSTEM where it followed from something else. */
  by: ActorKind;
}

type Text = Record<Language, string>;

/** What each step means for whoever did not take it: one table for the API and for the pages. */
const titles: Record<SignUpAction, Text> = {
  APPLY: { zh: "您已被加入名单", en: "You were put on the list" },
  CONSENT: { zh: "监护人已同意您的报名", en: "Your guardian agreed to your sign-up" },
  DECLINE: { zh: "监护人未同意您的报名", en: "Your guardian did not agree to your sign-up" },
  MOVE_UP: { zh: "候补成功，您已获得名额", en: "You moved up and have a place now" },
  WITHDRAW: { zh: "您的报名已被取消", en: "Your sign-up was taken back" },
  CANCEL: { zh: "活动已取消", en: "The activity was called off" },
  POSTPONE: { zh: "活动延期，请留意新的时间", en: "The activity was put off; look out for new times" },
  RESCHEDULE: { zh: "活动已公布新的时间", en: "The activity has new times" },
  CHECK_IN: { zh: "已为您签到", en: "You were checked in" },
  CHECK_OUT: { zh: "已为您签退", en: "You were checked out" },
  MISS: { zh: "您未签到，已记为缺席", en: "You did not come, which was noted" },
  RESOLVE: { zh: "负责人已处理您的考勤", en: "The lead settled your attendance" },
};
const consentAsked: Text = {
  zh: "未成年人报名，等待您的同意",
  en: "A minor signed up and waits for your consent",
};
const overByNow: Text = { zh: "活动已结束，您的报名随之取消", en: "The activity is over, and your sign-up with it" };
const letGo: Text = { zh: "活动已改期，您的报名已取消", en: "With the new times your sign-up was ended" };

export function noticeTitle({ kind, action, state, by }: Told, language: Language): string {
  if (kind === "GUARDIAN_CONSENT_ASKED") return consentAsked[language];
  if (action === "CANCEL" && by === "SYSTEM") return overByNow[language];
  if (action === "RESCHEDULE" && state === "WITHDRAWN") return letGo[language];
  return titles[action][language];
}
