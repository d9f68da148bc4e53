import { recipientSet, visitSet } from "../../src/domain/facts/visits";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** The people whom the stations look after, and the visits to them. */
export function defineVisitTables(kit: Kit) {
  const { index, uniqueIndex } = kit;
  /** Projection of RECIPIENT_SET. */
  const recipients = projected(kit, recipientSet.into.recipients, (t) => [
    uniqueIndex("recipients_person").on(t.personId),
    index("recipients_division").on(t.divisionCode, t.id),
    index("recipients_account").on(t.accountId),
  ]);

  /** Projection of RECIPIENT_SET and LISTING_ENDED: each span on the list, and how it ended. */
  const listings = projected(kit, recipientSet.into.listings, (t) => [
    index("listings_division").on(t.divisionCode, t.recipientId),
  ]);

  /** Projection of VISIT_SET. */
  const visits = projected(kit, visitSet.into.visits, (t) => [
    index("visits_recipient").on(t.recipientId, t.on),
    index("visits_counts_for").on(t.countsForId, t.on),
    index("visits_obligation").on(t.obligation, t.countsForId),
    index("visits_record").on(t.recordId),
    index("visits_waiting").on(t.waits, t.at, t.id),
  ]);

  return { recipients, listings, visits };
}
