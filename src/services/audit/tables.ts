import { noCounts } from "../../domain/activities/tallies";
import { noTotals } from "../../domain/hours/totals";
import { type RowText, type ScannedTable, type ScratchMap, scanOrder, type View } from "../../storage/store";
import { commitment } from "../bank/vault";
import type { Findings } from "./findings";
import { noteFirst } from "./keys";
import { Prints, type Row, type Sums } from "./prints";

/** What the bank shows: the sums of its tables, and which of them cannot be read. */
export interface Shown {
  readonly sums: Sums;
  readonly unread: ReadonlySet<ScannedTable>;
}

/** Reads every table once, and adds up what it shows. The first sealed row of each person is noted for the keys. */
export async function addUpTables(
  view: View,
  printKey: string,
  firsts: ScratchMap<string>,
  findings: Findings,
  between: (progress: string) => void | Promise<void>,
): Promise<Shown> {
  const prints = new Prints(printKey);
  const unread = new Set<ScannedTable>();
  for (const table of Object.keys(scanOrder) as ScannedTable[]) {
    await between(`reading ${table}`);
    try {
      for await (const rows of view.texts(table)) {
        for (const row of rows) {
          findings.count(table);
          if (table === "sealed") {
            const [id, personId] = JSON.parse(row.text);
            noteFirst(firsts, { id, personId });
            prints.add(table, sealedText(row));
          } else if (!isNothing(table, row.text)) prints.add(table, row.text);
        }
        await between(`reading ${table}: ${findings.rows[table]} rows`);
      }
    } catch (error) {
      // Only what a driver cannot even read, such as broken JSON; a lost connection is no finding.
      if (!(error instanceof SyntaxError)) throw error;
      findings.found("PROJECTION", table, "holds a value that cannot be read");
      unread.add(table);
    }
  }
  return { sums: prints.sums, unread };
}

/** The text of a sealed row as `shownOf` shows it. */
function sealedText({ text, salt, ciphertext }: RowText): string {
  return `${text.slice(0, -1)},"${commitment(salt as Buffer, ciphertext as Buffer).toString("hex")}"]`;
}

/** What the bank shows of a row. Of a sealed row the entry tells whose it is; what it holds was committed to by a hash. */
export function shownOf(table: ScannedTable, row: Row): Row {
  if (table !== "sealed") return row;
  const { id, personId, seq, salt, ciphertext } = row;
  return { id, personId, seq, commitment: commitment(salt as Buffer, ciphertext as Buffer).toString("hex") };
}

/** Tables of sums, and how the text of a row ends whose sums have all come back to nothing. */
const nothings = new Map<ScannedTable, string>(
  Object.entries({
    serviceTotals: Object.keys(noTotals("")).length - 1,
    tallies: Object.keys(noCounts).length,
    tallyPeople: 1,
  }).map(([table, sums]) => [table as ScannedTable, `${",0".repeat(sums)}]`]),
);

/** A sum of nothing says as much as no sum: it is left out, whether the bank keeps a row of it or not. */
export function isNothing(table: ScannedTable, text: string): boolean {
  const ending = nothings.get(table);
  return ending !== undefined && text.endsWith(ending);
}
