import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ApolloClient, gql as apolloGql, HttpLink, InMemoryCache } from "@apollo/client";
import { Client, cacheExchange, fetchExchange, gql, subscriptionExchange } from "@urql/core";
import { createClient as createStream } from "graphql-sse";
import type { Volunteer } from "../../src/domain/facts/people";
import { openApi, type TestApi } from "../support/api";
import { openBank, type TestBank } from "../support/bank";

/** Other people's clients, as they are installed and with what they do by themselves, against our API. */
let bank: TestBank;
let api: TestApi;
let mei: Volunteer;
beforeAll(async () => {
  bank = await openBank(undefined, "2026-07-20T09:00:00+08:00");
  api = await openApi(bank);
  mei = await bank.volunteer("V-1", { displayName: "陈梅" });
  const { value: household } = await bank.services.villagePoints.households.register(bank.worker, {
    idempotencyKey: bank.key(),
    householdNo: "H-1",
    divisionCode: "fengqiao",
  });
  const award = { householdId: household.id, points: 3, reason: "整洁", on: "2026-07-19" };
  await bank.services.villagePoints.award(bank.worker, { idempotencyKey: bank.key(), ...award });
  bank.setClock("2026-10-20T09:00:00+08:00");
  for (const day of ["2026-10-12", "2026-10-13", "2026-10-14"]) await bank.log("V-1", day, "09:00", "11:00");
});
afterAll(async () => {
  await api.close();
  await bank.close();
});
const signedIn = async () => ({ authorization: `Bearer ${await api.token(bank.worker)}` });

describe("urql", () => {
  const open = async () => {
    const headers = await signedIn();
    return new Client({
      url: `${api.url}/graphql`,
      exchanges: [cacheExchange, fetchExchange],
      fetchOptions: { headers },
      preferGetMethod: false,
    });
  };

  test("asks, changes and asks anew with what it sends by itself", async () => {
    const client = await open();
    const list = gql`query ($first: Int) { organizationBySlug(slug: "fengqiao-station") { id serviceRecords(first: $first) { totalCount edges { node { id state version } } } } }`;
    const { data, error } = await client.query(list, { first: 5 }).toPromise();
    expect(error).toBeUndefined();
    expect(data.organizationBySlug.serviceRecords.totalCount).toBe(3);
    const [{ node }] = data.organizationBySlug.serviceRecords.edges;
    const step = gql`mutation ($input: VoidServiceRecordInput!) { voidServiceRecord(input: $input) { serviceRecord { id state version } replayed userErrors { code } } }`;
    const input = { recordId: node.id, reason: "误录" };
    const voided = await client.mutation(step, { input }).toPromise();
    expect(voided.data.voidServiceRecord).toMatchObject({ serviceRecord: { state: "VOIDED" }, userErrors: [] });
    // Its document cache was told by the type's name that the list is stale.
    const again = await client.query(list, { first: 5 }).toPromise();
    const states = again.data.organizationBySlug.serviceRecords.edges.map(
      (edge: { node: { state: string } }) => edge.node.state,
    );
    expect(states.filter((state: string) => state === "VOIDED")).toHaveLength(1);
  });

  test("gets the error beside the data that could be read", async () => {
    const client = await open();
    const { data, error } = await client
      .query(gql`{ serviceTypes { code } deregistrationsDue { noShows } policies(first: 101) { totalCount } }`, {})
      .toPromise();
    expect(error?.graphQLErrors.map(({ extensions }) => extensions.code)).toContain("INVALID_INPUT");
    expect(data.serviceTypes.length).toBeGreaterThan(5);
    expect(data.policies).toBeNull();
    const invalid = await client.query("{ nothing }", {}).toPromise();
    expect(invalid.error?.graphQLErrors[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  test("hears a subscription as an event stream, by its own fetch and through graphql-sse", async () => {
    const headers = await signedIn();
    const document = gql`subscription ($id: ID!) { balanceChanged(accountId: $id) { account { id balance { posted } } } }`;
    const stream = createStream({ url: `${api.url}/graphql/stream`, headers });
    const own = new Client({
      url: `${api.url}/graphql`,
      exchanges: [fetchExchange],
      fetchOptions: { headers },
      fetchSubscriptions: true,
      preferGetMethod: false,
    });
    const other = new Client({
      url: `${api.url}/graphql`,
      preferGetMethod: false,
      exchanges: [
        subscriptionExchange({
          forwardSubscription: ({ query, variables }) => ({
            subscribe: (sink) => ({
              unsubscribe: stream.subscribe({ query: query as string, variables: variables as never }, sink as never),
            }),
          }),
        }),
      ],
    });
    for (const client of [own, other]) {
      const heard = await new Promise<{ data?: unknown; error?: unknown }>((resolve) => {
        const { unsubscribe } = client.subscription(document, { id: mei.accountId }).subscribe((result) => {
          resolve(result);
          setImmediate(() => unsubscribe());
        });
      });
      expect([heard.error, heard.data]).toMatchObject([
        undefined,
        { balanceChanged: { account: { id: mei.accountId, balance: { posted: 0 } } } },
      ]);
    }
    stream.dispose();
  });
});

describe("Apollo Client with its cache", () => {
  const open = async () =>
    new ApolloClient({
      link: new HttpLink({ uri: `${api.url}/graphql`, headers: await signedIn() }),
      cache: new InMemoryCache(),
    });

  test("keeps the quarters of a household apart, and the household one", async () => {
    const client = await open();
    const board = apolloGql`query ($quarter: Quarter!) { villagePoints(divisionCode: "fengqiao", quarter: $quarter) { households(first: 5) { edges { node { id points entries { points } household { id householdNo } } } } } }`;
    const points = async (quarter: string, fetchPolicy: "network-only" | "cache-only") => {
      const { data } = await client.query<never>({ query: board, variables: { quarter }, fetchPolicy });
      return (data as never as { villagePoints: { households: { edges: { node: { points: number } }[] } } })
        .villagePoints.households.edges[0]?.node.points;
    };
    expect([await points("2026-Q3", "network-only"), await points("2026-Q4", "network-only")]).toEqual([103, 100]);
    // The second answer has not changed what is kept of the first.
    expect([await points("2026-Q3", "cache-only"), await points("2026-Q4", "cache-only")]).toEqual([103, 100]);
    const kept = Object.keys(client.cache.extract() as object);
    expect(kept.filter((key) => key.startsWith("HouseholdOnBoard:"))).toHaveLength(2);
    expect(kept.filter((key) => key.startsWith("Household:"))).toHaveLength(1);
  });

  test("changes what it has kept where a step answers, wherever it is shown", async () => {
    const client = await open();
    const list = apolloGql`query { organizationBySlug(slug: "fengqiao-station") { id serviceRecords(first: 10, orderBy: RECORDED_AT) { edges { cursor node { id state volunteer { id displayName } } } pageInfo { hasNextPage endCursor } } } }`;
    type Listed = { organizationBySlug: { serviceRecords: { edges: { node: { id: string; state: string } }[] } } };
    const read = () =>
      client.readQuery<Listed>({ query: list })?.organizationBySlug.serviceRecords.edges.map(({ node }) => node);
    await client.query({ query: list });
    const waiting = read()?.find(({ state }) => state === "SUBMITTED");
    const step = apolloGql`mutation ($input: VoidServiceRecordInput!) { voidServiceRecord(input: $input) { serviceRecord { id state } userErrors { code } } }`;
    await client.mutate({ mutation: step, variables: { input: { recordId: waiting?.id, reason: "误录" } } });
    expect(read()?.find(({ id }) => id === waiting?.id)?.state).toBe("VOIDED");
    // Asked by its id, it is the same object.
    const node = apolloGql`query ($id: ID!) { node(id: $id) { id ... on ServiceRecord { state } } }`;
    const { data } = await client.query<{ node: { state: string } }>({
      query: node,
      variables: { id: waiting?.id },
      fetchPolicy: "network-only",
    });
    expect(data?.node.state).toBe("VOIDED");
    const kept = client.cache.extract() as Record<string, { __typename?: string; id?: string }>;
    for (const [key, { __typename, id }] of Object.entries(kept)) if (id) expect(key).toBe(`${__typename}:${id}`);
  });

  test("gets the status of the newer media type for a document that does not fit", async () => {
    const client = await open();
    const failed = await client
      .query({ query: apolloGql`{ nothing }`, errorPolicy: "all" })
      .catch((error: unknown) => ({ error }));
    expect(JSON.stringify((failed as { error?: { errors?: unknown } }).error?.errors ?? failed)).toContain(
      "GRAPHQL_VALIDATION_FAILED",
    );
  });
});

describe("relay-compiler", () => {
  test("compiles fragments, connections, refetches and mutations against our schema", () => {
    const folder = mkdtempSync(join(tmpdir(), "goodhours-relay-"));
    try {
      mkdirSync(join(folder, "src"));
      mkdirSync(join(folder, "generated"));
      writeFileSync(join(folder, "schema.graphql"), readFileSync(join(__dirname, "../../schema.graphql")));
      writeFileSync(join(folder, "src/records.ts"), relaySource);
      writeFileSync(
        join(folder, "relay.config.json"),
        JSON.stringify({
          src: "./src",
          schema: "./schema.graphql",
          language: "typescript",
          artifactDirectory: "./generated",
          eagerEsModules: false,
          customScalarTypes: { Minutes: "number", Seq: "string", DateTime: "string", Date: "string", Month: "string" },
        }),
      );
      const cli = join(dirname(require.resolve("relay-compiler/package.json")), "cli.js");
      const printed = execFileSync(process.execPath, [cli, "relay.config.json"], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
      expect(printed).not.toMatch(/ERROR|✖︎/);
      const made = readdirSync(join(folder, "generated")).sort();
      expect(made).toEqual(
        expect.arrayContaining([
          "recordsListQuery.graphql.ts",
          "recordsList_station.graphql.ts",
          "recordsVoidMutation.graphql.ts",
          "recordsRefetchQuery.graphql.ts",
          "recordsVolunteer_volunteer.graphql.ts",
        ]),
      );
      // A list that grows is one list in the store, whatever page is asked for; what is refused may be null.
      const list = readFileSync(join(folder, "generated/recordsList_station.graphql.ts"), "utf8");
      expect(list).toContain('"connection": [');
      expect(list).toMatch(/serviceRecords: \{[\s\S]*?\} \| null/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** A page of a station's records, as an app with Relay has it. Each fragment is one of a kind that Relay asks the schema for. */
const relaySource = `
import { graphql } from "relay-runtime";
graphql\`
  query recordsListQuery($slug: String!, $count: Int!, $cursor: String) {
    organizationBySlug(slug: $slug) { ...recordsList_station @arguments(count: $count, cursor: $cursor) }
  }
\`;
graphql\`
  fragment recordsList_station on Organization
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "recordsPaginationQuery") {
    serviceRecords(first: $count, after: $cursor, orderBy: RECORDED_AT) @connection(key: "recordsList_serviceRecords") {
      edges { node { id state serviceMinutes volunteer { ...recordsVolunteer_volunteer } } }
    }
  }
\`;
graphql\`
  fragment recordsVolunteer_volunteer on Volunteer @refetchable(queryName: "recordsRefetchQuery") {
    id
    displayName
    account { id balance { posted } }
  }
\`;
graphql\`
  mutation recordsVoidMutation($input: VoidServiceRecordInput!) {
    voidServiceRecord(input: $input) { serviceRecord { id state } userErrors { code message path } }
  }
\`;
graphql\`
  query recordsNodesQuery($ids: [ID!]!) { nodes(ids: $ids) { id ... on ServiceRecord { recordedAt } } }
\`;
graphql\`
  subscription recordsBalanceSubscription($id: ID!) { balanceChanged(accountId: $id) { account { id balance { posted } } } }
\`;
`;
