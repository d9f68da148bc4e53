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
