/** Wakes one sleeper; a ring while nobody sleeps is kept for the next. Once silent, nobody sleeps again. */
export class Bell {
  silent = false;
  private ringing = false;
  private wake: (() => void) | null = null;

  ring(): void {
    this.ringing = true;
    this.wake?.();
  }

  silence(): void {
    this.silent = true;
    this.ring();
  }

  async rung(): Promise<void> {
    if (!this.ringing) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.wake = null;
    this.ringing = this.silent;
  }
}

/**
 * What a generator tells that sleeps by this bell. A generator asleep in an await hears nothing of its own return: it is
 * woken, or a reader who left stays listed.
 */
export function wakeful<T>(bell: Bell, events: AsyncGenerator<T, undefined>): AsyncIterableIterator<T> {
  return {
    next: () => events.next(),
    return: () => {
      bell.silence();
      return events.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
