import type { Words } from "./words";

/** Coming in by an invitation's code. */
export const joinWords = {
  haveCode: { zh: "我有邀请码", en: "I have an invitation code" },
  joinTitle: { zh: "使用邀请码", en: "Your invitation" },
  joinLead: {
    zh: "社工站给您的邀请单上有十位邀请码。用它登录后，就能看到已为您登记的内容。",
    en: "Your station gave you a card with a code of ten letters and digits. With it you reach what was registered for you.",
  },
  joinCode: { zh: "邀请码", en: "Code" },
  joinHow: {
    zh: "大小写、空格和横线都可以。每小时最多可以输错 {most} 次。",
    en: "Small or capital letters, spaces and dashes are all read. Wrong tries allowed an hour: {most}.",
  },
  joinSignIn: { zh: "登录并继续", en: "Sign in and go on" },
  joinAs_VOLUNTEER: {
    zh: "{organization}邀请{name}作为志愿者登录。",
    en: "{organization} invites {name} to sign in as a volunteer.",
  },
  joinAs_STAFF: {
    zh: "{organization}邀请{name}作为工作人员登录。",
    en: "{organization} invites {name} to sign in as a member of its staff.",
  },
  joinAs_GUARDIAN: {
    zh: "{organization}邀请{name}作为未成年人的监护人登录。",
    en: "{organization} invites {name} to sign in as the guardian of a minor.",
  },
  joinCodeIs: { zh: "邀请码 {code}", en: "Code {code}" },
  joinAccept: { zh: "是我，确认加入", en: "This is me: join" },
  joinNotMe: {
    zh: "如果不是您，请不要确认，并把邀请单交还社工站。",
    en: "If this is not you, do not join, and give the card back to the station.",
  },
} as const satisfies Words;
