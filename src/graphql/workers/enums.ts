import { communityPosts, socialWorkLevels } from "../../domain/facts/workers";
import { closed } from "../kit/enums";

export const SocialWorkLevel = closed(
  "SocialWorkLevel",
  "The level to which a social worker is certified.",
  socialWorkLevels,
  {
    ASSISTANT: "An assistant social worker, who passed an examination.",
    INTERMEDIATE: "A social worker, who passed an examination.",
    SENIOR: "A senior social worker, who passed an examination and a review.",
  },
);
export type SocialWorkLevel = keyof typeof SocialWorkLevel;

export const CommunityPostKind = closed(
  "CommunityPostKind",
  "A kind of paid post that a community worker holds.",
  communityPosts,
  {
    CHIEF: "The post of the community's head.",
    DEPUTY: "The post of the community's deputy head.",
    GENERAL: "A post of the community that is neither the head's nor the deputy's.",
  },
);
export type CommunityPostKind = keyof typeof CommunityPostKind;
