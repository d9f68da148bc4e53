import type { WrittenFact } from "../../../domain/facts";
import { decode } from "../../../domain/ledger/journal";
import type { View } from "../../../storage/store";

/** The fact at a position of the journal. That of a sealed row is the first to name the row, and so says what the row is about. */
export async function factAt(view: View, seq: number): Promise<WrittenFact | undefined> {
  const [row] = await view.journalAfter(seq - 1, 1);
  return row && decode(row.body).fact;
}
