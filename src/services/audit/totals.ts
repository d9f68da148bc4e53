import type { FactOf } from "../../domain/facts";
import type { RecordOrigin, RecordState } from "../../domain/facts/hours";
import type { Transfer } from "../../domain/facts/ledger";
import { countedStates } from "../../domain/hours";
import { noTotals, type ServiceTotals, totalOf } from "../../domain/hours/totals";
import type { Books } from "../../domain/ledger/books";
import type { Scratch, ScratchMap } from "../../storage/store";
import type { Transfers } from "./claims/transfers";
import type { Follower } from "./follow";
import { isHolding } from "./rules";

type ServiceRecord = FactOf<"RECORD_STEP">;

/**
 * What each volunteer's totals must be: what every record gives as it stands, and what issuance gave for it. Where the writer moves
 * totals by the kind of each step, here what a record gave before is taken away and what it gives now is added, whatever the step.
 */
export class Totals {
  readonly totals: ScratchMap<ServiceTotals>;
  /** What issuance gave in roundings of no record. Whose they are, the last merging says. */
  private readonly roundings: { readonly accountIds: readonly string[]; readonly minutes: number }[] = [];

  constructor(
    private readonly books: Books,
    private readonly transfers: Transfers,
    private readonly follower: Follower,
    scratch: Scratch,
  ) {
    this.totals = scratch.map("totals");
  }

  record(now: ServiceRecord, before: ServiceRecord | null): void {
    if (before) this.count(before, -1);
    this.count(now, 1);
    if (before?.volunteerId === now.volunteerId) return;
    const minutes = this.transfers.ofRecord(now.id).reduce((sum, transfer) => sum + this.issued(transfer), 0);
    if (before) this.credit(before.volunteerId, -minutes);
    this.credit(now.volunteerId, minutes);
  }

  /** Credited minutes are what issuance gave for the records, and took. */
  transfer(transfer: Transfer): void {
    const { recordId, debit, credit, kind } = transfer;
    const minutes = this.issued(transfer);
    const record = recordId === null ? null : this.follower.last("RECORD_STEP", recordId);
    if (record) this.credit(record.volunteerId, minutes);
    else if (recordId === null && kind === "ROUNDING" && minutes !== 0)
      this.roundings.push({ accountIds: [debit, credit], minutes });
  }

  /** After the last entry. */
  close(): void {
    const kept = registrationsKept(this.follower);
    for (const { accountIds, minutes } of this.roundings) {
      const accounts = accountIds.map((id) => this.books.accounts.get(id));
      let owner = accounts.find((account) => account?.kind === "VOLUNTEER" || account?.kind === "GROUP")?.owner;
      // Two registrations became one: the registration stands for the account that stands for it today.
      for (let next = owner && kept.get(owner); next; next = kept.get(next)) owner = next;
      if (owner) this.credit(owner, minutes);
    }
  }

  /** Served and creditable minutes are of the counted records. */
  private count({ volunteerId, state, origin, serviceMinutes, creditableMinutes }: ServiceRecord, times: 1 | -1): void {
    if (!countedStates.includes(state as RecordState)) return;
    const totals = this.of(volunteerId);
    totals[totalOf[origin as RecordOrigin]] += times * serviceMinutes;
    totals.creditable += times * (creditableMinutes ?? 0);
    this.totals.set(volunteerId, totals);
  }

  private issued({ debit, credit, minutes, phase }: Transfer): number {
    if (phase !== "POSTED" && phase !== "REVERSAL") return 0;
    const isIssuance = (id: string) => this.books.accounts.get(id)?.kind === "ISSUANCE";
    return (isIssuance(debit) ? minutes : 0) - (isIssuance(credit) ? minutes : 0);
  }

  private credit(volunteerId: string, minutes: number): void {
    if (minutes === 0) return;
    const totals = this.of(volunteerId);
    totals.credited += minutes;
    this.totals.set(volunteerId, totals);
  }

  private of(volunteerId: string): ServiceTotals {
    return this.totals.get(volunteerId) ?? noTotals(volunteerId);
  }
}

function registrationsKept(follower: Follower): Map<string, string> {
  const kept = new Map<string, string>();
  for (const { fact: merged } of follower.each("PEOPLE_MERGED"))
    if (merged.volunteerId !== null && merged.keptVolunteerId !== null && isHolding(merged, follower))
      kept.set(merged.volunteerId, merged.keptVolunteerId);
  return kept;
}
