import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { operationText, settingsOf, tokensOf } from "../test/support/api";
import type { TestBank } from "../test/support/bank";
import { root } from "../test/support/root";
import { batch, openBatches } from "./batches";
import type { LoadReport } from "./load";
import { peerNames } from "./peers";
import { openLoad, serveOurs, servePeer } from "./processes";
import { median, type Row } from "./table";

const connections = 32;
const seconds = 1.5;
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const lines = 40;

/** How fast the Wallet and a Statement are answered, everything on, beside servers that answer the same from memory. */
export async function reading(bank: TestBank, folder: string, only?: string): Promise<Row[]> {
  const volunteer = await bank.store.view.volunteerByNo("V-1");
  if (!volunteer) throw new Error("the bench has a V-1");
  const tokenFor = tokensOf(bank);
  const token = await tokenFor(await bank.actorOf(volunteer));
  const statement = { accountId: volunteer.accountId, axis: "EFFECTIVE", first: lines };
  // What one person may ask for in a minute would end the bench; it is counted all the same.
  const settings = { ...settingsOf(bank), RATE_LIMIT_SCALE: "1000" };
  const log = join(folder, "log");
  const load = openLoad();
  const ours = await serveOurs(settings, log);
  try {
    const rows: Row[] = [];
    if (only !== "statement") rows.push(...(await compared("Wallet", {}, 0.35)));
    if (only !== "statement") rows.push(await besideLogging());
    if (only !== "wallet") rows.push(...(await compared("Statement", statement, 0.5)));
    return rows;
  } finally {
    load.end();
    ours.end();
  }

  function asking(name: string, variables: object) {
    const body = JSON.stringify({ query: operationText("wallet.graphql", name), operationName: name, variables });
    return { body, headers: { "content-type": "application/json", authorization: `Bearer ${token}` } };
  }

  /** What a reader waits while a station logs its lists into the same server. */
  async function besideLogging(): Promise<Row> {
    const order = { url: ours.url, ...asking("Wallet", {}), connections, seconds };
    const batches = await openBatches(bank, { url: ours.url, token: await tokenFor(bank.worker) });
    const [alone, beside, perSecond]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round <= rounds; round++) {
      const quiet = await load.run(order);
      const busy = await batches.beside(load.run(order));
      // The first is for the compilers.
      if (round === 0) continue;
      alone.push(quiet.p99);
      beside.push(busy.done.p99);
      perSecond.push(busy.batches / seconds);
    }
    return {
      what: `Wallet: p99 while ${Math.round(median(perSecond))} batches of ${batch} are logged a second / p99 alone`,
      ours: `${median(beside).toFixed(1)} ms`,
      theirs: `${median(alone).toFixed(1)} ms`,
      ratio: median(beside.map((p99, i) => p99 / (alone[i] as number))),
      bar: null,
    };
  }

  async function compared(name: string, variables: object, bar: number): Promise<Row[]> {
    const { body, headers } = asking(name, variables);
    const text = await (await fetch(ours.url, { method: "POST", headers, body })).text();
    if (!text.startsWith('{"data"')) throw new Error(`${name} was not answered: ${text}`);
    const answerFile = join(folder, `${name}.json`);
    writeFileSync(answerFile, text);
    const peers = await Promise.all(
      peerNames.map(async (peer) => ({
        peer,
        server: await servePeer(peer, join(root, "schema.graphql"), answerFile),
      })),
    );
    const servers = [{ peer: "ours", server: ours }, ...peers];
    const runs = new Map<string, LoadReport[]>(servers.map(({ peer }) => [peer, []]));
    try {
      for (let round = 0; round <= rounds; round++)
        for (const { peer, server } of servers) {
          const report = await load.run({ url: server.url, headers, body, connections, seconds });
          // The first is for the compilers.
          if (round > 0) runs.get(peer)?.push(report);
        }
    } finally {
      for (const { server } of peers) server.end();
    }
    const own = runs.get("ours") as LoadReport[];
    const [p50, p99] = [median(own.map((run) => run.p50)), median(own.map((run) => run.p99))];
    const perSecond = (reports: LoadReport[]) => median(reports.map((run) => run.perSecond));
    const bytes = (text.length / 1024).toFixed(1);
    return [
      ...peerNames.map((peer): Row => {
        const theirs = runs.get(peer) as LoadReport[];
        return {
          what: `${name} (${bytes} KiB) / ${peer}`,
          ours: `${Math.round(perSecond(own))}/s`,
          theirs: `${Math.round(perSecond(theirs))}/s`,
          ratio: median(own.map((run, i) => run.perSecond / (theirs[i] as LoadReport).perSecond)),
          bar: peer === "mercurius with JIT" ? { least: bar } : null,
        };
      }),
      {
        what: `${name}: p99 / p50`,
        ours: `${p99.toFixed(1)} ms`,
        theirs: `${p50.toFixed(1)} ms`,
        ratio: median(own.map((run) => run.p99 / run.p50)),
        bar: { most: 4 },
      },
    ];
  }
}
