import type SQLite from "better-sqlite3";

/**
 * `writer` is the connection by which this process writes: it notices what other processes wrote, and not what it wrote itself.
 *
 * A request reads in one transaction: outside of one, SQLite takes and gives back the file's locks for each statement, which
 * costs more than to find a row. A glance begins with the request's look at the journal. It ends when the turn of the event loop
 * ends, or before that when this process writes: no later question is answered by what stood before the write.
 */
export function openGlance(reader: SQLite.Database, writer: SQLite.Database) {
  const [begin, commit] = [reader.prepare("BEGIN"), reader.prepare("COMMIT")];
  const version = writer.prepare("PRAGMA data_version").pluck();
  let isOpen = false;
  let isScheduled = false;

  function end(): void {
    if (!isOpen) return;
    isOpen = false;
    commit.run();
  }

  return {
    end,
    /** Begins anew. Answers with a number that differs from the last one where another process has written since. */
    begin(): unknown {
      end();
      begin.run();
      isOpen = true;
      if (!isScheduled)
        setImmediate(() => {
          isScheduled = false;
          end();
        });
      isScheduled = true;
      return version.get();
    },
  };
}
