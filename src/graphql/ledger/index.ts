import { Arg, Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Transfer } from "../../domain/facts/ledger";
import type { Organization } from "../../domain/facts/organizations";
import type { Volunteer } from "../../domain/facts/people";
import type { Recipient } from "../../domain/facts/visits";
import { refuse } from "../../domain/kit/refusal";
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

@ObjectType("Balance", { description: "What an account holds, in minutes of its unit." })
export class BalanceType {
  @Output(() => MinutesScalar, { description: "What was credited less what was debited." }) posted: number;
  @Output(() => MinutesScalar, { description: "Set aside by holds that have not ended." }) held: number;
  @Output(() => MinutesScalar, { description: "On its way in by holds that have not ended." }) pendingIn: number;
  @Output(() => MinutesScalar, { description: "What may be spent: posted less held." }) available: number;
  @Output(() => SeqScalar, { description: "The journal position this answer is true at." }) asOfSeq: number;
}

@ObjectType({ description: "The other side of a line." })
export class Counterparty {
  @Output(() => AccountKind, { description: "What that account is for." }) kind: AccountKind;
  @Output(() => String, { description: "Its name for people; never a person's." }) label: string;
}

@ObjectType({ description: "A rule behind a line." })
export class Explanation {
  @Output(() => String, { description: "What the rule is called, by Accept-Language." }) rule: string;
  @Output(() => String, { description: "The clause or document that the rule is taken from." }) clause: string;
  @Output(() => PolicyVersionType, { description: "The version the line was made under." })
  policyVersion: Row<PolicyVersionType>;
}

@ObjectType({ description: "A line, named by its position." })
export class EntryRef {
  @Output(() => SeqScalar, { description: "Its position in the bank's journal." }) seq: number;
}

@ObjectType("StatementLine", { description: "One line of an account's statement." })
export class StatementLineType {
  @Output(() => SeqScalar, { description: "Its position in the bank's journal." })
  seq(@Root() line: StatementLine) {
    return line.entry.seq;
  }
  @Output(() => EntryKind, { description: "Why it stands there." })
  kind(@Root() line: StatementLine) {
    return line.transfer.kind;
  }
  @Output(() => MinutesScalar, { description: "What it adds to the posted balance; 0 for a hold and its release." })
  minutes(@Root() line: StatementLine) {
    return line.entry.minutes;
  }
  @Output(() => MinutesScalar, { description: "What it adds to the minutes set aside." })
  heldMinutes(@Root() line: StatementLine) {
    return line.entry.held;
  }
  @Output(() => MinutesScalar, { description: "The posted balance after this line, in the statement's own order." })
  runningMinutes: number;
  @Output(() => DateScalar, { description: "The civil day of the service, which is that of its last minute." })
  effectiveOn(@Root() line: StatementLine) {
    return line.entry.effectiveOn;
  }
  @Output(() => DateTimeScalar, { description: "When the bank wrote it, to the microsecond." })
  recordedAt(@Root() line: StatementLine) {
    return microsText(line.recordedAt);
  }
  @Output(() => Counterparty, { description: "What the other account is for." })
  async counterparty(@Root() { entry, transfer }: StatementLine, @Ctx() { loaders, language }: Context) {
    const kind = await loaders.kind.load(transfer.debit === entry.account ? transfer.credit : transfer.debit);
    return counterpartyOf(kind, language);
  }
  @Output(() => [Explanation], { description: "The rules it was made under." })
  explanation(@Root() { transfer }: StatementLine, @Ctx() context: Context) {
    return explanationOf(transfer, context);
  }
  @Output(() => EntryRef, { nullable: true, description: "The line that reversed it." })
  reversedBy(@Root() { reversedBySeq }: StatementLine) {
    return reversedBySeq === null ? null : { seq: reversedBySeq };
  }
}

/** Which lines of an account are asked for. */
@ArgsType()
class StatementArgs extends PageArgs {
  @Field(() => DateAxis, { description: "Which date orders and bounds the lines." }) axis: "EFFECTIVE" | "RECORDED";
  @Field(() => DateScalar, {
    nullable: true,
    description: "The first day, counted in; from the beginning where left out.",
  })
  from?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "The last day, counted in; without an end where left out." })
  to?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: "How many from the front, 0 to 500. One of `first` and `last`, else INVALID_INPUT.",
  })
  override first?: number | null;
  @Field(() => Int, { nullable: true, description: "How many from the end, 0 to 500; they stand in the list's order." })
  override last?: number | null;
}

@ObjectType({ description: "A line with its position in a statement." })
export class StatementEdge {
  @Output(() => String, { description: "Its position in this list." }) cursor: string;
  @Output(() => StatementLineType, { description: "The line at that position." }) node: Row<StatementLineType>;
}

@ObjectType("Statement", { description: "An account's lines between two days, by one of the two dates." })
export class StatementType {
  @Output(() => MinutesScalar, { description: "The posted balance before the first day." }) openingMinutes: number;
  @Output(() => MinutesScalar, { description: "The posted balance after the last day." }) closingMinutes: number;
  @Output(() => [StatementEdge], { description: "The lines of this page, in order." })
  edges: readonly Row<StatementEdge>[];
  @Output(() => PageInfo, { description: "Where the page lies." }) pageInfo: Row<PageInfo>;
  @Output(() => Int, totalCountField) totalCount(@Root() page: Counted) {
    return page.totalCount();
  }
}

@ObjectType("Account", { implements: NodeType, description: "An account of the ledger." })
export class AccountType extends NodeType {
  @Output(() => AccountKind, { description: "What it is for." }) kind: AccountKind;
  @Output(() => AccountUnit, { description: "The unit in which it counts." }) unit: AccountUnit;
  @Output(() => String, { description: "Its name for people: a volunteer's number, or what the account is for." })
  async label(@Root() account: Account, @Ctx() { loaders, language }: Context) {
    const volunteer = account.owner ? await loaders.volunteer.load(account.owner) : null;
    return volunteer?.volunteerNo ?? accountLabels[account.kind][language];
  }
  @Output(() => BalanceType, { description: "What it holds now." })
  balance(@Root() account: Account & { balance?: Balance }, @Ctx() { loaders }: Context) {
    return account.balance ?? loaders.balance.load(account.id);
  }
  @Output(() => BalanceType, {
    complexity: askedEach,
    description:
      "What it held: at a journal position, or as recorded by an instant and/or for services up to a day. Exactly one way, else INVALID_INPUT.",
  })
  balanceAsOf(
    @Root() account: Account,
    @Ctx() context: Context,
    @Arg("recordedAt", () => DateTimeScalar, { nullable: true, description: "What was known at this instant." })
    recordedAt?: number,
    @Arg("effectiveOn", () => DateScalar, { nullable: true, description: "Counting services up to this day." })
    effectiveOn?: string,
    @Arg("seq", () => SeqScalar, { nullable: true, description: "At this journal position." }) seq?: number,
  ) {
    return asked(context, () =>
      context.services.ledger.balanceAsOf(context.actor, account.id, { recordedAt, effectiveOn, seq }),
    );
  }
  @Output(() => StatementType, { complexity: askedEach, description: "Its lines between two days." })
  async statement(@Root() account: Account, @Ctx() context: Context, @Args(() => StatementArgs) args: StatementArgs) {
    const { lines, ...rest } = await asked(context, async () => {
      const seen = await context.loaders.account.load(account.id);
      return context.services.ledger.statementOf(seen ?? refuse("NOT_FOUND", {}, ["accountId"]), args);
    });
    return { ...rest, edges: lines.map((line) => ({ cursor: line.cursor, node: line })) };
  }
}
export const AccountConnection = connectionOf("Account", () => AccountType);

@ObjectType({ description: "A line as a subscription tells it." })
export class BalanceEntry {
  @Output(() => SeqScalar, { description: "Its position in the bank's journal." }) seq: number;
  @Output(() => EntryKind, { description: "Why it stands there." }) kind: EntryKind;
  @Output(() => MinutesScalar, { description: "What it adds to the posted balance." }) minutes: number;
  @Output(() => MinutesScalar, { description: "The posted balance after it." }) runningMinutes: number;
}

@ObjectType({ description: "A change of a balance." })
export class BalanceChange {
  @Output(() => AccountType, { description: "The account, its balance as of this event." }) account: Row<AccountType>;
  @Output(() => BalanceEntry, {
    nullable: true,
    description: "The line; null for the first event, which tells the state now.",
  })
  entry: Row<BalanceEntry> | null;
}

@ObjectType({ description: "One kind of account in the trial balance, in minutes." })
export class TrialTotal {
  @Output(() => AccountKind, { description: "What these accounts are for." }) kind: AccountKind;
  @Output(() => MinutesScalar, { description: "All debits of these accounts." }) debitMinutes: number;
  @Output(() => MinutesScalar, { description: "All credits of these accounts." }) creditMinutes: number;
}

@ObjectType({ description: "Every debit and every credit; the two sums are equal, or the ledger is broken." })
export class TrialBalance {
  @Output(() => [TrialTotal], { description: "By kind of account." }) totals: readonly Row<TrialTotal>[];
  @Output(() => MinutesScalar, { description: "All debits of all accounts." }) debitMinutes: number;
  @Output(() => MinutesScalar, { description: "All credits of all accounts." }) creditMinutes: number;
}

@ObjectType("Ledger", { description: "The bank's ledger as a public promise." })
export class LedgerType {
  @Output(() => String, { description: "The bank's name in every journal entry." }) origin: string;
  @Output(() => AccountUnit, { description: "The unit that circulationMinutes counts." }) unit: AccountUnit;
  @Output(() => SeqScalar, { description: "How many entries the journal has." })
  size(@Ctx() { services }: Context) {
    return services.ledger.size();
  }
  @Output(() => MinutesScalar, {
    description: "Credit in circulation: what was issued and funded, less what was redeemed.",
  })
  circulationMinutes(@Ctx() { services }: Context) {
    return services.ledger.circulationMinutes();
  }
  @Output(() => TrialBalance, { description: "Minutes only: village points are another unit.", complexity: askedEach })
  trialBalance(@Ctx() { services }: Context) {
    return services.ledger.trialBalance();
  }
  @Output(() => PolicyVersionConnection, { description: "Every version of every rule." })
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
  @Query(() => AccountType, { nullable: true, description: "An account; null when it is absent or not yours to see." })
  account(@Arg("id", () => ID, { description: "The id it is known by." }) id: string, @Ctx() { loaders }: Context) {
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

/** What an account is for, as the other side of a line shows it. */
export function counterpartyOf(kind: AccountKind, language: Language): Counterparty {
  return { kind, label: accountLabels[kind][language] };
}

/** The rules that a transfer was made under. */
export async function explanationOf(
  { policyIds }: Pick<Transfer, "policyIds">,
  { loaders, language }: Pick<Context, "loaders" | "language">,
): Promise<Explanation[]> {
  const versions = await Promise.all(policyIds.map((id) => loaders.policy.load(id)));
  return versions.flatMap((version) =>
    version ? [{ rule: ruleName(version.key, language), clause: version.citation, policyVersion: version }] : [],
  );
}

@Resolver(() => LedgerType)
export class LedgerResolver {
  @Query(() => LedgerType, { description: "The ledger as a whole. Public." })
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
      "Hears each change of a balance after its commit, at least once and in order; first the state now, or with afterSeq every line since.",
    subscribe: ({ args, context }: { args: BalanceArgs; context: Context }) =>
      context.services.announcements.balanceChanges(context.actor, args.accountId, args.afterSeq ?? null),
  })
  async balanceChanged(
    @Root() event: BalanceEvent,
    @Ctx() context: Context,
    @Arg("accountId", () => ID, { description: "The account whose balance is heard." }) _accountId: string,
    @Arg("afterSeq", () => SeqScalar, { nullable: true, description: "The last journal position you heard." })
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
    description: "Accounts of its volunteers that owe minutes after a reversal.",
  })
  owingAccounts(@Root() { id }: Organization, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.ledger.owing(context.actor, id, page));
  }
}

@Resolver(() => VolunteerType)
export class VolunteerAccountResolver {
  @FieldResolver(() => AccountType, {
    nullable: true,
    description: "The credit account; null when it is not yours to see.",
  })
  account(@Root() { accountId }: Volunteer, @Ctx() { loaders }: Context) {
    return loaders.account.load(accountId);
  }
}

@Resolver(() => RecipientType)
export class RecipientAccountResolver {
  @FieldResolver(() => AccountType, { nullable: true, description: "Their account of time." })
  account(@Root() { accountId }: Recipient, @Ctx() { loaders }: Context) {
    return loaders.account.load(accountId);
  }
}
