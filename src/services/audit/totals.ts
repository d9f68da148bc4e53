import type { FactOf } from "../../domain/facts";
import type { RecordOrigin, RecordState } from "../../domain/facts/hours";
import type { Transfer } from "../../domain/facts/ledger";
import { countedStates } from "../../domain/hours";
import { noTotals, type ServiceTotals, totalOf } from "../../domain/hours/totals";
import type { Books } from "../../domain/ledger/books";
import type { Scratch, ScratchMap } from "../../storage/store";
import type { Follower } from "./follow";
import { isHolding } from "./rules";

/**
 * What each volunteer's totals must be, added up from the last state of every record and from every transfer. The writer moves
 * them step by step, so this is other code coming to the same numbers.
 */
export class Totals {
  readonly totals: ScratchMap<ServiceTotals>;
  /** Into which registration each was merged, while the merging holds. */
  private readonly kept: ReadonlyMap<string, string>;

  constructor(
    private readonly books: Books,
    private readonly follower: Follower,
    scratch: Scratch,
  ) {
    this.totals = scratch.map("totals");
    this.kept = registrationsKept(follower);
  }

  /** Served and creditable minutes are of the counted records. */
  record({ volunteerId, state, origin, serviceMinutes, creditableMinutes }: FactOf<"RECORD_STEP">): void {
    if (!countedStates.includes(state as RecordState)) return;
    const totals = this.of(volunteerId);
    totals[totalOf[origin as RecordOrigin]] += serviceMinutes;
    totals.creditable += creditableMinutes ?? 0;
    this.totals.set(volunteerId, totals);
  }

  /** Credited minutes are what issuance gave for the records, and took. */
  transfer({ recordId, debit, credit, minutes, phase, kind }: Transfer): void {
    if (phase !== "POSTED" && phase !== "REVERSAL") return;
    const isIssuance = (id: string) => this.books.accounts.get(id)?.kind === "ISSUANCE";
    const change = (isIssuance(debit) ? minutes : 0) - (isIssuance(credit) ? minutes : 0);
    const rounded = recordId === null && kind === "ROUNDING" ? this.ownerOf([debit, credit]) : undefined;
    const owner = recordId === null ? rounded : this.follower.last("RECORD_STEP", recordId)?.volunteerId;
    if (owner === undefined || change === 0) return;
    const totals = this.of(owner);
    this.totals.set(owner, { ...totals, credited: totals.credited + change });
  }

  private of(volunteerId: string): ServiceTotals {
    return { ...(this.totals.get(volunteerId) ?? noTotals(volunteerId)) };
  }

  /** Whose rounding it was when two registrations became one: the registration's that stands for the account's today. */
  private ownerOf(accountIds: readonly string[]): string | undefined {
    const accounts = accountIds.map((id) => this.books.accounts.get(id));
    const account = accounts.find((one) => one?.kind === "VOLUNTEER" || one?.kind === "GROUP");
    let owner = account?.owner ?? undefined;
    for (let next = owner && this.kept.get(owner); next !== undefined; next = this.kept.get(next)) owner = next;
    return owner;
  }
}

function registrationsKept(follower: Follower): Map<string, string> {
  const kept = new Map<string, string>();
  for (const { fact: merged } of follower.each("PEOPLE_MERGED"))
    if (merged.volunteerId !== null && merged.keptVolunteerId !== null && isHolding(merged, follower))
      kept.set(merged.volunteerId, merged.keptVolunteerId);
  return kept;
}
