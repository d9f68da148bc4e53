import type { FactOf } from "../../../domain/facts";
import type { Transfer } from "../../../domain/facts/ledger";
import type { Evidence, RecordStep } from "./evidence";

/** A merging or a parting of two registrations: what their accounts had to do, and what they did. */
interface Merging {
  where: string;
  lost: string | undefined;
  kept: string | undefined;
  /** The balance of the account that was merged. Null for a parting, where an officer may say how much goes back. */
  balance: number | null;
  /** What issuance has to give so that the remainders are right, together or each by itself. */
  missing: number;
  /** The part of that for the registration that goes, in a parting. */
  missingLost: number | null;
  /** The minutes that went from the merged account to the other one. */
  cleared: number;
  issuedLost: number;
  issued: number;
}

/** Holds what a merging or a parting of two registrations had to move against the transfers that did. */
export class Mergings {
  private readonly mergings: Merging[] = [];
  /** The registration into which each was merged, while the merging holds. */
  private readonly standsIn = new Map<string, string>();
  /**
   * The records that moved since the last merging, with their new registration. A parting moves its records before its own
   * entry.
   */
  private readonly going = new Map<string, string>();
  /** The transfers without a record, by which a merging or a parting moves or rounds a balance. */
  private readonly ofMergings: Transfer[] = [];

  constructor(private readonly of: Evidence) {}

  /** From now on the records of both count for one volunteer. The transfers that follow move the balance. */
  merged({ personId, volunteerId, keptVolunteerId }: FactOf<"PEOPLE_MERGED">): void {
    if (volunteerId === null || keptVolunteerId === null) return;
    const accountOf = (id: string) => this.of.accountIdOf(id);
    const [lost, kept] = [accountOf(volunteerId), accountOf(keptVolunteerId)];
    const [theirs, ours] = [this.of.credits.sumsOf(volunteerId), this.of.credits.sumsOf(keptVolunteerId)];
    this.of.credits.join(volunteerId, keptVolunteerId);
    const target = this.of.targetOf(keptVolunteerId);
    const account = this.of.books.accounts.get(lost ?? "");
    const balance = account ? account.creditsPosted - account.debitsPosted : 0;
    const missing = target - theirs.credited - ours.credited;
    const where = `mergedPersons ${personId}`;
    this.mergings.push({ where, lost, kept, balance, missing, missingLost: null, ...nothingMoved });
    this.going.clear();
    this.of.credits.setSums(keptVolunteerId, { creditable: theirs.creditable + ours.creditable, credited: target });
    this.standsIn.set(volunteerId, keptVolunteerId);
  }

  /** The registration into which one was merged, through all that followed. */
  private end(volunteerId: string): string {
    const kept = this.standsIn.get(volunteerId);
    return kept === undefined ? volunteerId : this.end(kept);
  }

  /** Two registrations again. The records that moved just before count for the one that was merged. */
  parted({ personId, volunteerId, keptVolunteerId }: FactOf<"MERGING_ENDED">): void {
    if (volunteerId === null || keptVolunteerId === null) return;
    const accountOf = (id: string) => this.of.accountIdOf(id);
    const [back, stays] = [this.of.credits.sumsOf(volunteerId), this.of.credits.sumsOf(keptVolunteerId)];
    const [theirs, ours] = [this.of.targetOf(volunteerId), this.of.targetOf(keptVolunteerId)];
    const missing = theirs + ours - stays.credited;
    const where = `mergedPersons ${personId}`;
    const [lost, kept] = [accountOf(volunteerId), accountOf(keptVolunteerId)];
    // Issuance has already given for the records that go, and by roundings of no record to that account.
    const gone = [...this.going].flatMap(([id, to]) => (to === volunteerId ? this.of.transfers.ofRecord(id) : []));
    this.standsIn.delete(volunteerId);
    const own = new Set(
      [...this.standsIn.keys(), volunteerId].filter((id) => this.end(id) === volunteerId).map(accountOf),
    );
    const rounded = this.ofMergings.filter(({ debit, credit }) => own.has(debit) || own.has(credit));
    const issued = [...gone, ...rounded].reduce((sum, transfer) => sum + this.of.issuedBy(transfer), 0);
    this.mergings.push({ where, lost, kept, balance: null, missing, missingLost: theirs - issued, ...nothingMoved });
    this.going.clear();
    this.of.credits.setSums(volunteerId, { ...back, credited: theirs });
    this.of.credits.setSums(keptVolunteerId, { ...stays, credited: ours });
  }

  /** A merging counts the records of both before they move. In a parting each record takes its credit along. */
  moved(step: RecordStep, before: RecordStep): void {
    this.going.set(step.id, step.volunteerId);
    const counted = this.of.credits.move(step.id, before.volunteerId, step.volunteerId);
    if (!counted) return;
    const from = this.of.credits.sumsOf(before.volunteerId);
    this.of.credits.setSums(before.volunteerId, { ...from, creditable: from.creditable - counted.creditable });
    const to = this.of.credits.sumsOf(step.volunteerId);
    this.of.credits.setSums(step.volunteerId, { ...to, creditable: to.creditable + counted.creditable });
  }

  /** A transfer without a record, by which a merging or a parting moves or rounds a balance. */
  brought(transfer: Transfer): void {
    const merging = this.mergings.at(-1);
    if (!merging) return;
    const { lost, kept } = merging;
    const { seq, debit, credit, minutes } = transfer;
    const sides = [debit, credit].filter((id) => this.of.kindOf(id) !== "ISSUANCE");
    if (sides.some((side) => side !== lost && side !== kept)) return;
    this.of.transfers.claim(seq);
    this.ofMergings.push(transfer);
    const issued = this.of.issuedBy(transfer);
    merging.issued += issued;
    if (sides.length === 2) merging.cleared += debit === lost ? minutes : -minutes;
    else if (sides[0] === lost) merging.issuedLost += issued;
  }

  /** After the last entry. */
  close(): void {
    for (const { where, balance, missing, missingLost, cleared, issuedLost, issued } of this.mergings) {
      if (balance !== null && cleared - issuedLost !== balance)
        this.of.finds("RECORD", where, "its balance did not go over whole");
      if (issued !== missing || (missingLost ?? issuedLost) !== issuedLost)
        this.of.finds("RECORD", where, "its rounding is not what the remainders of both give");
    }
  }
}

const nothingMoved = { cleared: 0, issuedLost: 0, issued: 0 };
