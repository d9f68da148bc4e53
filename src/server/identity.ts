import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
  randomUUID,
} from "node:crypto";
import Module from "node:module";
import type * as Jose from "jose";
import { type Soon, whenKnown } from "../domain/kit/soon";
import { EdgeError } from "./errors";
import { freshMs, KeysUnavailable, openIssuerKeys } from "./issuerkeys";
import { tokenFault } from "./tokenfaults";

/** The person who asks. The token does not say what the person may do: grants in the bank do. */
export interface TokenClaims {
  readonly subject: string;
  readonly demo?: boolean;
  /** Milliseconds since 1970, by the identity's clock: from then on the token convinces nobody. */
  readonly expiresAt: number;
  /** A hash of what was signed: by it a session that was ended is known, however its signature is spelled. */
  readonly session: string;
  /** What the issuer has verified of the person; absent where it says nothing, or the bank trusts no such claim. */
  readonly verified?: VerifiedClaims;
}

/** A real name that the issuer has verified, with the numbers that it vouches for. */
export interface VerifiedClaims {
  readonly name: string;
  readonly idNumber: string | null;
  readonly phone: string | null;
}
/** The names under which an issuer puts these claims into its tokens; without a number nothing is read. */
export interface ClaimNames {
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly name: string;
  readonly verified: string;
}

export interface Identity {
  /** Reads an `Authorization` header: null without one, an EdgeError when it does not convince. */
  verify(authorization: string | undefined): Soon<TokenClaims | null>;
  /** Which of these sessions convince no longer, because their owners signed out. */
  endedAmong(sessions: readonly string[]): Soon<ReadonlySet<string>>;
  /** Milliseconds until what was verified convinces no longer. */
  remainingMs(claims: TokenClaims): number;
}

export interface IdentityOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Where a production issuer publishes its keys. */
  readonly jwksUrl?: string;
  /** One Ed25519 (or RSA, P-256) public key, as JWK or SPKI PEM: the demo's. */
  readonly publicKey?: JsonWebKey | string;
  /** The claims that are trusted; none where not given. */
  readonly claims?: ClaimNames;
  /** Milliseconds. The demo's clock is shifted, and tokens are issued and checked on the same one. */
  readonly clock: () => number;
  /** Milliseconds that only go forward: for how long keys and tokens are remembered. */
  readonly uptime?: () => number;
  /** Which of these sessions were signed out of. Asked at each request: another server may know of it first. */
  readonly endedAmong?: Identity["endedAmong"];
}

export interface TokenOrder {
  readonly privateKey: KeyObject;
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  readonly clock: () => number;
  readonly ttlSeconds: number;
  /** What an issuer tells besides, such as a verified name. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

const algorithms = ["EdDSA", "RS256", "ES256"];
const clockToleranceSeconds = 5;
const subjectCharactersMax = 255;
const dayMs = 86_400_000;

export function openIdentity({
  issuer,
  audience,
  jwksUrl,
  publicKey,
  clock,
  uptime = () => performance.now(),
  endedAmong = async () => new Set(),
  claims: trusted,
}: IdentityOptions): Identity {
  const remote = jwksUrl ? openIssuerKeys({ url: jwksUrl, jose: jose(), uptime }) : undefined;
  const local = publicKey ? readPublicKey(publicKey) : undefined;
  const remembered = rememberTokens(clock, uptime);

  async function read(token: string): Promise<TokenClaims> {
    try {
      const options: Jose.JWTVerifyOptions = {
        issuer,
        audience,
        algorithms,
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(clock()),
        requiredClaims: ["sub", "exp"],
      };
      const { payload } = local
        ? await jose().jwtVerify(token, local, options)
        : await jose().jwtVerify(token, remote ?? noKeys, options);
      const claims = { ...readClaims(payload, sessionOf(token)), ...readVerified(payload, trusted) };
      remembered.set(token, claims);
      return claims;
    } catch (error) {
      throw refusal(error);
    }
  }

  return {
    endedAmong,
    remainingMs: ({ expiresAt }) => expiresAt - clock(),
    verify(authorization) {
      if (authorization === undefined || authorization === "") return null;
      const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec(authorization)?.[1];
      if (!token)
        throw refused("malformed", {
          message: "Authorization must be `Bearer <JWT>`.",
          zh: "Authorization 须为 `Bearer <登录码>`。",
        });
      return whenKnown(remembered.get(token) ?? read(token), (claims) =>
        whenKnown(endedAmong([claims.session]), (ended) => {
          if (ended.has(claims.session)) throw refused("signed out");
          return claims;
        }),
      );
    },
  };
}

/** Signs a short token for the demo and for tests; production tokens come from the issuer. */
export function issueToken({
  privateKey,
  issuer,
  audience,
  subject,
  clock,
  ttlSeconds,
  claims,
}: TokenOrder): Promise<string> {
  const now = Math.floor(clock() / 1000);
  return (
    new (jose().SignJWT)({ demo: true, ...claims })
      .setProtectedHeader({ alg: "EdDSA", typ: "JWT" })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(subject)
      // Signing out and in again within a second makes another session.
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + ttlSeconds)
      .sign(privateKey)
  );
}

/** The demo's key pair. The same secret gives the same keys, so `serve` and `token` agree without sharing a file. */
export function demoKeyPair(secret = "goodhours demo"): { privateKey: KeyObject; publicKey: JsonWebKey } {
  const seed = createHash("sha256").update(secret).digest();
  // The fixed DER head of a PKCS #8 Ed25519 key; the 32 bytes of the seed follow it.
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return { privateKey, publicKey: createPublicKey(privateKey).export({ format: "jwk" }) };
}

function readPublicKey(key: JsonWebKey | string): KeyObject {
  return typeof key === "string" ? createPublicKey(key) : createPublicKey({ key, format: "jwk" });
}

function readClaims({ sub, exp, demo }: Jose.JWTPayload, session: string): TokenClaims {
  const subject: unknown = sub;
  // What the issuer signs need not be what RFC 7519 says: a subject that is no text, or no text of ours, is nobody.
  if (typeof subject !== "string" || !isSubject(subject)) throw refused("unreadable subject");
  const expiresAt = ((exp as number) + clockToleranceSeconds) * 1000;
  if (!Number.isSafeInteger(Math.floor(expiresAt))) throw refused("unreadable expiry");
  return demo === true ? { subject, expiresAt, session, demo: true } : { subject, expiresAt, session };
}

/** What a claim says counts only where the issuer says `true` of its verification, and as text of a length that such things have. */
function readVerified(payload: Jose.JWTPayload, trusted: ClaimNames | undefined): { verified?: VerifiedClaims } {
  if (!trusted || payload[trusted.verified] !== true) return {};
  const text = (claim: string | null) => {
    const value = claim === null ? undefined : payload[claim];
    return typeof value === "string" && value.length > 0 && value.length <= 100 ? value : null;
  };
  const [name, idNumber, phone] = [text(trusted.name), text(trusted.idNumber), text(trusted.phone)];
  return name !== null && (idNumber ?? phone) !== null ? { verified: { name, idNumber, phone } } : {};
}

function isSubject(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return text.length > 0 && text.length <= subjectCharactersMax && text.isWellFormed() && !/[\u0000-\u001f]/.test(text);
}

/**
 * The session that a token names, without asking whether it convinces: enough to end it while its issuer is away. Held a
 * day at most, whatever it says of itself. Null for what is no token.
 */
export function sessionNamed(token: string, clock: () => number): Pick<TokenClaims, "session" | "expiresAt"> | null {
  try {
    const { exp } = jose().decodeJwt(token);
    if (typeof exp !== "number") return null;
    const expiresAt = Math.min((exp + clockToleranceSeconds) * 1000, clock() + dayMs);
    return { session: sessionOf(token), expiresAt };
  } catch {
    return null;
  }
}

/** Without the signature: some of its spellings differ and are worth the same. */
function sessionOf(token: string): string {
  return createHash("sha256")
    .update(token.slice(0, token.lastIndexOf(".")))
    .digest("hex");
}

/** A token that does not verify is refused, also where its key is published but too short. Keys that cannot be had are a 503. */
function refusal(error: unknown): EdgeError {
  if (error instanceof EdgeError) return error;
  const code = error instanceof jose().errors.JWTExpired ? "TOKEN_EXPIRED" : "UNAUTHENTICATED";
  const refused = new EdgeError(error instanceof KeysUnavailable ? "IDENTITY_UNAVAILABLE" : code);
  return Object.assign(refused, { because: tokenFault(error) });
}

function refused(because: string, words?: { message: string; zh: string }): EdgeError {
  return Object.assign(new EdgeError("UNAUTHENTICATED", words), { because });
}

/** Without any key configured every token is refused, and the server still answers anonymous requests. */
async function noKeys(): Promise<never> {
  throw refused("no keys are configured");
}

/**
 * An app sends the same token with each request, and a signature costs more than a small query. What was verified
 * holds as long as the keys do: a key that the issuer withdraws convinces nobody after twice that, a minute.
 */
function rememberTokens(clock: () => number, uptime: () => number) {
  const tokensMax = 10_000;
  const known = new Map<string, { claims: TokenClaims; since: number; forgottenAt: number }>();
  return {
    get(token: string): TokenClaims | undefined {
      const entry = known.get(token);
      if (!entry) return undefined;
      // A clock set back, in a demo, also forgets: the token may not be valid yet.
      const now = clock();
      if (now >= entry.since && now < entry.claims.expiresAt && uptime() < entry.forgottenAt) return entry.claims;
      known.delete(token);
      return undefined;
    },
    set(token: string, claims: TokenClaims): void {
      const [oldest] = known.keys();
      if (known.size >= tokensMax && oldest !== undefined) known.delete(oldest);
      known.set(token, { claims, since: clock(), forgottenAt: uptime() + freshMs });
    },
  };
}

/**
 * jose comes as an ES module only, which Node's own `require` reads since 20.19 and jest's does not. A module made here
 * requires as Node does, wherever we run.
 */
let loaded: typeof Jose | undefined;
function jose(): typeof Jose {
  loaded ??= new Module(__filename).require(require.resolve("jose")) as typeof Jose;
  return loaded;
}
