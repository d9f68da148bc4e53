import type { Actor } from "../domain/actors";
import { balanceOf } from "../domain/ledger/accounts";
import { refuse } from "../domain/refusal";
import type { EntryLine } from "../storage/store";
import type { Bank } from "./bank";
import type { AnnouncementsService, BalanceEvent } from "./contract";
import type { Ledger } from "./ledger";

/** What subscriptions hear: they follow the journal, so another process's commits are heard as well as ours. */
export class Announcements implements AnnouncementsService {
  constructor(
    private readonly bank: Bank,
    private readonly ledger: Ledger,
  ) {}

  async *balanceChanges(actor: Actor, accountId: string, afterSeq: number | null): AsyncIterableIterator<BalanceEvent> {
    const view = this.bank.store.view;
    const [allowed] = await this.ledger.accounts(actor, [accountId]);
    const account = allowed ?? refuse("NOT_FOUND", {}, ["accountId"]);
    let wake: () => void = () => undefined;
    let woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    // Listen before looking, so that nothing falls between.
    const stop = this.bank.store.follow(() => wake());
    try {
      let seen = afterSeq ?? account.lastSeq;
      const { seq } = await view.head();
      yield { account, balance: balanceOf(account, Math.max(seq, account.lastSeq)), entry: null };
      for (;;) {
        const lines = await view.entriesOfAccountAfter(accountId, seen, 100);
        if (lines.length > 0) {
          const transfers = await view.transfers(lines.map((line) => line.seq));
          for (const line of lines) {
            seen = line.seq;
            yield {
              account,
              balance: balanceAfter(line),
              entry: { line, kind: transfers.get(line.seq)?.kind ?? refuse("NOT_FOUND") },
            };
          }
          continue;
        }
        await woken;
        woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      stop();
    }
  }
}

function balanceAfter(line: EntryLine) {
  const { postedAfter: posted, heldAfter: held, pendingInAfter: pendingIn, seq: asOfSeq } = line;
  return { posted, held, pendingIn, available: posted - held, asOfSeq };
}
