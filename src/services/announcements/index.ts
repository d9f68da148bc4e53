import type { EntryKind } from "../../domain/facts/ledger";
import { refuse } from "../../domain/kit/refusal";
import { type Account, type Balance, balanceOf } from "../../domain/ledger/accounts";
import type { Actor } from "../../domain/permissions/actors";
import type { EntryLine } from "../../storage/store";
import type { Bank } from "../bank";
import type { Ledger } from "../ledger";
import type { People } from "../people";
import { Bell, wakeful } from "./bell";
import { CampaignFeeds, type CampaignTotals } from "./feeds";
import { Partings } from "./partings";

export interface BalanceEvent {
  account: Account;
  balance: Balance;
  /** Null for the first event, which tells the state now. */
  entry: { line: EntryLine; kind: EntryKind } | null;
}

/** What subscriptions hear: they follow the journal, so another process's commits are heard as well as ours. */
export class Announcements {
  private readonly campaigns: CampaignFeeds;
  private readonly partings: Partings;

  constructor(
    private readonly bank: Bank,
    private readonly ledger: Ledger,
    private readonly people: People,
  ) {
    this.campaigns = new CampaignFeeds(bank.store);
    this.partings = new Partings(bank.store.view);
  }

  /** First the totals now, then each change after its commit, the latest only, at most once a second. NOT_FOUND when there is none. */
  campaignTotals(slug: string): AsyncIterableIterator<CampaignTotals> {
    return this.campaigns.watch(slug);
  }

  /** First the state now (or, after `afterSeq`, each entry since), then every entry after its commit, in seq order, at least once. NOT_FOUND when not yours. */
  balanceChanges(actor: Actor, accountId: string, afterSeq: number | null): AsyncIterableIterator<BalanceEvent> {
    const bell = new Bell();
    return wakeful(bell, this.changes(actor, accountId, afterSeq, bell));
  }

  private async account(actor: Actor, accountId: string): Promise<Account> {
    const [allowed] = await this.ledger.accounts(actor, [accountId]);
    return allowed ?? refuse("NOT_FOUND", {}, ["accountId"]);
  }

  private async today(actor: Actor): Promise<Actor> {
    return actor.personId === null ? actor : this.people.actorOfPerson(actor.personId);
  }

  private async *changes(
    actor: Actor,
    accountId: string,
    afterSeq: number | null,
    bell: Bell,
  ): AsyncGenerator<BalanceEvent, undefined> {
    const view = this.bank.store.view;
    // Listen before looking, so that nothing falls between.
    let head = -1;
    const stop = this.bank.store.follow((seq) => {
      head = Math.max(head, seq);
      bell.ring();
    });
    try {
      const { seq } = await view.head();
      head = Math.max(head, seq);
      let parted = await this.partings.last(head);
      await this.partings.check(actor);
      const account = await this.account(actor, accountId);
      let seen = afterSeq ?? account.lastSeq;
      yield { account, balance: balanceOf(account, Math.max(seq, account.lastSeq)), entry: null };
      while (!bell.silent) {
        const last = await this.partings.last(head);
        if (last > parted) await this.partings.check(actor);
        parted = last;
        const lines = await view.entriesOfAccountAfter(accountId, seen, 100);
        if (lines.length > 0) {
          // An actor whose role has ended meanwhile hears no more.
          await this.account(await this.today(actor), accountId);
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
        await bell.rung();
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
