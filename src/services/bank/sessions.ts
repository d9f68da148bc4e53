import type { Instant } from "../../domain/kit/calendar";
import type { SessionsService } from "../contract";
import type { Bank } from ".";

/** Sessions that people signed out of: their tokens convince no server of this bank any more. */
export class Sessions implements SessionsService {
  constructor(private readonly bank: Bank) {}

  async end(session: string, expiresAt: Instant): Promise<void> {
    await this.bank.store.write((tx) => tx.endSession(session, expiresAt));
  }

  endedAmong(sessions: readonly string[]): Promise<ReadonlySet<string>> {
    return this.bank.store.view.endedAmong(sessions);
  }
}
