import { ourDefault, type Parameter } from "../parameter";

export const villagePointsParameters = {
  "villagePoints.base": {
    label: { en: "Points that a household begins a quarter with", zh: "每户每季度的基础积分" },
    shape: "count",
    most: 10_000,
    value: 100,
    citation: "义乌红梅指数（2019）",
    status: "CITED",
  },
  "villagePoints.high": {
    label: { en: "Points from which a household is in the high band", zh: "高分段的最低积分" },
    shape: "count",
    most: 10_000,
    value: 90,
    citation: "义乌红梅指数（2019）",
    status: "CITED",
  },
  "villagePoints.middle": {
    label: { en: "Points from which a household is in the middle band", zh: "中分段的最低积分" },
    shape: "count",
    most: 10_000,
    value: 80,
    citation: "义乌红梅指数（2019）",
    status: "CITED",
  },
  "villagePoints.lateDays": {
    label: { en: "Days within which village points are entered", zh: "积分须录入的天数" },
    shape: "count",
    most: 366,
    value: 31,
    citation: ourDefault,
    status: "OURS",
  },
} as const satisfies Record<string, Parameter>;
