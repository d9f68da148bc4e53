import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { asked } from "../support/counting";

let bank: TestBank;
let api: TestApi;
beforeAll(async () => {
  bank = await openBank();
  api = await openApi(bank);
  const ids: (string | null)[] = [];
  for (let i = 0; i < 100; i++) {
    await bank.volunteer(`V-${i}`);
    for (const day of ["2026-09-17", "2026-09-18"]) ids.push((await bank.log(`V-${i}`, day, "09:00", "10:30")).id);
  }
  await bank.confirm(bank.supervisor, ...ids.filter((_, i) => i % 2 === 0));
});
afterAll(async () => {
  await api.close();
  await bank.close();
});

/** How many statements the database is asked while the work runs. */
async function counted<T>(work: () => Promise<T>): Promise<[T, number]> {
  const [answer, { statements }] = await asked(work);
  return [answer, statements.length];
}

const record =
  "id state serviceMinutes creditedMinutes volunteer { id displayName maskedIdNumber account { balance { posted available } } serviceTotals { total } } organization { name division { name } } serviceType { label } place content evidence { kind } confirmations { at actor { label } } history { at action reason actor { label } } dispute { reason } ledgerEntries { seq minutes reversedBy { seq } } overdue workingDaysLate";
const queries: Record<string, { query: string; rows(data: never): number }> = {
  "service records with everything about each": {
    query: `query ($id: ID!, $first: Int!) { organization(id: $id) { serviceRecords(first: $first) { edges { node { ${record} } } } } }`,
    rows: (data: { organization: { serviceRecords: { edges: unknown[] } } }) =>
      data.organization.serviceRecords.edges.length,
  },
  "volunteers with their wallets": {
    query:
      "query ($first: Int!) { volunteers(first: $first) { edges { node { displayName maskedPhone division { name } serviceTotals { total } account { balance { posted held } } } } } }",
    rows: (data: { volunteers: { edges: unknown[] } }) => data.volunteers.edges.length,
  },
};

test.each(Object.keys(queries))("%s: a list of 100 costs as many statements as a list of 2", async (name) => {
  const { query, rows } = queries[name] as (typeof queries)[string];
  const ask = async (first: number) => {
    const { data, errors } = await api.post(bank.supervisor, { query, variables: { id: bank.station.id, first } });
    expect(errors).toBeUndefined();
    return rows(data as never);
  };
  // Once before counting: what is cached for all is not this list's cost.
  await ask(1);
  const [two, cost] = await counted(() => ask(2));
  const [hundred, costOfHundred] = await counted(() => ask(100));
  expect([two, hundred]).toEqual([2, 100]);
  expect(cost).toBeGreaterThan(3);
  expect(costOfHundred).toBeLessThanOrEqual(cost);
  expect(costOfHundred).toBeLessThan(40);
});

test("a statement's line shows the same record where little is asked of it and where much is", async () => {
  const query = `query ($id: ID!) { account(id: $id) {
    brief: statement(axis: EFFECTIVE, first: 5) { edges { node { serviceRecord { ...Brief } } } }
    whole: statement(axis: EFFECTIVE, first: 5) { edges { node { serviceRecord { ...Brief state startedAt } } } }
  } } fragment Brief on ServiceRecord { __typename id serviceType { code } organization { id } }`;
  const volunteer = await bank.store.view.volunteerByNo("V-0");
  const { data, errors } = await api.post(bank.officer, { query, variables: { id: volunteer?.accountId } });
  expect(errors).toBeUndefined();
  const recordsOf = ({ edges }: { edges: { node: { serviceRecord: object } }[] }) =>
    edges.map(({ node }) => node.serviceRecord);
  const [brief, whole] = [recordsOf(data.account.brief), recordsOf(data.account.whole)];
  expect(brief).toHaveLength(1);
  expect(whole).toEqual(brief.map((record) => ({ ...record, state: "POSTED", startedAt: "2026-09-17T01:00:00.000Z" })));
  // What is not the actor's to see is null either way.
  const other = await bank.store.view.volunteerByNo("V-2");
  const strange = await api.post(await bank.actorOf(other as never), {
    query,
    variables: { id: volunteer?.accountId },
  });
  expect(strange.data.account).toBeNull();
});
