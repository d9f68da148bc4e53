import type { AccountKind } from "../facts/ledger";
import type { Text } from "../kit/language";

/** What people call each kind of account. */
export const accountLabels: Readonly<Record<AccountKind, Text>> = {
  ISSUANCE: { zh: "时间发放", en: "Issuance" },
  VOLUNTEER: { zh: "志愿者账户", en: "Volunteer" },
  RECIPIENT: { zh: "服务对象账户", en: "Recipient" },
  GROUP: { zh: "团队账户", en: "Group" },
  PUBLIC_POOL: { zh: "公共时间池", en: "Public pool" },
  GOVERNMENT_GRANT: { zh: "政府专项时间", en: "Government grant" },
  GRANT_FUNDING: { zh: "专项资金来源", en: "Grant funding" },
  REDEEMED: { zh: "已兑换", en: "Redeemed" },
  OVERFLOW_HONOUR: { zh: "荣誉时间", en: "Roll of honour" },
  CLEARING: { zh: "清算账户", en: "Clearing" },
  POINT_ISSUANCE: { zh: "积分发放", en: "Point issuance" },
  HOUSEHOLD: { zh: "家庭积分", en: "Household" },
};
