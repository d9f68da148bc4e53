import type { View } from "../../storage/store";
import type { Sealing } from "./claims/sealed";
import { Findings, type Found } from "./findings";
import type { JournalRow } from "./journal";
import { auditAnswers } from "./kept";
import { Replay } from "./replay";
import type { Shown } from "./tables";

/** Rows read at a time: so few that they are followed before the engine moves them to where garbage costs more. */
const page = 100;
/** So many entries are followed before the half that opens what is sealed hears of them. */
const part = 1000;

/** What the half of the audit that replays the journal asks of the half that reads the tables, wherever that one runs. */
export interface TablesHalf {
  /** Holds what records say of sealed rows against the rows. */
  sealing(sealing: Sealing): Promise<void>;
  /** The sums of all tables. */
  shown(): Promise<Shown>;
  progress(text: string): void;
}

/**
 * The half of the audit that replays the journal: what follows from it, what of the tables is not as it follows, and what
 * names something that the journal does not know. What it remembers stands in a temporary file of its own.
 */
export async function auditJournal(view: View, origin: string, printKey: string, tables: TablesHalf): Promise<Found> {
  const findings = new Findings();
  const scratch = await view.scratch();
  try {
    const replay = new Replay(origin, scratch, findings, printKey);
    const head = await view.head();
    let followed = 0;
    for await (const rows of journalOf(view)) {
      for (const row of rows) replay.entry(row);
      followed += rows.length;
      if (followed % part !== 0) continue;
      await tables.sealing(replay.takeSealing());
      tables.progress(`${followed} of ${head.seq + 1} entries`);
    }
    await tables.sealing(replay.takeSealing());
    tables.progress("adding up");
    replay.close();
    const shown = await tables.shown();
    tables.progress("comparing the tables with the journal");
    await replay.comparison().compare(
      shown,
      () => journalOf(view),
      (table) => view.pages(table),
    );
    tables.progress("comparing answers");
    const finds = (where: string, what: string) => findings.found("KEPT", where, what);
    Object.assign(findings.rows, await auditAnswers(view, replay, finds));
    return findings.all;
  } finally {
    scratch.close();
  }
}

async function* journalOf(view: View): AsyncGenerator<readonly JournalRow[]> {
  for (let seq = -1; ; ) {
    const rows = await view.journalAfter(seq, page);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    seq = last.seq;
  }
}
