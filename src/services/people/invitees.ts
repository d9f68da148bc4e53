import type { ActorKind } from "../../domain/facts/actors";
import type { Organization } from "../../domain/facts/organizations";
import type { Invitation, InviteeKind, Volunteer } from "../../domain/facts/people";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import { isAdult, type Profile, welcomeStates } from "../../domain/people/volunteers";
import { type Act, type Actor, lasts, roleFor } from "../../domain/permissions/actors";
import type { Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { canonical } from "../bank/canonical";
import type { Identities } from "./identities";

/** One of these: a volunteer, a person with a role at the organisation, or the minor whose guardian is invited. */
export interface Invitee {
  volunteerId?: string | null;
  personId?: string | null;
  guardianOf?: string | null;
}
/** Which act invites a person of each kind, and which takes the invitation back. */
export const actsOf: Record<InviteeKind, { make: Act; end: Act }> = {
  VOLUNTEER: { make: "invitation.make", end: "invitation.end" },
  STAFF: { make: "grant.staff", end: "grant.end" },
  GUARDIAN: { make: "guardian.link", end: "guardian.end" },
};

/** What an invitation says before it has a code. */
type Draft = Pick<Invitation, "kind" | "personId" | "volunteerId"> & { role: ActorKind };
/** Says which people an organisation may invite, and in which role the inviter does so. */
export class Invitees {
  constructor(
    private readonly bank: Bank,
    private readonly identities: Identities,
  ) {}

  /**
   * Checks each of the invited: that they are there, and that the actor may open their way in. The first refusal refuses all
   * of them, unless `refused` takes the refusal of each.
   */
  async drafts(
    tx: Tx,
    actor: Actor,
    organization: Organization,
    invitees: readonly Invitee[],
    refused?: Map<number, Refusal>,
  ): Promise<Draft[]> {
    const where = await this.bank.places.at(tx, organization);
    const divisions = await this.bank.divisions(tx);
    const volunteers = await tx.volunteers(
      invitees.flatMap(({ volunteerId, guardianOf }) => volunteerId ?? guardianOf ?? []),
    );
    const persons = invitees.flatMap(
      ({ volunteerId, personId }) => personId ?? volunteers.get(volunteerId ?? "")?.personId ?? [],
    );
    const grants = await tx.grantsOfPersons(persons);
    const wards = invitees.flatMap(({ guardianOf }) => volunteers.get(guardianOf ?? "")?.profileId ?? []);
    const profiles = await this.bank.vault.open<Profile>(tx, wards);
    /** The role in which a volunteer's own station, or an officer over it, invites. */
    const over = (act: Act, volunteer: Volunteer | undefined, path: string[]): ActorKind => {
      const known = volunteer && welcomeStates.includes(volunteer.state);
      if (!known || (volunteer.vouchedBy !== organization.id && !this.officerOver(actor, act, volunteer, divisions)))
        return refuse("VOLUNTEER_NOT_FOUND", {}, path);
      return this.bank.permit(actor, act, where, { divisions: lineage(volunteer.divisionCode, divisions) });
    };
    const draftOf = async ({ volunteerId, personId, guardianOf }: Invitee, i: number): Promise<Draft> => {
      const path = (name: string) => ["invitees", String(i), name];
      if (volunteerId != null) {
        this.bank.permit(actor, actsOf.VOLUNTEER.make, where, ...this.everywhere(actor));
        const volunteer = volunteers.get(volunteerId);
        const role = over(actsOf.VOLUNTEER.make, volunteer, path("volunteerId"));
        const invited = (volunteer as Volunteer).personId;
        await this.identities.reach.checkRoles(
          tx,
          actor,
          actsOf.VOLUNTEER.make,
          grants.get(invited) ?? [],
          path("volunteerId"),
        );
        await this.identities.reach.checkElsewhere(tx, actor, actsOf.VOLUNTEER.make, invited, path("volunteerId"));
        return { kind: "VOLUNTEER", personId: invited, volunteerId, role };
      }
      if (personId != null) {
        const role = this.bank.permit(actor, actsOf.STAFF.make, where);
        const held = grants.get(personId) ?? [];
        if (!held.some((grant) => grant.organizationId === organization.id && lasts(grant, this.bank.today())))
          refuse("NOT_FOUND", {}, path("personId"));
        await this.identities.reach.checkElsewhere(tx, actor, "invitation.make", personId, path("personId"));
        await this.identities.reach.checkRoles(tx, actor, actsOf.STAFF.make, held, path("personId"));
        return { kind: "STAFF", personId, volunteerId: null, role };
      }
      this.bank.permit(actor, actsOf.GUARDIAN.make, where, ...this.everywhere(actor));
      const ward = volunteers.get(guardianOf as string);
      const role = over(actsOf.GUARDIAN.make, ward, path("guardianOf"));
      const profile = profiles.get(ward?.profileId ?? "");
      if (!profile || isAdult(profile, this.bank.today()))
        refuse("INVALID_INPUT", { expected: "a minor" }, path("guardianOf"));
      return { kind: "GUARDIAN", personId: null, volunteerId: guardianOf as string, role };
    };
    const drafts: Draft[] = [];
    for (const [i, invitee] of invitees.entries())
      try {
        drafts.push(await draftOf(invitee, i));
      } catch (error) {
        if (refused === undefined || !(error instanceof Refusal)) throw error;
        refused.set(i, error);
      }
    return drafts;
  }

  /** The divisions in which the actor holds an office: places for an officer who invites for a station. */
  private everywhere(actor: Actor) {
    return actor.grants.flatMap(({ organizationId, divisionCode }) =>
      organizationId === null && divisionCode !== null ? { divisions: [divisionCode] } : [],
    );
  }

  private officerOver(
    actor: Actor,
    act: Act,
    { divisionCode }: Volunteer,
    divisions: Parameters<typeof lineage>[1],
  ): boolean {
    return roleFor(actor, act, { divisions: lineage(divisionCode, divisions) }, this.bank.today()) !== null;
  }
}

/** Each names one person, and none of them twice. */
export function checkInvitees(invitees: readonly Invitee[]): void {
  const named = new Set<string>();
  for (const [i, { volunteerId, personId, guardianOf }] of invitees.entries()) {
    const ids = [volunteerId, personId, guardianOf].filter((id) => id != null);
    if (ids.length !== 1)
      refuse("INVALID_INPUT", { expected: "one of volunteerId, personId, guardianOf" }, ["invitees", String(i)]);
    const key = canonical({ volunteerId, personId, guardianOf });
    // Two parents may be invited for one child.
    if (guardianOf == null && named.has(key)) refuse("INVALID_INPUT", { repeated: true }, ["invitees", String(i)]);
    named.add(key);
  }
}
