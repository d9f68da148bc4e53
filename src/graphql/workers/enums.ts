import { communityPosts, socialWorkLevels } from "../../domain/facts/workers";
import { closed } from "../kit/enums";

export const SocialWorkLevel = closed("SocialWorkLevel", "How far a social worker is certified.", socialWorkLevels, {
  ASSISTANT: "An assistant social worker, by examination.",
  INTERMEDIATE: "A social worker, by examination.",
  SENIOR: "A senior social worker, by examination and review.",
});
export type SocialWorkLevel = keyof typeof SocialWorkLevel;

export const CommunityPostKind = closed("CommunityPostKind", "A paid post of a community worker.", communityPosts, {
  CHIEF: "The first post of a community.",
  DEPUTY: "The deputy of the first post.",
  GENERAL: "Any other post of a community.",
});
export type CommunityPostKind = keyof typeof CommunityPostKind;
