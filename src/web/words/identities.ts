import type { Words } from "./words";

/** Ways to sign in. */
export const identitiesWords = {
  waysIn: { zh: "登录方式", en: "Ways to sign in" },
  wayInSince: { zh: "{label}，{at}起", en: "{label}, since {at}" },
  wayInEnded: { zh: "{at}已解除", en: "ended {at}" },
  wayInEnd: { zh: "解除", en: "End" },
  wayInLast: {
    zh: "只剩这一个登录方式时，请到社工站办理解除。手机丢了，也请尽快告诉社工站。",
    en: "Your last way to sign in is ended at your station. Tell the station soon when a phone is lost.",
  },
} as const satisfies Words;
