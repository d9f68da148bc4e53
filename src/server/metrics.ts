import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/**
 * What the process tells of itself, such as its memory. It is collected once for all servers of the process: the watch on garbage
 * and on the event loop never ends.
 */
let collected: Registry | undefined;
function ofProcess(): Registry {
  if (collected) return collected;
  collected = new Registry();
  collectDefaultMetrics({ register: collected });
  return collected;
}

/** What an operator watches. A registry for each server, so that a process may run several. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const together = [ofProcess(), registry];
  return {
    /** All of it as text. */
    text: () => Registry.merge(together).metrics(),
    contentType: registry.contentType,
    requests: new Counter({
      name: "goodhours_http_requests_total",
      help: "HTTP requests answered, by route and status.",
      labelNames: ["route", "status"] as const,
      registers,
    }),
    seconds: new Histogram({
      name: "goodhours_http_request_seconds",
      help: "Seconds from a request's headers to the end of its answer, by route.",
      labelNames: ["route"] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    errors: new Counter({
      name: "goodhours_graphql_errors_total",
      help: "Errors in GraphQL answers, by code and transport.",
      labelNames: ["code", "transport"] as const,
      registers,
    }),
    limited: new Counter({
      name: "goodhours_rate_limited_total",
      help: "What was refused because a share was used up, by share and by whose it is.",
      labelNames: ["share", "of"] as const,
      registers,
    }),
    ready: new Gauge({
      name: "goodhours_ready",
      help: "Whether /readyz says that traffic may be sent here: 1 or 0.",
      registers,
    }),
    faults: new Counter({
      name: "goodhours_database_faults_total",
      help: "Requests that met a database which did not do its work, by the code of the cause.",
      labelNames: ["code"] as const,
      registers,
    }),
    tokens: new Counter({
      name: "goodhours_tokens_refused_total",
      help: "Tokens that convinced nobody, by reason.",
      labelNames: ["reason"] as const,
      registers,
    }),
    open: new Gauge({
      name: "goodhours_connections_open",
      help: "Long-lived connections open now, by transport.",
      labelNames: ["transport"] as const,
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
