import type { Words } from "./words";

/** The first page. */
export const homeWords = {
  homeTitle: { zh: "每一小时善意，都有记录", en: "Every hour of kindness, on record" },
  howOne: {
    zh: "报名一个班次，到场扫码签到，离开时签退。服务时长会自动登记。",
    en: "Sign up for a shift, check in with the code at the venue and check out when you leave: your hours are recorded by themselves.",
  },
  howTwo: {
    zh: "经他人确认后，计入您的可用时间，每一笔都写明依据。换取服务的功能尚在建设中。",
    en: "Once another person has confirmed them, they count as your time, each entry with the rule behind it. Spending time on help is not built yet.",
  },
  campaigns: { zh: "专题活动", en: "Campaigns" },
  noCampaigns: { zh: "暂时还没有专题活动。", en: "There is no campaign yet." },
} as const satisfies Words;
