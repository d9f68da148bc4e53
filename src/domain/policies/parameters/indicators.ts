import type { IndicatorTarget, Population } from "../../indicators";
import type { Parameter } from "../parameter";

/** Section one of the county's opinion and its items 6, 10 and 11; shares in percent. */
const targets: IndicatorTarget[] = (
  [
    ["SOCIAL_ORGANIZATIONS", 45, "第一部分：每万人拥有登记和备案社会组织 45 个"],
    ["CERTIFIED_SOCIAL_WORKERS", 1500, "第一部分：持证社会工作专业人才 1500 人"],
    ["VISIT_RATE", 100, "第6项：重点对象月探访率 100%"],
    ["PARTY_SERVICE_CENTERS", 5, "第10项：示范型社会组织党群服务中心 5 家"],
    ["SOCIAL_WORK_AGENCIES", 15, "第11项：社会工作服务机构 15 家"],
    ["NEW_SOCIAL_WORK_AGENCIES", 1, "第11项：每年重点培育至少 1 家社会工作服务机构"],
    ["STATION_COVERAGE", 100, "第11项：乡镇（街道）社会工作站全覆盖"],
  ] as const
).map(([key, target, item]) => ({ key, target, citation: `《诸暨市推进新时代民政事业高质量发展的意见》${item}` }));

const populations: Population[] = [];

export const indicatorsParameters = {
  "indicator.targets": {
    label: { en: "Targets of the office's indicators, shares in percent", zh: "民政指标的目标值（比例以百分数计）" },
    shape: "targets",
    value: targets,
    citation: "《诸暨市推进新时代民政事业高质量发展的意见》第一部分、第6至12项",
    status: "CITED",
  },
  "indicator.populations": {
    label: { en: "People of each division, for what is counted per ten thousand", zh: "各行政区划的人口数" },
    shape: "populations",
    value: populations,
    citation: "由本平台按统计公报填列",
    status: "OURS",
  },
} as const satisfies Record<string, Parameter>;
