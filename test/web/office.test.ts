import { Workbook } from "exceljs";
import type { Actor } from "../../src/domain/actors";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";

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
      "各镇乡（街道）探访情况（2026-09）",
      "期限",
      "评定",
    ]);
    const rows = book.worksheets[0]?.getColumn(1).values ?? [];
    const line = rows.indexOf("重点对象月探访率");
    expect(book.worksheets[0]?.getRow(line).values).toEqual([
      undefined,
      "重点对象月探访率",
      "100%",
      "100%",
      "达标",
      "1 / 1",
      "《诸暨市推进新时代民政事业高质量发展的意见》第6项：重点对象月探访率 100%",
    ]);
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
});
