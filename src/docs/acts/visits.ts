import type { Act } from "../../domain/permissions/actors";
import { type ActText, never } from "./text";

export const visits = {
  "socialWorker.register": {
    what: { en: "Register a social worker, correct one, note training", zh: "登记与更正社会工作者、记录继续教育" },
    only: {
      en: "Only an officer corrects the first day of a term. Of a person with other capacities: only an actor who could correct those too.",
      zh: "登记期首日只由民政干部更正。其人另有其他登记的，须也可更正该登记。",
    },
  },
  "socialWorker.see": {
    what: { en: "See social workers, with masked certificates", zh: "查看社会工作者（证书号脱敏）" },
  },
  "post.set": { what: { en: "Note a paid post, and its end", zh: "登记专职岗位及其终止" }, only: never },
  "post.see": { what: { en: "See paid posts", zh: "查看专职岗位" } },
  "recipient.register": {
    what: {
      en: "Put a person on the list of those to be visited, correct a recipient",
      zh: "将重点对象列入名单、更正服务对象",
    },
    only: {
      en: "A station of the person's division. Of a person with other capacities: only an actor who could correct those too.",
      zh: "所在镇乡街道站点。其人另有其他登记的，须也可更正该登记。",
    },
  },
  "recipient.unlist": {
    what: { en: "Take a person off the list who is still owed a visit", zh: "将尚未探访的对象移出名单" },
  },
  "recipient.see": {
    what: { en: "See who is on that list, why, and who has been to see them", zh: "查看名单、原因与探访情况" },
    only: { en: "A station of their division or of one above it.", zh: "所在镇乡街道及以上站点。" },
  },
  "visit.record": { what: { en: "Record a visit on paid duty", zh: "以在岗身份登记探访" } },
  "visit.confirm": {
    what: { en: "Confirm a late visit, or a death that a volunteer reports", zh: "确认补录的探访、志愿者报告的去世" },
    only: { en: "Never a person who made or confirmed it.", zh: "不得为作该次探访或已确认过的人。" },
  },
  "visit.volunteer": {
    what: { en: "Record a visit as a volunteer", zh: "以志愿者身份登记探访" },
    only: { en: "For an organisation of one's own in the recipient's division.", zh: "限对象所在地的本人所属组织。" },
  },
} satisfies Partial<Record<Act, ActText>>;
