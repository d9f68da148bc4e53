/** The roles in which actors take steps. The order is frozen: an entry holds the place of a role in this list. */
export const actorKinds = [
  "VOLUNTEER",
  "GUARDIAN",
  "RECIPIENT",
  "FAMILY_PROXY",
  "ACTIVITY_LEAD",
  "ORGANIZATION_ADMIN",
  "STATION_WORKER",
  "STATION_SUPERVISOR",
  "OFFICER",
  "ASSESSOR",
  "REVIEWER",
  "AUDITOR",
  "PUBLIC",
  "SYSTEM",
] as const;
export type ActorKind = (typeof actorKinds)[number];

/** The roles that a person may hold. */
export type Role = Exclude<ActorKind, "PUBLIC" | "SYSTEM">;
export const roles: readonly Role[] = actorKinds.filter((kind) => kind !== "PUBLIC" && kind !== "SYSTEM");
