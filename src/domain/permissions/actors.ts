import { type ActorKind, type Role, roles } from "../facts/actors";
import type { OrganizationState } from "../facts/organizations";
import type { Grant } from "../facts/people";
import type { Day } from "../kit/calendar";
import { refuse } from "../kit/refusal";

/** The name of each role, wherever people read it. */
export const actorLabels: Record<ActorKind, { zh: string; en: string }> = {
  VOLUNTEER: { zh: "志愿者", en: "Volunteer" },
  GUARDIAN: { zh: "监护人", en: "Guardian" },
  RECIPIENT: { zh: "服务对象", en: "Recipient" },
  FAMILY_PROXY: { zh: "亲情代理人", en: "Family proxy" },
  ACTIVITY_LEAD: { zh: "活动负责人", en: "Activity lead" },
  ORGANIZATION_ADMIN: { zh: "组织管理员", en: "Organisation admin" },
  STATION_WORKER: { zh: "社工站专员", en: "Station worker" },
  STATION_SUPERVISOR: { zh: "社工站站长", en: "Station supervisor" },
  OFFICER: { zh: "民政干部", en: "Civil-affairs officer" },
  ASSESSOR: { zh: "评估专家", en: "Assessor" },
  REVIEWER: { zh: "复核委员", en: "Reviewer" },
  AUDITOR: { zh: "审计员", en: "Auditor" },
  PUBLIC: { zh: "公众", en: "Public" },
  SYSTEM: { zh: "系统", en: "System" },
};
/**
 * The places at which a role is granted: at an organisation, or by the office in a division or the whole bank. Null for roles
 * that come by registration alone.
 */
const grantedAt: Readonly<Record<Role, "ORGANIZATION" | "OFFICE" | null>> = {
  VOLUNTEER: null,
  GUARDIAN: null,
  RECIPIENT: null,
  FAMILY_PROXY: null,
  ACTIVITY_LEAD: "ORGANIZATION",
  ORGANIZATION_ADMIN: "ORGANIZATION",
  STATION_WORKER: "ORGANIZATION",
  STATION_SUPERVISOR: "ORGANIZATION",
  OFFICER: "OFFICE",
  ASSESSOR: "OFFICE",
  REVIEWER: "OFFICE",
  AUDITOR: "OFFICE",
};
/** Roles that make a person the staff of an organisation. */
export const staffRoles: readonly Role[] = roles.filter((role) => grantedAt[role] === "ORGANIZATION");
/**
 * Roles that people are employed for, with hours of duty. An organisation's admin, an activity's lead and assessors may well be
 * volunteers; where they are paid, a post says so.
 */
export const dutyRoles: readonly Role[] = ["STATION_WORKER", "STATION_SUPERVISOR", "OFFICER", "AUDITOR"];
/** Roles that can be granted. */
export const grantedRoles: readonly Role[] = roles.filter((role) => grantedAt[role] !== null);

/** A grant with the state of the organisation at which it is held; null for the grants of a division and of the bank. */
export interface HeldGrant extends Grant {
  organizationState: OrganizationState | null;
}

/** The person who acts. The person comes from the token, the grants from the database, never from the input. */
export interface Actor {
  personId: string | null;
  /** A person who is signed in and whom the bank does not know yet: the keyed hash under which they may register themselves. */
  identity: string | null;
  /** The keyed hash of the identity by which a known person signed in; absent where the token names the person itself. */
  via?: string;
  /** The issuer of a person whom the bank does not know yet. */
  issuer?: string;
  volunteerId: string | null;
  grants: readonly HeldGrant[];
  /** The step that the actor asks for now; absent where nobody asks whether it was taken before. */
  step?: Step;
}

/** A step of a state machine that a client asks for, and what came of it: the bank notes here what it did. */
export interface Step {
  readonly operation: string;
  /** The client's key, where the mutation may have one and does not need it. */
  readonly key: string | null;
  readonly request: unknown;
  /** Whether the bank was asked to do it, and whether anything was written. */
  acted: boolean;
  changed: boolean;
}
export const nobody: Actor = { personId: null, identity: null, volunteerId: null, grants: [] };
/** The bank itself: seeding and the command line on the machine that holds the keys. */
export const system: Actor = { ...nobody, personId: "system" };

/** The place of an act: the volunteer concerned, the organisation, and the division with all above it. */
export interface Where {
  volunteerId?: string | null;
  organizationId?: string | null;
  divisions?: readonly string[];
  /** The persons who are the volunteer's guardians. */
  guardianIds?: readonly string[];
  /** The recipient concerned, as a person. */
  recipientPersonId?: string | null;
  /** The persons who are the recipient's active proxies. */
  proxyIds?: readonly string[];
}

const station: readonly Role[] = ["STATION_WORKER", "STATION_SUPERVISOR", "ORGANIZATION_ADMIN"];
const office: readonly Role[] = ["OFFICER"];
const watchers: readonly Role[] = ["OFFICER", "AUDITOR"];

/**
 * Says who may do what; everything else is denied. SELF is the volunteer concerned, GUARDIAN a person who was linked to them as
 * such; every other role counts where its scope covers the place. Services ask here and nowhere else;
 * `test/graphql/permissions.test.ts` walks the whole table.
 */
export const acts = {
  "volunteer.register": ["SIGNED_IN", ...station, ...office],
  "volunteer.vouch": [...station, ...office],
  "volunteer.advance": ["STATION_SUPERVISOR", ...office],
  "volunteer.revise": ["SELF", ...station, ...office],
  "volunteer.move": ["STATION_SUPERVISOR", ...office],
  "volunteer.undoDeath": [...office],
  "volunteer.find": [...station, "ACTIVITY_LEAD", ...watchers],
  "volunteer.see": ["SELF", "GUARDIAN", ...station, "ACTIVITY_LEAD", ...watchers],
  "volunteer.private": ["SELF", "GUARDIAN", ...station, ...watchers],
  "tie.allow": ["SELF", "GUARDIAN", ...station, ...office],
  "tie.end": ["SELF", "GUARDIAN", ...station, ...office],
  "account.see": ["SELF", "GUARDIAN", ...station, ...watchers],
  "hours.submit": ["SELF"],
  "hours.log": ["ACTIVITY_LEAD", ...station, ...office],
  "hours.import": [...office],
  "hours.see": ["SELF", "GUARDIAN", "ACTIVITY_LEAD", ...station, ...watchers],
  "hours.confirm": ["ACTIVITY_LEAD", ...station, ...office],
  "hours.return": ["ACTIVITY_LEAD", ...station, ...office],
  "hours.reject": ["ACTIVITY_LEAD", ...station, ...office],
  "hours.void": ["SELF", "GUARDIAN", "ACTIVITY_LEAD", ...station, ...office],
  "hours.resubmit": ["SELF", "GUARDIAN", "ACTIVITY_LEAD", ...station, ...office],
  "hours.dispute": ["SELF", "GUARDIAN", "ACTIVITY_LEAD", ...station, ...office],
  "hours.resolve": ["STATION_SUPERVISOR", ...office],
  "hours.reverse": ["STATION_SUPERVISOR", ...office],
  "campaign.create": [...office],
  "campaign.history": [...watchers],
  "activity.create": ["ACTIVITY_LEAD", ...station, ...office],
  "activity.submit": ["ORGANIZATION_ADMIN", "STATION_SUPERVISOR", ...office],
  "activity.review": ["STATION_SUPERVISOR", ...office],
  "activity.publish": ["STATION_SUPERVISOR", ...office],
  "activity.publishLarge": [...office],
  "activity.run": ["ACTIVITY_LEAD", ...station, ...office],
  "activity.see": ["ACTIVITY_LEAD", ...station, ...watchers],
  "activity.signals": ["STATION_SUPERVISOR", ...watchers],
  "fundraising.plan": [...office],
  "fundraising.disclose": ["ORGANIZATION_ADMIN", ...office],
  "signUp.make": ["SELF"],
  "signUp.withdraw": ["SELF", "GUARDIAN", "ACTIVITY_LEAD", ...station, ...office],
  "signUp.consent": ["SELF", "GUARDIAN", ...station, ...office],
  "signUp.see": ["SELF", "GUARDIAN", "ACTIVITY_LEAD", ...station, ...watchers],
  "signUp.blame": ["STATION_SUPERVISOR", ...office],
  "signUp.resolve": ["ACTIVITY_LEAD", ...station, ...office],
  "attendance.self": ["SELF"],
  "attendance.tick": ["ACTIVITY_LEAD", ...station, ...office],
  "guardian.link": [...station, ...office],
  "guardian.end": [...station, ...office],
  "invitation.make": [...station, ...office],
  "invitation.see": [...station, ...watchers],
  "invitation.end": [...station, ...office],
  "identity.link": ["STATION_SUPERVISOR", ...office],
  "identity.unlink": ["STATION_SUPERVISOR", ...office],
  "socialWorker.register": ["STATION_SUPERVISOR", "ORGANIZATION_ADMIN", ...office],
  "socialWorker.see": [...station, ...watchers],
  "post.set": ["ORGANIZATION_ADMIN", ...office],
  "post.see": ["ORGANIZATION_ADMIN", "STATION_SUPERVISOR", ...watchers],
  "points.award": [...station, ...office],
  "points.see": [...station, ...watchers],
  "recipient.register": [...station, ...office],
  "recipient.unlist": ["STATION_SUPERVISOR", ...office],
  "recipient.see": ["RECIPIENT", "FAMILY_PROXY", ...station, ...watchers],
  "order.request": ["RECIPIENT", "FAMILY_PROXY", ...station, ...office],
  "order.see": ["SELF", "RECIPIENT", "FAMILY_PROXY", ...station, ...watchers],
  "order.claim": ["SELF"],
  "order.offer": [...station, ...office],
  "order.deliver": ["SELF", ...station, ...office],
  "order.accept": ["RECIPIENT", "FAMILY_PROXY", ...station, ...office],
  "order.cancel": ["SELF", "RECIPIENT", "FAMILY_PROXY", ...station, ...office],
  "order.dispute": ["SELF", "RECIPIENT", "FAMILY_PROXY", ...station, ...office],
  "order.resolve": ["STATION_SUPERVISOR", ...office],
  "proxy.see": ["RECIPIENT", "FAMILY_PROXY", ...station, ...watchers],
  "proxy.approve": ["STATION_SUPERVISOR", ...office],
  "proxy.accept": ["RECIPIENT", ...station, ...office],
  "proxy.revoke": ["RECIPIENT", "FAMILY_PROXY", ...station, ...office],
  "star.propose": [...station, ...office],
  "star.object": ["SIGNED_IN"],
  "star.decide": [...office],
  "star.see": ["SELF", "GUARDIAN", ...station, ...watchers],
  "visit.record": [...station, ...office],
  "visit.confirm": [...station, ...office],
  "visit.volunteer": ["SELF"],
  "credit.open": ["ACTIVITY_LEAD", ...station, ...office],
  "credit.see": ["SELF", "GUARDIAN", "ACTIVITY_LEAD", ...station, ...watchers],
  "credit.propose": ["STATION_SUPERVISOR", "ORGANIZATION_ADMIN", ...office],
  "credit.decide": [...office],
  "credit.answer": ["SELF", "GUARDIAN", "ORGANIZATION_ADMIN"],
  "division.set": [...office],
  "organization.register": [...office],
  "organization.describe": [...office],
  "organization.see": ["PUBLIC"],
  "organization.history": ["ORGANIZATION_ADMIN", "STATION_SUPERVISOR", ...watchers],
  "head.propose": ["ORGANIZATION_ADMIN", ...office],
  "head.approve": ["ORGANIZATION_ADMIN", ...office],
  "head.end": ["ORGANIZATION_ADMIN", ...office],
  "head.see": ["ORGANIZATION_ADMIN", "STATION_SUPERVISOR", ...watchers],
  "organization.workspace": ["ACTIVITY_LEAD", ...station, ...watchers],
  "regulator.see": ["STATION_SUPERVISOR", ...watchers],
  "rating.run": [...office],
  "rating.apply": ["ORGANIZATION_ADMIN"],
  "rating.plead": ["ORGANIZATION_ADMIN"],
  "rating.score": ["ASSESSOR"],
  "rating.vote": ["ASSESSOR", ...office],
  "rating.review": ["REVIEWER"],
  "rating.judge": ["ASSESSOR", "REVIEWER", ...watchers],
  "rating.see": ["ORGANIZATION_ADMIN", "STATION_SUPERVISOR", ...watchers],
  "feedback.give": ["SIGNED_IN"],
  "spotCheck.run": [...office],
  "spotCheck.see": [...watchers],
  "spotCheck.answer": ["STATION_SUPERVISOR", "ORGANIZATION_ADMIN", ...watchers],
  "indicators.report": [...office],
  "indicators.see": ["STATION_SUPERVISOR", ...watchers],
  "person.separate": [...office],
  "person.merge": [...office],
  "person.export": ["GUARDIAN", ...office],
  "person.erase": [...office],
  "staff.register": [...office],
  "grant.staff": ["ORGANIZATION_ADMIN", ...office],
  "grant.end": ["ORGANIZATION_ADMIN", ...office],
  "grant.see": ["STATION_SUPERVISOR", "ORGANIZATION_ADMIN", ...office],
  "grant.office": [...office],
  "policy.set": [...office],
  "ledger.see": ["PUBLIC"],
} as const satisfies Record<string, readonly (Role | "SELF" | "SIGNED_IN" | "PUBLIC")[]>;
export type Act = keyof typeof acts;
/**
 * Acts that begin something, or let another begin: the staff of a suspended organisation may end what they began, and no more.
 * A guardian's decision is not an act of an organisation.
 */
const beginnings: ReadonlySet<Act> = new Set<Act>([
  "volunteer.register",
  "volunteer.vouch",
  "tie.allow",
  "hours.log",
  "activity.create",
  "activity.submit",
  "activity.publish",
  "signUp.consent",
  "guardian.link",
  "identity.link",
  "invitation.make",
  "socialWorker.register",
  "post.set",
  "points.award",
  "recipient.register",
  "order.request",
  "order.offer",
  "proxy.approve",
  "proxy.accept",
  "star.propose",
  "visit.record",
  "credit.open",
  "head.propose",
  "head.approve",
  "rating.apply",
  "grant.staff",
]);

/** A person's act, with one id for all of the person's earlier ids: the first of `selves` stands for each. */
export function asOne(personIds: readonly string[], selves: readonly string[]): string[] {
  return personIds.map((id) => (selves.includes(id) ? (selves[0] as string) : id));
}

/** An actor with the roles of the office alone, for acts that a station may not do by its own roles. */
export function asOfficer(actor: Actor): Actor {
  return actor === system ? actor : { ...actor, grants: actor.grants.filter(({ role }) => role === "OFFICER") };
}

/** Whether a grant, or another term, has begun by a day and not ended. */
export function isInForce(term: Pick<Grant, "validFrom" | "validUntil">, day: Day): boolean {
  return term.validFrom <= day && lasts(term, day);
}

/** Whether a grant, or another term, has not ended by a day; it may begin later. */
export function lasts({ validUntil }: Pick<Grant, "validUntil">, day: Day): boolean {
  return validUntil === null || validUntil >= day;
}

/** Whether a person with these grants is on the organisation's own staff today. */
export function isStaffOf(organizationId: string, grants: readonly Grant[], today: Day): boolean {
  return grants.some(
    (grant) => grant.organizationId === organizationId && staffRoles.includes(grant.role) && isInForce(grant, today),
  );
}

/** At a suspended organisation a grant begins nothing; at a dissolved one no grant is left. */
function rests({ organizationState }: HeldGrant, act: Act): boolean {
  if (organizationState === null || organizationState === "ACTIVE") return false;
  return organizationState === "DISSOLVED" || beginnings.has(act);
}

function covers(grant: HeldGrant, act: Act, where: Where, today: Day): boolean {
  if (!isInForce(grant, today) || rests(grant, act)) return false;
  if (grant.organizationId !== null) return grant.organizationId === where.organizationId;
  if (grant.divisionCode !== null) return where.divisions?.includes(grant.divisionCode) ?? false;
  return true;
}

/** The role in which this actor may do it, or null. SELF comes first, so that a person's own things stay their own. */
export function roleFor(actor: Actor, act: Act, where: Where, today: Day): ActorKind | null {
  if (actor === system) return "SYSTEM";
  const allowed: readonly string[] = acts[act];
  if (allowed.includes("SELF") && actor.volunteerId !== null && actor.volunteerId === where.volunteerId)
    return "VOLUNTEER";
  if (allowed.includes("GUARDIAN") && actor.personId !== null && where.guardianIds?.includes(actor.personId))
    return "GUARDIAN";
  if (allowed.includes("RECIPIENT") && actor.personId !== null && actor.personId === where.recipientPersonId)
    return "RECIPIENT";
  if (allowed.includes("FAMILY_PROXY") && actor.personId !== null && where.proxyIds?.includes(actor.personId))
    return "FAMILY_PROXY";
  const grant = actor.grants.find(
    (candidate) =>
      candidate.role !== "GUARDIAN" && allowed.includes(candidate.role) && covers(candidate, act, where, today),
  );
  if (grant) return grant.role;
  if (allowed.includes("SIGNED_IN") && (actor.personId ?? actor.identity) !== null) return "VOLUNTEER";
  return allowed.includes("PUBLIC") ? "PUBLIC" : null;
}

/** The places at which an actor may do it: everywhere, or in these organisations and in these divisions and below. */
export interface Scope {
  all: boolean;
  organizationIds: string[];
  divisionCodes: string[];
}

/** The places of the grants by which this actor may do it today. The actor's own things have no place. */
export function scopeOf(actor: Actor, act: Act, today: Day): Scope {
  const scope: Scope = {
    all: roleFor({ ...actor, volunteerId: null, grants: [] }, act, {}, today) !== null,
    organizationIds: [],
    divisionCodes: [],
  };
  if (actor === system) return { ...scope, all: true };
  for (const grant of actor.grants) {
    const { organizationId, divisionCode } = grant;
    const where = { organizationId, divisions: divisionCode === null ? [] : [divisionCode] };
    if (roleFor({ ...nobody, grants: [grant] }, act, where, today) === null) continue;
    if (organizationId !== null) scope.organizationIds.push(organizationId);
    else if (divisionCode !== null) scope.divisionCodes.push(divisionCode);
    else scope.all = true;
  }
  return scope;
}

/** The role in which the actor may do it at one of these places. NOT_PERMITTED; ORGANIZATION_INACTIVE. */
export function permit(actor: Actor, act: Act, places: readonly Where[], today: Day): ActorKind {
  for (const where of places) {
    const role = roleFor(actor, act, where, today);
    if (role) return role;
  }
  return deny(actor, act, places, today);
}

/**
 * Says why a person may not do it: ORGANIZATION_INACTIVE where they could if their organisation were at work; else
 * NOT_PERMITTED.
 */
export function deny(actor: Actor, act: Act, places: readonly Where[], today: Day): never {
  const resting = actor.grants.find(
    (grant) =>
      rests(grant, act) &&
      places.some((where) =>
        roleFor({ ...nobody, grants: [{ ...grant, organizationState: "ACTIVE" }] }, act, where, today),
      ),
  );
  return resting
    ? refuse("ORGANIZATION_INACTIVE", { act, state: resting.organizationState })
    : refuse("NOT_PERMITTED", { act });
}
