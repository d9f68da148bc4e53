import type { IncomingMessage } from "node:http";
import { cookiesOf } from "./requests";
import type { Claims, PagesOptions, Visit } from "./visit";

export const sessionCookie = "goodhours";
export const languageCookie = "language";
export const textCookie = "text";
export const deviceCookie = "device";
export const screenCookie = "screen";
/** With its name and marks a cookie must stay below what browsers keep. */
export const tokenMost = 3_800;

/** Every cookie belongs to our site alone: no script reads it, no other site's form carries it. */
export function cookie(
  name: string,
  value: string,
  { publicUrl, seconds, path = "/" }: { publicUrl: string; seconds: number; path?: string },
) {
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  return `${name}=${value}; Path=${path}; Max-Age=${Math.max(0, Math.floor(seconds))}; HttpOnly; SameSite=Lax${secure}`;
}

/** The person for whom a token speaks; null where it is not valid, so that an old cookie only signs out. */
export async function claimsOf(
  token: string | undefined,
  { verify }: Pick<PagesOptions, "verify">,
): Promise<Claims | null> {
  if (!token || token.length > tokenMost) return null;
  try {
    return await verify(`Bearer ${token}`);
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === "UNAUTHENTICATED" || code === "TOKEN_EXPIRED") return null;
    throw error;
  }
}

/**
 * Ends the session on the server, so that a copy of its cookie is worth nothing, and takes the cookie away. While the issuer is
 * away the token's own words name the session.
 */
export async function endSession({ options, services, cookies, publicUrl }: Visit): Promise<string> {
  const token = cookies.get(sessionCookie);
  const ending = await claimsOf(token, options).catch((error: { code?: unknown }) => {
    if (error.code !== "IDENTITY_UNAVAILABLE" || !token) throw error;
    return options.sessionNamed(token);
  });
  if (ending) await services.sessions.end(ending.session, ending.expiresAt);
  return cookie(sessionCookie, "", { publicUrl, seconds: 0 });
}

/**
 * The person for whom a request's session speaks, so that the visits count as theirs; null for a stranger, and while nobody can
 * be recognised.
 */
export function visitorOf(options: Pick<PagesOptions, "verify">) {
  return (request: IncomingMessage): Promise<Claims | null> =>
    claimsOf(cookiesOf(request).get(sessionCookie), options).catch(() => null);
}

/** The page after signing in: a page of ours, never another site. */
export function localPath(next: string | null): string {
  const site = "http://site.invalid";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop some of them, and what is left may lead away.
  if (!next || next.length > 500 || !next.startsWith("/") || /^\/[/\\]|[\\\u0000-\u0020\u007f]/.test(next))
    return "/my";
  const url = URL.canParse(next, site) ? new URL(next, site) : null;
  // Resolved, "/.//elsewhere" begins with two slashes, too.
  return url?.origin === site && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}` : "/my";
}
