import { hash } from "node:crypto";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { type Soon, whenKnown } from "../domain/kit/soon";
import type { Asker, Cost, Spent } from "./asking";
import { EdgeError } from "./errors";
import type { Limits } from "./limits";
import { type Left, openWindows, type Taking } from "./windows";

/** What is left after something was counted; with `refuse` where it was too much. */
export interface Counting {
  readonly cost: Cost;
  readonly refuse?: () => never;
}

/** The database in which several servers count together. */
export interface ShareStore {
  readonly schema: string;
  readonly table: string;
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null }>;
  close(): Promise<void>;
}

type Counted = "requests" | "cost";
type Held = "sockets" | "subscriptions" | "bytes" | "connections";

const windowSeconds = 60;
/** A batch of 1,000 records has 600 KiB, and counts 2,400. */
export const bytesPerCost = 256;
const smallBytes = 8 * 1024;
/** A socket or a subscription ends when its client likes; this is when to look again. */
const heldRetrySeconds = 10;

export interface SharesOptions {
  readonly limits: Limits;
  /** Null: each server counts for itself, in memory. */
  readonly store: ShareStore | null;
  refused(share: Counted | Held, of: Asker["of"]): void;
  /** The shared counts cannot be reached: until they can, each server counts for itself. */
  lost(error: unknown): void;
}

/** The share of requests, cost, connections, sockets and subscriptions that each address and each person has. */
export function createShares({ limits, store, refused, lost }: SharesOptions) {
  const database = store && openStore(store, lost);
  const limiters = mapValues(limits.shares, (share, of) =>
    mapValues({ requests: share.requests, cost: share.cost }, (points, counted) => {
      const options = { points, duration: windowSeconds, keyPrefix: `${of}:${counted}` };
      return database ? database.limiter(options) : openWindows(options);
    }),
  );
  const messages = openWindows({ points: limits.socketMessages, duration: windowSeconds });
  const held = new Map<string, number>();

  const take = ({ of, key }: Asker, counted: Counted, points: number) => limiters[of][counted](key, points);

  function refuse(asker: Asker, share: Counted | Held, retryAfter: number): never {
    refused(share, asker.of);
    throw new EdgeError("RATE_LIMITED", { share, of: asker.of, limit: mostOf(asker, share), retryAfter });
  }

  /** A person holds no connections: until a request comes, each is its address's. */
  function mostOf({ of }: Asker, share: Counted | Held): number {
    return share === "connections" ? limits.shares.address.connections : limits.shares[of][share];
  }

  function costOf({ of }: Asker, requested: number | null, left: Left): Cost {
    return {
      requested,
      limit: limits.cost,
      share: limits.shares[of].cost,
      remaining: left.remainingPoints,
      resetAfter: secondsOf(left),
    };
  }

  return {
    /** Once the shared counts can be asked, or are known to be away. */
    ready: database?.ready ?? Promise.resolve(),

    /** Counts one request, and at least one of cost; answers with what is left, and with the refusal where it was too much. */
    admit(asker: Asker): Soon<Counting> {
      const counted = [take(asker, "requests", 1), take(asker, "cost", 1)] as const;
      return whenKnown(counted[0], (request) =>
        whenKnown(counted[1], (cost) => {
          const standing = costOf(asker, 0, cost.left);
          if (!request.allowed)
            return { cost: standing, refuse: () => refuse(asker, "requests", secondsOf(request.left)) };
          if (!cost.allowed) return { cost: standing, refuse: () => refuse(asker, "cost", secondsOf(cost.left)) };
          return { cost: standing };
        }),
      );
    },

    /** Counts an operation that was read. */
    spend(asker: Asker, { requested, counted }: Spent): Soon<Counting> {
      return whenKnown(take(asker, "cost", counted), ({ left, allowed }) => {
        const cost = costOf(asker, requested, left);
        return allowed ? { cost } : { cost, refuse: () => refuse(asker, "cost", secondsOf(left)) };
      });
    },

    /** Counts the bytes of a text before it is read; what is small is counted with its operation. */
    receive(asker: Asker, bytes: number): Soon<Counting | null> {
      if (bytes <= smallBytes) return null;
      return this.spend(asker, { requested: 0, counted: Math.ceil(bytes / bytesPerCost) });
    },

    /** Whether one more message of a socket is read. */
    hears: (socketKey: string): boolean => messages(socketKey, 1).allowed,

    /** Holds a connection, a socket, a subscription or room for bytes until the returned function is called, in this server alone. */
    hold(asker: Asker, share: Held, amount = 1): () => void {
      const name = `${share}:${asker.of}:${asker.key}`;
      const count = held.get(name) ?? 0;
      if (count + amount > mostOf(asker, share)) refuse(asker, share, heldRetrySeconds);
      held.set(name, count + amount);
      let holding = true;
      return () => {
        if (!holding) return;
        holding = false;
        const left = (held.get(name) ?? amount) - amount;
        if (left > 0) held.set(name, left);
        else held.delete(name);
      };
    },

    close: async () => database?.close(),
  };
}

export type Shares = ReturnType<typeof createShares>;

/** Subjects and addresses are personal: what counts them holds a hash of each. */
export function askerOf(subject: string | null, address: string): Asker {
  return { of: subject === null ? "address" : "person", key: hash("sha256", subject ?? address, "base64url") };
}

/** The library refuses by throwing what is left. */
async function taken(limiter: RateLimiterPostgres, key: string, points: number): Promise<Taking> {
  try {
    return { left: await limiter.consume(key, points), allowed: true };
  } catch (error) {
    if (error instanceof RateLimiterRes) return { left: error, allowed: false };
    throw error;
  }
}

function secondsOf({ msBeforeNext }: Left): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}

/** The library's table stands in the bank's schema; where it cannot be reached, memory stands in. */
function openStore(store: ShareStore, lost: (error: unknown) => void) {
  let away = false;
  const query = async ({ text, values }: { text: string; values?: unknown[] }) => {
    try {
      const result = await store.query(text, values);
      away = false;
      return result;
    } catch (error) {
      if (!away) lost(error);
      away = true;
      if ((error as { code?: unknown }).code === tableMissing) void makeTable();
      throw error;
    }
  };
  const table = { storeClient: { query }, storeType: "pool", schemaName: store.schema, tableName: store.table };

  let making: Promise<void> | undefined;
  /** Also later, where the database was away at the start. */
  function makeTable(): Promise<void> {
    making ??= new Promise<void>((resolve) => {
      new RateLimiterPostgres({ ...table, points: 1, duration: 1 }, () => resolve());
    }).finally(() => {
      making = undefined;
    });
    return making;
  }

  return {
    ready: makeTable(),
    limiter(options: { points: number; duration: number; keyPrefix: string }) {
      const limiter = new RateLimiterPostgres({
        ...options,
        ...table,
        tableCreated: true,
        inMemoryBlockOnConsumed: options.points + 1,
        insuranceLimiter: new RateLimiterMemory(options),
      });
      return (key: string, points: number) => taken(limiter, key, points);
    },
    close: () => store.close(),
  };
}

const tableMissing = "42P01";

function mapValues<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  map: (value: From, key: Key) => To,
): Record<Key, To> {
  const entries = (Object.entries(record) as [Key, From][]).map(([key, value]) => [key, map(value, key)]);
  return Object.fromEntries(entries) as Record<Key, To>;
}
