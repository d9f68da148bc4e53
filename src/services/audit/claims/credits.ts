import type { Day } from "../../../domain/kit/calendar";
import type { Scratch, ScratchMap } from "../../../storage/store";

/** A record that counts for its volunteer's credit. */
interface Counted {
  recordId: string;
  creditable: number;
  day: Day;
  /** It was posted so many postings after the first of the bank. */
  order: number;
}
/** The sums of a volunteer's counted records, and what was credited for them. */
export interface Sums {
  creditable: number;
  credited: number;
}
/** What is kept of a volunteer: the sums, and the list of the counted records, of which the full parts stand apart. */
interface Credit {
  readonly sums: Sums;
  readonly last: readonly Counted[];
  readonly fullParts: number;
}
const noCredit: Credit = { sums: { creditable: 0, credited: 0 }, last: [], fullParts: 0 };
const partLength = 32;

/** What stands to each volunteer's credit: the counted records in the order in which they were posted, and their sums. */
export class Credits {
  private readonly credits: ScratchMap<Credit>;
  /** The full parts of the lists, by the volunteer and the number of the part. */
  private readonly parts: ScratchMap<readonly Counted[]>;
  private postings = 0;

  constructor(scratch: Scratch) {
    this.credits = scratch.map("credits");
    this.parts = scratch.map("counted records");
  }

  sumsOf(volunteerId: string): Sums {
    return { ...this.creditOf(volunteerId).sums };
  }

  setSums(volunteerId: string, sums: Sums): void {
    const { last, fullParts } = this.creditOf(volunteerId);
    this.credits.set(volunteerId, { sums, last, fullParts });
  }

  /** The records that count for a volunteer, in the order in which they were posted. */
  of(volunteerId: string): readonly Counted[] {
    const { last, fullParts } = this.creditOf(volunteerId);
    const all = [...last];
    for (let part = 0; part < fullParts; part += 1) all.push(...(this.parts.get(partKey(volunteerId, part)) ?? []));
    return all.sort((a, b) => a.order - b.order);
  }

  /** Counts a record that was posted just now. */
  count(volunteerId: string, { recordId, creditable, day }: Omit<Counted, "order">): void {
    this.postings += 1;
    this.put(volunteerId, { recordId, creditable, day, order: this.postings });
  }

  /** Counts a record no more: what it was, where it counted for this volunteer. */
  drop(volunteerId: string, recordId: string): Counted | undefined {
    const all = this.of(volunteerId);
    const dropped = all.find((counted) => counted.recordId === recordId);
    if (dropped)
      this.setAll(
        volunteerId,
        all.filter((counted) => counted !== dropped),
      );
    return dropped;
  }

  /** Counts a record for another volunteer from now on, in its old order. */
  move(recordId: string, from: string, to: string): Counted | undefined {
    const counted = this.drop(from, recordId);
    if (counted) this.put(to, counted);
    return counted;
  }

  /** Counts all records of one volunteer for another one. */
  join(lost: string, kept: string): void {
    const all = this.of(lost);
    this.setAll(lost, []);
    for (const counted of all) this.put(kept, counted);
    this.setSums(lost, noCredit.sums);
  }

  private creditOf(volunteerId: string): Credit {
    return this.credits.get(volunteerId) ?? noCredit;
  }

  private put(volunteerId: string, counted: Counted): void {
    const { sums, last, fullParts } = this.creditOf(volunteerId);
    const isFull = last.length >= partLength;
    if (isFull) this.parts.set(partKey(volunteerId, fullParts), last);
    this.credits.set(volunteerId, {
      sums,
      last: isFull ? [counted] : [...last, counted],
      fullParts: isFull ? fullParts + 1 : fullParts,
    });
  }

  private setAll(volunteerId: string, all: readonly Counted[]): void {
    const { sums, fullParts } = this.creditOf(volunteerId);
    for (let part = 0; part < fullParts; part += 1) this.parts.delete(partKey(volunteerId, part));
    this.credits.set(volunteerId, { sums, last: [], fullParts: 0 });
    for (const counted of all) this.put(volunteerId, counted);
  }
}

const partKey = (volunteerId: string, part: number) => `${volunteerId} ${part}`;
