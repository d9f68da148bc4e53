import { type Fact, shapes } from "../domain/facts";
import type { ProjectedTable } from "../domain/facts/projections";
import { type Soon, whenKnown } from "../domain/kit/soon";

type Kind = Fact["type"];
export type Row = Record<string, unknown>;

/** How a table is remembered from one request to the next. */
interface Slow {
  /** The journal kinds that change a row that is there, or bring one where there was none. */
  readonly kinds: readonly Kind[];
  /** Whether it is small enough to be remembered whole, once it is often asked for. */
  readonly small?: boolean;
  /** Rows are added without pause: what is there is remembered, and what is not there is not. */
  readonly growing?: boolean;
}

/** The kinds of entries that write a table. */
const writing = (table: ProjectedTable): Kind[] =>
  (Object.keys(shapes) as Kind[]).filter((kind) => table in shapes[kind].into);

/**
 * What changes rarely, by the names of the tables in the database. A row of them is read once, and again only where an entry
 * of one of these kinds was written since, by whichever process.
 */
export const slowTables: Readonly<Record<string, Slow>> = {
  divisions: { kinds: writing("divisions") },
  policies: { kinds: writing("policies") },
  organizations: { kinds: writing("organizations"), small: true },
  grants: { kinds: writing("grants"), small: true },
  posts: { kinds: writing("posts"), small: true },
  guardians: { kinds: writing("guardians"), small: true },
  proxies: { kinds: writing("proxies"), small: true },
  merged_persons: { kinds: writing("mergedPersons"), small: true },
  erasures: { kinds: writing("erasures"), small: true },
  volunteers: { kinds: writing("volunteers") },
  star_awards: { kinds: writing("starAwards") },
  sealed: { kinds: ["SEALED_ANEW"], growing: true },
  // Of `accounts`, what never changes of a row, and which ones are the bank's own.
  account_kinds: { kinds: [], growing: true },
  bank_accounts: { kinds: writing("accounts") },
};

/** Tables whose rows a transaction reads once: nobody else can change them while it holds the bank's one writer. */
const heldTables: readonly string[] = [
  ...Object.keys(slowTables),
  "accounts",
  "transfers",
  "service_records",
  "service_totals",
];

/** Keys remembered of one lookup. */
const keysMost = 20_000;
/** A small table is read whole after so many questions that it was not remembered for, if it has so few rows. */
const askedMost = 32;
export const wholeMost = 20_000;

/** The column by which a lookup asks for rows, and the order of its answer. */
export interface Asking {
  readonly name: string;
  readonly column: string;
  readonly order: readonly string[];
}

/** A table's rows, by the keys by which they were asked for. */
export class Shelf {
  /** Counts the changes: what was asked for before one is not remembered after it. */
  generation = 0;
  private readonly lookups = new Map<string, { column: string; kept: Map<unknown, readonly Row[]> }>();
  private all: readonly Row[] | null = null;
  private asked = 0;
  /** Rows that a transaction wrote, by the table's key. */
  private readonly written = new Map<unknown, readonly Row[]>();
  private key: string | null = null;

  constructor(private readonly ways: Partial<Slow> = {}) {}

  /** The rows of a key; undefined where they are not remembered. */
  rowsOf(by: Asking, key: unknown): readonly Row[] | undefined {
    const rows = (by.column === this.key ? this.written.get(key) : undefined) ?? this.keptFor(by).get(key);
    return rows ?? (this.all === null ? undefined : []);
  }

  /** The row with this value in its key's column; undefined where it is not remembered. */
  rowOf(column: string, value: unknown): Row | undefined {
    if (column === this.key && this.written.has(value)) return this.written.get(value)?.[0];
    for (const lookup of this.lookups.values())
      if (lookup.column === column && lookup.kept.has(value)) return lookup.kept.get(value)?.[0];
    return undefined;
  }

  /** A row was written: by its key it stands so, and what was asked by other columns is forgotten. */
  put(column: string, row: Row): void {
    this.forgetRow(column, row[column]);
    this.key = column;
    this.written.set(row[column], [Object.freeze(row)]);
  }

  /** Rows that were read when the shelf had this generation. */
  keep(by: Asking, generation: number, rowsByKey: ReadonlyMap<unknown, readonly Row[]>): void {
    if (generation !== this.generation || this.all !== null) return;
    const kept = this.keptFor(by);
    for (const [key, rows] of rowsByKey) {
      // What is remembered stands: the same row, read once more, would be opened and decrypted once more.
      if (kept.has(key) || (rows.length === 0 && this.ways.growing)) continue;
      if (kept.size >= keysMost) kept.delete(kept.keys().next().value);
      kept.set(key, rows.map(Object.freeze) as Row[]);
    }
  }

  /** Whether the whole table should be read rather than what is asked for. */
  wantsAll(): boolean {
    this.asked += 1;
    return this.ways.small === true && this.all === null && this.asked > askedMost;
  }

  keepAll(generation: number, rows: readonly Row[]): void {
    if (generation !== this.generation) return;
    // A table that has too many rows is not counted again soon: it grows slowly.
    if (rows.length > wholeMost) this.asked = -wholeMost;
    else {
      this.all = rows.map(Object.freeze) as Row[];
      this.lookups.clear();
    }
  }

  /** Forgets everything. */
  forget(): void {
    this.generation += 1;
    this.all = null;
    this.asked = 0;
    this.lookups.clear();
    this.written.clear();
  }

  /** Forgets the row with this value in its key's column, and what was asked by other columns. */
  forgetRow(column: string, value: unknown): void {
    this.generation += 1;
    this.written.delete(value);
    for (const [name, lookup] of this.lookups)
      if (lookup.column === column) lookup.kept.delete(value);
      else this.lookups.delete(name);
  }

  private keptFor({ name, column, order }: Asking): Map<unknown, readonly Row[]> {
    const known = this.lookups.get(name);
    if (known) return known.kept;
    const kept = new Map<unknown, Row[]>();
    for (const row of this.all ?? []) {
      const rows = kept.get(row[column]);
      if (rows) rows.push(row);
      else kept.set(row[column], [row]);
    }
    for (const rows of kept.values()) if (rows.length > 1) rows.sort(inOrder(order));
    this.lookups.set(name, { column, kept });
    return kept;
  }
}

/** Rows by several columns, upwards, as the databases order texts: by their bytes. */
function inOrder(order: readonly string[]) {
  return (a: Row, b: Row): number => {
    for (const column of order) {
      const [x, y] = [a[column], b[column]] as [string, string];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  };
}

/** A position of the journal: -1 before the first entry. */
export interface Head {
  seq: number;
  recordedAt: number;
}
export const noHead: Head = { seq: -1, recordedAt: 0 };

/** How the journal is followed over one connection. */
export interface FollowingWays {
  entriesFrom(seq: number, first: number): Soon<(Head & { kind: string })[]>;
  head(): Soon<Head>;
}

/** Entries looked through before everything is forgotten instead. */
const followedMost = 512;

/** What a process knows of a bank's slow tables, up to a position of the journal. */
export class Memory {
  private readonly shelves = new Map<string, Shelf>();
  position = noHead;
  /** What the database's mark was when the journal was last followed by it. */
  private mark: unknown;

  shelf(table: string): Shelf {
    const known = this.shelves.get(table);
    if (known) return known;
    const shelf = new Shelf(slowTables[table]);
    this.shelves.set(table, shelf);
    return shelf;
  }

  /**
   * Forgets what was changed since; answers with the journal's head. Where the database is marked as it was the last time,
   * no other process wrote since, and the journal is not asked: what this process wrote is forgotten as it is kept.
   */
  follow(ways: FollowingWays, mark?: unknown): Soon<Head> {
    if (mark !== undefined && mark === this.mark) return this.position;
    return whenKnown(this.followed(ways), (head) => {
      if (mark !== undefined) this.mark = mark;
      return head;
    });
  }

  private async followed(ways: FollowingWays): Promise<Head> {
    const from = this.position;
    const entries = await ways.entriesFrom(from.seq, followedMost);
    const [first] = entries;
    const isSame = first?.seq === from.seq && first.recordedAt === from.recordedAt;
    if (!isSame || entries.length === followedMost) {
      // Another bank stands in its place, or much was written: what is read from now on is of this head or later.
      const now =
        entries.length === followedMost || entries.length === 0 ? await ways.head() : (entries.at(-1) as Head);
      for (const shelf of this.shelves.values()) shelf.forget();
      this.position = now;
      return now;
    }
    this.changed(entries.slice(1).map(({ kind }) => kind));
    const last = entries.at(-1) as Head;
    this.reach(last);
    return last;
  }

  /** A transaction of this process was kept: what it wrote is not remembered as it was before. */
  committed(tables: Iterable<string>, head: Head): void {
    for (const table of tables) this.shelf(table).forget();
    this.reach(head);
  }

  private reach({ seq, recordedAt }: Head): void {
    if (seq > this.position.seq) this.position = { seq, recordedAt };
  }

  private changed(kinds: readonly string[]): void {
    if (kinds.length === 0) return;
    const seen = new Set(kinds);
    for (const [table, slow] of Object.entries(slowTables))
      if (slow.kinds.some((kind) => seen.has(kind))) this.shelf(table).forget();
  }
}

/** What a connection remembers: asked by every lookup. */
export interface Recall {
  /** Where a table's rows are remembered; undefined where they are not. */
  shelf(table: string): Shelf | undefined;
  /** Before what is remembered is answered with: looks at what was written since. Absent where nobody else can write. */
  look?(): Soon<unknown>;
  /** The position of the journal as of which is answered. */
  asOf(): Soon<Head>;
  /** Before the database is asked: writes what waits to be written. */
  before?(): Promise<void>;
}

/** How long what a request looked at holds for it, in milliseconds. */
const lookHolds = 1_000;

/**
 * What is remembered between transactions. A request looks at the journal when it begins, and that holds for a second; what is
 * asked outside of requests looks each time.
 */
export class ReadingRecall implements Recall {
  private holdsUntil = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly memory: Memory,
    private readonly ways: () => FollowingWays,
    /** Something that differs whenever another process has written; undefined where a database has no such mark. */
    private readonly mark: () => unknown = () => undefined,
  ) {}

  shelf(table: string): Shelf | undefined {
    return table in slowTables ? this.memory.shelf(table) : undefined;
  }

  look(): Soon<unknown> {
    return performance.now() >= this.holdsUntil ? this.memory.follow(this.ways()) : undefined;
  }

  asOf(): Soon<Head> {
    return whenKnown(this.look(), () => this.memory.position);
  }

  /** Looks anew, and lets that hold for the request that begins. Answers with the journal's head. */
  refresh(): Soon<Head> {
    const until = performance.now() + lookHolds;
    return whenKnown(this.memory.follow(this.ways(), this.mark()), (head) => {
      this.holdsUntil = Math.max(this.holdsUntil, until);
      return head;
    });
  }
}

/**
 * What is remembered within a transaction: what is remembered anyway, as of the head that the transaction begins on, and each
 * row that it read, until it writes it.
 */
export class WritingRecall implements Recall {
  private readonly held = new Map<string, Shelf>();
  private readonly changed = new Set<string>();
  /** Growing tables to which rows were added, and of which no row is otherwise than it was. */
  private readonly grown = new Set<string>();
  before: () => Promise<void> = async () => undefined;

  constructor(
    private readonly memory: Memory,
    private readonly ways: () => FollowingWays,
  ) {}

  shelf(table: string): Shelf | undefined {
    if (table in slowTables && !this.changed.has(table) && !this.grown.has(table)) return this.memory.shelf(table);
    return heldTables.includes(table) ? this.ownShelf(table) : undefined;
  }

  asOf(): Head {
    return this.memory.position;
  }

  /** A transaction begins, and nobody else writes until it ends: answers with the journal's head. */
  begin(): Soon<Head> {
    this.held.clear();
    this.changed.clear();
    this.grown.clear();
    return this.memory.follow(this.ways());
  }

  /** Rows of a table were written, or were taken away. */
  changedAll(table: string): void {
    this.changes(table);
    this.held.get(table)?.forget();
  }

  /** The row with this value in its key's column is otherwise than it was. */
  changedRow(table: string, column: string, value: unknown): void {
    this.changes(table);
    this.held.get(table)?.forgetRow(column, value);
  }

  /** The database moved an account's balance: what stands of an account for good is as it was. */
  moved(accountId: unknown): void {
    this.held.get("accounts")?.forgetRow("id", accountId);
  }

  /** A whole row was written, with this column as its key. */
  wrote(table: string, column: string, row: Row): void {
    if (slowTables[table]?.growing) this.grown.add(table);
    else this.changes(table);
    if (heldTables.includes(table)) this.ownShelf(table).put(column, row);
  }

  /** The row of a key as this transaction knows it. */
  known(table: string, column: string, value: unknown): Row | undefined {
    return this.shelf(table)?.rowOf(column, value);
  }

  private changes(table: string): void {
    if (table in slowTables) this.changed.add(table);
    if (table === "accounts") this.changed.add("account_kinds").add("bank_accounts");
  }

  /** Works were taken back. */
  back(): void {
    this.held.clear();
  }

  kept(head: Head): void {
    this.memory.committed(this.changed, head);
  }

  private ownShelf(table: string): Shelf {
    const shelf = this.held.get(table) ?? new Shelf();
    this.held.set(table, shelf);
    return shelf;
  }
}
