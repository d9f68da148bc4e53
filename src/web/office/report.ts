import type { IndicatorUnit } from "../../domain/indicators";
import type { Day } from "../../domain/kit/calendar";
import type { Language } from "../../domain/kit/language";
import type { Answer } from "../answers";
import { typeface } from "../drawn/typeface";
import { bracketed, count, monthName, plainDay } from "../format";
import { signInFirst } from "../pages/plain";
import { texts } from "../texts";
import type { Visit } from "../visit";
import { dayAsked, type OfficeFacts, officeFacts, shareOf } from "./facts";
import { daysWords, levelWord, measure, metWord, standing } from "./words";

/** A cell: a figure or a day as a workbook calculates with it, and as people read it; a text is both. */
type Cell = string | { value: number | Date | null; text: string; format: string };
/** One table of the report: a heading, its columns and its lines. */
interface Table {
  title: string;
  /** The name of its sheet, where it is not the title. */
  sheet?: string;
  columns: { name: string; width: number }[];
  lines: Cell[][];
}

const number = (value: number | null, language: Language): Cell =>
  value === null ? "–" : { value, text: count(value, language), format: "#,##0" };
/** A workbook knows days, and no zones. */
const dayCell = (day: Day, language: Language, mark = ""): Cell => ({
  value: new Date(`${day}T00:00:00Z`),
  text: plainDay(day, language) + mark,
  format: mark === "" ? "yyyy-mm-dd" : `yyyy-mm-dd"${mark}"`,
});

/**
 * A figure that stays a figure, within its words. A number below zero stays a plain figure too, since its words say so already.
 */
function inWords(words: string): string {
  const format = words
    .split(/\{\w+\}/)
    .map((part) => part && `"${part}"`)
    .join("0");
  return `${format};${format}`;
}

/** A value of an indicator in its unit; a share is rounded down to a tenth of a percent, as a figure and in words. */
function measured(value: number | null, unit: IndicatorUnit, language: Language): Cell {
  const text = measure(value, unit, language);
  if (value === null) return text;
  if (unit === "RATIO") return { value: Math.floor(value * 1000 + 1e-9) / 1000, text, format: "0.0%" };
  if (unit === "MINUTES") return { value: value / 60, text, format: `#,##0.0" ${texts.hoursUnit[language]}"` };
  return { value, text, format: Number.isInteger(value) ? "#,##0" : "#,##0.00" };
}

/** The monthly report, from the same facts as the page, for the office to file and to send on. */
export const reportPdf = (visit: Visit) => report(visit, "pdf", "application/pdf", drawPdf);
export const reportXlsx = (visit: Visit) =>
  report(visit, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", writeXlsx);

async function report(
  visit: Visit,
  ending: string,
  type: string,
  write: (title: string, tables: Table[], visit: Visit) => Promise<Buffer>,
): Promise<Answer> {
  if (!visit.signedIn) return signInFirst(visit);
  const facts = await officeFacts(visit, dayAsked(visit), { whole: true });
  const title = visit.say("reportTitle", { month: monthName(facts.month, visit.language) });
  const body = await write(title, tablesOf(visit, facts), visit);
  const headers = { "content-disposition": `attachment; filename="goodhours-${facts.month}.${ending}"` };
  return { status: 200, type, body, keep: "PRIVATE", headers };
}

function tablesOf(visit: Visit, facts: OfficeFacts): Table[] {
  const { say, language } = visit;
  return [
    {
      title: say("indicators"),
      columns: [
        { name: say("indicator"), width: 26 },
        { name: say("value"), width: 10 },
        { name: say("reported"), width: 10 },
        { name: say("target"), width: 10 },
        { name: say("met"), width: 9 },
        { name: say("counted"), width: 8 },
        { name: say("countedOf"), width: 8 },
        { name: say("clause"), width: 19 },
      ],
      lines: facts.indicators.map(({ label, value, reported, unit, target, met, numerator, denominator, citation }) => [
        label[language],
        measured(value, unit, language),
        reported ? measured(reported.value, unit, language) : "–",
        measured(target, unit, language),
        metWord(met, say),
        number(numerator, language),
        number(denominator, language),
        citation,
      ]),
    },
    {
      title: say("visitMap", { month: monthName(facts.month, language) }),
      columns: [
        { name: say("division"), width: 40 },
        { name: say("visited"), width: 20 },
        { name: say("owed"), width: 20 },
        { name: say("value"), width: 20 },
      ],
      lines: facts.visits.map((line) => {
        const share = shareOf(line) ?? 0;
        return [
          line.name,
          number(line.met, language),
          number(line.owed, language),
          { value: share / 100, text: `${share}%`, format: "0%" },
        ];
      }),
    },
    {
      sheet: say("clocks"),
      title: facts.clocks
        .map((list) => say(`clocks_${list.of}`, { month: monthName(facts.month, language), count: list.count }))
        .join(" "),
      columns: [
        { name: say("dueDay"), width: 18 },
        { name: say("whatIsDue"), width: 22 },
        { name: say("responsible"), width: 24 },
        { name: say("daysLeft"), width: 11 },
        { name: say("clause"), width: 25 },
      ],
      lines: facts.clocks.flatMap(({ due }) =>
        due.map((clock) => [
          dayCell(clock.dueOn, language, clock.dueOnProvisional ? bracketed(say("provisional"), language) : ""),
          say(`clock_${clock.kind}`),
          clock.responsible ?? say("theOffice"),
          {
            value: clock.workingDaysLeft,
            text: daysWords({ say, language }, clock),
            format: inWords(say(clock.state === "OVERDUE" ? "daysOver" : "daysToGo")),
          },
          clock.citation,
        ]),
      ),
    },
    {
      sheet: say("ratingRounds"),
      title: standing(visit, facts.asOf, "ratingRounds"),
      columns: [
        { name: say("ratedOrganization"), width: 40 },
        { name: say("state"), width: 30 },
        { name: say("score"), width: 15 },
        { name: say("level"), width: 15 },
      ],
      lines: facts.rounds.flatMap(({ round, applications }) =>
        applications.map(({ name, state, score, level }) => [
          name,
          say(`rating_${state}`),
          number(score, language),
          level === null
            ? "–"
            : {
                value: level,
                text: levelWord(level, round.instrument, { say, language }),
                format: inWords(say(`level_${round.instrument}`)),
              },
        ]),
      ),
    },
  ];
}

// Both libraries are loaded by the first report: they would be half of what a start waits for.
async function drawPdf(title: string, tables: Table[], { say, services, language }: Visit): Promise<Buffer> {
  const PDFDocument = require("pdfkit") as typeof import("pdfkit");
  const document = new PDFDocument({ size: "A4", margin: 48, info: { Title: title }, font: undefined });
  const parts: Buffer[] = [];
  document.on("data", (part: Buffer) => parts.push(part));
  const done = new Promise<void>((resolve, reject) => document.on("end", resolve).on("error", reject));
  // Given as a font and not as bytes: pdfkit reads bytes anew for each cell of a table.
  // Casts: the types of pdfkit take the name or the bytes of a font, and no font; and they give the columns of a table no widths in percent.
  document.registerFont("text", typeface(400) as never);
  document.font("text").fontSize(18).text(title);
  document
    .fontSize(9)
    .fillColor("#555")
    .text(say("reportMade", { day: plainDay(services.today(), language) }));
  for (const { title: heading, columns, lines } of tables) {
    // A heading is never the last thing on a page: its table would begin on the next.
    if (document.y + headedSpace > document.page.height - document.page.margins.bottom) document.addPage();
    document.moveDown(1.2).fillColor("#000").fontSize(13).text(heading).moveDown(0.4).fontSize(8);
    if (lines.length === 0) document.text("–");
    else
      document.table({
        columnStyles: columns.map(({ width }) => `${width}%`) as never,
        rowStyles: (row: number) => ({
          border: [0, 0, 0.5, 0],
          borderColor: "#bbb",
          padding: 3,
          ...(row === 0 ? { backgroundColor: "#f3ede4" } : {}),
        }),
        data: [columns.map(({ name }) => name), ...lines.map((line) => line.map(textOf))],
      } as never);
  }
  document.end();
  await done;
  return Buffer.concat(parts);
}

/** The height of a heading, the head of its table and a first line, in points. */
const headedSpace = 140;
const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text);

async function writeXlsx(title: string, tables: Table[], { services }: Visit): Promise<Buffer> {
  const { Workbook } = require("exceljs") as typeof import("exceljs");
  const book = new Workbook();
  book.title = title;
  book.created = new Date(services.now());
  for (const { title: heading, sheet: short = heading, columns, lines } of tables) {
    // A sheet's name has at most 31 letters, and none of these.
    const sheet = book.addWorksheet(short.replaceAll(/[\\/*?:[\]]/g, " ").slice(0, 31));
    sheet.columns = columns.map(({ name, width }) => ({ header: name, width }));
    sheet.getRow(1).font = { bold: true };
    sheet.views = [{ state: "frozen", ySplit: 1 }];
    for (const line of lines) {
      const row = sheet.addRow(line.map((cell) => (typeof cell === "string" ? cell : cell.value)));
      for (const [i, cell] of line.entries()) if (typeof cell !== "string") row.getCell(i + 1).numFmt = cell.format;
    }
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}
