import type { Role } from "../domain/facts/actors";
import type { View } from "../storage/store";
import { Stop } from "./output";

export interface TokenHolder {
  as: string;
  organization?: string;
  volunteerNo?: string;
  nth?: number;
}

/** `station-worker` → STATION_WORKER. */
export function roleNamed(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}

/** STATION_WORKER → `station-worker`. */
export function spelledRole(role: Role): string {
  return role.toLowerCase().replaceAll("_", "-");
}

/** The person for whom a demo token is made: the nth holder of the role, at the organisation where one is named. */
export async function personFor(view: View, holder: TokenHolder): Promise<string> {
  const role = roleNamed(holder.as);
  const nth = (holder.nth ?? 1) - 1;
  if (role === "VOLUNTEER") {
    const volunteer = holder.volunteerNo
      ? await view.volunteerByNo(holder.volunteerNo)
      : (await view.volunteerList({ states: ["ACTIVE"] }, { first: nth + 1, after: null }))[nth];
    return volunteer?.personId ?? none(holder);
  }
  const organization = holder.organization ? await view.organizationBySlug(holder.organization) : undefined;
  if (holder.organization && !organization) throw new Stop(`no organisation ${holder.organization}`);
  const grants = organization ? await view.grantsOfOrganization(organization.id) : await view.grantsByRole(role);
  return grants.filter((grant) => grant.role === (role as Role))[nth]?.personId ?? none(holder);
}

function none(holder: TokenHolder): never {
  throw new Stop(
    `nobody is ${holder.as}${holder.organization ? ` at ${holder.organization}` : ""}${holder.nth ? ` number ${holder.nth}` : ""}`,
  );
}
