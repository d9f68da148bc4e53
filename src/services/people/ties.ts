import type { ActorKind } from "../../domain/facts/actors";
import type { Volunteer } from "../../domain/facts/people";
import { type TieAction, tieMoves } from "../../domain/facts/people";
import { type Day, dayOf } from "../../domain/kit/calendar";
import { mayTake, take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { checkOwnWord, type TieKind } from "../../domain/people/ties";
import type { Profile } from "../../domain/people/volunteers";
import type { Actor, Where } from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import { type Asked, readField } from "../bank/fields";
import { setTie } from "./commands/ties";

/** Why an organisation sees a volunteer, and until which day; null where nothing ends it by itself. */
export interface ShownTie {
  kind: TieKind;
  organizationId: string;
  until: Day | null;
  /** The version of what the volunteer said, which a client passes as expectedVersion. */
  version: number | null;
}

/** Which organisations see a volunteer, by the volunteer's own word: given and taken back. */
export class Ties {
  constructor(private readonly bank: Bank) {}

  async set(actor: Actor, input: Asked<typeof setTie>): Promise<string> {
    const reason = readField(setTie, "reason", input.reason);
    const volunteerId = input.volunteerId ?? actor.volunteerId ?? refuse("NOT_PERMITTED", { act: "tie.allow" });
    const action: TieAction = input.allowed ? "ALLOW" : "END";
    return this.bank.commands.act(actor, async (tx, actor) => {
      const volunteer =
        (await tx.volunteers([volunteerId])).get(volunteerId) ?? refuse("NOT_FOUND", {}, ["volunteerId"]);
      const role = await this.permitted(tx, actor, volunteer, action);
      const organization = await this.bank.organization(tx, input.organizationId);
      if (action === "END" && volunteer.vouchedBy === organization.id)
        refuse("ILLEGAL_TRANSITION", { action, tie: "REGISTERED" }, ["organizationId"]);
      // A station or an officer holds the volunteer's word in writing, and says where.
      const own = role === "VOLUNTEER" || role === "GUARDIAN";
      if (!own && reason === null) refuse("REASON_MISSING", { action }, ["reason"]);
      if (action === "ALLOW") {
        if (organization.state === "DISSOLVED") this.bank.checkActive(organization);
        await this.bank.vault.checkNotErased(tx, volunteer.personId);
        const profiles = await this.bank.vault.open<Profile>(tx, [volunteer.profileId]);
        const birthDate = profiles.get(volunteer.profileId)?.birthDate ?? null;
        if (role === "VOLUNTEER") checkOwnWord(birthDate, this.bank.today());
      }
      const reasonId =
        reason === null
          ? null
          : await this.bank.vault.sealWords(tx, actor.personId as string, volunteer.personId, { reason });
      const tie = { volunteerId, organizationId: organization.id, action, reasonId };
      await this.step(tx, { personId: actor.personId as string, role }, tie, input.expectedVersion ?? null);
      return volunteerId;
    });
  }

  /**
   * Writes down what a volunteer said about an organisation; the same word again changes nothing, but an END, which also
   * ends what came after the one before. For others whose step says so too, such as an invitation that is accepted.
   */
  async step(
    tx: Tx,
    by: { personId: string; role: ActorKind },
    step: { volunteerId: string; organizationId: string; action: TieAction; reasonId: string | null },
    expectedVersion: number | null = null,
  ): Promise<void> {
    const { volunteerId, organizationId, action, reasonId } = step;
    const ties = (await tx.tiesOfVolunteers([volunteerId])).get(volunteerId) ?? [];
    const before = ties.find((tie) => tie.organizationId === organizationId) ?? null;
    if (!mayTake(tieMoves, before?.state ?? null, action)) return;
    if (action === "END" && before?.state !== "ALLOWED" && !(await this.isBound(tx, volunteerId, organizationId)))
      return;
    const { state, version } = take(tieMoves, before, action, { expectedVersion, reason: reasonId });
    await tx.append(by.personId, {
      type: "TIE_STEP",
      id: before?.id ?? this.bank.id("tie", tx.now),
      volunteerId,
      organizationId,
      state,
      version,
      action,
      from: before?.state ?? null,
      actorKind: by.role,
      reasonId,
    });
  }

  /** Whether a sign-up or a submission of their own shows the volunteer's name there. */
  private async isBound(tx: Tx, volunteerId: string, organizationId: string): Promise<boolean> {
    const own = await tx.ownTies(volunteerId, await this.bank.tiedSince(tx));
    return own.some((tie) => tie.organizationId === organizationId);
  }

  /** The ties, for the volunteer, the guardians, and the station that keeps the registration; empty for others. */
  async of(actor: Actor, volunteerId: string): Promise<ShownTie[]> {
    const view = this.bank.store.view;
    const volunteer = (await view.volunteers([volunteerId])).get(volunteerId);
    if (!volunteer || !this.bank.permitAny(actor, "tie.end", await this.placesOf(view, volunteer))) return [];
    const since = await this.bank.tiedSince(view);
    const window = this.bank.clock() - since;
    const ties: ShownTie[] = [];
    const add = (kind: TieKind, organizationId: string, until: number | null, version: number | null = null) =>
      ties.push({ kind, organizationId, until: until === null ? null : dayOf(until + window), version });
    if (volunteer.vouchedBy !== null) add("REGISTERED", volunteer.vouchedBy, null);
    for (const tie of (await view.tiesOfVolunteers([volunteerId])).get(volunteerId) ?? [])
      if (tie.state === "ALLOWED") add("ALLOWED", tie.organizationId, null, tie.version);
    const latest = new Map<string, { organizationId: string; kind: TieKind; until: number }>();
    for (const own of await view.ownTies(volunteerId, since)) {
      const key = `${own.kind} ${own.organizationId}`;
      if ((latest.get(key)?.until ?? 0) < own.until) latest.set(key, own);
    }
    for (const { kind, organizationId, until } of latest.values()) add(kind, organizationId, until);
    return ties;
  }

  private async permitted(tx: Tx, actor: Actor, volunteer: Volunteer, action: TieAction): Promise<ActorKind> {
    const act = action === "ALLOW" ? "tie.allow" : "tie.end";
    const places = await this.placesOf(tx, volunteer);
    const role = this.bank.permitAny(actor, act, places);
    if (role !== null) return role;
    const seen = this.bank.permitAny(actor, "volunteer.see", places);
    return seen ? this.bank.deny(actor, act, ...places) : refuse("NOT_FOUND", {}, ["volunteerId"]);
  }

  /** The volunteer's own places: themselves, their guardians, and the station and office that keep their registration. */
  private async placesOf(view: View, volunteer: Volunteer): Promise<Where[]> {
    const guardianIds = (await this.bank.guardiansOf(view, [volunteer.id])).get(volunteer.id) ?? [];
    return [{ volunteerId: volunteer.id, guardianIds }, ...(await this.bank.places.ofVolunteer(view, volunteer))];
  }
}
