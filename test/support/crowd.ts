import { Agent, request } from "node:http";
import { createClient as createStreamClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import WebSocket from "ws";
import type { Shift } from "../../src/domain/facts/activities";
import type { CampaignTotals } from "../../src/services/announcements/feeds";
import { operationText, settingsOf, tokensOf } from "./api";
import { openBank } from "./bank";
import { charityDay, openCharity } from "./charity";
import { serving } from "./process";

export interface CrowdReport {
  volunteers: number;
  watchers: number;
  /** From the first request to the last answer. */
  seconds: number;
  /** How long one check-in took, in milliseconds. */
  milliseconds: { p50: number; p95: number; p99: number; most: number };
  accepted: number;
  /** The same key sent again, and another key for somebody who is there already. */
  replayed: number;
  refused: Record<string, number>;
  totals: { checkedIn: number; volunteers: number };
  /** What each watcher heard last, as often as it was heard; and how many events each got at most. */
  heard: Record<string, number>;
  eventsMost: number;
  /** From the last check-in's answer to the last watcher's hearing of it. */
  lagMilliseconds: number;
}

/**
 * A crowd at the charity day: everybody checks in at once over HTTP at a server of its own, some of them twice, while
 * watchers hear the totals over both kinds of stream.
 */
export async function crowd(volunteers: number, watchers: number, connections = 64): Promise<CrowdReport> {
  const bank = await openBank(undefined, "2026-09-01T09:00:00+08:00");
  const charity = await openCharity(bank);
  const shifts: Shift[] = [];
  const perShift = Math.ceil(volunteers / 5);
  for (let i = 0; i < 5; i += 1) {
    const announced = await charity.announce(`square-${i}`, { shift: { capacity: perShift } });
    shifts.push(announced.shifts[0] as Shift);
  }
  const people = await Promise.all(
    Array.from({ length: volunteers }, async (_, i) => {
      const volunteer = await bank.volunteer(`C-${String(i).padStart(4, "0")}`);
      const shift = shifts[i % shifts.length] as Shift;
      await charity.signUp(volunteer, shift);
      return { actor: await bank.actorOf(volunteer), shift };
    }),
  );
  bank.setClock(`${charityDay}T08:30:00+08:00`);
  const token = tokensOf(bank);
  const tokens = await Promise.all(people.map(({ actor }) => token(actor)));
  const lead = await token(charity.lead);
  const server = await serving({ ...settingsOf(bank), GOODHOURS_CLOCK: `${charityDay}T08:30:00+08:00+` });
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const watching = watch(server.url, charity.campaign.slug, watchers, volunteers);
  try {
    await watching.ready;
    const codes = new Map<string, string>();
    for (const shift of shifts) codes.set(shift.id, await codeFor(agent, server.url, lead, shift.id));
    const took: number[] = [];
    const report = { accepted: 0, replayed: 0, refused: {} as Record<string, number> };
    const startedAt = performance.now();
    const checkIn = async (i: number, key: string) => {
      const shiftId = people[i]?.shift.id as string;
      const from = performance.now();
      const { data } = await ask(agent, server.url, tokens[i] as string, "CheckIn", {
        input: { idempotencyKey: key, shiftId, token: codes.get(shiftId), deviceId: `phone-${i}` },
      });
      took.push(performance.now() - from);
      const { attendance, replayed, userErrors } = data.checkIn;
      if (attendance && !replayed) report.accepted += 1;
      if (replayed) report.replayed += 1;
      for (const { code } of userErrors) report.refused[code] = (report.refused[code] ?? 0) + 1;
    };
    await Promise.all(
      people.map(async (_, i) => {
        await checkIn(i, `check-in-${i}`);
        // A weak line sends again; an impatient thumb presses again.
        if (i % 10 === 0) await checkIn(i, `check-in-${i}`);
        if (i % 20 === 0) await checkIn(i, `again-${i}`);
      }),
    );
    const endedAt = performance.now();
    await watching.done;
    const lagMilliseconds = Math.max(0, watching.lastHeardAt() - endedAt);
    const campaign = await ask(agent, server.url, null, "CharityDay", { slug: charity.campaign.slug });
    const { checkedIn, volunteers: counted } = campaign.data.campaign.totals;
    took.sort((a, b) => a - b);
    const at = (share: number) =>
      Math.round(took[Math.min(took.length - 1, Math.floor(took.length * share))] as number);
    return {
      volunteers,
      watchers,
      seconds: (endedAt - startedAt) / 1000,
      milliseconds: { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) },
      ...report,
      totals: { checkedIn, volunteers: counted },
      ...watching.result(),
      lagMilliseconds: Math.round(lagMilliseconds),
    };
  } finally {
    watching.close();
    agent.destroy();
    await server.stop();
    await bank.close();
  }
}

/** Half of them over WebSocket, half over event streams; done when each has heard that everybody is there. */
function watch(url: string, slug: string, watchers: number, expected: number) {
  const payload = { query: operationText("activities.graphql", "CampaignTotals"), variables: { slug } };
  const heard = new Map<number, { last: number; events: number }>();
  let lastHeardAt = 0;
  const closers: (() => void)[] = [];
  const signals = { ready: () => {}, done: () => {}, failed: (_: unknown) => {} };
  const ready = new Promise<void>((resolve, reject) => {
    signals.ready = resolve;
    signals.failed = reject;
  });
  const done = new Promise<void>((resolve) => {
    signals.done = resolve;
  });
  const sink = (i: number) => ({
    // biome-ignore lint/suspicious/noExplicitAny: two libraries' answers of the same shape.
    next({ data }: any) {
      const totals = data.campaignTotals as CampaignTotals;
      heard.set(i, { last: totals.checkedIn, events: (heard.get(i)?.events ?? 0) + 1 });
      if (heard.size === watchers) signals.ready();
      if (totals.checkedIn !== expected) return;
      lastHeardAt = performance.now();
      if ([...heard.values()].every(({ last }) => last === expected)) signals.done();
    },
    error: signals.failed,
    complete: () => {},
  });
  for (let i = 0; i < watchers; i += 1) {
    const client =
      i % 2 === 0
        ? createSocketClient({ url: `${url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, lazy: true })
        : createStreamClient({ url: `${url}/graphql/stream` });
    closers.push(client.subscribe(payload as never, sink(i) as never), () => void client.dispose());
  }
  return {
    ready,
    done,
    lastHeardAt: () => lastHeardAt,
    result() {
      const each = [...heard.values()];
      const last: Record<string, number> = {};
      for (const listener of each) last[listener.last] = (last[listener.last] ?? 0) + 1;
      return { heard: last, eventsMost: Math.max(...each.map(({ events }) => events)) };
    },
    close() {
      for (const close of closers) close();
    },
  };
}

async function codeFor(agent: Agent, url: string, lead: string, shiftId: string): Promise<string> {
  return (await ask(agent, url, lead, "CheckInCode", { shiftId })).data.shift.checkInCode.token;
}

async function ask(
  agent: Agent,
  url: string,
  token: string | null,
  operation: string,
  variables: object,
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape their document asks for.
): Promise<any> {
  const body = JSON.stringify({ query: documents(operation), operationName: operation, variables });
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/graphql`, { method: "POST", agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve(JSON.parse(Buffer.concat(parts).toString("utf8"))));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const texts = new Map<string, string>();
function documents(operation: string): string {
  const text = texts.get(operation) ?? operationText("activities.graphql", operation);
  texts.set(operation, text);
  return text;
}
