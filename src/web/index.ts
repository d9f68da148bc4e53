import type { IncomingMessage, ServerResponse } from "node:http";
import type { Language } from "../domain/kit/language";
import { Refusal } from "../domain/kit/refusal";
import { nobody } from "../domain/permissions/actors";
import { type Answer, json, seeOther, send, strictPolicy } from "./answers";
import { assetAt } from "./assets";
import { languageOf } from "./languages";
import { faultPage, refusedPage, saidPage } from "./pages/plain";
import { BadRequest, checkOrigin, cookiesOf, readForm } from "./requests";
import { type Route, routeOf } from "./routes";
import { claimsOf, cookie, languageCookie, sessionCookie, textCookie } from "./session";
import { shareRenderings } from "./shared";
import { sayIn } from "./texts";
import type { PagesOptions, Visit } from "./visit";

export { explorerPage } from "./explorer";
export { routeLabel } from "./routes";
export { Scheme } from "./scheme";
export { visitorOf } from "./session";
export type { DemoPerson, PagesOptions } from "./visit";

const yearSeconds = 365 * 86_400;

interface Asked {
  readonly path: string;
  readonly search: string;
  readonly languages: string;
  readonly address: string;
}

/** Serves the pages for people, which are rendered here from the services. True when the request was for one of them. */
export function openPages(options: PagesOptions) {
  const shared = shareRenderings();

  return async function answer(request: IncomingMessage, response: ServerResponse, about: Asked): Promise<boolean> {
    const { path } = about;
    const reads = request.method === "GET" || request.method === "HEAD";
    const asset = reads ? assetAt(path) : null;
    if (asset) return reply(request, response, asset);
    const match = routeOf(path);
    if (!match) return false;
    const { route, name } = match;
    const visit = await visitOf(request, about, { options, route, reads });
    if (reads && route.get) {
      if (visit.signedIn || route.own)
        return reply(request, response, withChoices(visit, ownOr(route, await read(visit, route, name))));
      const common = commonVisit(visit, route);
      const made = await shared(common.key, () => read(common.visit, route, name));
      return reply(request, response, route.anybody ? { ...made, varies: variesOf(visit) } : withChoices(visit, made));
    }
    // A page whose post was refused stood under the post's address; a visitor who opens that address again gets the page.
    if (reads && route.page) return reply(request, response, seeOther(route.page(name)));
    if (request.method === "POST" && route.post)
      return reply(request, response, await write(request, visit, route, name));
    const allow = [...(route.get ? ["GET", "HEAD"] : []), ...(route.post ? ["POST"] : [])].join(", ");
    return reply(request, response, saidPage(visit, 405, "methodTitle", { allow }));
  };
}

/** An error of ours, or one outside our pages, shown as a page. It asks the bank for nothing. */
export function errorPage({ publicUrl, scheme }: Pick<PagesOptions, "publicUrl" | "scheme">) {
  return ({
    status,
    message,
    requestId,
    languages,
    request,
  }: {
    status: number;
    message: string;
    requestId: string;
    languages: string;
    request: IncomingMessage;
  }) => {
    const language = languageOf(languages);
    const frame = {
      publicUrl: publicUrl(),
      path: "/",
      query: new URLSearchParams(),
      language,
      say: sayIn(language, scheme.label()),
      large: isLarge(queryOf(request), cookiesOf(request)),
    };
    const { type, body } = faultPage({ ...frame, signedIn: false, refusal: null }, { status, message, requestId });
    return { headers: { "content-type": type, "content-security-policy": strictPolicy }, body: body.toString() };
  };
}

/** The language that the visitor chose by a link, now or before; null where they chose none. */
export function chosenLanguage(request: IncomingMessage): Language | null {
  return languageIn(queryOf(request), cookiesOf(request));
}
const queryOf = ({ url = "" }: IncomingMessage) => new URLSearchParams(url.slice(url.indexOf("?") + 1 || url.length));

function languageIn(query: URLSearchParams, cookies: ReadonlyMap<string, string>): Language | null {
  return languageNamed(query.get("lang")) ?? languageNamed(cookies.get(languageCookie));
}

function isLarge(query: URLSearchParams, cookies: ReadonlyMap<string, string>): boolean {
  return (textNamed(query.get("text")) ?? textNamed(cookies.get(textCookie))) === "large";
}
function textNamed(text: string | null | undefined): "large" | "usual" | null {
  return text === "large" || text === "usual" ? text : null;
}

async function read(visit: Visit, route: Route, name: string): Promise<Answer> {
  try {
    return await (route.get as NonNullable<Route["get"]>)(visit, name);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const status = error.code === "NOT_FOUND" ? 404 : error.code === "NOT_PERMITTED" ? 403 : 422;
    return route.data ? json({ error: { code: error.code } }, { status }) : refusedPage(visit, error);
  }
}

/** A refused post changes nothing and shows its page again, with the reason above it. */
async function write(request: IncomingMessage, asked: Visit, route: Route, name: string): Promise<Answer> {
  const visit = { ...asked, path: route.page?.(name) ?? asked.path };
  try {
    checkOrigin(request, { publicUrl: visit.publicUrl, leaving: route.leaving });
    const sent = { ...visit, form: await readForm(request) };
    try {
      return await (route.post as NonNullable<Route["post"]>)(sent, name);
    } catch (error) {
      if (!(error instanceof Refusal) || !route.shows) throw error;
      return await route.shows({ ...sent, refusal: error }, name);
    }
  } catch (error) {
    if (error instanceof Refusal) return refusedPage(visit, error);
    if (!(error instanceof BadRequest)) throw error;
    // The rest of the request's body is not read: the connection ends with this answer.
    const closing: Record<string, string> = error.status === 403 ? {} : { connection: "close" };
    return saidPage(visit, error.status, error.key, closing);
  }
}

async function visitOf(
  request: IncomingMessage,
  { path, search, languages, address }: Asked,
  { options, route, reads }: { options: PagesOptions; route: Route; reads: boolean },
): Promise<Visit> {
  const { services } = options;
  const query = new URLSearchParams(search);
  await services.refresh();
  const cookies: ReadonlyMap<string, string> = route.anybody ? new Map() : cookiesOf(request);
  const language = languageIn(query, cookies) ?? languageOf(languages);
  const scheme = await options.scheme.read();
  const claims = await claimsOf(cookies.get(sessionCookie), options).catch((error: { code?: unknown }) => {
    // Public pages are served also while nobody can be recognised.
    if (error.code === "IDENTITY_UNAVAILABLE" && (reads ? !route.own : route.leaving)) return null;
    throw error;
  });
  return {
    options,
    services,
    publicUrl: options.publicUrl(),
    path,
    query,
    language,
    say: sayIn(language, scheme),
    large: isLarge(query, cookies),
    actor: claims ? await services.people.actorOf({ ...claims, issuer: options.issuer }) : nobody,
    address,
    signedIn: claims !== null,
    cookies,
    form: new URLSearchParams(),
    wantsJson: request.headers.accept === "application/json",
    refusal: null,
  };
}

function languageNamed(text: string | null | undefined): Language | null {
  return text === "zh" || text === "en" ? text : null;
}

/**
 * The facts in which two anonymous pages differ. Other parameters make no rendering of their own, and never reach another
 * visitor's page.
 */
function commonVisit(visit: Visit, { reads = {} }: Route): { key: string; visit: Visit } {
  const query = new URLSearchParams();
  for (const [name, spelled] of Object.entries(reads)) {
    const value = spelled(visit.query.get(name));
    if (value !== null) query.set(name, value);
  }
  const { path, language, large, publicUrl, say } = visit;
  const key = JSON.stringify([publicUrl, path, language, large, say("brand"), `${query}`]);
  return { key, visit: { ...visit, query, cookies: new Map() } };
}

const ownOr = ({ own }: Route, answer: Answer): Answer => (own ? { ...answer, keep: "PRIVATE" } : answer);

/** A request whose address names the language differs by nothing else. */
const variesOf = ({ query }: Visit) => (languageNamed(query.get("lang")) ? [] : ["Accept-Language"]);

/** A visitor who follows the link to the other language, or to large letters, chooses it. */
function withChoices({ query, cookies, publicUrl }: Visit, answer: Answer): Answer {
  if (!answer.type.startsWith("text/html")) return answer;
  const choices = [
    [languageCookie, languageNamed(query.get("lang"))],
    [textCookie, textNamed(query.get("text"))],
  ] as const;
  const chosen = choices.flatMap(([name, value]) =>
    value === null || cookies.get(name) === value ? [] : [cookie(name, value, { publicUrl, seconds: yearSeconds })],
  );
  if (chosen.length === 0) return answer;
  return { ...answer, keep: "PRIVATE", cookies: [...(answer.cookies ?? []), ...chosen] };
}

function reply(request: IncomingMessage, response: ServerResponse, answer: Answer): true {
  send(request, response, answer);
  return true;
}
