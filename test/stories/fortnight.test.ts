import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { client } from "../support/api";
import { goodhours, type Served, serving } from "../support/process";

/**
 * The main job on real input, as people do it: the demo is seeded and served; beside the running server a station's
 * fortnight is imported; two supervisors confirm over the API; every wallet is asked over the API.
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

let folder: string;
let served: Served;
let settings: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "goodhours-"));
  settings = { DATABASE_URL: `file:${join(folder, "demo.db")}`, GOODHOURS_CLOCK: expected.clock };
  for (const name of ["hours.csv", "volunteers.csv"]) copyFileSync(join(data, name), join(folder, name));
  expect(await goodhours(settings, "seed")).toMatchObject({ code: 0 });
  served = await serving(settings);
}, 120_000);
afterAll(async () => {
  await served?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const token = async (...whom: string[]) => (await goodhours(settings, "token", "--as", ...whom)).stdout.trim();
// biome-ignore lint/suspicious/noExplicitAny: answers have the shape their document asks for.
const ask = async (bearer: string, file: string, operation: string, variables: object = {}): Promise<any> => {
  const answer = await client(served.url, async () => bearer).send({} as never, file, operation, variables);
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
  const found: Record<string, Sums> = {};
  for (const no of Object.keys(expected.wallets)) {
    const { node } = (await ask(officer, station, "FindVolunteer", { volunteerNo: no, first: 1 })).volunteers.edges[0];
    found[no] = { serviceMinutes: node.serviceTotals.total, creditedMinutes: node.account.balance.posted };
  }
  return found;
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
  expect(await goodhours(settings, "audit")).toMatchObject({ code: 0 });
}, 180_000);
