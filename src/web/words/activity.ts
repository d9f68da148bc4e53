import type { Words } from "./words";

/** An activity's page. */
export const activityWords = {
  organization: { zh: "主办单位", en: "Organisation" },
  placesLeft: { zh: "余 {count} 个名额", en: "{count} places left" },
  onePlaceLeft: { zh: "余 1 个名额", en: "1 place left" },
  full: { zh: "名额已满，可候补", en: "Full; you can wait" },
  activity_DRAFT: { zh: "草稿", en: "Draft" },
  activity_UNDER_REVIEW: { zh: "审核中", en: "Under review" },
  activity_PUBLISHED: { zh: "报名中", en: "Open" },
  activity_POSTPONED: { zh: "已延期", en: "Postponed" },
  activity_ONGOING: { zh: "进行中", en: "Under way" },
  activity_ENDED: { zh: "已结束", en: "Ended" },
  activity_RECORDING: { zh: "时长登记中", en: "Recording hours" },
  activity_CLOSED: { zh: "已办结", en: "Closed" },
  activity_CANCELLED: { zh: "已取消", en: "Cancelled" },
  cancelledBanner: {
    zh: "本活动已取消，请勿前往。已报名的志愿者会在“我的”里收到通知。",
    en: "This activity is cancelled. Please do not come; everybody who signed up finds a notice under “Mine”.",
  },
  postponedBanner: {
    zh: "本活动已延期，新的时间确定后会在此公布；报名继续有效。",
    en: "This activity is postponed. The new time will stand here; sign-ups stay valid.",
  },
  about: { zh: "活动介绍", en: "About" },
  shifts: { zh: "班次", en: "Shifts" },
  risk: { zh: "风险提示", en: "Risks" },
  insurance: { zh: "保险", en: "Insurance" },
  contact: { zh: "咨询", en: "Contact" },
  openToMinors: { zh: "未成年人可参加，须监护人同意", en: "Open to minors with a guardian's consent" },
  adultsOnly: { zh: "仅限成年人", en: "Adults only" },
  hazardous: { zh: "有一定危险性", en: "Hazardous" },
  timesToCome: { zh: "{name}（延期，新时间待公布）", en: "{name} (put off, new times to be announced)" },
  leadPage: { zh: "负责人页面", en: "Lead's page" },
} as const satisfies Words;
