import type SQLite from "better-sqlite3";

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

  function end(): void {
    if (!isOpen) return;
    isOpen = false;
    commit.run();
  }

  return {
    end,
    /** Sees what is written by now. Answers with a number that differs from the last one where another process has written since. */
    begin(): unknown {
      const now = version.get();
      // The number is read before anything that the glance sees: where it stands still, there is nothing newer to see.
      if (isOpen && now === seen) return now;
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
