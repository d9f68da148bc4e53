import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { writeCsv } from "./csv";

export interface RefusedLine {
  row: number;
  line: number;
  key: string;
  code: string;
  reason: string;
}

/** The refused lines beside the file, written under another name and moved into place when complete. */
export class RefusedFile {
  readonly path: string;
  private stream: ReturnType<typeof writeCsv> | null = null;
  private written: Promise<void> | null = null;

  constructor(
    file: string,
    private readonly keyTitle: string,
    ending = "refused.csv",
  ) {
    this.path = `${file}.${ending}`;
  }

  /** An earlier run's list would be mistaken for this one's. */
  async begin(): Promise<void> {
    await rm(this.path, { force: true });
  }

  async add({ row, line, key, code, reason }: RefusedLine): Promise<void> {
    if (!this.stream) {
      this.stream = writeCsv(["row", "line", this.keyTitle, "code", "reason"]);
      this.written = pipeline(this.stream, createWriteStream(`${this.path}.part`));
    }
    if (!this.stream.write([row, line, key, code, reason]))
      await new Promise((resolve) => this.stream?.once("drain", resolve));
  }

  /** The path, or null when nothing was refused. */
  async end(): Promise<string | null> {
    if (!this.stream || !this.written) return null;
    this.stream.end();
    await this.written;
    await rename(`${this.path}.part`, this.path);
    return this.path;
  }
}
