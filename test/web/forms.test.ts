import { invariant } from "../../src/domain/kit/invariant";
import type { Actor } from "../../src/domain/permissions/actors";
import { openApi } from "../support/api";
import { shiftOf } from "./support/day";
import { openVisitor, type Visitor } from "./support/visitor";

let visitor: Visitor;
let mei: Actor;
beforeAll(async () => {
  visitor = await openVisitor({ people: 0 });
  mei = await visitor.day.bank.actorOf(visitor.day.mei);
  visitor.day.bank.setClock("2026-09-05T08:40:00+08:00");
});
afterAll(() => visitor.close());

const slugShift = (slug: string) => shiftOf(visitor.day, slug).id;
const head = async () => (await visitor.day.bank.store.view.head()).seq;

describe("signing in", () => {
  it("keeps a token that convinces in a cookie of its own, and goes back to where one came from", async () => {
    const token = await visitor.api.token(mei);
    const done = await visitor.post("/sign-in", { token, next: "/a/clinic?x=1" });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/a/clinic?x=1"]);
    expect(done.headers.get("set-cookie")).toMatch(
      /^goodhours=[\w.-]+; Path=\/; Max-Age=36\d\d; HttpOnly; SameSite=Lax$/,
    );
    const out = await visitor.post("/sign-out", {}, { actor: mei });
    expect([out.status, out.headers.get("set-cookie")]).toEqual([
      303,
      "goodhours=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
    ]);
  });

  it("ends the session on every server: a copy of the cookie opens nothing, another session goes on", async () => {
    const second = await openApi(visitor.day.bank);
    try {
      const [token, other] = [await visitor.api.token(mei), await visitor.api.token(mei)];
      const cookie = (value: string) => ({ headers: { cookie: `goodhours=${value}`, origin: visitor.api.url } });
      const names = async (url: string, value: string) => {
        const headers = { "content-type": "application/json", authorization: `Bearer ${value}` };
        const body = JSON.stringify({ query: "{ viewer { id } }" });
        const response = await fetch(`${url}/graphql`, { method: "POST", headers, body });
        return response.status;
      };
      expect((await visitor.get("/my", cookie(token))).text).toContain("我的日历");
      expect(await names(second.url, token)).toBe(200);
      const posted = { ...cookie(token).headers, "content-type": "application/x-www-form-urlencoded" };
      expect((await visitor.post("/sign-out", {}, { headers: posted })).status).toBe(303);
      const signedOut = (await visitor.get("/my")).text;
      expect((await visitor.get("/my", cookie(token))).text).toBe(signedOut);
      for (const { url } of [visitor.api, second]) expect(await names(url, token)).toBe(401);
      expect((await visitor.post("/sign-in", { token })).status).toBe(422);
      for (const { url } of [visitor.api, second]) expect(await names(url, other)).toBe(200);
      // A stranger's letters are no session, and nothing is kept of them.
      const kept = async () => (await visitor.day.bank.ground.raw("SELECT count(*) AS count FROM ended_sessions"))[0];
      const before = await kept();
      const strange = { ...posted, cookie: `goodhours=${token.slice(0, -9)}AAAAAAAAA` };
      expect((await visitor.post("/sign-out", {}, { headers: strange })).status).toBe(303);
      expect(await kept()).toEqual(before);
    } finally {
      await second.close();
    }
  });

  it.each<[string, Record<string, string>, number]>([
    ["a program that says nothing of where it comes from", {}, 303],
    ["a page of ours, without a body", { origin: "ours" }, 303],
    ["another site", { origin: "https://evil.example" }, 403],
    ["another site, by a browser that hides its name", { origin: "null" }, 403],
    ["another site, by what the browser says of it", { "sec-fetch-site": "cross-site" }, 403],
  ])("is ended by a post from %s: %i", async (_, { origin, ...more }, status) => {
    const token = await visitor.api.token(mei);
    const from = origin && { origin: origin === "ours" ? visitor.api.url : origin };
    const headers = { cookie: `goodhours=${token}`, ...from, ...more };
    const out = await fetch(`${visitor.api.url}/sign-out`, { method: "POST", headers, redirect: "manual" });
    expect(out.status).toBe(status);
    expect((await visitor.get("/my", { headers })).text.includes("我的日历")).toBe(status === 403);
    // No other post is taken from one that says nothing.
    const another = { method: "POST", headers: { cookie: `goodhours=${await visitor.api.token(mei)}` } };
    expect((await fetch(`${visitor.api.url}/my/notices`, another)).status).toBe(403);
  });

  it.each([
    ["/my", "/my"],
    ["/in/shift_1?t=a.b", "/in/shift_1?t=a.b"],
    ["https://evil.example/", "/my"],
    ["//evil.example", "/my"],
    ["/\\evil.example", "/my"],
    ["/\t/evil.example", "/my"],
    ["/a\\..\\..\\evil", "/my"],
    ["javascript:alert(1)", "/my"],
    ["my", "/my"],
    ["", "/my"],
    [`/${"a".repeat(600)}`, "/my"],
  ])("leads from next=%j to %s and to no other site", async (next, location) => {
    const done = await visitor.post("/sign-in", { token: await visitor.api.token(mei), next });
    expect(done.headers.get("location")).toBe(location);
  });

  it("marks the cookie Secure where people reach us by https", async () => {
    const secure = await openVisitor({ people: 0, config: { publicUrl: "https://time.example" } });
    try {
      const token = await secure.api.token(await secure.day.bank.actorOf(secure.day.mei));
      const done = await secure.post("/sign-in", { token }, { headers: { origin: "https://time.example" } });
      expect(done.headers.get("set-cookie")).toMatch(/SameSite=Lax; Secure$/);
      for (const path of ["/", "/healthz", "/nowhere"])
        expect((await secure.get(path)).headers.get("strict-transport-security")).toBe("max-age=31536000");
      expect((await visitor.get("/")).headers.has("strict-transport-security")).toBe(false);
    } finally {
      await secure.close();
    }
  });

  it.each(["", "a.b.c", "x".repeat(5000), "<script>", "a\u0000b"])("refuses %j in words", async (token) => {
    const refused = await visitor.post("/sign-in", { token, next: "/my" });
    expect(refused.status).toBe(422);
    expect(refused.headers.get("set-cookie")).toBeNull();
    expect(refused.text).toContain('role="alert"');
  });

  it("offers the demo's roles, and gives a token to nobody else", async () => {
    const { text } = await visitor.get("/sign-in");
    expect(text).toContain("活动负责人");
    const listed = await visitor.post("/sign-in", { subject: visitor.day.lead.personId as string });
    expect(listed.status).toBe(303);
    const other = await visitor.post("/sign-in", { subject: "person_00000000000000000000000000" });
    expect(other.status).toBe(422);
  });

  it("treats a cookie that convinces no longer as nobody", async () => {
    const got = await visitor.get("/my", { headers: { cookie: "goodhours=a.b.c" } });
    expect([got.status, got.text.includes("请先登录")]).toEqual([401, true]);
  });
});

describe("a form", () => {
  const foreign: [name: string, headers: Record<string, string>, status: number][] = [
    ["from another site", { origin: "https://evil.example" }, 403],
    ["from nowhere", { origin: "null" }, 403],
    ["of a browser that says cross-site", { origin: "http://127.0.0.1:1", "sec-fetch-site": "cross-site" }, 403],
    ["as JSON", { "content-type": "application/json" }, 415],
    ["with files", { "content-type": "multipart/form-data; boundary=x" }, 415],
    ["compressed", { "content-encoding": "gzip" }, 415],
  ];
  it.each(foreign)("%s changes nothing", async (_, headers, status) => {
    const before = await head();
    const fields = { shiftId: slugShift("clinic"), key: visitor.key() };
    const refused = await visitor.post("/a/clinic/sign-up", fields, { actor: mei, headers });
    expect(refused.status).toBe(status);
    expect(refused.text).toContain("未作任何更改");
    expect(await head()).toBe(before);
  });

  it("without an origin is taken only when the browser says it is from here", async () => {
    const post = (headers: Record<string, string>) =>
      visitor.get("/a/clinic/sign-up", { method: "POST", actor: mei, headers });
    expect((await post({ "content-type": "application/x-www-form-urlencoded" })).status).toBe(403);
    const ours = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
    expect((await post(ours)).status).toBe(422);
  });

  it("of more than 16 KB is not read to its end", async () => {
    const before = await head();
    const refused = await visitor.post("/lead/clinic", { do: "advance", reason: "长".repeat(6_000) }, { actor: mei });
    expect([refused.status, refused.headers.get("connection")]).toEqual([413, "close"]);
    expect(await head()).toBe(before);
  });

  it.each<[name: string, path: string, fields: Record<string, string>]>([
    ["nothing", "/a/clinic/sign-up", {}],
    ["a NUL", "/a/clinic/sign-up", { shiftId: "shift_\u0000", key: "k" }],
    ["another thing's id", "/a/clinic/sign-up", { shiftId: "person_1", key: "k" }],
    ["a long key", "/a/clinic/sign-up", { shiftId: "shift_1", key: "k".repeat(300) }],
    ["no such sign-up", "/my/withdraw/signup_1", {}],
    ["an unknown act", "/lead/clinic", { do: "__proto__" }],
    ["an unknown step", "/lead/clinic", { do: "advance", action: "constructor", version: "1" }],
    ["a number that is none", "/lead/clinic", { do: "advance", action: "END", version: "1e999" }],
    [
      "a time that is none",
      "/lead/clinic",
      { do: "resolve", outcome: "COMPLETED", leftAt: "now", reason: "r", signUpId: "s" },
    ],
    ["a place that is none", "/in/SHIFT", { key: "k", digits: "123456", latitude: "north" }],
    ["a time beyond time", "/in/SHIFT", { key: "k", digits: "123456", at: "1e300" }],
    ["both code and digits", "/in/SHIFT", { key: "k", digits: "123456", token: "a.b" }],
  ])("with %s is refused in words and changes nothing", async (_, path, fields) => {
    const before = await head();
    const actor = path.startsWith("/lead") ? visitor.day.lead : mei;
    const refused = await visitor.post(path.replace("SHIFT", slugShift("clinic")), fields, { actor });
    expect([422, 404, 403]).toContain(refused.status);
    expect(refused.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await head()).toBe(before);
  });
});

describe("what is wrong with us", () => {
  it("is said as a page to a browser, with the number in our log, and as JSON to programs", async () => {
    const other = await openVisitor({ people: 0 });
    const { bank } = other.day;
    const html = { accept: "text/html,application/xhtml+xml" };
    const broken = () => bank.store.write(async () => invariant(false, "a secret of ours"));
    await expect(broken()).rejects.toMatchObject({ code: "INTEGRITY_HALT" });
    const actor = await bank.actorOf(other.day.mei);
    const signUp = { shiftId: shiftOf(other.day, "clinic").id, key: other.key() };
    const refused = await other.post("/a/clinic/sign-up", signUp, { actor, headers: html });
    expect([refused.status, refused.headers.get("content-type")]).toEqual([500, "text/html; charset=utf-8"]);
    expect(refused.text).toContain("系统已停止写入，等待检查。");
    expect(refused.text).toContain(refused.headers.get("x-request-id"));
    expect(refused.text).not.toContain("secret of ours");
    expect(refused.headers.get("content-security-policy")).toMatch(/^default-src 'none'/);

    await bank.store.close();
    const fault = await other.get("/c/charity-day-2026", { language: "en", headers: html });
    expect([fault.status, fault.headers.get("cache-control")]).toEqual([500, "no-store"]);
    expect(fault.text).toContain("Internal error");
    const program = await other.get("/c/charity-day-2026", { language: "en", headers: { accept: "*/*" } });
    expect(JSON.parse(program.text)).toMatchObject({ errors: [{ extensions: { code: "INTERNAL" } }] });
    await other.api.close();
  });

  it("is said as a page where there is none, and as JSON at a program's address", async () => {
    const html = { accept: "text/html" };
    const missing = await visitor.get("/nothing<script>", { headers: html });
    expect([missing.status, missing.text.includes("没有找到")]).toEqual([404, true]);
    expect(missing.text).not.toContain("nothing");
    expect((await visitor.get("/nothing")).headers.get("content-type")).toBe("application/json; charset=utf-8");
    // A browser that opens the address gets the explorer; a program, its error as JSON.
    const graphql = await visitor.get("/graphql?query=%7B", { headers: { accept: "application/json" } });
    expect(graphql.headers.get("content-type")).toMatch(/json/);
  });
});
