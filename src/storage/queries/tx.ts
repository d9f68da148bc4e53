import { and, eq, getTableColumns, getTableName, isNull, lt, or, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import { type Counts, noCounts } from "../../domain/activities/tallies";
import { type Fact } from "../../domain/facts";
import { type Projected, projectionOf, subjectOf, targets } from "../../domain/facts/projections";
import type { Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { encode, leafHash } from "../../domain/ledger/journal";
import { type Head, noHead, type WritingRecall } from "../memory";
import type { Tx, View } from "../store";
import { type Prepared, prepare, snake } from "./lookups";
import type { Database } from "./view";

/** The write side of the port over one connection: statements are prepared once, `begin` is called for each transaction. */
export interface Writes {
  begin(now: Instant): Promise<Tx>;
  /** Remembers the journal's head at a savepoint, and goes back to it with the savepoint. */
  mark(): void;
  back(): void;
  /** The transaction is durable: no later one begins on a shorter journal. */
  kept(): void;
}

/** `acknowledged` is the last head that this process knows to be durable; it outlives a connection. */
export function openWrites(
  db: Database,
  t: Tables,
  view: View,
  recall: WritingRecall,
  origin: string,
  acknowledged: { head: Head } = { head: noHead },
): Writes {
  let head = noHead;
  let marked = head;
  const statements = new Map<string, Prepared>();

  /** What a transaction had read of a table before it wrote a row is read anew. */
  function wrote(table: keyof Tables, row?: Record<string, unknown>): void {
    const [key, ...more] = table in targets ? targets[table as keyof typeof targets].key : [];
    recall.wrote(getTableName(t[table]), row && key && more.length === 0 ? [key, row[key]] : undefined);
    // The database moves the balances of the two accounts.
    if (table === "transfers" && row)
      for (const side of ["debit", "credit"]) recall.wrote("accounts", ["id", row[side]]);
  }

  /** INSERT of all the row's columns; with `key`, the row that is there already takes the new values. */
  function write(
    table: keyof Tables,
    row: Record<string, unknown>,
    key?: string | readonly string[],
    keep: readonly string[] = [],
  ): unknown {
    let statement = statements.get(table);
    if (!statement) {
      const columns = Object.keys(row);
      const insert = db.insert(t[table] as never).values(placeholders(columns));
      const target: Record<string, unknown> = getTableColumns(t[table]);
      const keys = [key ?? []].flat();
      statement = prepare(`write_${table}`, () =>
        key
          ? insert.onConflictDoUpdate({
              target: keys.map((name) => target[name]) as never,
              set: Object.fromEntries(
                columns
                  .filter((name) => !keys.includes(name) && !keep.includes(name))
                  .map((name) => [name, sql.raw(`excluded."${snake(name)}"`)]),
              ) as never,
            })
          : insert,
      );
      statements.set(table, statement);
    }
    wrote(table, row);
    return statement.execute(row);
  }

  const project = ({ table, row }: Projected) => {
    const { key, once, kept } = targets[table];
    return write(table, row, once ? undefined : key, kept === null ? [] : [kept]);
  };

  const { tallies, tallyPeople } = t;
  const counted = Object.keys(noCounts) as (keyof Counts)[];
  /** INSERT of a change, which is added to the row that is there already. */
  const count = prepare("count", () =>
    db
      .insert(tallies)
      .values(placeholders(["subject", "dimension", "key", ...counted]))
      .onConflictDoUpdate({
        target: [tallies.subject, tallies.dimension, tallies.key],
        set: Object.fromEntries(
          counted.map((name) => [name, sql`${tallies[name]} + ${sql.raw(`excluded."${snake(name)}"`)}`]),
        ),
      }),
  );
  const setPlaces = prepare("places", () =>
    db
      .insert(tallyPeople)
      .values(placeholders(["subject", "dimension", "key", "volunteerId", "places"]))
      .onConflictDoUpdate({
        target: [tallyPeople.subject, tallyPeople.dimension, tallyPeople.key, tallyPeople.volunteerId],
        set: { places: sql.raw("excluded.places") as never },
      }),
  );
  const markRead = prepare("read", () =>
    db
      .insert(t.noticesRead)
      .values(placeholders(["personId", "noticeId", "readAt"]))
      .onConflictDoNothing(),
  );

  const noteChanges = prepare("key_changes", () =>
    db
      .update(t.bankMarks)
      .set({ keyChanges: sql`${sql.placeholder("changes")}` as never })
      .where(lt(t.bankMarks.keyChanges, sql.placeholder("changes"))),
  );

  function open(now: Instant): Tx {
    async function append(actor: string, fact: Fact): Promise<number> {
      // Time only moves forward in the journal, even when the machine's clock does not.
      const recordedAt = Math.max(now * 1000, head.recordedAt + 1);
      const stamp = { seq: head.seq + 1, recordedAt, at: now, origin, actor };
      const body = encode(stamp, fact);
      await write("journal", {
        seq: stamp.seq,
        kind: fact.type,
        subject: subjectOf(fact),
        body,
        leaf: leafHash(body),
        recordedAt,
      });
      head = { seq: stamp.seq, recordedAt };
      for (const projected of projectionOf({ ...stamp, fact })) await project(projected);
      return stamp.seq;
    }

    return {
      ...view,
      now,
      head: async () => head,
      asOf: async () => head,
      append,
      async post(actor, transfer) {
        const seq = await append(actor, { type: "TRANSFER", ...transfer });
        return { ...transfer, seq };
      },
      async setTotals(totals) {
        invariant(totals.creditable >= 0, "no volunteer's creditable minutes fall below 0");
        await write("serviceTotals", { ...totals }, "volunteerId");
      },
      async count(tally, change) {
        await count.execute({ ...tally, ...noCounts, ...change });
      },
      async setPlacesHeld(place, places) {
        invariant(places >= 0, "nobody holds less than no place");
        await setPlaces.execute({ ...place, places });
      },
      async markNoticesRead(personId, noticeIds) {
        for (const noticeId of noticeIds) await markRead.execute({ noticeId, personId, readAt: now });
      },
      async setTried(key, tried, keptSince) {
        const { since, until } = t.tries;
        await db.delete(t.tries).where(and(lt(since, keptSince), or(isNull(until), lt(until, keptSince))));
        await write("tries", { key, ...tried }, "key");
      },
      async seal(row, seq) {
        await write("sealed", { ...row, seq });
      },
      async reseal({ id, ...kept }) {
        wrote("sealed", { id });
        await db.update(t.sealed).set(kept).where(eq(t.sealed.id, id));
      },
      async addSearchTerms(personId, terms) {
        const known = await db.select().from(t.searchTerms).where(eq(t.searchTerms.personId, personId));
        for (const term of terms)
          if (!known.some(({ kind, hash }) => kind === term.kind && hash === term.hash))
            await write("searchTerms", { ...term, personId });
      },
      async replaceSearchTerms(personId, kind, hashes) {
        await db.delete(t.searchTerms).where(and(eq(t.searchTerms.personId, personId), eq(t.searchTerms.kind, kind)));
        for (const hash of new Set(hashes)) await write("searchTerms", { kind, hash, personId });
      },
      async dropSearchTerms(personId) {
        await db.delete(t.searchTerms).where(eq(t.searchTerms.personId, personId));
      },
      async setBankMark(mark) {
        await write("bankMarks", { ...mark }, "bankId");
      },
      async noteKeyChanges(changes) {
        await noteChanges.execute({ changes });
      },
      async keepWrongCodes(who, times, forgetBefore) {
        await db.delete(t.wrongCodes).where(lt(t.wrongCodes.lastAt, forgetBefore));
        await write("wrongCodes", { who, times: [...times], lastAt: Math.max(...times) }, "who");
      },
      async saveCommand(actor, key, command) {
        await write("commands", { actor, key, ...command, recordedAt: now });
      },
      async moveCommand(actor, key, newKey) {
        const { commands } = t;
        await db
          .update(commands)
          .set({ key: newKey })
          .where(and(eq(commands.actor, actor), eq(commands.key, key)));
      },
      async endSession(session, expiresAt) {
        await db.delete(t.endedSessions).where(lt(t.endedSessions.expiresAt, now));
        await write("endedSessions", { session, expiresAt }, "session");
      },
    };
  }

  return {
    async begin(now) {
      head = await recall.begin();
      const { seq, recordedAt } = acknowledged.head;
      // An older copy that was restored under a running bank has lost what was answered as done.
      invariant(
        head.seq > seq || (head.seq === seq && head.recordedAt === recordedAt),
        "the journal is as long as what was acknowledged: an older copy stands in its place",
      );
      acknowledged.head = head;
      return open(now);
    },
    kept() {
      acknowledged.head = head;
      recall.kept(head);
    },
    mark() {
      marked = head;
    },
    back() {
      head = marked;
      recall.back();
    },
  };
}

function placeholders(columns: readonly string[]): never {
  return Object.fromEntries(columns.map((name) => [name, sql.placeholder(name)])) as never;
}
