import type { Words } from "./words";

/** The facts of a fundraising beside an activity. */
export const fundraisingWords = {
  fundraising: { zh: "公开募捐信息公示", en: "Public fundraising: the facts" },
  noDonations: { zh: "本平台不接受任何捐款。", en: "This site takes no donations." },
  fundraiser: { zh: "募捐组织", en: "Fundraising organisation" },
  permitNo: { zh: "公开募捐资格证书", en: "Permit" },
  planFilingNo: { zh: "方案备案编号", en: "Plan filing number" },
  howToQuery: { zh: "查询方式", en: "Where to check" },
  period: { zh: "募捐期限", en: "Period" },
  disclosure: { zh: "信息公开", en: "Disclosure" },
  dueOn: { zh: "应于{day}前公开", en: "due by {day}" },
  disclosure_NOT_DUE: { zh: "尚未到期", en: "Not due yet" },
  disclosure_DUE: { zh: "待公开", en: "Due" },
  disclosure_DISCLOSED: { zh: "已公开", en: "Disclosed" },
  disclosure_DISCLOSED_LATE: { zh: "逾期公开", en: "Disclosed late" },
  disclosure_OVERDUE: { zh: "逾期未公开", en: "Overdue" },
  daysLate: { zh: "逾期 {days} 天", en: "{days} days late" },
} as const satisfies Words;
