import type { IdentityLinkKind } from "../facts/people";

/** What each kind is called, wherever people read it. */
export const identityLinkLabels: Record<IdentityLinkKind, { zh: string; en: string }> = {
  CODE: { zh: "邀请码", en: "Invitation code" },
  CLAIM: { zh: "实名信息自动核对", en: "Verified real name and number" },
  PAPERS: { zh: "工作人员核验证件", en: "Papers seen by staff" },
  SELF: { zh: "本人登记", en: "Registered by yourself" },
  OPERATOR: { zh: "系统管理员", en: "The bank's operator" },
};
