import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import type { Shift } from "../../src/domain/facts/activities";
import type { Actor } from "../../src/domain/permissions/actors";
import { markChinese } from "../../src/web/tongues";
import { openBrowser } from "../support/browser";
import { check, shiftOf } from "./support/day";
import { campaign, openVisitor, type Visitor } from "./support/visitor";

/** Pages for old eyes and hands: WCAG 2.2 AA, and letters of at least 18 px and targets of 60 px by one switch. */
let browser: Browser;
let visitor: Visitor;
let pages: [actor: Actor | undefined, ...paths: string[]][];
const axe = readFileSync(require.resolve("axe-core/axe.min.js"));
/** Half a megabyte, which the browser loads and compiles once; sent to each page, it took more time than the page. */
let axeServer: Server;

beforeAll(async () => {
  const headers = { "content-type": "text/javascript", "cache-control": "max-age=3600" };
  axeServer = createServer((_, response) => void response.writeHead(200, headers).end(axe));
  await new Promise<void>((resolve) => axeServer.listen(0, "127.0.0.1", resolve));
  browser = await openBrowser();
  visitor = await openVisitor({ people: 6 });
  const { day } = visitor;
  const { bank, charity } = day;
  bank.setClock("2026-09-04T09:00:00+08:00");
  const [mother, child] = [
    await bank.volunteer("V-51"),
    await bank.volunteer("V-52", { birthDate: "2013-01-01", guardian: true }),
  ];
  const pair = { volunteerId: child.id, guardianId: mother.id };
  await bank.services.guardians.link(bank.worker, { idempotencyKey: bank.key(), ...pair });
  const { shifts } = await charity.announce("saplings", { serviceType: "ENVIRONMENT", openToMinors: true });
  const asked = (await charity.signUp(child, shifts[0] as Shift)) as { id: string };
  const mine = (await charity.signUp(day.mei, shiftOf(day, "haircuts"))) as { id: string };
  bank.setClock("2026-09-05T10:20:00+08:00");
  const shift = shiftOf(day, "clinic").id;
  const mei = await bank.actorOf(day.mei);
  pages = [
    [
      undefined,
      "/",
      campaign,
      "/a/clinic",
      "/a/cancelled",
      "/sign-in",
      "/join",
      "/c/none",
      "/embed/c/charity-day-2026",
    ],
    [
      mei,
      "/a/clinic",
      `/a/haircuts?done=${mine.id}`,
      `/in/${shift}?t=a.b`,
      `/in/${shift}`,
      "/my",
      `/my?done=${mine.id}`,
      `/my/withdraw/${mine.id}`,
    ],
    [await bank.actorOf(mother), "/my", `/my/withdraw/${asked.id}`],
    [bank.officer, "/office"],
    [
      day.lead,
      `/kiosk/${shift}`,
      `/kiosk/${shift}?by=number`,
      "/lead/clinic",
      "/lead/postponed",
      "/lead/books/confirm",
    ],
  ];
});
beforeEach(() => visitor.day.bank.setClock("2026-09-05T10:20:00+08:00"));
afterAll(async () => {
  await browser?.close();
  await visitor?.close();
  axeServer?.close();
});

interface Shown {
  language: "zh" | "en";
  text: "usual" | "large";
}
/** What was found on the pages. Each is loaded once for every question to it. */
interface Found {
  axe: object[];
  /** Texts and targets that are too small for the large letters. */
  small: object[];
  /** Where something reaches beyond the window. */
  wide: object[];
  /** States in smaller letters than the text beside them. */
  badges: object[];
  /** Chinese words that are not marked as Chinese. */
  unmarked: object[];
}
/** What is tried where: light and dark once in each language and size of letters, both where most people are. */
const trials = {
  "zh usual": { schemes: ["light", "dark"], widths: [360], twice: true },
  "zh large": { schemes: ["dark"], widths: [390, 1280], twice: false },
  "en usual": { schemes: ["dark"], widths: [], twice: false },
  "en large": { schemes: ["light"], widths: [390, 1280], twice: false },
} as const;
const looks = new Map<string, Promise<Found>>();

/** Looks once at every page as it is shown so, and remembers what was found. */
function lookAt({ language, text }: Shown): Promise<Found> {
  const name = `${language} ${text}`;
  const known = looks.get(name) ?? look({ language, text });
  looks.set(name, known);
  return known;
}

async function look({ language, text }: Shown): Promise<Found> {
  const faults: Found = { axe: [], small: [], wide: [], badges: [], unmarked: [] };
  const { schemes, widths, twice } = trials[`${language} ${text}`];
  await eachPage({ language, text }, async (page, path) => {
    await page.addScriptTag({ url: `http://127.0.0.1:${(axeServer.address() as AddressInfo).port}/axe.js` });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      for (const { id, nodes } of ((await page.evaluate(axeRun)) as Result).violations)
        faults.axe.push({ path, colorScheme, id, where: nodes.slice(0, 3).map(({ html }) => html) });
    }
    const unmarked = (await page.evaluate(unmarkedTexts)) as string[];
    if (unmarked.length > 0) faults.unmarked.push({ path, unmarked });
    const badges = (await page.evaluate(badgeSizes)) as number[];
    if (badges.some((size) => size < 18)) faults.badges.push({ path, badges });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      if (await reachesOut(page)) faults.wide.push({ path, width });
      if (text === "usual") continue;
      const [texts, targets] = (await page.evaluate(`[${smallTexts(18)}, ${smallTargets(60)}]`)) as string[][];
      if (texts?.length || targets?.length) faults.small.push({ path, width, texts, targets });
    }
    await page.setViewportSize({ width: 390, height: 800 });
    if (!twice) return;
    await page.addStyleTag({ content: "html { font-size: 225% !important }" });
    if (await reachesOut(page)) faults.wide.push({ path, size: "twice" });
  });
  return faults;
}

/** Each page that there is, shown to the people who see it, with everything opened that can be. */
async function eachPage({ language, text }: Shown, look: (page: Page, path: string) => Promise<void>): Promise<void> {
  const shownTo = async ([actor, ...paths]: (typeof pages)[number]) => {
    // Our policy lets in no script of others; only this context, which looks at the pages, is exempt from it.
    const context = await browser.newContext({ viewport: { width: 390, height: 800 }, bypassCSP: true });
    const cookies = { language, text, ...(actor && { goodhours: await visitor.api.token(actor) }) };
    await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: visitor.api.url })));
    const page = await context.newPage();
    for (const path of paths) {
      // What other sites frame knows no cookie of ours.
      await page.goto(`${visitor.api.url}${path}${path.startsWith("/embed") ? `?text=${text}&lang=${language}` : ""}`);
      await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
      await look(page, path);
    }
    await context.close();
  };
  await Promise.all(pages.map(shownTo));
}

interface Result {
  violations: { id: string; nodes: { html: string }[] }[];
}
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Of what axe does not complain about, it says nothing, and it loads no style sheets anew, which none of these rules reads. */
const axeOptions = {
  runOnly: { type: "tag", values: tags },
  resultTypes: ["violations"],
  preload: { assets: ["media"] },
};
/** The rest of axe's report stays in the page: nobody reads it, and to carry it took a second. */
const axeRun = `axe.run(document, ${JSON.stringify(axeOptions)}).then(({ violations }) => ({ violations }))`;
const reachesOut = (page: Page) => page.evaluate("document.documentElement.scrollWidth > innerWidth");
const badgeSizes = `[...document.querySelectorAll(".badge")].map((one) => parseFloat(getComputedStyle(one).fontSize))`;
const unmarkedTexts = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const bad = [];
  while (walker.nextNode()) {
    const { parentElement: parent, textContent: text } = walker.currentNode;
    if (/\\p{Script=Han}/u.test(text) && !parent.closest("[aria-hidden=true]") && !parent.closest("[lang]").lang.startsWith("zh"))
      bad.push(parent.tagName + ": " + text);
  }
  return bad;
})()`;

/** Texts below so many pixels, of elements that show text of their own. */
const smallTexts = (least: number) => `[...document.querySelectorAll("body *")].flatMap((one) => {
  const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const typed = one.matches("input:not([type=hidden], [type=checkbox]), select, textarea");
  const size = parseFloat(getComputedStyle(one).fontSize);
  const seen = one.getClientRects().length > 0 && !one.closest(".unseen, noscript, script");
  return (own || typed) && seen && size < ${least} - 0.01 ? [one.tagName + "." + one.className + " " + size] : [];
})`;
/** What can be pressed and is smaller than so many pixels, one way or the other; a card is as large as its link. */
const smallTargets = (
  least: number,
) => `[...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")].flatMap((one) => {
  if (one.getClientRects().length === 0 || one.matches(".skip, [readonly]")) return [];
  const { width, height } = (one.matches(".stretched") ? one.closest(".card") : one).getBoundingClientRect();
  return width < ${least} - 0.5 || height < ${least} - 0.5 ? [one.outerHTML.slice(0, 80) + " " + width + "x" + height] : [];
})`;

describe("axe", () => {
  it.each<[language: "zh" | "en", text: "usual" | "large"]>([
    ["zh", "usual"],
    ["zh", "large"],
    ["en", "usual"],
    ["en", "large"],
  ])(
    "finds nothing on any page in %s with %s letters",
    async (language, text) => {
      expect((await lookAt({ language, text })).axe).toEqual([]);
    },
    240_000,
  );
});

describe("the large letters", () => {
  it.each(["zh", "en"] as const)("are at least 18 px in every text, with targets of 60 px, in %s", async (language) => {
    const { small, wide } = await lookAt({ language, text: "large" });
    expect([small, wide]).toEqual([[], []]);
  });

  it("are chosen by one switch, kept, and left again, on a page that stays where it was", async () => {
    const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${visitor.api.url}/a/clinic`);
    const large = () => page.evaluate("document.documentElement.classList.contains('large')");
    await page.getByRole("link", { name: "大字版" }).click();
    expect([await large(), new URL(page.url()).pathname]).toEqual([true, "/a/clinic"]);
    for (const path of ["/", campaign, "/sign-in", "/c/none", "/nothing-here"]) {
      await page.goto(`${visitor.api.url}${path}`);
      expect([path, await large()]).toEqual([path, true]);
    }
    await page.goto(`${visitor.api.url}/`);
    await page.getByRole("link", { name: "标准字号" }).click();
    await page.goto(`${visitor.api.url}${campaign}`);
    expect(await large()).toBe(false);
    await context.close();
  });

  it("are large in the drawings, too, and nobody else gets them", async () => {
    const drawn = await visitor.get(`${campaign}/timeline.svg?size=phone&text=large`);
    const sizes = [...drawn.text.matchAll(/font(?:-size)?[:=]"?(?:[^"]*?)(\d+)px/g)].map(([, size]) => Number(size));
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(18);
    const [large, usual] = [
      await visitor.get(campaign, { headers: { cookie: "text=large" } }),
      await visitor.get(campaign),
    ];
    expect([large.text, usual.text].map((text) => text.includes('class="large"'))).toEqual([true, false]);
    expect(large.headers.get("vary")).toContain("Cookie");
    expect(large.text).toContain("timeline.svg?lang=zh&amp;theme=light&amp;size=wide&amp;text=large");
  });
});

describe("usual letters", () => {
  it("show the state as large as any text beside it, and at twice the size nothing leaves the page", async () => {
    const { badges, wide } = await lookAt({ language: "zh", text: "usual" });
    expect([badges, wide]).toEqual([[], []]);
  });
});

describe("the language", () => {
  it("of Chinese words on an English page is marked, on every page", async () => {
    expect((await lookAt({ language: "en", text: "usual" })).unmarked).toEqual([]);
  });

  it.each([
    ["<p>Led by 张三 since 2026</p>", '<p>Led by <span lang="zh-CN">张三</span> since 2026</p>'],
    ["<p>《浙江省志愿服务条例》第9条</p>", '<p>《<span lang="zh-CN">浙江省志愿服务条例》第9条</span></p>'],
    ['<a lang="zh-CN" href="/">中文</a>', '<a lang="zh-CN" href="/">中文</a>'],
    [
      '<select><option value="a">枫桥</option></select>',
      '<select><option lang="zh-CN" value="a">枫桥</option></select>',
    ],
    ['<img alt="a > b 枫桥"/><b>x > 枫</b>', '<img alt="a > b 枫桥"/><b>x > <span lang="zh-CN">枫</span></b>'],
    ['<input name="r" value="下雨"/>', '<input lang="zh-CN" name="r" value="下雨"/>'],
    ['<input type="hidden" value="下雨"/>', '<input type="hidden" value="下雨"/>'],
    ["<p>&lt;b>枫&lt;/b></p>", '<p>&lt;b><span lang="zh-CN">枫</span>&lt;/b></p>'],
    ["<p>No Chinese</p>", "<p>No Chinese</p>"],
  ])("of %j is marked as %j", (html, marked) => {
    expect(markChinese(html)).toBe(marked);
  });

  it("chosen before is kept where nothing is found", async () => {
    for (const path of ["/c/none", "/nothing-here", "/my/none", "/sign-in/none"]) {
      const headers = { cookie: "language=en", accept: "text/html" };
      const missing = await visitor.get(path, { headers, language: "zh" });
      expect([path, missing.status, missing.text.includes('<html lang="en"')]).toEqual([path, 404, true]);
      expect(
        missing.text.replaceAll(/<a [^>]*lang="zh-CN"[^>]*>.*?<\/a>|<span class="seal".*?<\/span>/g, ""),
      ).not.toMatch(/\p{Script=Han}/u);
    }
    const asked = await visitor.get("/nothing-here?lang=en", { headers: { accept: "text/html" } });
    expect(asked.text).toContain('<html lang="en"');
  });
});

describe("moving totals", () => {
  it("can be stopped, go on with what came meanwhile, and are said politely", async () => {
    const { day } = visitor;
    const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 390, height: 800 } });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    await page.goto(`${visitor.api.url}${campaign}`);
    const total = page.locator("[data-total=checkedIn]");
    const before = Number(await total.textContent());
    const come = async (no: string) => check(day, "checkIn", await day.bank.volunteer(no), shiftOf(day, "books"));
    await come("V-6001");
    await total.filter({ hasText: String(before + 1) }).waitFor();
    await page
      .getByRole("status")
      .filter({ hasText: `已签到 ${before + 1} 人次` })
      .waitFor();
    await page.getByRole("button", { name: "暂停更新" }).click();
    await come("V-6002");
    // The server tells it about the second within half a second; nothing moves for two.
    await page.waitForTimeout(2_000);
    expect(await total.textContent()).toBe(String(before + 1));
    await page.getByRole("button", { name: "继续更新" }).click();
    await total.filter({ hasText: String(before + 2) }).waitFor();
    await context.close();
  });
});

describe("the office's page", () => {
  it("has a heading on each card, a caption on each table, and no two links or folds of one name", async () => {
    const { text } = await visitor.get("/office", { actor: visitor.day.bank.officer });
    const cards = [...text.matchAll(/<li class="card indicator">(.*?)<\/li>/gs)].map(([card]) => card);
    expect(cards.length).toBeGreaterThan(10);
    for (const card of cards) expect(card).toMatch(/<h3/);
    const tables = text.match(/<table>.{0,9}/gs) ?? [];
    expect(tables.filter((table) => !table.startsWith("<table><caption".slice(0, table.length)))).toEqual([]);
    const names = [...text.matchAll(/<(a|summary)\b[^>]*>(.*?)<\/\1>/gs)].map(([, , name]) =>
      name?.replaceAll(/<[^>]+>/g, ""),
    );
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});
