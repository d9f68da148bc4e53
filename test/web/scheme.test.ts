import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { openCharity } from "../support/charity";

let bank: TestBank;
let api: TestApi;
let slug: string;
beforeAll(async () => {
  bank = await openBank(undefined, "2026-08-20T09:00:00+08:00");
  const charity = await openCharity(bank);
  slug = (await charity.announce("clinic")).activity.slug;
  api = await openApi(bank);
});
afterAll(async () => {
  await api.close();
  await bank.close();
});

const page = async (path: string, language: "zh" | "en" = "zh") =>
  (await fetch(`${api.url}${path}`, { headers: { "accept-language": language, accept: "text/html" } })).text();

/** Where the name of the scheme stands: title, header, what others show of the page, and the footer. */
const framed = (name: string) => [`· ${name}</title>`, `<span>${name}</span>`, `og:site_name" content="${name}"`];

test("until the office sets a name, the pages have the product's own in each language", async () => {
  for (const part of framed("善时")) expect(await page("/")).toContain(part);
  for (const part of framed("Goodhours")) expect(await page("/", "en")).toContain(part);
});

test("the office's name for the scheme stands on each page, in calendars and beside errors", async () => {
  const policy = { key: "scheme.label", value: "枫桥互助时", effectiveFrom: "2026-08-21", citation: "市民政局通知" };
  await bank.services.policies.set(bank.officer, { idempotencyKey: bank.key(), ...policy });
  expect(await page("/")).toContain("<span>善时</span>");

  bank.setClock("2026-08-21T09:00:00+08:00");
  for (const language of ["zh", "en"] as const)
    for (const path of ["/", `/a/${slug}`, "/sign-in", "/join", "/nothing-here"])
      for (const part of framed("枫桥互助时"))
        expect([path, await page(path, language)]).toEqual([path, expect.stringContaining(part)]);
  const home = await page("/");
  expect(home).toContain("枫桥互助时记录志愿服务时长");
  expect(home).not.toContain("善时");
  // The seal is the first sign of the name.
  expect(home).toMatch(/class="seal" aria-hidden="true">枫</);
  expect(await page(`/activities/${slug}.ics`)).toMatch(/PRODID:.*枫桥互助时/);
});
