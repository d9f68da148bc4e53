import type { Browser, Page } from "playwright-core";
import type { Shift } from "../../src/domain/facts/activities";
import type { Actor } from "../../src/domain/permissions/actors";
import { openBrowser } from "../support/browser";
import { check, shiftOf } from "./support/day";
import { openVisitor, type Visitor } from "./support/visitor";

/** What cannot be undone is asked again, on a page of its own that says what it does and to how many people. */
let browser: Browser;
let visitor: Visitor;
let mei: Actor;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  visitor = await openVisitor({ people: 0 });
  mei = await visitor.day.bank.actorOf(visitor.day.mei);
  visitor.day.bank.setClock("2026-09-05T08:40:00+08:00");
});
afterEach(() => visitor.close());

async function open(path: string, actor: Actor): Promise<Page> {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 390, height: 844 } });
  context.setDefaultTimeout(10_000);
  await context.addCookies([{ name: "goodhours", value: await visitor.api.token(actor), url: visitor.api.url }]);
  const page = await context.newPage();
  await page.goto(`${visitor.api.url}${path}`);
  return page;
}
const stateOf = async (slug: string) => (await visitor.day.bank.store.view.activityBySlug(slug))?.state;
const head = async () => (await visitor.day.bank.store.view.head()).seq;

/** Three people: one is there, one is expected, one waits for the only place that is left. */
async function fill(slug: string) {
  const { day } = visitor;
  const { shifts } = await day.charity.announce(slug, { shift: { capacity: 2 } });
  const shift = shifts[0] as Shift;
  for (const no of ["V-1101", "V-1102", "V-1103"]) await day.charity.signUp(await day.bank.volunteer(no), shift);
  return shift;
}

describe("Enter in a field", () => {
  it("of the lead's page takes no step: the page that asks has nothing to type into", async () => {
    await fill("small");
    const page = await open("/lead/small", visitor.day.lead);
    const before = await head();
    const fields = page.locator("input:not([type=hidden]), select, textarea");
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    expect(await fields.count()).toBeGreaterThan(2);
    for (let i = 0; i < (await fields.count()); i += 1) {
      await page.goto(`${visitor.api.url}/lead/small`);
      await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
      const field = fields.nth(i);
      if ((await field.getAttribute("name")) === "reason") await field.fill("下雨");
      await field.press("Enter");
      await page.waitForLoadState();
      expect(await head()).toBe(before);
    }
    expect(await stateOf("small")).toBe("PUBLISHED");
    await page.context().close();
  });

  it("of a form on any page presses the only button that the form has", async () => {
    const { day } = visitor;
    const [mother, child] = [
      await day.bank.volunteer("V-51"),
      await day.bank.volunteer("V-52", { birthDate: "2013-01-01", guardian: true }),
    ];
    const pair = { volunteerId: child.id, guardianId: mother.id };
    await day.bank.services.guardians.link(day.bank.worker, { idempotencyKey: visitor.key(), ...pair });
    const { shifts } = await day.charity.announce("saplings", { serviceType: "ENVIRONMENT", openToMinors: true });
    await day.charity.signUp(child, shifts[0] as Shift);
    const clinic = shiftOf(day, "clinic");
    await day.charity.signUp(day.mei, clinic);
    const seen: [Actor, string][] = [
      [mei, "/my"],
      [mei, "/a/clinic"],
      [mei, `/in/${clinic.id}?t=a.b`],
      [mei, `/in/${clinic.id}`],
      [mei, "/join"],
      [mei, "/sign-in"],
      [await day.bank.actorOf(mother), "/my"],
      [day.lead, "/lead/clinic"],
      [day.lead, "/lead/postponed"],
      [day.lead, `/kiosk/${clinic.id}`],
      [day.lead, `/kiosk/${clinic.id}?by=number`],
      [day.bank.officer, "/office"],
      [day.bank.officer, "/lead/clinic"],
    ];
    for (const [actor, path] of seen) {
      const { text } = await visitor.get(path, { actor });
      for (const [form] of text.matchAll(/<form.*?<\/form>/gs))
        expect([path, form.match(/<button[^>]*type="submit"/g)?.length]).toEqual([path, 1]);
    }
  });
});

describe("what would be refused", () => {
  it("offers no calling off once a volunteer has come, and no check-in where nobody can check in", async () => {
    const { day, get } = visitor;
    const clinic = shiftOf(day, "clinic");
    await day.charity.signUp(day.mei, clinic);
    const offered = async (slug: string) => {
      const { text } = await get(`/lead/${slug}`, { actor: day.lead });
      return ['value="CANCEL"', 'value="POSTPONE"', "打开签到屏", 'value="in"'].filter((control) =>
        text.includes(control),
      );
    };
    expect(await offered("clinic")).toEqual(['value="CANCEL"', 'value="POSTPONE"', "打开签到屏", 'value="in"']);
    await check(day, "checkIn", day.mei, clinic);
    expect(await offered("clinic")).toEqual(["打开签到屏"]);
    expect(await offered("postponed")).toEqual(['value="CANCEL"']);
  });
});

describe("the page that asks", () => {
  const steps: [action: string, sentences: string[]][] = [
    ["CANCEL", ["取消活动？", "3 人的报名会被取消", "不能恢复"]],
    ["POSTPONE", ["延期活动？", "3 位报名者会收到通知", "报名继续有效"]],
    ["END", ["结束活动？", "3 人的报名会被取消", "不能再签到"]],
  ];
  it.each(steps)("says what %s does, and to how many people", async (action, sentences) => {
    await fill("small");
    visitor.day.bank.setClock("2026-09-05T09:30:00+08:00");
    const version = async () => String((await visitor.day.bank.store.view.activityBySlug("small"))?.version);
    const start = { do: "advance", action: "START", version: await version(), sure: "yes" };
    if (action === "END") await visitor.post("/lead/small", start, { actor: visitor.day.lead });
    const before = await head();
    const fields = { do: "advance", action, version: await version(), reason: "台风" };
    const asked = await visitor.post("/lead/small", fields, { actor: visitor.day.lead });
    expect([asked.status, await head()]).toEqual([200, before]);
    for (const sentence of [...sentences, "理由：台风"]) expect(asked.text).toContain(sentence);
    // The way back stands before the button that does it, which is the last of the page.
    expect(asked.text.indexOf("不，返回")).toBeLessThan(asked.text.lastIndexOf("<button"));
    const done = await visitor.post("/lead/small", { ...fields, sure: "yes" }, { actor: visitor.day.lead });
    expect([done.status, (await head()) > before]).toEqual([303, true]);
  });

  it("is reached and left by hand, and takes the step on the second press alone", async () => {
    await fill("small");
    const page = await open("/lead/small", visitor.day.lead);
    const sections = await page
      .locator("main section")
      .evaluateAll((all) => all.map((section) => section.textContent ?? ""));
    // What ends the day for others stands at the end of the page, and of those the cancelling is the last.
    expect(sections.at(-1)).toMatch(/^其他操作.*取消活动/s);
    const summary = page.locator("summary", { hasText: "取消活动" });
    const reason = page.locator("#reason-CANCEL");
    await summary.click();
    await reason.fill("台风预警");
    await reason.press("Enter");
    await page.getByRole("heading", { name: "取消活动？" }).waitFor();
    await page.getByRole("link", { name: "不，返回" }).click();
    expect(await stateOf("small")).toBe("PUBLISHED");
    await page.locator("summary", { hasText: "取消活动" }).click();
    await page.locator("#reason-CANCEL").fill("台风预警");
    await page.locator("#reason-CANCEL").press("Enter");
    await page.getByRole("button", { name: "确定取消活动" }).click();
    await page.getByText("已取消").first().waitFor();
    expect(await stateOf("small")).toBe("CANCELLED");
    await page.context().close();
  });

  it("keeps the fold open, what was typed in it, and the error beside its field", async () => {
    const fields = { do: "advance", action: "CANCEL", version: "99", reason: "下雨了" };
    const refused = await visitor.post("/lead/clinic", fields, { actor: visitor.day.lead });
    expect(refused.text).toMatch(/<details class="other" open><summary>取消活动/);
    expect(refused.text).toContain('value="下雨了"');
    const version = String((await visitor.day.bank.store.view.activityBySlug("clinic"))?.version);
    const empty = await visitor.post("/lead/clinic", { ...fields, version, reason: "" }, { actor: visitor.day.lead });
    const input = /<input[^>]*id="reason-CANCEL"[^>]*>/.exec(empty.text)?.[0];
    expect(input).toContain('aria-invalid="true"');
    expect(input).toContain('aria-describedby="reason-CANCEL-error"');
    expect(empty.text).toContain('<p class="error" id="reason-CANCEL-error">须填写理由。');
  });
});
