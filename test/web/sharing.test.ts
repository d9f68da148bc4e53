import type { Answer } from "../../src/web/answers";
import { localPath } from "../../src/web/session";
import { shareRenderings } from "../../src/web/shared";
import { campaign, openVisitor, type Visitor } from "./support/visitor";

describe("renderings", () => {
  const made = (status: number): Answer => ({ status, type: "text/html", body: "", keep: "SHARED" });

  test("are shared for a second; what is not there takes no place", async () => {
    let now = 0;
    let count = 0;
    const shared = shareRenderings(() => now);
    const ask = (key: string, status = 200) =>
      shared(key, async () => {
        count += 1;
        return made(status);
      });
    for (let i = 0; i < 3; i += 1) await ask("page");
    expect(count).toBe(1);
    now = 1_000;
    await ask("page");
    expect(count).toBe(2);
    for (let i = 0; i < 300; i += 1) await ask(`none ${i}`, 404);
    await ask("page");
    expect(count).toBe(302);
  });
});

describe("where to go after signing in", () => {
  test.each([
    ["/a/clinic?x=1", "/a/clinic?x=1"],
    ["//evil.example", "/my"],
    ["/.//evil.example", "/my"],
    ["/%2e//evil.example", "/my"],
    ["/a/../..//evil.example", "/my"],
    ["/\\evil.example", "/my"],
    ["https://evil.example/", "/my"],
    [null, "/my"],
  ])("%s leads to %s", (next, path) => {
    expect(localPath(next)).toBe(path);
  });
});

describe("the same for everybody", () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await openVisitor({ people: 6 });
  });
  afterAll(() => visitor.close());

  test.each([
    ["/c/charity-day-2026/timeline.svg?lang=zh", "Origin"],
    ["/c/charity-day-2026/picture.png?lang=en", "Origin"],
    ["/c/charity-day-2026.json", "Origin, Accept-Language"],
    ["/c/charity-day-2026.ics", "Origin, Accept-Language"],
    ["/embed/c/charity-day-2026", "Origin, Accept-Language"],
  ])("%s: one rendering, whoever asks", async (path, vary) => {
    const actor = await visitor.day.bank.actorOf(visitor.day.mei);
    const [stranger, known] = [await visitor.get(path), await visitor.get(path, { actor })];
    expect(known.headers.get("etag")).toBe(stranger.headers.get("etag"));
    expect([known.headers.get("cache-control"), known.headers.get("vary")]).toEqual([
      "public, max-age=2, stale-while-revalidate=30",
      vary,
    ]);
  });

  test("parameters that a page does not read make no other page of it", async () => {
    const plain = await visitor.get(campaign);
    // Hidden keys and hours would differ between two renderings, were there two.
    for (const more of ["?size=1", "?x=2", `?after=${"x".repeat(300)}`])
      expect((await visitor.get(`${campaign}${more}`)).text).toBe(plain.text);
    const drawing = `${campaign}/timeline.svg?lang=zh`;
    expect((await visitor.get(`${drawing}&theme=y&size=9`)).text).toBe((await visitor.get(drawing)).text);
    expect((await visitor.get(`${drawing}&theme=dark`)).text).not.toBe((await visitor.get(drawing)).text);
  });
});

test("while nobody can be recognised, what everybody may read is read; the rest says so, and signing out works", async () => {
  const visitor = await openVisitor({ people: 0, config: { demo: false, jwksUrl: "http://127.0.0.1:9/jwks" } });
  const asking = { actor: visitor.day.lead, headers: { accept: "text/html" } };
  for (const path of [campaign, "/a/clinic", "/"]) {
    const { status, text } = await visitor.get(path, asking);
    expect([path, status, text.includes("登录")]).toEqual([path, 200, true]);
  }
  const my = await visitor.get("/my", asking);
  expect([my.status, my.headers.get("content-type"), my.headers.get("retry-after")]).toEqual([
    503,
    "text/html; charset=utf-8",
    "1",
  ]);
  const out = await visitor.post("/sign-out", {}, { actor: visitor.day.lead });
  expect([out.status, out.headers.getSetCookie()[0]]).toEqual([
    303,
    "goodhours=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
  ]);
  // The session is ended all the same: once the issuer is back, a copy of the cookie is worth nothing.
  expect(await visitor.day.bank.ground.raw("SELECT count(*) AS count FROM ended_sessions")).toEqual([{ count: 1 }]);
  await visitor.close();
});
