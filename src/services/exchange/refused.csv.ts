import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { invariant } from "../../domain/kit/invariant";
import { writeCsv } from "./csv";

export interface RefusedLine {
  row: number;
  line: number;
  key: string;
  code: string;
  reason: string;
}

/** The heads of the list, in Chinese where the file's own are: the clerk puts the two side by side. */
function heads(keyTitle: string): string[] {
  return /\p{Script=Han}/u.test(keyTitle)
    ? ["序号", "行号", keyTitle, "代码", "原因"]
    : ["row", "line", keyTitle, "code", "reason"];
}

/** The list of refused rows cannot be written beside the file. */
export class Unwritable extends Error {
  override name = "Unwritable";
}

/** The refused lines beside the file, written under another name and moved into place when complete. */
export class RefusedFile {
  readonly path: string;
  private readonly part: string;
  private file: FileHandle | null = null;
  private stream: ReturnType<typeof writeCsv> | null = null;
  private written: Promise<void> | null = null;

  constructor(
    file: string,
    private readonly keyTitle: string,
    ending = "refused.csv",
  ) {
    this.path = `${file}.${ending}`;
    // Two processes may import the same file at once, and each writes its own list.
    this.part = `${this.path}.${process.pid}.part`;
  }

  /**
   * Removes the list of an earlier run, which could be mistaken for this one's, and opens the new list before any row is used.
   * Where that fails, the import does nothing: otherwise refused rows could be lost.
   */
  async begin(): Promise<void> {
    try {
      await rm(this.path, { force: true });
      await rm(this.part, { force: true });
      this.file = await open(this.part, "wx", 0o600);
    } catch (error) {
      const { code = "EIO" } = error as NodeJS.ErrnoException;
      throw new Unwritable(
        `the list of refused rows cannot be written beside the file (${code}): copy the file into a folder of yours`,
      );
    }
  }

  async add({ row, line, key, code, reason }: RefusedLine): Promise<void> {
    if (!this.stream) {
      invariant(this.file, "the list was begun");
      this.stream = writeCsv(heads(this.keyTitle));
      this.written = pipeline(this.stream, this.file.createWriteStream());
      // `end` reports the error. `add` must not wait for ever on a full disk.
      this.written.catch(() => undefined);
    }
    if (!this.stream.write([row, line, key, code, reason]) && !this.stream.destroyed)
      await Promise.race([new Promise((resolve) => this.stream?.once("drain", resolve)), this.written]);
  }

  /** The path, or null when nothing was refused. */
  async end(): Promise<string | null> {
    if (!this.stream || !this.written) {
      await this.drop();
      return null;
    }
    this.stream.end();
    await this.written;
    await rename(this.part, this.path);
    return this.path;
  }

  /** Removes the unfinished list: no row was refused, or the import broke off. */
  async drop(): Promise<void> {
    if (!this.file) return;
    this.stream?.destroy();
    await this.written?.catch(() => undefined);
    await this.file.close().catch(() => undefined);
    await rm(this.part, { force: true });
    this.file = null;
  }
}
