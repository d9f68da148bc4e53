import type { FilingStatus, OrganizationKind } from "../../domain/facts/organizations";
import { parameters } from "../../domain/policies/parameters";
import { organization } from "../organizations/commands";
import type { OrganizationLine } from "../organizations/registrations";
import {
  bounded,
  type Cells,
  cellTakes,
  choice,
  mark,
  optionalDay,
  optionalFlag,
  optionalMark,
  text,
  unspoilt,
} from "./cells";
import type { Columns } from "./csv";

const kinds: Record<OrganizationKind, readonly string[]> = {
  SOCIAL_WORK_STATION: ["社会工作站", "社工站"],
  SOCIAL_WORK_AGENCY: ["社会工作服务机构", "社工机构"],
  VOLUNTEER_ORGANIZATION: ["志愿服务组织"],
  VOLUNTEER_TEAM: ["志愿服务队", "义工队"],
  ASSOCIATION: ["社会团体"],
  SOCIAL_SERVICE_ORG: ["社会服务机构"],
  FOUNDATION: ["基金会"],
  SERVICE_PLATFORM: ["社会组织服务中心"],
  PARTY_SERVICE_CENTER: ["党群服务中心"],
  CHARITY_BASE: ["慈善基地"],
  HOME_CARE_CENTER: ["居家养老服务中心"],
  GOVERNMENT_OFFICE: ["机关"],
};
const filings: Record<FilingStatus, readonly string[]> = {
  REGISTERED: ["登记", "已登记"],
  FILED: ["备案", "已备案"],
  UNREGISTERED: ["未登记"],
};

const villageKinds = parameters["village.organizationKinds"].value;

const line = organization.fields;

export const organizationsColumns = {
  slug: {
    need: "NOTHING",
    titles: ["简称"],
    takes: bounded(line.slug, {
      en: "{least} to {most} lower-case letters, digits and hyphens, for addresses and other lists; the bank makes one where it is empty",
      zh: "{least} 至 {most} 位小写字母、数字、连字符，用于网址与其他名单；不填则由平台生成",
    }),
  },
  name: {
    need: "CELL",
    titles: ["名称", "组织名称"],
    takes: bounded(line.name, { en: "its name, {least} to {most} signs", zh: "名称，{least} 至 {most} 字" }),
  },
  kind: { need: "CELL", titles: ["类别"], words: kinds },
  uscc: {
    need: "NOTHING",
    titles: ["统一社会信用代码"],
    takes: bounded(line.uscc, { en: "{most} signs with their check digit", zh: "{most} 位，校验位须正确" }),
  },
  filing_status: { need: "CELL", titles: ["登记备案", "登记状态"], words: filings },
  division: {
    need: "CELL",
    titles: ["区划", "所属区划"],
    takes: { en: "the code or official code of its division", zh: "所在区划的代码或官方代码" },
    fields: ["divisionCode"],
  },
  registered_on: { need: "NOTHING", titles: ["登记日期", "成立日期"], takes: cellTakes.DAY },
  hub: { need: "NOTHING", titles: ["枢纽型"], takes: cellTakes.FLAG },
  village_kind: {
    need: "NOTHING",
    titles: ["村级类别"],
    takes: {
      en: `a kind of the policy village.organizationKinds, by code or name; at the founding ${villageKinds.map(({ code }) => code).join(", ")}`,
      zh: `规则 village.organizationKinds 中的类别，填代码或名称；建立时为 ${villageKinds.map(({ code, label }) => `${code}（${label}）`).join("、")}`,
    },
  },
} as const satisfies Columns;

/** One row as the line that registerOrganizations takes; throws InvalidCell. */
export function toOrganization(cells: Cells): OrganizationLine {
  return {
    slug: optionalMark(cells, "slug"),
    name: unspoilt("name", text(cells, "name")),
    kind: choice(cells, "kind", kinds),
    uscc: optionalMark(cells, "uscc"),
    filingStatus: choice(cells, "filing_status", filings),
    divisionCode: mark(cells, "division"),
    registeredOn: optionalDay(cells, "registered_on"),
    hub: optionalFlag(cells, "hub"),
    villageKind: optionalMark(cells, "village_kind"),
  };
}
