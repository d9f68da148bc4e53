import type { Instant } from "../domain/kit/calendar";
import { BrokenInvariant } from "../domain/kit/invariant";
import { Refusal, type RefusalCode, refusalCodes } from "../domain/kit/refusal";
import { isComing, type Soon } from "../domain/kit/soon";
import { chainOf, codeOf, DatabaseRefusal, faultOf } from "./faults";
import type { Health } from "./health";
import { Pause } from "./pause";
import type { KeyStore, Tx } from "./store";

export { explained, sufferings } from "./faults";

/** The bank could not read or write just now: nothing was done, and the same request may be sent again. */
export class Unavailable extends Error {
  override name = "Unavailable";
  constructor(
    readonly code: "BUSY_RETRY" | "INTEGRITY_HALT" | "OUTCOME_UNKNOWN",
    cause?: unknown,
    readonly during: "READ" | "WRITE" = "WRITE",
  ) {
    super(code, { cause });
  }
}

/** What an adapter gives the writer: one connection's transaction words. */
export interface Line {
  begin(now: Instant): Promise<Tx>;
  commit(): Promise<void>;
  /** Takes the transaction back; `error` is why, and may have ended the connection, too. */
  rollback(error: unknown): Promise<void>;
  /** Writes what waits to be written, so that the database judges it. */
  flush(): Promise<void>;
  /** Around one of several works of a transaction, which is taken back alone. */
  savepoint(): Promise<void>;
  release(): Promise<void>;
  rollbackTo(): Promise<void>;
  /** Whether an error ended the whole transaction (full disk, lost connection), not only its statement. */
  isFatal(error: unknown): boolean;
  /** Whether the batch lost to another writer and may simply be told again. */
  isConflict?(error: unknown): boolean;
  /** True when the work waited for anything but its transaction. Only a synchronous driver can tell. */
  watch?(): () => boolean;
}

interface Job {
  work(tx: Tx): Soon<unknown>;
  keep: boolean;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A work that was done, and whether it is to be kept. Its answer leaves after the commit. */
interface Done {
  kept: boolean;
  answer(): void;
}

const batchMax = 256;
/** How long works join one commit, where others wait: SQLite's whole batch runs in one turn, and nobody is heard meanwhile. */
const batchMsMax = 25;
const retriesMax = 5;

/**
 * The bank's one writer in this process, with group commit: what queues while a commit runs is the next batch. Each work is
 * taken back alone, the batch has one durable commit, and answers leave only after it.
 */
export class Writer {
  private readonly queue: Job[] = [];
  private draining: Promise<void> | null = null;
  private cause: unknown = null;
  private readonly pause = new Pause();
  private readonly listeners: ((cause: unknown) => void)[] = [];

  constructor(
    private readonly line: Line,
    private readonly clock: () => Instant,
    private readonly health: Health,
    private readonly committed: () => void,
  ) {}

  write<T>(work: (tx: Tx) => Soon<T>, keep = true): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, keep, resolve: resolve as (value: unknown) => void, reject });
      this.draining ??= this.drain();
    });
  }

  get halted(): boolean {
    return this.cause !== null;
  }

  onHalt(listener: (cause: unknown) => void): void {
    this.listeners.push(listener);
  }

  private halt(cause: unknown): void {
    this.cause = cause;
    for (const listener of this.listeners) listener(cause);
  }

  /** Resolves when everything queued so far was answered. */
  async idle(): Promise<void> {
    while (this.draining) await this.draining;
  }

  private async drain(): Promise<void> {
    // What is asked for in the same turn joins the first batch.
    await null;
    while (this.queue.length > 0) {
      await this.pause.take();
      const batch = this.queue.splice(0, batchMax);
      const startedAt = performance.now();
      if (this.halted) for (const job of batch) job.reject(new Unavailable("INTEGRITY_HALT", this.cause));
      else await this.runBatch(batch);
      // A driver that waits for its database lets others be heard all the time.
      if (this.line.watch) this.pause.earn(performance.now() - startedAt);
      // Readers are heard between two commits, however long the queue is.
      if (this.queue.length > 0) await new Promise((turn) => setImmediate(turn));
    }
    // In the same turn as the last look at the queue: nothing asked for later is left waiting.
    this.draining = null;
  }

  private async runBatch(batch: Job[], retries = 0): Promise<void> {
    const done: Done[] = [];
    let committing = false;
    // A savepoint costs a copy of each page that is written. A work that is alone is taken back with its transaction.
    const apart = batch.length > 1;
    try {
      const tx = await this.line.begin(this.clock());
      const endsAt = performance.now() + batchMsMax;
      for (let i = 0; i < batch.length; i++) {
        done.push(await this.runOne(tx, batch[i] as Job, apart));
        if (performance.now() > endsAt) this.queue.unshift(...batch.splice(i + 1));
      }
      committing = apart || done.some(({ kept }) => kept);
      if (committing) await this.line.commit();
      else await this.line.rollback(undefined);
    } catch (error) {
      await this.line.rollback(error).catch(() => undefined);
      if (this.line.isConflict?.(error) && retries < retriesMax) return this.runBatch(batch, retries + 1);
      if (error instanceof BrokenInvariant) this.halt(error);
      else this.health.failed(error, "WRITE", batch.length);
      const code = this.halted
        ? "INTEGRITY_HALT"
        : committing && this.line.isFatal(error)
          ? "OUTCOME_UNKNOWN"
          : "BUSY_RETRY";
      for (const job of batch) job.reject(new Unavailable(code, worded(error)));
      return;
    }
    this.health.worked("WRITE");
    for (const { answer } of done) answer();
    if (committing) this.committed();
  }

  private async runOne(tx: Tx, job: Job, apart: boolean): Promise<Done> {
    if (apart) await this.line.savepoint();
    const strayed = this.line.watch?.();
    try {
      const value = await job.work(tx);
      if (strayed?.()) throw new BrokenInvariant("a work awaits nothing but its transaction");
      await this.line.flush();
      if (apart) await (job.keep ? this.line.release() : this.line.rollbackTo());
      return { kept: job.keep, answer: () => job.resolve(value) };
    } catch (thrown) {
      const error = asRefusal(thrown);
      if (error instanceof BrokenInvariant || this.line.isFatal(error)) throw error;
      if (apart) await this.line.rollbackTo();
      return { kept: false, answer: () => job.reject(worded(error)) };
    }
  }
}

/**
 * The port's functions as their callers know them fail: a fault of the database is `Unavailable` and is taken down, what the
 * database refuses is told by its own reason. What was sent is in none of them.
 */
export function watched<T extends object>(port: T, health: Health, side: "READ" | "WRITE"): T {
  const failure = (thrown: unknown) => {
    const error = worded(thrown);
    if (!(error instanceof DatabaseRefusal)) return error;
    health.failed(thrown, side);
    return faultOf(thrown) === null ? error : new Unavailable("BUSY_RETRY", error, side);
  };
  const watch =
    (ask: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) => {
      try {
        const answer = ask(...args);
        if (isComing(answer)) return answered(answer);
        health.worked(side);
        return answer;
      } catch (error) {
        throw failure(error);
      }
    };
  const answered = async (coming: Promise<unknown>) => {
    try {
      const answer = await coming;
      health.worked(side);
      return answer;
    } catch (error) {
      throw failure(error);
    }
  };
  const stream = (ask: (...args: unknown[]) => AsyncIterable<unknown>) =>
    async function* (...args: unknown[]) {
      try {
        yield* ask(...args);
      } catch (error) {
        throw failure(error);
      }
    };
  const functions = Object.entries(port).map(([name, ask]) => [name, isStream(ask) ? stream(ask) : watch(ask)]);
  return Object.fromEntries(functions) as T;
}

/** The same for the keys: what is not asked of them changes them. */
export function watchedKeys(keys: KeyStore, health: Health): KeyStore {
  const { wrapped, mark, ...changing } = keys;
  return { ...watched({ wrapped, mark }, health, "READ"), ...watched(changing, health, "WRITE") };
}

const isStream = (ask: { constructor: { name: string } }) => ask.constructor.name === "AsyncGeneratorFunction";

/** An error of the database without the statement and its parameters; any other as it is. */
function worded(thrown: unknown): unknown {
  const error = asRefusal(thrown);
  const ofDatabase = (link: { params?: unknown; code?: unknown; message?: string }) =>
    link.params !== undefined || codeOf(link) !== undefined;
  const isKnown = error instanceof Refusal || error instanceof BrokenInvariant || error instanceof Unavailable;
  return !isKnown && chainOf(error).some(ofDatabase) ? new DatabaseRefusal(error) : error;
}

const guards = ["LEDGER_IMMUTABLE", "LEDGER_BALANCE_TAMPER"];

/**
 * The database's triggers raise the refusal's own code as their message; a guard against us is a broken invariant.
 * Told by shape: a native driver's errors may belong to another realm, where `instanceof Error` is false.
 */
export function asRefusal(error: unknown): unknown {
  if (error instanceof Refusal || error instanceof BrokenInvariant) return error;
  for (
    let cause = error as { message?: string; cause?: unknown } | undefined;
    cause;
    cause = cause.cause as typeof cause
  ) {
    if (cause instanceof Refusal) return cause;
    const message = cause.message ?? "";
    if (refusalCodes.includes(message as RefusalCode)) return new Refusal(message as RefusalCode);
    if (guards.includes(message)) return new BrokenInvariant(message);
  }
  return error;
}
