import { openApi, type TestApi } from "../support/api";
import { closeFullyAudited } from "../support/audited";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

describe.each(engines)("a calendar of working days that ends, on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeEach(async () => {
    bank = await openBank(engine, "2026-10-31T09:00:00+08:00");
    api = await openApi(bank);
  });
  afterEach(() => closeFullyAudited(bank, api));

  const day = (date: string) => bank.setClock(`${date}T19:00:00+08:00`);
  const readyz = async () => {
    const response = await fetch(`${api.url}/readyz`);
    return { status: response.status, lines: (await response.text()).split("\n") };
  };
  const office = async () => {
    const headers = { cookie: `goodhours=${await api.token(bank.officer)}`, "accept-language": "en" };
    return (await fetch(`${api.url}/office`, { headers })).text();
  };
  const told = "The calendar of working days ends on 31 December 2026.";
  const warning = "warning: the calendar of working days is known until 2026-12-31";

  test("is shown by /readyz and on the office's page sixty days before, until the next year is entered", async () => {
    expect(await readyz()).toEqual({ status: 200, lines: ["ready"] });
    expect(await office()).not.toContain(told);
    day("2026-11-01");
    const { status, lines } = await readyz();
    expect([status, lines[0], lines[1]?.startsWith(warning), lines.length]).toEqual([200, "ready", true, 2]);
    expect(await office()).toContain(told);
    const set = async (value: object) => {
      const { data } = await api.post(bank.officer, {
        query: "mutation ($input: SetPolicyInput!) { setPolicy(input: $input) { userErrors { code } } }",
        variables: {
          input: {
            ...{ idempotencyKey: bank.key(), key: "calendar.exceptions", effectiveFrom: "2026-11-01" },
            ...{ value, citation: "国务院办公厅关于2027年部分节假日安排的通知" },
          },
        },
      });
      return data.setPolicy.userErrors[0]?.code ?? null;
    };
    expect(await set({ working: [], holidays: ["2027-01-01"], until: "2027-13-31" })).toBe("INVALID_INPUT");
    expect(await set({ working: [], holidays: ["2027-01-01"], until: "2027-12-31" })).toBeNull();
    expect((await readyz()).lines).toEqual(["ready"]);
    expect(await office()).not.toContain(told);
  });

  test("each date beyond it is counted by weekends, and marked", async () => {
    await bank.volunteer("V-1");
    day("2026-12-25");
    // Ten working days after Wednesday 16 December, and after Friday 18 December: the 30th, and 1 January by its weekday.
    await bank.log("V-1", "2026-12-16", "18:00", "19:00");
    const { id } = await bank.log("V-1", "2026-12-18", "18:00", "19:00");
    const { data } = await api.post(bank.officer, {
      query: `query ($organizationId: ID!) {
        organization(id: $organizationId) { serviceRecords(first: 5, orderBy: DEADLINE) { edges { node { recordBy recordByProvisional } } } }
        statutoryClocks(first: 5, filter: { kind: [RECORD_DEADLINE] }) { edges { node { dueOn dueOnProvisional workingDaysLeft } } }
      }`,
      variables: { organizationId: bank.station.id },
    });
    const nodes = (connection: { edges: { node: object }[] }) => connection.edges.map(({ node }) => node);
    expect(nodes(data.organization.serviceRecords)).toEqual([
      { recordBy: "2026-12-30", recordByProvisional: false },
      { recordBy: "2027-01-01", recordByProvisional: true },
    ]);
    expect(nodes(data.statutoryClocks)).toEqual([
      { dueOn: "2026-12-30", dueOnProvisional: false, workingDaysLeft: 3 },
      { dueOn: "2027-01-01", dueOnProvisional: true, workingDaysLeft: 5 },
    ]);
    expect(id).not.toBeNull();
  });
});
