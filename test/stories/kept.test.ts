import { closeSync, openSync, writeSync } from "node:fs";
import { pack } from "../../drizzle/packed";
import { tables } from "../../drizzle/schema.sqlite";
import { auditBank } from "../../src/services/audit";
import { operationalOrder, scanOrder } from "../../src/storage/store";
import { openBank, type TestBank } from "../support/bank";
import { bytesIn, engines } from "../support/engines";

test("every table is the journal, rebuilt from it or sealed, or serves the running alone", () => {
  const known = ["journal", ...Object.keys(scanOrder), ...Object.keys(operationalOrder)];
  expect(Object.keys(tables).sort()).toEqual(known.sort());
});

/** What serves the running alone holds no fact; but people are found and answered by it, so the audit looks at it as well. */
describe.each(engines)("the audit of what is kept on $name", (engine) => {
  let bank: TestBank;
  let personId: string;
  beforeAll(async () => {
    bank = await openBank(engine);
    ({ personId } = await bank.volunteer("V-1", { idNumber: "330681198005012347" }));
    await bank.confirm(bank.supervisor, (await bank.log("V-1", "2026-09-18", "09:00", "11:10")).id);
    await bank.log("V-1", "2026-09-18", "09:00", "11:10");
    await expect(
      bank.services.volunteers.register(bank.worker, {
        idempotencyKey: bank.key(),
        ...{ volunteerNo: "V-1", displayName: "王", birthDate: "1980-05-01", divisionCode: "fengqiao", consent: true },
      }),
    ).rejects.toMatchObject({ code: "DUPLICATE_VOLUNTEER_NO" });
  });
  afterAll(() => bank.close());
  const auditFindings = async () => {
    const { findings } = await auditBank(bank.options);
    return findings.map(({ check, where, what }) => `${check} ${where.split(" ")[0]}: ${what}`);
  };

  test("finds nothing of what the services wrote, refusals included", async () => {
    expect(await auditFindings()).toEqual([]);
    const { rows } = await auditBank(bank.options);
    expect(rows).toMatchObject({ commands: expect.any(Number), searchTerms: expect.any(Number), noticesRead: 0 });
  });

  const answering = (outcome: unknown) => `UPDATE commands SET outcome = ${bytesIn(engine, pack(outcome))}`;
  const own = () => `person_id = '${personId}'`;
  const rows: [title: string, table: string, sql: () => string, finding: string][] = [
    [
      "a term that is another's",
      "search_terms",
      () => `UPDATE search_terms SET person_id = 'person_x' WHERE ${own()} AND kind = 'id'`,
      "KEPT searchTerms: lack a term of kind id",
    ],
    [
      "a term of nobody",
      "search_terms",
      () => `UPDATE search_terms SET person_id = 'person_x' WHERE ${own()} AND kind = 'id'`,
      "KEPT searchTerms: are nobody's who is kept",
    ],
    [
      "a term that was rewritten",
      "search_terms",
      () => `UPDATE search_terms SET hash = 'x' WHERE ${own()} AND kind = 'id'`,
      "KEPT searchTerms: lack a term of kind id",
    ],
    [
      "a term of another kind",
      "search_terms",
      () => `UPDATE search_terms SET kind = 'certificate' WHERE ${own()} AND kind = 'id'`,
      "KEPT searchTerms: lack a term of kind id",
    ],
    [
      "a term too many of somebody known",
      "search_terms",
      () => `INSERT INTO search_terms (hash, kind, person_id) VALUES ('x', 'name', '${personId}')`,
      "KEPT searchTerms: hold a term of kind name that is not theirs",
    ],
    [
      "a mark of the keys that an older copy of them would pass",
      "bank_marks",
      () => "UPDATE bank_marks SET key_changes = 0",
      "KEYS bankMarks: keyChanges are fewer than the keys of what is sealed",
    ],
    [
      "terms that are gone",
      "search_terms",
      () => `DELETE FROM search_terms WHERE ${own()} AND kind = 'name'`,
      "KEPT searchTerms: lack a term of kind name",
    ],
    [
      "an answer about nothing",
      "commands",
      () => answering({ done: "volunteer_01m2y57fm0emk8d91dr7z3rsf9" }),
      "KEPT commands: outcome names something that the journal does not know",
    ],
    ["an answer that is none", "commands", () => answering({}), "KEPT commands: outcome is no answer"],
    [
      "a refusal without a known code",
      "commands",
      () => answering({ refused: { code: "X", details: {}, path: [] } }),
      "KEPT commands: outcome is no refusal",
    ],
    [
      "an answer to nobody",
      "commands",
      () =>
        "UPDATE commands SET actor = 'person_x' WHERE actor <> 'system' AND key = (SELECT max(key) FROM commands WHERE actor <> 'system')",
      "KEPT commands: actor is nobody's",
    ],
    [
      "a request without its hash",
      "commands",
      () => "UPDATE commands SET request_hash = 'x'",
      "KEPT commands: requestHash is no hash",
    ],
    [
      "a notice that nobody read",
      "notices_read",
      () => "INSERT INTO notices_read (person_id, notice_id, read_at) VALUES ('person_x', 'n', 1)",
      "KEPT noticesRead: personId is nobody's",
    ],
  ];
  test.each(rows)("finds %s", async (_, table, sql, finding) => {
    await bank.ground.raw(`CREATE TABLE kept_before AS SELECT * FROM ${table}`, sql());
    const findings = await auditFindings();
    await bank.ground.raw(
      `DELETE FROM ${table}`,
      `INSERT INTO ${table} SELECT * FROM kept_before`,
      "DROP TABLE kept_before",
    );
    expect(findings).toContain(finding);
    expect(await auditFindings()).toEqual([]);
  });
});

test("a damaged page ends no audit: the report says so, and what it found besides", async () => {
  const bank = await openBank();
  await bank.volunteer("V-1");
  await bank.ground.raw("PRAGMA wal_checkpoint(TRUNCATE)");
  const [row] = await bank.ground.raw("SELECT rootpage FROM sqlite_schema WHERE name = 'search_terms_person'");
  const file = openSync(bank.ground.where, "r+");
  writeSync(file, Buffer.alloc(4096, 0xaa), 0, 4096, (Number(row?.rootpage) - 1) * 4096);
  closeSync(file);
  const report = await auditBank(bank.options);
  expect(report).toMatchObject({ ok: false, entries: expect.any(Number) });
  expect(report.findings.map(({ check }) => check)).toContain("DISK");
  await bank.close();
});
