import { actorLabels, grantedRoles, type Role } from "../../domain/actors";
import type { StaffLine } from "../contract";
import { type Cells, choice, optionalDay, optionalText, text } from "./cells";
import type { Columns } from "./csv";

const words = Object.fromEntries(grantedRoles.map((role) => [role, [actorLabels[role].zh]])) as Record<Role, string[]>;

export const staffColumns: Columns = {
  required: ["role", "display_name"],
  optional: ["organization", "division", "subject", "issuer", "from", "until"],
  values: { role: words },
  fields: {
    organizationId: "organization",
    organizationSlug: "organization",
    divisionCode: "division",
    validFrom: "from",
    validUntil: "until",
  },
  headers: {
    role: ["角色", "岗位"],
    organization: ["组织", "组织简称"],
    division: ["区划"],
    display_name: ["姓名", "称呼"],
    subject: ["账号"],
    issuer: ["签发方"],
    from: ["起", "起始日期"],
    until: ["止", "截止日期"],
  },
};

/** One row as the line that registerStaff takes; throws InvalidCell. */
export function toStaff(cells: Cells): StaffLine {
  return {
    role: choice(cells, "role", words),
    organizationSlug: optionalText(cells, "organization"),
    divisionCode: optionalText(cells, "division"),
    displayName: text(cells, "display_name"),
    subject: optionalText(cells, "subject"),
    issuer: optionalText(cells, "issuer"),
    validFrom: optionalDay(cells, "from"),
    validUntil: optionalDay(cells, "until"),
  };
}
