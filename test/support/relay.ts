import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A wire between a bank and its PostgreSQL that a test may cut, hold still, or let forget what a pooler forgets. */
export interface Relay {
  /** The address of the database through the relay. */
  readonly url: string;
  /** Closes the door: what is connected is cut off, what connects is refused. */
  cut(): Promise<void>;
  /** Opens the same door again. */
  mend(): Promise<void>;
  /** From now on nothing passes, and nothing is closed. */
  hold(): void;
  close(): Promise<void>;
}

interface Options {
  /** Startup parameters that do not pass, as PgBouncer ignores them. */
  readonly forgets?: readonly string[];
}

export async function openRelay(address: string, { forgets = [] }: Options = {}): Promise<Relay> {
  const target = new URL(address);
  const sockets = new Set<Socket>();
  let held = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    }
    let started = false;
    near.on("data", (bytes) => {
      if (held) return;
      far.write(started ? bytes : withoutParameters(bytes, forgets));
      started = true;
    });
    far.on("data", (bytes) => void (held || near.write(bytes)));
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const through = new URL(address);
  through.port = String(port);
  const cut = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: through.href,
    cut,
    mend: () => listen(port),
    hold() {
      held = true;
    },
    close: () => (server.listening ? cut() : Promise.resolve()),
  };
}

/** PostgreSQL's first message: its length, the protocol's version, then names and values, each ended by a zero byte. */
function withoutParameters(message: Buffer, forgets: readonly string[]): Buffer {
  const head = message.subarray(4, 8);
  const words = message.subarray(8, -1).toString("utf8").split("\0").slice(0, -1);
  const kept = words.filter((_, i) => !forgets.includes(words[i - (i % 2)] as string));
  const body = Buffer.concat([head, Buffer.from(`${kept.map((word) => `${word}\0`).join("")}\0`)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}
