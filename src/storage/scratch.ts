import SQLite from "better-sqlite3";
import { faultOf } from "./faults";
import { type Scratch, type ScratchForm, ScratchFull, type ScratchMap } from "./port/scratch";

/**
 * Pages kept in memory by SQLite, in kibibytes, and how many values of each map stay in memory besides, twice. A list counts as
 * many values as it has: lists of full length would take thirty times the memory.
 */
const cacheKib = 4_096;
const valuesMost = 3_000;
/** Rows read at a time where a map is read through. */
const page = 500;
/** Values put down by one statement, which takes two thirds of the time of as many statements. */
const together = 16;

/** Stands for a value that is on the disk and was not read yet. */
const unread = Symbol("unread");
/** A value in memory. Undefined where there is none, which is worth remembering, too. */
interface Slot {
  value: unknown;
  isWritten: boolean;
}

/**
 * SQLite keeps a database without a name in a file that it deletes as soon as it is open: nothing of it is left behind,
 * however the process ends. It holds no fact, so nothing of it is ever synced.
 */
export function openScratch({ pagesMost }: { pagesMost?: number } = {}): Scratch {
  const client = guarded(() => {
    const opened = new SQLite("");
    opened.pragma("journal_mode = OFF");
    opened.pragma("synchronous = OFF");
    opened.pragma(`cache_size = -${cacheKib}`);
    if (pagesMost !== undefined) opened.pragma(`max_page_count = ${pagesMost}`);
    // One transaction for all of it: what does not fit in the cache goes to the file.
    opened.exec("BEGIN");
    return opened;
  });
  // biome-ignore lint/suspicious/noExplicitAny: each name has keys and values of its own types.
  const maps = new Map<string, Kept<any, any>>();
  function mapOf<K extends string | number, V>(name: string, keys: Keys<K>, form: ScratchForm<V> = asItIs): Kept<K, V> {
    const known = maps.get(name) ?? new Kept<K, V>(client, `map_${maps.size}`, keys, form);
    maps.set(name, known);
    return known;
  }
  return {
    map: (name, form) => mapOf(name, texts, form),
    numbered: (name, form) => mapOf(name, numbers, form),
    close: () => client.close(),
  };
}

/** The type of a map's keys, and the key that comes before all others. */
interface Keys<K> {
  readonly column: "TEXT" | "INTEGER";
  readonly least: K;
}
const texts: Keys<string> = { column: "TEXT", least: "" };
const numbers: Keys<number> = { column: "INTEGER", least: Number.NEGATIVE_INFINITY };
// biome-ignore lint/suspicious/noExplicitAny: it serves values of all types.
const asItIs: ScratchForm<any> = { written: (value) => value, read: (written) => written };

/** A map whose values were used lately are in memory, in two generations: when the younger one is full, the older one is dropped. */
class Kept<K extends string | number, V> implements ScratchMap<V, K> {
  /** No key above it is on the disk: most of what is asked for and not there is new, and new ids come last. */
  private highest: K;
  private young = new Map<K, Slot>();
  private youngValues = 0;
  private old = new Map<K, Slot>();
  /** What was used last is mostly used again at once: a new key is looked for, and then set. It has no slot until then. */
  private lastKey: K | undefined;
  private lastSlot: Slot | undefined;
  private readonly least: K;
  private readonly read: SQLite.Statement;
  private readonly look: SQLite.Statement;
  private readonly put: SQLite.Statement;
  private readonly putTogether: SQLite.Statement;
  private readonly take: SQLite.Statement;
  private readonly page: SQLite.Statement;

  constructor(
    client: SQLite.Database,
    table: string,
    { column, least }: Keys<K>,
    private readonly form: ScratchForm<V>,
  ) {
    this.least = least;
    this.highest = least;
    guarded(() => client.exec(`CREATE TABLE ${table} (key ${column} PRIMARY KEY, value TEXT NOT NULL) STRICT`));
    this.read = client.prepare(`SELECT value FROM ${table} WHERE key = ?`).pluck();
    this.look = client.prepare(`SELECT 1 FROM ${table} WHERE key = ?`).pluck();
    const put = (rows: number) =>
      client.prepare(`INSERT OR REPLACE INTO ${table} VALUES ${Array(rows).fill("(?, ?)").join()}`);
    this.put = put(1);
    this.putTogether = put(together);
    this.take = client.prepare(`DELETE FROM ${table} WHERE key = ?`);
    this.page = client.prepare(`SELECT key, value FROM ${table} WHERE key > ? ORDER BY key LIMIT ${page}`).raw();
  }

  get(key: K): V | undefined {
    let slot = this.cached(key);
    if (!slot) {
      if (key > this.highest) return undefined;
      slot = this.keep(key, { value: unread, isWritten: true });
    }
    if (slot.value === unread) {
      const text = guarded(() => this.read.get(key)) as string | undefined;
      slot.value = text === undefined ? undefined : this.form.read(JSON.parse(text));
    }
    return slot.value as V | undefined;
  }

  /** Whether there is a value, which is not read for that. */
  has(key: K): boolean {
    const slot = this.cached(key);
    if (slot) return slot.value !== undefined;
    if (key > this.highest) return false;
    const isThere = guarded(() => this.look.get(key)) !== undefined;
    this.keep(key, { value: isThere ? unread : undefined, isWritten: true });
    return isThere;
  }

  set(key: K, value: V): void {
    this.change(key, value);
  }

  delete(key: K): void {
    this.change(key, undefined);
  }

  settle(): void {
    this.write(this.old);
    this.write(this.young);
  }

  *entries(beginning?: string): IterableIterator<[K, V]> {
    this.settle();
    // The first key that may begin so is the text itself.
    for (let rows = this.first(beginning); rows.length > 0; ) {
      for (const [key, text] of rows) {
        if (beginning !== undefined && !String(key).startsWith(beginning)) return;
        yield [key, this.form.read(JSON.parse(text))];
      }
      this.settle();
      rows = guarded(() => this.page.all(rows.at(-1)?.[0])) as [K, string][];
    }
  }

  private first(beginning: string | undefined): [K, string][] {
    const itself =
      beginning === undefined ? undefined : (guarded(() => this.read.get(beginning)) as string | undefined);
    const after = guarded(() => this.page.all(beginning ?? this.least)) as [K, string][];
    return itself === undefined ? after : [[beginning as K, itself], ...after];
  }

  /** Puts on the disk what of these slots is not there yet, in the order of the keys, which spares the disk. */
  private write(slots: ReadonlyMap<K, Slot>): void {
    const unwritten = [...slots].filter(([, { isWritten }]) => !isWritten);
    if (unwritten.length === 0) return;
    unwritten.sort(([a], [b]) => (a < b ? -1 : 1));
    const last = unwritten.at(-1)?.[0] as K;
    if (last > this.highest) this.highest = last;
    guarded(() => {
      let rows: (K | string)[] = [];
      for (const [key, slot] of unwritten) {
        slot.isWritten = true;
        if (slot.value === undefined) this.take.run(key);
        else rows.push(key, JSON.stringify(this.form.written(slot.value as V)));
        if (rows.length < 2 * together) continue;
        this.putTogether.run(rows);
        rows = [];
      }
      for (let i = 0; i < rows.length; i += 2) this.put.run(rows[i], rows[i + 1]);
    });
  }

  private change(key: K, value: unknown): void {
    const slot = this.cached(key);
    if (!slot) {
      this.keep(key, { value, isWritten: false });
      return;
    }
    slot.value = value;
    slot.isWritten = false;
  }

  private cached(key: K): Slot | undefined {
    if (key === this.lastKey) return this.lastSlot;
    const slot = this.young.get(key);
    if (slot) return this.note(key, slot);
    const aged = this.old.get(key);
    if (!aged) return this.note(key, undefined);
    this.old.delete(key);
    return this.keep(key, aged);
  }

  private note<S extends Slot | undefined>(key: K, slot: S): S {
    this.lastKey = key;
    this.lastSlot = slot;
    return slot;
  }

  private keep(key: K, slot: Slot): Slot {
    this.young.set(key, slot);
    this.youngValues += Array.isArray(slot.value) ? Math.max(1, slot.value.length) : 1;
    if (this.youngValues >= valuesMost) {
      this.write(this.old);
      this.old = this.young;
      this.young = new Map();
      this.youngValues = 0;
    }
    return this.note(key, slot);
  }
}

/** Tells a full disk from everything else that may go wrong here. */
function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const fault = faultOf(error);
    if (fault === null) throw error;
    throw new ScratchFull(process.env.SQLITE_TMPDIR ?? process.env.TMPDIR ?? "/var/tmp", fault.code);
  }
}
