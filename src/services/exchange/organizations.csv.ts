import type { FilingStatus, OrganizationKind } from "../../domain/organizations";
import type { OrganizationLine } from "../contract";
import { type Cells, choice, optionalDay, optionalFlag, optionalText, text } from "./cells";
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

export const organizationsColumns: Columns = {
  required: ["name", "kind", "filing_status", "division"],
  optional: ["slug", "uscc", "registered_on", "hub", "village_kind"],
  values: { kind: kinds, filing_status: filings },
  fields: { divisionCode: "division" },
  headers: {
    slug: ["简称"],
    name: ["名称", "组织名称"],
    kind: ["类别"],
    uscc: ["统一社会信用代码"],
    filing_status: ["登记备案", "登记状态"],
    division: ["区划", "所属区划"],
    registered_on: ["登记日期", "成立日期"],
    hub: ["枢纽型"],
    village_kind: ["村级类别"],
  },
};

/** One row as the line that registerOrganizations takes; throws InvalidCell. */
export function toOrganization(cells: Cells): OrganizationLine {
  return {
    slug: optionalText(cells, "slug"),
    name: text(cells, "name"),
    kind: choice(cells, "kind", kinds),
    uscc: optionalText(cells, "uscc"),
    filingStatus: choice(cells, "filing_status", filings),
    divisionCode: text(cells, "division"),
    registeredOn: optionalDay(cells, "registered_on"),
    hub: optionalFlag(cells, "hub"),
    villageKind: optionalText(cells, "village_kind"),
  };
}
