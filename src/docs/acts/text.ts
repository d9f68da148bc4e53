import type { Text } from "../../domain/kit/language";

export interface ActText {
  what: Text;
  /** The conditions that the rules set besides the role. */
  only?: Text;
}

export const never = { en: "Never about oneself or one's own family.", zh: "不得办理涉及本人及近亲属的事项。" };
export const notOwn = { en: "Never about oneself or one's own organisation.", zh: "不得涉及本人或本组织。" };
