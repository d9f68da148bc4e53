import type { Browser, Page } from "playwright-core";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { openBrowser } from "../support/browser";

/** A browser that reaches this server and no other host, as behind a county's firewall. */
let browser: Browser;
let bank: TestBank;
let api: TestApi;
let page: Page;
/** What the page asked other hosts for, and what it complained of. */
const outside: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  bank = await openBank();
  api = await openApi(bank);
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(15_000);
  await context.route("**", (route) => {
    const url = route.request().url();
    if (url.startsWith(api.url)) return route.continue();
    outside.push(url);
    return route.abort();
  });
  page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const answer = await page.goto(`${api.url}/graphql`);
  expect([answer?.status(), answer?.headers()["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
  await bank?.close();
});

const shown = () => page.locator(".graphiql-response .CodeMirror").textContent();

/** Puts a document into the editor, runs it, and waits for what the answer shows. */
async function ask(text: string, expected: string): Promise<string> {
  const editor = page.locator(".graphiql-query-editor .CodeMirror");
  // Before the schema is there GraphiQL does not know which operation is meant.
  await page.locator(".graphiql-un-styled[aria-label='Re-fetch GraphQL schema']:not([disabled])").waitFor();
  await editor.evaluate((element, value) => {
    (element as unknown as { CodeMirror: { setValue(text: string): void } }).CodeMirror.setValue(value);
  }, text);
  await page.waitForFunction(
    (value) => JSON.stringify(localStorage).includes(JSON.stringify(value).slice(1, -1)),
    text,
  );
  await page.locator(".graphiql-execute-button").click();
  await page.locator(".graphiql-response", { hasText: expected }).waitFor();
  return (await shown()) ?? "";
}

test("GraphiQL asks the bank, from our own disk alone", async () => {
  const answer = await ask("{ serviceTypes { code label } }", "COMPANION_TALK");
  expect(answer).toContain('"code": "COMPANION_TALK"');
  if (process.env.GOODHOURS_SHOTS) await page.screenshot({ path: `${process.env.GOODHOURS_SHOTS}/graphiql.png` });
  expect([outside, complaints]).toEqual([[], []]);
});

test("its documentation is the schema's own", async () => {
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.locator(".graphiql-plugin").getByText("Query", { exact: true }).first().click();
  await page.locator(".graphiql-plugin", { hasText: "Questions to the bank" }).waitFor();
  if (process.env.GOODHOURS_SHOTS) await page.screenshot({ path: `${process.env.GOODHOURS_SHOTS}/graphiql-docs.png` });
  expect([outside, complaints]).toEqual([[], []]);
});

test("a refusal is shown with its code; a subscription comes as a stream", async () => {
  expect(await ask("{ deregistrationsDue { noShows } }", "UNAUTHENTICATED")).toContain("requestId");
  await ask('subscription { campaignTotals(slug: "none") { volunteers } }', "NOT_FOUND");
  expect(outside).toEqual([]);
});

test("an address that holds a query opens with it, and runs nothing by itself", async () => {
  await page.goto(`${api.url}/graphql?query=${encodeURIComponent("{ ledger { origin } }")}`);
  await page.locator(".graphiql-query-editor", { hasText: "origin" }).waitFor();
  expect(await shown()).not.toContain("{");
  expect(outside).toEqual([]);
});

test("a token typed into the headers is not kept", async () => {
  const stored = await page.evaluate("JSON.stringify(Object.entries(localStorage))");
  expect(stored).not.toMatch(/[Bb]earer ey|authorization":/);
});

test("the page lets nothing in from outside, and is framed by nobody", async () => {
  const answer = await fetch(`${api.url}/graphql`, { headers: { accept: "text/html" } });
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy.split("; ")).toEqual([
    "default-src 'none'",
    "img-src 'self' data:",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "font-src data:",
  ]);
  const html = await answer.text();
  expect(html).not.toMatch(/https?:\/\//);
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
  expect(files).toHaveLength(7);
  for (const file of files) {
    const kept = await fetch(api.url + file);
    // What is not read to its end keeps its connection, and the process with it.
    expect([file, kept.status, kept.headers.get("cache-control"), (await kept.text()).length > 0]).toEqual([
      file,
      200,
      "public, max-age=31536000, immutable",
      true,
    ]);
    const posted = await fetch(api.url + file, { method: "POST", body: "x" });
    expect([posted.status, await posted.text()]).toEqual([405, expect.any(String)]);
  }
});

test("with GRAPHIQL=off a browser gets the answer that a program gets", async () => {
  const plain = await openApi(bank, { graphiql: false });
  const answer = await fetch(`${plain.url}/graphql`, { headers: { accept: "text/html,*/*;q=0.8" } });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "application/json; charset=utf-8"]);
  await answer.text();
  await plain.close();
});
