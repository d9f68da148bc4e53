import type { Instant } from "../../domain/calendar";
import { refuse } from "../../domain/refusal";

const triesMost = 10;
const pauseMs = 300_000;
const rememberedMost = 50_000;

/** Six digits can be guessed by whoever may guess for ever: after ten wrong ones a person waits five minutes. */
export class Tries {
  private readonly wrong = new Map<string, { count: number; until: Instant }>();
  constructor(private readonly clock: () => Instant) {}

  check(who: string): void {
    const tried = this.wrong.get(who);
    if (!tried || tried.count < triesMost) return;
    if (this.clock() < tried.until) refuse("TOO_MANY_TRIES", { until: new Date(tried.until).toISOString() });
    this.wrong.delete(who);
  }

  count(who: string): void {
    if (this.wrong.size >= rememberedMost) this.wrong.delete(this.wrong.keys().next().value as string);
    this.wrong.set(who, { count: (this.wrong.get(who)?.count ?? 0) + 1, until: this.clock() + pauseMs });
  }

  forget(who: string): void {
    this.wrong.delete(who);
  }
}
