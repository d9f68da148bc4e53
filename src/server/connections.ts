import type { Server } from "node:http";
import type { BlockList, Socket } from "node:net";
import { connectionAddressOf } from "./addresses";
import { EdgeError } from "./errors";
import type { Limits } from "./limits";
import { endUnread } from "./raw";
import { askerOf, type Shares } from "./shares";

interface Bounds {
  readonly limits: Limits;
  readonly trusted: BlockList;
  readonly shares: Shares;
  /** A connection was turned away because the server holds as many as it may. */
  dropped(): void;
}

/**
 * Bounds connections as they are made, before one says a word: so many an address, and so many in all. Those of a trusted
 * proxy are many people's, and only the sum bounds them.
 */
export function boundConnections(server: Server, { limits, trusted, shares, dropped }: Bounds): void {
  server.maxConnections = limits.connections;
  server.on("drop", dropped);
  server.prependListener("connection", (socket: Socket) => {
    const address = connectionAddressOf(socket, trusted);
    if (address === null) return;
    try {
      socket.once("close", shares.hold(askerOf(null, address), "connections"));
    } catch (error) {
      if (!(error instanceof EdgeError)) throw error;
      const { code, http: _, ...facts } = error.extensions;
      socket.on("error", () => undefined);
      endUnread(socket, error.code, facts);
    }
  });
}
