import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Shift } from "../../src/domain/facts/activities";
import type { Actor } from "../../src/domain/permissions/actors";
import { openBrowser } from "../support/browser";
import { check, shiftOf } from "./support/day";
import { campaign, openVisitor, type Visitor } from "./support/visitor";

/** Real Chromium against the real edge. What takes time is waited for by what it shows. */
let browser: Browser;
let visitor: Visitor;
let mei: Actor;
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

beforeAll(async () => {
  browser = await openBrowser();
  visitor = await openVisitor({ people: 6 });
  const { bank } = visitor.day;
  bank.setClock("2026-09-05T08:00:00+08:00");
  mei = await bank.actorOf(visitor.day.mei);
});
beforeEach(() => visitor.day.bank.setClock("2026-09-05T10:20:00+08:00"));
afterAll(async () => {
  await browser?.close();
  await visitor?.close();
});

type Given = Parameters<Browser["newContext"]>[0] & { actor?: Actor; hasClock?: boolean };
async function open(
  path: string,
  { actor, hasClock, ...contextOptions }: Given = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    locale: "zh-CN",
    viewport: { width: 360, height: 800 },
    ...contextOptions,
  });
  context.setDefaultTimeout(10_000);
  if (actor)
    await context.addCookies([{ name: "goodhours", value: await visitor.api.token(actor), url: visitor.api.url }]);
  if (hasClock) await context.clock.install();
  const page = await context.newPage();
  await page.goto(`${visitor.api.url}${path}`);
  return { context, page };
}

interface Result {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** The page with everything opened that can be, looked at by axe in light and in dark; elders.test.ts looks so at all pages. */
async function look(page: Page): Promise<object[]> {
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
  await page.addScriptTag({ content: axe });
  const tags = JSON.stringify(["wcag2a", "wcag2aa", "wcag21aa"]);
  const faults: object[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const result = (await page.evaluate(`axe.run(document, { runOnly: { type: "tag", values: ${tags} } })`)) as Result;
    for (const { id, nodes } of result.violations)
      faults.push({ colorScheme, id, where: nodes.slice(0, 3).map(({ html }) => html) });
  }
  if (!(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))) faults.push({ id: "too wide" });
  return faults;
}

describe("an invitation", () => {
  it("is opened by its link: the code is in the field, a wrong one shows an error, and one press brings the volunteer in", async () => {
    const { bank } = visitor.day;
    const { id: volunteerId } = await bank.volunteer("V-61");
    const invitation = { idempotencyKey: bank.key(), organizationId: bank.station.id, invitees: [{ volunteerId }] };
    const code = (await bank.services.invitations.invite(bank.worker, invitation)).value[0]?.code as string;
    const { context, page } = await open(`/join#${code}`, { bypassCSP: true });
    expect(await page.getByLabel("邀请码").inputValue()).toBe(code);
    // The code is not left in the address, which others may see.
    expect(page.url()).toBe(`${visitor.api.url}/join`);
    await page.getByRole("button", { name: "登录并继续" }).click();
    await page.getByLabel("登录码").fill(await visitor.api.token({ ...bank.worker, personId: "wx-61" }));
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("button", { name: "是我，确认加入" }).waitFor();
    const faults = await look(page);
    await page.goto(`${visitor.api.url}/join`);
    await page.getByRole("button", { name: "是我，确认加入" }).click();
    await page.waitForURL(/\/my$/);
    await page.goto(`${visitor.api.url}/join`);
    await page.getByLabel("邀请码").fill(code);
    await page.getByRole("button").last().click();
    await page.getByRole("alert").waitFor();
    faults.push(...(await look(page)));
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe("a volunteer's day", () => {
  it("is found, signed up for, checked in by the screen's digits and out again, by pressing buttons", async () => {
    const { day } = visitor;
    const { context, page } = await open(campaign);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
    await page.getByRole("link", { name: "名医义诊进广场" }).click();
    await page.getByRole("link", { name: "登录后报名" }).click();
    await page.getByLabel("登录码").fill(await visitor.api.token(mei));
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("button", { name: "报名", exact: true }).click();
    await page.getByText("已报名").waitFor();
    await page.getByRole("link", { name: "去签到" }).click();

    const screen = await open(`/kiosk/${shiftOf(day, "clinic").id}`, { actor: day.lead, hasClock: true });
    const digits = (await screen.page.locator("[data-digits]").textContent()) as string;
    await page.getByLabel("屏幕上的六位数字").fill(digits.trim());
    await page.getByRole("button", { name: "签到", exact: true }).click();
    await page.getByText("已于 10:20 签到").waitFor();
    // The screen asks again by itself every ten seconds; its clock is ours.
    await screen.page.clock.runFor(11_000);
    await screen.page.locator("[data-present]", { hasText: "3" }).waitFor();
    await screen.context.close();

    day.bank.setClock("2026-09-05T11:05:00+08:00");
    await page.reload();
    const { token } = await day.bank.services.attendance.screen.code(day.lead, shiftOf(day, "clinic").id);
    await page.goto(`${page.url()}?t=${token}`);
    await page.getByRole("button", { name: "签退", exact: true }).first().click();
    await page.getByText("已于 11:05 签退").waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it("works without JavaScript", async () => {
    const { day } = visitor;
    const volunteer = await day.bank.volunteer("V-3001");
    const actor = await day.bank.actorOf(volunteer);
    const shift = shiftOf(day, "books").id;
    const { context, page } = await open("/a/books", { actor, javaScriptEnabled: false });
    await page.getByRole("button", { name: "报名", exact: true }).click();
    await page.getByRole("link", { name: "去签到" }).click();
    await page.getByLabel("屏幕上的六位数字").fill("000000");
    await page.getByRole("button", { name: "签到", exact: true }).click();
    await page.getByText("签到码无效或已过期").waitFor();
    const { token } = await day.bank.services.attendance.screen.code(day.lead, shift);
    await page.goto(`${visitor.api.url}/in/${shift}?t=${token}`);
    await page.getByRole("button", { name: "签到", exact: true }).first().click();
    await page.getByText("已于 10:20 签到").waitFor();
    await page.goto(`${visitor.api.url}${campaign}`);
    expect(await page.locator("[data-total=checkedIn]").textContent()).toMatch(/^\d+$/);
    expect(await page.getByLabel("页面地址").inputValue()).toBe(`${visitor.api.url}${campaign}`);
    await context.close();
  });

  it("keeps a press on a weak line, and sends it when the line is back", async () => {
    const { day } = visitor;
    const actor = await day.bank.actorOf(await day.bank.volunteer("V-3002"));
    const shift = shiftOf(day, "books").id;
    const { token } = await day.bank.services.attendance.screen.code(day.lead, shift);
    const { context, page } = await open(`/in/${shift}?t=${token}`, { actor });
    await context.setOffline(true);
    await page.getByRole("button", { name: "签到", exact: true }).first().click();
    await page.getByText("已保存，有网络时自动补传").waitFor();
    day.bank.setClock("2026-09-05T10:30:00+08:00");
    await context.setOffline(false);
    await page.getByText("已于 10:20 签到").waitFor();
    await page.getByText("补传", { exact: true }).waitFor();
    expect(await page.evaluate("localStorage.getItem('goodhours check-ins')")).toBe("[]");
    await context.close();
  });

  it("corrects a mistyped digit, by pressing again", async () => {
    const { bank, lead } = visitor.day;
    const actor = await bank.actorOf(await bank.volunteer("V-3021"));
    const shift = shiftOf(visitor.day, "clinic").id;
    const { digits } = await bank.services.attendance.screen.code(lead, shift);
    const { context, page } = await open(`/in/${shift}`, { actor });
    const press = page.getByRole("button", { name: "签到", exact: true });
    for (const [typed, message] of [
      [digits === "000000" ? "000001" : "000000", "签到码无效或已过期"],
      [digits, "已于 10:20 签到"],
    ] as const) {
      await page.getByLabel("屏幕上的六位数字").fill(typed);
      await press.click();
      await page.getByText(message).waitFor();
      expect(await page.getByText(message).count()).toBe(1);
    }
    await context.close();
  });

  it("comes and goes on a line that answers nothing: each press is kept, and sent in order", async () => {
    const { bank, lead } = visitor.day;
    const volunteer = await bank.volunteer("V-3022");
    const shift = shiftOf(visitor.day, "clinic").id;
    const { context, page } = await open(`/in/${shift}`, { actor: await bank.actorOf(volunteer), hasClock: true });
    let hangs = true;
    await page.route("**/in/*", (route) =>
      hangs && route.request().method() === "POST" ? undefined : route.continue(),
    );
    const press = async (name: string, time: string) => {
      bank.setClock(`2026-09-05T${time}:00+08:00`);
      const { digits } = await bank.services.attendance.screen.code(lead, shift);
      await page.getByLabel("屏幕上的六位数字").fill(digits);
      await page.getByRole("button", { name, exact: true }).click();
      await page.getByText("正在提交").waitFor();
      await page.clock.runFor(8_000);
      await page.getByText("已保存，有网络时自动补传").waitFor();
    };
    await press("签到", "10:20");
    await page.clock.runFor(40 * 60_000);
    await press("签退", "11:00");
    hangs = false;
    await page.clock.runFor(15_000);
    await page.getByText("已于 11:00 签退").waitFor();
    const signUp = (await bank.store.view.signUpsForShifts(volunteer.id, [shift])).get(shift);
    expect(signUp?.state).toBe("COMPLETED");
    expect(await page.evaluate("localStorage.getItem('goodhours check-ins')")).toBe("[]");
    await context.close();
  });

  it("is asked for the position, which decides there and then and stays nowhere", async () => {
    const { bank, charity, lead } = visitor.day;
    const venue = { latitude: 29.7169, longitude: 120.2401 };
    const { shifts } = await charity.announce("square-dance", { shift: { ...venue, radiusMetres: 200 } });
    const shift = shifts[0] as Shift;
    const { token } = await bank.services.attendance.screen.code(lead, shift.id);
    const stand = async (no: string, phone: Given) => {
      const volunteer = await bank.volunteer(no);
      const actor = await bank.actorOf(volunteer);
      const { context, page } = await open(`/in/${shift.id}?t=${token}`, { ...phone, actor });
      await page.getByText("同意使用本次位置核对是否在现场").first().click();
      const press = () => page.getByRole("button", { name: "签到", exact: true }).first().click();
      const verdict = async () => {
        const signUp = (await bank.store.view.signUpsForShifts(volunteer.id, [shift.id])).get(shift.id);
        const attendances = await bank.store.view.attendancesOfSignUps(signUp ? [signUp.id] : []);
        return [...attendances.values()][0]?.placeVerdict;
      };
      return { context, page, press, verdict };
    };
    const permissions = ["geolocation"];

    const near = await stand("V-3011", { permissions, geolocation: venue });
    await near.press();
    await near.page.getByText("已于 10:20 签到").waitFor();
    expect(await near.verdict()).toBe("WITHIN");
    await near.context.close();

    const far = await stand("V-3012", { permissions, geolocation: { ...venue, latitude: 29.8 } });
    await far.press();
    await far.page.getByText("您离活动地点太远，须在 200 米内签到").waitFor();
    expect(await far.verdict()).toBeUndefined();
    await far.context.close();

    const shy = await stand("V-3013", { permissions: [] });
    await shy.page.getByText("未取得位置，仍可签到。").waitFor();
    await shy.press();
    await shy.page.getByText("已于 10:20 签到").waitFor();
    expect(await shy.verdict()).toBe("NOT_GIVEN");
    await shy.context.close();

    const offline = await stand("V-3014", { permissions, geolocation: venue });
    await offline.context.setOffline(true);
    await offline.press();
    await offline.page.getByText("已保存，有网络时自动补传").waitFor();
    const kept = await offline.page.evaluate("localStorage.getItem('goodhours check-ins')");
    expect(kept).toContain("act=in");
    expect(kept).not.toContain("itude");
    await offline.context.close();
  });
});

describe("the venue's screen", () => {
  it("says so when its line is down, instead of showing a code that has ended", async () => {
    const { page, context } = await open(`/kiosk/${shiftOf(visitor.day, "clinic").id}`, {
      actor: visitor.day.lead,
      hasClock: true,
    });
    const digits = page.locator("[data-digits]");
    const shown = await digits.textContent();
    const down = page.getByText("网络已断开");
    await page.route("**/code.json", (route) => route.fulfill({ status: 502, json: {} }));
    await page.clock.runFor(35_000);
    expect([await digits.textContent(), await down.isVisible()]).toEqual([shown, false]);
    await context.setOffline(true);
    await page.clock.runFor(30_000);
    await down.waitFor();
    await context.setOffline(false);
    await page.unroute("**/code.json");
    await page.clock.runFor(2_000);
    await down.waitFor({ state: "hidden" });
    expect(await page.locator("[data-countdown]").textContent()).toMatch(/^\d+ 秒后更新$/);
    await context.close();
  });

  it("leaves a half-typed number alone, and goes back to the code once nobody is there", async () => {
    const path = `/kiosk/${shiftOf(visitor.day, "clinic").id}`;
    const { page, context } = await open(path, { actor: visitor.day.lead, hasClock: true });
    await page.getByRole("link", { name: "没有手机？输入编号" }).click();
    await page.clock.runFor(50_000);
    await page.getByLabel("志愿者编号").pressSequentially("V-20");
    await page.clock.runFor(50_000);
    expect(await page.getByLabel("志愿者编号").inputValue()).toBe("V-20");
    // Half a number is not taken away without a word (WCAG 2.2.1): there is time to say that one is there.
    const warning = page.getByRole("alert");
    await page.clock.runFor(15_000);
    await warning.getByText("秒后清空并返回签到码").waitFor();
    await warning.getByRole("button", { name: "继续输入" }).click();
    expect([await warning.count(), await page.getByLabel("志愿者编号").inputValue()]).toEqual([0, "V-20"]);
    await page.clock.runFor(61_000);
    await warning.waitFor();
    await page.clock.runFor(25_000);
    expect(await page.getByLabel("志愿者编号").inputValue()).toBe("V-20");
    await page.clock.runFor(10_000);
    await page.locator("[data-digits]").waitFor();
    await context.close();
  });
});

describe("the campaign's page", () => {
  it("moves its totals without being loaded again", async () => {
    const { day } = visitor;
    const { context, page } = await open(campaign);
    const total = page.locator("[data-total=checkedIn]");
    const before = Number(await total.textContent());
    await page.evaluate("window.stayed = true");
    const volunteer = await day.bank.volunteer("V-3003");
    await check(day, "checkIn", volunteer, shiftOf(day, "books"));
    await total.filter({ hasText: String(before + 1) }).waitFor();
    expect(await page.evaluate("window.stayed")).toBe(true);
    // The drawings follow, with the position they are true at in their address.
    await page.locator('img[data-chart][src*="&at="]').first().waitFor({ state: "attached" });
    await context.close();
  });

  it("can be framed as a small widget by another site", async () => {
    const frame = (path: string, title: string) => `<iframe src="${visitor.api.url}${path}" title="${title}"></iframe>`;
    const other = createServer((_, response) => {
      response.setHeader("content-type", "text/html");
      response.end(frame("/embed/c/charity-day-2026", "w") + frame(campaign, "p"));
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
    await page.frameLocator('iframe[title="w"]').locator("[data-total=checkedIn]").waitFor();
    expect(await page.frameLocator('iframe[title="p"]').locator("[data-total=checkedIn]").count()).toBe(0);
    // The code to embed it gives it room enough, in both languages.
    const { page: shown } = await open(campaign);
    const code = await shown.getByLabel("嵌入其他网站的代码").inputValue();
    const [width, height] = [/width="(\d+)"/, /height="(\d+)"/].map((size) => Number(size.exec(code)?.[1]));
    for (const language of ["zh", "en"]) {
      const widget = await context.newPage();
      await widget.setViewportSize({ width: width as number, height: height as number });
      await widget.goto(`${visitor.api.url}/embed/c/charity-day-2026?lang=${language}`);
      expect(await widget.evaluate("document.documentElement.scrollHeight")).toBeLessThanOrEqual(height as number);
    }
    await shown.context().close();
    await context.close();
    other.close();
  });
});
