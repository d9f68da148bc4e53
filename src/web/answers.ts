import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** An answer before it is sent. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  /** Says which caches may keep the answer: all for two seconds, all for ever (its name holds its hash), or none. */
  readonly keep: "SHARED" | "FOR_EVER" | "PRIVATE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  /** The parts of the request on which the answer depends, beside its address; language and session where left out. */
  readonly varies?: readonly string[];
}

const cacheControl = {
  SHARED: "public, max-age=2, stale-while-revalidate=30",
  FOR_EVER: "public, max-age=31536000, immutable",
  PRIVATE: "private, no-store",
} as const;

/** The page loads nothing but our own files, has no inline style or script, and may be framed by no site. */
export const strictPolicy = [
  "default-src 'none'",
  "img-src 'self' data:",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");
/** The one page that other sites may frame: it holds no form and knows no visitor. */
export const framedPolicy = strictPolicy
  .replace("frame-ancestors 'none'", "frame-ancestors *")
  .replace("form-action 'self'", "form-action 'none'");
/** ECharts writes its hover styles into the drawing. */
export const drawingPolicy = "default-src 'none'; style-src 'unsafe-inline'";

export function json(value: unknown, more: Partial<Answer> = {}): Answer {
  return {
    status: 200,
    type: "application/json; charset=utf-8",
    body: JSON.stringify(value),
    keep: "PRIVATE",
    ...more,
  };
}

/** After a post the browser asks for the page anew, so that reloading it posts nothing twice. */
export function seeOther(location: string, cookies: readonly string[] = []): Answer {
  return { status: 303, type: "text/plain; charset=utf-8", body: "", keep: "PRIVATE", headers: { location }, cookies };
}

const tags = new WeakMap<Answer, string>();
function tagOf(answer: Answer): string {
  const known = tags.get(answer) ?? `"${createHash("sha256").update(answer.body).digest("base64url").slice(0, 27)}"`;
  tags.set(answer, known);
  return known;
}

export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const bytes = typeof answer.body === "string" ? Buffer.from(answer.body, "utf8") : answer.body;
  const headers: Record<string, string | string[]> = {
    "content-type": answer.type,
    "content-security-policy": strictPolicy,
    "cache-control": cacheControl[answer.keep],
    // With no-referrer a browser would post "Origin: null", and we could not tell our own forms from others'.
    "referrer-policy": "same-origin",
    vary: ["Origin", ...(answer.varies ?? ["Accept-Language", "Cookie"])].join(", "),
    ...answer.headers,
  };
  if (answer.cookies?.length) headers["set-cookie"] = [...answer.cookies];
  if (answer.keep !== "PRIVATE" && answer.status === 200) {
    const tag = tagOf(answer);
    headers.etag = tag;
    if (matches(request.headers["if-none-match"], tag)) {
      response.writeHead(304, headers);
      return void response.end();
    }
  }
  response.writeHead(answer.status, { ...headers, "content-length": String(bytes.length) });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

function matches(header: string | undefined, tag: string): boolean {
  return header?.split(",").some((sent) => sent.trim().replace(/^W\//, "") === tag || sent.trim() === "*") ?? false;
}
