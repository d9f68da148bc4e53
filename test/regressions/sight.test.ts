import type { Actor } from "../../src/domain/permissions/actors";
import { issuer, openBank, type TestBank } from "../support/bank";

/** An organisation once saw whoever it had logged a record of, and a key once answered whoever had left. */
let bank: TestBank;
let other: { id: string; worker: Actor; supervisor: Actor };
beforeEach(async () => {
  bank = await openBank();
  const { value } = await bank.services.organizations.register(bank.officer, {
    idempotencyKey: bank.key(),
    slug: "datang-station",
    name: "datang-station",
    kind: "SOCIAL_WORK_STATION",
    filingStatus: "REGISTERED",
    divisionCode: "fengqiao",
  });
  other = {
    id: value.id,
    worker: await bank.staff("STATION_WORKER", value.id),
    supervisor: await bank.staff("STATION_SUPERVISOR", value.id),
  };
});
afterEach(() => bank.close());

const entry = {
  volunteerNo: "V-1",
  serviceType: "COMPANION_TALK",
  startedAt: Date.parse("2026-09-18T09:00:00+08:00"),
  endedAt: Date.parse("2026-09-18T10:00:00+08:00"),
  breakMinutes: 0,
  content: "聊天",
  activityLead: "负责人",
};
async function loggedElsewhere(key = bank.key()) {
  const input = {
    idempotencyKey: key,
    organizationId: other.id,
    mode: "EACH",
    dryRun: false,
    entries: [entry],
  } as const;
  const answer = await bank.services.hours.log(other.worker, { ...input, entries: [...input.entries] });
  return answer.results[0]?.record?.id as string;
}
const sights = async (actor: Actor, volunteer: { id: string; accountId: string }) => {
  const [[face], [person], [account]] = [
    await bank.services.volunteers.sight.faces(actor, [volunteer.id]),
    await bank.services.volunteers.sight.persons(actor, [volunteer.id]),
    await bank.services.ledger.accounts(actor, [volunteer.accountId]),
  ];
  const [name, birth] = [person?.displayName ?? null, person?.birthDate !== null];
  return { face: face?.volunteerNo ?? null, name, birth, account: account !== null };
};

test("a record shows a masked name, confirmed or not, and opens neither birth date nor account", async () => {
  const volunteer = await bank.volunteer("V-1");
  const nothing = { face: null, name: null, birth: false, account: false };
  const masked = { face: "V-1", name: "志****1", birth: false, account: false };
  expect(await sights(other.worker, volunteer)).toEqual(nothing);
  await bank.confirm(other.supervisor, await loggedElsewhere());
  expect(await sights(other.worker, volunteer)).toEqual(masked);
  expect(await sights(bank.worker, volunteer)).toEqual({ face: "V-1", name: "志愿者V-1", birth: true, account: true });
});

test("a volunteer's records are listed where one works, and whole for the volunteer", async () => {
  const volunteer = await bank.volunteer("V-1");
  const { id: here } = await bank.log("V-1", "2026-09-17", "09:00", "10:00");
  const there = await loggedElsewhere();
  const listed = async (actor: Actor) => {
    const { edges } = await bank.services.hours.reading.list(actor, { volunteerId: volunteer.id }, "RECORDED_AT", {
      first: 10,
    });
    return edges.map(({ node }) => node.id);
  };
  expect(await listed(other.worker)).toEqual([there]);
  expect(await listed(bank.worker)).toEqual([here]);
  expect(await listed(bank.officer)).toEqual([there, here]);
  expect(await listed(await bank.actorOf(volunteer))).toEqual([there, here]);
});

test("a key answers what its actor may see today", async () => {
  await bank.volunteer("V-1");
  await loggedElsewhere("once");
  const [grant] = other.worker.grants;
  await bank.services.people.revokeRole(bank.officer, { grantId: grant?.id as string, reason: "离职" });
  other.worker = await bank.services.people.actorOf({ subject: other.worker.personId as string, issuer });
  const again = await bank.services.hours.log(other.worker, {
    idempotencyKey: "once",
    organizationId: other.id,
    mode: "EACH",
    dryRun: false,
    entries: [entry],
  });
  expect(again).toMatchObject({ replayed: true, accepted: 1, results: [{ record: null, refusal: null }] });
});

test("owing accounts are listed for readers who may see accounts, with holds counted", async () => {
  const volunteer = await bank.volunteer("V-1");
  const first = await bank.log("V-1", "2026-09-17", "09:00", "10:00");
  const second = await bank.log("V-1", "2026-09-18", "09:00", "10:00");
  await bank.confirm(bank.supervisor, first.id, second.id);
  const reason = { idempotencyKey: bank.key(), recordId: second.id as string, reason: "存疑" };
  await bank.services.hours.dispute(await bank.actorOf(volunteer), reason);
  // All that is free is spent elsewhere; then the other record falls away.
  const [free] = await bank.services.ledger.balances([volunteer.accountId]);
  const redeemed = await bank.store.view.bankAccount("REDEEMED");
  await bank.store.write((tx) =>
    tx.post("system", {
      debit: volunteer.accountId,
      credit: redeemed?.id as string,
      minutes: free?.available as number,
      phase: "POSTED",
      kind: "SETTLE",
      holdSeq: null,
      reversesSeq: null,
      effectiveOn: "2026-09-20",
      expiresAt: null,
      recordId: null,
      policyIds: [],
    }),
  );
  await bank.services.hours.reverse(bank.second, {
    idempotencyKey: bank.key(),
    recordId: first.id as string,
    reason: "误",
  });
  expect(await bank.credited("V-1")).toMatchObject({ posted: 0, held: 60, available: -60 });
  const owing = await bank.services.ledger.owing(bank.worker, bank.station.id, { first: 10 });
  expect(owing.edges.map(({ node }) => node.id)).toEqual([volunteer.accountId]);
  const lead = await bank.staff("ACTIVITY_LEAD", bank.station.id);
  await expect(bank.services.ledger.owing(lead, bank.station.id, { first: 10 })).rejects.toMatchObject({
    code: "NOT_PERMITTED",
  });
});

test("a step that a volunteer never took answers nobody as if it had been", async () => {
  const volunteer = await bank.volunteer("V-1");
  const { advance } = bank.services.volunteers;
  const step = (actor: Actor, action: "ACTIVATE" | "RESTORE" | "SUSPEND") =>
    advance.call(bank.services.volunteers, actor, { volunteerId: volunteer.id, action, reason: "理由" });
  await expect(step(other.worker, "ACTIVATE")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(step(bank.supervisor, "RESTORE")).rejects.toMatchObject({ code: "ILLEGAL_TRANSITION" });
  const suspended = await step(bank.supervisor, "SUSPEND");
  expect(await step(bank.supervisor, "SUSPEND")).toMatchObject({ version: suspended.version });
  await expect(step(bank.second, "SUSPEND")).rejects.toMatchObject({ code: "ILLEGAL_TRANSITION" });
});

test("a person who confirmed a record does not reverse it by way of an objection", async () => {
  const volunteer = await bank.volunteer("V-1");
  const { id } = await bank.log("V-1", "2026-09-17", "09:00", "10:00");
  await bank.confirm(bank.supervisor, id);
  const { dispute, resolve } = bank.services.hours;
  const recordId = id as string;
  const of = { idempotencyKey: bank.key(), recordId, reason: "存疑" };
  await dispute.call(bank.services.hours, await bank.actorOf(volunteer), of);
  const decide = (actor: Actor) =>
    resolve.call(bank.services.hours, actor, { ...of, idempotencyKey: bank.key(), outcome: "REVERSED" });
  await expect(decide(bank.supervisor)).rejects.toMatchObject({ code: "SAME_PERSON" });
  expect((await decide(bank.second)).value).toMatchObject({ state: "REVERSED" });
});

test("a person who loses their role hears no more of a balance", async () => {
  const volunteer = await bank.volunteer("V-1");
  const events = bank.services.announcements.balanceChanges(bank.worker, volunteer.accountId, null);
  expect((await events.next()).value).toMatchObject({ balance: { posted: 0 } });
  const { id } = await bank.log("V-1", "2026-09-17", "09:00", "10:00");
  const grantId = bank.worker.grants[0]?.id as string;
  const next = events.next();
  await bank.services.people.revokeRole(bank.officer, { grantId, reason: "离职" });
  await bank.confirm(bank.supervisor, id);
  await expect(next).rejects.toMatchObject({ code: "NOT_FOUND" });
});
