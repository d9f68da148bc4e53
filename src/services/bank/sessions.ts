import type { Instant } from "../../domain/kit/calendar";
import type { Soon } from "../../domain/kit/soon";
import type { Bank } from ".";

/** Sessions that people signed out of: their tokens convince no server of this bank any more. */
export class Sessions {
  constructor(private readonly bank: Bank) {}

  /** Ends a session, which is named by a hash of its token, for all servers of the bank. */
  async end(session: string, expiresAt: Instant): Promise<void> {
    await this.bank.store.write((tx) => tx.endSession(session, expiresAt));
  }

  /** Which of these sessions were ended. */
  endedAmong(sessions: readonly string[]): Soon<ReadonlySet<string>> {
    return this.bank.store.view.endedAmong(sessions);
  }
}
