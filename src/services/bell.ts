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
