import type { Words } from "./words";

/** What stands on every page, and words that several pages share. */
export const layoutWords = {
  brand: { zh: "{scheme}", en: "{scheme}" },
  brandLine: { zh: "志愿服务，时时有记", en: "Every hour given, kept" },
  skip: { zh: "跳到正文", en: "Skip to content" },
  menu: { zh: "导航", en: "Navigation" },
  home: { zh: "首页", en: "Home" },
  my: { zh: "我的", en: "Mine" },
  signIn: { zh: "登录", en: "Sign in" },
  signOut: { zh: "退出登录", en: "Sign out" },
  textLarge: { zh: "大字版", en: "Large text" },
  textUsual: { zh: "标准字号", en: "Usual text" },
  otherLanguage: { zh: "English", en: "中文" },
  footer: {
    zh: "{scheme}记录志愿服务时长，所列数字来自只增不改、逐笔可查的账本。",
    en: "{scheme} records volunteers' hours. These figures come from a ledger that only grows, and that is audited entry by entry.",
  },
  open: { zh: "查看", en: "Open" },
  share: { zh: "分享", en: "Share" },
  shareLink: { zh: "页面地址", en: "Address of this page" },
  copy: { zh: "复制", en: "Copy" },
  copied: { zh: "已复制", en: "Copied" },
  next: { zh: "下一步", en: "Next" },
  reason: { zh: "理由", en: "Reason" },
  list: { zh: "报名人员", en: "List" },
  find: { zh: "查找", en: "Find" },
  value: { zh: "数值", en: "Value" },
  of: { zh: "：{what}", en: ": {what}" },
  state: { zh: "状态", en: "State" },
} as const satisfies Words;
