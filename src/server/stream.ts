import type { ServerResponse } from "node:http";
import type { ExecutionResult } from "graphql";
import { print } from "graphql-sse";

/**
 * Answers one operation as an event stream (graphql-sse's distinct connections mode). Written out here rather than
 * through its handler because that one queues results without bound for a client that reads slowly.
 */
export async function streamResults(
  response: ServerResponse,
  results: AsyncIterable<ExecutionResult> | ExecutionResult,
  {
    headers,
    pingMs,
    describe,
  }: {
    headers: Readonly<Record<string, string>>;
    pingMs: number;
    describe: (result: ExecutionResult) => object;
  },
): Promise<void> {
  const iterator = Symbol.asyncIterator in results ? results[Symbol.asyncIterator]() : once(results);
  let listening = !response.destroyed;
  const hangUp = () => {
    listening = false;
    iterator.return?.()?.catch(() => {});
  };
  if (!listening) return hangUp();
  response.once("close", hangUp);
  response.writeHead(200, {
    ...headers,
    "content-type": "text/event-stream; charset=utf-8",
    "x-accel-buffering": "no",
  });
  // Some browsers wait for a first byte; proxies drop a connection that stays silent.
  response.write(":\n\n");
  const ping = setInterval(() => response.writable && response.write(":\n\n"), pingMs);
  try {
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
      if (!listening || !response.writable) return;
      const data = describe(step.value) as ExecutionResult;
      const roomy = response.write(print({ event: "next", data } as Parameters<typeof print>[0]));
      if (!roomy) await drained(response);
    }
    // Ended by us in a shutdown, a stream is not complete: the client should come back.
    if (listening && response.writable) response.end(print({ event: "complete", data: null }));
  } finally {
    clearInterval(ping);
    if (listening && response.writable) response.end();
  }
}

async function* once(result: ExecutionResult): AsyncGenerator<ExecutionResult, undefined> {
  yield result;
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off("drain", go).off("close", go);
      resolve();
    };
    response.on("drain", go).on("close", go);
    if (response.destroyed) go();
  });
}
