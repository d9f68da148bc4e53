import { randomUUID } from "node:crypto";
import { Writable } from "node:stream";
import { invariant } from "../../src/domain/kit/invariant";
import { type PolicyKey, parameters } from "../../src/domain/policies/parameters";
import { createLogger } from "../../src/server/log";
import { foundBank, systemEntropy } from "../../src/services";
import { issuer, openBank } from "../support/bank";
import { type Engine, engines, origin } from "../support/engines";

/** Two inputs once stopped the whole bank until a restart: an unknown person's token, and a policy no rule can count by. */
test("an unknown person's token is nobody's", async () => {
  const bank = await openBank();
  const actor = await bank.services.people.actorOf({ subject: "person_01aaaaaaaaaaaaaaaaaaaaaaaa", issuer });
  expect(actor).toMatchObject({ personId: null, grants: [] });
  await bank.close();
});

test("a broken invariant stops the writer, is logged once, and shows in readiness", async () => {
  const bank = await openBank();
  const told: unknown[] = [];
  bank.store.onHalt((cause) => told.push(cause));
  const broken = () => bank.store.write(async () => invariant(false, "broken"));
  await expect(broken()).rejects.toMatchObject({ code: "INTEGRITY_HALT" });
  await expect(broken()).rejects.toMatchObject({ code: "INTEGRITY_HALT" });
  expect(bank.store.halted).toBe(true);
  expect(told).toEqual([expect.objectContaining({ message: expect.stringContaining("broken") })]);
  await bank.close();
});

test.each([
  ["record.deadlineWorkingDays", 251],
  ["record.deadlineWorkingDays", 0],
  ["record.backfill.approvers", 1],
  ["credit.ratePerServiceHour", Number.MAX_SAFE_INTEGER],
  ["credit.balanceCapMinutes", 1_000_001],
  ["calendar.exceptions", { working: ["2026-13-45"], holidays: [] }],
  ["scheme.serviceCatalogue", []],
])("a policy %s of %j is refused", async (key, value) => {
  const bank = await openBank();
  const set = bank.services.policies.set(bank.officer, {
    idempotencyKey: randomUUID(),
    key,
    value,
    effectiveFrom: "2027-01-01",
    citation: "test",
  });
  await expect(set).rejects.toMatchObject({ code: "INVALID_INPUT", path: ["value"] });
  await bank.close();
});

test("a failed query's parameters stay out of the log", () => {
  let written = "";
  const stream = new Writable({
    write(chunk, _, done) {
      written += chunk;
      done();
    },
  });
  const fault = Object.assign(new Error("Failed query: select 1\nparams: 张三330681199001011234"), {
    params: ["张三330681199001011234"],
    cause: { code: "22021" },
  });
  createLogger({ stream }).error({ err: fault }, "fault");
  expect(written).toContain("22021");
  expect(written).not.toContain("张三");
});

test("a bank of an earlier release is given the rules that came since, once", async () => {
  const ground = await (engines[0] as Engine).ground();
  const clock = () => Date.parse("2026-09-20T09:00:00+08:00");
  const store = await ground.open(clock);
  const [[key, { value, citation, status }]] = Object.entries(parameters) as [[string, (typeof parameters)[PolicyKey]]];
  await store.write(async (tx) => {
    await tx.append("system", { type: "BANK_OPENED", origin, unit: "MINUTE" });
    const version = {
      id: "policy_1",
      key,
      value: value,
      citation,
      status,
      effectiveFrom: "2020-01-01",
    };
    await tx.append("system", { type: "POLICY_SET", ...version });
  });
  const options = { store, clock, entropy: systemEntropy(), secret: Buffer.alloc(32, 7), origin, issuer };
  for (let release = 0; release < 2; release++) await foundBank(options, { effectiveFrom: "2026-09-20" });
  const versions = await store.view.policies();
  expect(versions.map((version) => version.key).sort()).toEqual(Object.keys(parameters).sort());
  expect(versions.find((version) => version.key === key)).toMatchObject({ id: "policy_1" });
  await store.close();
  await ground.remove();
});
