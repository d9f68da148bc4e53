import { type Transfer, transfer } from "../../../domain/facts/ledger";
import { objectsOf, valuesOf } from "../../../domain/kit/objects";
import type { Shelf } from "../../../domain/ledger/books";
import type { Scratch, ScratchForm, ScratchMap } from "../../../storage/store";

/** A transfer, which one ended or mirrored it, and whether anything of the bank says that it was moved. */
interface Moved {
  readonly transfer: Transfer;
  endedBy: number | null;
  isClaimed: boolean;
  /** Whether something has to say so. */
  isDue: boolean;
}

const columns = Object.keys(transfer.into.transfers.columns);
const [listed, transferOf] = [valuesOf(columns), objectsOf<Transfer>(columns)];
const form: ScratchForm<Moved> = {
  written: ({ transfer, endedBy, isClaimed, isDue }) => [listed(transfer), endedBy, isClaimed, isDue],
  read(written) {
    const [values, endedBy, isClaimed, isDue] = written as [unknown[], number | null, boolean, boolean];
    return { transfer: transferOf(values), endedBy, isClaimed, isDue };
  },
};

/** The transfers that were replayed so far, by their position and by their record. */
export class Transfers implements Pick<Shelf<number, Transfer>, "get" | "set"> {
  private readonly moved: ScratchMap<Moved, number>;
  private readonly positions: ScratchMap<number[]>;
  /** How many transfers are due, and not claimed yet. */
  private waiting = 0;

  constructor(scratch: Scratch) {
    this.moved = scratch.numbered("transfers", form);
    this.positions = scratch.map("transfers of records");
  }

  get(seq: number): Transfer | undefined {
    return this.moved.get(seq)?.transfer;
  }

  /** Keeps a transfer once: the books and the replay both hand it over. */
  set(seq: number, transfer: Transfer): void {
    if (this.moved.has(seq)) return;
    this.moved.set(seq, { transfer, endedBy: null, isClaimed: false, isDue: false });
    const { recordId, holdSeq, reversesSeq } = transfer;
    if (recordId !== null) {
      const positions = this.positions.get(recordId) ?? [];
      positions.push(seq);
      this.positions.set(recordId, positions);
    }
    for (const origin of [holdSeq, reversesSeq])
      if (origin !== null)
        this.change(origin, (ended) => {
          ended.endedBy = seq;
        });
  }

  ofRecord(recordId: string): Transfer[] {
    return (this.positions.get(recordId) ?? []).map((seq) => this.get(seq) as Transfer);
  }

  /** The one that ended this hold, or mirrored this transfer. */
  endOf(seq: number): Transfer | undefined {
    const { endedBy = null } = this.moved.get(seq) ?? {};
    return endedBy === null ? undefined : this.get(endedBy);
  }

  isClaimed(seq: number): boolean {
    return this.moved.get(seq)?.isClaimed ?? false;
  }

  /** Whether all that are due are claimed. */
  get areClaimed(): boolean {
    return this.waiting === 0;
  }

  awaitClaim(seq: number): void {
    this.change(seq, (moved) => {
      if (!moved.isDue && !moved.isClaimed) this.waiting += 1;
      moved.isDue = true;
    });
  }

  claim(seq: number): void {
    this.change(seq, (moved) => {
      if (moved.isDue && !moved.isClaimed) this.waiting -= 1;
      moved.isClaimed = true;
    });
  }

  /** The transfers that are due and were never claimed, for which all are looked through where there are any. */
  *unclaimed(): Generator<Transfer> {
    if (this.areClaimed) return;
    for (const [, { transfer, isDue, isClaimed }] of this.moved.entries()) if (isDue && !isClaimed) yield transfer;
  }

  private change(seq: number, how: (moved: Moved) => void): void {
    const moved = this.moved.get(seq);
    if (!moved) return;
    how(moved);
    this.moved.set(seq, moved);
  }
}
