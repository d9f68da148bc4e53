import type { Volunteer } from "../../domain/facts/people";
import { refuse } from "../../domain/kit/refusal";
import { checkNotOwn } from "../../domain/people/near";
import { isAdult, type Profile } from "../../domain/people/volunteers";
import { type Act, type Actor, system } from "../../domain/permissions/actors";
import type { Tx } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, readField } from "../bank/fields";
import { checkStranger, ownOf } from "../bank/near";
import type { People } from ".";
import { endGuardianship, type linkGuardian } from "./commands/ties";
import type { Volunteers } from "./volunteers";

/** A guardian of a minor. A guardian who came by an invitation need be no volunteer. */
export interface ShownGuardian {
  personId: string;
  displayName: string | null;
}

/** The guardians of volunteers who are minors. A station links them, and ends that; it ends by itself when the minor grows up. */
export class Guardians {
  constructor(
    private readonly bank: Bank,
    private readonly people: People,
    private readonly volunteers: Volunteers,
  ) {}

  async link(actor: Actor, input: Asked<typeof linkGuardian>): Promise<Done<string>> {
    const work = async (tx: Tx, actor: Actor) => {
      const ward = await this.ward(tx, actor, "guardian.link", input.volunteerId);
      const guardian = (await tx.volunteers([input.guardianId])).get(input.guardianId);
      if (guardian?.state !== "ACTIVE" || guardian.id === ward.id) refuse("VOLUNTEER_NOT_FOUND", {}, ["guardianId"]);
      // The list of guardians tells names: an organisation reads there no name of a volunteer whom it does not see.
      const seen = await this.volunteers.sight.visible(tx, actor, [guardian], "volunteer.see");
      if (!seen.has(guardian.id)) refuse("VOLUNTEER_NOT_FOUND", {}, ["guardianId"]);
      const own = await ownOf(tx, actor);
      checkNotOwn(own, guardian.personId, ["guardianId"]);
      checkNotOwn(own, ward.personId, ["volunteerId"]);
      await this.bank.vault.checkNotErased(tx, ward.personId);
      const profiles = await this.bank.vault.open<Profile>(tx, [ward.profileId, guardian.profileId]);
      if (!this.isGrownUp(profiles.get(guardian.profileId))) refuse("MINOR_NOT_ADMITTED", {}, ["guardianId"]);
      if (this.isGrownUp(profiles.get(ward.profileId)))
        refuse("INVALID_INPUT", { expected: "a minor" }, ["volunteerId"]);
      await this.note(tx, actor.personId as string, ward.id, guardian.personId);
      return ward.id;
    };
    return this.bank.commands.once(actor, "linkGuardian", input, work, async (_, id) => id);
  }

  /** From now on the person answers for the volunteer. */
  async note(tx: Tx, by: string, volunteerId: string, personId: string): Promise<void> {
    const known = await this.known(tx, volunteerId, personId);
    if (known && !known.ended) return;
    await tx.append(by, {
      type: "GUARDIAN_SET",
      id: known?.id ?? this.bank.id("guardian", tx.now),
      volunteerId,
      personId,
      ended: false,
      version: (known?.version ?? 0) + 1,
      reasonId: null,
    });
  }

  async end(actor: Actor, input: Asked<typeof endGuardianship>): Promise<string> {
    const reason = readField(endGuardianship, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const ward = await this.ward(tx, actor, "guardian.end", input.volunteerId);
      // A guardian who came by an invitation need not be a volunteer, and is named as a person.
      const guardian = (await tx.volunteers([input.guardianId])).get(input.guardianId);
      const known = await this.known(tx, ward.id, guardian?.personId ?? input.guardianId);
      if (!known) return refuse("NOT_FOUND", {}, ["guardianId"]);
      if (known.ended) return ward.id;
      // Otherwise a supervisor would end their own guardianship, and then decide about the child.
      await checkStranger(tx, actor, ward.personId, ["volunteerId"]);
      const by = actor.personId as string;
      const { id, volunteerId, personId } = known;
      const reasonId = await this.bank.vault.sealWords(tx, by, ward.personId, { reason });
      const version = known.version + 1;
      await tx.append(by, { type: "GUARDIAN_SET", id, volunteerId, personId, ended: true, version, reasonId });
      return ward.id;
    });
  }

  /** Volunteer ids of the minors the actor answers for today. */
  async wards(actor: Actor): Promise<string[]> {
    return actor.personId === null ? [] : this.bank.wardsOf(this.bank.store.view, actor.personId);
  }

  /** The guardians of each of these volunteers today, for actors who could end the guardianship; none for others. Batched. */
  async of(actor: Actor, volunteerIds: readonly string[]): Promise<ShownGuardian[][]> {
    const view = this.bank.store.view;
    const mayEnd = actor === system || actor.grants.length > 0;
    const wards = mayEnd ? [...(await view.volunteers(volunteerIds)).values()] : [];
    const seen: string[] = [];
    for (const ward of wards)
      if (this.bank.permitAny(actor, "guardian.end", await this.bank.places.ofVolunteer(view, ward)))
        seen.push(ward.id);
    const guardians = await this.bank.guardiansOf(view, seen);
    const names = await this.people.names(view, [...guardians.values()].flat());
    return volunteerIds.map((id) =>
      (guardians.get(id) ?? []).map((personId) => ({ personId, displayName: names.get(personId) ?? null })),
    );
  }

  /** A volunteer whose guardians the actor may set. */
  private async ward(tx: Tx, actor: Actor, act: Act, id: string): Promise<Volunteer> {
    const ward = (await tx.volunteers([id])).get(id) ?? refuse("NOT_FOUND", {}, ["volunteerId"]);
    const places = await this.bank.places.ofVolunteer(tx, ward);
    if (this.bank.permitAny(actor, act, places)) return ward;
    const guardianIds = (await this.bank.guardiansOf(tx, [id])).get(id);
    const seen = this.bank.permitAny(actor, "volunteer.see", [...places, { volunteerId: id, guardianIds }]);
    return seen ? this.bank.deny(actor, act, ...places) : refuse("NOT_FOUND", {}, ["volunteerId"]);
  }

  private async known(tx: Tx, volunteerId: string, personId: string) {
    const linked = (await tx.guardianshipsFor([volunteerId])).get(volunteerId);
    return linked?.find((guardianship) => guardianship.personId === personId);
  }

  private isGrownUp(profile: Profile | undefined): boolean {
    return profile !== undefined && isAdult(profile, this.bank.today());
  }
}
