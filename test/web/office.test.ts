import { inflateSync } from "node:zlib";
import { Workbook } from "exceljs";
import type { Actor } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";
import { engines } from "../support/engines";

let bank: TestBank;
let api: TestApi;
beforeAll(async () => {
  bank = await openBank(undefined, "2026-08-20T09:00:00+08:00");
  await fillCharity(bank);
  api = await openApi(bank);
});
afterAll(async () => {
  await api.close();
  await bank.close();
});

const ask = async (path: string, actor: Actor | null) => {
  const headers: Record<string, string> = { "accept-language": "zh" };
  if (actor) headers.cookie = `goodhours=${await api.token(actor)}`;
  return fetch(`${api.url}${path}`, { headers });
};

describe("the office's page", () => {
  it("is for officers and auditors, and for supervisors of their own", async () => {
    expect((await ask("/office", null)).status).toBe(401);
    for (const path of ["/office", "/office/report.pdf", "/office/report.xlsx"])
      expect([path, (await ask(path, bank.worker)).status]).toEqual([path, 403]);
    for (const actor of [bank.officer, bank.supervisor, await bank.staff("AUDITOR", null)])
      expect((await ask("/office", actor)).status).toBe(200);
    expect((await ask("/office", bank.officer)).headers.get("cache-control")).toBe("private, no-store");
  });

  it("shows what the API tells, of the day or of the month that is asked for", async () => {
    const today = await (await ask("/office", bank.officer)).text();
    for (const text of [
      "截至2026年9月20日",
      "重点对象月探访率",
      "100%",
      "枫桥镇",
      "平台星级评定",
      "待决定的回避 1 项",
      "尚未封存抽查号",
    ])
      expect(today).toContain(text);
    const august = await (await ask("/office?month=2026-08", bank.officer)).text();
    expect(august).toContain("截至2026年8月31日");
    // What is no month is the present one.
    expect(await (await ask("/office?month=2026-13", bank.officer)).text()).toContain("截至2026年9月20日");
    const english = await (await ask("/office?lang=en", bank.officer)).text();
    expect(english).toContain("Certified social workers");
    expect(english).not.toMatch(/\{\w+\}/);
  });

  it("writes months, ranges and votes as a Chinese paper does, and what scrolls is reached by the keys", async () => {
    const text = await (await ask("/office", bank.officer)).text();
    const read = text.replaceAll(/<[^>]*>/g, "\n");
    expect(read).toContain("2026年8月");
    expect(read.match(/\d{4}-\d{2}/g)).toBeNull();
    expect(read).toMatch(/\d+年\d+月\d+日至\d+年\d+月\d+日/);
    expect(read.match(/日 ?[–-]|[✓✗]/g)).toBeNull();
    expect(read).toMatch(/[已未]达法定人数/);
    expect(text.match(/<(?:div|section) class="scroll[^>]*>/g)?.filter((tag) => !tag.includes("tabindex"))).toEqual([]);
  });

  it("shows what can still be done in time before what cannot", async () => {
    expect((await bank.log("C-1", "2026-09-16", "09:00", "11:00")).code).toBeNull();
    bank.setClock("2026-09-28T09:00:00+08:00");
    const text = await (await ask("/office", bank.officer)).text();
    const [soon, late] = ["即将到期", "已逾期"].map((heading) => text.indexOf(heading)) as [number, number];
    expect([soon > 0, soon < late]).toEqual([true, true]);
    bank.setClock("2026-09-20T09:00:00+08:00");
  });

  it("names nobody who is looked after", async () => {
    const text = await (await ask("/office", bank.officer)).text();
    for (const secret of ["老人", "志愿者C-1", "恶意", "曾任理事", "常年义诊"]) expect(text).not.toContain(secret);
  });
});

describe("the monthly report", () => {
  it("is a workbook with a sheet for each part, of the same figures", async () => {
    const answer = await ask("/office/report.xlsx?month=2026-09", bank.officer);
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="goodhours-2026-09.xlsx"');
    const book = new Workbook();
    await book.xlsx.load(await answer.arrayBuffer());
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      "指标",
      "各镇乡（街道）探访情况（2026年9月）",
      "期限",
      "评定",
    ]);
    const rows = book.worksheets[0]?.getColumn(1).values ?? [];
    const line = rows.indexOf("重点对象月探访率");
    expect(book.worksheets[0]?.getRow(line).values).toEqual([
      undefined,
      "重点对象月探访率",
      // One of the two was taken off the list unvisited: the month's visit is owed all the same.
      0.5,
      "–",
      1,
      "未达标",
      1,
      2,
      "《诸暨市推进新时代民政事业高质量发展的意见》第6项：重点对象月探访率 100%",
    ]);
  });

  it("counts with figures: shares as percents, each with its format", async () => {
    const book = new Workbook();
    await book.xlsx.load(await (await ask("/office/report.xlsx?month=2026-09", bank.officer)).arrayBuffer());
    for (const sheet of book.worksheets)
      sheet.eachRow((row, i) =>
        row.eachCell((cell) => {
          // No text of a workbook is a figure: what looks like one is one.
          if (i > 1 && typeof cell.value === "string") expect(cell.value).not.toMatch(/^[\d.,]+ ?%?$/);
        }),
      );
    const rows = book.worksheets[0]?.getColumn(1).values ?? [];
    const share = book.worksheets[0]?.getRow(rows.indexOf("重点对象月探访率")).getCell(2);
    expect([share?.value, share?.numFmt]).toEqual([0.5, "0.0%"]);
  });

  it("reads each figure as people say it, and no figure as another", async () => {
    await bank.services.policies.set(bank.officer, {
      idempotencyKey: bank.key(),
      key: "indicator.populations",
      value: [{ code: "zhuji", people: 1_000_000 }],
      effectiveFrom: bank.services.today(),
      citation: "2025 年统计公报",
    });
    const book = new Workbook();
    await book.xlsx.load(await (await ask("/office/report.xlsx?month=2026-09", bank.officer)).arrayBuffer());
    const [indicators, , due] = book.worksheets;
    const formats = new Set<string>();
    indicators?.eachRow((row) =>
      row.eachCell((cell) => {
        formats.add(cell.numFmt);
        // Organisations a ten thousand people: 0.02 is not read as 0.
        if (typeof cell.value === "number" && !Number.isInteger(cell.value))
          expect([cell.address, cell.numFmt]).not.toEqual([cell.address, "#,##0"]);
      }),
    );
    expect(formats).toContain("#,##0.00");
    expect(formats).toContain('#,##0.0" 小时"');
    const words = ['"已逾期 "0" 个工作日"', '"还有 "0" 个工作日"'].map((format) => `${format};${format}`);
    due?.eachRow((row, i) => i > 1 && expect(words).toContain(row.getCell(4).numFmt));
  });

  it("is a PDF whose Chinese letters can be seen", async () => {
    const answer = await ask("/office/report.pdf?month=2026-09", bank.officer);
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    // An embedded face with outlines: without one the page would be blank.
    expect(bytes.includes("/FontFile2")).toBe(true);
    expect(bytes.length).toBeGreaterThan(20_000);
    expect(bytes.length).toBeLessThan(400_000);
  });

  it("is reported from the page by an officer, who is asked first, once", async () => {
    const headers = { cookie: `goodhours=${await api.token(bank.officer)}`, "accept-language": "zh", origin: api.url };
    const link = "/office/report-month?month=2026-07";
    expect(await (await ask("/office?month=2026-07", bank.officer)).text()).toContain(`href="${link}"`);
    // This month is not over, and a supervisor reports nothing.
    expect(await (await ask("/office?month=2026-09", bank.officer)).text()).not.toContain("/office/report-month");
    expect(await (await ask("/office?month=2026-07", bank.supervisor)).text()).not.toContain("/office/report-month");

    // What stands as it is today says so beside a month that is over.
    const past = await (await ask("/office?month=2026-07", bank.officer)).text();
    for (const heading of ["评定", "抽查"]) expect(past).toContain(`${heading}（截至2026年9月20日）</h2>`);

    const question = await (await ask(link, bank.officer)).text();
    for (const text of ["上报2026年7月的数字？", "每个月只能上报一次", "确定上报"]) expect(question).toContain(text);
    const form = new URLSearchParams(
      [...question.matchAll(/name="(month|key|sure)" value="([^"]+)"/g)].map(([, ...pair]) => pair),
    );
    const post = (cookie: string) =>
      fetch(`${api.url}/office/report-month`, {
        method: "POST",
        body: form,
        headers: { ...headers, cookie },
        redirect: "manual",
      });
    expect((await post(`goodhours=${await api.token(bank.supervisor)}`)).status).toBe(422);
    for (let i = 0; i < 2; i++) {
      const done = await post(headers.cookie);
      expect([done.status, done.headers.get("location")]).toEqual([303, "/office?month=2026-07"]);
    }
    const after = await (await ask("/office?month=2026-07", bank.officer)).text();
    expect([after.includes("上报数 "), after.includes("/office/report-month")]).toEqual([true, false]);
    form.set("key", "another");
    const again = await post(headers.cookie);
    expect([again.status, (await again.text()).includes("上报")]).toEqual([422, true]);
  });
});

/** Overdue lists ended at 25 without a word, and each month's report printed the deadlines of today. */
describe.each(engines)("lists of what is due on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeAll(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
    api = await openApi(bank);
    // 60 services of 3 to 5 August, whose tenth working day is 17 to 19 August; one of 18 August, due on 1 September.
    bank.setClock("2026-08-06T09:00:00+08:00");
    for (let i = 0; i < 60; i += 1) {
      await bank.volunteer(`D-${i}`);
      await bank.log(`D-${i}`, `2026-08-0${3 + (i % 3)}`, "09:00", "11:00");
    }
    bank.setClock("2026-08-19T09:00:00+08:00");
    await bank.log("D-1", "2026-08-18", "09:00", "11:00");
    bank.setClock("2026-09-20T09:00:00+08:00");
  });
  afterAll(async () => {
    await api.close();
    await bank.close();
  });
  const get = async (path: string) => {
    const headers = { "accept-language": "zh", cookie: `goodhours=${await api.token(bank.officer)}` };
    return fetch(`${api.url}${path}`, { headers });
  };
  const days = (text: string) =>
    [...text.matchAll(/<th scope="row" class="day">([^<]+)</g)].map(([, day]) => day as string);

  test("say how many there are in all, and go on to the last", async () => {
    const [{ count } = { count: 0 }] = await bank.ground.raw(
      "SELECT count(*) AS count FROM service_records WHERE state = 'SUBMITTED' AND record_by < '2026-09-20'",
    );
    expect(Number(count)).toBe(61);
    let path: string | undefined = "/office";
    const daysShown: string[] = [];
    const sizes: number[] = [];
    while (path) {
      const text: string = await (await get(path)).text();
      expect(text).toContain("已逾期（61 项）");
      const shown = days(text);
      sizes.push(shown.length);
      daysShown.push(...shown);
      path = /href="(\/office\?[^"]*overdue=[^"]+)#/.exec(text)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(sizes).toEqual([25, 25, 11]);
    expect(daysShown.filter((day) => day === "2026年8月17日")).toHaveLength(20);
    expect(daysShown.at(-1)).toBe("2026年9月1日");
    expect(await (await get("/office")).text()).toMatch(/已逾期 \d+ 个工作日/);
  });

  test("of a month hold what was due in it, and nothing of another", async () => {
    const [august, september, july] = await Promise.all(
      ["2026-08", "2026-09", "2026-07"].map(async (month) => {
        const book = new Workbook();
        await book.xlsx.load(await (await get(`/office/report.xlsx?month=${month}`)).arrayBuffer());
        const sheet = book.worksheets[2];
        const rows = Array.from({ length: (sheet?.rowCount ?? 1) - 1 }, (_, i) => sheet?.getRow(i + 2));
        return { name: sheet?.name, rows };
      }),
    );
    expect([august?.rows.length, september?.rows.length, july?.rows.length]).toEqual([60, 1, 0]);
    const [first] = august?.rows ?? [];
    // Days are days and numbers are numbers, each with the format it is read in.
    expect(first?.getCell(1).value).toEqual(new Date("2026-08-17T00:00:00Z"));
    expect([first?.getCell(1).numFmt, typeof first?.getCell(4).value]).toEqual(["yyyy-mm-dd", "number"]);
    expect(september?.rows[0]?.getCell(1).value).toEqual(new Date("2026-09-01T00:00:00Z"));
    const page = await (await get("/office?month=2026-08")).text();
    expect(page).toContain("2026年8月到期、尚未办结（60 项）");
    expect(days(page).every((day) => day.startsWith("2026年8月"))).toBe(true);
  });

  test("leave no heading alone at the end of a page, however long the table before it is", async () => {
    for (const month of ["2026-07", "2026-08", "2026-09"]) {
      const bytes = Buffer.from(await (await get(`/office/report.pdf?month=${month}`)).arrayBuffer());
      const drawn = pagesOf(bytes);
      expect(drawn.length).toBeGreaterThan(0);
      // A heading is set in 13 points and its table in 8: on each page a table's letters come after the last heading.
      for (const page of drawn) {
        const sizes = [...page.matchAll(/\/F\d+ ([\d.]+) Tf/g)].map(([, size]) => Number(size));
        expect(sizes.at(-1)).not.toBe(13);
      }
    }
  });
});

/** What is drawn on each page of a PDF, as operators. */
function pagesOf(bytes: Buffer): string[] {
  const textsDrawn: string[] = [];
  for (let at = bytes.indexOf("stream\n"); at >= 0; at = bytes.indexOf("stream\n", at + 7)) {
    const end = bytes.indexOf("endstream", at);
    try {
      const text = inflateSync(bytes.subarray(at + 7, end)).toString("latin1");
      if (/ Tf\b/.test(text)) textsDrawn.push(text);
    } catch {
      // Not a deflated one.
    }
  }
  return textsDrawn;
}
