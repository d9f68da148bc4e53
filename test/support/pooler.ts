import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * PgBouncer in transaction mode, as far as a bank sees it: a session of the server is anybody's once its transaction is over.
 * In statement mode nobody has a transaction.
 */
export interface Pooler {
  readonly url: string;
  close(): Promise<void>;
}

type Server = { socket: Socket; tell: (bytes: Buffer) => void };

export async function openPooler(address: string, mode: "transaction" | "statement"): Promise<Pooler> {
  const target = new URL(address);
  const idle: Server[] = [];
  const all = new Set<Socket>();
  let sessions = 0;

  /** A session that was given back last, else a new one. */
  async function take(): Promise<Server> {
    const known = idle.pop();
    if (known) return known;
    const socket = connect(Number(target.port), target.hostname);
    all.add(socket.on("error", () => undefined));
    const server: Server = { socket, tell: () => undefined };
    socket.on("data", (bytes) => server.tell(bytes));
    socket.write(startup({ user: target.username, database: target.pathname.slice(1) }));
    await new Promise<void>((ready) => {
      server.tell = (bytes) => void (isIdle(bytes) && ready());
    });
    return server;
  }

  const listener = createServer((client) => {
    all.add(client.on("error", () => undefined));
    let greeted = false;
    let held: Promise<Server> | null = null;
    client.on("data", async (bytes) => {
      if (!greeted) {
        greeted = true;
        sessions += 1;
        client.write(Buffer.concat([message("R", word(0)), message("K", word(900_000 + sessions), word(0)), rest]));
        return;
      }
      // A farewell is not passed on: the session stays for others.
      if (bytes[0] === 0x58) return void client.end();
      if (mode === "statement" && bytes.subarray(5).toString().startsWith("BEGIN"))
        return void client.write(Buffer.concat([noTransactions, rest]));
      held ??= take();
      const server = await held;
      server.tell = (answer) => {
        client.write(answer);
        if (!isIdle(answer)) return;
        held = null;
        server.tell = () => undefined;
        idle.push(server);
      };
      server.socket.write(bytes);
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const through = new URL(address);
  through.port = String((listener.address() as AddressInfo).port);
  return {
    url: through.href,
    async close() {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const socket of all) socket.destroy();
      await closed;
    },
  };
}

const word = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const message = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), word(body.length + 4), body]);
};
/** ReadyForQuery outside a transaction. */
const rest = message("Z", Buffer.from("I"));
const isIdle = (bytes: Buffer) => bytes.subarray(-rest.length).equals(rest);

const noTransactions = message(
  "E",
  Buffer.from("SFATAL\0C08P01\0Mtransaction blocks not allowed in statement pooling mode\0\0"),
);

function startup(parameters: Record<string, string>): Buffer {
  const words = Object.entries(parameters).flat();
  const body = Buffer.concat([word(196_608), Buffer.from(`${words.map((text) => `${text}\0`).join("")}\0`)]);
  return Buffer.concat([word(body.length + 4), body]);
}
