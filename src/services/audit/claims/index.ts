import type { Fact } from "../../../domain/facts";
import type { Transfer } from "../../../domain/facts/ledger";
import { posts } from "../../../domain/hours";
import { dayOf, type Instant } from "../../../domain/kit/calendar";
import type { Books } from "../../../domain/ledger/books";
import type { Scratch } from "../../../storage/store";
import type { Known } from "../rules";
import { disputed, ended } from "./disputes";
import { Evidence, isList, type RecordStep, type Unfounded, whereOf } from "./evidence";
import { Mergings } from "./mergings";
import { ordered } from "./orders";
import { Points } from "./points";
import { measure, posted } from "./posting";
import { reversed } from "./reversals";
import { SealedClaims } from "./sealed";
import type { Transfers } from "./transfers";

/**
 * Holds what records, disputes and village points say of themselves against the transfers that they are said to have
 * moved. How much a record earns is computed here anew, from its minutes and the rules of its day (DESIGN §3), by other
 * code than the service that posts. Every such transfer has one claimant: one that nothing claims is found at the end.
 */
export class Claims {
  /** What records say of sealed rows, which needs the keys to be checked. */
  readonly sealed = new SealedClaims();
  private readonly evidence: Evidence;
  private readonly mergings: Mergings;
  private readonly points: Points;

  constructor(
    books: Books,
    transfers: Transfers,
    known: Known,
    scratch: Scratch,
    finds: (check: Unfounded, where: string, what: string) => void,
  ) {
    this.evidence = new Evidence(books, transfers, known, scratch, finds);
    this.mergings = new Mergings(this.evidence);
    this.points = new Points(this.evidence, scratch);
  }

  /** After it was followed; `before` is the last fact before it about the same thing. */
  fact(fact: Fact, before: Fact | null, at: Instant): void {
    if (fact.type === "RECORD_STEP") this.record(fact, before?.type === "RECORD_STEP" ? before : null, at);
    else if (fact.type === "ORDER_STEP") ordered(this.evidence, fact, before === null);
    else if (fact.type === "POLICY_SET") this.evidence.rules.set(fact);
    else if (fact.type === "PEOPLE_MERGED") this.mergings.merged(fact);
    else if (fact.type === "MERGING_ENDED") this.mergings.parted(fact);
    else if (fact.type === "HOUSEHOLD_QUARTER_SET") this.points.quarter(fact);
    else if (fact.type === "VILLAGE_POINTS_SET")
      this.points.points(fact, before?.type === "VILLAGE_POINTS_SET" ? before : null);
  }

  /** After the books have entered it. */
  transfer(transfer: Transfer): void {
    const { transfers, finds } = this.evidence;
    const { seq, recordId, holdSeq, reversesSeq } = transfer;
    transfers.set(seq, transfer);
    if (this.isDue(transfer)) transfers.awaitClaim(seq);
    const originSeq = holdSeq ?? reversesSeq;
    const origin = originSeq === null ? undefined : transfers.get(originSeq);
    if (origin && !isSameBut(origin, transfer))
      finds("RECORD", `transfers ${seq}`, "effectiveOn, recordId or policyIds differ from what it ends or mirrors");
    const kind = reversesSeq === null ? transfer.kind : origin?.kind;
    if (recordId === null && (kind === "CLEARING" || kind === "ROUNDING")) this.mergings.brought(transfer);
    this.points.transfer(transfer);
  }

  /** After the last entry: what is found of all mergings, of all quarters, and of transfers that nothing says were moved. */
  close(): void {
    this.mergings.close();
    this.points.close();
    const { transfers, finds } = this.evidence;
    for (const transfer of transfers.unclaimed()) {
      const where = `transfers ${transfer.seq}`;
      if (this.isOfPoints(transfer)) finds("POINTS", where, "no entry of village points says that it was moved");
      else if (this.isOfOrder(transfer)) finds("ORDER", where, "no order says that it was moved");
      else finds("RECORD", where, "no record says that it was moved");
    }
  }

  /** Whether something has to say that it moved the transfer. */
  private isDue(transfer: Transfer): boolean {
    const { recordId, kind } = transfer;
    if (recordId !== null || ["EARN", "OVERFLOW", "ROUNDING", "CLEARING"].includes(kind)) return true;
    return this.isOfPoints(transfer) || this.isOfOrder(transfer);
  }

  /** Whether it holds minutes to be spent, or spends them. */
  private isOfOrder({ credit, phase }: Transfer): boolean {
    return (phase === "HELD" || phase === "POSTED") && this.evidence.kindOf(credit) === "REDEEMED";
  }

  private isOfPoints({ debit }: Transfer): boolean {
    return this.evidence.books.accounts.get(debit)?.unit === "VILLAGE_POINT";
  }

  private record(step: RecordStep, before: RecordStep | null, at: Instant): void {
    const { evidence } = this;
    this.sealed.record(whereOf(step), step, before);
    if (before === null || step.action === "RESUBMIT") measure(evidence, step);
    if (step.action === "MOVE" && before) this.mergings.moved(step, before);
    if (posts({ action: step.action, to: step.state })) posted(evidence, this.sealed, step, dayOf(at));
    else if (step.action === "DISPUTE") disputed(evidence, step, dayOf(at));
    else if (step.action === "UPHOLD") ended(evidence, step, before?.disputeHoldSeq ?? null);
    else if (step.action === "REVERSE" || step.action === "ADJUST") {
      ended(evidence, step, before?.disputeHoldSeq ?? null);
      reversed(evidence, step, before, dayOf(at));
    } else if (step.creditedMinutes !== (before?.creditedMinutes ?? null))
      evidence.finds("RECORD", whereOf(step), "creditedMinutes changes by a step that moves nothing");
  }
}

/** The end of a hold and a mirror keep the day, the record and the rules of what they end. */
function isSameBut(a: Transfer, b: Transfer): boolean {
  return a.effectiveOn === b.effectiveOn && a.recordId === b.recordId && isList(a.policyIds, b.policyIds);
}
