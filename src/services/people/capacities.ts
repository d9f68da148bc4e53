import type { ActorKind } from "../../domain/facts/actors";
import type { CapacityAction } from "../../domain/facts/capacities";
import type { Listing, ListingEnding, Recipient } from "../../domain/facts/visits";
import type { SocialWorker } from "../../domain/facts/workers";
import type { Day, Instant } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import type { RecipientAction, SocialWorkerAction } from "../../domain/people/capacities";
import { type IdKind, type Papers, readPapers } from "../../domain/people/papers";
import type { Actor } from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { correction } from "../bank/commands";
import type { Read } from "../bank/fields";
import { checkPapers } from "../bank/input";
import type { Identities } from "./identities";

/** A step of a recipient or a social worker after the registration, as the API shows it. */
export interface CapacityEvent {
  at: Instant;
  action: CapacityAction;
  fields: string[];
  actorKind: ActorKind;
  reason: string | null;
}

/** The part of a profile that recipients and social workers share. */
interface Known {
  displayName: string;
  legalName: string | null;
  idKind?: IdKind | null;
  idNumber: string | null;
  birthDate?: string | null;
}
/** A correction of that part. */
type Correction = Omit<Read<typeof correction>, "evidence" | "expectedVersion"> & {
  displayName: string | undefined;
  birthDate?: Day | undefined;
};
/** A step of a recipient or a social worker after the registration. A correction says which fields of the input it changed. */
interface Step<A> {
  action: A;
  role: ActorKind;
  reasonId: string | null;
  fields?: readonly string[];
}
/** The birth date, or the ages that the capacity is for where it keeps no birth date. */
type Born = Day | { least: number; most: number };
/** The fields by which the bank knows a person, in every capacity. */
const knownBy = ["displayName", "legalName", "birthDate", "idNumber"] as const;

/** The corrections and the history of recipients and social workers alike. */
export class Capacities {
  constructor(
    private readonly bank: Bank,
    private readonly identities: Identities,
  ) {}

  /**
   * The profile after a correction. Where the person has other capacities, the actor must be able to correct each of them:
   * otherwise a station could put the name and number of one person's claim on another person's account.
   */
  async corrected<P extends Known>(
    tx: Tx,
    actor: Actor,
    personId: string,
    known: P,
    correction: Correction,
    born: Born,
  ): Promise<P> {
    const [touched] = knownBy.filter((field) => correction[field] !== undefined);
    if (touched) await this.identities.reach.checkCapacities(tx, actor, personId, touched);
    const after: P = {
      ...known,
      displayName: correction.displayName ?? known.displayName,
      legalName: correction.legalName === undefined ? known.legalName : correction.legalName,
      ...(typeof born === "string" ? { birthDate: born } : {}),
    };
    const papers = await correctedPapers(this.bank, tx, personId, { known, after, correction, born });
    return papers === undefined ? after : { ...after, idKind: papers?.kind ?? null, idNumber: papers?.number ?? null };
  }

  /**
   * Appends the step, and then the recipient as it stands after the step. The registration is no step: null. A span that has
   * ended is said once more, since a recipient as it stands says neither how the span ended nor in which division it lay.
   */
  async setRecipient(
    tx: Tx,
    by: string,
    recipient: Recipient,
    step: Step<RecipientAction> | null,
    ending: ListingEnding | null = null,
  ): Promise<void> {
    const facts = unplaced(recipient);
    const { id, listedOn, listedUntil } = facts;
    const known = ((await tx.listingsOf([id])).get(id) ?? []).find((listing) => listing.listedOn === listedOn);
    if (step) await tx.append(by, { type: "RECIPIENT_MOVED", ...moved(facts, step) });
    await tx.append(by, { type: "RECIPIENT_SET", ...facts, reasonId: step?.reasonId ?? null });
    if (listedUntil === null) return;
    const { divisionCode } = known ?? facts;
    await this.endListing(tx, by, { recipientId: id, listedOn, divisionCode }, listedUntil, ending ?? known?.ending);
  }

  /** Ends a span on the list. One that ends before it begins was none. */
  async endListing(
    tx: Tx,
    by: string,
    { recipientId, listedOn, divisionCode }: Pick<Listing, "recipientId" | "listedOn" | "divisionCode">,
    listedUntil: Day,
    ending: ListingEnding | null = null,
  ): Promise<void> {
    await tx.append(by, { type: "LISTING_ENDED", recipientId, listedOn, listedUntil, divisionCode, ending });
  }

  /** The same for a social worker. The first registration is no step; each later one is. */
  async setWorker(tx: Tx, by: string, worker: SocialWorker, step: Step<SocialWorkerAction> | null): Promise<void> {
    const facts = unplaced(worker);
    if (step) await tx.append(by, { type: "SOCIAL_WORKER_MOVED", ...moved(facts, step) });
    await tx.append(by, { type: "SOCIAL_WORKER_SET", ...facts });
  }

  /** The steps of each id that is in `seen`, with their reasons; no steps for the others. */
  async historyOf(view: View, ids: readonly string[], seen: ReadonlySet<string>): Promise<CapacityEvent[][]> {
    const steps = await view.capacitySteps(ids.filter((id) => seen.has(id)));
    const reasons = await this.bank.vault.open<{ reason: string }>(
      view,
      [...steps.values()].flat().map(({ reasonId }) => reasonId),
    );
    return ids.map((id) =>
      (steps.get(id) ?? []).map(({ at, action, fields, actorKind, reasonId }) => ({
        ...{ at, action, fields, actorKind },
        reason: reasons.get(reasonId ?? "")?.reason ?? null,
      })),
    );
  }
}

/**
 * The papers after a correction of a person in any capacity; null where they are taken away, undefined where they stay. Papers
 * that stay must still agree with the birth date. ID_NUMBER_INVALID, PAPERS_DISAGREE, DUPLICATE_PERSON.
 */
export async function correctedPapers(
  bank: Bank,
  tx: Tx,
  personId: string,
  { known, after, correction, born }: { known: Known; after: Known; correction: Correction; born: Born | null },
): Promise<Papers | null | undefined> {
  const today = bank.today();
  const { idKind = null, idNumber } = correction;
  if (idNumber !== undefined) {
    const papers = checkPapers({ idKind, idNumber }, born, today);
    const seen = { ...after, birthDate: papers?.birthDate ?? after.birthDate };
    await bank.papers.check(tx, personId, papers, seen, { corrects: true });
    return papers;
  }
  if (idKind !== null) refuse("INVALID_INPUT", { expected: "an ID number with its kind" }, ["idNumber"]);
  if (known.idNumber && known.idKind && typeof born === "string" && born !== known.birthDate)
    readPapers(known.idNumber, { kind: known.idKind, birthDate: born, today }, ["birthDate"]);
  return undefined;
}

function moved<A>({ id, version }: { id: string; version: number }, step: Step<A>) {
  const { action, role: actorKind, reasonId, fields = [] } = step;
  return { id, version, action, fields: [...fields], actorKind, reasonId };
}
/** A stored row without its position in the journal, which is no part of the fact. */
function unplaced<T extends object>(row: T): T {
  const { seq: _, ...facts } = row as T & { seq?: number };
  return facts as T;
}

/** The fields whose values differ, in the order in which they are given. */
export function changedFields<P extends Known>(fields: readonly string[], before: P, after: P): string[] {
  const value = (of: P, field: string) =>
    field === "idNumber" ? [of.idKind ?? null, of.idNumber] : (of as Record<string, unknown>)[field];
  return fields.filter((field) => JSON.stringify(value(before, field)) !== JSON.stringify(value(after, field)));
}
