import type { Words } from "./words";

/** Signing in. */
export const signInWords = {
  signInFirst: { zh: "请先登录", en: "Please sign in first" },
  signInFirstWhy: { zh: "登录后会回到这一页。", en: "You will come back to this page." },
  signInTitle: { zh: "登录", en: "Sign in" },
  token: { zh: "登录码", en: "Token" },
  tokenHow: {
    zh: "请粘贴管理员发给您的登录码，到期后需重新登录。",
    en: "Paste your token (JWT). It is kept in a cookie of this browser alone, until it expires or you sign out.",
  },
  tokenRefused: { zh: "登录码无效或已过期，请向管理员要一个新的。", en: "The token is not valid, or has expired." },
  demoRoles: { zh: "演示身份", en: "Demo roles" },
  demoHow: { zh: "演示环境：选择一个身份，直接登录。", en: "This is a demo: pick a role to sign in." },
} as const satisfies Words;
