import type { Logger } from "pino";
import { isComing } from "../domain/kit/soon";
import { EdgeError } from "./errors";
import type { Identity } from "./identity";

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
    verify(authorization) {
      const tell = (error: unknown): never => {
        const reason = error instanceof EdgeError ? error.because : undefined;
        if (reason !== undefined) {
          count(reason);
          const tokens = since.get(reason);
          since.set(reason, tokens === undefined ? 0 : tokens + 1);
          if (tokens === undefined) say(reason, 1);
          timer ??= setInterval(look, lookMs).unref();
        }
        throw error;
      };
      try {
        const claims = identity.verify(authorization);
        return isComing(claims) ? claims.catch(tell) : claims;
      } catch (error) {
        return tell(error);
      }
    },
  };
}
