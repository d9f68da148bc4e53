import type { Edge, EdgeOptions } from "../../src/server/http";
import type { AddressShare, Share } from "../../src/server/limits";
import { createWorld, openEdge } from "./harness";

const plenty: Share = { requests: 1_000, cost: 100_000, sockets: 100, subscriptions: 100, bytes: 8_000_000 };
/** Shares of which only the named ones are small. */
export const shares = (address: Partial<AddressShare>, person: Partial<Share> = {}) => ({
  address: { ...plenty, connections: 1_000, ...address },
  person: { ...plenty, ...person },
});

/** What the refusal of a request beyond a share says. */
export const limited = (share: string, of: string, limit: number) => ({
  code: "RATE_LIMITED",
  share,
  of,
  limit,
  retryAfter: expect.any(Number),
});

export const hello = { query: "{ hello }" };

/** Opens edges with limits of their own, which close when the test ends. */
export function openEdges() {
  const open: Edge[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((edge) => edge.close()));
  });
  return async (limits: EdgeOptions["limits"], more: Partial<EdgeOptions> = {}, world = createWorld()) => {
    const edge = await openEdge(world, { limits, ...more });
    open.push(edge);
    return edge;
  };
}

/** Waits for what the other end of a connection does in its own time. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let left = 200; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
