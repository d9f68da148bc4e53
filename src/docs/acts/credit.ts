import type { Act } from "../../domain/permissions/actors";
import { type ActText, notOwn } from "./text";

export const credit = {
  "credit.open": {
    what: {
      en: "Record something for or against a volunteer or an organisation",
      zh: "记录志愿者或组织的守信、不良信息",
    },
    only: {
      en: "A unit that knows the volunteer, or a station above the organisation; never about oneself or one's own organisation.",
      zh: "了解该志愿者的单位、该组织所在地及以上站点；不得涉及本人或本组织。",
    },
  },
  "credit.see": {
    what: {
      en: "Read a credit file, each time with a purpose that is written down",
      zh: "查看信用档案（每次写明用途并留痕）",
    },
    only: { en: "The recording unit: only what it recorded.", zh: "记录单位限本单位所记。" },
  },
  "credit.propose": {
    what: { en: "Notify of a proposed credit record, let it go, propose it", zh: "告知、不予认定、提请认定" },
    only: notOwn,
  },
  "credit.decide": {
    what: {
      en: "Confirm a credit record, decide objections and repairs, hand it on",
      zh: "认定、处理异议与修复、移送",
    },
    only: {
      en: "An officer who did not confirm or correct it before (repairs: any).",
      zh: "此前未参与认定或更正的民政干部（修复不限）。",
    },
  },
  "credit.answer": { what: { en: "Answer a notice, object, apply for repair", zh: "陈述申辩、提出异议、申请修复" } },
} satisfies Partial<Record<Act, ActText>>;
