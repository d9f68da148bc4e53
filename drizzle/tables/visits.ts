import { visitModes, visitors } from "../../src/domain/visits";
import { listingEndings } from "../../src/domain/visits/recipients";
import type { Kit } from "../kit.sqlite";
import { oneOf } from "./checks";

/** Those whom the stations look after, and who has been to see them. */
export function defineVisitTables({ table, text, int, flag, json, index, uniqueIndex, check, primaryKey }: Kit) {
  /** Projection of RECIPIENT_SET. */
  const recipients = table(
    "recipients",
    {
      id: text().primaryKey(),
      personId: text().notNull(),
      divisionCode: text().notNull(),
      accountId: text().notNull(),
      listedOn: text().notNull(),
      listedUntil: text(),
      profileId: text().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      uniqueIndex("recipients_person").on(t.personId),
      index("recipients_division").on(t.divisionCode, t.id),
      index("recipients_account").on(t.accountId),
    ],
  );

  /** Projection of RECIPIENT_SET and LISTING_ENDED: each span on the list, and how it ended. */
  const listings = table(
    "listings",
    {
      recipientId: text().notNull(),
      listedOn: text().notNull(),
      listedUntil: text(),
      divisionCode: text().notNull(),
      ending: text(),
      seq: int().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.recipientId, t.listedOn], name: "listings_pk" }),
      check("listing_ending", oneOf("ending", listingEndings)),
      index("listings_division").on(t.divisionCode, t.recipientId),
    ],
  );

  /** Projection of VISIT_SET and CARE_VISIT_SET. */
  const visits = table(
    "visits",
    {
      id: text().primaryKey(),
      recipientId: text().notNull(),
      countsForId: text().notNull(),
      organizationId: text().notNull(),
      at: int().notNull(),
      on: text().notNull(),
      mode: text().notNull(),
      met: flag().notNull(),
      deceased: flag().notNull(),
      visitor: text().notNull(),
      visitorId: text().notNull(),
      minutes: int(),
      obligation: text(),
      recordId: text(),
      detailsId: text().notNull(),
      recordBy: text(),
      confirmationsNeeded: int().notNull(),
      confirmedBy: json<string[]>().notNull(),
      waits: flag().notNull(),
      withdrawn: flag().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("visit_mode", oneOf("mode", visitModes)),
      check("visit_visitor", oneOf("visitor", visitors)),
      index("visits_recipient").on(t.recipientId, t.on),
      index("visits_counts_for").on(t.countsForId, t.on),
      index("visits_obligation").on(t.obligation, t.countsForId),
      index("visits_record").on(t.recordId),
      index("visits_waiting").on(t.waits, t.at, t.id),
    ],
  );

  return { recipients, listings, visits };
}
