import type { ActorKind } from "../../domain/facts/actors";
import type { SocialWorker, Training } from "../../domain/facts/workers";
import type { Day } from "../../domain/kit/calendar";
import { checkVersion } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { type Actor, asOfficer } from "../../domain/permissions/actors";
import {
  checkReregistration,
  earnedHours,
  maskCertificateNo,
  requiredHours,
  type SocialWorkerProfile,
  type TrainingDetails,
  termEnd,
} from "../../domain/workers/social-workers";
import type { SocialWorkerQuery, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { type Asked, read, readField } from "../bank/fields";
import { checkPapers } from "../bank/input";
import { paged } from "../bank/paging";
import { certificateTerm, termsOf } from "../bank/terms";
import { type Capacities, type CapacityEvent, changedFields } from "../people/capacities";
import {
  recordTraining,
  registerSocialWorker,
  reviseSocialWorker,
  socialWorkerFilter,
  withdrawTraining,
} from "./commands";

export interface TermTraining {
  earnedHours: number;
  requiredHours: number;
  termEndsOn: Day;
  lines: { id: string; hours: number; on: Day; name: string | null; organizer: string | null }[];
}

type Revision = Asked<typeof reviseSocialWorker>;
type NotRevised = "idempotencyKey" | "socialWorkerId" | "idKind" | "reason" | "evidence" | "expectedVersion";
/** The fields of the input that a correction may change: a field without a line does not compile. */
const revisable: Readonly<Record<Exclude<keyof Revision, NotRevised>, true>> = {
  displayName: true,
  legalName: true,
  idNumber: true,
  certificateNo: true,
  level: true,
  registeredOn: true,
};
const revisableFields = Object.keys(revisable);
/** Nobody works before 16 (labour law, article 15); above 110 a digit is wrong. */
const agesOfWork = { least: 16, most: 110 };

/** Certified social workers: registered for three years at an organisation, with what they go on learning. */
export class SocialWorkers {
  constructor(
    private readonly bank: Bank,
    private readonly capacities: Capacities,
  ) {}

  /** The first registration, the next term, another organisation within the term, or a higher level: `checkReregistration`. */
  async register(actor: Actor, input: Asked<typeof registerSocialWorker>): Promise<Done<SocialWorker>> {
    const { displayName, legalName, certificateNo, registeredOn, organizationId, level, ...idInput } = read(
      registerSocialWorker,
      input,
    );
    const papers = checkPapers(idInput, agesOfWork, this.bank.today());
    const profile: SocialWorkerProfile = {
      displayName,
      legalName,
      idKind: papers?.kind ?? null,
      idNumber: papers?.number ?? null,
      certificateNo,
    };
    this.checkFirstDay(registeredOn);
    const certificateHash = certificateTerm(this.bank.vault, profile.certificateNo).hash;
    const { view } = this.bank.store;
    const known =
      (await this.bank.papers.holderOfCertificate(view, profile.certificateNo)) ??
      (await this.bank.papers.holder(view, papers));
    const personId = known ?? this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, organizationId);
      const role = this.bank.permit(actor, "socialWorker.register", await this.bank.places.at(tx, organization));
      await this.bank.papers.check(tx, personId, papers, { ...profile, birthDate: papers?.birthDate });
      // A certificate stays its holder's, also after a higher one.
      const holder = await this.bank.papers.holderOfCertificate(tx, profile.certificateNo);
      if (holder !== null && holder !== personId) refuse("DUPLICATE_PERSON", {}, ["certificateNo"]);
      const before = await tx.socialWorkerOfPerson(personId);
      const after = { organizationId, level, certificateHash, registeredOn };
      const policies = await this.bank.policies(tx);
      if (before) {
        // The actor who moves a social worker must be permitted at both organisations.
        const previous = await this.bank.organization(tx, before.organizationId);
        this.bank.permit(actor, "socialWorker.register", await this.bank.places.at(tx, previous));
        const trainings = (await tx.trainingsOf([before.id])).get(before.id) ?? [];
        checkReregistration(before, after, trainings, policies);
      }
      const by = actor.personId as string;
      // Papers that were shown before stay known where a later registration names none.
      const known = papers === null && before ? await this.papersOf(tx, before) : undefined;
      const kept: SocialWorkerProfile = known
        ? { ...profile, idKind: known.idKind, idNumber: known.idNumber }
        : profile;
      const profileId = await this.bank.vault.seal(tx, personId, kept);
      const id = before?.id ?? this.bank.id("socialworker", tx.now);
      const version = (before?.version ?? 0) + 1;
      const registeredUntil = termEnd(registeredOn, policies);
      const worker = { id, personId, ...after, registeredUntil, profileId, version };
      const step = before ? { action: "REGISTER" as const, role, reasonId: null } : null;
      await this.capacities.setWorker(tx, by, worker, step);
      await tx.addSearchTerms(personId, termsOf(this.bank.vault, "SOCIAL_WORKER", kept));
      return id;
    };
    const shown = this.shown(actor);
    return this.bank.admittingOnce(personId, known === null, () =>
      this.bank.commands.once(actor, "registerSocialWorker", input, work, shown),
    );
  }

  /** Corrects what was entered wrongly; a field left out stays. The same content again is no new step. */
  async revise(actor: Actor, asked: Revision): Promise<Done<SocialWorker>> {
    const input = read(reviseSocialWorker, asked);
    const { reason, evidence, certificateNo } = input;
    if (input.registeredOn !== undefined) this.checkFirstDay(input.registeredOn);
    const work = async (tx: Tx, actor: Actor) => {
      const { worker: before, role } = await this.mine(tx, actor, input.socialWorkerId, ["socialWorkerId"]);
      const known = (await this.papersOf(tx, before)) ?? refuse("PERSON_ERASED");
      const { personId } = before;
      const profile: SocialWorkerProfile = {
        ...(await this.capacities.corrected(tx, actor, personId, known, input, agesOfWork)),
        certificateNo: certificateNo ?? known.certificateNo,
      };
      const level = input.level ?? before.level;
      const registeredOn = input.registeredOn ?? before.registeredOn;
      const fields = changedFields(revisableFields, { ...known, ...before }, { ...profile, level, registeredOn });
      if (fields.length === 0) return before.id;
      if (fields.includes("registeredOn")) {
        const organization = await this.bank.organization(tx, before.organizationId);
        this.bank.permit(asOfficer(actor), "socialWorker.register", await this.bank.places.at(tx, organization));
      }
      checkVersion(before, input.expectedVersion);
      if (fields.includes("certificateNo")) {
        const holder = await this.bank.papers.holderOfCertificate(tx, profile.certificateNo);
        if (holder !== null && holder !== personId) refuse("DUPLICATE_PERSON", {}, ["certificateNo"]);
      }
      const by = actor.personId as string;
      const reasonId = await this.bank.vault.seal(tx, personId, { reason, evidence });
      const profileId = await this.bank.vault.seal(tx, personId, profile);
      const certificateHash = certificateTerm(this.bank.vault, profile.certificateNo).hash;
      const term = { registeredOn, registeredUntil: await this.endAfter(tx, before, registeredOn) };
      const after = { ...before, ...term, level, certificateHash, profileId, version: before.version + 1 };
      await this.capacities.setWorker(tx, by, after, { action: "REVISE", role, reasonId, fields });
      await this.renewCertificates(tx, before, certificateHash);
      await this.bank.papers.renewTerms(tx, personId);
      return before.id;
    };
    return this.bank.commands.once(actor, "reviseSocialWorker", asked, work, this.shown(actor));
  }

  private checkFirstDay(registeredOn: string): void {
    if (registeredOn < "2008-01-01") refuse("INVALID_INPUT", { from: "2008-01-01" }, ["registeredOn"]);
    const today = this.bank.today();
    if (registeredOn > today) refuse("IN_THE_FUTURE", { today }, ["registeredOn"]);
  }

  /** The last day of a term whose first day is put right. A term that a merging ended stays ended. */
  private async endAfter(tx: Tx, { registeredOn, registeredUntil }: SocialWorker, right: Day): Promise<Day> {
    const policies = await this.bank.policies(tx);
    return registeredUntil === termEnd(registeredOn, policies) ? termEnd(right, policies) : registeredUntil;
  }

  /** Takes away the term of the wrong number. The terms of earlier certificates stay: a certificate stays its holder's. */
  private async renewCertificates(tx: Tx, { personId, certificateHash }: SocialWorker, right: string): Promise<void> {
    const held = (await tx.searchTermsOf(personId)).flatMap(({ kind, hash }) => (kind === "certificate" ? hash : []));
    const hashes = new Set([...held.filter((hash) => hash !== certificateHash), right]);
    await tx.replaceSearchTerms(personId, "certificate", [...hashes]);
  }

  /** The steps after the registration; empty where the actor may not see them. Batched. */
  async historyOf(actor: Actor, ids: readonly string[]): Promise<CapacityEvent[][]> {
    const seen = (await this.many(actor, ids)).flatMap((worker) => worker?.id ?? []);
    return this.capacities.historyOf(this.bank.store.view, ids, new Set(seen));
  }

  async recordTraining(actor: Actor, input: Asked<typeof recordTraining>): Promise<Done<SocialWorker>> {
    const { name, organizer, hours, on } = read(recordTraining, input);
    const details: TrainingDetails = { name, organizer };
    const today = this.bank.today();
    if (on > today) refuse("IN_THE_FUTURE", { today }, ["on"]);
    const work = async (tx: Tx, actor: Actor) => {
      const { worker } = await this.mine(tx, actor, input.socialWorkerId, ["socialWorkerId"]);
      const detailsId = await this.bank.vault.seal(tx, worker.personId, details);
      const id = this.bank.id("training", tx.now);
      await this.setTraining(tx, actor, {
        id,
        socialWorkerId: worker.id,
        hours,
        on,
        detailsId,
        withdrawn: false,
        version: 1,
      });
      return worker.id;
    };
    return this.bank.commands.once(actor, "recordTraining", input, work, this.shown(actor));
  }

  async withdrawTraining(actor: Actor, input: Asked<typeof withdrawTraining>): Promise<SocialWorker> {
    const reason = readField(withdrawTraining, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const training =
        (await tx.trainings([input.trainingId])).get(input.trainingId) ?? refuse("NOT_FOUND", {}, ["trainingId"]);
      const { worker } = await this.mine(tx, actor, training.socialWorkerId, ["trainingId"]);
      if (training.withdrawn) return worker;
      const reasonId = await this.bank.vault.sealWords(tx, actor.personId as string, worker.personId, { reason });
      const after = { ...training, withdrawn: true, version: training.version + 1 };
      await this.setTraining(tx, actor, after, reasonId);
      return worker;
    });
  }

  /** Null for absent or not yours to see. Batched. */
  many(actor: Actor, ids: readonly string[]): Promise<(SocialWorker | null)[]> {
    return this.seen(this.bank.store.view, actor, ids);
  }

  private async seen(view: View, actor: Actor, ids: readonly string[]): Promise<(SocialWorker | null)[]> {
    const workers = await view.socialWorkers(ids);
    const organizationIds = await this.bank.places.organizationsWhere(
      view,
      actor,
      "socialWorker.see",
      [...workers.values()].map(({ organizationId }) => organizationId),
    );
    return ids.map((id) => {
      const worker = workers.get(id);
      return worker && organizationIds.has(worker.organizationId) ? worker : null;
    });
  }

  async list(
    actor: Actor,
    filter: Asked<typeof socialWorkerFilter>,
    page: PageInput,
  ): Promise<Connection<SocialWorker>> {
    const view = this.bank.store.view;
    const { organizationId, level: levels } = read(socialWorkerFilter, filter, ["filter"]);
    const wanted: SocialWorkerQuery = {
      organizationId: organizationId ?? undefined,
      levels,
      within: (await this.bank.places.scope(view, actor, "socialWorker.see")) ?? undefined,
    };
    return paged(
      page,
      { name: "socialWorkers", shape: ["text", "text", "text"] },
      (bounds) => view.socialWorkerList(wanted, bounds),
      (worker) => [worker.organizationId, worker.registeredOn, worker.id],
    );
  }

  /** What may be shown of them; null where not yours to see, or erased. Batched. */
  async faces(actor: Actor, ids: readonly string[]) {
    const workers = await this.many(actor, ids);
    const opened = await this.bank.vault.open<SocialWorkerProfile>(
      this.bank.store.view,
      workers.map((worker) => worker?.profileId ?? null),
    );
    return workers.map((worker) => {
      const profile = worker && opened.get(worker.profileId);
      return profile
        ? { displayName: profile.displayName, maskedCertificateNo: maskCertificateNo(profile.certificateNo) }
        : null;
    });
  }

  /** The term's training; null where not yours to see. Batched. */
  async training(actor: Actor, ids: readonly string[]) {
    const view = this.bank.store.view;
    const workers = await this.many(actor, ids);
    const [trainings, policies] = [await view.trainingsOf(ids), await this.bank.policies(view)];
    const details = await this.bank.vault.open<TrainingDetails>(
      view,
      workers.flatMap((worker) => (worker ? (trainings.get(worker.id) ?? []).map(({ detailsId }) => detailsId) : [])),
    );
    return workers.map((worker) => {
      if (!worker) return null;
      const all = trainings.get(worker.id) ?? [];
      return {
        earnedHours: earnedHours(worker, all),
        requiredHours: requiredHours(worker, policies),
        termEndsOn: worker.registeredUntil,
        lines: all
          .filter(({ withdrawn }) => !withdrawn)
          .map(({ id, hours, on, detailsId }) => ({
            id,
            hours,
            on,
            name: details.get(detailsId)?.name ?? null,
            organizer: details.get(detailsId)?.organizer ?? null,
          })),
      };
    });
  }

  /** Pieces of training by id; null where absent or not yours to see. Batched. */
  async trainings(actor: Actor, ids: readonly string[]): Promise<(TermTraining["lines"][number] | null)[]> {
    const trainings = await this.bank.store.view.trainings(ids);
    const workers = [...new Set([...trainings.values()].map(({ socialWorkerId }) => socialWorkerId))];
    const lines = (await this.training(actor, workers)).flatMap((term) => term?.lines ?? []);
    const seen = new Map(lines.map((line) => [line.id, line]));
    return ids.map((id) => seen.get(id) ?? null);
  }

  /** How many of each organisation are registered today. Batched. */
  async certified(organizationIds: readonly string[]): Promise<number[]> {
    const counts = await this.bank.store.view.certifiedAt(organizationIds, this.bank.today());
    return organizationIds.map((id) => counts.get(id) ?? 0);
  }

  /** A command's social worker as its actor may see it today, also when the key was answered long ago. */
  private shown(actor: Actor): (view: View, id: string) => Promise<SocialWorker> {
    return async (view, id) =>
      (await this.seen(view, actor, [id]))[0] ?? refuse("NOT_PERMITTED", { act: "socialWorker.see" });
  }

  private async papersOf(tx: Tx, { profileId }: SocialWorker): Promise<SocialWorkerProfile | undefined> {
    return (await this.bank.vault.open<SocialWorkerProfile>(tx, [profileId])).get(profileId);
  }

  private async mine(
    tx: Tx,
    actor: Actor,
    id: string,
    path: string[],
  ): Promise<{ worker: SocialWorker; role: ActorKind }> {
    const worker = (await tx.socialWorkers([id])).get(id) ?? refuse("NOT_FOUND", {}, path);
    const { organizationId } = worker;
    if (
      !(await this.bank.places.organizationsWhere(tx, actor, "socialWorker.see", [organizationId])).has(organizationId)
    )
      refuse("NOT_FOUND", {}, path);
    const organization = await this.bank.organization(tx, organizationId);
    return {
      worker,
      role: this.bank.permit(actor, "socialWorker.register", await this.bank.places.at(tx, organization)),
    };
  }

  private async setTraining(tx: Tx, actor: Actor, training: Training, reasonId: string | null = null): Promise<void> {
    await tx.append(actor.personId as string, { type: "TRAINING_SET", ...training, reasonId });
  }
}
