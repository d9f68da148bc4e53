import { Arg, Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Transfer } from "../../domain/facts/ledger";
import type { Organization } from "../../domain/facts/organizations";
import type { Volunteer } from "../../domain/facts/people";
import type { Recipient } from "../../domain/facts/visits";
import { refuse } from "../../domain/kit/refusal";
import { whenKnown } from "../../domain/kit/soon";
import type { Account, Balance } from "../../domain/ledger/accounts";
import type { BalanceEvent } from "../../services/announcements";
import type { StatementLine } from "../../services/ledger";
import type { Context, Language } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked } from "../kit/errors";
import { FieldResolver, Output, Query, type Row, Subscription } from "../kit/fields";
import { NodeType } from "../kit/node";
import { type Counted, connectionOf, PageArgs, PageInfo, totalCountField } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar, microsText, SeqScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { VolunteerType } from "../people/volunteers";
import { PolicyVersionConnection, PolicyVersionType, ruleName } from "../policies";
import { RecipientType } from "../visits/recipients";
import { AccountKind, AccountUnit, DateAxis, EntryKind } from "./enums";

@ObjectType("Balance", {
  description: "The amounts of an account, in its unit: minutes, or points for an account of village points.",
})
export class BalanceType {
  @Output(() => MinutesScalar, { description: "The minutes that were credited less those that were debited." })
  posted: number;
  @Output(() => MinutesScalar, { description: "The minutes that are set aside by holds which have not ended." })
  held: number;
  @Output(() => MinutesScalar, {
    description: "The minutes that come in where the holds of others, which have not ended, are settled.",
  })
  pendingIn: number;
  @Output(() => MinutesScalar, { description: "The minutes that may be spent: posted less held." }) available: number;
  @Output(() => SeqScalar, { description: "The journal position this answer is true at." }) asOfSeq: number;
}

@ObjectType({ description: "The account on the other side of a line." })
export class Counterparty {
  @Output(() => AccountKind, { description: "The purpose of the other account." }) kind: AccountKind;
  @Output(() => String, { description: "The name of the other account that people read; never the name of a person." })
  label: string;
}

@ObjectType({ description: "A rule under which a line was made." })
export class Explanation {
  @Output(() => String, { description: "The name of the rule, in the language of Accept-Language." }) rule: string;
  @Output(() => String, { description: "The clause or document from which the rule is taken." }) clause: string;
  @Output(() => PolicyVersionType, { description: "The version of the rule under which the line was made." })
  policyVersion: Row<PolicyVersionType>;
}

@ObjectType({ description: "Refers to a line of the ledger by its position." })
export class EntryRef {
  @Output(() => SeqScalar, { description: "The position of the line in the bank's journal." }) seq: number;
}

@ObjectType("StatementLine", { description: "A line of an account's statement: a transfer that touches the account." })
export class StatementLineType {
  @Output(() => SeqScalar, { description: "The position of the line in the bank's journal." })
  seq(@Root() line: StatementLine) {
    return line.entry.seq;
  }
  @Output(() => EntryKind, { description: "The reason for which the line stands in the account." })
  kind(@Root() line: StatementLine) {
    return line.transfer.kind;
  }
  @Output(() => MinutesScalar, {
    description: "The minutes that the line adds to the posted balance; 0 for a hold and its release.",
  })
  minutes(@Root() line: StatementLine) {
    return line.entry.minutes;
  }
  @Output(() => MinutesScalar, {
    description: "The minutes that the line adds to those set aside; below 0 they are free again.",
  })
  heldMinutes(@Root() line: StatementLine) {
    return line.entry.held;
  }
  @Output(() => MinutesScalar, {
    description: "The posted balance after this line in minutes, in the order of the statement.",
  })
  runningMinutes: number;
  @Output(() => DateScalar, { description: "The civil day of the service: the one on which its last minute lies." })
  effectiveOn(@Root() line: StatementLine) {
    return line.entry.effectiveOn;
  }
  @Output(() => DateTimeScalar, { description: "The instant at which the bank recorded the line, to the microsecond." })
  recordedAt(@Root() line: StatementLine) {
    return microsText(line.recordedAt);
  }
  @Output(() => Counterparty, { description: "The account on the other side of the transfer." })
  counterparty(@Root() line: StatementLine, @Ctx() { loaders, language }: Context) {
    return whenKnown(loaders.kind.load(otherAccount(line)), (kind) => counterpartyOf(kind, language));
  }
  @Output(() => [Explanation], { description: "The rules under which the line was made." })
  explanation(@Root() { transfer }: StatementLine, @Ctx() context: Context) {
    return explanationOf(transfer, context);
  }
  @Output(() => EntryRef, { nullable: true, description: "The line that reversed this one; null while it stands." })
  reversedBy(@Root() { reversedBySeq }: StatementLine) {
    return reversedBySeq === null ? null : { seq: reversedBySeq };
  }
}

/** Which lines of an account are asked for. */
@ArgsType()
class StatementArgs extends PageArgs {
  @Field(() => DateAxis, { description: "The date that orders and bounds the lines." }) axis: "EFFECTIVE" | "RECORDED";
  @Field(() => DateScalar, {
    nullable: true,
    description: "The first civil day, which is included; from the beginning where left out.",
  })
  from?: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The last civil day, which is included; without an end where left out.",
  })
  to?: string | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "How many lines to list from the front, 0 to 500. Exactly one of `first` and `last` is needed, else INVALID_INPUT.",
  })
  override first?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "How many lines to list from the end, 0 to 500; they stand in the order of the list.",
  })
  override last?: number | null;
}

@ObjectType({ description: "A line of a statement, with its cursor." })
export class StatementEdge {
  @Output(() => String, { description: "The position of this edge in the list of overdue disclosures." })
  cursor: string;
  @Output(() => StatementLineType, { description: "The line of the statement that stands at this position." })
  node: Row<StatementLineType>;
}

@ObjectType("Statement", {
  description: "The lines of an account between two civil days, in the order of one of the two dates.",
})
export class StatementType {
  @Output(() => MinutesScalar, { description: "The posted balance before the first civil day, in minutes." })
  openingMinutes: number;
  @Output(() => MinutesScalar, { description: "The posted balance after the last civil day, in minutes." })
  closingMinutes: number;
  @Output(() => [StatementEdge], { description: "The lines of this page, in the order of the statement." })
  edges: readonly Row<StatementEdge>[];
  @Output(() => PageInfo, { description: "The place of the page in its list, with the cursors for the next page." })
  pageInfo: Row<PageInfo>;
  @Output(() => Int, totalCountField) totalCount(@Root() page: Counted) {
    return page.totalCount();
  }
}

@ObjectType("Account", {
  implements: NodeType,
  description:
    "An account of the ledger, which belongs to a volunteer, a group, a recipient, a household or the bank itself.",
})
export class AccountType extends NodeType {
  @Output(() => AccountKind, { description: "The purpose of the account." }) kind: AccountKind;
  @Output(() => AccountUnit, { description: "The unit in which the account counts." }) unit: AccountUnit;
  @Output(() => String, {
    description: "The name of the account that people read: a volunteer's number, or the purpose of the account.",
  })
  async label(@Root() account: Account, @Ctx() { loaders, language }: Context) {
    const volunteer = account.owner ? await loaders.volunteer.load(account.owner) : null;
    return volunteer?.volunteerNo ?? accountLabels[account.kind][language];
  }
  @Output(() => BalanceType, { description: "The balance of the account as it is now." })
  balance(@Root() account: Account & { balance?: Balance }, @Ctx() { loaders }: Context) {
    return account.balance ?? loaders.balance.load(account.id);
  }
  @Output(() => BalanceType, {
    complexity: askedEach,
    description:
      "The balance of the account as it was: at a journal position, or as it was recorded by an instant, or for services up to a day, or both of these. `seq` excludes the other two; no argument at all is INVALID_INPUT.",
  })
  balanceAsOf(
    @Root() account: Account,
    @Ctx() context: Context,
    @Arg("recordedAt", () => DateTimeScalar, {
      nullable: true,
      description: "Counts what the bank had recorded by this instant.",
    })
    recordedAt?: number,
    @Arg("effectiveOn", () => DateScalar, { nullable: true, description: "Counts the services up to this civil day." })
    effectiveOn?: string,
    @Arg("seq", () => SeqScalar, { nullable: true, description: "Counts the entries up to this journal position." })
    seq?: number,
  ) {
    return asked(context, () =>
      context.services.ledger.balanceAsOf(context.actor, account.id, { recordedAt, effectiveOn, seq }),
    );
  }
  @Output(() => StatementType, {
    complexity: askedEach,
    description: "The lines of the account between two civil days.",
  })
  async statement(@Root() account: Account, @Ctx() context: Context, @Args(() => StatementArgs) args: StatementArgs) {
    const { lines, ...rest } = await asked(context, async () => {
      const seen = await context.loaders.account.load(account.id);
      return context.services.ledger.statementOf(seen ?? refuse("NOT_FOUND", {}, ["accountId"]), args);
    });
    // Both are remembered. They are asked for here once, so that no line waits for them by itself.
    await context.loaders.kind.loadMany(lines.map(otherAccount));
    await context.loaders.policy.loadMany(lines.flatMap(({ transfer }) => transfer.policyIds));
    return { ...rest, edges: lines.map((line) => ({ cursor: line.cursor, node: line })) };
  }
}
export const AccountConnection = connectionOf("Account", () => AccountType);

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

@ObjectType({ description: "The sums of one kind of account in the trial balance." })
export class TrialTotal {
  @Output(() => AccountKind, { description: "The purpose of these accounts." }) kind: AccountKind;
  @Output(() => MinutesScalar, { description: "The sum of all debits of these accounts, in minutes." })
  debitMinutes: number;
  @Output(() => MinutesScalar, { description: "The sum of all credits of these accounts, in minutes." })
  creditMinutes: number;
}

@ObjectType({ description: "The sums of all debits and of all credits. The two are equal, or the ledger is broken." })
export class TrialBalance {
  @Output(() => [TrialTotal], { description: "The sums of each kind of account that has any." })
  totals: readonly Row<TrialTotal>[];
  @Output(() => MinutesScalar, { description: "The sum of all debits of all accounts, in minutes." })
  debitMinutes: number;
  @Output(() => MinutesScalar, { description: "The sum of all credits of all accounts, in minutes." })
  creditMinutes: number;
}

@ObjectType("Ledger", { description: "The bank's ledger as a whole, with the sums that everybody may check." })
export class LedgerType {
  @Output(() => String, { description: "The name that the bank has in its journal; signatures and proofs contain it." })
  origin: string;
  @Output(() => AccountUnit, { description: "The unit in which circulationMinutes counts." }) unit: AccountUnit;
  @Output(() => SeqScalar, { description: "How many entries the bank's journal has." })
  size(@Ctx() { services }: Context) {
    return services.ledger.size();
  }
  @Output(() => MinutesScalar, {
    description: "The minutes of credit in circulation: those issued and funded, less those redeemed.",
  })
  circulationMinutes(@Ctx() { services }: Context) {
    return services.ledger.circulationMinutes();
  }
  @Output(() => TrialBalance, {
    description: "The sums of all accounts in minutes; village points are another unit and are left out.",
    complexity: askedEach,
  })
  trialBalance(@Ctx() { services }: Context) {
    return services.ledger.trialBalance();
  }
  @Output(() => PolicyVersionConnection, { description: "The versions of all rules, those that are over too." })
  policyVersions(@Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.policies.list({}, page));
  }
}

const accountLabels: Record<AccountKind, Record<Language, string>> = {
  ISSUANCE: { zh: "时间发放", en: "Issuance" },
  VOLUNTEER: { zh: "志愿者账户", en: "Volunteer" },
  RECIPIENT: { zh: "服务对象账户", en: "Recipient" },
  GROUP: { zh: "团队账户", en: "Group" },
  PUBLIC_POOL: { zh: "公共时间池", en: "Public pool" },
  GOVERNMENT_GRANT: { zh: "政府专项时间", en: "Government grant" },
  GRANT_FUNDING: { zh: "专项资金来源", en: "Grant funding" },
  REDEEMED: { zh: "已兑换", en: "Redeemed" },
  OVERFLOW_HONOUR: { zh: "荣誉时间", en: "Roll of honour" },
  CLEARING: { zh: "清算账户", en: "Clearing" },
  POINT_ISSUANCE: { zh: "积分发放", en: "Point issuance" },
  HOUSEHOLD: { zh: "家庭积分", en: "Household" },
};

@Resolver(() => AccountType)
export class AccountResolver {
  @Query(() => AccountType, {
    nullable: true,
    description: "Finds an account by its id; null where there is none, or you may not see it.",
  })
  account(
    @Arg("id", () => ID, { description: "The id of the object that is asked for." }) id: string,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.account.load(id);
  }
}

export async function reversedByOf(seq: number, loaders: Context["loaders"]): Promise<EntryRef | null> {
  const reversal = await loaders.reversal.load(seq);
  return reversal === null ? null : { seq: reversal };
}

/**
 * What a line gave for its record, or took back: what issuance gave or got, to the volunteer's account or, above the cap, to
 * another. Setting credit aside and freeing it gives nothing, nor does what comes back from above the cap.
 */
export function givenMinutes({ phase, minutes }: Transfer, kinds: { from: AccountKind; to: AccountKind }): number {
  if (phase !== "POSTED" && phase !== "REVERSAL") return 0;
  return (kinds.from === "ISSUANCE" ? minutes : 0) - (kinds.to === "ISSUANCE" ? minutes : 0);
}

const otherAccount = ({ entry, transfer }: StatementLine) =>
  transfer.debit === entry.account ? transfer.credit : transfer.debit;

/** What an account is for, as the other side of a line shows it. */
export function counterpartyOf(kind: AccountKind, language: Language): Counterparty {
  return { kind, label: accountLabels[kind][language] };
}

/** The rules that a transfer was made under. */
export function explanationOf(
  { policyIds }: Pick<Transfer, "policyIds">,
  { loaders, language }: Pick<Context, "loaders" | "language">,
): Explanation[] | Promise<Explanation[]> {
  return whenKnown(loaders.policy.loadMany(policyIds), (versions) =>
    versions.flatMap((version) =>
      version ? [{ rule: ruleName(version.key, language), clause: version.citation, policyVersion: version }] : [],
    ),
  );
}

@Resolver(() => LedgerType)
export class LedgerResolver {
  @Query(() => LedgerType, { description: "The bank's ledger as a whole. Everybody may read it." })
  ledger(@Ctx() { services }: Context) {
    return { origin: services.origin, unit: "MINUTE" as const };
  }
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

@Resolver(() => OrganizationType)
export class OrganizationAccountsResolver {
  @FieldResolver(() => AccountConnection, {
    complexity: askedEach,
    description: "The accounts of its volunteers that owe minutes after a reversal.",
  })
  owingAccounts(@Root() { id }: Organization, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.ledger.owing(context.actor, id, page));
  }
}

@Resolver(() => VolunteerType)
export class VolunteerAccountResolver {
  @FieldResolver(() => AccountType, {
    nullable: true,
    description: "The credit account of the volunteer; null where you may not see it.",
  })
  account(@Root() { accountId }: Volunteer, @Ctx() { loaders }: Context) {
    return loaders.account.load(accountId);
  }
}

@Resolver(() => RecipientType)
export class RecipientAccountResolver {
  @FieldResolver(() => AccountType, {
    nullable: true,
    description: "The account of time credit that the recipient has; null where there is none.",
  })
  account(@Root() { accountId }: Recipient, @Ctx() { loaders }: Context) {
    return loaders.account.load(accountId);
  }
}
