import { and, asc, desc, eq, gt, gte, inArray, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import { whenKnown } from "../../domain/kit/soon";
import { type Head, noHead } from "../memory";
import { openScratch } from "../scratch";
import type { View } from "../store";
import { openActivityView } from "./activities";
import { openClocksView } from "./clocks";
import { openCreditView } from "./credit-records";
import { openHoursView } from "./hours";
import { openIndicatorsView } from "./indicators";
import { openLedgerView } from "./ledger";
import { all, atMost, type Database, firstRow, inChunks, openLookup, prepare, recordedBy } from "./lookups";
import { openOrdersView } from "./orders";
import { openOrganizationsView } from "./organizations";
import { openPeopleView } from "./people";
import { openProxiesView } from "./proxies";
import { openRatingsView } from "./ratings";
import { openScans } from "./scans";
import { openSpotChecksView } from "./spot-checks";
import { openStarsView } from "./stars";
import { openVillagesView } from "./village-points";
import { openVisitsView } from "./visits";
import { openWorkersView } from "./workers";

export type { Database } from "./lookups";

/** The read side of the port, written once for both dialects. Statements of fixed shape are prepared. */
export function openView(db: Database, t: Tables): View {
  const head = prepare(db, "head", () =>
    db
      .select({ seq: t.journal.seq, recordedAt: t.journal.recordedAt })
      .from(t.journal)
      .orderBy(desc(t.journal.seq))
      .limit(1),
  );
  const entriesFrom = prepare(db, "entries_from", () =>
    db
      .select({ seq: t.journal.seq, recordedAt: t.journal.recordedAt, kind: t.journal.kind })
      .from(t.journal)
      .where(gte(t.journal.seq, sql.placeholder("seq")))
      .orderBy(asc(t.journal.seq))
      .limit(atMost(sql.placeholder("first")) as never),
  );
  const journalAfter = prepare(db, "journal_after", () =>
    db
      .select()
      .from(t.journal)
      .where(gt(t.journal.seq, sql.placeholder("seq")))
      .orderBy(asc(t.journal.seq))
      .limit(atMost(sql.placeholder("limit")) as never),
  );
  const positionAt = prepare(db, "position_at", () =>
    db
      .select({ seq: sql<number>`${recordedBy(t, sql`${sql.placeholder("recordedAt")}`)}`.mapWith(Number) })
      .from(t.journal)
      .limit(1),
  );
  const commandByKey = prepare(db, "command", () =>
    db
      .select()
      .from(t.commands)
      .where(and(eq(t.commands.actor, sql.placeholder("actor")), eq(t.commands.key, sql.placeholder("key")))),
  );
  const endedSessions = openLookup(db)<{ session: string }>("ended_session", t.endedSessions, t.endedSessions.session);

  const headNow = () => whenKnown(firstRow<Head>(head, {}), (row) => row ?? noHead);

  return {
    ...openLedgerView(db, t),
    ...openPeopleView(db, t),
    ...openOrganizationsView(db, t),
    ...openWorkersView(db, t),
    ...openVillagesView(db, t),
    ...openVisitsView(db, t),
    ...openCreditView(db, t),
    ...openIndicatorsView(db, t),
    ...openSpotChecksView(db, t),
    ...openRatingsView(db, t),
    ...openClocksView(db, t),
    ...openHoursView(db, t),
    ...openOrdersView(db, t),
    ...openProxiesView(db, t),
    ...openStarsView(db, t),
    ...openActivityView(db, t),
    head: headNow,
    asOf: () => db.recall?.asOf() ?? headNow(),
    entriesFrom: (seq, first) => all(entriesFrom, { seq, first }),
    journalAfter: (seq, limit) => all(journalAfter, { seq, limit }),
    async recordedAt(seqs) {
      const rows = await inChunks(seqs, async (chunk) =>
        db
          .select({ seq: t.journal.seq, at: t.journal.recordedAt })
          .from(t.journal)
          .where(inArray(t.journal.seq, chunk)),
      );
      return new Map(rows.map((row) => [row.seq, row.at]));
    },
    async seqAt(recordedAt) {
      return (await firstRow<{ seq: number }>(positionAt, { recordedAt }))?.seq ?? -1;
    },

    command: (actor, key) => firstRow(commandByKey, { actor, key }),
    async bankMark() {
      return (await db.select().from(t.bankMarks).limit(1))[0] ?? null;
    },
    scratch: async () => openScratch(),
    endedAmong: (sessions) => whenKnown(endedSessions(sessions), (rows) => new Set(rows.map(({ session }) => session))),
    ...openScans(db, t),
  };
}
