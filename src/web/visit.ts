import type { Role } from "../domain/facts/actors";
import type { Language } from "../domain/kit/language";
import type { Refusal } from "../domain/kit/refusal";
import type { Soon } from "../domain/kit/soon";
import type { Actor } from "../domain/permissions/actors";
import type { Services } from "../services";
import type { VerifiedClaims } from "../services/people/identity-claims";
import type { Answer } from "./answers";
import type { Scheme } from "./scheme";
import type { Say } from "./texts";

/** A person as whom a visitor of the demo may sign in. */
export interface DemoPerson {
  subject: string;
  role: Role;
  /** The organisation at which the role is held, or the volunteer's number. */
  where: string | null;
}

/** The person for whom a token speaks. */
export interface Claims {
  subject: string;
  expiresAt: number;
  /** The key by which the session is known where it is ended. */
  session: string;
  verified?: VerifiedClaims;
}

export interface PagesOptions {
  readonly services: Services;
  /** The name that people see for the scheme. */
  readonly scheme: Scheme;
  /**
   * The address at which people reach us, without a slash at its end. It is asked for at each visit: a free port is known only
   * after the start.
   */
  publicUrl(): string;
  /** Reads an `Authorization` header; throws what has a `code` where it does not convince. */
  verify(authorization: string): Soon<Claims | null>;
  /** The session that a token names, whether the token is valid or not; null for a text that is no token. */
  sessionNamed(token: string): { expiresAt: number; session: string } | null;
  /** The issuer of the tokens' subjects. */
  readonly issuer: string;
  /** A token for a person of the demo; null where people sign in elsewhere. */
  demoToken: ((subject: string) => Promise<string>) | null;
  demoPeople?(): Promise<DemoPerson[]>;
}

/** The frame of every page. */
export interface Frame {
  readonly publicUrl: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly language: Language;
  readonly say: Say;
  /** Whether texts and buttons are large; one switch chooses it, and the choice is kept. */
  readonly large: boolean;
  readonly signedIn: boolean;
  /** The reason for which the last post did nothing: the page is shown again with it. */
  readonly refusal: Refusal | null;
}

/** The request for a page: the visitor, the language, and what was sent. */
export interface Visit extends Frame {
  readonly options: PagesOptions;
  readonly services: Services;
  readonly actor: Actor;
  /** The address from which the request comes, as far as the proxies on the way are trusted. */
  readonly address: string;
  readonly cookies: ReadonlyMap<string, string>;
  /** The posted fields; empty for a GET. */
  readonly form: URLSearchParams;
  /** Our own script asks for JSON where a form would get a page. */
  readonly wantsJson: boolean;
}

export type Handler = (visit: Visit, name: string) => Promise<Answer>;

/** One field of a form; a field that is longer than anybody types is not read. */
export function field(visit: Visit, name: string): string | null {
  const value = visit.form.get(name)?.trim();
  return value ? value : null;
}
