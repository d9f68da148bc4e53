import { audit } from "../../src/services/audit";
import { openBank, type TestBank } from "../support/bank";
import { engines, origin } from "../support/engines";

describe.each(engines)("the audit on $name", (engine) => {
  let bank: TestBank;
  beforeAll(async () => {
    bank = await openBank(engine);
    const volunteer = await bank.volunteer("V-1");
    await bank.volunteer("V-2");
    const first = await bank.log("V-1", "2026-09-18", "09:00", "11:10");
    const two = await bank.log("V-1", "2026-09-17", "09:00", "10:10");
    await bank.log("V-2", "2026-09-17", "09:00", "10:10");
    await bank.confirm(bank.supervisor, first.id, two.id);
    const actor = await bank.actorOf(volunteer);
    const recordId = first.id ?? "";
    await bank.services.hours.dispute(actor, { idempotencyKey: "d", recordId, reason: "时长不符" });
    await bank.services.hours.resolve(bank.second, {
      idempotencyKey: "e",
      recordId,
      outcome: "REVERSED",
      reason: "属实",
    });
    await bank.services.identities.link((await import("../../src/domain/permissions/actors")).system, {
      idempotencyKey: bank.key(),
      reason: "r",
      personId: volunteer.personId,
      subject: "sub-1",
      issuer: "https://login.example",
    });
  });
  afterAll(() => bank.close());
  const run = () => bank.store.snapshot((view) => audit(view, origin));

  test("finds a bank as its journal says, and counts what circulates", async () => {
    const report = await run();
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ ok: true, circulationMinutes: 60, entries: report.headSeq + 1 });
    expect(report.circulationMinutes).toBe(await bank.services.ledger.circulationMinutes());
    expect(Object.keys(report.rows).sort()).toEqual([
      "accounts",
      "commands",
      "divisions",
      "entries",
      "grants",
      "identities",
      "identityLinks",
      "journal",
      "noticesRead",
      "organizationStandings",
      "organizations",
      "policies",
      "recordSteps",
      "sealed",
      "serviceRecords",
      "serviceTotals",
      "staff",
      "transfers",
      "volunteerStandings",
      "volunteers",
    ]);
  });

  /** Columns no guard keeps, changed behind the bank's back: each must be found where it is. */
  test.each([
    ["service_records", "credited_minutes = 999", "serviceRecords", "creditedMinutes differs"],
    ["service_records", "state = 'VOIDED'", "serviceRecords", "state differs"],
    ["service_records", "opened_seq = 1", "serviceRecords", "openedSeq differs"],
    ["service_totals", "entered = entered + 1", "serviceTotals", "entered differs"],
    ["service_totals", "credited = credited + 30", "serviceTotals", "credited differs"],
    ["policies", "citation = 'none'", "policies", "citation differs"],
    ["policies", `value = '{"a":1}'`, "policies", "value differs"],
    ["divisions", "parent_code = 'x'", "divisions", "parentCode differs"],
    ["organizations", "state = 'DISSOLVED'", "organizations", "state differs"],
    ["volunteers", "vouched_by = NULL", "volunteers", "vouchedBy differs"],
    ["grants", "role = 'OFFICER'", "grants", "role differs"],
    ["identities", "person_id = 'person_x'", "identities", "personId differs"],
    ["sealed", "salt = ciphertext", "sealed", "is not what the journal committed to"],
  ])("finds that %s was set to %s", async (table, change, where, what) => {
    const columns = change.split(" = ")[0];
    await bank.ground.raw(`CREATE TABLE kept AS SELECT * FROM ${table}`, `UPDATE ${table} SET ${change}`);
    const report = await run();
    const key = { divisions: "code", identities: "hash", service_totals: "volunteer_id" }[table] ?? "id";
    await bank.ground.raw(
      `UPDATE ${table} SET ${columns} = (SELECT kept.${columns} FROM kept WHERE kept.${key} = ${table}.${key})`,
      "DROP TABLE kept",
    );
    expect(report.ok).toBe(false);
    expect(report.findings.map((finding) => `${finding.where.split(" ")[0]}: ${finding.what}`)).toContain(
      `${where}: ${what}`,
    );
    expect((await run()).ok).toBe(true);
  });

  test("finds what was taken out and what was put in", async () => {
    await bank.ground.raw(
      "CREATE TABLE kept AS SELECT * FROM grants",
      "UPDATE grants SET id = 'grant_x' WHERE role = 'OFFICER'",
    );
    const report = await run();
    expect(report.findings.map((finding) => finding.what).sort()).toEqual([
      "is missing",
      "no entry of the journal put it there",
    ]);
    await bank.ground.raw(
      "UPDATE grants SET id = (SELECT kept.id FROM kept WHERE kept.role = 'OFFICER') WHERE role = 'OFFICER'",
      "DROP TABLE kept",
    );
    expect((await run()).ok).toBe(true);
  });

  test("finds a rewritten history even when the guards were taken away first", async () => {
    const off = (name: string, table: string) =>
      engine.kind === "sqlite" ? `DROP TRIGGER ${name}` : `DROP TRIGGER ${name} ON ${table}`;
    await bank.ground.raw(
      off("transfers_no_update", "transfers"),
      off("entries_no_update", "entries"),
      off("accounts_moves", "accounts"),
      off("journal_no_update", "journal"),
      "UPDATE transfers SET minutes = minutes + 1 WHERE phase = 'POSTED'",
      "UPDATE entries SET posted_after = posted_after + 1",
      "UPDATE accounts SET credits_posted = credits_posted + 60 WHERE kind = 'VOLUNTEER'",
      "UPDATE journal SET leaf = body WHERE seq = 2",
      "UPDATE journal SET kind = 'x' WHERE seq = 3",
    );
    const findings = new Set((await run()).findings.map(({ where, what }) => `${where.split(" ")[0]}: ${what}`));
    for (const finding of [
      "transfers: minutes differs",
      "entries: postedAfter differs",
      "accounts: creditsPosted differs",
      "journal: leaf is not the hash of body",
      "journal: kind differs from body",
    ])
      expect(findings).toContain(finding);
  });
});
