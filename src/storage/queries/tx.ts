import { and, eq, getTableColumns, getTableName, isNull, lt, or, sql } from "drizzle-orm";
import type { Tables } from "../../../drizzle/tables";
import { type Counts, noCounts } from "../../domain/activities/tallies";
import { type Fact, sealedFieldsOf, type WrittenFact, writtenOf } from "../../domain/facts";
import type { Seal } from "../../domain/facts/bytes";
import { transfer as transferred } from "../../domain/facts/ledger";
import { type Projected, projectionOf, targets } from "../../domain/facts/projections";
import type { Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { isKeepable } from "../../domain/kit/texts";
import { encode, leafHash } from "../../domain/ledger/journal";
import { type Head, noHead, type Row, type WritingRecall } from "../memory";
import { type Sealed, scanOrder, type Tx, type View } from "../store";
import { prepare, snake } from "./lookups";
import type { Database } from "./view";
import { openWaiting } from "./waiting";

/** The write side of the port over one connection: statements are prepared once, `begin` is called for each transaction. */
export interface Writes {
  begin(now: Instant): Promise<Tx>;
  /** Remembers the journal's head at a savepoint, and goes back to it with the savepoint. */
  mark(): void;
  back(): void;
  /** Writes what waits to be written. */
  flush(): Promise<void>;
  /** The transaction is durable: no later one begins on a shorter journal. */
  kept(): void;
}

/** `acknowledged` is the last head that this process knows to be durable; it outlives a connection. */
export function openWrites(
  db: Database,
  t: Tables,
  view: View,
  recall: WritingRecall,
  acknowledged: { head: Head } = { head: noHead },
): Writes {
  let head = noHead;
  let marked = head;
  /** How often the keys had changed, as this transaction noted it, as it stood at its savepoint, and as it is known to be kept. */
  let [noted, notedAtMark, notedForGood] = [-1, -1, -1];
  const waiting = openWaiting(db, t);
  const known = tablesOf(t);
  /** Rows that were sealed and that no entry has named yet, with their commitments. */
  const unnamed = new Map<string, { row: Sealed; commitment: Buffer }>();
  recall.before = () => waiting.flush();
  const asking = flushing(view, waiting.flush);

  /** INSERT of all the row's columns; with `key`, the row that is there already takes the new values but for what it keeps. */
  function write(table: keyof Tables, row: Row, key?: string | readonly string[], kept: string | null = null): void {
    remember(table, row, kept);
    waiting.add(table, row, { key, kept });
  }

  /** What the transaction knew of the row is as it is written now. */
  function remember(table: keyof Tables, row: Row, kept: string | null): void {
    const { name, key, width } = known(table);
    if (key === null) recall.changedAll(name);
    else {
      // The first version of a thing is the first fact about it. A later one keeps what the row has.
      const first = kept === null || row.version === 1 ? row : recall.known(name, key, row[key]);
      if (first === undefined || Object.keys(row).length < width) recall.changedRow(name, key, row[key]);
      else recall.wrote(name, key, kept === null || first === row ? row : { ...row, [kept]: first[kept] });
    }
    // The database moves the balances of the two accounts.
    if (table === "transfers") for (const side of ["debit", "credit"]) recall.moved(row[side]);
  }

  const project = ({ table, row }: Projected) => {
    const { key, once, kept } = targets[table];
    return write(table, row, once ? undefined : key, kept);
  };

  const { tallies, tallyPeople } = t;
  const counted = Object.keys(noCounts) as (keyof Counts)[];
  /** INSERT of a change, which is added to the row that is there already. */
  const count = prepare(db, "count", () =>
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
  const setPlaces = prepare(db, "places", () =>
    db
      .insert(tallyPeople)
      .values(placeholders(["subject", "dimension", "key", "volunteerId", "places"]))
      .onConflictDoUpdate({
        target: [tallyPeople.subject, tallyPeople.dimension, tallyPeople.key, tallyPeople.volunteerId],
        set: { places: sql.raw("excluded.places") },
      }),
  );
  const markRead = prepare(db, "read", () =>
    db
      .insert(t.noticesRead)
      .values(placeholders(["personId", "noticeId", "readAt"]))
      .onConflictDoNothing(),
  );

  const noteChanges = prepare(db, "key_changes", () =>
    db
      .update(t.bankMarks)
      .set({ keyChanges: sql`${sql.placeholder("changes")}` })
      .where(lt(t.bankMarks.keyChanges, sql.placeholder("changes"))),
  );

  function open(now: Instant): Tx {
    async function append(actor: string, fact: Fact, before?: object): Promise<number> {
      const seq = add(actor, fact, before);
      // The database judges a transfer, and refuses it by code.
      if (fact.type === "TRANSFER") await waiting.flush(["journal", "accounts", "transfers"]);
      return seq;
    }

    /** The fact's entry and its rows, which wait to be written. */
    function add(actor: string, fact: Fact, before?: object): number {
      const seals = sealedBy(fact);
      const seq = enter(actor, fact, { written: before ? writtenOf(fact, before) : fact, seals });
      for (const { id } of seals) {
        const { personId, salt, ciphertext } = (unnamed.get(id) as { row: Sealed }).row;
        write("sealed", { id, personId, seq, salt, ciphertext });
        unnamed.delete(id);
      }
      return seq;
    }

    /** What the entry of a fact seals: it is the first to name these rows. */
    function sealedBy(fact: Fact): Seal[] {
      const seals: Seal[] = [];
      if (unnamed.size === 0) return seals;
      for (const field of sealedFieldsOf[fact.type]) {
        const id = (fact as Partial<Record<string, unknown>>)[field] as string;
        const { row, commitment } = unnamed.get(id) ?? {};
        // Several fields may name the same row.
        if (row && commitment && !seals.some((seal) => seal.id === id))
          seals.push({ id, personId: row.personId, commitment });
      }
      return seals;
    }

    function enter(
      actor: string,
      fact: Fact,
      { written, seals }: { written: WrittenFact; seals: readonly Seal[] },
    ): number {
      // Time only moves forward in the journal, even when the machine's clock does not.
      const recordedAt = Math.max(now * 1000, head.recordedAt + 1);
      const stamp = { seq: head.seq + 1, recordedAt, at: now, actor };
      checkKeepable(fact);
      const body = encode(stamp, written, { seals });
      write("journal", {
        seq: stamp.seq,
        kind: fact.type,
        body,
        leaf: leafHash(body),
        recordedAt,
      });
      head = { seq: stamp.seq, recordedAt };
      projectionOf(fact, stamp).forEach(project);
      return stamp.seq;
    }

    // Its questions stand behind it: they are many, and to copy them took longer than most transactions.
    return Object.assign(Object.create(asking) as View, {
      now,
      head: async () => head,
      asOf: async () => head,
      append,
      async post(actor, transfer) {
        const seq = await append(actor, transferred.fact(transfer));
        return { ...transfer, seq };
      },
      postDue(actor, transfer) {
        return add(actor, transferred.fact(transfer));
      },
      async setTotals(totals) {
        invariant(totals.creditable >= 0, "no volunteer's creditable minutes fall below 0");
        write("serviceTotals", { ...totals }, "volunteerId");
      },
      async count(tally, change) {
        await waiting.flush();
        await count.execute({ ...tally, ...noCounts, ...change });
      },
      async setPlacesHeld(place, places) {
        invariant(places >= 0, "nobody holds less than no place");
        await waiting.flush();
        await setPlaces.execute({ ...place, places });
      },
      async markNoticesRead(personId, noticeIds) {
        await waiting.flush();
        for (const noticeId of noticeIds) await markRead.execute({ noticeId, personId, readAt: now });
      },
      async setTried(key, tried, keptSince) {
        const { since, until } = t.tries;
        await waiting.flush();
        await db.delete(t.tries).where(and(lt(since, keptSince), or(isNull(until), lt(until, keptSince))));
        write("tries", { key, ...tried }, "key");
      },
      seal(row, commitment) {
        unnamed.set(row.id, { row, commitment });
      },
      async reseal(actor, { id, ...kept }, commitment) {
        const fact = { type: "SEALED_ANEW", id } as const;
        enter(actor, fact, { written: fact, seals: [{ id, personId: kept.personId, commitment }] });
        recall.changedRow("sealed", "id", id);
        await waiting.flush();
        await db.update(t.sealed).set(kept).where(eq(t.sealed.id, id));
      },
      async addSearchTerms(personId, terms) {
        await waiting.flush();
        const known = await view.searchTermsOf(personId);
        for (const term of terms)
          if (!known.some(({ kind, hash }) => kind === term.kind && hash === term.hash))
            write("searchTerms", { ...term, personId });
      },
      async replaceSearchTerms(personId, kind, hashes) {
        await waiting.flush();
        await db.delete(t.searchTerms).where(and(eq(t.searchTerms.personId, personId), eq(t.searchTerms.kind, kind)));
        for (const hash of new Set(hashes)) write("searchTerms", { kind, hash, personId });
      },
      async dropSearchTerms(personId) {
        await waiting.flush();
        await db.delete(t.searchTerms).where(eq(t.searchTerms.personId, personId));
      },
      async setBankMark(mark) {
        write("bankMarks", { ...mark }, "bankId");
      },
      async noteKeyChanges(changes) {
        // What was noted once stays noted: the number only grows.
        if (changes <= noted) return;
        noted = changes;
        await noteChanges.execute({ changes });
      },
      async keepWrongCodes(who, times, forgetBefore) {
        await waiting.flush();
        await db.delete(t.wrongCodes).where(lt(t.wrongCodes.lastAt, forgetBefore));
        write("wrongCodes", { who, times: [...times], lastAt: Math.max(...times) }, "who");
      },
      async saveCommand(actor, key, command) {
        write("commands", { actor, key, ...command, recordedAt: now });
      },
      async endSession(session, expiresAt) {
        await waiting.flush();
        await db.delete(t.endedSessions).where(lt(t.endedSessions.expiresAt, now));
        write("endedSessions", { session, expiresAt }, "session");
      },
    } satisfies Omit<Tx, keyof View> & Partial<View>);
  }

  return {
    async begin(now) {
      waiting.drop();
      unnamed.clear();
      noted = notedForGood;
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
      notedForGood = noted;
      recall.kept(head);
    },
    mark() {
      marked = head;
      notedAtMark = noted;
    },
    flush() {
      // A row is kept by the entry that names it. A step that was taken before, and so writes no entry, keeps no second reason.
      unnamed.clear();
      return waiting.flush();
    },
    back() {
      waiting.drop();
      unnamed.clear();
      head = marked;
      noted = notedAtMark;
      recall.back();
    },
  };
}

/** How a table is called in the database, its key where that is one column, and how many columns it has. */
function tablesOf(t: Tables) {
  const tables = new Map<keyof Tables, { name: string; key: string | null; width: number }>();
  return (table: keyof Tables) => {
    const known = tables.get(table);
    if (known) return known;
    const [key = null, ...more] = table in scanOrder ? scanOrder[table as keyof typeof scanOrder] : [];
    const width = Object.keys(getTableColumns(t[table])).length;
    const made = { name: getTableName(t[table]), key: more.length === 0 ? key : null, width };
    tables.set(table, made);
    return made;
  };
}

/** What these answer is remembered within the transaction, and where it is not, what waits is written before it is read. */
const remembered: readonly (keyof View)[] = [
  "accountKinds",
  "accounts",
  "bankAccountId",
  "divisions",
  "erasure",
  "grantsOfPersons",
  "guardianshipsFor",
  "guardianshipsOf",
  "mergedInto",
  "organizations",
  "policies",
  "postsOfPersons",
  "proxiesOfPersons",
  "records",
  "sealed",
  "selves",
  "standing",
  "totals",
  "volunteerOfPerson",
  "volunteers",
  "volunteersOfPersons",
];

/** The questions of a transaction: what waits to be written is written before anything is asked of the database. */
function flushing(view: View, flush: () => Promise<void>): View {
  type Ask = (...args: unknown[]) => unknown;
  const flushed =
    (ask: Ask): Ask =>
    async (...args) => {
      await flush();
      return ask(...args);
    };
  const asked = Object.entries(view).map(([name, ask]: [string, Ask]) => [
    name,
    remembered.includes(name as keyof View) ? ask : flushed(ask),
  ]);
  return {
    ...(Object.fromEntries(asked) as View),
    async *scan(table) {
      await flush();
      yield* view.scan(table);
    },
    async *pages(table) {
      await flush();
      yield* view.pages(table);
    },
    async *texts(table) {
      await flush();
      yield* view.texts(table);
    },
  };
}

/** A cast: drizzle has no type for a row of placeholders that are named when it runs. */
function placeholders(columns: readonly string[]): never {
  return Object.fromEntries(columns.map((name) => [name, sql.placeholder(name)])) as never;
}

/** Refuses a text that no database keeps as it is, before it is written down for good. */
function checkKeepable(fact: Fact): void {
  const isLost = (value: unknown): boolean =>
    typeof value === "string" ? !isKeepable(value) : Array.isArray(value) && value.some(isLost);
  if (Object.values(fact).some(isLost)) refuse("INVALID_INPUT", { controlCharacters: true });
}
