import type { IndicatorTarget, Population } from "../indicators";
import type { VillageKind } from "../organizations";
import {
  type Band,
  type CreditGround,
  departedVotes,
  type Occasion,
  type ServiceType,
  sheetRules,
  type Weight,
} from "./values";

export const policyStatuses = ["CITED", "MEMORY", "OURS"] as const;
export type PolicyStatus = (typeof policyStatuses)[number];

/** The citation of a value that no paper sets. */
const ourDefault = "本平台默认规定（无上级文件依据）";

type Shape =
  | "count"
  | "text"
  | "choice"
  | "catalogue"
  | "calendar"
  | "hours"
  | "villageKinds"
  | "occasions"
  | "creditGrounds"
  | "targets"
  | "populations"
  | "starWeights"
  | "weights"
  | "bands";
export interface Parameter {
  label: { en: string; zh: string };
  shape: Shape;
  /** The least and the most a count may be: no value that can be set may bring a rule to a number it cannot count. */
  least?: number;
  most?: number;
  /** What a choice is between. */
  oneOf?: readonly string[];
  value: unknown;
  citation: string;
  status: PolicyStatus;
}

const catalogue: ServiceType[] = (
  [
    ["ESCORT_OUTING", "陪同外出", "Going along", false, true],
    ["COMPANION_TALK", "聊天陪伴", "Company and talk", false, true],
    ["MEAL_DELIVERY", "送餐", "Meal delivery", false, true],
    ["HOUSE_CLEANING", "保洁", "House cleaning", false, true],
    ["LAUNDRY", "洗涤", "Laundry", false, true],
    ["HAIRDRESSING", "理发", "Hairdressing", false, true],
    ["SMALL_REPAIR", "小家电维修", "Small repairs", false, false],
    ["SMART_DEVICE_HELP", "智能设备指导", "Smart device help", false, true],
    ["ANTI_FRAUD_TALK", "防诈宣讲", "Anti-fraud talk", false, true],
    ["FREE_CLINIC", "义诊", "Free clinic", true, false],
    ["STUDY_HELP", "课业辅导", "Study help", false, true],
    ["ENVIRONMENT", "环境整治", "Environment", false, true],
    ["MEDIATION", "纠纷调解", "Mediation", false, false],
    ["PATROL", "平安巡防", "Safety patrol", false, false],
    ["DISABILITY_SUPPORT", "助残", "Disability support", false, true],
    ["FESTIVAL_EVENT", "大型活动", "Large event", false, true],
  ] as const
).map(([code, label, labelEn, needsQualification, openToMinors]) => ({
  code,
  label,
  labelEn,
  needsQualification,
  openToMinors,
}));

/** The seed policy does not name the five; these are candidates (domain.md 5.2), and the office sets its own. */
const villageKinds: VillageKind[] = (
  [
    ["ELDERS_COUNCIL", "乡贤参事会", "Council of elders", true],
    ["WEDDINGS_FUNERALS_COUNCIL", "红白理事会", "Council for weddings and funerals", true],
    ["MEDIATION_COUNCIL", "邻里纠纷调解会", "Mediation council", true],
    ["SAFETY_PATROL", "平安巡防队", "Safety patrol", true],
    ["VOLUNTEER_OR_CULTURE_TEAM", "志愿服务队或文体团队", "Volunteer or culture team", true],
    ["LOCAL_SPECIALTY", "地方特色组织", "Local speciality", false],
  ] as const
).map(([code, label, labelEn, core]) => ({ code, label, labelEn, core }));

/** Extreme weather and festivals ask for a visit more (domain.md 2.1 I); the office adds each year's days. */
const occasions: Occasion[] = (
  [
    ["SPRING_FESTIVAL", "春节前", "Before the Spring Festival", "2026-02-07", "2026-02-16"],
    ["HEAT", "高温", "Great heat", "2026-07-16", "2026-08-15"],
    ["DOUBLE_NINTH", "重阳节", "Double Ninth Festival", "2026-10-12", "2026-10-18"],
  ] as const
).map(([code, label, labelEn, from, until]) => ({ code, label, labelEn, from, until }));

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

/** Section one of the county's opinion and its items 6, 10 and 11; shares in percent. */
const targets: IndicatorTarget[] = (
  [
    ["SOCIAL_ORGANIZATIONS", 45, "第一部分：每万人拥有登记和备案社会组织 45 个"],
    ["CERTIFIED_SOCIAL_WORKERS", 1500, "第一部分：持证社会工作专业人才 1500 人"],
    ["VISIT_RATE", 100, "第6项：重点对象月探访率 100%"],
    ["PARTY_SERVICE_CENTERS", 5, "第10项：示范型社会组织党群服务中心 5 家"],
    ["SOCIAL_WORK_AGENCIES", 15, "第11项：社会工作服务机构 15 家"],
    ["NEW_SOCIAL_WORK_AGENCIES", 1, "第11项：每年重点培育至少 1 家社会工作服务机构"],
    ["STATION_COVERAGE", 100, "第11项：乡镇（街道）社会工作站全覆盖"],
  ] as const
).map(([key, target, item]) => ({ key, target, citation: `《诸暨市推进新时代民政事业高质量发展的意见》${item}` }));
const populations: Population[] = [];

/** Ours: the county's opinion names the stars, and not what they are counted from. */
const starWeights: Weight[] = (
  [
    ["RECORDS_ON_TIME", "记录按时率", "Services recorded in time", 200],
    ["DISPUTES_UPHELD", "异议维持率", "Objections that left the record as it was", 150],
    ["CONFIRMED_HOURS", "确认服务时长", "Confirmed hours of service", 200],
    ["VISIT_RATE", "探访率", "People on the list who were visited", 150],
    ["DISCLOSED_IN_TIME", "募捐公开按时率", "Fundraisings disclosed in time", 100],
    ["MEMBER_FEEDBACK", "成员评价", "What members think", 200],
  ] as const
).map(([code, label, labelEn, weight]) => ({ code, label, labelEn, weight }));
const starBands: Band[] = [1, 2, 3, 4, 5].map((level) => ({ level, from: 400 + level * 100 }));

/** [EVAL39 §8] names the parts; what each is worth is ours. */
const evaluationWeights: Weight[] = (
  [
    ["FOUNDATION_CONDITIONS", "基础条件", "Foundations", 100],
    ["GOVERNANCE", "内部治理", "Governance", 350],
    ["PERFORMANCE", "工作绩效", "Performance", 400],
    ["SOCIAL_REPUTATION", "社会评价", "Reputation", 150],
  ] as const
).map(([code, label, labelEn, weight]) => ({ code, label, labelEn, weight }));
const evaluationBands: Band[] = [601, 801, 851, 901, 951].map((from, i) => ({ level: i + 1, from }));

/** No count needs more: 16,666 hours. */
export const countMost = 1_000_000;
/** The most an account may ever hold, whatever the cap of the day is: the database keeps this one itself. */
export const balanceMost = countMost;

/** Every parameter the rules read, with the value a new bank starts from (domain.md 2.1). */
export const parameters = {
  "record.deadlineWorkingDays": {
    label: { en: "Working days after a service within which it is recorded", zh: "服务结束后须完成记录的工作日数" },
    shape: "count",
    most: 250,
    value: 10,
    citation: "《志愿服务记录与证明出具办法（试行）》第十一条",
    status: "CITED",
  },
  "record.minSessionMinutes": {
    label: { en: "Shortest session that counts", zh: "单次计入的最短时长" },
    shape: "count",
    most: 1440,
    value: 30,
    citation: ourDefault,
    status: "OURS",
  },
  "record.maxSessionMinutes": {
    label: { en: "Longest session that counts", zh: "单次服务的最长时长" },
    shape: "count",
    most: 1440,
    value: 480,
    citation: ourDefault,
    status: "OURS",
  },
  "record.maxPerDayMinutes": {
    label: { en: "Minutes of one civil day above which two people confirm", zh: "单日超过即须两人确认的分钟数" },
    shape: "count",
    most: 1440,
    value: 600,
    citation: ourDefault,
    status: "OURS",
  },
  "record.backfill.windowDays": {
    label: { en: "Days after a service within which it may be back-filled", zh: "服务结束后可补录的天数" },
    shape: "count",
    most: 3650,
    value: 90,
    citation: ourDefault,
    status: "OURS",
  },
  "record.backfill.approvers": {
    label: { en: "People who confirm a back-filled record", zh: "补录须确认的人数" },
    shape: "count",
    least: 2,
    most: 2,
    value: 2,
    citation: ourDefault,
    status: "OURS",
  },
  "record.correction": {
    label: { en: "How a posted record is corrected", zh: "已入账记录的更正方式" },
    shape: "text",
    value: "objection, hold, reversal",
    citation: "《志愿服务记录与证明出具办法（试行）》第十三条",
    status: "CITED",
  },
  "credit.ratePerServiceHour": {
    label: { en: "Credit minutes for 60 service minutes", zh: "每服务 60 分钟可得的可用时间（分钟）" },
    shape: "count",
    most: 600,
    value: 60,
    citation: "《上海市养老服务时间银行实施方案》（2026）；海口市同（1 小时 = 1）",
    status: "CITED",
  },
  "credit.granularityMinutes": {
    label: {
      en: "Step of credit, floored on the cumulative total",
      zh: "可用时间的计入单位（分钟），按累计总数向下取整",
    },
    shape: "count",
    most: 1440,
    value: 30,
    citation: ourDefault,
    status: "OURS",
  },
  "credit.minAge": {
    label: { en: "Age on the service's day from which it earns credit", zh: "服务当日可得可用时间的最低年龄" },
    shape: "count",
    most: 120,
    value: 14,
    citation: ourDefault,
    status: "OURS",
  },
  "credit.balanceCapMinutes": {
    label: { en: "Most credit an account may hold", zh: "账户可用时间的存储上限" },
    shape: "count",
    most: balanceMost,
    value: 90_000,
    citation: "《南京市养老服务时间银行实施方案（试行）》（2019）",
    status: "CITED",
  },
  "record.minAttendancePercent": {
    label: { en: "Share of a shift, in percent, that must be attended", zh: "计入时长须达到的班次比例（百分数）" },
    shape: "count",
    most: 100,
    value: 60,
    citation: "云南省青年志愿服务平台：60%",
    status: "CITED",
  },
  "activity.officerReviewOver": {
    label: { en: "People above which an officer reviews an activity", zh: "超过即由民政部门审核的活动人数" },
    shape: "count",
    most: 100000,
    value: 200,
    citation: ourDefault,
    status: "OURS",
  },
  "signUp.lateCancelHours": {
    label: {
      en: "Hours before a shift from which a withdrawal counts as a no-show",
      zh: "班次开始前多少小时内取消记为未到场",
    },
    shape: "count",
    most: 168,
    value: 24,
    citation: ourDefault,
    status: "OURS",
  },
  "noShow.deregisterPerYear": {
    label: {
      en: "No-shows of a calendar year after which a volunteer is due to be struck off",
      zh: "一年内达到即应注销的未到场次数",
    },
    shape: "count",
    least: 2,
    most: 100,
    value: 5,
    citation: "《成都市龙泉驿区志愿者管理办法》",
    status: "CITED",
  },
  "noShow.maliciousPerYear": {
    label: {
      en: "No-shows in bad faith of a calendar year with the same consequence",
      zh: "一年内达到即应注销的恶意未到场次数",
    },
    shape: "count",
    least: 2,
    most: 100,
    value: 3,
    citation: "《成都市龙泉驿区志愿者管理办法》",
    status: "CITED",
  },
  "volunteer.minorMinAge": {
    label: { en: "Age below which a child comes only with somebody", zh: "须有人陪同参加的年龄（低于）" },
    shape: "count",
    most: 18,
    value: 14,
    citation:
      "《中华人民共和国个人信息保护法》第三十一条；《中华人民共和国未成年人保护法》第七十二条；《浙江省志愿服务条例》第九条",
    status: "CITED",
  },
  "checkIn.opensMinutesBefore": {
    label: { en: "Minutes before a shift at which check-in opens", zh: "班次开始前多少分钟开放签到" },
    shape: "count",
    most: 1440,
    value: 60,
    citation: ourDefault,
    status: "OURS",
  },
  "checkIn.closesMinutesAfter": {
    label: {
      en: "Minutes after a shift until which one may check out, and after which it is noted who did not come",
      zh: "班次结束后多少分钟内可签退，逾时未到者记为未到场",
    },
    shape: "count",
    most: 1440,
    value: 240,
    citation: ourDefault,
    status: "OURS",
  },
  "checkIn.lateSendingHours": {
    label: { en: "Hours within which a check-in made without a network may be sent", zh: "离线签到可补传的小时数" },
    shape: "count",
    most: 12,
    value: 12,
    citation: ourDefault,
    status: "OURS",
  },
  "fundraising.filingLeadDays": {
    label: { en: "Days before a fundraising by which its plan is filed", zh: "募捐方案须提前备案的天数" },
    shape: "count",
    most: 60,
    value: 7,
    citation: "《浙江省实施〈中华人民共和国慈善法〉办法》第十三条",
    status: "CITED",
  },
  "fundraising.emergencyFilingDays": {
    label: {
      en: "Days after an emergency fundraising begins by which its plan is filed",
      zh: "应急募捐开始后补备案的天数",
    },
    shape: "count",
    most: 60,
    value: 10,
    citation: "《中华人民共和国慈善法》（2023）第七十三条",
    status: "CITED",
  },
  "fundraising.emergencyDisclosureDays": {
    label: { en: "Days between disclosures of an emergency fundraising", zh: "应急募捐信息公开的间隔天数" },
    shape: "count",
    most: 60,
    value: 5,
    citation: "《中华人民共和国慈善法》（2023）第七十二条",
    status: "CITED",
  },
  "fundraising.longMonths": {
    label: { en: "Months above which a fundraising has interim disclosures", zh: "超过即须中期公开的募捐月数" },
    shape: "count",
    most: 60,
    value: 6,
    citation: "《中华人民共和国慈善法》（2023）第七十九条",
    status: "CITED",
  },
  "fundraising.interimDisclosureMonths": {
    label: { en: "Months between interim disclosures", zh: "中期公开的间隔月数" },
    shape: "count",
    most: 60,
    value: 3,
    citation: "《中华人民共和国慈善法》（2023）第七十九条",
    status: "CITED",
  },
  "fundraising.finalDisclosureMonths": {
    label: { en: "Months after its end by which a fundraising is disclosed", zh: "募捐结束后须公开的月数" },
    shape: "count",
    most: 60,
    value: 3,
    citation: "《中华人民共和国慈善法》（2023）第七十九条",
    status: "CITED",
  },
  "redeem.minAge": {
    label: { en: "Age from which help may be asked for", zh: "可兑换服务的最低年龄" },
    shape: "count",
    value: 60,
    citation: "《中华人民共和国老年人权益保障法》第二条",
    status: "CITED",
  },
  "station.minCertifiedWorkers": {
    label: { en: "Certified social workers that a station needs", zh: "社会工作站须有的持证社工人数" },
    shape: "count",
    most: 100,
    value: 3,
    citation: "《浙江省社会工作站建设规划》（2020）",
    status: "CITED",
  },
  "socialWorker.registrationYears": {
    label: { en: "Years for which a social worker is registered", zh: "社会工作者登记的有效年数" },
    shape: "count",
    most: 20,
    value: 3,
    citation: "《社会工作者职业水平证书登记办法》",
    status: "CITED",
  },
  "socialWorker.renewalMonths": {
    label: { en: "Last months of a term in which the next is registered", zh: "有效期届满前可再登记的月数" },
    shape: "count",
    most: 12,
    value: 3,
    citation: "《社会工作者职业水平证书登记办法》",
    status: "CITED",
  },
  "socialWorker.trainingHours": {
    label: {
      en: "Hours of training in a term, from intermediate level",
      zh: "社会工作师及以上每登记周期的继续教育学时",
    },
    shape: "count",
    most: 1000,
    value: 90,
    citation: "《社会工作者继续教育办法》",
    status: "CITED",
  },
  "socialWorker.trainingHoursAssistant": {
    label: { en: "Hours of training in a term, at assistant level", zh: "助理社会工作师每登记周期的继续教育学时" },
    shape: "count",
    most: 1000,
    value: 70,
    citation: "《社会工作者继续教育办法》",
    status: "CITED",
  },
  "duty.hours": {
    label: { en: "Hours of paid duty on a working day", zh: "工作日的在岗时段" },
    shape: "hours",
    value: ["08:30-12:00", "14:00-17:30"],
    citation: ourDefault,
    status: "OURS",
  },
  "record.disputeWorkingDays": {
    label: {
      en: "Working days within which an objection to a record is decided",
      zh: "对服务记录的异议须处理的工作日数",
    },
    shape: "count",
    most: 60,
    value: 5,
    citation: "《志愿服务记录与证明出具办法（试行）》第十三条（及时核实）；五个工作日为本市自行规定",
    status: "OURS",
  },
  "clock.nearWorkingDays": {
    label: { en: "Working days before its date from which a clock is near", zh: "期限临近的工作日数" },
    shape: "count",
    most: 60,
    value: 3,
    citation: ourDefault,
    status: "OURS",
  },
  "villagePoints.base": {
    label: { en: "Points that a household begins a quarter with", zh: "每户每季度的基础积分" },
    shape: "count",
    most: 10_000,
    value: 100,
    citation: "义乌红梅指数（2019）",
    status: "CITED",
  },
  "villagePoints.high": {
    label: { en: "Points from which a household is in the high band", zh: "高分段的最低积分" },
    shape: "count",
    most: 10_000,
    value: 90,
    citation: "义乌红梅指数（2019）",
    status: "CITED",
  },
  "villagePoints.middle": {
    label: { en: "Points from which a household is in the middle band", zh: "中分段的最低积分" },
    shape: "count",
    most: 10_000,
    value: 80,
    citation: "义乌红梅指数（2019）",
    status: "CITED",
  },
  "villagePoints.lateDays": {
    label: { en: "Days within which village points are entered", zh: "积分须录入的天数" },
    shape: "count",
    most: 366,
    value: 31,
    citation: ourDefault,
    status: "OURS",
  },
  "visit.minPerMonth": {
    label: { en: "Visits of a month that everybody on the list is owed", zh: "重点对象每月探访次数" },
    shape: "count",
    most: 8,
    value: 1,
    citation: "《诸暨市推进新时代民政事业高质量发展的意见》第6项；《青海省探访关爱制度》（2022）",
    status: "CITED",
  },
  "visit.listedDays": {
    label: { en: "Days on the list after which a month's visit is owed", zh: "在册满多少天即计入当月应探访" },
    shape: "count",
    most: 31,
    value: 15,
    citation: ourDefault,
    status: "OURS",
  },
  "visit.occasions": {
    label: { en: "Times that ask for a visit more", zh: "须增加探访的时段" },
    shape: "occasions",
    value: occasions,
    citation: "《青海省探访关爱制度》（2022）：极端天气和重大节日增加探访；日期由本市填列",
    status: "OURS",
  },
  "visit.escalateWorkingDays": {
    label: { en: "Working days after which a missed visit goes to the office", zh: "逾期多少个工作日后上报民政局" },
    shape: "count",
    most: 60,
    value: 3,
    citation: ourDefault,
    status: "OURS",
  },
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
    label: { en: "Days after which a record that nobody decided about goes", zh: "未作认定的记录的保存天数" },
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
  "indicator.targets": {
    label: { en: "Targets of the office's indicators, shares in percent", zh: "民政指标的目标值（比例以百分数计）" },
    shape: "targets",
    value: targets,
    citation: "《诸暨市推进新时代民政事业高质量发展的意见》第一部分、第6至12项",
    status: "CITED",
  },
  "indicator.populations": {
    label: { en: "People of each division, for what is counted per ten thousand", zh: "各行政区划的人口数" },
    shape: "populations",
    value: populations,
    citation: "由本平台按统计公报填列",
    status: "OURS",
  },
  "spotCheck.devicePeople": {
    label: { en: "People on one device of a day above which it is worth a look", zh: "同一设备一日内超过即提示的人数" },
    shape: "count",
    most: 1000,
    value: 3,
    citation: ourDefault,
    status: "OURS",
  },
  "spotCheck.burstRecords": {
    label: {
      en: "Records of one house with the same begin and end that are worth a look",
      zh: "同一组织起止时间相同即提示的记录数",
    },
    shape: "count",
    most: 100000,
    value: 30,
    citation: ourDefault,
    status: "OURS",
  },
  "spotCheck.confirmerRecords": {
    label: {
      en: "Records of a month from which one confirmer of nearly all is worth a look",
      zh: "一人确认绝大部分记录即提示的月记录数",
    },
    shape: "count",
    most: 100000,
    value: 20,
    citation: ourDefault,
    status: "OURS",
  },
  "spotCheck.roundRecords": {
    label: {
      en: "Entered records of a month, all on the hour, that are worth a look",
      zh: "一月内均为整点的录入记录达到即提示的条数",
    },
    shape: "count",
    most: 1000,
    value: 4,
    citation: ourDefault,
    status: "OURS",
  },
  "spotCheck.travelMinutes": {
    label: {
      en: "Minutes between two towns below which a way is worth a look",
      zh: "异地两次服务间隔低于即提示的分钟数",
    },
    shape: "count",
    most: 1440,
    value: 15,
    citation: ourDefault,
    status: "OURS",
  },
  "platformStar.weights": {
    label: { en: "What a platform's stars are counted from, of a thousand", zh: "平台星级评定的指标与权重（千分制）" },
    shape: "starWeights",
    value: starWeights,
    citation: "《诸暨市推进新时代民政事业高质量发展的意见》第10项；权重由本平台规定",
    status: "OURS",
  },
  "platformStar.bands": {
    label: { en: "Points of a thousand from which each star is reached", zh: "各星级的最低分（千分制）" },
    shape: "bands",
    value: starBands,
    citation: ourDefault,
    status: "OURS",
  },
  "platformStar.validityYears": {
    label: { en: "Years for which a platform's stars hold", zh: "平台星级的有效年数" },
    shape: "count",
    most: 10,
    value: 2,
    citation: ourDefault,
    status: "OURS",
  },
  "platformStar.reapplyMonths": {
    label: { en: "Last months of a term in which a platform may apply again", zh: "平台星级届满前可再申报的月数" },
    shape: "count",
    most: 120,
    value: 6,
    citation: ourDefault,
    status: "OURS",
  },
  "platformStar.hoursPerYear": {
    label: {
      en: "Confirmed hours of a year that give a platform all points for them",
      zh: "平台确认服务时长得满分的年小时数",
    },
    shape: "count",
    most: 16000,
    value: 1000,
    citation: ourDefault,
    status: "OURS",
  },
  "platformStar.ownHoursPerYear": {
    label: {
      en: "Confirmed hours of its own in a year that give a platform all points for them",
      zh: "平台自身确认服务时长得满分的年小时数",
    },
    shape: "count",
    most: 16000,
    value: 200,
    citation: ourDefault,
    status: "OURS",
  },
  "platformStar.ownPercent": {
    label: {
      en: "How much a platform's own work counts beside its division's, in percent",
      zh: "平台自身工作在各项指标中所占比例（百分数，其余按所服务地区计）",
    },
    shape: "count",
    least: 0,
    most: 100,
    value: 50,
    citation: ourDefault,
    status: "OURS",
  },
  "platformStar.priorCases": {
    label: {
      en: "How many cases a share of a platform begins with, so that few do not decide it",
      zh: "平台各项比例的起始件数（件数少时只计部分权重，不致以一两件定分）",
    },
    shape: "count",
    least: 0,
    most: 1000,
    value: 10,
    citation: ourDefault,
    status: "OURS",
  },
  "platformStar.feedbackWeight": {
    label: {
      en: "How many members at three stars the mean of feedback begins with",
      zh: "成员评价均值的起始人数（按三星计）",
    },
    shape: "count",
    least: 0,
    most: 1000,
    value: 10,
    citation: ourDefault,
    status: "OURS",
  },
  "platformStar.memberDays": {
    label: {
      en: "For how many days somebody is on a house's staff before their word on a platform counts",
      zh: "工作人员任职满多少日后方可评价服务平台",
    },
    shape: "count",
    most: 366,
    value: 90,
    citation: ourDefault,
    status: "OURS",
  },
  "orgEval.weights": {
    label: { en: "The parts of an evaluation, of a thousand", zh: "社会组织评估的内容与分值（千分制）" },
    shape: "weights",
    value: evaluationWeights,
    citation: "《社会组织评估管理办法》第八条；分值由本平台规定",
    status: "OURS",
  },
  "orgEval.bands": {
    label: { en: "Points of a thousand from which each grade is reached", zh: "各评估等级的最低分（千分制）" },
    shape: "bands",
    value: evaluationBands,
    citation: "安庆市社会组织评估（千分制）；1A 由本平台规定",
    status: "OURS",
  },
  "orgEval.validityYears": {
    label: { en: "Years for which an evaluation holds", zh: "评估等级的有效年数" },
    shape: "count",
    most: 10,
    value: 5,
    citation: "《社会组织评估管理办法》第二十八条",
    status: "CITED",
  },
  "orgEval.reapplyMonths": {
    label: { en: "Last months of a term in which an organisation may apply again", zh: "评估等级届满前可再申报的月数" },
    shape: "count",
    most: 120,
    value: 24,
    citation: "《社会组织评估管理办法》第二十九条",
    status: "CITED",
  },
  "orgEval.minRegisteredYears": {
    label: { en: "Full years of registration before an evaluation", zh: "申报评估须登记满的年数" },
    shape: "count",
    most: 20,
    value: 2,
    citation: "《社会组织评估管理办法》第六条",
    status: "CITED",
  },
  "orgEval.recusalYears": {
    label: { en: "Years after leaving a house in which one does not judge it", zh: "离职后须回避的年数" },
    shape: "count",
    most: 20,
    value: 2,
    citation: "《社会组织评估管理办法》第十九条",
    status: "CITED",
  },
  "orgEval.downgradeBanYears": {
    label: { en: "Years without an application after a rating was brought down", zh: "降级后不得申报的年数" },
    shape: "count",
    most: 20,
    value: 2,
    citation: "《社会组织评估管理办法》第三十一条",
    status: "CITED",
  },
  "orgEval.revokeBanYears": {
    label: { en: "Years without an application after a rating was taken away", zh: "取消等级后不得申报的年数" },
    shape: "count",
    most: 20,
    value: 3,
    citation: "《社会组织评估管理办法》第三十一条",
    status: "CITED",
  },
  "orgEval.plaqueDays": {
    label: { en: "Days within which a plaque is returned", zh: "退回评估牌匾的天数" },
    shape: "count",
    most: 365,
    value: 15,
    citation: "《社会组织评估管理办法》第三十三条",
    status: "CITED",
  },
  "orgEval.reviewers": {
    label: { en: "Reviewers who hear a review of an evaluation", zh: "评估复核由几名复核委员审理" },
    shape: "count",
    least: 5,
    most: 9,
    value: 5,
    citation: "《社会组织评估管理办法》第十一条",
    status: "CITED",
  },
  "orgEval.minAssessors": {
    label: { en: "Assessors without whose points an evaluation comes to no result", zh: "评估至少须有几名专家评分" },
    shape: "count",
    most: 25,
    value: 3,
    citation: ourDefault,
    status: "OURS",
  },
  "orgEval.sheetRule": {
    label: {
      en: "How the assessors' sheets become one score: mean, median, or mean without the highest and the lowest",
      zh: "各专家评分的合成方式：平均分、中位数，或去掉最高分和最低分后的平均分",
    },
    shape: "choice",
    oneOf: sheetRules,
    value: "MEAN",
    citation: ourDefault,
    status: "OURS",
  },
  "rating.departedVotes": {
    label: {
      en: "Whether the vote of a member counts who has left the committee since",
      zh: "委员离任后，其已投的票是否计入",
    },
    shape: "choice",
    oneOf: departedVotes,
    value: "KEEP",
    citation: ourDefault,
    status: "OURS",
  },
  "rating.downgradeAnswerWorkingDays": {
    label: {
      en: "Working days in which an organisation may answer before its rating is brought down",
      zh: "拟降级或取消等级时组织陈述申辩的工作日数",
    },
    shape: "count",
    most: 60,
    value: 5,
    citation: ourDefault,
    status: "OURS",
  },
  "platformStar.reviewers": {
    label: { en: "Reviewers who hear a review of a platform's stars", zh: "平台星级复核由几名复核委员审理" },
    shape: "count",
    most: 9,
    value: 1,
    citation: ourDefault,
    status: "OURS",
  },
  "rating.noticeWorkingDays": {
    label: { en: "Working days of a rating's notice", zh: "评定结果公示的工作日数" },
    shape: "count",
    most: 60,
    value: 5,
    citation: ourDefault,
    status: "OURS",
  },
  "onboarding.invitationDays": {
    label: { en: "Days for which a one-time code of an invitation holds", zh: "邀请码的有效天数" },
    shape: "count",
    least: 1,
    most: 90,
    value: 14,
    citation: "本平台默认规定：纸质邀请单发放与使用的合理期限",
    status: "OURS",
  },
  "privacy.keptYears": {
    label: {
      en: "Years for which lines of an erased person that name nobody are kept",
      zh: "删除个人信息后匿名记录的保存年数",
    },
    shape: "count",
    most: 50,
    value: 10,
    citation: "《浙江省公共信用信息管理条例》第二十条（查询记录）；《中华人民共和国个人信息保护法》第四十七条",
    status: "CITED",
  },
  "village.organizationKinds": {
    label: { en: "Kinds of village organisations, 5+X", zh: "村级“5+X”社会组织的类别" },
    shape: "villageKinds",
    value: villageKinds,
    citation: "《诸暨市推进新时代民政事业高质量发展的意见》第10项（五类核心由本市填列）",
    status: "MEMORY",
  },
  "scheme.label": {
    label: { en: "What people see the scheme called", zh: "对外显示的名称" },
    shape: "text",
    value: "善时",
    citation: ourDefault,
    status: "OURS",
  },
  "scheme.serviceCatalogue": {
    label: { en: "Services that may be recorded", zh: "可记录的服务目录" },
    shape: "catalogue",
    value: catalogue,
    citation: "《沪助养老时光汇服务清单》（2026）；诸暨便民服务联盟",
    status: "CITED",
  },
  "calendar.exceptions": {
    label: { en: "Working days added to or taken from the calendar of holidays", zh: "在节假日历之外增减的工作日" },
    shape: "calendar",
    value: { working: [], holidays: [] },
    citation: "《国务院办公厅关于部分节假日安排的通知》",
    status: "CITED",
  },
} as const satisfies Record<string, Parameter>;
export type PolicyKey = keyof typeof parameters;
