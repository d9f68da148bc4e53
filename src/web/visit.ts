import type { Role } from "../domain/facts/actors";
import type { Language } from "../domain/kit/language";
import type { Refusal } from "../domain/kit/refusal";
import type { Actor } from "../domain/permissions/actors";
import type { Services } from "../services";
import type { VerifiedClaims } from "../services/people/identities";
import type { Answer } from "./answers";
import type { Scheme } from "./scheme";
import type { Say } from "./texts";

/** Somebody a visitor of the demo may sign in as. */
export interface DemoPerson {
  subject: string;
  role: Role;
  /** The organisation where the role is held, or the volunteer's number. */
  where: string | null;
}

/** Who a token speaks for. */
export interface Claims {
  subject: string;
  expiresAt: number;
  /** By what the session is known where it is ended. */
  session: string;
  verified?: VerifiedClaims;
}

export interface PagesOptions {
  readonly services: Services;
  /** What people see the scheme called. */
  readonly scheme: Scheme;
  /** Where people reach us, without a slash at its end. Asked at each visit: a free port is known only after the start. */
  publicUrl(): string;
  /** Reads an `Authorization` header; throws what has a `code` where it does not convince. */
  verify(authorization: string): Promise<Claims | null>;
  /** The session that a token names, whether it convinces or not; null for what is no token. */
  sessionNamed(token: string): { expiresAt: number; session: string } | null;
  /** Whose subjects those are. */
  readonly issuer: string;
  /** A token for a person of the demo; null where people sign in elsewhere. */
  demoToken: ((subject: string) => Promise<string>) | null;
  demoPeople?(): Promise<DemoPerson[]>;
}

/** What every page is framed with. */
export interface Frame {
  readonly publicUrl: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly language: Language;
  readonly say: Say;
  /** Whether every text and every thing to press is large; chosen by one switch, and kept. */
  readonly large: boolean;
  readonly signedIn: boolean;
  /** Why the last post did nothing: the page is shown again with it. */
  readonly refusal: Refusal | null;
}

/** What a page is asked with: who, in which language, and what they sent. */
export interface Visit extends Frame {
  readonly options: PagesOptions;
  readonly services: Services;
  readonly actor: Actor;
  /** Where it comes from, as far as the proxies on the way are trusted. */
  readonly address: string;
  readonly cookies: ReadonlyMap<string, string>;
  /** What was posted; empty for a GET. */
  readonly form: URLSearchParams;
  /** Our own script asks for JSON where a form would get a page. */
  readonly wantsJson: boolean;
}

export type Handler = (visit: Visit, name: string) => Promise<Answer>;

/** One field of a form; longer than anybody types is nothing we read. */
export function field(visit: Visit, name: string): string | null {
  const value = visit.form.get(name)?.trim();
  return value ? value : null;
}
