import type { IncomingMessage } from "node:http";
import { refuse } from "../domain/kit/refusal";
import { isKeepable } from "../domain/kit/texts";

const bodyMost = 16 * 1024;

/** A form of ours is small and urlencoded; anything else is not from one of our pages. */
export class BadRequest extends Error {
  constructor(
    readonly status: 400 | 403 | 413 | 415,
    readonly key: "formForeign" | "formTooLarge" | "formUnread",
  ) {
    super(key);
  }
}

/** Reads the posted fields. A post without a body is a form without fields. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (isEmpty(request)) return new URLSearchParams();
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers["content-type"] ?? ""))
    throw new BadRequest(415, "formUnread");
  if (request.headers["content-encoding"]) throw new BadRequest(415, "formUnread");
  const chunks: Buffer[] = [];
  let size = 0;
  if (Number(request.headers["content-length"] ?? 0) > bodyMost) throw new BadRequest(413, "formTooLarge");
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > bodyMost) throw new BadRequest(413, "formTooLarge");
    chunks.push(chunk as Buffer);
  }
  const form = new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
  for (const [name, value] of form)
    if (!isKeepable(value)) refuse("INVALID_INPUT", { controlCharacters: true }, [name]);
  return form;
}

function isEmpty({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0;
}

/**
 * A post must come from a page of this very site; a browser always names its origin. `leaving` is a post that only ends a
 * session: it is also taken from a program, which names none.
 */
export function checkOrigin(request: IncomingMessage, { publicUrl, leaving = false }: Site): void {
  const { origin, host } = request.headers;
  if (leaving && origin === undefined && request.headers["sec-fetch-site"] === undefined) return;
  if (origin !== undefined) {
    if (origin === publicUrl || hostOf(origin) === host) return;
    throw new BadRequest(403, "formForeign");
  }
  if (request.headers["sec-fetch-site"] !== "same-origin") throw new BadRequest(403, "formForeign");
}

interface Site {
  publicUrl: string;
  leaving?: boolean;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

export function cookiesOf(request: IncomingMessage): ReadonlyMap<string, string> {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("=", 2));
  return new Map(pairs.flatMap(([name, value]) => (name && value ? [[name, value] as const] : [])));
}
