import { visitModes, visitors } from "../../src/domain/visits";
import type { Kit } from "../kit.sqlite";
import { oneOf } from "./checks";

/** Those whom the stations look after, and who has been to see them. */
export function defineVisitTables({ table, text, int, flag, index, uniqueIndex, check }: Kit) {
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

  /** Projection of VISIT_SET. */
  const visits = table(
    "visits",
    {
      id: text().primaryKey(),
      recipientId: text().notNull(),
      organizationId: text().notNull(),
      at: int().notNull(),
      on: text().notNull(),
      mode: text().notNull(),
      met: flag().notNull(),
      visitor: text().notNull(),
      visitorId: text().notNull(),
      minutes: int(),
      obligation: text(),
      recordId: text(),
      detailsId: text().notNull(),
      withdrawn: flag().notNull(),
      version: int().notNull(),
      seq: int().notNull(),
    },
    (t) => [
      check("visit_mode", oneOf("mode", visitModes)),
      check("visit_visitor", oneOf("visitor", visitors)),
      index("visits_recipient").on(t.recipientId, t.on),
      index("visits_obligation").on(t.obligation, t.recipientId),
    ],
  );

  return { recipients, visits };
}
