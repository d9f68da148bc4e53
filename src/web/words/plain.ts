import type { Words } from "./words";

/** Pages for what was not found, refused or not understood. */
export const plainWords = {
  missingTitle: { zh: "没有找到这个页面", en: "Not found" },
  missingText: {
    zh: "请检查网址，或返回首页。内容也可能尚未公布。",
    en: "There is no such page, or it is not announced yet.",
  },
  cannotTitle: { zh: "无法完成", en: "That did not work" },
  faultNumber: {
    zh: "请稍后再试。如需反映，请告知编号 {requestId}。",
    en: "Please try again in a while. If you tell us about it, name {requestId}.",
  },
  toHome: { zh: "返回首页", en: "To the first page" },
  formForeign: {
    zh: "这个表单不是从本网站提交的，未作任何更改。",
    en: "This form was not sent from this site. Nothing was changed.",
  },
  formTooLarge: { zh: "提交的内容过大，未作任何更改。", en: "Too much was sent. Nothing was changed." },
  formUnread: { zh: "无法识别提交的内容，未作任何更改。", en: "What was sent cannot be read. Nothing was changed." },
  methodTitle: { zh: "此地址不支持该请求方法。", en: "This address does not answer that method." },
  whatToDo: { zh: "可以这样做：", en: "What you can do:" },
} as const satisfies Words;
