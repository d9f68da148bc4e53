import type { ActorKind } from "../../domain/facts/actors";
import type { Division } from "../../domain/facts/organizations";
import {
  type RevisableField,
  type Volunteer,
  type VolunteerAction,
  type VolunteerStepAction,
  volunteerMoves,
} from "../../domain/facts/people";
import { invariant } from "../../domain/kit/invariant";
import { take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import { divisionCodeOf, openDivision } from "../../domain/organizations/divisions";
import { readPapers } from "../../domain/people/papers";
import { isStationOver } from "../../domain/people/ties";
import {
  adultAge,
  checkConsent,
  isAdult,
  isAwaited,
  type Profile,
  partingActions,
  restoring,
} from "../../domain/people/volunteers";
import { type Actor, type HeldGrant, roleFor, system, type Where } from "../../domain/permissions/actors";
import { balanceMost } from "../../domain/policies/parameters";
import type { StoredVolunteer, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, readField } from "../bank/fields";
import { checkStranger } from "../bank/near";
import { termsOf } from "../bank/terms";
import type { Matching } from "../visits/matching";
import { advanceVolunteer, registerVolunteer } from "./commands/volunteers";
import { beginLink } from "./identity-steps";
import type { Leaving } from "./leaving";
import { checkVolunteerNo, guardianOf, profileOf, type RegisterVolunteer } from "./volunteer-entry";
import { VolunteerSight } from "./volunteer-sight";

export class Volunteers {
  readonly sight: VolunteerSight;

  constructor(
    private readonly bank: Bank,
    private readonly leaving: Leaving,
    private readonly matching: Matching,
  ) {
    this.sight = new VolunteerSight(bank);
  }

  /**
   * A station's registration is active at once, the station vouching; one's own waits for a station or a real-name
   * check. A person is registered once: ID numbers are compared by keyed hash (F19).
   */
  async register(actor: Actor, input: RegisterVolunteer): Promise<Done<Volunteer>> {
    if ((actor.personId ?? actor.identity) === null) refuse("NOT_PERMITTED", { act: "volunteer.register" });
    const volunteerNo = readField(registerVolunteer, "volunteerNo", input.volunteerNo);
    const checked = { ...input, volunteerNo: volunteerNo && checkVolunteerNo(volunteerNo) };
    const forSelf = this.isForSelf(actor, input);
    // A list's numbers are the station's to give: a stranger could take them, or learn which there are.
    if (forSelf && checked.volunteerNo !== null)
      refuse("INVALID_INPUT", { expected: "none: the bank gives the number" }, ["volunteerNo"]);
    const { profile, papers } = profileOf(input, this.bank.today(), forSelf ? "SAID" : "SEEN");
    // An actor who is not registered yet can register nobody else, and papers that they only enter identify nobody.
    if (!forSelf && actor.personId === null) refuse("NOT_PERMITTED", { act: "volunteer.vouch" });
    // A person whose papers a station has seen before, as a social worker, is the same person. A volunteer cannot claim that:
    // a number that only the volunteer entered is not even looked up.
    const known = forSelf ? actor.personId : await this.bank.papers.holder(this.bank.store.view, papers);
    const personId = known ?? this.bank.id("person");
    const by = actor.personId === null ? { ...actor, personId } : actor;
    const work = async (tx: Tx, by: Actor) => {
      const divisions = await this.bank.divisions(tx);
      const placed = { ...checked, divisionCode: divisionCodeOf(input.divisionCode, divisions) };
      const station = forSelf ? null : await this.stationOf(tx, by, placed, divisions);
      if (forSelf) this.bank.permit(by, "volunteer.register", { divisions: lineage(placed.divisionCode, divisions) });
      openDivision(placed.divisionCode, divisions);
      checkConsent(input, this.bank.today());
      if (!forSelf) await this.bank.papers.check(tx, personId, papers, profile);
      await this.checkUnique(tx, by, placed, { personId, forSelf }, profile);
      if (forSelf && actor.identity !== null) {
        if (await tx.personOfIdentity(actor.identity)) refuse("DUPLICATE_PERSON");
        const link = { hash: actor.identity, personId, issuer: actor.issuer ?? null, kind: "SELF" as const };
        await beginLink(this.bank, tx, personId, { ...link, linkedBy: "VOLUNTEER", reasonId: null });
      }
      return this.open(tx, by, placed, profile, { personId, vouchedBy: station, vouched: !forSelf });
    };
    return this.bank.admitting(personId, known === null, async () => {
      if (!input.dryRun) {
        const done = await this.bank.commands.once(by, "registerVolunteer", input, work, render);
        return { done, kept: done.value.personId === personId };
      }
      const value = await this.bank.store.rehearse(async (tx) =>
        render(tx, await work(tx, await this.bank.renewed(tx, by))),
      );
      return { done: { value, replayed: false }, kept: false };
    });
  }

  async advance(actor: Actor, input: Asked<typeof advanceVolunteer>): Promise<Volunteer> {
    return this.bank.commands.act(actor, async (tx, actor) => {
      const volunteer =
        (await tx.volunteers([input.volunteerId])).get(input.volunteerId) ?? refuse("NOT_FOUND", {}, ["volunteerId"]);
      const action = restoring(input.action, volunteer.state);
      // ACTIVATE and RETURN vouch for the volunteer; the other steps are a supervisor's.
      const vouches = action === "ACTIVATE" || action === "RETURN";
      const act = vouches ? "volunteer.vouch" : "volunteer.advance";
      const places = vouches
        ? await this.vouchedAt(tx, actor, volunteer)
        : await this.bank.places.ofVolunteer(tx, volunteer);
      const role = this.bank.permitAny(actor, act, places);
      if (!role) {
        if (vouches && this.bank.permitAny(atWork(actor), act, places)) this.bank.deny(actor, act, ...places);
        const seen = this.bank.permitAny(actor, "volunteer.see", await this.bank.places.ofVolunteer(tx, volunteer));
        return refuse(seen ? "NOT_PERMITTED" : "NOT_FOUND", {}, ["volunteerId"]);
      }
      await checkStranger(tx, actor, volunteer.personId, ["volunteerId"]);
      if (action === "UNDO_DEATH") this.bank.permit(actor, "volunteer.undoDeath", ...places);
      if (await this.alreadyDone(tx, actor, volunteer, input.action)) return volunteer;
      const before = action === "UNDO_DEATH" ? await tx.stateBefore(volunteer.id, volunteer.state) : undefined;
      const text = readField(advanceVolunteer, "reason", input.reason);
      const { state } = take(volunteerMoves, volunteer, action, { reason: text, to: before });
      const parts = partingActions.includes(action);
      if (parts) await this.leaving.check(tx, actor, volunteer);
      const reasonId = text ? await this.bank.vault.seal(tx, volunteer.personId, { reason: text }) : null;
      const profileId = await this.profileAfter(tx, volunteer, action, input);
      // The first station to vouch keeps the volunteer; a volunteer who comes back belongs to the station that they left.
      const organizationIds = new Set(places.flatMap(({ organizationId }) => organizationId ?? []));
      const station = this.vouching(actor).find(({ organizationId }) =>
        organizationIds.has(organizationId ?? ""),
      )?.organizationId;
      const vouchedBy = vouches ? (volunteer.vouchedBy ?? station ?? null) : volunteer.vouchedBy;
      const after = { ...volunteer, state, vouchedBy, profileId };
      const moved = await this.move(tx, actor, volunteer, after, { action, reasonId, role });
      if (parts) await this.leaving.end(tx, actor, moved, reasonId);
      // The dead are owed no visits: where the person is on the list, too, the visits of the present meet what is owed now.
      const recipient = action.endsWith("_DEATH") ? await tx.recipientOfPerson(moved.personId) : undefined;
      if (recipient) await this.matching.renew(tx, actor.personId as string, recipient.id);
      return moved;
    });
  }

  /** A step after the registration, as two facts: what was done, and how the volunteer stands after it. */
  async move(
    tx: Tx,
    actor: Actor,
    before: Volunteer,
    after: Volunteer,
    step: {
      action: VolunteerStepAction;
      reasonId: string | null;
      fields?: readonly RevisableField[];
      role: ActorKind;
    },
  ): Promise<Volunteer> {
    const { action, reasonId, fields = [] } = step;
    const { version } = take(volunteerMoves, before, action, { reason: reasonId, to: after.state });
    await tx.append(actor.personId as string, {
      type: "VOLUNTEER_MOVED",
      volunteerId: before.id,
      version,
      action,
      from: before.state,
      state: after.state,
      fields: [...fields],
      actorKind: step.role,
      reasonId,
    });
    return this.step(tx, actor, { ...after, version }, reasonId);
  }

  /** The profile that a step leaves: with papers that were seen, or with the consent of a volunteer who comes back. */
  private async profileAfter(
    tx: Tx,
    volunteer: Volunteer,
    action: VolunteerStepAction,
    input: Parameters<Volunteers["advance"]>[1],
  ): Promise<string> {
    const returns = action === "RETURN";
    if (input.papersSeen && !returns && action !== "ACTIVATE")
      refuse("INVALID_INPUT", { expected: "ACTIVATE or RETURN" }, ["papersSeen"]);
    if (!returns && (input.consent != null || input.guardianConsent))
      refuse("INVALID_INPUT", { expected: "RETURN" }, [input.guardianConsent ? "guardianConsent" : "consent"]);
    if (!returns && !input.papersSeen) return volunteer.profileId;
    const before = (await this.bank.vault.open<Profile>(tx, [volunteer.profileId])).get(volunteer.profileId);
    if (!before) return refuse("PERSON_ERASED");
    const profile: Profile = returns ? this.consented(before, input) : { ...before };
    if (input.papersSeen) Object.assign(profile, await this.seePapers(tx, volunteer, before));
    const profileId = await this.bank.vault.seal(tx, volunteer.personId, profile);
    if (input.papersSeen) await tx.addSearchTerms(volunteer.personId, termsOf(this.bank.vault, "VOLUNTEER", profile));
    return profileId;
  }

  /** A volunteer who comes back consents anew; for a minor, a guardian does. */
  private consented(before: Profile, input: Parameters<Volunteers["advance"]>[1]): Profile {
    const today = this.bank.today();
    const consent = readField(advanceVolunteer, "guardianConsent", input.guardianConsent);
    const guardian = guardianOf(consent, before.birthDate, today);
    if (input.consent === false) refuse("CONSENT_MISSING", {}, ["consent"]);
    if (!isAdult(before, today) && !guardian) refuse("GUARDIAN_CONSENT_MISSING", { adultAge }, ["guardianConsent"]);
    return { ...before, consentedOn: today, guardian };
  }

  /** From now on the number that the volunteer said is one that was seen; the new sealed profile says so. */
  private async seePapers(tx: Tx, { personId }: Volunteer, profile: Profile): Promise<Partial<Profile>> {
    const path = ["papersSeen"];
    const { idKind, idNumber, birthDate } = profile;
    if (!idNumber) return refuse("INVALID_INPUT", { expected: "a number that the volunteer said" }, path);
    const papers = readPapers(idNumber, { kind: idKind, birthDate, today: this.bank.today() }, path);
    await this.bank.papers.check(tx, personId, papers, profile, { path });
    return { idKind: papers.kind, idNumber: papers.number, papersSeen: true, said: [] };
  }

  /**
   * Where a volunteer may be vouched for: at the station that keeps the registration, and in the office of the division.
   * A volunteer who registered themselves and waits may also be vouched for at a station of their division, and where they allowed it.
   */
  private async vouchedAt(view: View, actor: Actor, volunteer: Volunteer): Promise<Where[]> {
    const places = await this.bank.places.ofVolunteer(view, volunteer);
    if (!isAwaited(volunteer)) return places;
    const divisions = lineage(volunteer.divisionCode, await this.bank.divisions(view));
    const workplaces = [...new Set(actor.grants.flatMap(({ organizationId }) => organizationId ?? []))];
    const ties = (await view.tiesOfVolunteers([volunteer.id])).get(volunteer.id) ?? [];
    const allowed = new Set(ties.flatMap((tie) => (tie.state === "ALLOWED" ? tie.organizationId : [])));
    const organizations = [...(await view.organizations(workplaces)).values()];
    const vouching = organizations.filter((station) => allowed.has(station.id) || isStationOver(station, divisions));
    return [...places, ...vouching.map(({ id }) => ({ organizationId: id, divisions }))];
  }

  /** The grants under which the actor may vouch today, each in its own place; and the grants under which the actor might, if the organisation were active. */
  private vouching(actor: Actor, working = true): readonly HeldGrant[] {
    const { grants } = working ? actor : atWork(actor);
    return grants.filter((grant) => {
      const where = { organizationId: grant.organizationId, divisions: grant.divisionCode ? [grant.divisionCode] : [] };
      return roleFor({ ...actor, grants: [grant] }, "volunteer.vouch", where, this.bank.today()) !== null;
    });
  }

  /**
   * An actor who may vouch registers others, unless the input says otherwise; all other actors register themselves. The staff
   * of a suspended organisation do not register themselves either.
   */
  private isForSelf(actor: Actor, input: RegisterVolunteer): boolean {
    if (actor === system) return false;
    return input.self ?? (!input.organizationId && this.vouching(actor, false).length === 0);
  }

  /** The station that vouches: the one named, or the actor's own. Null where an officer registers. */
  private async stationOf(
    tx: Tx,
    actor: Actor,
    input: RegisterVolunteer,
    divisions: ReadonlyMap<string, Division>,
  ): Promise<string | null> {
    const stations = [...this.vouching(actor), ...this.vouching(actor, false)];
    const organizationId =
      input.organizationId ?? stations.find((grant) => grant.organizationId !== null)?.organizationId ?? null;
    const station = organizationId === null ? null : await this.bank.organization(tx, organizationId);
    if (station) this.bank.permit(actor, "volunteer.vouch", await this.bank.places.at(tx, station));
    else this.bank.permit(actor, "volunteer.vouch", { divisions: lineage(input.divisionCode, divisions) });
    return organizationId;
  }

  /** An actor who takes the same step again gets the same answer. The volunteer's last entry in the journal tells who took it. */
  private async alreadyDone(
    tx: Tx,
    actor: Actor,
    volunteer: StoredVolunteer,
    action: VolunteerAction,
  ): Promise<boolean> {
    if (volunteer.version === 1) return false;
    const step = (await tx.volunteerSteps([volunteer.id])).get(volunteer.id)?.at(-1);
    return step?.actorId === actor.personId && restoring(action, step.from) === step.action;
  }

  private async checkUnique(
    tx: Tx,
    actor: Actor,
    input: RegisterVolunteer,
    { personId, forSelf }: { personId: string; forSelf: boolean },
    profile: Profile,
  ): Promise<void> {
    const known = await tx.volunteerOfPerson(personId);
    // A volunteer who left may come back: the refusal says so to the station that has seen the papers.
    const left = known?.state === "WITHDRAWN" && !forSelf ? known : null;
    const back = left ? await this.wayBack(tx, actor, left) : {};
    const taken = input.volunteerNo ? await tx.volunteerByNo(input.volunteerNo) : undefined;
    // A line that comes again names the same person by the same number: that is said of the number.
    if (known && known.id !== taken?.id)
      refuse("DUPLICATE_PERSON", back, profile.idNumber && !forSelf ? ["idNumber"] : []);
    if (!taken) return;
    // Whether the number is the same person's is said to those who see that person: others would try names by it.
    if (!(await this.sight.visible(tx, actor, [taken], "volunteer.private")).has(taken.id))
      refuse("DUPLICATE_VOLUNTEER_NO", {}, ["volunteerNo"]);
    const other = (await this.bank.vault.open<Profile>(tx, [taken.profileId])).get(taken.profileId);
    const same =
      other?.displayName === profile.displayName &&
      other.birthDate === profile.birthDate &&
      taken.divisionCode === input.divisionCode;
    refuse("DUPLICATE_VOLUNTEER_NO", { same }, ["volunteerNo"]);
  }

  /** A station that may take the volunteer back is told the id; another one only that the station they left can. */
  private async wayBack(tx: Tx, actor: Actor, left: Volunteer): Promise<Record<string, string | boolean>> {
    const may = this.bank.permitAny(actor, "volunteer.vouch", await this.bank.places.ofVolunteer(tx, left));
    return { action: "RETURN", ...(may ? { volunteerId: left.id } : { elsewhere: true }) };
  }

  private async open(
    tx: Tx,
    actor: Actor,
    input: RegisterVolunteer,
    profile: Profile,
    { personId, vouchedBy, vouched }: { personId: string; vouchedBy: string | null; vouched: boolean },
  ): Promise<string> {
    const by = actor.personId as string;
    const profileId = await this.bank.vault.seal(tx, personId, profile);
    const id = this.bank.id("volunteer", tx.now);
    const accountId = this.bank.id("account", tx.now);
    await tx.append(by, {
      type: "ACCOUNT_OPENED",
      id: accountId,
      kind: input.group ? "GROUP" : "VOLUNTEER",
      unit: "MINUTE",
      owner: id,
      floor: 0,
      // The cap is a policy of the day on which something is credited; this is the fence behind it.
      ceiling: balanceMost,
    });
    const volunteer: Volunteer = {
      id,
      personId,
      volunteerNo: input.volunteerNo ?? (await this.nextNumber(tx)),
      divisionCode: input.divisionCode,
      state: vouched ? "ACTIVE" : "REGISTERED",
      accountId,
      group: input.group ?? false,
      overflow: "DONATE",
      registeredOn: this.bank.today(),
      vouchedBy,
      profileId,
      version: 1,
    };
    await this.step(tx, actor, volunteer, null);
    await tx.addSearchTerms(personId, termsOf(this.bank.vault, "VOLUNTEER", profile));
    return id;
  }

  private async step(tx: Tx, actor: Actor, volunteer: Volunteer, reasonId: string | null): Promise<Volunteer> {
    const { seq: _, ...facts } = volunteer as Volunteer & { seq?: number };
    await tx.append(actor.personId as string, {
      type: "VOLUNTEER_STEP",
      ...facts,
      reasonId,
    });
    return facts;
  }

  /** A number of our own where none was given: the journal's position makes it unique. */
  private async nextNumber(tx: Tx): Promise<string> {
    return `GH${String((await tx.head()).seq + 1).padStart(10, "0")}`;
  }
}

/** The actor as if every organisation at which they hold a role were active. */
function atWork(actor: Actor): Actor {
  return {
    ...actor,
    grants: actor.grants.map((grant) => ({ ...grant, organizationState: grant.organizationState && "ACTIVE" })),
  };
}

export const render = async (view: View, id: string): Promise<Volunteer> => {
  const volunteer = (await view.volunteers([id])).get(id);
  invariant(volunteer, "a command's volunteer is there");
  return volunteer;
};
