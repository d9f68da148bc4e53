import type { Sentences } from "./sentence";

/** Help for time, and the relatives who ask for it. */
export const orders: Sentences = {
  IN_THE_PAST: [
    { en: "It is {now}.", zh: "现在是{now}。" },
    { en: "The help was needed until {neededTo}.", zh: "这一单的服务时间到{neededTo}为止。" },
  ],
  TOO_FAR_AHEAD: [
    { whole: true, en: "Help may be asked for until {latest}.", zh: "目前最远可预约到{latest}，请改选日期。" },
  ],
  NO_CLAIM: [
    {
      whole: true,
      en: "Help is for people from the age of {minAge}, and for those whom the station lists as in need.",
      zh: "未满 {minAge} 周岁，也不在重点对象名单内，不能兑换服务；如情况特殊，请联系所在社工站。",
    },
    {
      whole: true,
      en: "The account pays only for those whom the station lists as in need: {payFrom}.",
      zh: "“{payFrom}”只用于重点对象名单内的服务对象；如情况特殊，请联系所在社工站。",
    },
  ],
  PROXY_LIMIT: [
    {
      whole: true,
      en: "At most {proxiesMost} relatives act for one elder at a time.",
      zh: "每位老人同时最多有 {proxiesMost} 名亲情代理人，现已满。",
    },
    {
      whole: true,
      en: "A family proxy takes at most {stepsMost} steps in a day.",
      zh: "亲情代理人每日最多办理 {stepsMost} 次，今日已用完，请明日再办。",
    },
  ],
};
