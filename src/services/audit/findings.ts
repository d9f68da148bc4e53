import type { Minutes } from "../../domain/kit/minutes";
import type { auditKeys } from "./keys";

/** One thing that is not as the journal says. Names tables, keys and columns, never what stands in them. */
export interface Finding {
  check:
    | "JOURNAL"
    | "PROJECTION"
    | "BOOKS"
    | "STEP"
    | "RECORD"
    | "ORDER"
    | "POINTS"
    | "SEALED"
    | "KEPT"
    | "KEYS"
    | "DISK";
  where: string;
  what: string;
}
export interface AuditReport {
  ok: boolean;
  entries: number;
  headSeq: number;
  circulationMinutes: Minutes;
  /** Rows compared, by table. */
  rows: Record<string, number>;
  findings: Finding[];
  /** How many more there were than are listed. */
  unlisted: number;
}

const listedMost = 100;
/** Each person without a key is named: that many at most, for people to read. */
const keysListedMost = 1000;

/** What one part of an audit found. */
export interface Found {
  readonly listed: readonly Finding[];
  readonly unlisted: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly circulationMinutes: Minutes;
}

/** What an audit has found so far, and how much it has looked at. */
export class Findings {
  private readonly listed: Finding[] = [];
  private unlisted = 0;
  readonly rows: Record<string, number> = {};
  circulationMinutes: Minutes = 0;

  found(check: Finding["check"], where: string, what: string): void {
    const most = check === "KEYS" ? keysListedMost : listedMost;
    if (this.listed.length < most) this.listed.push({ check, where, what });
    else this.unlisted += 1;
  }

  /** Adds what another part found. */
  add({ listed, unlisted, rows, circulationMinutes }: Found): void {
    for (const { check, where, what } of listed) this.found(check, where, what);
    this.unlisted += unlisted;
    Object.assign(this.rows, rows);
    this.circulationMinutes += circulationMinutes;
  }

  get all(): Found {
    const { listed, unlisted, rows, circulationMinutes } = this;
    return { listed, unlisted, rows, circulationMinutes };
  }

  /** Adds what the keys have to say. */
  keys({ keys, findings, unlisted }: Awaited<ReturnType<typeof auditKeys>>): void {
    this.rows.keys = keys;
    for (const { where, what } of findings) this.found("KEYS", where, what);
    this.unlisted += unlisted;
  }

  count(table: string): void {
    this.rows[table] = (this.rows[table] ?? 0) + 1;
  }

  get areNone(): boolean {
    return this.listed.length === 0;
  }

  report(headSeq: number): AuditReport {
    const { rows, circulationMinutes, listed: findings, unlisted } = this;
    return { ok: this.areNone, entries: rows.journal ?? 0, headSeq, circulationMinutes, rows, findings, unlisted };
  }
}
