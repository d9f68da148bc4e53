import type { Role } from "../domain/facts/actors";
import type { Grant } from "../domain/facts/people";
import type { View } from "../storage/store";
import type { DemoPerson } from "../web";

const roles: readonly Role[] = ["ACTIVITY_LEAD", "ORGANIZATION_ADMIN", "STATION_SUPERVISOR", "OFFICER"];
const ofEach = 4;
/** The people of the day that the README describes; they stand first. */
const firstHourStation = "fengqiao-station";

/** The people as whom a visitor of the demo may sign in: a few volunteers, then a few of each role that runs a charity day. */
export async function demoPeople(view: View): Promise<DemoPerson[]> {
  const volunteers = await view.volunteerList({ states: ["ACTIVE"] }, { first: ofEach, after: null });
  const people: DemoPerson[] = volunteers.map(({ personId, volunteerNo }) => ({
    subject: personId,
    role: "VOLUNTEER",
    where: volunteerNo,
  }));
  for (const role of roles) {
    const all = await view.grantsByRole(role);
    const organizations = await view.organizations(all.flatMap(({ organizationId }) => organizationId ?? []));
    const isFirst = ({ organizationId }: Grant) => organizations.get(organizationId ?? "")?.slug === firstHourStation;
    const grants = [...all.filter(isFirst), ...all.filter((grant) => !isFirst(grant))].slice(0, ofEach);
    for (const { personId, organizationId } of grants)
      people.push({ subject: personId, role, where: organizations.get(organizationId ?? "")?.name ?? null });
  }
  return people;
}
