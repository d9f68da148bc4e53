import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedEndsAt, seedZhuji } from "../../src/cli/seed";
import { openServices, seededEntropy } from "../../src/services";
import { migrateSqlite, openSqlite } from "../../src/storage/sqlite";
import type { Store } from "../../src/storage/store";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function seeded(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), "goodhours-"));
  folders.push(folder);
  const path = join(folder, "bank.db");
  const plain = { origin: "goodhours.example/zhuji", issuer: "https://goodhours.example", secret: Buffer.alloc(32, 1) };
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
const root = "b7732477aea3e5603f7221f53da51c23c5ecd60f3b571ffe2b4c75dc36c0e3d2";

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
  await store.close();
}, 120_000);
