import { hash } from "node:crypto";
import { decode, type JournalEntry } from "../../domain/ledger/journal";
import type { Findings } from "./findings";

/** An entry of the journal as it is stored. */
export interface JournalRow {
  seq: number;
  body: Buffer;
  leaf: Buffer;
  recordedAt: number;
  kind: string;
}

/** Reads the rows of the journal one after another, and holds what stands in each against its bytes. */
export class Journal {
  private last = { seq: -1, recordedAt: 0 };

  constructor(
    private readonly origin: string,
    private readonly findings: Findings,
  ) {}

  /** The entry of a row. Null where its bytes cannot be read, or are not in their one form: only such bytes are decoded. */
  entryOf(row: JournalRow): JournalEntry | null {
    const { last } = this;
    this.findings.count("journal");
    if (row.seq !== last.seq + 1) this.finds(row, `follows ${last.seq}`);
    if (row.recordedAt <= last.recordedAt) this.finds(row, "recorded no later than the entry before");
    this.last = row;
    if (leafOf(row.body) !== row.leaf.toString("binary")) this.finds(row, "leaf is not the hash of body");
    let entry: JournalEntry;
    try {
      entry = decode(row.body);
    } catch {
      this.finds(row, "body cannot be read");
      return null;
    }
    const { fact } = entry;
    if (entry.seq !== row.seq) this.differs(row, "seq");
    if (entry.recordedAt !== row.recordedAt) this.differs(row, "recordedAt");
    if (fact.type !== row.kind) this.differs(row, "kind");
    if (fact.type === "BANK_OPENED" && fact.origin !== this.origin) this.finds(row, "origin is not that of the bank");
    return entry;
  }

  /** Of an entry whose fields say what no service writes, so that nothing can be made of them. */
  cannotFollow({ seq }: { seq: number }): void {
    this.finds({ seq }, "body holds values that cannot be followed");
  }

  private differs(row: JournalRow, column: string): void {
    this.finds(row, `${column} differs from body`);
  }

  private finds({ seq }: { seq: number }, what: string): void {
    this.findings.found("JOURNAL", `journal ${seq}`, what);
  }
}

/** Most bodies fit in it behind the byte that RFC 6962 puts before a leaf: 0. */
const leafBytes = Buffer.alloc(4096);

/** SHA-256(0x00 ‖ body), a sign for each byte, as nothing else compares as fast. */
function leafOf(body: Buffer): string {
  const bytes = body.length < leafBytes.length ? leafBytes : Buffer.alloc(body.length + 1);
  body.copy(bytes, 1);
  return hash("sha256", bytes.subarray(0, body.length + 1), "binary");
}
