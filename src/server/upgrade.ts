import { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Whether a client asks to go on as a WebSocket; any other protocol it offers may be passed over (RFC 9110 §7.8). */
export function wantsWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && headers.upgrade?.toLowerCase() === "websocket";
}

/**
 * A request that offers another protocol, such as h2c, is answered as if it had not. Node has closed its stream by then: a
 * new one is given the body raw from the socket, as long as it was announced, and the connection ends with the answer.
 */
export function asPlainRequest(
  offered: IncomingMessage,
  socket: Socket,
  head: Buffer,
): [IncomingMessage, ServerResponse] {
  const request = new IncomingMessage(socket);
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = offered;
  Object.assign(request, { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor });
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once("finish", () => {
    response.detachSocket(socket);
    socket.end();
  });
  let missing = Number(headers["content-length"] ?? 0);
  const take = (chunk: Buffer) => {
    const part = chunk.subarray(0, missing);
    missing -= part.length;
    if (part.length > 0) request.push(part);
    if (missing > 0) return;
    socket.off("data", take);
    // Else its end would count as broken off, and take the socket with it.
    request.complete = true;
    request.push(null);
  };
  socket.on("data", take);
  socket.once("close", () => request.destroy());
  take(head);
  return [request, response];
}
