import type { Day } from "../../../domain/kit/calendar";
import type { Scratch, ScratchMap } from "../../../storage/store";

/** A record that counts for its volunteer's credit. */
interface Counted {
  recordId: string;
  creditable: number;
  day: Day;
  /** Whether issuance gave a part of its credit to another account, as it went above the cap. */
  wentOver: boolean;
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
  sums: Sums;
  last: Counted[];
  fullParts: number;
}
const noCredit = (): Credit => ({ sums: { creditable: 0, credited: 0 }, last: [], fullParts: 0 });
const partLength = 32;

/** What stands to each volunteer's credit: the counted records in the order in which they were posted, and their sums. */
export class Credits {
  private readonly credits: ScratchMap<Credit>;
  /** The full parts of the lists, by the volunteer and the number of the part. */
  private readonly parts: ScratchMap<Counted[]>;
  private postings = 0;

  constructor(scratch: Scratch) {
    this.credits = scratch.map("credits");
    this.parts = scratch.map("counted records");
  }

  sumsOf(volunteerId: string): Sums {
    return { ...this.creditOf(volunteerId).sums };
  }

  setSums(volunteerId: string, sums: Sums): void {
    this.credits.set(volunteerId, { ...this.creditOf(volunteerId), sums });
  }

  /** The records that count for a volunteer, in the order in which they were posted. */
  of(volunteerId: string): readonly Counted[] {
    const all = [...this.creditOf(volunteerId).last];
    for (const [, part] of this.partsOf(volunteerId)) all.push(...part);
    return all.sort((a, b) => a.order - b.order);
  }

  /** Counts a record that was posted just now, and what was credited for it. */
  count(volunteerId: string, { recordId, creditable, day, wentOver }: Omit<Counted, "order">, credited: number): void {
    this.postings += 1;
    const { sums } = this.put(volunteerId, { recordId, creditable, day, wentOver, order: this.postings });
    sums.creditable += creditable;
    sums.credited += credited;
  }

  /** Counts a record no more: what it was, where it counted for this volunteer. */
  drop(volunteerId: string, recordId: string): Counted | undefined {
    const credit = this.creditOf(volunteerId);
    const dropped = taken(credit.last, recordId);
    if (dropped) {
      this.credits.set(volunteerId, credit);
      return dropped;
    }
    for (const [key, part] of this.partsOf(volunteerId)) {
      const ofPart = taken(part, recordId);
      if (!ofPart) continue;
      this.parts.set(key, part);
      return ofPart;
    }
    return undefined;
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
    for (const [key] of this.partsOf(lost)) this.parts.delete(key);
    this.credits.set(lost, noCredit());
    for (const counted of all) this.put(kept, counted);
  }

  private creditOf(volunteerId: string): Credit {
    return this.credits.get(volunteerId) ?? noCredit();
  }

  private *partsOf(volunteerId: string): Generator<[key: string, part: Counted[]]> {
    const { fullParts } = this.creditOf(volunteerId);
    for (let part = 0; part < fullParts; part += 1) {
      const key = partKey(volunteerId, part);
      yield [key, this.parts.get(key) ?? []];
    }
  }

  private put(volunteerId: string, counted: Counted): Credit {
    const credit = this.creditOf(volunteerId);
    if (credit.last.length >= partLength) {
      this.parts.set(partKey(volunteerId, credit.fullParts), credit.last);
      credit.fullParts += 1;
      credit.last = [];
    }
    credit.last.push(counted);
    this.credits.set(volunteerId, credit);
    return credit;
  }
}

const partKey = (volunteerId: string, part: number) => `${volunteerId} ${part}`;

/** Takes a record out of a list. */
function taken(list: Counted[], recordId: string): Counted | undefined {
  const at = list.findIndex((counted) => counted.recordId === recordId);
  return at < 0 ? undefined : list.splice(at, 1)[0];
}
