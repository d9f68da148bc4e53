import { type Fault, faultOf } from "./faults";

/** A database that does not do its work, from its first failure on. */
export interface Outage {
  /** The latest fault. */
  readonly fault: Fault;
  /** When it began, in milliseconds since 1970 by the machine's clock. */
  readonly since: number;
  /** How many requests met it so far. */
  readonly requests: number;
}

/** What is said of an outage: that it began or has another cause, that it goes on, that it is over. */
export type News = { readonly news: "BEGAN" | "GOES_ON" | "OVER"; readonly outage: Outage };

/** How a database is looked at. Both fail as any statement fails. */
export interface Looking {
  /** Reads the journal's head; -1 where the bank is not founded. */
  read(): Promise<number>;
  /** Writes and takes it back, so that a full disk or a standby shows. */
  write(): Promise<void>;
}

type Side = "READ" | "WRITE";

const lookMs = 1_000;
const lookPatienceMs = 2_000;
const remindMs = 60_000;
/** A small trial may fit where a command did not: a full disk is believed to have room this long after a command failed. */
const settleMs = 5_000;

/** Keeps whether the database answers, says so once a cause, and looks by itself until it answers again. */
export class Health {
  private outage: { fault: Fault; since: number; requests: number } | null = null;
  private readonly causes = new Set<string>();
  private readonly sides = new Set<Side>();
  private wroteInVain = Number.NEGATIVE_INFINITY;
  private saidAt = 0;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<boolean> | null = null;
  private closed = false;
  private readonly listeners: ((news: News) => void)[] = [];
  private readonly counters: ((fault: Fault) => void)[] = [];

  constructor(private readonly looking: Looking) {}

  /** Hears when an outage begins, changes its cause, goes on for another minute, or is over. */
  onNews(listener: (news: News) => void): void {
    this.listeners.push(listener);
  }

  /** Hears each request that failed, for counting. */
  onFault(listener: (fault: Fault) => void): void {
    this.counters.push(listener);
  }

  /** Takes down why a request failed; what is no fault of the database is passed over. */
  failed(error: unknown, side: Side, requests = 1): void {
    const fault = faultOf(error);
    if (fault === null || this.closed) return;
    for (let i = 0; i < requests; i += 1) for (const count of this.counters) count(fault);
    if (side === "WRITE" && requests > 0) this.wroteInVain = performance.now();
    this.sides.add(side);
    this.outage ??= { fault, since: Date.now(), requests: 0 };
    this.outage.fault = fault;
    this.outage.requests += requests;
    if (!this.causes.has(fault.code)) {
      this.causes.add(fault.code);
      this.say("BEGAN");
    }
    this.timer ??= setInterval(() => void this.watch(), lookMs).unref();
  }

  /** Something was read or written: an outage of this side is over. What can be written can be read. */
  worked(side: Side): void {
    if (this.outage === null) return;
    this.sides.delete("READ");
    if (side === "WRITE" && !this.settling) this.sides.delete("WRITE");
    if (this.sides.size > 0) return;
    this.say("OVER");
    this.outage = null;
    this.causes.clear();
    this.stop();
  }

  /** Whether the bank can be read and, as far as is known, written. Several who ask at once share one look. */
  look(): Promise<boolean> {
    this.running ??= this.lookNow().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  close(): void {
    this.closed = true;
    this.stop();
  }

  private get settling(): boolean {
    const { suffering } = this.outage?.fault ?? {};
    return suffering !== "UNREACHABLE" && performance.now() - this.wroteInVain < settleMs;
  }

  private async lookNow(): Promise<boolean> {
    let headSeq = -1;
    const read = await this.try("READ", async () => {
      headSeq = await this.looking.read();
    });
    if (read && this.sides.has("WRITE") && !this.settling) await this.try("WRITE", () => this.looking.write());
    return read && this.outage === null && headSeq >= 0;
  }

  private async try(side: Side, work: () => Promise<void>): Promise<boolean> {
    try {
      await inTime(work());
      this.worked(side);
      return true;
    } catch (error) {
      this.failed(error, side, 0);
      return false;
    }
  }

  private async watch(): Promise<void> {
    await this.look();
    if (this.outage !== null && performance.now() - this.saidAt >= remindMs) this.say("GOES_ON");
  }

  private say(news: News["news"]): void {
    if (this.outage === null) return;
    this.saidAt = performance.now();
    for (const listener of this.listeners) listener({ news, outage: { ...this.outage } });
  }

  private stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }
}

/** The work, or TIMEOUT: a database that stands still shows as one that is away. */
async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const tired = () =>
      reject(Object.assign(new Error(`no answer within ${lookPatienceMs / 1000} s`), { code: "TIMEOUT" }));
    timer = setTimeout(tired, lookPatienceMs).unref();
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
