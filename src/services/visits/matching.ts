import type { Listing, Visit } from "../../domain/facts/visits";
import { type Day, dayOf } from "../../domain/kit/calendar";
import { counts, matchVisits, owingListing, type Slot, seasonOf } from "../../domain/visits";
import type { Death } from "../../domain/visits/recipients";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";

/** What is owed to some registrations, by their spans on the list and their deaths. */
export class Owing {
  private constructor(
    private readonly listings: ReadonlyMap<string, readonly Listing[]>,
    private readonly deaths: ReadonlyMap<string, Death>,
  ) {}

  static async of(view: View, recipientIds: readonly string[]): Promise<Owing> {
    return new Owing(await view.listingsOf(recipientIds), await view.deathsOf(recipientIds));
  }

  /** The span under which a registration is owed a visit, or null. */
  listing(recipientId: string, slot: Slot): Listing | null {
    return owingListing(this.listings.get(recipientId) ?? [], this.deaths.get(recipientId) ?? null, slot);
  }
}

/** Writes which obligations visits meet. */
export class Matching {
  constructor(private readonly bank: Bank) {}

  /**
   * Matches the visits of a season anew: as a visit was entered, confirmed or taken back, or as the list has changed. `changed`
   * is a visit that is not stored as it stands now; it is written in any case.
   */
  async renew(
    tx: Tx,
    by: string,
    recipientId: string,
    day: Day = dayOf(tx.now),
    changed: { visit: Visit; reasonId: string | null } | null = null,
  ): Promise<void> {
    const { from, until, slots } = seasonOf({ from: day, until: day }, await this.bank.policies(tx));
    const others = ((await tx.visitsFor([recipientId], { from, until })).get(recipientId) ?? []).filter(
      ({ id }) => id !== changed?.visit.id,
    );
    const isAmong = changed !== null && counts(changed.visit);
    // What meets nothing is stored first: it may be a death, which decides what is owed.
    if (changed && !isAmong) await this.set(tx, by, { ...changed.visit, obligation: null }, changed.reasonId);
    const owing = await Owing.of(tx, [recipientId]);
    const owed = slots.filter((slot) => owing.listing(recipientId, slot) !== null);
    const met = matchVisits(owed, [...others.filter(counts), ...(isAmong ? [changed.visit] : [])]);
    const meets = ({ id }: Visit) => met.get(id) ?? null;
    if (isAmong) await this.set(tx, by, { ...changed.visit, obligation: meets(changed.visit) }, changed.reasonId);
    for (const visit of others)
      if (visit.obligation !== meets(visit))
        await this.set(tx, by, { ...visit, obligation: meets(visit), version: visit.version + 1 });
  }

  /**
   * After a rule about visits has changed: an occasion may be added while it lasts. Only those are matched anew who have a
   * visit of the present season that meets nothing, or meets what is asked for no more.
   */
  async renewAll(tx: Tx, by: string): Promise<void> {
    const today = dayOf(tx.now);
    const { from, slots } = seasonOf({ from: today, until: today }, await this.bank.policies(tx));
    const keys = slots.map(({ key }) => key);
    for (const id of await tx.unmatched(from, keys)) await this.renew(tx, by, id, today);
  }

  async set(tx: Tx, by: string, visit: Visit, reasonId: string | null = null): Promise<void> {
    await tx.append(by, { type: "VISIT_SET", ...visit, reasonId });
  }
}
