import { isComing } from "../domain/kit/soon";
import type { Admission } from "./admission";
import { EdgeError } from "./errors";
import { type Exchange, knownRoutes, probes } from "./exchange";
import type { AnswerGraphql } from "./graphql";
import type { Limits } from "./limits";
import type { Metrics } from "./metrics";
import { within } from "./operations";
import type { EdgeOptions } from "./options";
import { checkMethod, graphqlMethods, type Sending, text } from "./sending";

interface RoutesOptions extends Pick<EdgeOptions, "identity" | "ready" | "routes" | "visitor" | "warnings"> {
  readonly limits: Limits;
  readonly admission: Admission;
  readonly sending: Sending;
  readonly metrics: Metrics;
  readonly answerGraphql: AnswerGraphql;
  isDraining(): boolean;
}

const probeMethods = ["GET", "HEAD", "OPTIONS"];

/** Which address is answered by what. */
export function createRoutes(options: RoutesOptions) {
  const { limits, admission, sending, metrics, identity } = options;
  const { send } = sending;

  return async function answer(exchange: Exchange): Promise<void> {
    const { request, path } = exchange;
    checkHost(exchange);
    if (request.method === "OPTIONS") return send(exchange, 204, allowOf(path), "");
    switch (path) {
      case "/graphql":
      case "/graphql/stream": {
        exchange.headers["cache-control"] = "no-store";
        exchange.headers.vary = "Origin, Accept, Accept-Language";
        const entered = within(limits.requestMs, admission.enter(exchange.frame, request.headers.authorization));
        const claims = isComing(entered) ? await entered : entered;
        checkMethod(exchange, graphqlMethods);
        return options.answerGraphql(exchange, claims);
      }
      case "/healthz":
        checkMethod(exchange, probeMethods);
        return send(exchange, 200, text, "ok");
      case "/readyz":
        checkMethod(exchange, probeMethods);
        return answerReady(exchange);
      case "/metrics":
        checkMethod(exchange, probeMethods);
        metrics.ready.set((await isReady()) ? 1 : 0);
        return send(exchange, 200, { ...text, "content-type": metrics.contentType }, await metrics.text());
    }
    return answerPage(exchange);
  };

  async function isReady(): Promise<boolean> {
    return !options.isDraining() && (await within(limits.requestMs, options.ready()).catch(() => false));
  }

  async function answerReady(exchange: Exchange): Promise<void> {
    const ready = await isReady();
    const warnings = ready ? await currentWarnings() : [];
    const lines = [ready ? "ready" : "not ready", ...warnings.map((line) => `warning: ${line}`)];
    send(exchange, ready ? 200 : 503, text, lines.join("\n"));
  }

  /** Asked of a bank that is ready and of no other: a database that is away answers neither. */
  async function currentWarnings(): Promise<readonly string[]> {
    const asking = Promise.resolve(options.warnings?.() ?? []);
    return within(limits.requestMs, asking).catch(() => []);
  }

  /** Pages write their own heads: what every answer carries is set before they begin. */
  async function answerPage({ request, response, path, search, frame, headers }: Exchange): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    await admission.admit(frame, (await options.visitor?.(request)) ?? null);
    const claims = () => identity.verify(request.headers.authorization);
    const { requestId, languages, address } = frame;
    if (await options.routes?.(request, response, { path, search, requestId, languages, address, claims })) return;
    throw new EdgeError("NOT_FOUND");
  }
}

function checkHost({ request }: Exchange): void {
  const hosts = hostsIn(request.rawHeaders);
  if (hosts > 1 || (hosts === 0 && request.httpVersion === "1.1"))
    throw new EdgeError("INVALID_INPUT", {
      message: "A request has one Host header.",
      zh: "须有且仅有一个 Host 请求头。",
    });
}

function hostsIn(rawHeaders: readonly string[]): number {
  let hosts = 0;
  // Names stand at the even places.
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  return hosts;
}

/** What may be done at an address of a program; a page's own methods are the page's to know. */
function allowOf(path: string): Record<string, string> {
  if (!knownRoutes.has(path)) return {};
  return { allow: (probes.has(path) ? probeMethods : graphqlMethods).join(", ") };
}
