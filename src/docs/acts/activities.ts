import type { Act } from "../../domain/permissions/actors";
import { type ActText, never, ownOrganization } from "./text";

export const activities = {
  "campaign.create": { what: { en: "Make and revise campaigns", zh: "设立与修改专题活动" } },
  "campaign.history": { what: { en: "See a campaign's revisions", zh: "查看专题活动的修改经过" } },
  "activity.create": {
    what: { en: "Write and change an activity", zh: "撰写与修改活动" },
    only: ownOrganization,
  },
  "activity.submit": { what: { en: "Hand an activity in for review", zh: "提交活动送审" } },
  "activity.review": {
    what: { en: "Give an activity back to its authors", zh: "退回活动" },
    only: {
      en: "At the organisation or at a station of its division; never an author.",
      zh: "本组织或所在镇乡街道站点；不得为撰写人。",
    },
  },
  "activity.publish": {
    what: { en: "Publish an activity", zh: "发布活动" },
    only: { en: "As above.", zh: "同上。" },
  },
  "activity.publishLarge": {
    what: {
      en: "Publish an activity with many people (`activity.officerReviewOver`), for minors, with hazards or outside the county",
      zh: "发布人数较多（`activity.officerReviewOver`）、涉及未成年人、有危险或出县的活动",
    },
  },
  "activity.run": {
    what: {
      en: "Run an activity: start, end, close, postpone, cancel, drop a shift",
      zh: "主持活动：开始、结束、办结、延期、取消、取消班次",
    },
  },
  "activity.see": {
    what: { en: "See drafts", zh: "查看草稿" },
    only: { en: "The organisation's own people and its reviewers.", zh: "主办方与审核人。" },
  },
  "activity.signals": { what: { en: "See signals of invented attendance", zh: "查看疑似虚构到场的信号" } },
  "fundraising.plan": { what: { en: "Enter a fundraising's plan", zh: "录入募捐方案" } },
  "fundraising.disclose": {
    what: { en: "Note what a fundraising has disclosed", zh: "登记募捐信息的公开日期" },
    only: { en: "The activity's own admin.", zh: "限该活动的管理员。" },
  },
  "signUp.make": { what: { en: "Sign up for a shift", zh: "报名班次" } },
  "signUp.withdraw": { what: { en: "Withdraw a sign-up", zh: "取消报名" } },
  "signUp.consent": {
    what: { en: "Consent to a minor's sign-up", zh: "同意未成年人报名" },
    only: {
      en: "The linked guardian; the minor's own station, which says where the paper is; never the organiser as such. A volunteer who turned 18 while it waited decides alone.",
      zh: "已关联的监护人；该未成年人所属站点（须写明书面同意存放处）；主办方不得代为同意。等待期间已成年的，由本人决定。",
    },
  },
  "signUp.see": {
    what: { en: "See who signed up, by name and number", zh: "按姓名与编号查看报名者" },
    only: { en: "The activity's own organisation.", zh: "限活动主办方。" },
  },
  "signUp.blame": { what: { en: "Say that a no-show was in bad faith, and take it back", zh: "认定或撤销恶意未到场" } },
  "signUp.resolve": { what: { en: "Resolve what is missing in a sign-up", zh: "处理报名的缺漏" }, only: never },
  "attendance.self": {
    what: { en: "Check in by the code, check out, take one's check-out back", zh: "扫码签到、签退、撤回签退" },
  },
  "attendance.tick": {
    what: { en: "Check people in and out, take their check-out back", zh: "代为签到、签退、撤回签退" },
    only: never,
  },
} satisfies Partial<Record<Act, ActText>>;
