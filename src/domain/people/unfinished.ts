import type { Day } from "../kit/calendar";
import type { Text } from "../kit/language";

/** The matters in which a person may still take part, in the order in which a refusal names them. */
export const unfinishedKinds = [
  "VOLUNTEER",
  "RECIPIENT",
  "STAFF",
  "SOCIAL_WORKER",
  "POST",
  "HEAD",
  "GUARDIANSHIP",
  "RECORD",
  "SIGN_UP",
  "ORDER",
  "PROXY",
  "STAR",
  "SPOT_CHECK",
  "CREDIT_RECORD",
] as const;
export type UnfinishedKind = (typeof unfinishedKinds)[number];

/** A matter that is still open, with its ids; for a guardianship they are those of the minors. */
export interface Unfinished {
  as: UnfinishedKind;
  ids: string[];
  /** The state of the volunteer. */
  state?: string;
  /** The last day of a social worker's term. */
  until?: Day;
}

/** The name of each matter in a refusal. */
export const unfinishedLabels: Record<UnfinishedKind, Text> = {
  VOLUNTEER: { zh: "志愿者登记", en: "the registration as a volunteer" },
  RECIPIENT: { zh: "探访名单", en: "the place on the list of visits" },
  STAFF: { zh: "工作权限", en: "a role" },
  SOCIAL_WORKER: { zh: "社会工作者登记", en: "the registration as a social worker" },
  POST: { zh: "有薪岗位", en: "a paid post" },
  HEAD: { zh: "组织负责人", en: "an organisation's head" },
  GUARDIANSHIP: { zh: "未成年人的监护", en: "a minor whose guardian they are" },
  RECORD: { zh: "待确认或有异议的服务记录", en: "service records that wait or are disputed" },
  SIGN_UP: { zh: "活动报名", en: "sign-ups" },
  STAR: { zh: "待认定的星级", en: "stars that are not decided" },
  ORDER: { zh: "未办结的服务订单", en: "orders that are not over" },
  PROXY: { zh: "亲情代理", en: "a family proxy" },
  SPOT_CHECK: { zh: "未公布的抽查", en: "spot checks that are not published" },
  CREDIT_RECORD: { zh: "未办结的信用记录", en: "credit records that are not decided" },
};
