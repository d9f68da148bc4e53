import type { CsvRow } from "../services/exchange/csv";
import { RefusedFile, Unwritable } from "../services/exchange/refused.csv";
import type { RefusedRow } from "./import-words";
import { Stop, type Terminal } from "./output";

export interface ImportSummary {
  file: string;
  rows: number;
  accepted: number;
  repeated: number;
  refused: number;
  refusedByCode: Record<string, number>;
  refusedFile: string | null;
  dryRun: boolean;
  /** For a list of staff: the codes of the people who were invited; null where nobody was. */
  invitationsFile?: string | null;
  /** For a list of staff: how many persons got a role and have neither a subject nor a code. */
  withoutWayIn?: number;
}

export type Outcome = "accepted" | "repeated" | RefusedRow;

/** Counts the results of the rows of a file, and writes the refused rows beside it. */
export class Tally {
  private readonly refusedFile: RefusedFile;
  /** A terminal on which a person watches how far the file is read. */
  private readonly terminal: Terminal | undefined;
  private accepted = 0;
  private repeated = 0;
  private readonly byCode = new Map<string, number>();

  constructor(
    private readonly file: string,
    private readonly keyColumn: string,
    private readonly rows: number,
    private readonly dryRun: boolean,
    { keyTitle = keyColumn, ending, terminal }: { keyTitle?: string; ending?: string; terminal?: Terminal } = {},
  ) {
    this.terminal = terminal;
    this.refusedFile = new RefusedFile(file, keyTitle, ending);
  }

  begin(): Promise<void> {
    return this.refusedFile.begin().catch((error: unknown) => {
      throw error instanceof Unwritable ? new Stop(error.message, "BAD_FILE") : error;
    });
  }

  /** The import broke off. A list of some of the refused rows could be mistaken for the whole, so it is removed. */
  abandon(): Promise<void> {
    return this.refusedFile.drop();
  }

  async count({ row, line, cells }: CsvRow, outcome: Outcome): Promise<void> {
    if (outcome === "accepted") this.accepted += 1;
    else if (outcome === "repeated") this.repeated += 1;
    else {
      this.byCode.set(outcome.code, (this.byCode.get(outcome.code) ?? 0) + 1);
      await this.refusedFile.add({ row, line, key: cells[this.keyColumn] ?? "", ...outcome });
    }
    if (row % 500 === 0) this.terminal?.progress(`${row} of ${this.rows} rows`);
  }

  async end(): Promise<ImportSummary> {
    this.terminal?.progressDone();
    const refused = [...this.byCode.values()].reduce((sum, count) => sum + count, 0);
    const refusedByCode = Object.fromEntries([...this.byCode].sort(([a], [b]) => (a < b ? -1 : 1)));
    return {
      file: this.file,
      rows: this.rows,
      accepted: this.accepted,
      repeated: this.repeated,
      refused,
      refusedByCode,
      refusedFile: await this.refusedFile.end(),
      dryRun: this.dryRun,
    };
  }
}
