import { type CreditRecord, creditMoves } from "../../domain/facts/credit-records";
import { mayTake } from "../../domain/kit/moves";
import { system } from "../../domain/permissions/actors";
import type { Tx } from "../../storage/store";
import type { Bank } from "../bank";
import type { CreditSight } from "./sight";
import { appendStep } from "./steps";

/** How many records one turn ends at most; the others wait for the next turn. */
const endingMost = 500;

/** Ends credit records after their time, or with the person that they are about. */
export class CreditEnding {
  constructor(
    private readonly bank: Bank,
    private readonly sight: CreditSight,
  ) {}

  /**
   * Ends what has had its time: the record expires, its key is destroyed, and that is written down. A crash between the
   * three leaves an expired record, which the next turn finishes.
   */
  async expire(): Promise<{ erased: number; failed: unknown[] }> {
    const [view, today] = [this.bank.store.view, this.bank.today()];
    const ending = await view.creditRecordsEnding(today, endingMost);
    const failed: unknown[] = [];
    for (const record of ending) await this.end(record, false).catch((error: unknown) => failed.push(error));
    return { erased: ending.length - failed.length, failed };
  }

  /** Ends all records about a person who is erased, whatever their day. */
  async forget(subjectId: string): Promise<void> {
    const records = await this.sight.recordsOf(this.bank.store.view, [subjectId]);
    for (const record of records) await this.end(record, true);
  }

  private async end({ id, personId }: CreditRecord, early: boolean): Promise<void> {
    const take = (action: "EXPIRE" | "ERASE", state: "EXPIRED" | "ERASED", more?: (tx: Tx) => Promise<void>) =>
      this.bank.commands.act(system, async (tx) => {
        const record = (await tx.creditRecords([id])).get(id);
        // Another process, or a decision, may have come first.
        if (!record || !mayTake(creditMoves, record.state, action)) return;
        if (action === "EXPIRE" && !early && (await this.sight.opened(tx, [record])).length > 0) return;
        await more?.(tx);
        await appendStep(tx, "system", "SYSTEM", { ...record, state }, action, record, null);
      });
    await take("EXPIRE", "EXPIRED");
    if ((await this.bank.store.view.creditRecords([id])).get(id)?.state !== "EXPIRED") return;
    await this.bank.vault.dismiss(personId);
    await take("ERASE", "ERASED", (tx) => tx.replaceSearchTerms(personId, "credit", []));
  }
}
