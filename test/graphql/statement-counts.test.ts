import type { Volunteer } from "../../src/domain/facts/people";
import type { Actor } from "../../src/domain/permissions/actors";
import { type Answer, openApi, type TestApi } from "../support/api";
import { at, openBank, type TestBank } from "../support/bank";
import { type Asked, asked } from "../support/counting";
import { grantMinutes, registerElder, signedIn } from "../support/elders";
import { everyEngine } from "../support/engines";

/**
 * What one operation of a client asks of the database, at most (issue 16, point 4): every statement that reads or writes rows,
 * from the token's check to the answer, once the bank's slow tables are remembered. BEGIN, SAVEPOINT and their like read and
 * write no row, and are counted beside them.
 */
const most = { line: 12, batch: 24, confirmation: 12, confirmations: 28, wallet: 4, statement: 6, pools: 5 };
/** The steps of an order. Issue 17 asks for 15 at most: the acceptance, which also posts the record, takes more. */
const mostOfOrder = { request: 15, match: 12, deliver: 15, accept: 18 };

/** A posting that reaches a star proposes it; a reversal brings it down. */
const mostOfStar = { reached: 19, granted: 13, reversed: 24 };

const figures: string[] = [];
afterAll(() => {
  console.log(figures.join("\n"));
});

describe.each(everyEngine)("statements on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let mei: { actor: Actor; accountId: string };
  beforeAll(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
    const volunteers = [];
    for (let i = 0; i < 100; i++) volunteers.push(await bank.volunteer(`V-${i}`));
    const [first] = volunteers;
    if (!first) throw new Error("a volunteer was registered");
    mei = { actor: await bank.actorOf(first), accountId: first.accountId };
    for (let day = 8; day <= 18; day++)
      for (let hour = 9; hour < 14; hour++) {
        const on = `2026-09-${String(day).padStart(2, "0")}`;
        const { id } = await bank.log("V-0", on, `${String(hour).padStart(2, "0")}:00`, `${hour + 1}:00`);
        await bank.confirm(bank.supervisor, id);
      }
  });
  afterAll(async () => {
    await api.close();
    await bank.close();
  });

  const entry = (no: string, day: string) => ({
    volunteerNo: no,
    serviceType: "COMPANION_TALK",
    startedAt: new Date(at(day, "16:00")).toISOString(),
    endedAt: new Date(at(day, "17:00")).toISOString(),
    breakMinutes: 0,
    content: "聊天",
    activityLead: "负责人",
    externalRef: `${no} ${day}`,
  });
  const log = (day: string, nos: string[]) =>
    api.send(bank.worker, "station-hours.graphql", "LogServiceHours", {
      input: {
        idempotencyKey: bank.key(),
        organizationId: bank.station.id,
        mode: "EACH",
        entries: nos.map((no) => entry(no, day)),
      },
    });
  const idsOf = ({ data }: Answer): string[] =>
    data.logServiceHours.results.map((line: { serviceRecord: { id: string } }) => line.serviceRecord.id);
  const confirm = (recordIds: string[]) =>
    api.send(bank.supervisor, "station-hours.graphql", "ConfirmServiceRecords", {
      input: { idempotencyKey: bank.key(), recordIds, mode: "EACH" },
    });
  const all = Array.from({ length: 100 }, (_, i) => `V-${i}`);

  const expectAtMost = (bar: number, what: string, { statements, transactionWords }: Asked) => {
    const figure = `${engine.name}: ${what}: ${statements.length} statements (at most ${bar})`;
    figures.push(`${figure}, and ${transactionWords.length} that begin or end a transaction`);
    if (statements.length > bar) throw new Error([figure, ...statements].join("\n"));
  };

  test("one logged line", async () => {
    await log("2026-09-10", ["V-1"]);
    const [answer, counts] = await asked(() => log("2026-09-10", ["V-2"]));
    expect(answer.data.logServiceHours).toMatchObject({ accepted: 1, refused: 0 });
    // A line has an entry, a record with its step, what is sealed of it and its answer: fewer were counted by nobody.
    expect(counts.statements.length).toBeGreaterThan(6);
    expectAtMost(most.line, "one logged line", counts);
  });
  test("ten logged lines", async () => {
    await log("2026-09-11", all.slice(0, 10));
    const [answer, counts] = await asked(() => log("2026-09-12", all.slice(0, 10)));
    expect(answer.data.logServiceHours).toMatchObject({ accepted: 10, refused: 0 });
    expectAtMost(most.batch, "ten logged lines", counts);
  });
  test("a batch of 100 lines", async () => {
    await log("2026-09-13", all);
    const [answer, counts] = await asked(() => log("2026-09-14", all));
    expect(answer.data.logServiceHours).toMatchObject({ accepted: 100, refused: 0 });
    expectAtMost(most.batch, "a batch of 100 lines", counts);
  });
  test("one confirmation", async () => {
    const [first, second] = idsOf(await log("2026-09-15", all.slice(0, 2)));
    await confirm([first as string]);
    const [answer, counts] = await asked(() => confirm([second as string]));
    expect(answer.data.confirmServiceRecords).toMatchObject({ accepted: 1, refused: 0 });
    expect(answer.data.confirmServiceRecords.results[0].serviceRecord.state).toBe("POSTED");
    expectAtMost(most.confirmation, "one confirmation", counts);
  });
  test("a batch of 100 confirmations", async () => {
    const ids = idsOf(await log("2026-09-16", all));
    const [answer, counts] = await asked(() => confirm(ids));
    expect(answer.data.confirmServiceRecords).toMatchObject({ accepted: 100, refused: 0 });
    expectAtMost(most.confirmations, "a batch of 100 confirmations", counts);
  });
  test("an order, at each of its steps; and one winner of a hundred who take it at once", async () => {
    const elder = await registerElder(bank);
    await grantMinutes(bank, elder, 600);
    const self = await signedIn(bank, elder);
    const takers = await Promise.all(
      all.map(async (no) => bank.actorOf((await bank.store.view.volunteerByNo(no)) as Volunteer)),
    );
    const step = (actor: Actor, name: string, input: object) => {
      const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { order { id state version } replayed userErrors { code } } }`;
      return api.post(actor, { query, variables: { input } });
    };
    const key = () => ({ idempotencyKey: bank.key() });
    const walk = async (hour: number, count: boolean) => {
      const instant = (time: string) => new Date(at("2026-09-21", time)).toISOString();
      const [from, to] = [instant(`${hour}:00`), instant(`${hour + 1}:00`)];
      const counted = async (what: keyof typeof mostOfOrder, work: () => Promise<Answer>) => {
        const [answer, counts] = await asked(work);
        const [body] = Object.values(answer.data) as {
          order: { id: string; state: string } | null;
          userErrors: object[];
        }[];
        expect([what, body?.userErrors]).toEqual([what, []]);
        if (count) expectAtMost(mostOfOrder[what], `an order: ${what}`, counts);
        return body?.order?.id as string;
      };
      const wish = { serviceType: "COMPANION_TALK", neededFrom: from, neededTo: to, plannedMinutes: 60 };
      const orderId = await counted("request", () => step(self, "requestService", { ...key(), ...wish }));
      await counted("match", () => step(takers[0] as Actor, "matchServiceOrder", { orderId }));
      bank.setClock(to);
      const given = { orderId, startedAt: from, endedAt: to, content: "聊天" };
      await counted("deliver", () => step(takers[0] as Actor, "deliverServiceOrder", { ...key(), ...given }));
      await counted("accept", () => step(self, "acceptServiceOrder", { ...key(), orderId }));
      bank.setClock("2026-09-20T09:00:00+08:00");
    };
    await walk(10, false);
    await walk(12, true);
    const wish = { serviceType: "COMPANION_TALK", plannedMinutes: 60 };
    const when = { neededFrom: new Date(at("2026-09-21", "14:00")), neededTo: new Date(at("2026-09-21", "15:00")) };
    const asking = await step(self, "requestService", { ...key(), ...wish, ...when });
    const orderId = asking.data.requestService.order.id;
    const answers = await Promise.all(takers.map((actor) => step(actor, "matchServiceOrder", { orderId })));
    const codes = answers.map(
      ({ data }) => data.matchServiceOrder.userErrors[0]?.code ?? data.matchServiceOrder.order.state,
    );
    expect(codes.filter((code) => code === "MATCHED")).toHaveLength(1);
    expect(codes.filter((code) => code === "ORDER_TAKEN")).toHaveLength(99);
  });
  test("the Wallet", async () => {
    const ask = () => api.send(mei.actor, "wallet.graphql", "Wallet", {});
    await ask();
    const [answer, counts] = await asked(ask);
    expect(answer.data.viewer.volunteer.account.balance.posted).toBeGreaterThan(0);
    expectAtMost(most.wallet, "Wallet", counts);
  });
  test("a Statement of 50 lines", async () => {
    const ask = (axis: string) => () =>
      api.send(mei.actor, "wallet.graphql", "Statement", { accountId: mei.accountId, axis, first: 50 });
    for (const axis of ["RECORDED", "EFFECTIVE"]) {
      await ask(axis)();
      const [answer, counts] = await asked(ask(axis));
      expect(answer.data.account.statement.edges).toHaveLength(50);
      expectAtMost(most.statement, `a Statement of 50 lines, ${axis}`, counts);
    }
  });
  test("the Pools", async () => {
    const ask = () => api.send(mei.actor, "spending.graphql", "Pools", {});
    await ask();
    const [answer, counts] = await asked(ask);
    expect(answer.data.ledger.reserveCoverage.claimsMinutes).toBeGreaterThan(0);
    expect(answer.data.ledger.accounts.edges).toHaveLength(2);
    expectAtMost(most.pools, "Pools", counts);
  });
  test("a star", async () => {
    const ladder = { key: "star.thresholdsHours", citation: "试行", effectiveFrom: "2026-09-20" };
    const { policies } = bank.services;
    await policies.set(bank.officer, { idempotencyKey: bank.key(), ...ladder, value: [1, 300, 600, 1000, 1500] });
    const walk = async (i: number, count: boolean) => {
      const volunteer = await bank.volunteer(`STAR-${i}`);
      const [recordId] = idsOf(await log("2026-09-18", [`STAR-${i}`])) as [string];
      const counted = async (what: keyof typeof mostOfStar, work: () => Promise<Answer>) => {
        const [answer, counts] = await asked(work);
        expect([what, answer.errors]).toEqual([what, undefined]);
        if (count) expectAtMost(mostOfStar[what], `a star: ${what}`, counts);
      };
      const state = async () => (await bank.store.view.starAwardsOf([volunteer.id])).get(volunteer.id)?.[0];
      await counted("reached", () => confirm([recordId]));
      const awardId = (await state())?.id as string;
      bank.setClock("2026-10-20T09:00:00+08:00");
      const file = "stars-and-certificates.graphql";
      await counted("granted", () =>
        api.send(bank.officer, file, "DecideStar", { input: { awardId, decision: "GRANT" } }),
      );
      expect((await state())?.state).toBe("GRANTED");
      const query = `mutation ($input: ReverseServiceRecordInput!) { reverseServiceRecord(input: $input) { serviceRecord { id } userErrors { code } } }`;
      const input = { idempotencyKey: bank.key(), recordId, reason: "重复登记" };
      await counted("reversed", () => api.post(bank.second, { query, variables: { input } }));
      expect((await state())?.state).toBe("DOWNGRADED");
      bank.setClock("2026-09-20T09:00:00+08:00");
    };
    await walk(1, false);
    await walk(2, true);
  });
});
