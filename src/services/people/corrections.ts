import type { ActorKind } from "../../domain/facts/actors";
import { type RevisableField, revisableFields, type Volunteer, volunteerMoves } from "../../domain/facts/people";
import { checkVersion, take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import {
  adultAge,
  checkLeastAge,
  isAdult,
  ownFields,
  type Profile,
  type SaidField,
} from "../../domain/people/volunteers";
import type { Actor, Where } from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, type Read, read } from "../bank/fields";
import { correctedPapers } from "./capacities";
import { reviseVolunteer } from "./commands/volunteers";
import type { Identities } from "./identities";
import { checkBirthDate, checkVolunteerNo, guardianOf } from "./volunteer-entry";
import { render, type Volunteers } from "./volunteers";

export type ReviseVolunteer = Asked<typeof reviseVolunteer>;
type Correction = Read<typeof reviseVolunteer>;

/** What was entered wrongly about people, put right: each a fact with its reason, told to the person. */
export class Corrections {
  constructor(
    private readonly bank: Bank,
    private readonly volunteers: Volunteers,
    private readonly identities: Identities,
  ) {}

  /** Corrects what is kept of a volunteer; what is left out stays. The same content again is no new step. */
  async revise(actor: Actor, asked: ReviseVolunteer): Promise<Done<Volunteer>> {
    const input = read(reviseVolunteer, asked);
    const { reason, evidence } = input;
    const work = async (tx: Tx, actor: Actor) => {
      const before =
        (await tx.volunteers([input.volunteerId])).get(input.volunteerId) ?? refuse("NOT_FOUND", {}, ["volunteerId"]);
      const role = await this.reviser(tx, actor, before, input);
      take(volunteerMoves, before, "REVISE", { reason });
      const known = (await this.bank.vault.open<Profile>(tx, [before.profileId])).get(before.profileId);
      if (!known) return refuse("PERSON_ERASED");
      const bySelf = role === "VOLUNTEER" || actor.volunteerId === before.id;
      const profile = await this.corrected(tx, before, known, input, bySelf);
      const after = await this.placed(tx, before, input);
      const seen = known.said.filter((field) => !profile.said.includes(field));
      const fields = changedFields({ ...known, ...before }, { ...profile, ...after }, (field) => {
        const of = saidIn[field];
        return input[field] !== undefined && of !== undefined && seen.includes(of);
      });
      if (fields.length === 0) return before.id;
      checkVersion(before, input.expectedVersion);
      const reasonId = await this.bank.vault.seal(tx, before.personId, { reason, evidence });
      const profileId = await this.bank.vault.seal(tx, before.personId, profile);
      await this.volunteers.move(
        tx,
        actor,
        before,
        { ...after, profileId },
        { action: "REVISE", reasonId, fields, role },
      );
      await this.bank.papers.renewTerms(tx, before.personId);
      return before.id;
    };
    return this.bank.commands.once(actor, "reviseVolunteer", asked, work, render);
  }

  /**
   * The role in which the actor corrects a registration. Volunteers correct their own name and phone, the station that vouches
   * and the office all of it. A supervisor of the volunteer's station, or an officer, moves the volunteer to another station.
   */
  private async reviser(view: View, actor: Actor, volunteer: Volunteer, input: Correction): Promise<ActorKind> {
    const divisions = lineage(volunteer.divisionCode, await this.bank.divisions(view));
    const station = volunteer.vouchedBy;
    const places: Where[] = [
      { volunteerId: volunteer.id, divisions },
      ...(station ? [{ volunteerId: volunteer.id, organizationId: station, divisions }] : []),
    ];
    const role = this.bank.permitAny(actor, "volunteer.revise", places);
    if (!role) {
      const seen = await this.volunteers.sight.visible(view, actor, [volunteer], "volunteer.see");
      return seen.has(volunteer.id)
        ? this.bank.deny(actor, "volunteer.revise", ...places)
        : refuse("NOT_FOUND", {}, ["volunteerId"]);
    }
    const fields = revisableFields.filter((field) => input[field] !== undefined);
    const beyond = fields.filter((field) => !ownFields.includes(field));
    if (actor.volunteerId === volunteer.id) {
      if (beyond.length > 0) refuse("NOT_PERMITTED", { act: "volunteer.revise", fields: beyond });
      if (volunteer.state === "DECEASED") refuse("ILLEGAL_TRANSITION", { action: "REVISE", from: volunteer.state });
      return role;
    }
    const [known] = fields.filter((field) => knownBy.includes(field));
    // A telephone number belongs to the registration as a volunteer; other capacities do not share it.
    if (known === "phone") {
      const grants = (await view.grantsOfPersons([volunteer.personId])).get(volunteer.personId) ?? [];
      await this.identities.reach.checkRoles(view, actor, "volunteer.revise", grants, [known]);
    } else if (known) await this.identities.reach.checkCapacities(view, actor, volunteer.personId, known);
    if (input.organizationId !== undefined && input.organizationId !== station)
      this.bank.permit(actor, "volunteer.move", ...places);
    return role;
  }

  /** The corrected profile. An actor who corrects the papers of another person has seen them. */
  private async corrected(
    tx: Tx,
    volunteer: Volunteer,
    known: Profile,
    input: Correction,
    bySelf: boolean,
  ): Promise<Profile> {
    const today = this.bank.today();
    const birthDate = input.birthDate === undefined ? known.birthDate : checkBirthDate(input.birthDate, today);
    if (input.birthDate !== undefined) checkLeastAge(input.birthDate, volunteer.group, today);
    const profile: Profile = {
      ...known,
      displayName: input.displayName ?? known.displayName,
      legalName: input.legalName === undefined ? known.legalName : input.legalName,
      birthDate,
      phone: input.phone === undefined ? known.phone : input.phone,
      guardian: guardianOf(input.guardianConsent ?? null, birthDate, today) ?? known.guardian,
    };
    const change = { known, after: profile, correction: input, born: birthDate };
    const papers = await correctedPapers(this.bank, tx, volunteer.personId, change);
    if (papers !== undefined) {
      const { kind: idKind = null, number: idNumber = null } = papers ?? {};
      Object.assign(profile, { idKind, idNumber, papersSeen: papers !== null });
    }
    profile.said = saidAfter(known, profile, input, bySelf);
    if (birthDate !== known.birthDate && !isAdult(profile, today) && !profile.guardian)
      refuse("GUARDIAN_CONSENT_MISSING", { adultAge }, ["guardianConsent"]);
    return profile;
  }

  /** Where the volunteer is, and by which number they are known, as it is put right. */
  private async placed(tx: Tx, volunteer: Volunteer, input: Correction): Promise<Volunteer> {
    const after = { ...volunteer };
    const division = input.divisionCode === undefined ? null : await this.bank.division(tx, input.divisionCode);
    if (division !== null && division.code !== volunteer.divisionCode)
      after.divisionCode = (await this.bank.openDivision(tx, division.code)).code;
    if (input.organizationId !== undefined && input.organizationId !== volunteer.vouchedBy) {
      const station = await this.bank.organization(tx, input.organizationId);
      this.bank.checkActive(station);
      after.vouchedBy = station.id;
    }
    const volunteerNo = input.volunteerNo === undefined ? volunteer.volunteerNo : checkVolunteerNo(input.volunteerNo);
    if (volunteerNo !== volunteer.volunteerNo) {
      if (await tx.volunteerByNo(volunteerNo)) refuse("DUPLICATE_VOLUNTEER_NO", {}, ["volunteerNo"]);
      after.volunteerNo = volunteerNo;
    }
    return after;
  }
}

/** The fields by which the bank knows a person. An actor who sets them for a person with a role must be able to give that role. */
const knownBy: readonly RevisableField[] = ["displayName", "legalName", "birthDate", "idNumber", "phone"];
/** Fields that a volunteer may have said, and a correction of another sees. */
const saidIn: Partial<Record<RevisableField, SaidField>> = { displayName: "name", legalName: "name", phone: "phone" };

/** What is only said after a correction: what volunteers change themselves, until a station or an officer sets or repeats it. */
function saidAfter(before: Profile, after: Profile, input: Correction, bySelf: boolean): SaidField[] {
  // Where there is a legal name, that alone is held against a claim.
  const name = after.legalName ? "legalName" : "displayName";
  const touched: Record<SaidField, boolean> = bySelf
    ? { name: after[name] !== before[name], phone: after.phone !== before.phone }
    : { name: input[name] !== undefined || input.idNumber !== undefined, phone: input.phone !== undefined };
  return (["name", "phone"] as const).filter((field) => (touched[field] ? bySelf : before.said.includes(field)));
}

/** Which of what may be corrected differs. What was said and is now seen differs too. */
function changedFields(
  before: Profile & Volunteer,
  after: Profile & Volunteer,
  isSeen: (field: RevisableField) => boolean,
): RevisableField[] {
  const values: Record<RevisableField, (of: Profile & Volunteer) => unknown> = {
    displayName: (of) => of.displayName,
    legalName: (of) => of.legalName,
    birthDate: (of) => of.birthDate,
    idNumber: (of) => [of.idKind, of.idNumber, of.papersSeen],
    phone: (of) => of.phone,
    divisionCode: (of) => of.divisionCode,
    organizationId: (of) => of.vouchedBy,
    volunteerNo: (of) => of.volunteerNo,
    guardianConsent: (of) => of.guardian,
  };
  return revisableFields.filter(
    (field) => isSeen(field) || JSON.stringify(values[field](before)) !== JSON.stringify(values[field](after)),
  );
}
