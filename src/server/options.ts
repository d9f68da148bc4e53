import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { GraphQLSchema } from "graphql";
import type pino from "pino";
import type { Language } from "../domain/kit/language";
import type { Soon } from "../domain/kit/soon";
import type { FormatError } from "./errors";
import type { Identity, TokenClaims } from "./identity";
import type { Limits } from "./limits";
import type { Metrics } from "./metrics";
import type { ShareStore } from "./shares";

/** What the edge is told by those who compose the program. */
export interface EdgeOptions {
  readonly schema: GraphQLSchema;
  /** Builds the resolver context for one request, after the token was verified. claims is null for anonymous. */
  context(request: { claims: TokenClaims | null; requestId: string; languages: string; address: string }): Soon<object>;
  readonly identity: Identity;
  /** Begins each request and each operation of a socket, before its token is judged: looks at what other servers have written. */
  begin?(): Soon<unknown>;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Origins whose pages may call us from a browser. */
  readonly corsOrigins: readonly string[];
  /** Whether people reach us by https, through a proxy that ends it. */
  readonly secure?: boolean;
  /** Whether we may be sent traffic: /readyz. */
  ready(): Promise<boolean>;
  /** What the bank's operator should know, though it works; one line each. */
  warnings?(): Promise<readonly string[]>;
  /** Called last in a shutdown: closes the store, which finishes its running batch. */
  stop?(): Promise<void>;
  readonly limits?: Partial<Limits>;
  /** Addresses and blocks whose `X-Forwarded-For` is believed; nobody's by default. */
  readonly trustedProxies?: readonly string[];
  /** Where several servers count together; without it each counts for itself. */
  readonly shareStore?: ShareStore | null;
  /** The visitor of a page, by the session: a person has a share of their own. Null for a stranger. */
  visitor?(request: IncomingMessage): Promise<{ readonly subject: string } | null>;
  readonly logger?: pino.Logger;
  /** What the inner floors count into, too. */
  readonly metrics?: Metrics;
  /** Maps the errors of the inner floors; the edge adds requestId after, and hides what is left unexplained. */
  formatError?: FormatError;
  /** Which language an Accept-Language asks for; English by default. */
  languageOf?(header: string): Language;
  /** Which route metrics and logs name for a path of `routes`, without what is private in it; null for another's. */
  routeLabel?(path: string): string | null;
  /** Pages and files beside GraphQL: true when it took the request. Common headers are already set. */
  routes?(request: IncomingMessage, response: ServerResponse, about: RouteRequest): Promise<boolean> | boolean;
  /** The page at which a person tries the API in a browser; by default there is none. */
  explorer?(): { headers: Readonly<Record<string, string>>; body: string };
  /** The language that a browser's visitor has chosen on our pages, before what the browser prefers; null for none. */
  chosenLanguage?(request: IncomingMessage): string | null;
  /** How an error is shown to a browser that asked for a page; JSON by default. */
  errorPage?(error: ShownError): { headers: Readonly<Record<string, string>>; body: string };
}

/** An error as a page tells it to its reader. */
export interface ShownError {
  readonly status: number;
  readonly message: string;
  readonly requestId: string;
  /** An Accept-Language. */
  readonly languages: string;
  readonly request: IncomingMessage;
}

export interface RouteRequest {
  readonly path: string;
  readonly search: string;
  readonly requestId: string;
  readonly languages: string;
  /** Where it comes from, as far as the proxies on the way are trusted. */
  readonly address: string;
  /** Verifies the request's token; throws an EdgeError, which becomes a 401. */
  claims(): Soon<TokenClaims | null>;
}

export interface Edge {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  /** Finishes what is being answered, says goodbye to sockets, then calls `stop`. */
  close(): Promise<void>;
}
