import type { Logger } from "pino";
import { EdgeError } from "./errors";
import type { Identity } from "./identity";
import { KeysUnavailable } from "./issuerkeys";

/** Why a token convinces nobody, by the code of `jose`; in words for the log, without anything that the token says. */
const faults: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: "expired",
  ERR_JWKS_NO_MATCHING_KEY: "unknown key",
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: "several keys fit",
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "bad signature",
  ERR_JOSE_ALG_NOT_ALLOWED: "algorithm not allowed",
  ERR_JOSE_NOT_SUPPORTED: "algorithm not supported",
  ERR_JWS_INVALID: "malformed",
  ERR_JWT_INVALID: "malformed",
};
const claims: Readonly<Record<string, string>> = {
  iss: "wrong issuer",
  aud: "wrong audience",
  nbf: "not valid yet",
  sub: "no subject",
  exp: "no expiry",
};

/** Why `jose`, or the fetching of an issuer's keys, refused a token. */
export function tokenFault(error: unknown): string {
  const { code, claim } = error as { code?: unknown; claim?: unknown };
  const known = faults[String(code)] ?? claims[String(claim)];
  if (known !== undefined) return known;
  if (!(error instanceof KeysUnavailable)) return "a key that cannot be used";
  let root = error as { cause?: unknown; code?: unknown; name?: unknown };
  while (typeof root.cause === "object" && root.cause !== null) root = root.cause;
  return `the issuer's keys cannot be had: ${String(root.code ?? root.name)}`;
}

const lookMs = 60_000;

interface Telling {
  readonly logger: Logger;
  /** Counts each refused token, by its reason. */
  count(reason: string): void;
}

/**
 * Lets the log say why tokens are refused: the first of a reason at once, the others once a minute with their number, so that no
 * stranger fills it.
 */
export function tellTokens(identity: Identity, { logger, count }: Telling): Identity {
  const since = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  const say = (reason: string, tokens: number) =>
    logger.warn({ reason, tokens }, tokens === 1 ? "a token was refused" : "tokens were refused");

  function look(): void {
    if (timer && since.size === 0) {
      clearInterval(timer);
      timer = null;
    }
    for (const [reason, tokens] of since) {
      if (tokens > 0) {
        since.set(reason, 0);
        say(reason, tokens);
      } else since.delete(reason);
    }
  }

  return {
    ...identity,
    async verify(authorization) {
      try {
        return await identity.verify(authorization);
      } catch (error) {
        const reason = error instanceof EdgeError ? error.because : undefined;
        if (reason !== undefined) {
          count(reason);
          const told = since.get(reason);
          since.set(reason, told === undefined ? 0 : told + 1);
          if (told === undefined) say(reason, 1);
          timer ??= setInterval(look, lookMs).unref();
        }
        throw error;
      }
    },
  };
}
