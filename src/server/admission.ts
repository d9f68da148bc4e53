import type { IncomingMessage } from "node:http";
import type { BlockList } from "node:net";
import { isComing, type Soon, whenKnown } from "../domain/kit/soon";
import { shareAddressOf } from "./addresses";
import type { Asker } from "./asking";
import type { Intake } from "./body";
import type { EdgeRequest } from "./errors";
import { wantsPage } from "./exchange";
import { requestIdOf } from "./headers";
import type { TokenClaims } from "./identity";
import type { Life, OperationParams, Operations } from "./operations";
import type { EdgeOptions } from "./options";
import type { Sessions } from "./sessions";
import { askerOf, bytesPerCost, type Counting, type Shares } from "./shares";
import type { Turns } from "./turns";

interface AdmissionOptions extends Pick<EdgeOptions, "begin" | "identity" | "chosenLanguage" | "context"> {
  readonly shares: Shares;
  readonly sessions: Sessions;
  readonly turns: Turns;
  readonly operations: Operations;
  readonly trusted: BlockList;
}

/** Admits requests: finds out who asks, and counts against the share before an operation runs. The same for every transport. */
export function createAdmission(options: AdmissionOptions) {
  const { identity, shares, sessions, turns, operations, trusted } = options;

  const noteIn =
    (frame: EdgeRequest) =>
    ({ cost, refuse }: Counting): void => {
      frame.cost = cost;
      refuse?.();
    };

  /** By what was read of a token, which is the same object for all its requests. */
  const askers = new WeakMap<object, Asker>();
  function personOf(person: { readonly subject: string }): Asker {
    const known = askers.get(person) ?? askerOf(person.subject, "");
    askers.set(person, known);
    return known;
  }

  function admit(frame: EdgeRequest, person: { readonly subject: string } | null): Soon<void> {
    frame.asker = person ? personOf(person) : askerOf(null, frame.address);
    return whenKnown(shares.admit(frame.asker), noteIn(frame));
  }

  /** Counts what was prepared, also where it was refused: reading it was work. */
  function spend(frame: EdgeRequest): Soon<void> {
    if (frame.asker && frame.spent) return whenKnown(shares.spend(frame.asker, frame.spent), noteIn(frame));
  }

  return {
    admit,

    frameOf(request: IncomingMessage): EdgeRequest {
      const chosen = wantsPage(request) ? options.chosenLanguage?.(request) : null;
      return {
        requestId: requestIdOf(request),
        languages: chosen ?? request.headers["accept-language"] ?? "",
        address: shareAddressOf(request, trusted),
        codes: [],
      };
    },

    /** The claims of the request's token. The request counts against the person's share where the token convinces, else against the address's. */
    enter(frame: EdgeRequest, authorization: string | undefined): Soon<TokenClaims | null> {
      const admitted = (claims: TokenClaims | null) => whenKnown(admit(frame, claims), () => claims);
      const refused = async (error: unknown): Promise<never> => {
        await admit(frame, null);
        throw error;
      };
      let verified: Soon<TokenClaims | null>;
      try {
        verified = whenKnown(options.begin?.(), () => identity.verify(authorization));
      } catch (error) {
        return refused(error);
      }
      return isComing(verified) ? verified.then(admitted, refused) : admitted(verified);
    },

    lifeOf(claims: TokenClaims): Life {
      return {
        remainingMs: identity.remainingMs(claims),
        watch: (end) => sessions.watch(claims.session, end),
      };
    },

    /** Reads an operation and counts its cost. Other clients are heard before it is read, and again before it runs. */
    async prepare(params: OperationParams, frame: EdgeRequest): Promise<ReturnType<Operations["prepare"]>> {
      const read = turns.take(operations.readingOf(params));
      if (read) await read;
      const prepared = operations.prepare(params, frame);
      const spent = spend(frame);
      if (isComing(spent)) await spent;
      const taken = "document" in prepared && turns.take(frame.spent?.requested ?? 0);
      if (taken) await taken;
      return prepared;
    },

    intakeOf: (frame: EdgeRequest): Intake => ({
      hold: (bytes) => (frame.asker ? shares.hold(frame.asker, "bytes", bytes) : () => undefined),
      receive: (bytes) =>
        whenKnown(frame.asker && shares.receive(frame.asker, bytes), (counting) => {
          if (!counting) return;
          noteIn(frame)(counting);
          return turns.take(Math.ceil(bytes / bytesPerCost));
        }),
    }),

    /** The context in which an operation's resolvers run. */
    contextFor: (claims: TokenClaims | null, { requestId, languages, address }: EdgeRequest): Soon<object> =>
      options.context({ claims, requestId, languages, address }),
  };
}

export type Admission = ReturnType<typeof createAdmission>;
