import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { openCharity } from "../support/charity";

let bank: TestBank;
let api: TestApi;
beforeAll(async () => {
  bank = await openBank(undefined, "2026-08-20T09:00:00+08:00");
  api = await openApi(bank);
  await openCharity(bank);
});
afterAll(async () => {
  await api.close();
  await bank.close();
});

const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { "apollo-require-preflight": "1", ...headers },
  });
const totals = `{ campaign(slug: "charity-day-2026") { name totals { activities checkedIn } } }`;

test("a cache may keep the answer to a stranger's GET, and validates it by its tag", async () => {
  const first = await get(totals);
  expect(first.status).toBe(200);
  expect(first.headers.get("cache-control")).toBe("public, max-age=1, stale-while-revalidate=30");
  expect(first.headers.get("vary")).toContain("Accept-Language");
  const etag = first.headers.get("etag") as string;
  const again = await get(totals, { "if-none-match": `"other", ${etag}` });
  expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
  expect((await get(totals, { "if-none-match": '"other"' })).status).toBe(200);
});

test("no cache keeps the answer to a signed-in person, a refusal, or the answer to a POST", async () => {
  const token = await api.token(bank.officer);
  const answers = [
    await get(totals, { authorization: `Bearer ${token}` }),
    await get("{ nothing }"),
    await get(`{ deregistrationsDue { noShows } }`),
    await fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: totals }),
    }),
  ];
  for (const answer of answers) {
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("etag")).toBeNull();
  }
});
