import type { Role } from "../../domain/facts/actors";
import { actorLabels, grantedRoles } from "../../domain/permissions/actors";
import type { StaffLine } from "../people/staff";
import { type Cells, cellTakes, choice, optionalDay, optionalMark, text, unspoilt } from "./cells";
import type { Columns } from "./csv";

const words = Object.fromEntries(grantedRoles.map((role) => [role, [actorLabels[role].zh]])) as Record<Role, string[]>;

export const staffColumns = {
  role: { need: "CELL", titles: ["角色", "岗位"], words },
  organization: {
    need: "NOTHING",
    titles: ["组织", "组织简称"],
    takes: { en: "the short name of the organisation where the role is held", zh: "任职组织的简称" },
    fields: ["organizationId", "organizationSlug"],
  },
  division: {
    need: "NOTHING",
    titles: ["区划"],
    takes: {
      en: "the code or official code of the division to which an office's role is limited",
      zh: "机关岗位所限区划的代码或官方代码",
    },
    fields: ["divisionCode"],
  },
  display_name: { need: "CELL", titles: ["姓名", "称呼"], takes: { en: "the person's name", zh: "姓名" } },
  subject: {
    need: "NOTHING",
    titles: ["账号"],
    takes: {
      en: "what the token issuer calls the person; who has none is invited",
      zh: "此人在登录服务中的账号；不填者即被邀请",
    },
  },
  issuer: {
    need: "NOTHING",
    titles: ["签发方"],
    takes: {
      en: "the address of that issuer, where it is not TOKEN_ISSUER",
      zh: "签发方地址，与 TOKEN_ISSUER 相同时不填",
    },
  },
  from: { need: "NOTHING", titles: ["起", "起始日期"], takes: cellTakes.DAY, fields: ["validFrom"] },
  until: { need: "NOTHING", titles: ["止", "截止日期"], takes: cellTakes.DAY, fields: ["validUntil"] },
} as const satisfies Columns;

/** One row as the line that registerStaff takes; throws InvalidCell. */
export function toStaff(cells: Cells): StaffLine {
  return {
    role: choice(cells, "role", words),
    organizationSlug: optionalMark(cells, "organization"),
    divisionCode: optionalMark(cells, "division"),
    displayName: unspoilt("display_name", text(cells, "display_name")),
    subject: unspoilt("subject", optionalMark(cells, "subject")),
    issuer: optionalMark(cells, "issuer"),
    validFrom: optionalDay(cells, "from"),
    validUntil: optionalDay(cells, "until"),
  };
}
