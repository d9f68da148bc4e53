import type { Act } from "../../domain/permissions/actors";
import { type ActText, never, ownOrganization } from "./text";

export const hours = {
  "account.see": {
    what: { en: "See a balance and a statement", zh: "查看余额与对账单" },
    only: { en: "Organisations tied to the volunteer by registration or consent.", zh: "因登记或同意而有关系的组织。" },
  },
  "hours.submit": { what: { en: "Hand in one's own hours", zh: "提交本人的服务时长" } },
  "hours.log": {
    what: { en: "Log hours of a volunteer", zh: "登记志愿者的服务时长" },
    only: ownOrganization,
  },
  "hours.import": {
    what: {
      en: "Take over hours from another system (origin `IMPORTED`)",
      zh: "迁入其他系统的时长（来源 `IMPORTED`）",
    },
  },
  "hours.see": { what: { en: "See service records", zh: "查看服务记录" } },
  "hours.confirm": {
    what: { en: "Confirm hours", zh: "确认时长" },
    only: {
      en: "Never what one logged or confirmed already, and never for oneself or one's own family; two people for late or long days; a person from elsewhere where the volunteer is on the station's staff.",
      zh: "不得确认自己录入或已确认的，不得确认本人及近亲属；逾期或超时的须两人；志愿者为本站工作人员的，须站外人员确认。",
    },
  },
  "hours.return": { what: { en: "Return hours for correction", zh: "退回时长" }, only: never },
  "hours.reject": { what: { en: "Reject hours", zh: "驳回时长" }, only: never },
  "hours.void": { what: { en: "Void hours that wait", zh: "作废待确认的时长" } },
  "hours.resubmit": { what: { en: "Hand in returned hours again", zh: "重新提交被退回的时长" } },
  "hours.dispute": { what: { en: "Object to a posted record", zh: "对已入账的记录提出异议" } },
  "hours.resolve": {
    what: { en: "Decide an objection", zh: "处理异议" },
    only: {
      en: "A supervisor who neither confirmed nor adjusted the record; an officer who did not adjust it.",
      zh: "站长须既未确认也未改正过该记录；民政干部须未改正过该记录。",
    },
  },
  "hours.reverse": {
    what: { en: "Reverse a posted record", zh: "冲正已入账的记录" },
    only: {
      en: "A supervisor who neither confirmed nor adjusted the record; any officer.",
      zh: "站长须既未确认也未改正过该记录；民政干部不限。",
    },
  },
  "points.award": {
    what: {
      en: "Register a household, move it, split it, name its head, give or take village points",
      zh: "登记农户、迁移、分户、登记户主、加减积分",
    },
    only: { en: "A station of its division or of one above it.", zh: "所在镇乡街道及以上站点。" },
  },
  "points.see": { what: { en: "See a village's board", zh: "查看村积分榜" } },
  "policy.set": { what: { en: "Set a policy", zh: "设定政策" } },
  "ledger.see": { what: { en: "See what circulates", zh: "查看流通量" } },
} satisfies Partial<Record<Act, ActText>>;
