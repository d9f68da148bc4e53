import { EdgeError } from "./errors";
import type { Identity } from "./identity";

interface Watching extends Pick<Identity, "endedAmong"> {
  /** How often they are asked after, while anything is open. */
  readonly lookMs: number;
}

/** What is open for a session ends when its owner signs out, here or at another server of the bank. */
export function watchSessions({ endedAmong, lookMs }: Watching) {
  const open = new Map<string, Set<(error: EdgeError) => void>>();
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const ended = await endedAmong([...open.keys()]);
    for (const session of ended) for (const end of open.get(session) ?? []) end(new EdgeError("UNAUTHENTICATED"));
  }

  return {
    /** Calls `end` once the session was signed out of, until the returned function is called. */
    watch(session: string, end: (error: EdgeError) => void): () => void {
      const ends = open.get(session) ?? new Set();
      open.set(session, ends.add(end));
      // A database that is away tells nothing: it is asked again.
      timer ??= setInterval(() => void look().catch(() => undefined), lookMs).unref();
      return () => {
        ends.delete(end);
        if (ends.size === 0 && open.get(session) === ends) open.delete(session);
        if (open.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

export type Sessions = ReturnType<typeof watchSessions>;
