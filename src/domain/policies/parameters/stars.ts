import { ourDefault, type Parameter } from "../parameter";
import { starBases, starDowngrades } from "../values";

export const starsParameters = {
  "star.thresholdsHours": {
    label: { en: "Hours from which each volunteer star is reached", zh: "各星级志愿者的累计服务时数" },
    shape: "ladder",
    value: [100, 300, 600, 1000, 1500],
    citation: "《广东省志愿者星级认定办法》；与民政部《志愿服务记录办法》（2012）、南京时间银行的星级时数一致",
    status: "CITED",
  },
  "star.basis": {
    label: {
      en: "What stars are counted from: all confirmed minutes, or those checked in at the place",
      zh: "星级的计算依据：全部已确认服务时间，或仅签到的服务时间",
    },
    shape: "choice",
    oneOf: starBases,
    value: "CONFIRMED_MINUTES",
    citation: "《志愿服务记录与证明出具办法（试行）》（民政部令第67号）第十条；《浙江省志愿服务条例》第二十九条",
    status: "CITED",
  },
  "star.countsBackfilled": {
    label: {
      en: "Share of all confirmed minutes up to which those entered late count for stars, of a hundred",
      zh: "补录时间计入星级的上限（占全部已确认时间的百分比）",
    },
    shape: "count",
    least: 0,
    most: 100,
    value: 20,
    citation: ourDefault,
    status: "OURS",
  },
  "star.publicNoticeWorkingDays": {
    label: { en: "Working days of a volunteer star's public notice", zh: "星级志愿者公示的工作日数" },
    shape: "count",
    most: 60,
    value: 5,
    citation: "《广东省志愿者星级认定办法》（公示不少于五个工作日）",
    status: "CITED",
  },
  "star.grantAuthority": {
    label: {
      en: "Who grants each volunteer star, from the first to the last",
      zh: "各星级志愿者的认定机关（由低到高）",
    },
    shape: "authorities",
    value: ["COUNTY", "COUNTY", "PREFECTURE", "PREFECTURE", "PROVINCE"],
    citation: "《福建省志愿者星级评定办法》（2013）：一、二星由县级，三、四星由设区市，五星由省级认定",
    status: "CITED",
  },
  "star.noAdverseYears": {
    label: { en: "Years without an adverse record before a volunteer star", zh: "认定星级前须无不良信息的年数" },
    shape: "count",
    least: 0,
    most: 10,
    value: 3,
    citation: "《广西壮族自治区星级志愿者礼遇办法》（近三年无不良信用记录）",
    status: "CITED",
  },
  "star.fraudBanYears": {
    label: {
      en: "Years without a volunteer star after service records were forged, a repair notwithstanding",
      zh: "服务记录弄虚作假后不予认定星级的年数（信用修复后仍适用）",
    },
    shape: "count",
    least: 0,
    most: 10,
    value: 1,
    citation: "《广东省志愿者星级认定办法》（弄虚作假的一至三年内不予认定）",
    status: "CITED",
  },
  "star.downgradeOnReversal": {
    label: {
      en: "Whether a star is brought down when hours are taken back and the rest does not carry it",
      zh: "服务时间被更正、不足星级时数时是否降级",
    },
    shape: "choice",
    oneOf: starDowngrades,
    value: "DOWNGRADE",
    citation: "《成都市龙泉驿区志愿者管理办法》（扣减时数后不足的降星）",
    status: "CITED",
  },
} as const satisfies Record<string, Parameter>;
