import type { Fact } from "../../domain/ledger/facts";
import { decode, type JournalEntry } from "../../domain/ledger/journal";
import type { View } from "../../storage/store";

/** How many entries after a sealed row are looked at, a page at a time, for the one that names it. */
const page = 50;
const most = 5000;

/**
 * Tells of sealed rows which entry first names each, and so what it is about: the row itself names nothing. Whatever seals
 * something names it in the same command, a few entries later. Who asks for many asks for the first first.
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
    for (let after = seq; after < seq + most; ) {
      const entries = await this.after(after);
      const named = entries.find(({ fact }) => fact.type !== "SEALED_ANEW" && Object.values(fact).includes(id));
      if (named) return named.fact;
      const last = entries.at(-1);
      if (last === undefined) break;
      after = last.seq;
    }
    return null;
  }

  /** The entries behind a position: those that were read for the row before, as far as they go. */
  private async after(seq: number): Promise<readonly JournalEntry[]> {
    const [first, last] = [this.entries[0], this.entries.at(-1)];
    if (!first || !last || seq < first.seq - 1 || seq >= last.seq)
      this.entries = (await this.view.journalAfter(seq, page)).map(({ body }) => decode(body));
    return this.entries.filter((entry) => entry.seq > seq);
  }
}

/** What stands at a position of the journal. */
export async function factAt(view: View, seq: number): Promise<Fact | undefined> {
  const [row] = await view.journalAfter(seq - 1, 1);
  return row && decode(row.body).fact;
}
