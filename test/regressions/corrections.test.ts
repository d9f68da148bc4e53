import { at, openBank, type TestBank } from "../support/bank";

let bank: TestBank;
beforeEach(async () => {
  bank = await openBank();
  await bank.volunteer("V-1");
});
afterEach(() => bank.close());

const returned = async (day: string, from: string, to: string, more: Parameters<TestBank["log"]>[4] = {}) => {
  const { id, code } = await bank.log("V-1", day, from, to, more);
  expect(code).toBeNull();
  await bank.services.hours.giveBack(bank.supervisor, { recordId: id as string, reason: "请更正" });
  return id as string;
};
const resubmit = (recordId: string, change: object) =>
  bank.services.hours.resubmit(bank.worker, { recordId, ...change });

test("a file sent again after a record in it was corrected repeats it", async () => {
  const id = await returned("2026-09-18", "09:00", "10:00", { externalRef: "R-1" });
  await resubmit(id, { endedAt: at("2026-09-18", "10:30") });
  expect(await bank.log("V-1", "2026-09-18", "09:00", "10:00", { externalRef: "R-1" })).toEqual({ id, code: null });
  const other = await bank.log("V-1", "2026-09-18", "09:00", "10:30", { externalRef: "R-1" });
  expect(other.code).toBe("DUPLICATE_EXTERNAL_REF");
});

test("the same correction sent twice is done once", async () => {
  const id = await returned("2026-09-18", "09:00", "10:00");
  const change = { endedAt: at("2026-09-18", "10:30") };
  const { version } = await resubmit(id, change);
  expect(await resubmit(id, change)).toMatchObject({ version });
  await expect(resubmit(id, { endedAt: at("2026-09-18", "10:45") })).rejects.toMatchObject({
    code: "ILLEGAL_TRANSITION",
  });
});

// Whatever a correction says, the entry was made on 20 September.
test.each([
  ["in time, and still in time", "2026-09-18", { endedAt: at("2026-09-18", "10:30") }, null],
  [
    "in time, then moved to a day long past",
    "2026-09-18",
    { startedAt: at("2026-07-01", "09:00"), endedAt: at("2026-07-01", "10:00") },
    "BACKFILL_WINDOW_PASSED",
  ],
  ["back-filled, its evidence taken away", "2026-07-01", { evidence: [] }, "BACKFILL_NEEDS_EVIDENCE"],
  [
    "back-filled, moved out of the window",
    "2026-07-01",
    { startedAt: at("2026-05-01", "09:00"), endedAt: at("2026-05-01", "10:00") },
    "BACKFILL_WINDOW_PASSED",
  ],
  ["its lead blotted out", "2026-09-18", { activityLead: "  " }, "INVALID_INPUT"],
])("a correction keeps to the rules of lateness: %s", async (_, day, change, code) => {
  const id = await returned(day, "09:00", "10:00", { evidence: [{ kind: "SIGN_IN_SHEET", ref: "1" }] });
  const done = resubmit(id, change);
  if (code === null) await expect(done).resolves.toMatchObject({ state: "SUBMITTED" });
  else await expect(done).rejects.toMatchObject({ code });
});

test("a reversal leaves what the remaining records give, each by the step of its own day", async () => {
  const first = await bank.log("V-1", "2026-09-18", "09:00", "09:50");
  await bank.confirm(bank.supervisor, first.id);
  expect(await bank.credited("V-1")).toMatchObject({ posted: 30 });
  await bank.services.policies.set(bank.officer, {
    idempotencyKey: bank.key(),
    key: "credit.granularityMinutes",
    value: 60,
    effectiveFrom: "2026-09-21",
    citation: "test",
  });
  bank.setClock("2026-09-22T09:00:00+08:00");
  const second = await bank.log("V-1", "2026-09-21", "09:00", "09:50");
  await bank.confirm(bank.supervisor, second.id);
  expect(await bank.credited("V-1")).toMatchObject({ posted: 90 });
  const of = { idempotencyKey: bank.key(), recordId: second.id as string, reason: "误" };
  await bank.services.hours.reverse(bank.second, of);
  expect(await bank.credited("V-1")).toMatchObject({ posted: 30, service: 50 });
});

test("records that are not overdue can be asked for", async () => {
  await bank.log("V-1", "2026-09-18", "09:00", "10:00");
  bank.setClock("2026-10-20T09:00:00+08:00");
  const { id } = await bank.log("V-1", "2026-10-19", "09:00", "10:00");
  const listed = async (overdue: boolean | null) => {
    const filter = { organizationId: bank.station.id, overdue };
    const { edges } = await bank.services.hours.reading.list(bank.supervisor, filter, "RECORDED_AT", { first: 10 });
    return edges.map(({ node }) => node.id);
  };
  expect(await listed(false)).toEqual([id]);
  expect(await listed(true)).toHaveLength(1);
  expect(await listed(null)).toHaveLength(2);
});

test("a number such as the bank makes itself is not taken by hand", async () => {
  await expect(bank.volunteer("GH0000000040")).rejects.toMatchObject({ code: "INVALID_INPUT", path: ["volunteerNo"] });
});

test("a raised cap holds for accounts that are there already", async () => {
  const cap = async (value: number) =>
    bank.services.policies.set(bank.officer, {
      idempotencyKey: bank.key(),
      key: "credit.balanceCapMinutes",
      value,
      effectiveFrom: "2026-09-20",
      citation: "test",
    });
  await cap(60);
  const first = await bank.log("V-1", "2026-09-17", "09:00", "11:00");
  await bank.confirm(bank.supervisor, first.id);
  expect(await bank.credited("V-1")).toMatchObject({ posted: 60, service: 120 });
  await cap(100_000);
  const second = await bank.log("V-1", "2026-09-18", "09:00", "11:00");
  await bank.confirm(bank.supervisor, second.id);
  expect(await bank.credited("V-1")).toMatchObject({ posted: 180, service: 240 });
});
