import type { OrganizationKind } from "../facts/organizations";
import type { Day } from "../kit/calendar";
import type { Text } from "../kit/language";

export const indicatorUnits = ["COUNT", "RATIO", "MINUTES", "PER_TEN_THOUSAND"] as const;
export type IndicatorUnit = (typeof indicatorUnits)[number];

/**
 * The span over which an indicator is counted: as it stands on the day, or from the first day of the day's month or year up to
 * it.
 */
export type IndicatorSpan = "DAY" | "MONTH" | "YEAR";

export interface Indicator {
  label: Text;
  /** Says what is counted, and of how many. A number that a policy sets stands as the policy's key in braces. */
  definition: Text;
  unit: IndicatorUnit;
  span: IndicatorSpan;
  /** The reason for which it is counted. */
  citation: string;
}

const opinion = (item: string) => `《诸暨市推进新时代民政事业高质量发展的意见》${item}`;

/** Targets of the county's opinion, section one and items 6 to 12, as far as the bank's own facts answer them. */
export const indicators = {
  SOCIAL_ORGANIZATIONS: {
    label: { en: "Social organisations per ten thousand people", zh: "每万人拥有登记和备案社会组织数" },
    definition: {
      en: "Active organisations that are registered or filed, without stations, offices, party-service centres and bases; of the population that the office has set.",
      zh: "在册的登记或备案社会组织数（不含社工站、机关、党群服务中心与慈善基地）÷ 本平台填报的人口数。",
    },
    unit: "PER_TEN_THOUSAND",
    span: "DAY",
    citation: opinion("第一部分"),
  },
  CERTIFIED_SOCIAL_WORKERS: {
    label: { en: "Certified social workers", zh: "持证社会工作专业人才" },
    definition: {
      en: "People who hold a certificate of social work and were registered with it by the day; a registration that has lapsed takes no certificate away.",
      zh: "截至当日已登记的社会工作者职业水平证书持有人数；登记到期者仍为持证人。",
    },
    unit: "COUNT",
    span: "DAY",
    citation: opinion("第一部分"),
  },
  VISIT_RATE: {
    label: { en: "People on the list who were visited in the month", zh: "重点对象月探访率" },
    definition: {
      en: "Of those on the list for {visit.listedDays} days by the month's end, how many had the month's visit up to the day; attempts do not count.",
      zh: "截至当日已获当月探访者 ÷ 月末在册满 {visit.listedDays} 天者；未见到本人的不计。",
    },
    unit: "RATIO",
    span: "MONTH",
    citation: opinion("第6项"),
  },
  POINTS_HOUSEHOLDS: {
    label: { en: "Households with village points", zh: "实行村规民约积分制的家庭户数" },
    definition: { en: "Households registered by the day's quarter.", zh: "截至当季已登记的家庭户数。" },
    unit: "COUNT",
    span: "DAY",
    citation: opinion("第7项"),
  },
  HUB_ORGANIZATIONS: {
    label: { en: "Hub organisations", zh: "枢纽型社会组织" },
    definition: { en: "Active organisations that support others.", zh: "在册的枢纽型社会组织数。" },
    unit: "COUNT",
    span: "DAY",
    citation: opinion("第10项"),
  },
  VILLAGE_ORGANIZATIONS: {
    label: { en: "Village organisations 5+X", zh: "村级“5+X”社会组织" },
    definition: {
      en: "Active organisations of one of the kinds on the policy's list.",
      zh: "在册且属“5+X”类别的社会组织数。",
    },
    unit: "COUNT",
    span: "DAY",
    citation: opinion("第10项"),
  },
  PARTY_SERVICE_CENTERS: {
    label: { en: "Demonstration party-service centres", zh: "示范型社会组织党群服务中心" },
    definition: {
      en: "Active organisations that the office had marked as demonstration centres by the day.",
      zh: "截至当日由民政部门授予“示范型”且在册的社会组织党群服务中心数。",
    },
    unit: "COUNT",
    span: "DAY",
    citation: opinion("第10项"),
  },
  SOCIAL_WORK_AGENCIES: {
    label: { en: "Social-work agencies", zh: "社会工作服务机构" },
    definition: { en: "Active agencies on record.", zh: "在册的社会工作服务机构数。" },
    unit: "COUNT",
    span: "DAY",
    citation: opinion("第11项"),
  },
  NEW_SOCIAL_WORK_AGENCIES: {
    label: { en: "Social-work agencies chosen for support in the year", zh: "当年重点培育的社会工作服务机构" },
    definition: {
      en: "Active agencies that the office marked for support in the calendar year, up to the day.",
      zh: "当年截至当日由民政部门列为“重点培育”且在册的社会工作服务机构数。",
    },
    unit: "COUNT",
    span: "YEAR",
    citation: opinion("第11项"),
  },
  STATION_COVERAGE: {
    label: { en: "Towns with a social-work station", zh: "镇乡（街道）社会工作站覆盖率" },
    definition: {
      en: "Towns, townships and subdistricts that have an active station; of all of them.",
      zh: "设有社会工作站的镇乡（街道）÷ 全部镇乡（街道）。",
    },
    unit: "RATIO",
    span: "DAY",
    citation: opinion("第11项"),
  },
  COMPLIANT_STATIONS: {
    label: { en: "Stations with enough certified workers", zh: "持证社工达标的社工站比例" },
    definition: {
      en: "Stations with as many registered social workers as the policy wants; of all stations.",
      zh: "登记社工人数达到规定的社工站 ÷ 全部社工站。",
    },
    unit: "RATIO",
    span: "DAY",
    citation: "《浙江省社会工作站建设规划》（2020）",
  },
  VOLUNTEERS: {
    label: { en: "Active volunteers", zh: "注册志愿者" },
    definition: { en: "Volunteers who were active on the day.", zh: "当日状态正常的注册志愿者人数。" },
    unit: "COUNT",
    span: "DAY",
    citation: opinion("第11项"),
  },
  SERVICE_MINUTES: {
    label: { en: "Confirmed service in the month", zh: "当月已确认的服务时长" },
    definition: {
      en: "Minutes of posted services of the month, up to the day.",
      zh: "当月截至当日的服务中已入账的分钟数。",
    },
    unit: "MINUTES",
    span: "MONTH",
    citation: opinion("第11项"),
  },
  RECORDS_ON_TIME: {
    label: { en: "Services recorded in time", zh: "服务记录按时率" },
    definition: {
      en: "Records of the month's services, up to the day, that were posted by the last working day for it; of those that are posted and those that wait though that day is over. What was rejected, voided or reversed is in neither.",
      zh: "当月截至当日的服务中，在记录期限内确认入账者 ÷（已入账者 + 已过期限仍未入账者）；已驳回、作废或冲正的不计。",
    },
    unit: "RATIO",
    span: "MONTH",
    citation: "《志愿服务记录与证明出具办法（试行）》第十一条",
  },
  CHARITY_BASES: {
    label: { en: "Charity bases", zh: "慈善基地" },
    definition: { en: "Active bases on record.", zh: "在册的慈善基地数。" },
    unit: "COUNT",
    span: "DAY",
    citation: opinion("第12项"),
  },
  CAMPAIGN_ACTIVITIES: {
    label: { en: "Activities of campaigns held in the year", zh: "当年举办的专题慈善活动" },
    definition: {
      en: "Activities of a campaign whose last shift ended in the calendar year, up to the day, and which were not called off.",
      zh: "当年截至当日已举办（未取消）的专题活动数。",
    },
    unit: "COUNT",
    span: "YEAR",
    citation: opinion("第12项"),
  },
  DISCLOSED_IN_TIME: {
    label: { en: "Fundraisings disclosed in time", zh: "募捐信息按时公开率" },
    definition: {
      en: "Of the fundraisings whose final disclosure was due in the year before the day, how many had been disclosed by then.",
      zh: "当年当日之前应作最终公开的募捐中按时公开者所占比例。",
    },
    unit: "RATIO",
    span: "YEAR",
    citation: "《中华人民共和国慈善法》（2023）第七十九条",
  },
} as const satisfies Record<string, Indicator>;
export type IndicatorKey = keyof typeof indicators;
export const indicatorKeys = Object.keys(indicators) as IndicatorKey[];

/** Organisations that are not among the social organisations which the opinion counts: public offices, and venues. */
export const otherKinds: readonly OrganizationKind[] = [
  "SOCIAL_WORK_STATION",
  "GOVERNMENT_OFFICE",
  "PARTY_SERVICE_CENTER",
  "CHARITY_BASE",
];

/** A target as the policy sets it: a share in percent, everything else as it is counted. */
export interface IndicatorTarget {
  key: IndicatorKey;
  target: number;
  citation: string;
}
/** How many people live in a division, as the office knows it. */
export interface Population {
  code: string;
  people: number;
}

/** The number counted in one division, and its denominator; null where the denominator is 0. */
export interface Counted {
  divisionCode: string;
  numerator: number;
  denominator: number | null;
}

/**
 * Says what is counted, with the numbers of the policies in force on the day: the office sets them, and no text repeats them.
 */
export function definitionOf(key: IndicatorKey, policies: { count(key: string, day: Day): number }, day: Day): Text {
  const filled = (text: string) => text.replaceAll(/\{([\w.]+)\}/g, (_, name) => String(policies.count(name, day)));
  const { zh, en } = indicators[key].definition;
  return { zh: filled(zh), en: filled(en) };
}

/**
 * The value is rounded down, never up: a value just below the target is never shown as the target. Null where it cannot be
 * computed.
 */
export function indicatorValue(unit: IndicatorUnit, numerator: number, denominator: number | null): number | null {
  if (unit === "COUNT" || unit === "MINUTES") return numerator;
  if (denominator === null || denominator === 0) return null;
  if (unit === "RATIO") return Math.floor((numerator * 10_000) / denominator) / 10_000;
  return Math.floor((numerator * 1_000_000) / denominator) / 100;
}

/** A target in the unit of its value. */
export function targetOf(unit: IndicatorUnit, target: number): number {
  return unit === "RATIO" ? target / 100 : target;
}
