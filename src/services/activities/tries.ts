import type { Instant } from "../../domain/calendar";
import { refuse } from "../../domain/refusal";

const triesMost = 10;
const pauseMs = 300_000;
const rememberedMost = 50_000;

/** Six digits can be guessed by whoever may guess for ever: after ten tries, right ones too, a person waits five minutes. */
export class Tries {
  private readonly tried = new Map<string, { count: number; until: Instant }>();
  constructor(private readonly clock: () => Instant) {}

  /** Counts one more, or refuses with TOO_MANY_TRIES. */
  count(who: string): void {
    const now = this.clock();
    const before = this.tried.get(who);
    if (before && before.count >= triesMost && now < before.until)
      refuse("TOO_MANY_TRIES", { until: new Date(before.until).toISOString() });
    const rested = !before || now >= before.until;
    if (this.tried.size >= rememberedMost) this.tried.delete(this.tried.keys().next().value as string);
    this.tried.set(who, { count: rested ? 1 : before.count + 1, until: now + pauseMs });
  }
}
