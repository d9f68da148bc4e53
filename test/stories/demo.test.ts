import { createHash } from "node:crypto";
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { seedEndsAt } from "../../src/cli/seed";
import { readConfig } from "../../src/config";
import { decode } from "../../src/domain/ledger/journal";
import { system } from "../../src/domain/permissions/actors";
import { openServices, seededEntropy } from "../../src/services";
import { openSqlite } from "../../src/storage/sqlite";
import type { Store } from "../../src/storage/store";
import { client } from "../support/api";
import { readBody } from "../support/decoder";
import { readFacts, recount } from "../support/indicators";
import { goodhours, installed, type Served, serving } from "../support/process";
import { asInstalled, pasted, shown, stepsOf } from "../support/readme";

/**
 * The demo county, made once by the command that serves it: the same to the last leaf, its indicators as its facts say. Then the main
 * job on real input, as people do it: the demo is served; beside the running server a station's fortnight is imported;
 * two supervisors confirm over the API; every wallet is asked over the API.
 */
const station = "station-hours.graphql";
const data = join(__dirname, "../data/fengqiao-fortnight");
const expected = JSON.parse(readFileSync(join(data, "expected.json"), "utf8")) as {
  clock: string;
  organization: string;
  volunteers: { accepted: number; refused: Record<string, string> };
  hours: { rows: number; accepted: number; repeated: number; refused: number; refusedByCode: Record<string, number> };
  refusals: { row: number; externalRef: string; code: string }[];
  wallets: Record<string, Sums & { afterOneConfirmation: Sums }>;
  circulationMinutes: number;
};
interface Sums {
  serviceMinutes: number;
  creditedMinutes: number;
}

/**
 * Each document is walked on a demo of its own; the Chinese API page has the very commands of the English one. The page with the
 * fewest commands is pasted as it stands; in the others the program is the installed one.
 */
const walks = [
  {
    name: "docs/en/start.md",
    copy: "en.db",
    from: "## The first hour",
    until: "## Where to go on",
    steps: 4,
    byNpm: false,
  },
  { name: "docs/zh/start.md", copy: "zh.db", from: "## 第一个小时", until: "## 接下来", steps: 4, byNpm: false },
  {
    name: "docs/en/api.md",
    copy: "api.db",
    from: "# The API",
    until: "- In `application/json`",
    steps: 12,
    byNpm: true,
  },
] as const;

let folder: string;
let store: Store;
let served: Served | undefined;
let settings: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "goodhours-"));
  settings = { DATABASE_URL: `file:${join(folder, "demo.db")}`, GOODHOURS_CLOCK: expected.clock };
  for (const name of ["hours.csv", "volunteers.csv"]) copyFileSync(join(data, name), join(folder, name));
  const { DATABASE_URL } = settings as { DATABASE_URL: string };
  expect(await (await serving({ DATABASE_URL }, { command: "demo" })).stop()).toBe(0);
  for (const copy of walks.map(({ copy }) => join(folder, copy)))
    for (const kept of ["", ".keys"]) copyFileSync(join(folder, `demo.db${kept}`), `${copy}${kept}`);
  store = openSqlite({ path: join(folder, "demo.db"), clock: () => Date.parse(seedEndsAt) });
}, 300_000);
afterAll(async () => {
  await served?.kill();
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * The hash over all leaves: the same on every machine and every day. It changes when the seed, a rule or the journal's
 * bytes change, and then somebody should know why.
 */
const root = "736fed2ded395a4ed2a1937f611f9336dfd4e3dc7c210f51eb18f64b87bf2719";

test.each(walks)(
  "what $name tells to paste answers what stands there",
  async ({ copy, byNpm, ...walk }) => {
    const demo = { ...settings, DATABASE_URL: `file:${join(folder, copy)}` };
    const { url, stop } = await serving(demo);
    const withOwnUrl = (text: string) =>
      text
        .replaceAll("127.0.0.1:4000", new URL(url).host)
        .replaceAll("file:data/demo.db", demo.DATABASE_URL)
        .replaceAll("samples/", `${join(folder, "samples")}/`);
    cpSync(join(__dirname, "../../samples"), join(folder, "samples"), { recursive: true });
    try {
      const steps = stepsOf(walk.name, walk.from, walk.until);
      expect(steps).toHaveLength(walk.steps);
      const answers = await pasted(
        steps.map(({ paste }) => (byNpm ? withOwnUrl(paste) : asInstalled(withOwnUrl(paste)))),
        demo,
      );
      expect(answers.map(shown)).toEqual(steps.map(({ answer }) => shown(withOwnUrl(answer.join("\n")))));
    } finally {
      await stop();
    }
  },
  120_000,
);

test("the demo is the same every time, to the last leaf; every station has two workers and two supervisors", async () => {
  const hash = createHash("sha256");
  for (let after = -1; ; ) {
    const rows = await store.view.journalAfter(after, 1000);
    for (const { leaf, body } of rows) {
      hash.update(leaf);
      // Code that knows nothing but the page about the bytes reads the same.
      expect(isDeepStrictEqual(readBody(body), decode(body))).toBe(true);
    }
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
});

/** The indicators of the demo, and of two of its towns, counted one by one from the facts; the county's as a table. */
test("the indicators of the county, and of two of its towns, are what the facts say, counted one by one", async () => {
  const facts = await readFacts(store);
  const clock = () => Date.parse(seedEndsAt);
  const { origin, issuer, secret } = readConfig(settings);
  const services = openServices({ store, clock, origin, issuer, secret, entropy: seededEntropy("reader") });
  for (const asOf of ["2026-03-31", "2026-07-31", "2026-09-20"])
    for (const divisionCode of ["zhuji", "fengqiao", "lingbei"]) {
      const shown = await services.indicators.list(system, { asOf, divisionCode });
      const counted = Object.fromEntries(
        shown.map((indicator) => [indicator.key, [indicator.numerator, indicator.denominator]]),
      );
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
Demonstration party-service centres | 5 | 5 | true | 5 | 
Social-work agencies | 15 | 15 | true | 15 | 
Social-work agencies chosen for support in the year | 0 | 1 | false | 0 | 
Towns with a social-work station | 1 | 1 | true | 23 | 23
Stations with enough certified workers | 0.8695 |  |  | 20 | 23
Active volunteers | 640 |  |  | 640 | 
Confirmed service in the month | 43465 |  |  | 43465 | 
Services recorded in time | 0.9969 |  |  | 328 | 329
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
});

const token = async (...whom: string[]) => (await goodhours(settings, "token", "--as", ...whom)).stdout.trim();
// biome-ignore lint/suspicious/noExplicitAny: answers have the shape their document asks for.
const ask = async (bearer: string, file: string, operation: string, variables: object = {}): Promise<any> => {
  const answer = await client(served?.url as string, async () => bearer).send({} as never, file, operation, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};
const importing = async (kind: string) => {
  const ran = await goodhours(
    settings,
    "import",
    kind,
    join(folder, `${kind}.csv`),
    "--organization",
    expected.organization,
    "--json",
  );
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  return JSON.parse(ran.stdout);
};
/** The refused lines beside the file, by the key of their row. */
const refused = (kind: string, key: string) => {
  const [header, ...lines] = readFileSync(join(folder, `${kind}.csv.refused.csv`), "utf8")
    .replace("\uFEFF", "")
    .trim()
    .split(/\r?\n/);
  expect(header).toBe(`row,line,${key},code,reason`);
  return lines.map((line) => line.split(","));
};

async function wallets(officer: string): Promise<Record<string, Sums>> {
  const sums: Record<string, Sums> = {};
  for (const no of Object.keys(expected.wallets)) {
    const { node } = (await ask(officer, station, "FindVolunteer", { volunteerNo: no, first: 1 })).volunteers.edges[0];
    sums[no] = { serviceMinutes: node.serviceTotals.total, creditedMinutes: node.account.balance.posted };
  }
  return sums;
}

interface Page {
  edges: { node: { id: string; volunteer: { volunteerNo: string } } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
/** Confirms what of the file waits at the station; the demo's own records are left alone. */
async function confirmAll(bearer: string): Promise<void> {
  const { organizationBySlug } = await ask(bearer, station, "FindOrganization", { slug: expected.organization });
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page = (
      await ask(bearer, station, "RecordsAwaitingConfirmation", {
        organizationId: organizationBySlug.id,
        first: 100,
        after,
      })
    ).organization.serviceRecords;
    for (const { node } of page.edges) if (node.volunteer.volunteerNo in expected.wallets) ids.push(node.id);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  for (let i = 0; i < ids.length; i += 500)
    await ask(bearer, station, "ConfirmServiceRecords", {
      input: { idempotencyKey: `all-${i}-${ids.length}`, recordIds: ids.slice(i, i + 500) },
    });
}

test("a station's fortnight gives exactly what was worked out by hand", async () => {
  served = await serving(settings);
  const officer = await token("officer");
  const circulation = async () => (await ask(officer, "ledger.graphql", "Circulation")).ledger.circulationMinutes;

  expect(await importing("volunteers")).toMatchObject({
    accepted: expected.volunteers.accepted,
    refused: Object.keys(expected.volunteers.refused).length,
  });
  expect(Object.fromEntries(refused("volunteers", "volunteer_no").map((cells) => [cells[2], cells[3]]))).toEqual(
    expected.volunteers.refused,
  );

  const before = await circulation();
  const { rows, accepted, repeated, refusedByCode } = expected.hours;
  expect(await importing("hours")).toMatchObject({
    rows,
    accepted,
    repeated,
    refused: expected.hours.refused,
    refusedByCode,
  });
  expect(
    refused("hours", "external_ref").map(([row, , externalRef, code]) => ({ row: Number(row), externalRef, code })),
  ).toEqual(expected.refusals);

  const supervisor = ["station-supervisor", "--organization", expected.organization];
  await confirmAll(await token(...supervisor));
  const halfway = Object.fromEntries(
    Object.entries(expected.wallets).map(([no, wallet]) => [no, wallet.afterOneConfirmation]),
  );
  expect(await wallets(officer)).toEqual(halfway);

  await confirmAll(await token(...supervisor, "--nth", "2"));
  const full = Object.fromEntries(
    Object.entries(expected.wallets).map(([no, { serviceMinutes, creditedMinutes }]) => [
      no,
      { serviceMinutes, creditedMinutes },
    ]),
  );
  expect(await wallets(officer)).toEqual(full);
  expect((await circulation()) - before).toBe(expected.circulationMinutes);

  expect(await importing("hours")).toMatchObject({
    accepted: 0,
    repeated: accepted + repeated,
    refused: expected.hours.refused,
  });
  expect(await importing("volunteers")).toMatchObject({ accepted: 0 });
  expect(await wallets(officer)).toEqual(full);
  // A bank of this size is audited in two threads, and the second needs the program as it is installed.
  expect(await installed(settings, "audit")).toMatchObject({ code: 0 });
}, 180_000);
