/** Tells listeners of the journal's head after our commits at once, and of other processes' within a quarter second. */
export class Followers {
  private readonly listeners = new Set<(headSeq: number) => void>();
  private timer: NodeJS.Timeout | null = null;
  private lastSeq = -1;

  constructor(private readonly head: () => Promise<number>) {}

  add(listener: (headSeq: number) => void): () => void {
    this.listeners.add(listener);
    this.timer ??= setInterval(() => this.look(), 250).unref();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  }

  look(): void {
    if (this.listeners.size === 0) return;
    void this.head().then(
      (seq) => {
        if (seq === this.lastSeq) return;
        this.lastSeq = seq;
        for (const listener of this.listeners) listener(seq);
      },
      () => undefined,
    );
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }
}
