import { ourDefault, type Parameter } from "../parameter";
import type { CreditGround } from "../values";

/** Grounds with a source in law or in a published rule; no-shows are ours, and no person's record is ever public. */
const creditGrounds: CreditGround[] = (
  [
    ["FORGED_SERVICE_RECORDS", "伪造、变造志愿服务记录", "Forged service records", "ADVERSE", true],
    ["ILLEGAL_VOLUNTEERING", "违法开展志愿服务", "Unlawful volunteering", "ADVERSE", true],
    ["MALICIOUS_NO_SHOW", "恶意缺席", "No-show in bad faith", "ADVERSE", false],
    ["REPEATED_NO_SHOWS", "一年内多次无故缺席", "Repeated no-shows within a year", "ADVERSE", false],
    ["GOOD_SERVICE", "志愿服务表现突出", "Outstanding service", "TRUSTWORTHY", true],
    ["HONOURED", "获得表彰奖励", "Honoured for service", "TRUSTWORTHY", true],
  ] as const
).map(([code, label, labelEn, kind, isPublic]) => ({ code, label, labelEn, kind, public: isPublic }));

export const creditRecordsParameters = {
  "credit.grounds": {
    label: { en: "Grounds for which a credit record may be opened", zh: "信用记录的事由" },
    shape: "creditGrounds",
    value: creditGrounds,
    citation:
      "《浙江省志愿服务条例》第三十一条；《中华人民共和国慈善法》（2023）第一百零一条；《成都市龙泉驿区志愿者管理办法》（未到场）；《浙江省公共信用信息管理条例》第十五条",
    status: "CITED",
  },
  "credit.answerWorkingDays": {
    label: { en: "Working days in which a notice may be answered", zh: "收到告知后陈述申辩的工作日数" },
    shape: "count",
    most: 60,
    value: 5,
    citation: "《浙江省公共信用信息管理条例》第二十八条（告知、陈述申辩）；五个工作日为本市自行规定",
    status: "OURS",
  },
  "credit.objectionWorkingDays": {
    label: { en: "Working days in which an objection is decided", zh: "信用异议处理的工作日数" },
    shape: "count",
    most: 60,
    value: 5,
    citation: "《浙江省公共信用信息管理条例》第三十一条",
    status: "CITED",
  },
  "credit.objectionMostWorkingDays": {
    label: { en: "Working days to which that can be extended, in all", zh: "信用异议处理延长后的总工作日数" },
    shape: "count",
    most: 60,
    value: 20,
    citation: "《浙江省公共信用信息管理条例》第三十一条",
    status: "CITED",
  },
  "credit.repairWorkingDays": {
    label: { en: "Working days in which a repair is decided", zh: "信用修复处理的工作日数" },
    shape: "count",
    most: 60,
    value: 20,
    citation: "《浙江省公共信用信息管理条例》第三十二条；二十个工作日为本市自行规定",
    status: "OURS",
  },
  "credit.adverseRetentionYears": {
    label: { en: "Years from its finding for which an adverse record is kept", zh: "不良信息自认定之日起的保存年数" },
    shape: "count",
    most: 5,
    value: 5,
    citation: "《浙江省公共信用信息管理条例》第十六条",
    status: "CITED",
  },
  "credit.trustworthyRetentionYears": {
    label: {
      en: "Years from its finding for which a trustworthy record is kept",
      zh: "守信信息自认定之日起的保存年数",
    },
    shape: "count",
    most: 20,
    value: 5,
    citation: ourDefault,
    status: "OURS",
  },
  "credit.undecidedDays": {
    label: { en: "Days after which a record that nobody decided about is erased", zh: "未作认定的记录的保存天数" },
    shape: "count",
    most: 366,
    value: 180,
    citation: ourDefault,
    status: "OURS",
  },
  "credit.letGoDays": {
    label: { en: "Days for which a record that was let go can be read", zh: "不予认定或撤销的记录可查阅的天数" },
    shape: "count",
    most: 366,
    value: 30,
    citation: ourDefault,
    status: "OURS",
  },
} as const satisfies Record<string, Parameter>;
