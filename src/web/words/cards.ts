import type { Words } from "./words";

/** The invitations that a station prints. */
export const cardsWords = {
  cardsTitle: { zh: "{organization}邀请单", en: "Invitations of {organization}" },
  cardTitle: { zh: "{organization}邀请您", en: "{organization} invites you" },
  cardNumber: { zh: "志愿者编号 {number}", en: "Volunteer number {number}" },
  cardQr: { zh: "邀请二维码", en: "Your invitation as a QR code" },
  cardScan: {
    zh: "打开手机相机或微信，扫一扫右边的方块图。",
    en: "Open the camera of your phone and hold it over the square.",
  },
  cardSignIn: { zh: "按页面提示登录。", en: "Sign in as the page says." },
  cardPress: { zh: "看到自己的姓名后，按“是我，确认加入”。", en: "When you see your name, press “This is me: join”." },
  cardByHand: {
    zh: "扫不了码？在浏览器打开{address}，输入上面的十位邀请码。没有智能手机，请带本单到社工站，工作人员帮您办理。",
    en: "No camera? Open {address} and type the code above. No phone? Bring this card to the station.",
  },
  cardUntil: { zh: "只能用一次，{day}前有效。", en: "It works once, and before {day}." },
  cardKeep: { zh: "这张单子只给您本人，请不要转给别人。", en: "This card is for you alone: give it to nobody." },
} as const satisfies Words;
