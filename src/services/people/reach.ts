import type { ActorKind, Role } from "../../domain/facts/actors";
import type { Grant, Volunteer } from "../../domain/facts/people";
import { refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import { type Act, type Actor, lasts, roleFor, system, type Where } from "../../domain/permissions/actors";
import type { View } from "../../storage/store";
import type { Bank } from "../bank";

/** Roles of a station's staff whose identities its supervisor may link; actors who can give the other roles link the identities of their holders. */
const lesserRoles: readonly Role[] = ["ACTIVITY_LEAD", "STATION_WORKER"];

/** Decides which other people an actor reaches: their ways to sign in, their roles, and their capacities, to open, see or correct. */
export class Reach {
  constructor(private readonly bank: Bank) {}

  /**
   * The role under which the actor may open this person's ways in. An actor who opens them can use what the person holds. So
   * each role of the person must be one that the actor could give, or a lesser one at the supervisor's own station.
   */
  async checkReach(view: View, actor: Actor, act: Act, personId: string): Promise<ActorKind> {
    const [places = []] = await this.placesOf(view, [personId]);
    const role = this.bank.permitAny(actor, act, places);
    if (!role) return this.bank.deny(actor, act, ...places);
    // Ending a way to sign in protects the person, so the station of the volunteer may do it alone.
    if (act === "identity.link") await this.checkElsewhere(view, actor, act, personId, ["personId"]);
    const grants = (await view.grantsOfPersons([personId])).get(personId) ?? [];
    await this.checkRoles(view, actor, act, grants, ["personId"]);
    return role;
  }

  /**
   * Refuses an actor who may not do this to the person as a volunteer and as a recipient. An organisation that gives a role
   * to another station's volunteer, or to a recipient, gets no access to those capacities by it. NOT_PERMITTED.
   */
  async checkElsewhere(view: View, actor: Actor, act: Act, personId: string, path: string[]): Promise<void> {
    const volunteer = await view.volunteerOfPerson(personId);
    if (volunteer && !this.bank.permitAny(actor, act, await this.bank.places.ofVolunteer(view, volunteer)))
      refuse("NOT_PERMITTED", { act, capacity: "VOLUNTEER" }, path);
    const recipient = await view.recipientOfPerson(personId);
    const places = recipient && (await this.bank.places.over(view, recipient.divisionCode));
    if (places && !this.bank.permitAny(actor, "recipient.register", places))
      refuse("NOT_PERMITTED", { act, capacity: "RECIPIENT" }, path);
  }

  /** Refuses an actor who could not give each of these roles that has not ended. */
  async checkRoles(view: View, actor: Actor, act: Act, grants: readonly Grant[], path: string[]): Promise<void> {
    for (const grant of grants)
      if (lasts(grant, this.bank.today()) && !(await this.couldGive(view, actor, grant)))
        refuse("NOT_PERMITTED", { act, role: grant.role }, path);
  }

  private async couldGive(view: View, actor: Actor, { role, organizationId }: Grant): Promise<boolean> {
    const today = this.bank.today();
    if (organizationId === null) return roleFor(actor, "grant.office", {}, today) !== null;
    const where = await this.bank.places.at(view, await this.bank.organization(view, organizationId));
    if (roleFor(actor, "grant.staff", where, today)) return true;
    return lesserRoles.includes(role) && roleFor(actor, "identity.unlink", where, today) === "STATION_SUPERVISOR";
  }

  /** Where each of these persons belongs: the station that vouched, the organisations whose staff they are, and the bank. */
  async placesOf(view: View, personIds: readonly string[]): Promise<Where[][]> {
    const today = this.bank.today();
    const volunteers = await view.volunteersOfPersons(personIds);
    const grants = await view.grantsOfPersons(personIds);
    const held = [...grants.values()].flat().flatMap((grant) => grant.organizationId ?? []);
    const organizations = await view.organizations(held);
    const divisions = await this.bank.divisions(view);
    return personIds.map((id) => {
      const volunteer = volunteers.get(id);
      const lives = volunteer && { divisions: lineage(volunteer.divisionCode, divisions) };
      const works = (grants.get(id) ?? []).flatMap((grant) => {
        const organization = organizations.get(grant.organizationId ?? "");
        if (!organization || !lasts(grant, today)) return [];
        return { organizationId: organization.id, divisions: lineage(organization.divisionCode, divisions) };
      });
      // The volunteer's station sees the ways to sign in, whatever roles other organisations have given the volunteer.
      return [...(lives ? [{ ...lives, organizationId: volunteer.vouchedBy }] : works), {}];
    });
  }

  async seen(view: View, actor: Actor, personIds: readonly string[]): Promise<Set<string>> {
    const others = personIds.filter((id) => id !== actor.personId);
    const seen = new Set(personIds.filter((id) => id === actor.personId));
    // Most people see only their own ways to sign in, and that costs no question.
    if (others.length === 0 || (actor !== system && actor.grants.length === 0)) return seen;
    const places = await this.placesOf(view, others);
    for (const [i, id] of others.entries())
      if (this.bank.permitAny(actor, "identity.unlink", places[i] ?? [])) seen.add(id);
    return seen;
  }

  /**
   * Whether the actor may know the person of each volunteer by id: their own, and those for whom they may link a way to sign
   * in, at the station that keeps the registration and in its office. Each capacity of a person is judged by its own place,
   * so that the id tells nobody of another capacity that they do not see.
   */
  async reaches(actor: Actor, volunteerIds: readonly string[]): Promise<boolean[]> {
    const view = this.bank.store.view;
    const others = volunteerIds.filter((id) => id !== actor.volunteerId);
    const mayLink = others.length > 0 && (actor === system || actor.grants.length > 0);
    const volunteers = mayLink ? await view.volunteers(others) : new Map<string, Volunteer>();
    // A guardian asks for the copy of a child's data by the person.
    const wards = others.length > 0 && actor.personId !== null ? await this.bank.wardsOf(view, actor.personId) : [];
    return Promise.all(
      volunteerIds.map(async (id) => {
        if (id === actor.volunteerId || wards.includes(id)) return true;
        const volunteer = volunteers.get(id);
        if (!volunteer) return false;
        return (
          this.bank.permitAny(actor, "identity.link", await this.bank.places.ofVolunteer(view, volunteer)) !== null
        );
      }),
    );
  }

  /**
   * Refuses a correction of name, papers or birth date by an actor who could not correct each capacity of the person and give
   * each of the person's roles. NOT_PERMITTED.
   */
  async checkCapacities(tx: View, actor: Actor, personId: string, field: string): Promise<void> {
    const volunteer = await tx.volunteerOfPerson(personId);
    if (volunteer) this.bank.permit(actor, "volunteer.revise", ...(await this.bank.places.ofVolunteer(tx, volunteer)));
    const recipient = await tx.recipientOfPerson(personId);
    if (recipient)
      this.bank.permit(actor, "recipient.register", ...(await this.bank.places.over(tx, recipient.divisionCode)));
    const worker = await tx.socialWorkerOfPerson(personId);
    if (worker) {
      const organization = await this.bank.organization(tx, worker.organizationId);
      this.bank.permit(actor, "socialWorker.register", await this.bank.places.at(tx, organization));
    }
    const grants = (await tx.grantsOfPersons([personId])).get(personId) ?? [];
    const act = volunteer ? "volunteer.revise" : worker ? "socialWorker.register" : "recipient.register";
    await this.checkRoles(tx, actor, act, grants, [field]);
  }

  /** Whether the actor may know every person by id: an actor who merges and parts them may. */
  reachesAll(actor: Actor): boolean {
    return this.bank.permitAny(actor, "person.merge", [{}]) !== null;
  }
}
