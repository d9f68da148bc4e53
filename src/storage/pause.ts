import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

/** What holds the thread for less than this delays nobody: a pause would cost more. */
const heldLeastMs = 10;
const lookMs = 1;

/**
 * A synchronous driver holds the thread for a whole batch, and no request is heard meanwhile: no connection is accepted, no question is
 * read. A turn of the event loop accepts one connection, so that one turn between two batches is not enough. After a batch the others
 * have the thread for as long as the batch held it, or until none of them waits.
 */
export class Pause {
  private until = Number.NEGATIVE_INFINITY;

  /** The thread was held for so many milliseconds. */
  earn(heldMs: number): void {
    if (heldMs >= heldLeastMs) this.until = performance.now() + heldMs;
  }

  /** Waits until nobody waits to be heard, at most for as long as was earned. */
  async take(): Promise<void> {
    const before = performance.eventLoopUtilization();
    while (performance.now() < this.until) {
      await sleep(lookMs);
      // The event loop slept: nobody waits.
      if (performance.eventLoopUtilization(before).idle > 0) return;
    }
  }
}
