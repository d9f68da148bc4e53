import type { OrganizationKind } from "../../domain/facts/organizations";
import { completeUscc } from "../../domain/organizations/uscc";

/** The 23 divisions of Zhuji. Only codes that were seen in a source are given; the others stay null. */
export const county = {
  code: "zhuji",
  officialCode: "330681",
  name: "诸暨市",
  kind: "COUNTY_CITY",
  parentCode: null,
} as const;

const subdistricts = "暨阳 jiyang 浣东 huandong 陶朱 taozhu 暨南 jinan 大唐 datang";
const towns =
  "应店街 yingdianjie 次坞 ciwu 店口 diankou 姚江 yaojiang 山下湖 shanxiahu 枫桥 fengqiao 赵家 zhaojia 马剑 majian 五泄 wuxie 牌头 paitou 同山 tongshan 安华 anhua 璜山 huangshan 陈宅 chenzhai 浬浦 lipu 岭北 lingbei 东白湖 dongbaihu";

function pairs(list: string): [string, string][] {
  const words = list.split(" ");
  return words.flatMap((word, i) => (i % 2 === 0 ? [[word, words[i + 1] as string] as [string, string]] : []));
}

export const divisions = [
  ...pairs(subdistricts).map(([name, code]) => ({ code, name: `${name}街道`, kind: "SUBDISTRICT" as const })),
  ...pairs(towns).map(([name, code]) => ({ code, name: `${name}镇`, kind: "TOWN" as const })),
  { code: "donghe", name: "东和乡", kind: "TOWNSHIP" as const },
].map((division) => ({
  ...division,
  officialCode: division.code === "jiyang" ? "330681001" : null,
  parentCode: county.code,
}));

/** Groups of organisations beside the stations; names are generic, codes visibly fictional. */
const groups: {
  count: number;
  kind: OrganizationKind;
  slug: string;
  name: string;
  prefix: "51" | "52" | "53" | null;
}[] = [
  { count: 15, kind: "SOCIAL_WORK_AGENCY", slug: "agency", name: "示例社会工作服务中心", prefix: "52" },
  { count: 26, kind: "VOLUNTEER_ORGANIZATION", slug: "volunteers", name: "示例志愿者协会", prefix: "51" },
  { count: 16, kind: "VOLUNTEER_TEAM", slug: "team", name: "示例义工队", prefix: null },
  { count: 4, kind: "FOUNDATION", slug: "foundation", name: "示例慈善基金会", prefix: "53" },
  { count: 6, kind: "SERVICE_PLATFORM", slug: "platform", name: "社会组织服务中心", prefix: "52" },
  { count: 5, kind: "PARTY_SERVICE_CENTER", slug: "party-center", name: "社会组织党群服务中心", prefix: null },
  { count: 1, kind: "HOME_CARE_CENTER", slug: "home-care", name: "居家养老服务中心", prefix: "52" },
];

/** Core kinds of village organisations and one X, in turn over the village teams (domain.md 5.2). */
const villageKinds = [
  "ELDERS_COUNCIL",
  "WEDDINGS_FUNERALS_COUNCIL",
  "MEDIATION_COUNCIL",
  "SAFETY_PATROL",
  "VOLUNTEER_OR_CULTURE_TEAM",
  "LOCAL_SPECIALTY",
];

export const organizations = groups.flatMap((group, g) =>
  Array.from({ length: group.count }, (_, i) => {
    const division = divisions[(i * 5 + g) % divisions.length] as (typeof divisions)[number];
    const body = `MJDEM${g}${String(i + 1).padStart(3, "0")}`;
    return {
      slug: `${group.slug}-${i + 1}`,
      name: `${division.name}${group.name}${i + 1}`,
      kind: group.kind,
      uscc: group.prefix ? completeUscc(`${group.prefix}330681${body}`) : null,
      filingStatus: group.prefix ? ("REGISTERED" as const) : ("UNREGISTERED" as const),
      divisionCode: division.code,
      described: {
        registeredOn: group.prefix ? `${2012 + ((i * 3 + g) % 13)}-0${1 + (i % 9)}-15` : null,
        hub: group.kind === "SERVICE_PLATFORM",
        villageKind: group.kind === "VOLUNTEER_TEAM" ? (villageKinds[i % villageKinds.length] as string) : null,
      },
    };
  }),
);
