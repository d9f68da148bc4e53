import { randomBytes } from "node:crypto";
import { renameSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import type { Actor } from "../../src/domain/permissions/actors";
import { settingsOf, tokensOf } from "../support/api";
import { openBank, type TestBank } from "../support/bank";
import { type Engine, everyEngine } from "../support/engines";
import { type Served, serving } from "../support/process";
import { openRelay, type Relay } from "../support/relay";

/** A served bank whose database a test takes away; what the log says of it. */
interface Scene {
  bank: TestBank;
  served: Served;
  relay: Relay;
  /** What the log says of the database, in order. */
  outages(): { msg: string; code: string; requests: number; level: string }[];
  ready(): Promise<number>;
  becomes(status: number): Promise<void>;
  asked(actor?: Actor): Promise<Response>;
  written(): Promise<Response>;
}

const postgres = everyEngine.find(({ kind }) => kind === "postgres") as Engine;
const sqlite = everyEngine[0] as Engine;
/** What a test has opened, and closes at its end also where the server did not start: an open bank keeps a worker alive. */
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function scene(engine: Engine, user?: string): Promise<Scene> {
  const bank = await openBank(engine);
  opened.push(() => bank.close());
  const address = new URL(bank.ground.where, "file:///");
  if (user) address.username = user;
  const relay = await openRelay(engine.kind === "postgres" ? address.href : "postgres://127.0.0.1:1");
  opened.push(() => relay.close());
  const url = engine.kind === "postgres" ? relay.url : `file:${bank.ground.where}`;
  const served = await serving({ ...settingsOf(bank), DATABASE_URL: url, BANK: "bank", LOG_LEVEL: "info" });
  opened.push(() => served.kill());
  let said = "";
  served.child.stderr?.on("data", (some: string) => {
    said += some;
  });
  const ready = async () => (await fetch(`${served.url}/readyz`)).status;
  const post = async (body: object, actor?: Actor) =>
    fetch(`${served.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "accept-language": "en",
        ...(actor && { authorization: `Bearer ${await tokensOf(bank)(actor)}` }),
      },
      body: JSON.stringify(body),
    });
  return {
    bank,
    served,
    relay,
    ready,
    outages: () =>
      said
        .split("\n")
        .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []))
        .filter(({ msg }) => msg.startsWith("database")),
    async becomes(status) {
      for (const until = Date.now() + 20_000; (await ready()) !== status; await sleep(50))
        if (Date.now() > until) throw new Error(`/readyz did not become ${status}: ${said}`);
    },
    asked: (actor) => post({ query: "{ divisions { code } }" }, actor),
    written: () =>
      post(
        {
          query: `mutation ($input: SetPolicyInput!) { setPolicy(input: $input) { userErrors { code } } }`,
          variables: {
            input: {
              idempotencyKey: bank.key(),
              key: "credit.balanceCapMinutes",
              value: 6000,
              effectiveFrom: "2027-01-01",
              citation: "test",
            },
          },
        },
        bank.officer,
      ),
  };
}

test("a database that is away is 503 with Retry-After everywhere, one line a cause, and back without a restart", async () => {
  const { served, relay, bank, becomes, ready, asked, written, outages } = await scene(postgres);
  expect(await ready()).toBe(200);
  await relay.cut();
  const startedAt = Date.now();
  expect(await ready()).toBe(503);
  expect(Date.now() - startedAt).toBeLessThan(5_000);

  const [read, signedIn, write, page, stream] = await Promise.all([
    asked(),
    asked(bank.officer),
    written(),
    fetch(`${served.url}/`, { headers: { accept: "text/html" } }),
    fetch(`${served.url}/graphql/stream?query=${encodeURIComponent("{ divisions { code } }")}`, {
      headers: { "accept-language": "en" },
    }),
  ]);
  for (const answer of [read, signedIn, write, page, stream])
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
  const unread = { message: "The bank could not be read just now. Send the same request again." };
  for (const answer of [read, signedIn, write, stream])
    expect(await answer.json()).toMatchObject({
      errors: [{ ...unread, extensions: { code: "BUSY_RETRY", retryable: true } }],
    });
  expect(await page.text()).toContain("暂时无法读取");
  const socket = createClient({ url: `${served.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
  const heard = await new Promise((resolve) =>
    socket.subscribe({ query: "{ divisions { code } }" }, { next: resolve, error: resolve, complete: () => undefined }),
  );
  expect(JSON.stringify(heard)).toContain("BUSY_RETRY");
  await socket.dispose();

  const authorization = `Bearer ${await tokensOf(bank)(bank.officer)}`;
  const signed = new WebSocket(`${served.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  signed.on("open", () => signed.send(JSON.stringify({ type: "connection_init", payload: { authorization } })));
  expect(await new Promise((resolve) => signed.on("close", resolve))).toBe(1013);

  await Promise.all(Array.from({ length: 100 }, () => asked()));
  const counted = await (await fetch(`${served.url}/metrics`)).text();
  expect(counted).toMatch(/^goodhours_ready 0$/m);
  expect(counted).toMatch(/^goodhours_database_faults_total\{code="ECONNREFUSED"\} 1\d\d$/m);
  await relay.mend();
  await becomes(200);
  expect((await asked()).status).toBe(200);
  expect(await (await written()).json()).toMatchObject({ data: { setPolicy: { userErrors: [] } } });
  const told = outages();
  const [refused] = told.filter(({ code }) => code === "ECONNREFUSED");
  expect(refused?.msg).toMatch(/^database unreachable: ECONNREFUSED \(since 20[\dT:.-]+Z, \d+ requests?\)$/);
  expect(new Set(told.map(({ code, msg }) => `${code} ${msg.slice(0, 16)}`)).size).toBe(told.length);
  expect(told.at(-1)).toMatchObject({ level: "info", msg: expect.stringMatching(/^database is back/) });
  expect(told.at(-1)?.requests).toBeGreaterThan(100);
  expect(told.length).toBeLessThan(6);
});

test("a server that stands still is not ready, and is waited for no longer than a request", async () => {
  const { relay, ready, outages, asked } = await scene(postgres);
  expect((await asked()).status).toBe(200);
  relay.hold();
  const startedAt = Date.now();
  expect(await ready()).toBe(503);
  expect(Date.now() - startedAt).toBeLessThan(5_000);
  expect(outages()).toMatchObject([{ code: "TIMEOUT", reason: "no answer within 2 s" }]);
});

test("connections that an administrator ends are logged, and the next request is answered", async () => {
  const { bank, asked, written, becomes, outages } = await scene(postgres);
  expect((await asked()).status).toBe(200);
  expect((await written()).status).toBe(200);
  await bank.ground.raw(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  const answers = await Promise.all(Array.from({ length: 20 }, () => asked()));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect((await written()).status).toBe(200);
  await becomes(200);
  expect(outages().map(({ code }) => code)).toContain("57P01");
});

test.each([
  ["no connection is free", "53300", "CONNECTION LIMIT 0", "CONNECTION LIMIT -1"],
  [
    "only reading is allowed, as on a standby",
    "25006",
    "SET default_transaction_read_only = on",
    "RESET default_transaction_read_only",
  ],
  ["the sign-in is refused", "28000", "NOLOGIN", "LOGIN"],
])("%s: the log says %s, and readiness follows", async (_, code, taken, given) => {
  const role = `clerk_${randomBytes(4).toString("hex")}`;
  const { bank, written, becomes, outages, ready } = await scene(withRole(role), role);
  expect((await written()).status).toBe(200);
  await bank.ground.raw(
    `ALTER ROLE ${role} ${taken}`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`,
  );
  const refused = await written();
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await ready()).toBe(503);
  expect(outages().map((line) => line.code)).toContain(code);
  await bank.ground.raw(`ALTER ROLE ${role} ${given}`);
  await becomes(200);
  expect((await written()).status).toBe(200);
});

test("a disk that is full at the commit is logged with its cause, and shows in readiness", async () => {
  const { bank, written, asked, ready, becomes, outages } = await scene(postgres);
  await bank.ground.raw(
    `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100', DETAIL = 'planted 330681199001011234'; END $$`,
    `CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT ON journal DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW EXECUTE FUNCTION full_disk()`,
  );
  for (let i = 0; i < 10; i += 1)
    expect(await (await written()).json()).toMatchObject({ errors: [{ extensions: { code: "OUTCOME_UNKNOWN" } }] });
  expect(await ready()).toBe(503);
  expect((await asked()).status).toBe(200);
  expect(outages()).toMatchObject([{ msg: expect.stringContaining("database has no room: 53100"), level: "error" }]);
  expect(JSON.stringify(outages())).not.toContain("330681");
  await bank.ground.raw("DROP FUNCTION full_disk CASCADE");
  expect((await written()).status).toBe(200);
  await becomes(200);
});

test("a file that is moved away from a running bank takes no command, and nothing that was acknowledged is lost", async () => {
  const { bank, asked, written, ready, becomes, outages } = await scene(sqlite);
  expect((await written()).status).toBe(200);
  renameSync(bank.ground.where, `${bank.ground.where}.away`);
  expect((await written()).status).toBe(503);
  expect(await ready()).toBe(503);
  expect(outages()).toMatchObject([{ code: "MOVED", reason: "the bank's file is gone from its place" }]);
  renameSync(`${bank.ground.where}.away`, bank.ground.where);
  await becomes(200);
  expect((await asked()).status).toBe(200);
  expect((await written()).status).toBe(200);
});

/** The engine with a role that may do what a bank does and is no superuser, so that limits bind it. */
function withRole(role: string): Engine {
  return {
    ...postgres,
    copy: undefined,
    async ground() {
      const ground = await postgres.ground();
      await ground.raw(`CREATE ROLE ${role} LOGIN`);
      for (const schema of ["bank", "bank_keys"])
        await ground.raw(
          `GRANT ALL ON SCHEMA ${schema} TO ${role}`,
          `GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
          `GRANT ALL ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`,
        );
      return {
        ...ground,
        async remove() {
          await ground.raw(`DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
          await ground.remove();
        },
      };
    },
  };
}
