import { type Actor, system } from "../../src/domain/permissions/actors";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { engines } from "../support/engines";

const document =
  "query People($role: [Role!], $text: String, $first: Int!, $after: String) { people(filter: { role: $role, text: $text }, first: $first, after: $after) { edges { node { id label grants { id role organization { name } division { code name } validFrom validUntil } } } pageInfo { hasNextPage endCursor } } }";

describe.each(engines)("people on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  beforeEach(async () => {
    bank = await openBank(engine);
    api = await openApi(bank);
  });
  afterEach(async () => {
    await api.close();
    await bank.close();
  });
  const ask = async (who: Actor | null, variables: object = {}) => {
    const { data, errors } = await api.post(who, { query: document, variables: { first: 50, ...variables } });
    return errors ? errors[0]?.extensions.code : data.people.edges.map(({ node }: { node: object }) => node);
  };
  const labels = async (who: Actor, variables: object = {}) =>
    (await ask(who, variables)).map(({ label }: { label: string }) => label).sort();

  test("people who grant roles see who holds them: officers all, admins their own; by role, and by part of a name", async () => {
    const admin = await bank.staff("ORGANIZATION_ADMIN", bank.station.id, "王站长");
    await bank.staff("ASSESSOR", null, "李评估");
    await bank.staff("ASSESSOR", null, "李专家");
    expect([await ask(null), await ask(bank.worker)]).toEqual(["UNAUTHENTICATED", "NOT_PERMITTED"]);
    expect(await labels(bank.officer, { role: ["ASSESSOR"] })).toEqual(["李专家", "李评估"]);
    expect(await labels(bank.officer, { text: "专家" })).toEqual(["李专家"]);
    expect(await labels(bank.officer, { text: "没有人" })).toEqual([]);
    expect(await labels(admin, { role: ["ASSESSOR"] })).toEqual([]);
    expect(await labels(admin)).toContain("王站长");
    const [{ grants }] = await ask(bank.officer, { text: "王站长" });
    expect(grants).toMatchObject([{ role: "ORGANIZATION_ADMIN", organization: { name: "fengqiao-station" } }]);
  });

  test("a role that ended puts nobody on the list, and pages go on where they ended", async () => {
    const personId = await bank.services.people.registerStaff(system, { displayName: "离任者" });
    await bank.services.people.grantRole(system, {
      idempotencyKey: bank.key(),
      personId,
      role: "ASSESSOR",
      validFrom: "2020-01-01",
      validUntil: "2026-09-19",
    });
    expect(await labels(bank.officer, { text: "离任者" })).toEqual([]);
    const all = await ask(bank.officer);
    const { data } = await api.post(bank.officer, { query: document, variables: { first: 2 } });
    const rest = await ask(bank.officer, { after: data.people.pageInfo.endCursor });
    expect([
      ...data.people.edges.map(({ node }: { node: { id: string } }) => node.id),
      ...rest.map(({ id }: { id: string }) => id),
    ]).toEqual(all.map(({ id }: { id: string }) => id));
  });
});
