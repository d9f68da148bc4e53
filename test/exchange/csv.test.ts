import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { InvalidCell } from "../../src/services/exchange/cells";
import { importColumns } from "../../src/services/exchange/columns";
import {
  type Columns,
  type CsvRow,
  checkCsv,
  guardFormula,
  readCsv,
  UnreadableFile,
  writeCsv,
} from "../../src/services/exchange/csv";
import { toDivision } from "../../src/services/exchange/divisions.csv";
import { derivedRef, hoursColumns, toHoursEntry } from "../../src/services/exchange/hours.csv";
import { toStaff } from "../../src/services/exchange/staff.csv";
import { toRegistration, volunteersColumns } from "../../src/services/exchange/volunteers.csv";

const folder = mkdtempSync(join(tmpdir(), "goodhours-csv-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string | Buffer): string {
  const path = join(folder, "file.csv");
  writeFileSync(path, content);
  return path;
}

const a_and_b: Columns = { a: { need: "CELL", titles: ["甲"] }, b: { need: "COLUMN", titles: ["乙", "乙列"] } };

async function rows(path: string): Promise<CsvRow[]> {
  const found: CsvRow[] = [];
  for await (const row of readCsv(path, a_and_b)) found.push(row);
  return found;
}

const good = "a,b\r\n1,志愿者\r\n";
const gbk = Buffer.concat([Buffer.from("a,b\r\n1,"), Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]), Buffer.from("\r\n")]);

// Each file is broken in one way; the line is the spreadsheet's where it is known.
test.each<[string, string | Buffer, string, number | null]>([
  ["nothing in it", "", "EMPTY", null],
  ["only a byte order mark", "\ufeff", "EMPTY", null],
  ["GBK", gbk, "ENCODING", null],
  ["UTF-16", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, "utf16le")]), "ENCODING", null],
  ["a workbook in it", Buffer.from("504b030414000000080000002100", "hex"), "ENCODING", null],
  ["an old workbook in it", Buffer.from("d0cf11e0a1b11ae10000", "hex"), "ENCODING", null],
  ["UTF-16 without its mark", Buffer.from(good, "utf16le"), "NUL_BYTE", 1],
  ["a NUL byte", "a,b\r\n1,2\r\n1,\u00002\r\n", "NUL_BYTE", 3],
  ["a column missing", "a,c\r\n1,2\r\n", "COLUMNS_MISSING", 1],
  ["a title above its header", "名单,\r\na,b\r\n1,2\r\n", "COLUMNS_MISSING", 1],
  ["semicolons", "a;b\r\n1;2\r\n", "SEPARATOR", 1],
  ["tabs", "a\tb\r\n1\t2\r\n", "SEPARATOR", 1],
  ["Chinese commas", "甲，乙\r\n1，2\r\n", "SEPARATOR", 1],
  ["a column twice", "a,b,a\r\n1,2,3\r\n", "COLUMNS_REPEATED", 1],
  ["a column twice, by two names", "a,b,乙列\r\n1,2,3\r\n", "COLUMNS_REPEATED", 1],
  ["a value below no title", "a,b,\r\n1,2,\r\n1,2,3\r\n", "COLUMNS", 3],
  ["half a row at its end", "a,b\r\n1,2\r\n3", "COLUMNS", 3],
  ["a field too many", "a,b\r\n1,2,3\r\n", "COLUMNS", 2],
  ["half a quotation", 'a,b\r\n1,"2\r\n', "QUOTING", null],
  ["a quotation mark inside a field", 'a,b\r\n1,2"3\r\n', "QUOTING", null],
  ["half a character at its end", Buffer.from(good, "utf8").subarray(0, -3), "ENCODING", null],
  ["a row of five million commas", `a,b\r\n${",".repeat(5_000_000)}\r\n`, "ROW_TOO_LONG", 2],
  ["a cell of 10 MB", `a,b\r\n1,${"x".repeat(10_000_000)}\r\n`, "ROW_TOO_LONG", null],
  ["a cell of 10,001 characters", `a,b\r\n1,${"x".repeat(10_001)}\r\n`, "CELL_TOO_LONG", 2],
])("a file with %s is refused before a row of it is used", async (_what, content, code, line) => {
  const error = await checkCsv(file(content), a_and_b).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UnreadableFile);
  expect(error).toMatchObject({ code, ...(line === null ? {} : { line }) });
});

test.each([
  ["not there", join(folder, "none.csv"), "NOT_FOUND"],
  ["a folder", folder, "NOT_A_FILE"],
  ["a device", "/dev/null", "NOT_A_FILE"],
  ["not to be reached", join(folder, `${"x".repeat(300)}.csv`), "NOT_READABLE"],
])("a file that is %s is refused", async (_what, path, code) => {
  await expect(checkCsv(path, {})).rejects.toMatchObject({ name: "UnreadableFile", code });
});

test("rows count data, lines count the spreadsheet's: quoted line breaks and blank lines included", async () => {
  const found = await rows(file('\ufeffa,b\r\n1,"x\r\ny"\r\n\r\n2,z\n3,w'));
  expect(found.map(({ row, line, cells }) => [row, line, cells.b])).toEqual([
    [1, 2, "x\r\ny"],
    [2, 5, "z"],
    [3, 6, "w"],
  ]);
});

test.each(["=1", "+1", "-1", "@A", "＝1", "＋1", "－1", "＠A", "\t=1", "\r=1", "\n=1"])(
  "%j is written as text",
  (text) => {
    expect(guardFormula(text)).toBe(`'${text}`);
  },
);

test("every cell that is written is read back, except for the guard before formulas", async () => {
  const cell = fc
    .string({ unit: "grapheme", maxLength: 40 })
    .filter((text) => text.isWellFormed() && !text.includes("\u0000"));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (table) => {
      const writer = writeCsv(["a", "b"]);
      for (const [a, b] of table) writer.write([`.${a}`, `.${b}`]);
      writer.end();
      const chunks: Buffer[] = [];
      for await (const chunk of writer) chunks.push(Buffer.from(chunk));
      const read = await rows(file(Buffer.concat(chunks)));
      expect(read.map(({ cells }) => [cells.a, cells.b])).toEqual(table.map(([a, b]) => [`.${a}`, `.${b}`]));
    }),
    { numRuns: 150 },
  );
});

test("any bytes are rows or an UnreadableFile, never another error", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc
          .string({ unit: fc.constantFrom(...'a,"\r\n\t=\u0000é志'), maxLength: 200 })
          .map((text) => Buffer.from(`a,b\n${text}`)),
      ),
      async (bytes) => {
        const outcome = await rows(file(Buffer.from(bytes))).catch((error: unknown) => error);
        expect(Array.isArray(outcome) || outcome instanceof UnreadableFile).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});

const hoursRow: Record<string, string> = {
  external_ref: "R-1",
  volunteer_no: "FQ1",
  service_type: "LAUNDRY",
  started_at: "2026-09-12T14:00:00+08:00",
  ended_at: "2026-09-12T15:00:00+08:00",
  break_minutes: "0",
  place: "",
  content: "洗衣",
  activity_lead: "负责人",
  evidence: "",
};

// One cell changed at a time; null where the row is still an entry.
test.each<[string, string, string | null]>([
  ["break_minutes", "", null],
  ["break_minutes", "15", null],
  ["break_minutes", "一刻钟", "break_minutes"],
  ["break_minutes", "1.5", "break_minutes"],
  ["break_minutes", "-5", "break_minutes"],
  ["break_minutes", "=1+1", "break_minutes"],
  ["break_minutes", "１５", "break_minutes"],
  ["started_at", "2026-13-45 09:00", "started_at"],
  ["started_at", "2026-02-30T09:00:00+08:00", "started_at"],
  ["started_at", "2026-09-12T14:00:00", "started_at"],
  ["started_at", "2026-09-12T24:00:00+08:00", "started_at"],
  ["started_at", '=CMD("calc")', "started_at"],
  ["content", '=HYPERLINK("http://x")', null], // formula-like text is text
  ["content", " ", "content"],
  ["external_ref", "3.30681E+17", "external_ref"],
  ["evidence", "LETTER:letter-1", null],
  ["evidence", "LETTER:a;PHOTO:b:c", null],
  ["evidence", "签到表：2026-9；单位证明: 17", null],
  ["evidence", "RUMOUR:x", "evidence"],
  ["evidence", "LETTER:", "evidence"],
])("an hours row whose %s is %j", (column, cell, invalid) => {
  const read = () => toHoursEntry({ ...hoursRow, [column]: cell });
  if (invalid === null) expect(read()).toMatchObject({ volunteerNo: "FQ1" });
  else expect(read).toThrow(InvalidCell);
});

test("a line without a reference gets one from its content", () => {
  const bare = { ...hoursRow, external_ref: "" };
  expect(toHoursEntry(bare).externalRef).toBe(derivedRef(bare));
  expect(derivedRef({ ...bare, place: "x" })).not.toBe(derivedRef(bare));
  // What stands in one column is not what stands in another.
  expect(derivedRef({ ...bare, place: "x", evidence: "" })).not.toBe(derivedRef({ ...bare, place: "", evidence: "x" }));
  // Frozen: a file that was read once is known again by a later release, which may have more columns.
  expect(derivedRef(bare)).toBe("derived:a7aa2ea08c9b7fde008ccc817317a9a8");
});

test.each<[string, string, boolean | "invalid"]>([
  ["consent", "TRUE", true],
  ["consent", "否", false],
  ["consent", "ＹＥＳ", true],
  ["consent", "'是", true],
  ["birth_date", "'1980-01-01", true],
  ["consent", "maybe", "invalid"],
  ["birth_date", "2001-02-29", "invalid"],
  ["display_name", "3.30681E+17", "invalid"],
  ["guardian_name", "监护人", "invalid"], // a guardian needs relation and day as well
])("a volunteer's row whose %s is %s", (column, cell, outcome) => {
  const cells = {
    volunteer_no: "V-1",
    display_name: "某",
    birth_date: "1980-01-01",
    division: "fengqiao",
    consent: "true",
    guardian_name: "",
    guardian_relation: "",
    guardian_consented_on: "",
    [column]: cell,
  };
  if (outcome === "invalid") expect(() => toRegistration(cells)).toThrow(InvalidCell);
  else expect(toRegistration(cells).consent).toBe(outcome);
});

// What a spreadsheet leaves of a subject of many digits is no subject, and would be kept as it stands.
test.each<[string, string | null]>([
  ["'fengqiao-worker", "fengqiao-worker"],
  ["’8f14e45f", "8f14e45f"],
  ["8e14", "8e14"],
  ["o'neill", "o'neill"],
  ["3.30681E+17", null],
  ["1e+18", null],
])("a subject of %j", (subject, read) => {
  const row = () => toStaff({ role: "OFFICER", display_name: "某", subject });
  if (read === null) expect(row).toThrow(InvalidCell);
  else expect(row()).toMatchObject({ subject: read });
});

test("a cell that names something is read without a spreadsheet's apostrophe; free text is kept as it stands", () => {
  const marked = (cells: Record<string, string>) =>
    Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, cell && `'${cell}`]));
  const marks = ["volunteer_no", "service_type", "started_at", "ended_at", "break_minutes"];
  const row = {
    ...hoursRow,
    ...marked(Object.fromEntries(marks.map((column) => [column, hoursRow[column] as string]))),
  };
  expect(toHoursEntry(row)).toEqual(toHoursEntry(hoursRow));
  expect(toHoursEntry(marked({ ...hoursRow, evidence: "" }))).toMatchObject({ content: "'洗衣", externalRef: "'R-1" });
  const division = { code: "330681", name: "诸暨市", kind: "市", parent_code: "", official_code: "", retired: "否" };
  expect(toDivision({ ...marked(division), name: division.name })).toEqual(toDivision(division));
});

test.each(Object.entries<Columns>(importColumns))(
  "the columns of %s go by each of their names in both languages, however they are typed",
  async (_name, columns) => {
    const typed = (title: string) => [
      title,
      ` ${title.toUpperCase()}\u3000`,
      title.replace(/^./u, "$&\u3000"),
      title.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
    ];
    const names = Object.entries(columns).flatMap(([name, { titles }]) =>
      [name, ...titles].map((title) => [name, title]),
    );
    // No two columns of a file share a name.
    expect(new Set(names.map(([, title]) => title)).size).toBe(names.length);
    for (const [name, { titles }] of Object.entries(columns))
      expect([name, titles[0]]).toEqual([name, expect.stringMatching(/\p{Script=Han}/u)]);
    const most = Math.max(...Object.values(columns).map(({ titles }) => titles.length + 1));
    // Each file takes another name for each of the columns, in another order.
    for (let nth = 0; nth < most; nth += 1)
      for (let way = 0; way < 4; way += 1) {
        const header = Object.entries(columns)
          .toReversed()
          .map(([name, { titles }]) => typed([name, ...titles][nth % (titles.length + 1)] as string)[way] as string);
        const path = file(`\ufeff${header.join(",")}\r\n${header.map((_, at) => `c${at}`).join(",")}\r\n`);
        const titles = new Map<string, string>();
        expect(
          await checkCsv(path, columns, (found) => {
            for (const [name, title] of found) titles.set(name, title);
          }),
        ).toEqual({
          rows: 1,
          unread: [],
        });
        expect([...titles.keys()].toReversed()).toEqual(Object.keys(columns));
        for await (const { cells } of readCsv(path, columns))
          expect(Object.values(cells)).toEqual(header.map((_, at) => `c${at}`));
      }
  },
);

test("columns that the import does not read are named by their letters, and empty columns of a spreadsheet are left out", async () => {
  const path = file("备注,b,,a,备注,,\r\n,,,,,,\r\nx,2,,1,y,,\r\n , ,,,,,\r\n,4,,3,z,,\r\n,,,,,,\r\n");
  expect(await checkCsv(path, a_and_b)).toEqual({ rows: 2, unread: ["A", "C", "E"] });
  expect((await rows(path)).map(({ row, line, cells }) => [row, line, cells])).toEqual([
    [1, 3, { b: "2", a: "1" }],
    [2, 5, { b: "4", a: "3" }],
  ]);
});

test("the samples can be read", async () => {
  expect(await checkCsv("samples/hours.csv", hoursColumns)).toEqual({ rows: 12, unread: [] });
  expect(await checkCsv("samples/volunteers.csv", volunteersColumns)).toEqual({ rows: 8, unread: [] });
});
