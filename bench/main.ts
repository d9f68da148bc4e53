import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { seedEndsAt, seedZhuji } from "../src/cli/seed";
import { serve } from "../src/cli/serve";
import { readConfig } from "../src/config";
import type { Actor } from "../src/domain/permissions/actors";
import { demoKeyPair, issueToken } from "../src/server/identity";
import { type BankOptions, openServices, seededEntropy, systemEntropy } from "../src/services";
import { migrateSqlite, openSqlite } from "../src/storage/sqlite";

/**
 * What we say about speed, as ratios of interleaved rounds in one run on one machine: never as absolute figures, and
 * never as a test. Higher is better; 1.00 is as fast as the bare thing. `npm run bench -- wallet` or `-- posting` runs one.
 */
const rounds = 7;
const seconds = 1.5;
const connections = 32;
const now = Date.parse(seedEndsAt);
const clock = () => now;
const origin = "goodhours.example/zhuji";

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "goodhours-bench-"));
  try {
    const path = join(folder, "bank.db");
    const config = readConfig({
      DATABASE_URL: `file:${path}`,
      GOODHOURS_CLOCK: seedEndsAt,
      PORT: "0",
      LOG_LEVEL: "silent",
      // One client asks here for many, and the share of one person would end its rounds.
      RATE_LIMIT_SCALE: "100",
    });
    const { secret, issuer } = config;
    await seedZhuji(
      async (seedClock) => {
        migrateSqlite(path);
        const store = openSqlite({ path, origin, clock: seedClock });
        const options = { store, clock: seedClock, secret, origin, issuer, entropy: seededEntropy("bench") };
        return { options, services: openServices(options), close: () => store.close() };
      },
      () => undefined,
    );
    const store = openSqlite({ path, origin, clock });
    const options: BankOptions = { store, clock, secret, origin, issuer, entropy: systemEntropy() };
    const bank = { options, services: openServices(options), close: () => store.close() };
    const edge = await serve(config, bank);
    const [volunteer] = await store.view.volunteerList({ states: ["ACTIVE"] }, { first: 1, after: null });
    const token = await issueToken({
      privateKey: demoKeyPair(secret.toString("hex")).privateKey,
      issuer,
      audience: config.audience,
      subject: volunteer?.personId ?? "",
      clock,
      ttlSeconds: 86_400,
    });
    const [only] = process.argv.slice(2);
    if (only !== "posting") await wallet(edge.url, token);
    if (only !== "wallet") await posting(bank, path, join(folder, "bare.db"));
    await edge.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// ---- reading: the app's Wallet query against a bare node:http answer of the same bytes

async function wallet(url: string, token: string): Promise<void> {
  const document = readFileSync(join(__dirname, "../test/clients/wallet.graphql"), "utf8");
  const query = document.slice(document.indexOf("query Wallet"), document.indexOf("query Statement"));
  const body = JSON.stringify({ query, operationName: "Wallet", variables: {} });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const answer = await (await fetch(`${url}/graphql`, { method: "POST", headers, body })).text();
  if (!answer.includes('"balance"')) throw new Error(`the wallet did not answer: ${answer}`);
  const bare = await bareServer(answer);
  const target = { headers, body, length: answer.length };
  const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}`;
  await load(`${url}/graphql`, target, 1);
  await load(bareUrl, target, 1);
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round++)
    pairs.push([await load(`${url}/graphql`, target, seconds), await load(bareUrl, target, seconds)]);
  bare.closeAllConnections();
  bare.close();
  tell("Wallet over HTTP / bare node:http with the same bytes", "requests/s", pairs);
}

async function bareServer(answer: string): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    incoming.once("end", () => {
      outgoing.writeHead(200, { "content-type": "application/json; charset=utf-8" });
      outgoing.end(answer);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function load(
  url: string,
  { headers, body }: { headers: Record<string, string>; body: string },
  forSeconds: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ends = performance.now() + forSeconds * 1000;
  let answered = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < ends) {
        await ask(url, agent, headers, body);
        answered += 1;
      }
    }),
  );
  agent.destroy();
  return (answered * 1000) / (performance.now() - started);
}

function ask(url: string, agent: Agent, headers: Record<string, string>, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: "POST",
      agent,
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
    });
    sent.once("error", reject);
    sent.once("response", (incoming) => {
      if (incoming.statusCode !== 200) reject(new Error(`status ${incoming.statusCode}`));
      incoming.resume();
      incoming.once("end", resolve);
    });
    sent.end(body);
  });
}

// ---- writing: confirming records through the services against bare better-sqlite3 writing the same rows

const batch = 100;
const perRound = 10;

async function posting(
  bank: { options: BankOptions; services: ReturnType<typeof openServices> },
  path: string,
  barePath: string,
): Promise<void> {
  const { store } = bank.options;
  const station = await store.view.organizationBySlug("fengqiao-station");
  if (!station) throw new Error("the seed has Fengqiao's station");
  const staff = (await store.view.grantsOfOrganization(station.id)).filter((grant) =>
    grant.role.startsWith("STATION_"),
  );
  const actor = (role: string): Promise<Actor> => {
    const personId = staff.find((grant) => grant.role === role)?.personId ?? "";
    return bank.services.people.actorOfPerson(personId);
  };
  const [worker, supervisor] = [await actor("STATION_WORKER"), await actor("STATION_SUPERVISOR")];
  const volunteers = await store.view.volunteerList({ states: ["ACTIVE"] }, { first: batch * 3, after: null });
  // The nights of the last days are free in the seed, and still in time.
  const waiting: string[][] = [];
  for (let turn = 0; waiting.length < rounds * perRound; turn++) {
    const startedAt = now - (1 + Math.floor(turn / 6)) * 86_400_000 - 9 * 3_600_000 + (turn % 6) * 3_600_000;
    const answer = await bank.services.hours.log(worker, {
      idempotencyKey: `bench-${turn}`,
      organizationId: station.id,
      mode: "EACH",
      dryRun: false,
      entries: volunteers.map((volunteer) => ({
        volunteerNo: volunteer.volunteerNo,
        serviceType: "COMPANION_TALK",
        startedAt,
        endedAt: startedAt + 3_000_000,
        breakMinutes: 0,
        content: "聊天",
        activityLead: "负责人",
      })),
    });
    const ids = answer.results.flatMap((line) => (line.record?.confirmationsNeeded === 1 ? [line.record.id] : []));
    for (let i = 0; i + batch <= ids.length; i += batch) waiting.push(ids.slice(i, i + batch));
    if (turn > 54) throw new Error("the bench found no free hours");
  }
  const bare = bareDatabase(path, barePath);
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round++) {
    const batches = waiting.slice(round * perRound, (round + 1) * perRound);
    const marks = [(await store.view.head()).seq];
    const started = performance.now();
    for (const [i, recordIds] of batches.entries()) {
      const answer = await bank.services.hours.confirm(supervisor, {
        idempotencyKey: `c-${round}-${i}`,
        recordIds,
        mode: "EACH",
      });
      if (answer.accepted !== batch) throw new Error(`confirmed ${answer.accepted} of ${batch}`);
      marks.push((await store.view.head()).seq);
    }
    const ours = performance.now() - started;
    const theirs = bare.copy(marks);
    pairs.push([(perRound * batch * 1000) / ours, (perRound * batch * 1000) / theirs]);
  }
  bare.close();
  tell(`Posting, ${batch} records a commit / bare better-sqlite3 writing the same rows`, "records/s", pairs);
}

const appended = ["journal", "transfers", "record_steps"] as const;
const changed = { accounts: "last_seq", service_records: "seq" } as const;

/** The same tables without guards; rows are read before the clock starts, then written as fast as the library can. */
function bareDatabase(path: string, barePath: string) {
  const source = new SQLite(path, { readonly: true });
  const target = new SQLite(barePath);
  target.pragma("journal_mode = WAL");
  target.pragma("synchronous = FULL");
  target.pragma("foreign_keys = OFF");
  const names = [...appended, "entries", ...Object.keys(changed)];
  const tables = source.prepare(
    "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name = ? AND type IN ('table', 'index')",
  );
  for (const name of names) for (const { sql } of tables.all(name) as { sql: string }[]) target.exec(sql);
  const insert = new Map(
    names.map((name) => {
      const columns = (source.pragma(`table_info(${name})`) as { name: string }[]).map((column) => column.name);
      return [name, target.prepare(`INSERT OR REPLACE INTO ${name} VALUES (${columns.map(() => "?").join(", ")})`)];
    }),
  );
  return {
    copy(marks: number[]): number {
      const batches = marks.slice(1).map((until, i) => {
        const rows: [string, unknown[]][] = [];
        for (const name of [...appended, "entries"])
          for (const row of source
            .prepare(`SELECT * FROM ${name} WHERE seq > ? AND seq <= ?`)
            .raw()
            .all(marks[i], until))
            rows.push([name, row as unknown[]]);
        for (const [name, column] of Object.entries(changed))
          for (const row of source
            .prepare(`SELECT * FROM ${name} WHERE ${column} > ? AND ${column} <= ?`)
            .raw()
            .all(marks[i], until))
            rows.push([name, row as unknown[]]);
        return rows;
      });
      const started = performance.now();
      for (const rows of batches) {
        target.exec("BEGIN IMMEDIATE");
        for (const [name, row] of rows) insert.get(name)?.run(...row);
        target.exec("COMMIT");
      }
      return performance.now() - started;
    },
    close() {
      source.close();
      target.close();
    },
  };
}

function tell(title: string, unit: string, pairs: [number, number][]): void {
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const [ours, theirs] = [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))];
  const ratios = pairs.map(([a, b]) => a / b).sort((a, b) => a - b);
  const [least, most] = [ratios[0] ?? 0, ratios.at(-1) ?? 0];
  console.log(
    `${title}: ${median(ratios).toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)} over ${pairs.length} rounds; ${Math.round(ours)} and ${Math.round(theirs)} ${unit})`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
