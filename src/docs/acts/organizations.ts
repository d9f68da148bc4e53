import type { Act } from "../../domain/permissions/actors";
import { type ActText, officer } from "./text";

export const organizations = {
  "division.set": {
    what: { en: "Set divisions", zh: "设定行政区划" },
    only: officer,
  },
  "organization.register": { what: { en: "Register an organisation", zh: "登记组织" } },
  "organization.describe": {
    what: {
      en: "Describe an organisation, its awards and what authorities found about it; revise, suspend, dissolve it",
      zh: "登记组织概况、奖励与主管机关认定；变更、暂停、注销",
    },
  },
  "organization.see": { what: { en: "See an organisation", zh: "查看组织" } },
  "organization.history": {
    what: { en: "See an organisation's steps, and that it is under investigation", zh: "查看组织的变更步骤与立案调查" },
  },
  "head.propose": { what: { en: "Propose a head", zh: "提名负责人" } },
  "head.approve": {
    what: { en: "Approve or refuse a head", zh: "审核负责人人选" },
    only: {
      en: "The admin of the supervising unit; never the person who proposed.",
      zh: "业务主管单位的管理员；提名者除外。",
    },
  },
  "head.end": { what: { en: "End a head's office", zh: "终止负责人任职" } },
  "head.see": { what: { en: "See an organisation's heads", zh: "查看组织负责人" } },
  "organization.workspace": { what: { en: "See what waits at an organisation", zh: "查看组织的待办事项" } },
  "regulator.see": {
    what: { en: "See what is due, by law or rule", zh: "查看法定与规定期限" },
    only: { en: "A supervisor: of the own organisation.", zh: "站长限本组织。" },
  },
} satisfies Partial<Record<Act, ActText>>;
