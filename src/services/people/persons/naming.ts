import type { Fact } from "../../../domain/facts";
import { decode, type JournalEntry } from "../../../domain/ledger/journal";
import type { View } from "../../../storage/store";

/** How many entries after a sealed row are read, a page at a time, to find the one that names it. */
const page = 50;
const most = 5000;

/**
 * Finds the entry that first names a sealed row, and so says what the row is about: the row itself names nothing. The command
 * that seals a row names it a few entries later. Rows are asked for in the order of their positions, since pages are kept.
 */
export class Naming {
  private readonly known = new Map<string, Fact | null>();
  private entries: readonly JournalEntry[] = [];

  constructor(private readonly view: View) {}

  async of(row: { id: string; seq: number }): Promise<Fact | null> {
    const fact = this.known.get(row.id) ?? (await this.look(row));
    this.known.set(row.id, fact);
    return fact;
  }

  private async look({ id, seq }: { id: string; seq: number }): Promise<Fact | null> {
    let saidId: string | null = null;
    for (let after = seq; after < seq + most; ) {
      const entries = await this.after(after);
      for (const { fact, seq: at } of entries) {
        if (fact.type !== "SEALED_ANEW" && Object.values(fact).includes(id)) return fact;
        // What is said of a member of a committee is named by what is sealed of the case, right behind it.
        if (at === seq + 1 && fact.type === "SEALED") saidId = fact.id;
        if (at === seq + 2 && fact.type === "RATING_STEP" && fact.reasonId !== null && fact.reasonId === saidId)
          return fact;
      }
      const last = entries.at(-1);
      if (last === undefined) break;
      after = last.seq;
    }
    return null;
  }

  /** The entries behind a position, from the page that was read for the row before where it reaches so far. */
  private async after(seq: number): Promise<readonly JournalEntry[]> {
    const [first, last] = [this.entries[0], this.entries.at(-1)];
    if (!first || !last || seq < first.seq - 1 || seq >= last.seq)
      this.entries = (await this.view.journalAfter(seq, page)).map(({ body }) => decode(body));
    return this.entries.filter((entry) => entry.seq > seq);
  }
}

/** The fact at a position of the journal. */
export async function factAt(view: View, seq: number): Promise<Fact | undefined> {
  const [row] = await view.journalAfter(seq - 1, 1);
  return row && decode(row.body).fact;
}
