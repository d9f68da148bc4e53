import type { Words } from "./words";

/** The first page. */
export const homeWords = {
  homeTitle: { zh: "每一小时善意，都有记录", en: "Every hour of kindness, on record" },
  howOne: {
    zh: "报名一个班次，到场扫码签到，离开时签退。服务时长会自动登记。",
    en: "Sign up for a shift, check in with the code at the venue and check out when you leave: your hours are recorded by themselves.",
  },
  howTwo: {
    zh: "经他人确认后，计入您的可用时间。您可以用它换取服务，也可以捐入公共时间池。",
    en: "Once another person has confirmed them, you may spend them on help, or give them to the public pool for others.",
  },
  campaigns: { zh: "专题活动", en: "Campaigns" },
  noCampaigns: { zh: "暂时还没有专题活动。", en: "There is no campaign yet." },
} as const satisfies Words;
