import type * as Jose from "jose";

export interface IssuerKeysOptions {
  /** Where the issuer publishes its keys. */
  readonly url: string;
  readonly jose: typeof Jose;
  /** Milliseconds that only go forward, whatever the machine's clock does. */
  readonly uptime: () => number;
}

/** Keys are asked for anew after this, so that a key which the issuer withdraws is soon refused. */
export const freshMs = 30_000;
/** While the issuer cannot be reached, the keys that it last published hold this long. */
export const staleMs = 600_000;
/** How soon an issuer that failed, or that did not know a key, is asked again. */
export const pauseMs = 5_000;
const timeoutMs = 5_000;
const bytesMost = 1_000_000;

/** The issuer's keys cannot be had, so that a token can be neither believed nor refused. */
export class KeysUnavailable extends Error {
  override name = "KeysUnavailable";
}

/**
 * The keys of a token issuer. `jose` has a holder of its own, which believes a key for ten minutes and knows no keys at all
 * when the issuer is away after that; a bank wants the first to be short and the second to be long.
 */
export function openIssuerKeys({ url, jose, uptime }: IssuerKeysOptions): Jose.JWTVerifyGetKey {
  let known: { key: ReturnType<typeof Jose.createLocalJWKSet>; at: number } | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;

  async function ask(): Promise<void> {
    askedAt = uptime();
    const response = await fetch(url, {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new KeysUnavailable(`the issuer's keys answer ${response.status}`);
    const text = await textOf(response);
    known = { key: jose.createLocalJWKSet(JSON.parse(text) as Jose.JSONWebKeySet), at: askedAt };
  }

  /** Asks the issuer, or waits for the request that is under way: the keys are then as new as can be had. */
  async function renew(): Promise<void> {
    asking ??= ask().finally(() => {
      asking = null;
    });
    try {
      await asking;
    } catch (cause) {
      if (known === null || uptime() - known.at >= staleMs) {
        known = null;
        throw new KeysUnavailable("the issuer's keys cannot be had", { cause });
      }
    }
  }

  return async (header, token) => {
    if (known === null || (uptime() - known.at >= freshMs && uptime() - askedAt >= pauseMs)) await renew();
    try {
      return await held()(header, token);
    } catch (error) {
      // The issuer may have begun to sign with a key that is newer than what we hold.
      if (!(error instanceof jose.errors.JWKSNoMatchingKey) || uptime() - askedAt < pauseMs) throw error;
      await renew();
      return held()(header, token);
    }
  };

  /** Reads the answer, and stops where it is longer than keys may be. */
  async function textOf({ body }: Response): Promise<string> {
    const pieces: Uint8Array[] = [];
    const reader = body?.getReader();
    for (let length = 0; ; ) {
      const { value: piece } = (await reader?.read()) ?? {};
      if (piece === undefined) return Buffer.concat(pieces).toString("utf8");
      length += piece.length;
      pieces.push(piece);
      if (length <= bytesMost) continue;
      await reader?.cancel();
      throw new KeysUnavailable("the issuer's keys are too long");
    }
  }

  function held() {
    if (known === null || uptime() - known.at >= staleMs) throw new KeysUnavailable("the issuer's keys are too old");
    return known.key;
  }
}
