import { noCounts, type Tally } from "../../src/domain/activities/tallies";
import { nobody } from "../../src/domain/permissions/actors";
import { timelineShown } from "../../src/web/drawn/tables";
import type { CampaignFacts } from "../../src/web/facts";
import { shiftOf } from "./support/day";
import { campaign, openVisitor, type Visitor } from "./support/visitor";

let visitor: Visitor;
beforeAll(async () => {
  visitor = await openVisitor({ people: 6 });
  // The public totals are of hours that somebody has confirmed.
  const { bank, lead } = visitor.day;
  for (const slug of ["books", "clean-up"]) {
    const { activityId } = shiftOf(visitor.day, slug);
    await bank.confirm(bank.officer, ...(await bank.services.attendance.waitingRecords(lead, activityId)));
  }
});
afterAll(() => visitor.close());

const policy =
  "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Every page there is, as each who may see it. */
async function everyPage(): Promise<[path: string, text: string][]> {
  const { day, get } = visitor;
  const { lead } = day;
  const mei = await day.bank.actorOf(day.mei);
  const shift = shiftOf(day, "clinic").id;
  const asked = [
    ...[
      "/",
      campaign,
      "/a/clinic",
      "/a/cancelled",
      "/a/postponed",
      "/sign-in",
      "/embed/c/charity-day-2026",
      "/c/none",
    ].map((path) => [path, nobody] as const),
    ...["/my", "/a/clinic", `/in/${shift}`, `/in/${shift}?t=x.y`].map((path) => [path, mei] as const),
    ...["/lead/clinic", "/lead/books", `/kiosk/${shift}`].map((path) => [path, lead] as const),
  ];
  const got: [string, string][] = [];
  for (const [path, actor] of asked)
    for (const language of ["zh", "en"] as const)
      got.push([
        `${language} ${path}`,
        (await get(path, { language, actor: actor === nobody ? undefined : actor })).text,
      ]);
  return got;
}

describe("pages", () => {
  it.each([
    ["/", "每一小时善意，都有记录", "Every hour of kindness, on record"],
    [campaign, "服务小时", "service hours"],
    ["/a/clinic", "本平台不接受任何捐款", "This site takes no donations"],
    ["/a/cancelled", "本活动已取消", "This activity is cancelled"],
    ["/a/postponed", "本活动已延期", "This activity is postponed"],
    ["/sign-in", "登录码", "Token"],
    ["/embed/c/charity-day-2026", "报名志愿者", "volunteers signed up"],
  ])("%s is there in both languages", async (path, zh, en) => {
    const [chinese, english] = [await visitor.get(path), await visitor.get(path, { language: "en" })];
    expect([chinese.status, english.status]).toEqual([200, 200]);
    expect(chinese.text).toContain('<html lang="zh-CN">');
    expect(chinese.text).toContain(zh);
    expect(english.text).toContain('<html lang="en">');
    expect(english.text).toContain(en);
  });

  it("say the campaign's totals, its activities with places left, and its organisations without a star", async () => {
    const { text } = await visitor.get(campaign);
    expect(text).toMatch(/<dd data-total="checkedIn">6<\/dd>/);
    expect(text).toContain("名医义诊进广场");
    expect(text).toContain("余 18 个名额");
    expect(text).toContain("店口镇红十字志愿服务队");
    expect(text).toContain("尚未评定");
  });

  it("tell a fundraising's facts and its disclosure clock, and take no money", async () => {
    const { text } = await visitor.get("/a/clinic");
    for (const fact of ["示例慈善基金会", "53330681MJDEM0001", "备案-2026-001", "尚未到期", "2027年1月31日"])
      expect(text).toContain(fact);
  });

  it("choose the language by the link, and keep it in a cookie", async () => {
    const english = await visitor.get(`${campaign}?lang=en`);
    expect(english.text).toContain('<html lang="en">');
    expect(english.headers.get("set-cookie")).toMatch(/^language=en; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    expect(english.headers.get("cache-control")).toBe("private, no-store");
    const again = await visitor.get(campaign, { headers: { cookie: "language=en" } });
    expect(again.text).toContain('<html lang="en">');
  });

  it("carry no inline style or script, no foreign address and no person's name where nobody is signed in", async () => {
    for (const [where, text] of await everyPage()) {
      expect([where, /<style|\sstyle=|<script(?![^>]* src=)|\son\w+="|javascript:/.exec(text)?.[0]]).toEqual([
        where,
        undefined,
      ]);
      const foreign = [...text.matchAll(/(?:src|srcset|href|action)="(https?:\/\/[^"]+)"/g)].map(([, url]) => url);
      expect([where, foreign]).toEqual([where, []]);
    }
    for (const path of ["/", campaign, "/a/clinic", `${campaign}.json`]) {
      const { text } = await visitor.get(path);
      expect(text).not.toMatch(/志愿者V-|V-\d{4}/);
    }
  });

  it("say kindly what is not there, and leave other paths to the edge", async () => {
    for (const path of ["/c/none", "/a/none", "/a/clinic/more", "/c/", "/in/", "/calendar/x.ics", "/embed/c/none"]) {
      const missing = await visitor.get(`${path}?asked=none`);
      expect([path, missing.text.includes(path === "/in/" ? "asked" : path) || missing.text.includes("none")]).toEqual([
        path,
        false,
      ]);
      expect([path, missing.status, missing.headers.get("content-type")]).toEqual([
        path,
        404,
        "text/html; charset=utf-8",
      ]);
      expect(missing.text).toContain("没有找到");
    }
    const other = await visitor.get("/wp-login.php");
    expect(other.status).toBe(404);
    expect(other.headers.get("content-type")).toContain("application/json");
  });
});

describe("headers", () => {
  it.each(["/", campaign, "/a/clinic", "/sign-in", "/my", "/c/none"])("of %s are strict", async (path) => {
    const { headers } = await visitor.get(path);
    expect(headers.get("content-security-policy")).toBe(policy);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("vary")).toBe("Origin, Accept-Language, Cookie");
  });

  it("let other sites frame the small widget, and only that", async () => {
    const embed = (await visitor.get("/embed/c/charity-day-2026")).headers.get("content-security-policy");
    expect(embed).toContain("frame-ancestors *");
    expect(embed).toContain("form-action 'none'");
  });

  it("let a crowd share a page for two seconds, and answer 304 to a browser that has it", async () => {
    const first = await visitor.get(campaign);
    expect(first.headers.get("cache-control")).toBe("public, max-age=2, stale-while-revalidate=30");
    const etag = first.headers.get("etag") as string;
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const again = await visitor.get(campaign, { headers: { "if-none-match": etag } });
    expect([again.status, again.text]).toEqual([304, ""]);
    expect((await visitor.get(campaign, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
    const head = await visitor.get(campaign, { method: "HEAD" });
    expect([head.status, head.text, head.headers.get("etag")]).toEqual([200, "", etag]);
    expect(Number(head.headers.get("content-length"))).toBe(Buffer.byteLength(first.text));
  });

  it("keep what one person sees from everybody's cache", async () => {
    const actor = await visitor.day.bank.actorOf(visitor.day.mei);
    for (const path of [campaign, "/a/clinic", "/my"]) {
      const { headers } = await visitor.get(path, { actor });
      expect([path, headers.get("cache-control"), headers.get("etag")]).toEqual([path, "private, no-store", null]);
    }
  });

  it("refuse other methods, naming those that are answered", async () => {
    const put = await visitor.get("/a/clinic", { method: "PUT" });
    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    const post = await visitor.get("/sign-out");
    expect([post.status, post.headers.get("allow")]).toEqual([405, "POST"]);
    // Where a refused post left its page, a reader is led to the page itself.
    for (const [path, page] of [
      ["/a/clinic/sign-up", "/a/clinic"],
      ["/my/calendar", "/my"],
    ] as const) {
      const { status, headers } = await visitor.get(path);
      expect([status, headers.get("location")]).toEqual([303, page]);
    }
  });

  it("name routes coarsely in the metrics: no slug and no secret", async () => {
    await visitor.get("/calendar/secret0000.ics");
    const { text } = await visitor.get("/metrics");
    expect(text).toContain('route="/c/:slug"');
    expect(text).toContain('route="/calendar/:secret.ics"');
    expect(text).not.toMatch(/secret0000|charity-day-2026/);
  });
});

describe("weight", () => {
  it("of the campaign's page with its style and scripts stays under 30 KB", async () => {
    const { text } = await visitor.get(campaign);
    const files = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g)].map(([, path]) => path as string);
    expect(files.length).toBe(3);
    let bytes = Buffer.byteLength(text);
    for (const file of files) {
      const asset = await visitor.get(file);
      expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      bytes += Buffer.byteLength(asset.text);
    }
    expect(bytes).toBeLessThan(30_000);
  });
});

describe("drawings", () => {
  it("are SVG with a policy of their own, and carry no script", async () => {
    for (const name of ["divisions", "timeline"])
      for (const asked of ["lang=zh&theme=light&size=wide", "lang=en&theme=dark&size=phone", "theme=%00&size=9"]) {
        const { status, text, headers } = await visitor.get(`${campaign}/${name}.svg?${asked}`);
        expect([status, headers.get("content-type")]).toEqual([200, "image/svg+xml; charset=utf-8"]);
        expect(headers.get("content-security-policy")).toBe("default-src 'none'; style-src 'unsafe-inline'");
        expect(text).toMatch(/^<svg /);
        expect(text).not.toContain("<script");
      }
    expect((await visitor.get("/c/none/divisions.svg")).status).toBe(404);
  });

  it("stand beside a table with the same numbers", async () => {
    const { text } = await visitor.get(campaign);
    expect(text).toMatch(/<img src="[^"]+divisions\.svg[^"]+" alt="条形图：各镇乡（街道）服务小时数。最多的是[^"]+"/);
    expect(text).toMatch(/<th scope="row">店口镇<\/th>/);
    expect(text).toMatch(/<th scope="row">08:00<\/th><td>\d+<\/td>/);
  });

  it("show the campaign's own day, however many days its activities are spread over", () => {
    const on = (key: string, checkedIn: number) => ({
      ...noCounts,
      subject: "",
      dimension: "TIMELINE" as const,
      key,
      checkedIn,
    });
    const [own, other, busy] = [
      on("2026-09-05T01:00:00.000Z", 3),
      on("2026-09-04T23:00:00.000Z", 0),
      on("2026-09-20T01:00:00.000Z", 9),
    ];
    const facts = (timeline: Tally[]) =>
      ({
        campaign: { day: "2026-09-05" },
        timeline,
        byDivision: [],
        counts: noCounts,
        asOfSeq: 0,
      }) as unknown as CampaignFacts;
    expect(timelineShown(facts([other, own, busy]))).toEqual([other, own]);
    expect(timelineShown(facts([other, busy]))).toEqual([busy]);
    expect(timelineShown(facts([]))).toEqual([]);
  });

  it("make a picture for a shared address", async () => {
    for (const path of [`${campaign}/picture.png`, "/a/clinic/picture.png?lang=en"]) {
      const response = await fetch(`${visitor.api.url}${path}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.headers.get("content-type")).toBe("image/png");
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
    }
    const { text } = await visitor.get(campaign);
    expect(text).toContain(`<meta property="og:image" content="${visitor.api.url}${campaign}/picture.png?lang=zh"`);
  });
});

describe("the feed", () => {
  it("gives other sites the same facts, and may be read from any origin", async () => {
    const { text, headers } = await visitor.get(`${campaign}.json`);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    const feed = JSON.parse(text);
    expect(feed.campaign).toMatchObject({ slug: "charity-day-2026", day: "2026-09-05" });
    expect(feed.totals).toMatchObject({ activities: 4, checkedIn: 6, volunteers: 6 });
    expect(feed.byDivision[0].serviceMinutes).toBeGreaterThan(0);
    expect(feed.timeline.reduce((sum: number, entry: { checkedIn: number }) => sum + entry.checkedIn, 0)).toBe(6);
    expect(feed.activities).toHaveLength(6);
    const missing = await visitor.get("/c/none.json");
    expect([missing.status, missing.text]).toEqual([404, '{"error":{"code":"NOT_FOUND"}}']);
  });
});
