import type { Day } from "../../../domain/kit/calendar";
import type { Scratch, ScratchMap } from "../../../storage/store";
import { keyOf } from "./transfers";

/** A record that counts for its volunteer's credit. */
interface Counted {
  recordId: string;
  creditable: number;
  day: Day;
}
/** The sums of a volunteer's counted records, and what was credited for them. */
export interface Sums {
  creditable: number;
  credited: number;
}

/** What stands to each volunteer's credit: the counted records in the order in which they were posted, and their sums. */
export class Credits {
  private readonly sums: ScratchMap<Sums>;
  /** By volunteer and order. */
  private readonly counted: ScratchMap<Counted>;
  /** Where a record is counted. */
  private readonly places: ScratchMap<{ volunteerId: string; order: number }>;
  private postings = 0;

  constructor(scratch: Scratch) {
    this.sums = scratch.map("credit sums");
    this.counted = scratch.map("counted records");
    this.places = scratch.map("places of counted records");
  }

  sumsOf(volunteerId: string): Sums {
    return { ...(this.sums.get(volunteerId) ?? { creditable: 0, credited: 0 }) };
  }

  setSums(volunteerId: string, sums: Sums): void {
    this.sums.set(volunteerId, sums);
  }

  /** The records that count for a volunteer, in the order in which they were posted. */
  *of(volunteerId: string): Generator<Counted> {
    for (const [, counted] of this.counted.entries(`${volunteerId} `)) yield counted;
  }

  /** Counts a record that was posted just now. */
  count(volunteerId: string, counted: Counted): void {
    this.postings += 1;
    this.put(volunteerId, this.postings, counted);
  }

  /** Counts a record no more: what it was, where it counted for this volunteer. */
  drop(volunteerId: string, recordId: string): Counted | undefined {
    const place = this.places.get(recordId);
    if (place?.volunteerId !== volunteerId) return undefined;
    const key = placeOf(volunteerId, place.order);
    const counted = this.counted.get(key);
    this.counted.delete(key);
    this.places.delete(recordId);
    return counted;
  }

  /** Counts a record for another volunteer from now on, in its old order. */
  move(recordId: string, from: string, to: string): Counted | undefined {
    const order = this.places.get(recordId)?.order;
    const counted = this.drop(from, recordId);
    if (counted && order !== undefined) this.put(to, order, counted);
    return counted;
  }

  /** Counts all records of one volunteer for another one. */
  join(lost: string, kept: string): void {
    for (const { recordId } of this.of(lost)) this.move(recordId, lost, kept);
    this.sums.delete(lost);
  }

  private put(volunteerId: string, order: number, counted: Counted): void {
    this.counted.set(placeOf(volunteerId, order), counted);
    this.places.set(counted.recordId, { volunteerId, order });
  }
}

const placeOf = (volunteerId: string, order: number) => `${volunteerId} ${keyOf(order)}`;
