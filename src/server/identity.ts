import { createHash, createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import Module from "node:module";
import type * as Jose from "jose";
import { EdgeError } from "./errors";

/** Who is asking. What they may do is not in the token: grants in the bank say that. */
export interface TokenClaims {
  readonly subject: string;
  readonly demo?: boolean;
  /** Milliseconds since 1970, by the identity's clock: from then on the token convinces nobody. */
  readonly expiresAt: number;
}

export interface Identity {
  /** Reads an `Authorization` header: null without one, an EdgeError when it does not convince. */
  verify(authorization: string | undefined): Promise<TokenClaims | null>;
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
  /** Milliseconds. The demo's clock is shifted, and tokens are issued and checked on the same one. */
  readonly clock: () => number;
}

export interface TokenOrder {
  readonly privateKey: KeyObject;
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  readonly clock: () => number;
  readonly ttlSeconds: number;
}

const algorithms = ["EdDSA", "RS256", "ES256"];
const clockToleranceSeconds = 5;
const subjectCharactersMax = 255;

export function openIdentity({ issuer, audience, jwksUrl, publicKey, clock }: IdentityOptions): Identity {
  const remote = jwksUrl ? jose().createRemoteJWKSet(new URL(jwksUrl)) : undefined;
  const local = publicKey ? readPublicKey(publicKey) : undefined;
  const remembered = rememberTokens(clock);

  return {
    remainingMs: ({ expiresAt }) => expiresAt - clock(),
    async verify(authorization) {
      if (authorization === undefined || authorization === "") return null;
      const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec(authorization)?.[1];
      if (!token) throw new EdgeError("UNAUTHENTICATED", { message: "Authorization must be `Bearer <JWT>`." });
      const known = remembered.get(token);
      if (known) return known;
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
        const claims = readClaims(payload);
        remembered.set(token, claims);
        return claims;
      } catch (error) {
        throw refusal(error);
      }
    },
  };
}

/** Signs a short token for the demo and for tests; production tokens come from the issuer. */
export function issueToken({ privateKey, issuer, audience, subject, clock, ttlSeconds }: TokenOrder): Promise<string> {
  const now = Math.floor(clock() / 1000);
  return new (jose().SignJWT)({ demo: true })
    .setProtectedHeader({ alg: "EdDSA", typ: "JWT" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(now)
    .setExpirationTime(now + ttlSeconds)
    .sign(privateKey);
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

function readClaims(payload: Jose.JWTPayload): TokenClaims {
  const subject = payload.sub;
  if (!subject || subject.length > subjectCharactersMax) throw new EdgeError("UNAUTHENTICATED");
  const expiresAt = ((payload.exp as number) + clockToleranceSeconds) * 1000;
  return payload.demo === true ? { subject, expiresAt, demo: true } : { subject, expiresAt };
}

function refusal(error: unknown): EdgeError {
  if (error instanceof EdgeError) return error;
  const { JOSEError, JWTExpired, JWKSTimeout } = jose().errors;
  if (error instanceof JWTExpired) return new EdgeError("TOKEN_EXPIRED");
  // A generic JOSE error is the key server's bad answer; no JOSE error at all, that it could not be reached.
  const unreachable =
    !(error instanceof JOSEError) || error instanceof JWKSTimeout || error.code === "ERR_JOSE_GENERIC";
  return new EdgeError(unreachable ? "IDENTITY_UNAVAILABLE" : "UNAUTHENTICATED");
}

/** Without any key configured every token is refused, and the server still answers anonymous requests. */
async function noKeys(): Promise<never> {
  throw new EdgeError("UNAUTHENTICATED");
}

/**
 * An app sends the same token with each request, and a signature costs more than a small query. What was verified
 * holds for a minute at most, so that a key the issuer withdraws is soon refused.
 */
function rememberTokens(clock: () => number) {
  const tokensMax = 10_000;
  const rememberMs = 60_000;
  const known = new Map<string, { claims: TokenClaims; since: number; until: number }>();
  return {
    get(token: string): TokenClaims | undefined {
      const entry = known.get(token);
      if (!entry) return undefined;
      // A clock set back, in a demo, also forgets: the token may not be valid yet.
      if (clock() >= entry.since && clock() < entry.until) return entry.claims;
      known.delete(token);
      return undefined;
    },
    set(token: string, claims: TokenClaims): void {
      if (known.size >= tokensMax) known.delete(known.keys().next().value!);
      known.set(token, { claims, since: clock(), until: Math.min(claims.expiresAt, clock() + rememberMs) });
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
