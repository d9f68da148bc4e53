import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedEndsAt, seedZhuji } from "../../src/cli/seed";
import { system } from "../../src/domain/actors";
import { openServices, seededEntropy } from "../../src/services";
import { migrateSqlite, openSqlite } from "../../src/storage/sqlite";
import type { Store } from "../../src/storage/store";
import { readFacts, recount } from "../support/indicators";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const plain = { origin: "goodhours.example/zhuji", issuer: "https://goodhours.example", secret: Buffer.alloc(32, 1) };
async function seeded(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), "goodhours-"));
  folders.push(folder);
  const path = join(folder, "bank.db");
  await seedZhuji(
    async (clock) => {
      migrateSqlite(path);
      const store = openSqlite({ path, clock, origin: plain.origin });
      const options = { ...plain, store, clock, entropy: seededEntropy("zhuji") };
      return { options, services: openServices(options), close: () => store.close() };
    },
    () => undefined,
  );
  return openSqlite({ path, clock: () => Date.parse(seedEndsAt), origin: plain.origin });
}

/**
 * The hash over all leaves: the same on every machine and every day. It changes when the seed, a rule or the journal's
 * bytes change, and then somebody should know why.
 */
const root = "0667805380e6a240238a837af050b15e22d6dc43124f77eb1d79f066422b0afd";

test("the demo is the same every time, to the last leaf; every station has two workers and two supervisors", async () => {
  const store = await seeded();
  const hash = createHash("sha256");
  for (let after = -1; ; ) {
    const rows = await store.view.journalAfter(after, 1000);
    for (const row of rows) hash.update(row.leaf);
    const last = rows.at(-1);
    if (!last) break;
    after = last.seq;
  }
  expect(hash.digest("hex")).toBe(root);
  const divisions = (await store.view.divisions()).filter((division) => division.parentCode !== null);
  expect(divisions).toHaveLength(23);
  for (const { code } of divisions) {
    const station = await store.view.organizationBySlug(`${code}-station`);
    const grants = await store.view.grantsOfOrganization(station?.id ?? "");
    for (const role of ["STATION_WORKER", "STATION_SUPERVISOR"])
      expect([code, role, grants.filter((grant) => grant.role === role).length]).toEqual([code, role, 2]);
  }
  const stations = { kinds: ["SOCIAL_WORK_STATION"] as const };
  const certified = { on: "2026-09-20", least: 3, reached: false };
  const short = await store.view.organizationList({ ...stations, certified }, { first: 10, after: null });
  expect(short.map(({ divisionCode }) => divisionCode).sort()).toEqual(["lingbei", "majian", "tongshan"]);
  expect(await store.view.socialWorkerCount({})).toBe(66);
  expect(await store.view.organizationCount({ hub: true })).toBe(6);
  expect(await store.view.organizationCount({ villageKinds: ["ELDERS_COUNCIL"] })).toBe(3);
  const charityDay = await store.view.campaignBySlug("charity-day-2026");
  const totals = (await store.view.totalsOf([charityDay?.id ?? ""])).get(charityDay?.id ?? "");
  expect(totals).toMatchObject({ activities: 7, volunteers: 135, checkedIn: 113, serviceMinutes: 17_820 });
  expect((await store.view.activityBySlug("fengqiao-sunday"))?.state).toBe("ONGOING");
  await indicatorsAgree(store);
  await store.close();
}, 120_000);

/** The indicators of the demo, and of two of its towns, counted one by one from the facts; the county's as a table. */
async function indicatorsAgree(store: Store): Promise<void> {
  const facts = await readFacts(store);
  const clock = () => Date.parse(seedEndsAt);
  const services = openServices({ ...plain, store, clock, entropy: seededEntropy("reader") });
  for (const asOf of ["2026-03-31", "2026-07-31", "2026-09-20"])
    for (const divisionCode of ["zhuji", "fengqiao", "lingbei"]) {
      const shown = await services.indicators.list(system, { asOf, divisionCode });
      const counted = Object.fromEntries(shown.map((one) => [one.key, [one.numerator, one.denominator]]));
      expect([asOf, divisionCode, counted]).toEqual([asOf, divisionCode, recount(facts, asOf, divisionCode)]);
    }
  const shown = await services.indicators.list(system, { asOf: "2026-09-20" });
  const rows = shown.map(({ label, value, target, met, numerator, denominator }) =>
    [label.en, value, target, met, numerator, denominator].map((cell) => String(cell ?? "")).join(" | "),
  );
  expect(`\n${rows.join("\n")}\n`).toMatchInlineSnapshot(`
"
Social organisations per ten thousand people | 0.42 | 45 | false | 52 | 1218072
Certified social workers | 66 | 1500 | false | 66 | 
People on the list who were visited in the month | 0.6966 | 1 | false | 209 | 300
Households with village points | 12 |  |  | 12 | 
Hub organisations | 6 |  |  | 6 | 
Village organisations 5+X | 16 |  |  | 16 | 
Party-service centres | 5 | 5 | true | 5 | 
Social-work agencies | 15 | 15 | true | 15 | 
Social-work agencies registered in the year | 0 | 1 | false | 0 | 
Towns with a social-work station | 1 | 1 | true | 23 | 23
Stations with enough certified workers | 0.8695 |  |  | 20 | 23
Active volunteers | 640 |  |  | 640 | 
Confirmed service in the month | 43465 |  |  | 43465 | 
Services recorded in time | 1 |  |  | 462 | 462
Charity bases | 0 |  |  | 0 | 
Activities of campaigns held in the year | 18 |  |  | 18 | 
Fundraisings disclosed in time | 0 |  |  | 0 | 1
"
`);
  const months = await shown.find(({ key }) => key === "VISIT_RATE")?.series();
  expect(months?.slice(-4).map(({ month, value }) => `${month} ${value}`)).toEqual([
    "2026-06 1",
    "2026-07 0.9733",
    "2026-08 0.99",
    "2026-09 0.6966",
  ]);
}
