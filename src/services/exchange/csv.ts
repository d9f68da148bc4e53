import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Transform, type TransformCallback } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { stringify } from "csv-stringify";
import type { Text } from "../../domain/kit/language";
import { folded, type Words } from "./cells";

export const unreadableCodes = [
  "NOT_FOUND",
  "NOT_A_FILE",
  "NOT_READABLE",
  "EMPTY",
  "ENCODING",
  "NUL_BYTE",
  "SEPARATOR",
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
/** Of what is written between two ends of lines: the parser counts no commas, and a quotation mark in a cell is written twice. */
const lineMax = 4 * rowMax;

/** The file cannot be read to its end. The message never quotes the file: it may hold personal data. */
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
  /** The columns that the import does not read, by their letters in a spreadsheet: the header itself may hold personal data. */
  unread: string[];
}

/** A column of an import's file. */
export interface Column {
  /** CELL: the file must have the column, and each row a value. COLUMN: a row may leave it empty. NOTHING: the file may lack it. */
  readonly need: "CELL" | "COLUMN" | "NOTHING";
  /** The other titles that the column may have in a file. */
  readonly titles: readonly [string, ...string[]];
  /** What a cell takes, where it takes more than one of `words`. */
  readonly takes?: Text;
  /** The words for each code of a closed set. */
  readonly words?: Words;
  /** The fields of the API that are read from it, where their name is not the column's name in camel case. */
  readonly fields?: readonly string[];
}
export type Columns = Readonly<Record<string, Column>>;

/** The column from which the field at a refusal's path is read; null where the file has no such column. */
export function columnOf(columns: Columns, path: readonly string[]): string | null {
  for (const field of path.toReversed()) {
    const named = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const column = Object.keys(columns).find((name) => name === named || columns[name]?.fields?.includes(field));
    if (column !== undefined) return column;
  }
  return null;
}

/** The titles of a file's columns, by our own names for them. */
export type Titles = ReadonlyMap<string, string>;

/** Reads the whole file once, writing nothing, so that a broken file is refused before its first row is used. */
export async function checkCsv(
  path: string,
  columns: Columns,
  onTitles: (titles: Titles) => void = () => undefined,
): Promise<CsvReport> {
  const report: CsvReport = { rows: 0, unread: [] };
  const onHeader = (titles: Titles, unread: string[]) => {
    onTitles(titles);
    report.unread = unread;
    const missing = Object.keys(columns).filter((name) => columns[name]?.need !== "NOTHING" && !titles.has(name));
    if (missing.length === 0) return;
    const named = missing.map((name) => [name, ...(columns[name]?.titles ?? [])].join(" or "));
    const first = titles.size === 0 ? "the first row is not the header; " : "";
    throw new UnreadableFile("COLUMNS_MISSING", `${first}columns are missing: ${named.join(", ")}`, 1);
  };
  for await (const { row } of readCsv(path, columns, onHeader)) report.rows = row;
  return report;
}

/** Streams the rows in flat memory, each with the cells of the columns that are known. Rows without a value are no rows. */
export async function* readCsv(
  path: string,
  columns: Columns,
  onHeader: (titles: Titles, unread: string[]) => void = () => undefined,
): AsyncGenerator<CsvRow> {
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
  let header: Header | null = null;
  let row = 0;
  let line = 1;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const began = line;
      line += 1 + (record.join(" ").match(/\r\n|\n|\r/g)?.length ?? 0);
      if (record.every((cell) => cell.trim() === "")) continue;
      if (!header) {
        header = readHeader(record, columns, began);
        onHeader(header.titles, header.unread);
        continue;
      }
      const { names, size } = header;
      // A spreadsheet writes commas for columns that were emptied.
      const last = record.findLastIndex((cell) => cell.trim() !== "");
      if (record.length < size || last >= size)
        throw new UnreadableFile("COLUMNS", `a row has ${record.length} fields, the header ${size}`, began);
      if (record.some((cell) => cell.length > cellMax))
        throw new UnreadableFile("CELL_TOO_LONG", `a cell is longer than ${cellMax} characters`, began);
      row += 1;
      yield { row, line: began, cells: Object.fromEntries(names.map(([name, at]) => [name, record[at] as string])) };
    }
  } catch (error) {
    throw explain(error);
  } finally {
    source.destroy();
    text.destroy();
    parser.destroy();
  }
  if (!header) throw new UnreadableFile("EMPTY", "the file has no header");
}

interface Header {
  /** The known columns, each with its place in a row. */
  names: [name: string, at: number][];
  titles: Titles;
  unread: string[];
  /** How many columns the header has, up to the last one with a title. */
  size: number;
}

function readHeader(record: readonly string[], columns: Columns, line: number): Header {
  const known = new Map(
    Object.entries(columns).flatMap(([name, { titles }]) =>
      [name, ...titles].map((title) => [folded(title), name] as const),
    ),
  );
  const size = record.findLastIndex((title) => title.trim() !== "") + 1;
  const places = new Map<string, number>();
  const unread: string[] = [];
  for (const [at, title] of record.slice(0, size).entries()) {
    const name = known.get(folded(title));
    const before = name === undefined ? undefined : places.get(name);
    if (before !== undefined)
      throw new UnreadableFile("COLUMNS_REPEATED", `${letter(before)} and ${letter(at)} are the same column`, line);
    if (name === undefined) unread.push(letter(at));
    else places.set(name, at);
  }
  const separator = separators.find(([sign]) => size === 1 && record[0]?.includes(sign));
  if (separator)
    throw new UnreadableFile("SEPARATOR", `${separator[1]} part the cells; save it as CSV with commas`, line);
  const names = [...places];
  return { names, titles: new Map(names.map(([name, at]) => [name, (record[at] as string).trim()])), unread, size };
}

const separators = [
  [";", "semicolons"],
  ["\t", "tabs"],
  ["|", "vertical bars"],
  ["，", "Chinese commas"],
] as const;

/** A column's letters in a spreadsheet: A to Z, AA and so on. */
function letter(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : letter(Math.floor(at / 26) - 1) + letter(at % 26);
}

/** The reason why a file cannot be opened or read, by the code of the operating system. */
function unopened(error: unknown): UnreadableFile {
  const { code = "EIO" } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return new UnreadableFile("NOT_FOUND", "there is no such file");
  return new UnreadableFile("NOT_READABLE", `the file cannot be read (${code})`);
}

function explain(error: unknown): unknown {
  if (typeof (error as NodeJS.ErrnoException).syscall === "string") return unopened(error);
  if (!(error instanceof CsvError)) return error;
  const line = Number((error as CsvError & { lines?: number }).lines) || null;
  if (error.code === "CSV_MAX_RECORD_SIZE") return rowTooLong(line);
  return new UnreadableFile("QUOTING", "a quotation mark is not closed, or stands where none may", line);
}

const rowTooLong = (line: number | null) =>
  new UnreadableFile("ROW_TOO_LONG", `a row is longer than ${rowMax} bytes`, line);

/** The first bytes of spreadsheet files that are no text, whatever the file is called. */
const workbooks = [
  [Buffer.from([0x50, 0x4b, 0x03, 0x04]), "a workbook (.xlsx), or packed"],
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), "a workbook (.xls)"],
] as const;

const [lineFeed, carriageReturn] = [10, 13];

/** Lets UTF-8 through, with or without a byte order mark, and stops at anything else, at a NUL byte or at a line without an end. */
class Utf8Only extends Transform {
  private readonly decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  private line = 1;
  private lineBytes = 0;
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
    const kind = this.first ? workbooks.find(([begins]) => chunk.subarray(0, begins.length).equals(begins)) : undefined;
    if (kind) {
      done(new UnreadableFile("ENCODING", `the file is ${kind[1]}; save it as CSV UTF-8`));
      return;
    }
    this.first = false;
    for (const byte of chunk) {
      if (byte === lineFeed) this.line += 1;
      this.lineBytes = byte === lineFeed || byte === carriageReturn ? 0 : this.lineBytes + 1;
      if (byte === 0) return void done(new UnreadableFile("NUL_BYTE", "the file holds a NUL byte", this.line));
      if (this.lineBytes > lineMax) return void done(rowTooLong(this.line));
    }
    this.decode(chunk, done);
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
