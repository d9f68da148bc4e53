import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Transform, type TransformCallback } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { stringify } from "csv-stringify";
import type { Words } from "./cells";

export const unreadableCodes = [
  "NOT_FOUND",
  "NOT_A_FILE",
  "NOT_READABLE",
  "EMPTY",
  "ENCODING",
  "NUL_BYTE",
  "COLUMNS_MISSING",
  "COLUMNS_REPEATED",
  "COLUMNS",
  "QUOTING",
  "CELL_TOO_LONG",
  "ROW_TOO_LONG",
] as const;
export type UnreadableCode = (typeof unreadableCodes)[number];

const cellMax = 10_000;
const rowMax = 65_536;

/** A file that cannot be read to its end as it stands. The message never quotes the file: it may hold personal data. */
export class UnreadableFile extends Error {
  override name = "UnreadableFile";
  constructor(
    readonly code: UnreadableCode,
    message: string,
    readonly line: number | null = null,
  ) {
    super(line === null ? message : `${message} (line ${line})`);
  }
}

export interface CsvRow {
  /** Data rows from 1; `line` is the spreadsheet's line on which the row begins, the header being line 1. */
  row: number;
  line: number;
  cells: Record<string, string>;
}
export interface CsvReport {
  rows: number;
  ignoredColumns: string[];
}

/** The columns of a file. */
export interface Columns {
  /** Those that it has to have. */
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** By which other names a column may go. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /** What a column takes that takes one of a closed set: the words for each code. */
  readonly values?: Readonly<Record<string, Words>>;
  /** Which column a field of the API is read from, where it is not the field's name with underscores. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** The column from which the field of a refusal's path is read; null where none is. */
export function columnOf({ required, optional = [], fields = {} }: Columns, path: readonly string[]): string | null {
  for (const field of path.toReversed()) {
    const column = fields[field] ?? field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (required.includes(column) || optional.includes(column)) return column;
  }
  return null;
}

/** What a file calls its columns, by our own names. */
export type Titles = ReadonlyMap<string, string>;

/** Reads the whole file once, writing nothing, so that a broken file is refused before its first row is used. */
export async function checkCsv(
  path: string,
  columns: Columns,
  onTitles: (titles: Titles) => void = () => undefined,
): Promise<CsvReport> {
  let rows = 0;
  let header: string[] = [];
  const onHeader = (titles: Titles) => {
    onTitles(titles);
    header = [...titles.keys()];
    const missing = columns.required.filter((name) => !titles.has(name));
    const named = missing.map((name) => [name, ...(columns.headers?.[name] ?? [])].join(" or "));
    if (missing.length > 0) throw new UnreadableFile("COLUMNS_MISSING", `columns are missing: ${named.join(", ")}`, 1);
  };
  for await (const row of readCsv(path, columns.headers, onHeader)) {
    rows = row.row;
  }
  return { rows, ignoredColumns: header.filter((name) => !columns.required.includes(name)) };
}

/** Streams the rows in flat memory. */
export async function* readCsv(
  path: string,
  headers: Columns["headers"] = {},
  onHeader: (titles: Titles) => void = () => undefined,
): AsyncGenerator<CsvRow> {
  const columnOf = new Map(Object.entries(headers).flatMap(([column, names]) => names.map((name) => [name, column])));
  const file = await stat(path).catch((error: unknown) => {
    throw unopened(error);
  });
  if (!file.isFile())
    throw new UnreadableFile("NOT_A_FILE", file.isDirectory() ? "this is a folder" : "this is no file");
  if (file.size === 0) throw new UnreadableFile("EMPTY", "the file is empty");
  const source = createReadStream(path);
  const text = new Utf8Only();
  const parser = parse({
    bom: true,
    relax_column_count: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: rowMax,
  });
  source.on("error", (error) => parser.destroy(error));
  text.on("error", (error) => parser.destroy(error));
  source.pipe(text).pipe(parser);
  let names: string[] | null = null;
  let row = 0;
  let line = 1;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const began = line;
      line += 1 + (record.join(" ").match(/\r\n|\n|\r/g)?.length ?? 0);
      if (record.length === 1 && record[0] === "") continue;
      if (!names) {
        names = record.map((name) => columnOf.get(name.trim()) ?? name.trim());
        if (new Set(names).size !== names.length)
          throw new UnreadableFile("COLUMNS_REPEATED", "a column stands twice in the header", began);
        onHeader(new Map(names.map((name, i) => [name, (record[i] as string).trim()])));
        continue;
      }
      if (record.length !== names.length)
        throw new UnreadableFile("COLUMNS", `a row has ${record.length} fields, the header ${names.length}`, began);
      if (record.some((cell) => cell.length > cellMax))
        throw new UnreadableFile("CELL_TOO_LONG", `a cell is longer than ${cellMax} characters`, began);
      row += 1;
      yield { row, line: began, cells: Object.fromEntries(names.map((name, i) => [name, record[i] as string])) };
    }
  } catch (error) {
    throw explain(error);
  } finally {
    source.destroy();
    text.destroy();
    parser.destroy();
  }
  if (!names) throw new UnreadableFile("EMPTY", "the file has no header");
}

/** Why a file cannot be opened, or read on: by the operating system's code. */
function unopened(error: unknown): UnreadableFile {
  const { code = "EIO" } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return new UnreadableFile("NOT_FOUND", "there is no such file");
  return new UnreadableFile("NOT_READABLE", `the file cannot be read (${code})`);
}

function explain(error: unknown): unknown {
  if (typeof (error as NodeJS.ErrnoException).syscall === "string") return unopened(error);
  if (!(error instanceof CsvError)) return error;
  const line = Number((error as CsvError & { lines?: number }).lines) || null;
  if (error.code === "CSV_MAX_RECORD_SIZE")
    return new UnreadableFile("ROW_TOO_LONG", `a row is longer than ${rowMax} bytes`, line);
  return new UnreadableFile("QUOTING", "a quotation mark is not closed, or stands where none may", line);
}

/** Lets UTF-8 through, with or without a byte order mark, and stops at anything else or at a NUL byte. */
class Utf8Only extends Transform {
  private readonly decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  private line = 1;
  private first = true;

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    if (
      this.first &&
      chunk.length >= 2 &&
      ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff))
    ) {
      done(new UnreadableFile("ENCODING", "the file is UTF-16; save it as CSV UTF-8"));
      return;
    }
    this.first = false;
    const nul = chunk.indexOf(0);
    this.line += countLines(nul < 0 ? chunk : chunk.subarray(0, nul));
    if (nul >= 0) done(new UnreadableFile("NUL_BYTE", "the file holds a NUL byte", this.line));
    else this.decode(chunk, done);
  }

  override _flush(done: TransformCallback): void {
    this.decode(null, done);
  }

  private decode(chunk: Buffer | null, done: TransformCallback): void {
    try {
      if (chunk) this.decoder.decode(chunk, { stream: true });
      else this.decoder.decode();
      done(null, chunk ?? undefined);
    } catch {
      done(new UnreadableFile("ENCODING", "the file is not UTF-8 (GBK, perhaps); save it as CSV UTF-8"));
    }
  }
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

/** A CSV stream that spreadsheets open safely: BOM, CRLF, and an apostrophe before text that would be a formula. */
export function writeCsv(columns: readonly string[]) {
  return stringify({
    header: true,
    bom: true,
    record_delimiter: "windows",
    columns: [...columns],
    cast: { string: guardFormula },
  });
}

export function guardFormula(text: string): string {
  return /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
}
