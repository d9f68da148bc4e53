import type { WrittenFact } from "../../../../domain/facts";
import type { Recipient } from "../../../../domain/facts/visits";
import { addDays, type Day, dayOf } from "../../../../domain/kit/calendar";
import type { RecipientProfile } from "../../../../domain/visits/recipients";
import type { SocialWorkerProfile } from "../../../../domain/workers/social-workers";
import type { Bank } from "../../../bank";
import { factAt } from "../naming";
import { profileBefore } from "./profiles";
import type { Services, UnmergingScene } from "./scene";

/** Parts recipients and social workers, and puts recipients back on the list as they stood before the merging. */
export class CapacitiesApart {
  private readonly bank: Bank;
  constructor(private readonly services: Services) {
    this.bank = services.bank;
  }

  /** Parts recipients and social workers: those that the other person got as they were, and those that were merged. */
  async part(scene: UnmergingScene): Promise<void> {
    const { tx, run, from, to, joined, merging } = scene;
    const { joinings } = this.services;
    const recipient = await tx.recipientOfPerson(from);
    if (recipient && run.taken.has(recipient.id))
      await joinings.setRecipient(tx, "SEPARATE", { ...recipient, personId: to }, joined);
    const worker = await tx.socialWorkerOfPerson(from);
    if (worker && run.taken.has(worker.id))
      await joinings.setWorker(tx, "SEPARATE", { ...worker, personId: to }, joined);
    // A recipient that was merged still belongs to the id of the person who was merged.
    const lost = await tx.recipientOfPerson(merging.personId);
    if (recipient && lost && run.ended.has(lost.id)) {
      const listing = (await this.listingBefore(scene, lost))?.listing ?? listedAgain(lost, dayOf(run.at));
      const parting = {
        lost: { ...lost, ...resumed(lost, listing, this.bank.today()) },
        kept: recipient,
        personId: to,
        visitIds: run.visitIds,
      };
      const profileId = await profileBefore<RecipientProfile>(
        ...([this.bank, scene, "RECIPIENT_SET", recipient, lost.profileId, from] as const),
        [["legalName"], ["phone"], ["address"], ["idKind", "idNumber"]],
        true,
      );
      const before = await this.listingBefore(scene, recipient);
      const again = before?.stands ? await this.relisted(scene, recipient, before.listing) : {};
      const after = { ...recipient, profileId, ...again };
      if (JSON.stringify(after) !== JSON.stringify(recipient))
        await joinings.setRecipient(tx, "SEPARATE", after, joined);
      await joinings.partRecipients(tx, parting, joined);
    }
    const goes = await tx.socialWorkerOfPerson(merging.personId);
    if (worker && goes && run.ended.has(goes.id)) {
      await joinings.partWorkers(tx, { lost: goes, kept: worker, personId: to, trainingIds: run.trainingIds }, joined);
      const profileId = await profileBefore<SocialWorkerProfile>(
        ...([this.bank, scene, "SOCIAL_WORKER_SET", worker, goes.profileId, from] as const),
        [["legalName"], ["idKind", "idNumber"]],
      );
      if (profileId !== worker.profileId) await joinings.setWorker(tx, "SEPARATE", { ...worker, profileId }, joined);
    }
  }

  /**
   * How the one that stays is on the list after the parting: as before the merging. The span that the merging began ends; where
   * a month of it is over already, it stays as far as it lasted.
   */
  private async relisted(
    { tx, joined }: UnmergingScene,
    { id: recipientId, listedOn, divisionCode }: Recipient,
    before: Pick<Recipient, "listedOn" | "listedUntil">,
  ): Promise<Partial<Pick<Recipient, "listedOn" | "listedUntil">>> {
    if (before.listedOn === listedOn) return before;
    const today = this.bank.today();
    const isOver = listedOn < `${today.slice(0, 7)}-01`;
    if (isOver && before.listedUntil === null) return {};
    const until = addDays(isOver ? today : listedOn, -1);
    await this.services.capacities.endListing(tx, joined.by, { recipientId, listedOn, divisionCode }, until, "MERGED");
    return before;
  }

  /** How a recipient stood on the list before the merging, and whether what the merging wrote still stands. */
  private async listingBefore({ tx, run, merging, from, to }: UnmergingScene, recipient: Recipient) {
    const after = run.recipients.get(recipient.id);
    const steps = (await tx.capacitySteps([recipient.id])).get(recipient.id) ?? [];
    const last = steps.findLast(({ seq }) => seq < merging.seq);
    let before: WrittenFact | null = null;
    if (last) before = (await factAt(tx, last.seq + 1)) ?? null;
    else
      for (const row of [...(await tx.sealedOfPerson(from)), ...(await tx.sealedOfPerson(to))]) {
        const fact = row.seq < merging.seq ? await factAt(tx, row.seq) : null;
        if (fact?.type === "RECIPIENT_SET" && fact.id === recipient.id && fact.version === 1) before = fact;
      }
    if (before?.type !== "RECIPIENT_SET" || before.id !== recipient.id || before.version !== (after?.version ?? 0) - 1)
      return null;
    const { listedOn, listedUntil } = before;
    const stands = recipient.listedOn === after?.listedOn && recipient.listedUntil === after.listedUntil;
    return { listing: { listedOn, listedUntil }, stands };
  }
}

/** For a merging before steps were kept: a recipient that the merging took off the list on that day is on it again. */
function listedAgain({ listedUntil }: Recipient, on: Day): Pick<Recipient, "listedUntil"> {
  return { listedUntil: listedUntil === addDays(on, -1) ? null : listedUntil };
}

/** A registration that was on the list before it was merged goes on; months that were over meanwhile stay as they were. */
function resumed(
  { listedUntil }: Recipient,
  before: Pick<Recipient, "listedOn" | "listedUntil"> | Pick<Recipient, "listedUntil">,
  today: Day,
): Partial<Pick<Recipient, "listedOn" | "listedUntil">> {
  const month = `${today.slice(0, 7)}-01`;
  if (before.listedUntil !== null || listedUntil === null || listedUntil >= addDays(month, -1)) return before;
  return { listedOn: month, listedUntil: null };
}
