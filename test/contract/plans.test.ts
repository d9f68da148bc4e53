import SQLite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { migrationsFolder } from "../../src/storage/migrations";
import { operationalOrder, scanOrder } from "../../src/storage/store";
import { at, openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";
import { proxySteps, registerElder, signedIn } from "../support/elders";
import { engines } from "../support/engines";
import { listNotLookedUp, watchPlans, wholeRead } from "../support/plans";

const cases: [title: string, sql: string, plan: string[], whole: string | null][] = [
  [
    "a row by its key",
    'select * from "volunteers" where "id" = ?',
    ["SEARCH volunteers USING INDEX sqlite_autoindex_volunteers_1 (id=?)"],
    null,
  ],
  ["all rows of a growing table", 'select * from "heads" where "person_id" = ?', ["SCAN heads"], "SCAN heads"],
  ["all rows of a small one", 'select * from "policies"', ["SCAN policies"], null],
  [
    "the first rows in the order of an index",
    'select * from "sealed" order by "id" limit ?',
    ["SCAN sealed USING INDEX sealed_pk"],
    null,
  ],
  [
    "the first rows of what had to be sorted first",
    'select * from "sealed" order by "seq" limit ?',
    ["SCAN sealed", "USE TEMP B-TREE FOR ORDER BY"],
    "SCAN sealed",
  ],
  [
    "a growing table inside a joined row",
    'select * from "recipients" inner join "volunteers" on true where "recipients"."id" = ? limit ?',
    ["SEARCH recipients USING INDEX x (id=?)", "SCAN volunteers"],
    "SCAN volunteers",
  ],
  [
    "a growing table under another name",
    'select (select 1 from "sealed" as "other" ) from "policies"',
    ["SCAN policies", "SCAN other"],
    "SCAN other",
  ],
  ["a small table under another name", 'select 1 from "policies" as "other" ', ["SCAN other"], null],
];
test.each(cases)("a plan is judged: %s", (_, sql, plan, whole) => {
  expect(wholeRead(sql, plan)).toBe(whole);
});

/** A batch that is logged and confirmed, of volunteers who come again, each line with its reference. */
async function logBatch(bank: TestBank, size: number): Promise<void> {
  const entries = Array.from({ length: size }, (_, i) => ({
    volunteerNo: `V-${1 + (i % 2)}`,
    externalRef: `${size}-${i}`,
    serviceType: "COMPANION_TALK",
    startedAt: at("2026-09-01", "09:00") + (size + Math.floor(i / 2)) * 3_600_000,
    endedAt: at("2026-09-01", "09:40") + (size + Math.floor(i / 2)) * 3_600_000,
    breakMinutes: 0,
    content: "聊天",
    activityLead: "负责人",
  }));
  const order = { organizationId: bank.station.id, mode: "EACH", dryRun: false } as const;
  const logged = await bank.services.hours.log(bank.worker, { ...order, idempotencyKey: bank.key(), entries });
  await bank.confirm(bank.supervisor, ...logged.results.map(({ record }) => record?.id ?? null));
}

/** The lists of orders, proxies and stars as their readers ask for them, the notices, and the clock that ends orders. */
async function readSpending(bank: TestBank): Promise<void> {
  const { orders, proxies, stars, notices } = bank.services;
  const page = { first: 10, after: null };
  const elder = await registerElder(bank);
  const daughter = await bank.actorOf(await bank.volunteer("V-D"));
  await proxySteps(bank).activate(daughter, elder);
  const self = await signedIn(bank, elder);
  for (const actor of [bank.worker, bank.officer, self, daughter]) {
    for (const filter of [
      {},
      { state: ["REQUESTED" as const] },
      { mine: ["AS_RECIPIENT" as const, "AS_VOLUNTEER" as const] },
    ])
      await orders.reading.list(actor, filter, page);
    await notices.list(actor, null, page);
  }
  for (const actor of [bank.worker, bank.officer])
    for (const filter of [{}, { state: ["ACTIVE" as const] }]) await proxies.list(actor, filter, page);
  for (const actor of [bank.worker, bank.officer])
    for (const filter of [{}, { state: ["GRANTED" as const] }]) await stars.list(actor, filter, page);
  await stars.notices(null, page);
  await orders.expire();
}

const lists: [title: string, sql: string, plan: string[], found: string | null][] = [
  [
    "looked up one by one",
    'select * from "sealed" where "sealed"."id" in (?, ?)',
    ["SEARCH sealed USING INDEX sealed_pk (id=?)"],
    null,
  ],
  [
    "looked for among all of an organisation",
    'select * from "service_records" where "service_records"."organization_id" = ? and "service_records"."external_ref" in (?, ?)',
    ["SEARCH service_records USING INDEX records_month (organization_id=?)"],
    '"service_records"."external_ref" beside SEARCH service_records USING INDEX records_month (organization_id=?)',
  ],
  [
    "as a filter of few rows",
    'select * from "service_records" where "service_records"."volunteer_id" = ? and "service_records"."state" in (?, ?)',
    ["SEARCH service_records USING INDEX records_volunteer (volunteer_id=?)"],
    null,
  ],
];
test.each(lists)("a list of values is %s", (_, sql, plan, found) => {
  expect(listNotLookedUp(sql, plan)).toBe(found);
});

describe("while plans are watched", () => {
  const seen = new Set<string>();
  const used = new Set<string>();
  let stop: () => void;
  beforeAll(() => {
    stop = watchPlans(seen, used);
  });
  afterAll(() => stop());

  test("a statement that reads a growing table whole fails where it is sent", () => {
    const client = new SQLite(":memory:");
    migrate(drizzle(client), { migrationsFolder: migrationsFolder("sqlite") });
    const whole = /^a growing table is read whole, SCAN sealed/;
    expect(() => client.prepare('select "id" from "sealed" where "seq" = ?')).toThrow(whole);
    expect(() => client.prepare('select "id" from "sealed" where "id" = ?')).not.toThrow();
    client.close();
  });

  test("the county's stories read no growing table whole", async () => {
    const bank = await openBank(engines[0]);
    const volunteer = await bank.volunteer("V-1", { idNumber: "330681198005012347" });
    await bank.volunteer("V-2", { birthDate: "2013-01-01", guardian: true });
    const actor = await bank.actorOf(volunteer);
    const first = await bank.log("V-1", "2026-09-18", "09:00", "11:10", { place: "枫桥大庙", externalRef: "r-1" });
    const second = await bank.log("V-2", "2026-09-17", "22:30", "00:20");
    await bank.confirm(bank.supervisor, first.id, second.id);
    // Statements about a list are planned anew for each power of two, and not alike.
    for (const size of [2, 3, 8, 16, 40]) await logBatch(bank, size);
    const recordId = first.id ?? "";
    await bank.services.hours.dispute(actor, { idempotencyKey: "d", recordId, reason: "时长不符" });
    await bank.services.hours.resolve(bank.second, {
      idempotencyKey: "e",
      recordId,
      outcome: "REVERSED",
      reason: "属实",
    });
    const page = { first: 10, after: null };
    await bank.services.hours.reading.list(
      bank.supervisor,
      { organizationId: bank.station.id, state: ["SUBMITTED"] },
      "DEADLINE",
      page,
    );
    await bank.services.hours.reading.list(bank.officer, { overdue: true }, "DEADLINE", page);
    for (const axis of ["RECORDED", "EFFECTIVE"] as const)
      await bank.services.ledger.statement(actor, volunteer.accountId, { axis, first: 10 });
    await fillCharity(bank);
    await readSpending(bank);
    // Every table as an audit or an export reads it: in the order of its key.
    for (const table of Object.keys({ ...scanOrder, ...operationalOrder }) as (keyof typeof scanOrder)[])
      for await (const row of bank.store.view.scan(table)) expect(row).toBeDefined();
    const indexes = await bank.ground.raw(
      `SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%'
         AND tbl_name IN ('journal', 'service_records', 'record_steps', 'sealed', 'transfers', 'entries')`,
    );
    await bank.close();
    expect(seen.size).toBeGreaterThan(250);
    // Each record pays for these: an index by which no question finds anything goes. By `transfers_hold` a hold ends once.
    const idle = indexes.map(({ name }) => String(name)).filter((name) => !used.has(name));
    expect(idle).toEqual(["transfers_hold"]);
  });
});
