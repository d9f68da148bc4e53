import type { Act } from "../../domain/permissions/actors";
import type { ActText } from "./text";

/** Acts with volunteers' stars. */
export const stars = {
  "star.propose": {
    what: { en: "Propose a volunteer for a star", zh: "提名星级志愿者" },
    only: {
      en: "The station that vouches for the volunteer. Never for themselves or their family.",
      zh: "须为该志愿者所属站点；不得提名本人或其家人。",
    },
  },
  "star.object": {
    what: { en: "Object to a star on public notice", zh: "对公示中的星级提出异议" },
    only: { en: "People whom the bank knows.", zh: "须为已登记人员。" },
  },
  "star.decide": {
    what: { en: "Grant, refuse, suspend or restore a star", zh: "认定、不予认定、暂停、恢复星级" },
    only: {
      en: "Never the person who proposed it, nor for themselves or their family.",
      zh: "不得为提名人本人，也不得办理本人或其家人的星级。",
    },
  },
  "star.see": {
    what: { en: "See a volunteer's star awards with their steps", zh: "查看志愿者星级及其办理经过" },
    only: { en: "Stations of the division or above it.", zh: "所在镇乡街道及以上站点。" },
  },
} as const satisfies Partial<Record<Act, ActText>>;
