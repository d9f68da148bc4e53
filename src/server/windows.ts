/** What is left of a key's points, and until when. */
export interface Left {
  readonly remainingPoints: number;
  readonly msBeforeNext: number;
}

export interface Taking {
  readonly left: Left;
  readonly allowed: boolean;
}

interface Window {
  readonly endsAt: number;
  consumed: number;
}

/**
 * Counts points by key in this process, in windows that begin with the first point of a key and all last as long. Answers at once;
 * a library's counter in memory answers by a promise.
 */
export function openWindows({ points: most, duration }: { points: number; duration: number }) {
  /** The window that ends first is the first. */
  const windows = new Map<string, Window>();

  return (key: string, points: number): Taking => {
    const now = performance.now();
    for (const [ended, { endsAt }] of windows) {
      if (endsAt > now) break;
      windows.delete(ended);
    }
    const window = windows.get(key) ?? { endsAt: now + duration * 1000, consumed: 0 };
    windows.set(key, window);
    window.consumed += points;
    const left = { remainingPoints: Math.max(0, most - window.consumed), msBeforeNext: Math.ceil(window.endsAt - now) };
    return { left, allowed: window.consumed <= most };
  };
}
