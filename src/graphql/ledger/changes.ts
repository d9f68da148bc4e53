import { Arg, Ctx, ID, ObjectType, Resolver, Root } from "type-graphql";
import type { BalanceEvent } from "../../services/announcements";
import type { Context } from "../kit/context";
import { Output, type Row, Subscription } from "../kit/fields";
import { MinutesScalar, SeqScalar } from "../kit/scalars";
import { AccountType } from ".";
import { EntryKind } from "./enums";

@ObjectType({ description: "A line of an account, as a subscription hears it." })
export class BalanceEntry {
  @Output(() => SeqScalar, { description: "The position of the line in the bank's journal." }) seq: number;
  @Output(() => EntryKind, { description: "The reason for which the line stands in the account." }) kind: EntryKind;
  @Output(() => MinutesScalar, {
    description: "The minutes that the line adds to the posted balance; below 0 it takes them away.",
  })
  minutes: number;
  @Output(() => MinutesScalar, { description: "The posted balance after the line, in minutes." })
  runningMinutes: number;
}

@ObjectType({ description: "A change of an account's balance, as a subscription hears it." })
export class BalanceChange {
  @Output(() => AccountType, { description: "The account, with its balance as of this event." })
  account: Row<AccountType>;
  @Output(() => BalanceEntry, {
    nullable: true,
    description: "The line that changed the balance; null for the first event, which has the balance as it is now.",
  })
  entry: Row<BalanceEntry> | null;
}

interface BalanceArgs {
  accountId: string;
  afterSeq?: number | null;
}

@Resolver()
export class BalanceSubscription {
  @Subscription(() => BalanceChange, {
    description:
      "Hears each change of a balance after its commit, at least once and in order. The first event has the balance as it is now; with `afterSeq`, every line since comes first.",
    subscribe: ({ args, context }: { args: BalanceArgs; context: Context }) =>
      context.services.announcements.balanceChanges(context.actor, args.accountId, args.afterSeq ?? null),
  })
  async balanceChanged(
    @Root() event: BalanceEvent,
    @Ctx() context: Context,
    @Arg("accountId", () => ID, { description: "The id of the account whose balance is heard." }) _accountId: string,
    @Arg("afterSeq", () => SeqScalar, {
      nullable: true,
      description:
        "The last journal position that you have heard; left out, the stream begins with the balance as it is now.",
    })
    _afterSeq?: number,
  ) {
    await context.renew();
    const { account, balance, entry } = event;
    return {
      account: { ...account, balance },
      entry: entry && {
        seq: entry.line.seq,
        kind: entry.kind,
        minutes: entry.line.minutes,
        runningMinutes: entry.line.postedAfter,
      },
    };
  }
}
