import { BadConfig, type Config } from "../config";
import { calendarEnd } from "../domain/kit/calendar";
import { createContext } from "../graphql/kit/context";
import { formatError } from "../graphql/kit/errors";
import { buildGoodhoursSchema } from "../graphql/schema";
import { type Edge, listen } from "../server/http";
import { demoKeyPair, issueToken, openIdentity, sessionNamed } from "../server/identity";
import { sharesAt } from "../server/limits";
import { createLogger } from "../server/log";
import { createMetrics } from "../server/metrics";
import { stopOnSignals } from "../server/shutdown";
import { tellTokens } from "../server/tokenlog";
import { explained } from "../storage/writer";
import { chosenLanguage, errorPage, explorerPage, openPages, routeLabel, Scheme, visitorOf } from "../web";
import { languageOf } from "../web/languages";
import { demoPeople } from "./demo-people";
import { logFault, tellOutages } from "./outages";
import type { OpenBank } from "./output";

const holdsLookMs = 60_000;
const demoSessionSeconds = 86_400;

/** Opens the edge over an open bank; a signal lets running requests finish, then closes the bank. */
export async function serve(config: Config, { services, options, shareStore, close }: OpenBank): Promise<Edge> {
  if (!config.demo && config.jwksUrl === null)
    throw new BadConfig("TOKEN_JWKS_URL: needed: the address of the token issuer's keys");
  const { issuer, audience, clock } = config;
  if (issuer === null)
    throw new BadConfig("TOKEN_ISSUER: needed: the address by which the tokens of your issuer name it");
  const logger = createLogger({ level: config.logLevel, explain: explained });
  tellOutages(options.store, logger);
  const metrics = createMetrics();
  options.store.health.onFault(({ code }) => metrics.faults.inc({ code }));
  options.store.onHalt((cause) =>
    logger.fatal({ err: cause }, "the writer stopped: nothing is written until a restart"),
  );
  options.tellUnreadable = (personId) =>
    logger.error({ personId }, "a key does not open: what is sealed of this person cannot be read; run the audit");
  const key = config.jwksUrl
    ? { jwksUrl: config.jwksUrl }
    : { publicKey: demoKeyPair(config.secret.toString("hex")).publicKey };
  const hourglass = setInterval(() => {
    // A task that could not be done now is done a minute later; readiness and logs say that the bank cannot write.
    services.ledger.expireHolds().catch(logFault(logger, "holds were not released"));
    services.orders.expire().catch(logFault(logger, "orders were not ended"));
    services.privacy.finishErasures().catch(logFault(logger, "an erasure was not finished"));
    services.credit.ending
      .expire()
      .then(({ failed }) => failed.forEach(logFault(logger, "a credit record whose time is over was not erased")))
      .catch(logFault(logger, "credit records whose time is over were not erased"));
    services.activities
      .keepTime()
      .then(({ failed }) => failed.forEach(logFault(logger, "an activity that is over was not ended")))
      .catch(logFault(logger, "activities that are over were not ended"));
  }, holdsLookMs).unref();
  const opened = openIdentity({
    issuer,
    audience,
    clock,
    endedAmong: (sessions) => services.sessions.endedAmong(sessions),
    claims: config.claims,
    ...key,
  });
  const identity = tellTokens(opened, { logger, count: (reason) => metrics.tokens.inc({ reason }) });
  const { privateKey } = demoKeyPair(config.secret.toString("hex"));
  // With PORT=0 the address is known only once the edge listens.
  const publicUrl = () => config.publicUrl ?? edge.url;
  const scheme = new Scheme(services);
  const pages = openPages({
    services,
    scheme,
    publicUrl,
    verify: identity.verify,
    sessionNamed: (token) => sessionNamed(token, clock),
    issuer,
    demoToken: config.demo
      ? (subject) => issueToken({ privateKey, issuer, audience, subject, clock, ttlSeconds: demoSessionSeconds })
      : null,
    demoPeople: () => demoPeople(options.store.view),
  });
  const edge: Edge = await listen({
    schema: await buildGoodhoursSchema(),
    context: ({ languages, ...request }) =>
      createContext({ services, issuer, publicUrl: publicUrl(), language: languageOf(languages), ...request }),
    identity,
    begin: () => services.refresh(),
    routes: pages,
    explorer: config.graphiql ? explorerPage : undefined,
    errorPage: errorPage({ publicUrl, scheme }),
    chosenLanguage,
    routeLabel,
    host: config.host,
    port: config.port,
    corsOrigins: config.corsOrigins,
    trustedProxies: config.trustedProxies,
    shareStore,
    limits: { shares: sharesAt(config.rateLimitScale ?? 1) },
    visitor: visitorOf({ verify: identity.verify }),
    ready: async () => !options.store.halted && (await options.store.health.look()),
    warnings: async () => {
      const ends = calendarEnd(await services.calendar(), services.today());
      return ends === null
        ? []
        : [`the calendar of working days is known until ${ends}: set policy calendar.exceptions, or update Goodhours`];
    },
    secure: config.publicUrl?.startsWith("https:") ?? false,
    stop: async () => {
      clearInterval(hourglass);
      await close();
      forgetSignals();
    },
    logger,
    metrics,
    formatError,
    languageOf,
  }).catch((error: unknown) => {
    throw unheard(config, error);
  });
  const forgetSignals = stopOnSignals(edge, { logger });
  return edge;
}

/** The reason for which the server cannot listen at this address, with the setting that names it. */
function unheard({ host, port }: Config, error: unknown): unknown {
  const faults: Readonly<Record<string, string>> = {
    EADDRINUSE: `PORT: another program listens on ${host}:${port} already: name another port, or 0 for one that is free`,
    EACCES: `PORT: this user may not listen on ${host}:${port}: name a port above 1023`,
    EADDRNOTAVAIL: `HOST: ${host} is no address of this machine`,
    ENOTFOUND: `HOST: ${host} is the name of no machine`,
  };
  const fault = faults[String((error as NodeJS.ErrnoException | null)?.code)];
  return fault === undefined ? error : new BadConfig(fault);
}
