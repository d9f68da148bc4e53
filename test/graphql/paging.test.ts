import { type GraphQLField, type GraphQLSchema, isNonNullType, isObjectType } from "graphql";
import type { Actor } from "../../src/domain/permissions/actors";
import { buildGoodhoursSchema } from "../../src/graphql/schema";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { fillCharity } from "../support/charity";
import { engines } from "../support/engines";

/** Every field that gives a list by pages, found by walking the schema: `Type.field`. */
function connections(schema: GraphQLSchema): [path: string, field: GraphQLField<unknown, unknown>][] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => /^(\w+Connection|Statement)!?$/.test(String(field.type)))
        .map((field): [string, GraphQLField<unknown, unknown>] => [`${type.name}.${field.name}`, field]),
    );
}

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildGoodhoursSchema();
});

test("every list is read from either end, and counted", () => {
  const found = connections(schema);
  expect(found.length).toBeGreaterThan(28);
  for (const [path, field] of found) {
    const args = Object.fromEntries(field.args.map((arg) => [arg.name, String(arg.type)]));
    expect([path, args]).toEqual([
      path,
      expect.objectContaining({ first: "Int", last: "Int", after: "String", before: "String" }),
    ]);
    const type = isNonNullType(field.type) ? field.type.ofType : field.type;
    const fields = isObjectType(type) ? type.getFields() : {};
    expect([path, String(fields.totalCount?.type), String(fields.pageInfo?.type)]).toEqual([path, "Int!", "PageInfo!"]);
    // What is ordered is ordered in either direction.
    if ("orderBy" in args) expect([path, args.direction]).toEqual([path, "OrderDirection"]);
  }
});

/** Where each type stands that has lists, and what its lists need besides. */
const within: Record<string, string> = {
  Query: "LIST",
  Organization: 'organizationBySlug(slug: "fengqiao-station") { LIST }',
  Volunteer: "node(id: $volunteer) { ... on Volunteer { LIST } }",
  Viewer: "viewer { LIST }",
  Campaign: 'campaign(slug: "charity-day-2026") { LIST }',
  Ledger: "ledger { LIST }",
  RatingRound: "node(id: $round) { ... on RatingRound { LIST } }",
  Shift: "shift(id: $shift) { LIST }",
  VillageBoard: 'villagePoints(divisionCode: "fengqiao", quarter: "2026-Q3") { LIST }',
  CreditFile: 'creditFile(subjectId: $volunteer, purpose: "核查") { LIST }',
  Account: "account(id: $account) { LIST }",
};
const needed: Record<string, string> = {
  "Account.statement": "axis: EFFECTIVE",
  "Organization.visitObligations": 'month: "2026-09"',
};

describe.each(engines)("lists on $name", (engine) => {
  let bank: TestBank;
  let api: TestApi;
  let variables: Record<"volunteer" | "account" | "shift" | "round", string>;
  let holder: Actor;
  beforeAll(async () => {
    bank = await openBank(engine, "2026-08-20T09:00:00+08:00");
    api = await openApi(bank);
    await fillCharity(bank);
    for (const day of ["2026-09-14", "2026-09-15", "2026-09-16", "2026-09-17"]) {
      const { id } = await bank.log("C-1", day, "09:00", "11:00");
      if (day !== "2026-09-17") await bank.confirm(bank.supervisor, id);
    }
    const volunteers = await bank.store.view.volunteerList({}, { first: 100, after: null });
    const counts = await Promise.all(
      volunteers.map(({ id }) =>
        bank.store.view.recordList({ volunteerId: id }, "RECORDED_AT", { first: 100, after: null }),
      ),
    );
    const most = volunteers[counts.findIndex(({ length }) => length === Math.max(...counts.map((c) => c.length)))];
    if (!most) throw new Error("no volunteer");
    const square = await bank.store.view.activityBySlug("square");
    const shifts = await bank.store.view.shiftsOfActivities([square?.id ?? ""]);
    const [round] = await bank.store.view.ratingRoundList(null, { first: 1, after: null });
    const shift = [...shifts.values()].flat()[0]?.id ?? "";
    variables = { volunteer: most.id, account: most.accountId, shift, round: round?.id ?? "" };
    holder = await bank.actorOf(most);
  });
  afterAll(async () => {
    await api.close();
    await bank.close();
  });

  type Page = { edges: { cursor: string }[]; pageInfo: Record<string, unknown>; totalCount: number };
  const ask = async (path: string, args: string, extra: string = needed[path] ?? "") => {
    const [type, field] = path.split(".") as [string, string];
    const given = [args, extra].filter(Boolean).join(", ");
    const list = `${field}${given && `(${given})`} { edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }`;
    const query = `query ($volunteer: ID!, $account: ID!, $shift: ID!, $round: ID!) { ${within[type]?.replace("LIST", list)} __typename ledger { origin } v: node(id: $volunteer) { id } a: node(id: $account) { id } s: node(id: $shift) { id } r: node(id: $round) { id } }`;
    const { data, errors } = await api.post(type === "Viewer" || type === "Account" ? holder : bank.officer, {
      query,
      variables,
    });
    const found = (value: unknown): Page | undefined => {
      if (value === null || typeof value !== "object") return undefined;
      if ("totalCount" in value) return value as Page;
      for (const part of Object.values(value)) {
        const page = found(part);
        if (page) return page;
      }
      return undefined;
    };
    return { page: found(data) as Page, errors };
  };
  /** All cursors, by a few pages, from the front or the back. */
  const walk = async (path: string, backwards: boolean, extra?: string): Promise<string[]> => {
    const all: string[] = [];
    const size = Math.ceil((await ask(path, "first: 0", extra)).page.totalCount / 3) || 1;
    for (let at = ""; ; ) {
      const { page, errors } = await ask(path, `${backwards ? "last" : "first"}: ${size}${at}`, extra);
      expect([path, errors]).toEqual([path, undefined]);
      const cursors = page.edges.map(({ cursor }) => cursor);
      if (backwards) all.unshift(...cursors);
      else all.push(...cursors);
      const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
      expect([startCursor, endCursor]).toEqual([cursors[0] ?? null, cursors.at(-1) ?? null]);
      if (!(backwards ? hasPreviousPage : hasNextPage)) return all;
      at = backwards ? `, before: "${startCursor}"` : `, after: "${endCursor}"`;
    }
  };

  test("are the same from both ends, as long as their count says, and empty with 0", async () => {
    const lengths: Record<string, number> = {};
    for (const [path] of connections(schema)) {
      // Each question for a credit file writes a line into it.
      if (path === "CreditFile.accessLog") continue;
      const forwards = await walk(path, false);
      expect([path, await walk(path, true)]).toEqual([path, forwards]);
      expect([path, new Set(forwards).size]).toEqual([path, forwards.length]);
      const none = (await ask(path, "first: 0")).page;
      expect([path, none.edges, none.totalCount, none.pageInfo.hasNextPage]).toEqual([
        path,
        [],
        forwards.length,
        forwards.length > 0,
      ]);
      expect((await ask(path, "last: 0")).page.pageInfo).toMatchObject({
        hasPreviousPage: forwards.length > 0,
        startCursor: null,
      });
      // Between two cursors stands what stands between them, of which a page holds a hundred.
      if (forwards.length >= 3) {
        const between = `after: "${forwards[0]}", before: "${forwards.at(-1)}"`;
        const inside = forwards.slice(1, -1);
        for (const [size, expected] of [
          ["first: 100", inside.slice(0, 100)],
          ["last: 100", inside.slice(-100)],
        ] as const)
          expect((await ask(path, `${size}, ${between}`)).page.edges.map(({ cursor }) => cursor)).toEqual(expected);
      }
      lengths[path] = forwards.length;
    }
    // With lists of one line alone nothing would be shown by the above.
    expect(Object.values(lengths).filter((length) => length >= 2).length).toBeGreaterThan(10);
  });

  test("so is the log of a credit file, which each question adds to", async () => {
    for (const purpose of ["核查", "复核"])
      await bank.services.credit.files.read(bank.officer, variables.volunteer, purpose);
    const log = (page: object) => bank.services.credit.files.accessLog(bank.officer, variables.volunteer, page);
    const { edges, totalCount } = await log({ first: 100 });
    expect(edges.length).toBeGreaterThan(1);
    expect(await totalCount()).toBe(edges.length);
    expect((await log({ last: 100 })).edges).toEqual(edges);
    expect((await log({ last: 1, before: edges[1]?.cursor })).edges).toEqual(edges.slice(0, 1));
    expect((await log({ first: 1, after: edges[0]?.cursor })).edges).toEqual(edges.slice(1, 2));
  });

  const refusals: [name: string, args: string, path: string][] = [
    ["neither end", "", "first"],
    ["both ends", "first: 1, last: 1", "last"],
    ["fewer than none", "first: -1", "first"],
    ["more than a hundred", "last: 101", "last"],
    ["a cursor that is none", 'first: 1, after: "x"', "after"],
    ["a cursor of another list", 'first: 1, before: "OTHER"', "before"],
  ];
  test.each(refusals)("refuse %s", async (_name, args, at) => {
    const other = (await ask("Query.policies", "first: 1")).page.pageInfo.endCursor as string;
    for (const [path] of connections(schema)) {
      if (
        path === "Query.policies" ||
        path === "Ledger.policyVersions" ||
        (path === "Account.statement" && args.includes("101"))
      )
        continue;
      const { errors } = await ask(path, args.replace("OTHER", other));
      expect([path, errors?.[0]?.extensions]).toMatchObject([path, { code: "INVALID_INPUT", path: [at] }]);
    }
  });

  test("turn around by their direction, and a cursor belongs to one order", async () => {
    const orders: [path: string, order: string][] = [
      ["Query.serviceRecords", "DEADLINE"],
      ["Query.serviceRecords", "STARTED_AT"],
      ["Query.serviceRecords", "RECORDED_AT"],
      ["Organization.serviceRecords", "DEADLINE"],
      ["Volunteer.serviceRecords", "RECORDED_AT"],
      ["Query.organizations", "NAME"],
      ["Campaign.organizations", "NAME"],
      ["Campaign.organizations", "SERVICE_MINUTES"],
    ];
    const decoded = (cursors: readonly string[]) =>
      cursors.map((cursor) => JSON.parse(Buffer.from(cursor, "base64url").toString()).slice(1));
    const cursors: [path: string, order: string, cursor: string][] = [];
    for (const [path, order] of orders) {
      const [up, down] = [
        await walk(path, false, `orderBy: ${order}, direction: ASC`),
        await walk(path, false, `orderBy: ${order}, direction: DESC`),
      ];
      expect([path, decoded(down)]).toEqual([path, decoded(up).reverse()]);
      expect(await walk(path, true, `orderBy: ${order}, direction: DESC`)).toEqual(down);
      const first = decoded(up).map(([value]) => value);
      expect(first).toEqual([...first].sort((a, b) => (typeof a === "number" ? a - b : a < b ? -1 : 1)));
      const usual = await walk(path, false, `orderBy: ${order}`);
      expect([up, down]).toContainEqual(usual);
      for (const [direction, list] of [
        ["ASC", up],
        ["DESC", down],
      ] as const)
        if (list[0]) cursors.push([path, `orderBy: ${order}, direction: ${direction}`, list[0]]);
    }
    for (const [path, order, cursor] of cursors)
      for (const [samePath, other] of cursors) {
        if (path !== samePath || order === other) continue;
        const { errors } = await ask(path, `first: 1, after: "${cursor}"`, other);
        expect([order, other, errors?.[0]?.extensions]).toMatchObject([
          order,
          other,
          { code: "INVALID_INPUT", path: ["after"] },
        ]);
      }
  });

  test("cost what they ask for, from whichever end", async () => {
    const cost = async (args: string) => {
      const { extensions } = (await api.post(bank.officer, {
        query: `{ policies(${args}) { edges { node { key value } } } }`,
      })) as never as { extensions: { cost: { requested: number } } };
      return extensions.cost.requested;
    };
    expect(await cost("last: 100")).toBe(await cost("first: 100"));
    expect(await cost("first: 1")).toBeLessThan(await cost("first: 100"));
    expect(await cost("first: 0, last: 100")).toBe(await cost("first: 100"));
  });

  test("a statement runs on the same from both ends", async () => {
    const lines = async (args: string) => {
      const query = `query ($account: ID!) { account(id: $account) { statement(${args}) { openingMinutes closingMinutes edges { node { seq minutes runningMinutes } } } } }`;
      return (await api.post(holder, { query, variables: { account: variables.account } })).data.account.statement;
    };
    for (const axis of ["EFFECTIVE", "RECORDED"]) {
      const all = await lines(`axis: ${axis}, first: 500`);
      expect(all.edges.length).toBeGreaterThan(1);
      let running = all.openingMinutes;
      for (const { node } of all.edges) {
        running += node.minutes;
        expect(node.runningMinutes).toBe(running);
      }
      expect(all.closingMinutes).toBe(running);
      expect((await lines(`axis: ${axis}, last: 1`)).edges).toEqual(all.edges.slice(-1));
      expect((await lines(`axis: ${axis}, last: 500`)).edges).toEqual(all.edges);
    }
  });
});
