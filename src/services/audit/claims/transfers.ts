import type { Transfer } from "../../../domain/facts/ledger";
import type { Shelf } from "../../../domain/ledger/books";
import type { Scratch, ScratchMap } from "../../../storage/store";

/** A transfer, which one ended or mirrored it, and whether anything of the bank says that it was moved. */
interface Moved {
  transfer: Transfer;
  endedBy: number | null;
  isClaimed: boolean;
}

/** The transfers that were replayed so far, by their position and by their record. */
export class Transfers implements Pick<Shelf<number, Transfer>, "get" | "set"> {
  private readonly moved: ScratchMap<Moved>;
  private readonly positions: ScratchMap<number[]>;

  constructor(scratch: Scratch) {
    this.moved = scratch.map("transfers");
    this.positions = scratch.map("transfers of records");
  }

  get(seq: number): Transfer | undefined {
    return this.moved.get(keyOf(seq))?.transfer;
  }

  /** Keeps a transfer once, whoever hands it over first. */
  set(seq: number, transfer: Transfer): void {
    if (this.moved.has(keyOf(seq))) return;
    this.moved.set(keyOf(seq), { transfer, endedBy: null, isClaimed: false });
    const { recordId, holdSeq, reversesSeq } = transfer;
    if (recordId !== null) this.positions.set(recordId, [...(this.positions.get(recordId) ?? []), seq]);
    for (const origin of [holdSeq, reversesSeq]) {
      const ended = origin === null ? undefined : this.moved.get(keyOf(origin));
      if (ended) this.moved.set(keyOf(origin as number), { ...ended, endedBy: seq });
    }
  }

  ofRecord(recordId: string): Transfer[] {
    return (this.positions.get(recordId) ?? []).map((seq) => this.get(seq) as Transfer);
  }

  /** The one that ended this hold, or mirrored this transfer. */
  endOf(seq: number): Transfer | undefined {
    const { endedBy = null } = this.moved.get(keyOf(seq)) ?? {};
    return endedBy === null ? undefined : this.get(endedBy);
  }

  isClaimed(seq: number): boolean {
    return this.moved.get(keyOf(seq))?.isClaimed ?? false;
  }

  claim(seq: number): void {
    const moved = this.moved.get(keyOf(seq));
    if (moved) this.moved.set(keyOf(seq), { ...moved, isClaimed: true });
  }

  *all(): Generator<Moved> {
    for (const [, moved] of this.moved.entries()) yield moved;
  }
}

/** Positions as keys, which sort as the numbers do. */
export const keyOf = (seq: number) => String(seq).padStart(16, "0");
