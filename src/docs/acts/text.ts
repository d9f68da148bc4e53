import type { Text } from "../../domain/kit/language";

export interface ActText {
  what: Text;
  /** The conditions that the rules set besides the role. */
  only?: Text;
}

// Conditions of several acts.
export const never = { en: "Never about oneself or one's own family.", zh: "不得办理涉及本人及近亲属的事项。" };
export const notOwn = { en: "Never about oneself or one's own organisation.", zh: "不得涉及本人或本组织。" };
export const inWriting = {
  en: "A station or an officer says where the volunteer's written statement is kept.",
  zh: "站点与民政干部须写明书面同意存放处。",
};
export const officerForAnother = {
  en: "An officer of the whole bank, never oneself.",
  zh: "全市范围的民政干部，不得为本人。",
};
export const officer = { en: "An officer of the whole bank.", zh: "全市范围的民政干部。" };
export const ownOrganization = { en: "For one's own organisation.", zh: "限本组织。" };
export const ownAdmin = { en: "The organisation's own admin.", zh: "仅本组织管理员。" };
