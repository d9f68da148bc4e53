import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv4, type Socket } from "node:net";

/** More hops than any request passes; a longer list is a stranger's. */
const hopsMax = 20;

/** The proxies whose word about an address is believed: those of the operator's list, and never the request itself. */
export function trustedProxies(list: readonly string[]): BlockList {
  const trusted = new BlockList();
  for (const entry of list) {
    const [address = "", bits] = entry.split("/");
    const family = isIPv4(address) ? "ipv4" : "ipv6";
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  return trusted;
}

/** Whether an entry names an address or a block of addresses. */
export function isAddressBlock(entry: string): boolean {
  const [, address = "", bits] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(entry) ?? [];
  const version = isIP(address);
  return version !== 0 && (bits === undefined || Number(bits) <= (version === 4 ? 32 : 128));
}

/**
 * The address that a share is counted for. `X-Forwarded-For` is read from the right, and only as long as each hop is a
 * trusted proxy: the first that is none is the client. What is no address ends the reading at the hop that said it.
 * `Forwarded` (RFC 7239) is not read: two headers that disagree would let a client choose its address.
 */
export function shareAddressOf(request: IncomingMessage, trusted: BlockList): string {
  const peer = peerOf(request.socket, trusted);
  if (!peer.isTrusted) return peer.share;
  let client = peer.address;
  const header = request.headers["x-forwarded-for"];
  const hops = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",").slice(-hopsMax);
  while (isTrusted(client, trusted)) {
    const hop = plain((hops.pop() ?? "").trim());
    if (hop === null) break;
    client = hop;
  }
  return shareOf(client);
}

interface Peer {
  readonly address: string;
  readonly share: string;
  readonly isTrusted: boolean;
}
const peers = new WeakMap<Socket, Peer>();

/** The peer at the other end of a connection, which is the same for all its requests. */
function peerOf(socket: Socket, trusted: BlockList): Peer {
  const known = peers.get(socket);
  if (known) return known;
  const address = plain(socket.remoteAddress ?? "");
  const peer =
    address === null
      ? { address: "unknown", share: "unknown", isTrusted: false }
      : { address, share: shareOf(address), isTrusted: isTrusted(address, trusted) };
  peers.set(socket, peer);
  return peer;
}

/** The address that a connection is counted for, whatever it will carry; null for a trusted proxy's, which carries many people's. */
export function connectionAddressOf(
  { remoteAddress }: Pick<Socket, "remoteAddress">,
  trusted: BlockList,
): string | null {
  const address = plain(remoteAddress ?? "");
  if (address === null) return "unknown";
  return isTrusted(address, trusted) ? null : shareOf(address);
}

function isTrusted(address: string, trusted: BlockList): boolean {
  return trusted.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

function shareOf(address: string): string {
  return isIPv4(address) ? address : networkOf(address);
}

/** An address without its port, zone or IPv6 disguise; null where the text is none. */
function plain(text: string): string | null {
  const [, bracketed, withPort] = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(text) ?? [];
  const address = (bracketed ?? withPort ?? text).replace(/%.*$/, "");
  if (isIP(address) === 0) return null;
  if (isIPv4(address)) return address;
  const groups = groupsOf(address);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  const [high = 0, low = 0] = groups.slice(6);
  return mapped ? [high >> 8, high & 255, low >> 8, low & 255].join(".") : address;
}

/** A household or a phone has a whole /64 of IPv6 to choose from: it is one client. */
function networkOf(address: string): string {
  const groups = groupsOf(address).slice(0, 4);
  return `${groups.map((group) => group.toString(16)).join(":")}::/64`;
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const dotted = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = "", tail] = dotted.split("::");
  const read = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  if (tail === undefined) return read(head);
  const [first, last] = [read(head), read(tail)];
  return [...first, ...Array<number>(Math.max(0, 8 - first.length - last.length)).fill(0), ...last];
}
