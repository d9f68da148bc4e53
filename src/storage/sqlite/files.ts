import { chmodSync, closeSync, openSync, statSync } from "node:fs";
import { explained, faultOf, sufferings } from "../faults";
import { CannotOpen } from "../migrations";

/** Opens a file. Where it is another user's, a folder or on a full disk, the start is refused in one line that names it. */
export function opening<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const fault = faultOf(error);
    if (error instanceof CannotOpen || fault === null) throw error;
    const suffering = sufferings[fault.suffering];
    throw new CannotOpen(`${path} cannot be opened: ${suffering}: ${explained(error)}`, { cause: error });
  }
}

/** A file that its owner alone can read, and what SQLite puts beside it, too. */
export function makePrivate(path: string): void {
  opening(path, () => closeSync(openSync(path, "a", 0o600)));
  for (const end of ["", "-wal", "-shm"]) {
    const mode = statSync(`${path}${end}`, { throwIfNoEntry: false })?.mode;
    if (mode === undefined || (mode & 0o077) === 0) continue;
    try {
      chmodSync(`${path}${end}`, mode & 0o700);
    } catch {
      throw new CannotOpen(`${path}${end} can be read by others, and belongs to another user: give it to this one`);
    }
  }
}

/** How often a reader looks whether the bank's file is still in its place; the writer looks before each batch. */
export const placeLookMs = 100;

/**
 * Checks that the files of this path are those that were opened, the write-ahead log and its index with them: SQLite would
 * go on in a file that was renamed or deleted, and what it acknowledges there is lost. `everyMs` is how old an answer may be.
 */
export function placeOf(path: string): (everyMs?: number) => void {
  const files = [path, `${path}-wal`, `${path}-shm`].map((name) => ({
    name,
    opened: statSync(name, { throwIfNoEntry: false }),
  }));
  let lookedAt = performance.now();
  return (everyMs = 0) => {
    if (performance.now() - lookedAt < everyMs) return;
    for (const file of files) {
      const current = statSync(file.name, { throwIfNoEntry: false });
      file.opened ??= current;
      if (current?.ino !== file.opened?.ino || current?.dev !== file.opened?.dev)
        throw new Moved(current !== undefined);
    }
    lookedAt = performance.now();
  };
}

class Moved extends Error {
  readonly code = "MOVED";
  constructor(another: boolean) {
    super(
      another ? "another file stands in the place of the bank's: restart" : "the bank's file is gone from its place",
    );
  }
}
