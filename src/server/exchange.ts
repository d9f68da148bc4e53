import type { IncomingMessage, ServerResponse } from "node:http";
import type { EdgeRequest } from "./errors";

/** A request, and what is known of its answer so far. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly search: string;
  readonly frame: EdgeRequest;
  /** Headers that the answer carries, whatever it is. Node writes them fastest when they are handed over together at the end. */
  readonly headers: Record<string, string>;
}

/** Machines ask these and act on a late answer. They cost next to nothing, so they wait for no turn. */
export const probes: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** The addresses of programs. Metrics are labelled by these; any other path is "other", or a scanner would fill the registry. */
export const knownRoutes: ReadonlySet<string> = new Set(["/graphql", "/graphql/stream", ...probes]);

export function splitUrl(url = "/"): [path: string, search: string] {
  const at = url.indexOf("?");
  return at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at)];
}

/** A browser that is shown the page it asked for, and not the answer of an address for programs. */
export function wantsPage({ url, headers }: IncomingMessage): boolean {
  return !knownRoutes.has(splitUrl(url)[0]) && /\btext\/html\b/.test(headers.accept ?? "");
}
