import type SQLite from "better-sqlite3";
import { type Soon, whenKnown } from "../../domain/kit/soon";
import type { View } from "../store";

/**
 * `writer` is the connection by which this process writes: it notices what other processes wrote, and not what it wrote itself.
 *
 * A request reads in one transaction: outside of one, SQLite takes and gives back the file's locks for each statement, which
 * costs more than to find a row. A glance begins with a request's look at the journal, and the requests of the same turn of the
 * event loop share it as long as nothing was written. It ends with the turn, or before that when this process writes: no later
 * question is answered by what stood before the write.
 */
export function openGlance(reader: SQLite.Database, writer: SQLite.Database) {
  const [begin, commit] = [reader.prepare("BEGIN"), reader.prepare("COMMIT")];
  const version = writer.prepare("PRAGMA data_version").pluck();
  let isOpen = false;
  let isScheduled = false;
  let seen: unknown;
  /** Counts what was written, by whichever process, as far as glances have noticed. */
  let writes = 0;

  function end(): void {
    if (!isOpen) return;
    isOpen = false;
    commit.run();
  }

  return {
    end,
    /** Called when this process begins to write, and when it has written. */
    wrote(): void {
      writes += 1;
      end();
    },
    /** What an open glance sees is the same as long as this number is; null where none is open. */
    state: () => (isOpen ? writes : null),
    /** Sees what is written by now. Answers with a number that differs from the last one where another process has written since. */
    begin(): unknown {
      const now = version.get();
      // The number is read before anything that the glance sees: where it stands still, there is nothing newer to see.
      if (isOpen && now === seen) return now;
      if (now !== seen) writes += 1;
      seen = now;
      end();
      begin.run();
      isOpen = true;
      if (!isScheduled)
        setImmediate(() => {
          isScheduled = false;
          end();
        });
      isScheduled = true;
      return now;
    },
  };
}

export type Glance = ReturnType<typeof openGlance>;

const sessionsMost = 10_000;

/**
 * Each request asks whether its session was ended. One that had not ended is not looked for again until something is written,
 * by whichever process; between glances it always is.
 */
export function rememberSessions({ state }: Glance, endedAmong: View["endedAmong"]): View["endedAmong"] {
  const standing = new Set<string>();
  let as: number | null = null;
  return (sessions): Soon<ReadonlySet<string>> => {
    const now = state();
    if (now === null) return endedAmong(sessions);
    if (now !== as || standing.size > sessionsMost) standing.clear();
    as = now;
    if (sessions.every((session) => standing.has(session))) return new Set<string>();
    return whenKnown(endedAmong(sessions), (ended) => {
      if (state() === now) for (const session of sessions) if (!ended.has(session)) standing.add(session);
      return ended;
    });
  };
}
