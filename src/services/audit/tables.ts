import { noCounts } from "../../domain/activities/tallies";
import { noTotals } from "../../domain/hours/totals";
import { type ScannedTable, type ScratchMap, scanOrder, type View } from "../../storage/store";
import { commitment } from "../bank/vault";
import type { Findings } from "./findings";
import { noteFirst } from "./keys";
import { Prints, type Row, type Sums, spelled } from "./prints";
import { keyOf } from "./projected";

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
      for await (const rows of view.pages(table)) {
        for (const row of rows) {
          findings.count(table);
          if (!isEmptied(table, row)) prints.add(table, keyOf(table, row), shownOf(table, row));
          if (table === "sealed") noteFirst(firsts, row);
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

/** What the bank shows of a row. Of a sealed row the entry tells whose it is; what it holds was committed to by a hash. */
export function shownOf(table: ScannedTable, row: Row): Row {
  if (table !== "sealed") return row;
  const { id, personId, seq, salt, ciphertext } = row;
  return { id, personId, seq, commitment: commitment(salt as Buffer, ciphertext as Buffer).toString("hex") };
}

/** What a sum leaves behind that came back to nothing. */
function emptied(table: ScannedTable, row: Row): Row | undefined {
  if (table === "serviceTotals") return { ...noTotals(row.volunteerId as string) };
  if (table === "tallies") return { ...noCounts, subject: row.subject, dimension: row.dimension, key: row.key };
  return table === "tallyPeople" ? { ...row, places: 0 } : undefined;
}

/** A sum of nothing says as much as no sum: it is left out, whether the bank keeps a row of it or not. */
export function isEmptied(table: ScannedTable, row: Row): boolean {
  const empty = emptied(table, row);
  return empty !== undefined && Object.keys(row).every((column) => spelled(row[column]) === spelled(empty[column]));
}
