import type { IncomingMessage } from "node:http";
import type { BlockList } from "node:net";
import { shareAddressOf } from "./addresses";
import type { Intake } from "./body";
import type { EdgeRequest } from "./errors";
import { wantsPage } from "./exchange";
import { requestIdOf } from "./headers";
import type { TokenClaims } from "./identity";
import type { Life, OperationParams, Operations } from "./operations";
import type { EdgeOptions } from "./options";
import type { Sessions } from "./sessions";
import { askerOf, bytesPerCost, type Shares } from "./shares";
import type { Turns } from "./turns";

interface AdmissionOptions extends Pick<EdgeOptions, "begin" | "identity" | "chosenLanguage" | "context"> {
  readonly shares: Shares;
  readonly sessions: Sessions;
  readonly turns: Turns;
  readonly operations: Operations;
  readonly trusted: BlockList;
}

/** Who asks, and what is counted against their share before their operation runs. The same for every transport. */
export function createAdmission(options: AdmissionOptions) {
  const { identity, shares, sessions, turns, operations, trusted } = options;

  async function admit(frame: EdgeRequest, person: { readonly subject: string } | null): Promise<void> {
    frame.asker = askerOf(person?.subject ?? null, frame.address);
    const { cost, refuse } = await shares.admit(frame.asker);
    frame.cost = cost;
    refuse?.();
  }

  /** Counts what was prepared, also where it was refused: reading it was work. */
  async function spend(frame: EdgeRequest): Promise<void> {
    if (!frame.asker || !frame.spent) return;
    const { cost, refuse } = await shares.spend(frame.asker, frame.spent);
    frame.cost = cost;
    refuse?.();
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

    /** Who asks; counted against their own share where a token convinces, else against their address's. */
    async enter(frame: EdgeRequest, authorization: string | undefined): Promise<TokenClaims | null> {
      let claims: TokenClaims | null;
      try {
        await options.begin?.();
        claims = await identity.verify(authorization);
      } catch (error) {
        await admit(frame, null);
        throw error;
      }
      await admit(frame, claims);
      return claims;
    },

    lifeOf(claims: TokenClaims): Life {
      return {
        remainingMs: identity.remainingMs(claims),
        watch: (end) => sessions.watch(claims.session, end),
      };
    },

    /** Reads an operation and counts its cost. Other clients are heard before it is read, and again before it runs. */
    async prepare(params: OperationParams, frame: EdgeRequest): Promise<ReturnType<Operations["prepare"]>> {
      await turns.take(operations.readingOf(params));
      const prepared = operations.prepare(params, frame);
      await spend(frame);
      if ("document" in prepared) await turns.take(frame.spent?.requested ?? 0);
      return prepared;
    },

    intakeOf: (frame: EdgeRequest): Intake => ({
      hold: (bytes) => (frame.asker ? shares.hold(frame.asker, "bytes", bytes) : () => undefined),
      receive: async (bytes) => {
        const counting = frame.asker && (await shares.receive(frame.asker, bytes));
        if (!counting) return;
        frame.cost = counting.cost;
        counting.refuse?.();
        await turns.take(Math.ceil(bytes / bytesPerCost));
      },
    }),

    /** The context in which an operation's resolvers run. */
    contextFor: async (claims: TokenClaims | null, { requestId, languages, address }: EdgeRequest): Promise<object> =>
      options.context({ claims, requestId, languages, address }),
  };
}

export type Admission = ReturnType<typeof createAdmission>;
