import type { Fact } from "../../../domain/facts";
import type { ListingEnding, Recipient, Visit } from "../../../domain/facts/visits";
import { type SocialWorker, socialWorkLevels } from "../../../domain/facts/workers";
import { addDays, type Day } from "../../../domain/kit/calendar";
import { refuse } from "../../../domain/kit/refusal";
import type { Joined, RecipientAction, SocialWorkerAction } from "../../../domain/people/capacities";
import { monthOf } from "../../../domain/visits";
import { listedAnewFrom, type RecipientProfile, recipientCategories } from "../../../domain/visits/recipients";
import { type SocialWorkerProfile, termEnd } from "../../../domain/workers/social-workers";
import type { Tx } from "../../../storage/store";
import type { Bank } from "../../bank";
import type { Matching } from "../../visits/matching";
import type { Capacities } from "../capacities";

/** The first and the last day of the calendar. */
const [firstDay, lastDay] = ["0000-01-01", "9999-12-31"];
type Papers = Pick<RecipientProfile, "legalName" | "idKind" | "idNumber">;
type Training = Omit<Extract<Fact, { type: "TRAINING_SET" }>, "type" | "reasonId" | "withdrawn"> & {
  withdrawn: boolean;
};

/** Merges and parts two recipients, or two social workers, of one person. */
export class Joinings {
  constructor(
    private readonly bank: Bank,
    private readonly capacities: Capacities,
    private readonly matching: Matching,
  ) {}

  /** Refuses a merging of two recipients or social workers while something is open. STILL_ACTIVE, INVALID_INPUT. */
  async check(tx: Tx, from: string, to: string): Promise<void> {
    const [theirs, ours] = [await tx.recipientOfPerson(from), await tx.recipientOfPerson(to)];
    const account = theirs && ours && (await tx.accounts([theirs.accountId])).get(theirs.accountId);
    const open =
      account && account.creditsPosted + account.debitsPosted + account.creditsPending + account.debitsPending;
    if (open) refuse("STILL_ACTIVE", { as: "RECIPIENT", ids: [theirs.id, ours.id] }, ["mergePersonId"]);
    const [goes, stays] = [await tx.socialWorkerOfPerson(from), await tx.socialWorkerOfPerson(to)];
    // The later registration says where the person works, and how far they are certified.
    if (goes && stays && isLater(goes, stays))
      refuse("INVALID_INPUT", { expected: "the person with the later registration as a social worker" }, [
        "keepPersonId",
      ]);
  }

  /**
   * Merges two recipients: visits, categories and what only the other one says go to the one that stays; the other leaves the
   * list. Months that are over stay with the registration that was owed them, and with the visits that met them.
   */
  async recipients(tx: Tx, lost: Recipient, kept: Recipient, joined: Joined): Promise<void> {
    const yesterday = addDays(this.bank.today(), -1);
    if (lost.listedUntil === null)
      await this.setRecipient(tx, "MERGE", { ...lost, listedUntil: yesterday }, joined, [], "MERGED");
    else await this.setRecipient(tx, "MERGE", lost, joined);
    const opened = await this.bank.vault.open<RecipientProfile>(tx, [lost.profileId, kept.profileId]);
    const [theirs, ours] = [opened.get(lost.profileId), opened.get(kept.profileId)];
    const profile = theirs && ours ? fullerRecipient(ours, theirs) : undefined;
    const profileId = profile ? await this.bank.vault.seal(tx, kept.personId, profile) : kept.profileId;
    const listing = lost.listedUntil === null ? takenOver(lost, kept, this.bank.today()) : {};
    await this.setRecipient(tx, "TAKE_OVER", { ...kept, profileId, ...listing }, joined);
    const { id: recipientId, listedOn, divisionCode } = kept;
    // The span begins earlier now, so its later beginning never was a beginning.
    if (kept.listedUntil === null && listing.listedOn !== undefined) {
      const later = { recipientId, listedOn, divisionCode };
      await this.capacities.endListing(tx, joined.by, later, addDays(listedOn, -1), "MERGED");
    }
    for (const visit of await this.visitsOf(tx, lost.id)) await this.giveVisit(tx, visit, kept.id, joined);
    await this.matching.renew(tx, joined.by, kept.id);
  }

  /** Merges two social workers: trainings and papers go to the one that stays, and the term of the other one ends. */
  async workers(tx: Tx, lost: SocialWorker, kept: SocialWorker, joined: Joined): Promise<void> {
    const yesterday = addDays(this.bank.today(), -1);
    const registeredUntil = [lost.registeredUntil, yesterday].sort()[0] as string;
    await this.setWorker(tx, "MERGE", { ...lost, registeredUntil }, joined);
    const opened = await this.bank.vault.open<SocialWorkerProfile>(tx, [lost.profileId, kept.profileId]);
    const [theirs, ours] = [opened.get(lost.profileId), opened.get(kept.profileId)];
    const profileId =
      theirs && ours
        ? await this.bank.vault.seal(tx, kept.personId, { ...ours, ...fullerPapers(ours, theirs) })
        : kept.profileId;
    await this.setWorker(tx, "TAKE_OVER", { ...kept, profileId }, joined);
    for (const training of (await tx.trainingsOf([lost.id])).get(lost.id) ?? [])
      if (!training.withdrawn) await this.giveTraining(tx, training, kept.id, joined);
  }

  /** Puts a recipient that was merged back on the list by itself, with the visits that it brought. */
  async partRecipients(
    tx: Tx,
    { lost, kept, visitIds, personId }: Parting<Recipient> & { visitIds: ReadonlySet<string> },
    joined: Joined,
  ): Promise<void> {
    await this.setRecipient(tx, "SEPARATE", { ...lost, personId }, joined);
    for (const visit of await this.visitsOf(tx, kept.id))
      if (visitIds.has(visit.id)) await this.giveVisit(tx, visit, lost.id, joined);
    for (const { id } of [lost, kept]) await this.matching.renew(tx, joined.by, id);
  }

  /** Gives a social worker that was merged the term back, with the trainings that it brought. */
  async partWorkers(
    tx: Tx,
    { lost, kept, trainingIds, personId }: Parting<SocialWorker> & { trainingIds: ReadonlySet<string> },
    joined: Joined,
  ): Promise<void> {
    const registeredUntil = termEnd(lost.registeredOn, await this.bank.policies(tx));
    await this.setWorker(tx, "SEPARATE", { ...lost, personId, registeredUntil }, joined);
    for (const training of (await tx.trainingsOf([kept.id])).get(kept.id) ?? [])
      if (trainingIds.has(training.id)) await this.giveTraining(tx, training, lost.id, joined);
  }

  setRecipient(
    tx: Tx,
    action: RecipientAction,
    before: Recipient,
    { by, ...joined }: Joined,
    fields: readonly string[] = [],
    ending: ListingEnding | null = null,
  ): Promise<void> {
    const recipient = { ...before, version: before.version + 1 };
    return this.capacities.setRecipient(tx, by, recipient, { ...joined, action, fields }, ending);
  }

  setWorker(
    tx: Tx,
    action: SocialWorkerAction,
    before: SocialWorker,
    { by, ...joined }: Joined,
    fields: readonly string[] = [],
  ): Promise<void> {
    const worker = { ...before, version: before.version + 1 };
    return this.capacities.setWorker(tx, by, worker, { ...joined, action, fields });
  }

  /** The visits that go. A visit that was taken back stays where it is, as a trace. */
  private async visitsOf(tx: Tx, recipientId: string): Promise<Visit[]> {
    return (await tx.visitsOf([recipientId], { from: firstDay, until: lastDay })).get(recipientId) ?? [];
  }

  /** Gives a visit to the other registration. Of months that are over it meets what it met; of the present it counts for its own. */
  private async giveVisit(tx: Tx, visit: Visit, recipientId: string, { by, reasonId }: Joined): Promise<void> {
    const isOver = visit.on < `${monthOf(this.bank.today())}-01`;
    const counting = isOver ? {} : { countsForId: recipientId, obligation: null };
    await this.matching.set(tx, by, { ...visit, ...counting, recipientId, version: visit.version + 1 }, reasonId);
  }

  private async giveTraining(tx: Tx, training: Training, socialWorkerId: string, joined: Joined): Promise<void> {
    const { by, reasonId } = joined;
    const version = training.version + 1;
    await tx.append(by, { type: "TRAINING_SET", ...training, withdrawn: false, socialWorkerId, version, reasonId });
  }
}

/** Two registrations that are parted: `lost` goes to `personId`, and `kept` stays. */
interface Parting<T> {
  lost: T;
  kept: T;
  personId: string;
}

function isLater(worker: SocialWorker, other: SocialWorker): boolean {
  if (worker.registeredOn !== other.registeredOn) return worker.registeredOn > other.registeredOn;
  return socialWorkLevels.indexOf(worker.level) > socialWorkLevels.indexOf(other.level);
}

/** The listing of the recipient that stays, where the other recipient was on the list: as long as either of them, but for months that are over. */
function takenOver(lost: Recipient, kept: Recipient, today: Day): Partial<Pick<Recipient, "listedOn" | "listedUntil">> {
  const from = listedAnewFrom(lost.listedOn, today);
  if (kept.listedUntil !== null) return { listedOn: from, listedUntil: null };
  return kept.listedOn <= from ? {} : { listedOn: from };
}

/** The papers and the legal name, with those that only the other one has. */
function fullerPapers<P extends Papers>(ours: P, theirs: Papers): Papers {
  const { idKind, idNumber } = ours.idNumber ? ours : theirs;
  return { legalName: ours.legalName ?? theirs.legalName, idKind, idNumber };
}
function fullerRecipient(ours: RecipientProfile, theirs: RecipientProfile): RecipientProfile {
  const all = [...ours.categories, ...theirs.categories];
  return {
    ...ours,
    ...fullerPapers(ours, theirs),
    phone: ours.phone ?? theirs.phone,
    address: ours.address ?? theirs.address,
    categories: recipientCategories.filter((category) => all.includes(category)),
  };
}

/** A profile without what only the other one brought: a group of fields that still has their values gets those of before. */
export function withoutTheirs<P extends object>(
  now: P,
  before: P,
  theirs: P,
  groups: readonly (readonly (keyof P & string)[])[],
): P {
  const of = (profile: P, fields: readonly (keyof P & string)[]) =>
    JSON.stringify(fields.map((field) => profile[field] ?? null));
  const after = { ...now };
  for (const fields of groups)
    if (of(now, fields) === of(theirs, fields) && of(before, fields) !== of(theirs, fields))
      for (const field of fields) after[field] = before[field];
  return after;
}
