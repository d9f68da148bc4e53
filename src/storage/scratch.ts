import SQLite from "better-sqlite3";
import { faultOf } from "./faults";
import { type Scratch, ScratchFull, type ScratchMap, type Spelling } from "./port/scratch";

/** Pages kept in memory by SQLite, in kibibytes, and how many values stay in memory besides. */
const cacheKib = 16_384;
const valuesMost = 3_000;
/** Rows read at a time where a map is read through. */
const page = 500;

/** Stands for a value that is on the disk and was not read yet. */
const unread = Symbol("unread");
/** A value in memory. Undefined where there is none, which is worth remembering, too. */
interface Slot {
  readonly key: string;
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
  // biome-ignore lint/suspicious/noExplicitAny: each name has values of its own type.
  const maps = new Map<string, Kept<any>>();
  const cache = new Cache();
  return {
    map<V>(name: string, spelling: Spelling<V> = json) {
      const known = maps.get(name) ?? new Kept<V>(client, cache, maps.size, spelling);
      maps.set(name, known);
      return known as Kept<V>;
    },
    close: () => client.close(),
  };
}

const json = { write: JSON.stringify, read: JSON.parse };

/** What was used lately, in two generations of each map: when the younger ones are full, the older ones are dropped. */
class Cache {
  private readonly maps: { age(): void }[] = [];
  private young = 0;

  add(map: { age(): void }): void {
    this.maps.push(map);
  }

  grew(): void {
    this.young += 1;
    if (this.young < valuesMost) return;
    this.young = 0;
    for (const map of this.maps) map.age();
  }
}

class Kept<V> implements ScratchMap<V> {
  /** What is not on the disk yet. */
  private readonly unwritten = new Set<Slot>();
  /** No key above it was ever set: most of what is asked for and not there is new, and new ids come last. */
  private highest = "";
  private young = new Map<string, Slot>();
  private old = new Map<string, Slot>();
  private readonly read: SQLite.Statement;
  private readonly look: SQLite.Statement;
  private readonly put: SQLite.Statement;
  private readonly take: SQLite.Statement;
  private readonly page: SQLite.Statement;

  constructor(
    client: SQLite.Database,
    private readonly cache: Cache,
    index: number,
    private readonly spelling: Spelling<V>,
  ) {
    cache.add(this);
    const table = `map_${index}`;
    guarded(() =>
      client.exec(`CREATE TABLE ${table} (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`),
    );
    this.read = client.prepare(`SELECT value FROM ${table} WHERE key = ?`).pluck();
    this.look = client.prepare(`SELECT 1 FROM ${table} WHERE key = ?`).pluck();
    this.put = client.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?)`);
    this.take = client.prepare(`DELETE FROM ${table} WHERE key = ?`);
    this.page = client.prepare(`SELECT key, value FROM ${table} WHERE key > ? ORDER BY key LIMIT ${page}`).raw();
  }

  get(key: string): V | undefined {
    if (key > this.highest) return undefined;
    const slot = this.cached(key) ?? this.keep({ key, value: unread, isWritten: true });
    if (slot.value === unread) {
      const text = guarded(() => this.read.get(key)) as string | undefined;
      slot.value = text === undefined ? undefined : this.spelling.read(text);
    }
    return slot.value as V | undefined;
  }

  /** Whether there is a value, which is not read for that. */
  has(key: string): boolean {
    if (key > this.highest) return false;
    const slot = this.cached(key);
    if (slot) return slot.value !== undefined;
    const isThere = guarded(() => this.look.get(key)) !== undefined;
    this.keep({ key, value: isThere ? unread : undefined, isWritten: true });
    return isThere;
  }

  set(key: string, value: V): void {
    this.change(key, value);
    if (key > this.highest) this.highest = key;
  }

  delete(key: string): void {
    this.change(key, undefined);
  }

  *entries(beginning = ""): IterableIterator<[string, V]> {
    this.flush();
    // The first key that may begin so is the text itself.
    for (let rows = this.first(beginning); rows.length > 0; ) {
      for (const [key, text] of rows) {
        if (!key.startsWith(beginning)) return;
        yield [key, this.spelling.read(text)];
      }
      this.flush();
      rows = guarded(() => this.page.all(rows.at(-1)?.[0])) as [string, string][];
    }
  }

  /** Puts on the disk what a slot holds. */
  write(slot: Slot): void {
    slot.isWritten = true;
    this.unwritten.delete(slot);
    guarded(() => {
      if (slot.value === undefined) this.take.run(slot.key);
      else this.put.run(slot.key, this.spelling.write(slot.value as V));
    });
  }

  private first(beginning: string): [string, string][] {
    const itself = guarded(() => this.read.get(beginning)) as string | undefined;
    const after = guarded(() => this.page.all(beginning)) as [string, string][];
    return itself === undefined ? after : [[beginning, itself], ...after];
  }

  private flush(): void {
    for (const slot of this.unwritten) this.write(slot);
  }

  /** Drops what was not used since the last time, and puts on the disk what is not there yet. */
  age(): void {
    for (const slot of this.old.values()) if (!slot.isWritten) this.write(slot);
    this.old = this.young;
    this.young = new Map();
  }

  private change(key: string, value: unknown): void {
    const cached = this.cached(key);
    const slot: Slot = cached ?? { key, value, isWritten: false };
    slot.value = value;
    slot.isWritten = false;
    this.unwritten.add(slot);
    if (!cached) this.keep(slot);
  }

  private cached(key: string): Slot | undefined {
    const slot = this.young.get(key);
    if (slot) return slot;
    const aged = this.old.get(key);
    if (!aged) return undefined;
    this.old.delete(key);
    this.keep(aged);
    return aged;
  }

  private keep(slot: Slot): Slot {
    this.young.set(slot.key, slot);
    this.cache.grew();
    return slot;
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
