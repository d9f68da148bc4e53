import { ourDefault, type Parameter } from "../parameter";
import { type Band, departedVotes, sheetRules, type Weight } from "../values";

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

export const ratingsParameters = {
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
      en: "Days for which a person is on an organisation's staff before their stars for a platform count",
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
    label: { en: "Years after leaving an organisation in which a person does not judge it", zh: "离职后须回避的年数" },
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
} as const satisfies Record<string, Parameter>;
