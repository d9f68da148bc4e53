import type { Logger } from "pino";

interface Stoppable {
  close(): Promise<void>;
}

interface SignalOptions {
  readonly logger: Logger;
  readonly exit?: (code: number) => void;
}

/**
 * Lets an operator stop the server: the first SIGTERM or SIGINT closes it in good order and exits with 0, a second one
 * (Ctrl-C was pressed again) exits at once. The returned function forgets the signals.
 */
export function stopOnSignals(edge: Stoppable, { logger, exit = process.exit }: SignalOptions): () => void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return exit(1);
    stopping = true;
    logger.info({ signal }, "stopping");
    try {
      await edge.close();
      logger.info("stopped");
      exit(0);
    } catch (error) {
      logger.error({ err: error }, "could not stop in good order");
      exit(1);
    }
  };
  const signals = ["SIGTERM", "SIGINT"] as const;
  for (const signal of signals) process.on(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

/** Resolves when all work is done or when patience ends, whichever is first; tells which. */
export async function patiently(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  try {
    return await Promise.race([work.then(() => true), tired]);
  } finally {
    clearTimeout(timer);
  }
}
