import type { CreditDetails, CreditRecordKind } from "../../domain/credit-records";
import type { ActorKind } from "../../domain/facts/actors";
import type { CreditRecord, CreditRecordAction, CreditRecordState } from "../../domain/facts/credit-records";
import type { Division } from "../../domain/facts/organizations";
import type { Evidence } from "../../domain/hours";
import type { Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { lineage } from "../../domain/organizations";
import { checkNotOwn } from "../../domain/people/near";
import type { Profile } from "../../domain/people/volunteers";
import { type Act, type Actor, roleFor, system, type Where } from "../../domain/permissions/actors";
import type { StoredCreditRecord, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import { organizationsOf, ownOf } from "../bank/near";
import type { Vault } from "../bank/vault";

/** One step of a credit record, with what was said. */
export interface CreditStepLine {
  at: Instant;
  action: CreditRecordAction;
  from: CreditRecordState | null;
  to: CreditRecordState;
  actorKind: ActorKind;
  reason: string | null;
  evidence: Evidence[];
  /** The facts before, where the step is a correction that took their place. */
  factsBefore: string | null;
  /** Whether it proposes a correction or a removal that another officer has to take as well. */
  isProposal: boolean;
  /** The facts that such a proposal names. */
  factsProposed: string | null;
}
export interface ShownCreditRecord extends CreditRecord {
  subjectId: string;
  kind: CreditRecordKind;
  ground: string;
  facts: string;
  evidence: Evidence[];
  /** True while an objection is not decided; readers are told so. */
  flagged: boolean;
  openedAt: Instant;
  history: CreditStepLine[];
}

/** What a step says, sealed under the record's key. */
export interface Said {
  reason: string;
  evidence?: Evidence[];
  /** The facts before, where the step is a correction that took their place. */
  factsBefore?: string;
  /** True for the first of the two steps by which the office corrects or removes a record of its own motion. */
  proposes?: true;
  /** The facts that this first step proposes. */
  factsProposed?: string;
}
/** The subject of records: a volunteer or an organisation. */
export interface Subject {
  id: string;
  divisionCode: string;
  label: string;
  /** The id under which a person's own key stands; null for an organisation. */
  personId: string | null;
}
/** A record with what is sealed of it. */
export type OpenRecord = StoredCreditRecord & { details: CreditDetails & { evidence: Evidence[] } };

/** The actor who asks, with what decides how much the actor sees. It is looked up once for all records that are asked about. */
export class Onlooker {
  constructor(
    readonly actor: Actor,
    private readonly wards: readonly string[],
    private readonly divisions: ReadonlyMap<string, Division>,
    private readonly today: string,
    /** Dissolved organisations whose head, or the person named to wind them up, the actor is. */
    readonly remains: readonly string[],
  ) {}

  /** The role in which the actor answers for the subject: as the subject, as a minor's guardian, or as the organisation's own admin. */
  speaksFor(subjectId: string): ActorKind | null {
    if (this.actor === system) return null;
    if (this.remains.includes(subjectId)) return "ORGANIZATION_ADMIN";
    const guardianIds = this.wards.includes(subjectId) ? [this.actor.personId as string] : [];
    const ofOrganization = subjectId.startsWith("organization_");
    return this.may(
      "credit.answer",
      ofOrganization ? { organizationId: subjectId } : { volunteerId: subjectId, guardianIds },
    );
  }

  /** The role in which the actor may do the act to a record: at the unit that recorded it, or in the office. */
  at(
    act: Act,
    { organizationId, divisionCode }: Pick<CreditRecord, "organizationId" | "divisionCode">,
  ): ActorKind | null {
    return this.may(act, { organizationId, divisions: lineage(divisionCode, this.divisions) });
  }

  sees(record: OpenRecord): ActorKind | null {
    return this.speaksFor(record.details.subjectId) ?? this.at("credit.see", record);
  }

  private may(act: Act, where: Where): ActorKind | null {
    return roleFor(this.actor, act, where, this.today);
  }
}

/** The hash of a subject in the log of readings. The terms use another hash, so that the log leads to no record. */
export function readingHashOf(vault: Vault, subjectId: string): string {
  return vault.hash("creditread", subjectId);
}

/** How credit records are found, opened and told. */
export class CreditSight {
  constructor(private readonly bank: Bank) {}

  async onlooker(view: View, actor: Actor): Promise<Onlooker> {
    const wards = actor.personId === null || actor === system ? [] : await this.bank.wardsOf(view, actor.personId);
    const remains = actor.personId === null || actor === system ? [] : await this.remainsOf(view, actor.personId);
    return new Onlooker(actor, wards, await this.bank.divisions(view), this.bank.today(), remains);
  }

  /** The dissolved organisations for which this person answers, as their approved head. */
  async remainsOf(view: View, personId: string): Promise<string[]> {
    const heads = (await view.headsOfPerson(personId)).filter(({ state }) => state === "APPROVED");
    const organizations = await view.organizations(heads.map(({ organizationId }) => organizationId));
    return [...organizations.values()].flatMap(({ id, state }) => (state === "DISSOLVED" ? id : []));
  }

  /** Those of these organisations for which a person can answer: for a dissolved one, its approved head. */
  async answerable(view: View, organizationIds: readonly string[]): Promise<string[]> {
    const organizations = await view.organizations(organizationIds);
    const gone = organizationIds.filter((id) => organizations.get(id)?.state === "DISSOLVED");
    const heads = await view.headsOf(gone);
    const approved = [...heads.values()].flat().filter(({ state }) => state === "APPROVED");
    const answered = new Set(approved.map(({ organizationId }) => organizationId));
    return organizationIds.filter((id) => !gone.includes(id) || answered.has(id));
  }

  /** A volunteer or an organisation; NOT_FOUND for anything else. */
  async subject(view: View, id: string): Promise<Subject> {
    const volunteer = (await view.volunteers([id])).get(id);
    if (volunteer) {
      const { divisionCode, personId, profileId } = volunteer;
      const profile = (await this.bank.vault.open<Profile>(view, [profileId])).get(profileId);
      return { id, divisionCode, personId, label: profile?.displayName ?? "" };
    }
    const { divisionCode, name } = await this.bank.organization(view, id, ["subjectId"]);
    return { id, divisionCode, personId: null, label: name };
  }

  /** The hash of a subject in the terms. */
  hashOf(subjectId: string): string {
    return this.bank.vault.hash("credit", subjectId);
  }
  readingHashOf(subjectId: string): string {
    return readingHashOf(this.bank.vault, subjectId);
  }

  /** All records about these subjects that can still be read, the first opened first. */
  async recordsOf(view: View, subjectIds: readonly string[]): Promise<OpenRecord[]> {
    const records = await view.creditRecordsOf(subjectIds.map((id) => this.hashOf(id)));
    return this.opened(view, records);
  }

  async record(view: View, id: string, onlooker: Onlooker): Promise<OpenRecord> {
    const [record] = await this.opened(view, [...(await view.creditRecords([id])).values()]);
    return record && onlooker.sees(record) ? record : refuse("NOT_FOUND", {}, ["recordId"]);
  }

  /** The records with their sealed details. A record past its last day is left out, also while its key is not destroyed yet. */
  async opened(view: View, records: readonly StoredCreditRecord[]): Promise<OpenRecord[]> {
    const today = this.bank.today();
    const kept = records.filter(({ state }) => state !== "EXPIRED" && state !== "ERASED");
    const opened = await this.bank.vault.open<OpenRecord["details"]>(
      view,
      kept.map(({ detailsId }) => detailsId),
    );
    return kept.flatMap((record) => {
      const details = opened.get(record.detailsId);
      if (!details) return [];
      return record.expiresOn === null || record.expiresOn > today ? [{ ...record, details }] : [];
    });
  }

  async show(view: View, records: readonly OpenRecord[]): Promise<ShownCreditRecord[]> {
    const steps = await view.creditSteps(records.map(({ id }) => id));
    const wordsById = await this.bank.vault.open<Said>(
      view,
      [...steps.values()].flat().map(({ reasonId }) => reasonId),
    );
    return records.map(({ details, ...record }) => {
      const history: CreditStepLine[] = (steps.get(record.id) ?? []).map((step) => {
        const words = wordsById.get(step.reasonId ?? "");
        return {
          ...step,
          reason: words?.reason ?? null,
          evidence: words?.evidence ?? [],
          factsBefore: words?.factsBefore ?? null,
          isProposal: words?.proposes ?? false,
          factsProposed: words?.factsProposed ?? null,
        };
      });
      const flagged = record.state === "OBJECTED";
      return { ...record, ...details, flagged, openedAt: history[0]?.at ?? 0, history };
    });
  }

  /** Nobody handles a record about themselves, about their family, or about an organisation where one of them works. SELF_CONFIRMATION. */
  async checkStranger(tx: Tx, onlooker: Onlooker, subjectId: string, path?: string[]): Promise<void> {
    if (onlooker.speaksFor(subjectId) !== null) refuse("SELF_CONFIRMATION", {}, path);
    const own = await ownOf(tx, onlooker.actor);
    const volunteer = (await tx.volunteers([subjectId])).get(subjectId);
    checkNotOwn(own, volunteer?.personId ?? null, path);
    if ((await organizationsOf(tx, own, [this.bank.today()])).has(subjectId)) refuse("SELF_CONFIRMATION", {}, path);
  }

  async shown(view: View, id: string, onlooker: Onlooker): Promise<ShownCreditRecord> {
    const [shown] = await this.show(view, [await this.record(view, id, onlooker)]);
    invariant(shown, "what is shown is what was given");
    return shown;
  }
}
