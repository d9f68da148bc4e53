import { connect } from "node:net";

/** What is sent again and again, and for how long. */
export interface LoadOrder {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadReport {
  readonly perSecond: number;
  /** Milliseconds from a request to the end of its answer. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * The load, in a process of its own. It speaks HTTP over bare sockets, since a client library would cost more than the fastest of
 * the servers it measures: each connection sends its request, reads the answer to its end, and sends it again.
 */
export async function load({ url, headers, body, connections, seconds }: LoadOrder): Promise<LoadReport> {
  const { hostname, port, pathname } = new URL(url);
  const lines = [`POST ${pathname} HTTP/1.1`, `host: ${hostname}:${port}`, "connection: keep-alive"];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  lines.push(`content-length: ${Buffer.byteLength(body)}`, "", body);
  const request = Buffer.from(lines.join("\r\n"));
  const took: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  await Promise.all(Array.from({ length: connections }, () => asking(hostname, Number(port), request, endsAt, took)));
  const elapsed = performance.now() - startedAt;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] as number;
  return { perSecond: (took.length * 1000) / elapsed, p50: at(0.5), p99: at(0.99) };
}

function asking(host: string, port: number, request: Buffer, endsAt: number, took: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    let sentAt = 0;
    let head = "";
    /** Bytes of the body that are still to come; -1 while the headers are read, Infinity where the body comes in chunks. */
    let left = -1;
    const send = () => {
      [head, left, sentAt] = ["", -1, performance.now()];
      socket.write(request);
    };
    const answered = () => {
      const now = performance.now();
      took.push(now - sentAt);
      if (now < endsAt) return send();
      socket.destroy();
      resolve();
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the server hung up")));
    socket.on("data", (chunk) => {
      let rest = chunk;
      if (left === -1) {
        const end = chunk.indexOf("\r\n\r\n");
        head += chunk.toString("latin1", 0, end < 0 ? chunk.length : end);
        if (end < 0) return;
        if (!head.startsWith("HTTP/1.1 200 ")) return void socket.destroy(new Error(`answered: ${String(chunk)}`));
        const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
        left = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
        rest = chunk.subarray(end + 4);
        if (rest.subarray(0, 9).toString("latin1") === '{"errors"')
          return void socket.destroy(new Error(`answered: ${String(rest)}`));
      }
      left -= rest.length;
      const isEnd =
        left === Number.POSITIVE_INFINITY ? rest.subarray(-5).toString("latin1") === "0\r\n\r\n" : left <= 0;
      if (isEnd) answered();
    });
  });
}

if (require.main === module)
  process.on("message", (order: LoadOrder) => {
    load(order).then(
      (report) => process.send?.({ report }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
