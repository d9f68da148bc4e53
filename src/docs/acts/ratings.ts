import type { Act } from "../../domain/permissions/actors";
import { type ActText, officer, ownAdmin } from "./text";

export const ratings = {
  "rating.run": {
    what: {
      en: "Open a round, move applications on, decide on recusals, confirm; bring a rating down",
      zh: "开设评定批次、推进申报、决定回避、确认；降低或取消等级",
    },
    only: {
      en: "An officer of the whole bank who is not on the committee. To bring a rating down takes two such officers.",
      zh: "不在委员会内的全市范围民政干部。降低或取消等级须两名。",
    },
  },
  "rating.apply": {
    what: { en: "Apply to be rated, withdraw", zh: "申报评定、撤回申报" },
    only: ownAdmin,
  },
  "rating.plead": {
    what: {
      en: "Lay evidence, ask for a recusal or a review, answer a proposal to bring the rating down",
      zh: "提交证据、申请回避与复核、就拟降级陈述申辩",
    },
    only: ownAdmin,
  },
  "rating.score": {
    what: { en: "Give points", zh: "打分" },
    only: {
      en: "Nobody of the organisation, or too soon after leaving it (`orgEval.recusalYears`).",
      zh: "现任或离任不久（`orgEval.recusalYears`）的本组织人员须回避。",
    },
  },
  "rating.vote": {
    what: { en: "Vote", zh: "表决" },
    only: {
      en: "Members of the round's committee, by name. Nobody of the organisation, or too soon after leaving it (`orgEval.recusalYears`).",
      zh: "本轮委员会委员（记名）；现任或离任不久（`orgEval.recusalYears`）的本组织人员须回避。",
    },
  },
  "rating.review": {
    what: { en: "Hear a review", zh: "复核" },
    only: { en: "A reviewer who is not on the committee.", zh: "不在委员会内的复核委员。" },
  },
  "rating.judge": { what: { en: "See the sheets and votes of a case", zh: "查看评分与表决" } },
  "rating.see": {
    what: { en: "See the evidence, recusals and steps of an application", zh: "查看申报的证据、回避与步骤" },
  },
  "feedback.give": {
    what: { en: "Say what one thinks of a platform", zh: "评价平台" },
    only: {
      en: "Staff of organisations in its division after a time (`platformStar.memberDays`), and volunteers with a confirmed record there; never its own staff.",
      zh: "其辖区内组织任职满期（`platformStar.memberDays`）的工作人员、在辖区内有已确认记录的志愿者；平台本身的工作人员除外。",
    },
  },
  "spotCheck.run": {
    what: {
      en: "Publish a seed, draw a sample, write down what a spot check found",
      zh: "封存并公布抽查号、抽取样本、登记抽查结果",
    },
    only: { en: "An officer of the whole bank; never of one's own.", zh: "全市范围的民政干部；不得涉及本人或本组织。" },
  },
  "spotCheck.see": {
    what: { en: "Draw a sample, see all spot checks", zh: "抽样、查看全部抽查" },
    only: { en: "What is published is everybody's, as numbers.", zh: "已公布的数量任何人可见。" },
  },
  "spotCheck.answer": { what: { en: "See the checks of an organisation's records", zh: "查看对本组织记录的抽查" } },
  "indicators.report": {
    what: { en: "Close and report a month", zh: "办理月度上报" },
    only: officer,
  },
  "indicators.see": {
    what: { en: "See the indicators", zh: "查看民政指标" },
    only: { en: "A supervisor: of the own division.", zh: "站长限本辖区。" },
  },
} satisfies Partial<Record<Act, ActText>>;
