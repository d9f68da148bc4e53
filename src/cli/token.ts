import type { Role } from "../domain/facts/actors";
import type { View } from "../storage/store";
import { Stop } from "./output";

export interface Whom {
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
export async function personFor(view: View, whom: Whom): Promise<string> {
  const role = roleNamed(whom.as);
  const nth = (whom.nth ?? 1) - 1;
  if (role === "VOLUNTEER") {
    const volunteer = whom.volunteerNo
      ? await view.volunteerByNo(whom.volunteerNo)
      : (await view.volunteerList({ states: ["ACTIVE"] }, { first: nth + 1, after: null }))[nth];
    return volunteer?.personId ?? none(whom);
  }
  const organization = whom.organization ? await view.organizationBySlug(whom.organization) : undefined;
  if (whom.organization && !organization) throw new Stop(`no organisation ${whom.organization}`);
  const grants = organization ? await view.grantsOfOrganization(organization.id) : await view.grantsByRole(role);
  return grants.filter((grant) => grant.role === (role as Role))[nth]?.personId ?? none(whom);
}

function none(whom: Whom): never {
  throw new Stop(
    `nobody is ${whom.as}${whom.organization ? ` at ${whom.organization}` : ""}${whom.nth ? ` number ${whom.nth}` : ""}`,
  );
}
