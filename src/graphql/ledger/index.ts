import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Volunteer } from "../../domain/facts/people";
import type { Recipient } from "../../domain/facts/visits";
import { refuse } from "../../domain/kit/refusal";
import type { Account, Balance } from "../../domain/ledger/accounts";
import { accountLabels } from "../../domain/wording/accounts";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked } from "../kit/errors";
import { FieldResolver, Output, Query } from "../kit/fields";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar, SeqScalar } from "../kit/scalars";
import { OrganizationType } from "../organizations";
import { VolunteerType } from "../people/volunteers";
import { RecipientType } from "../visits/recipients";
import { AccountKind, AccountUnit } from "./enums";
import { loadTogether, StatementArgs, StatementType } from "./statements";

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
  async statement(
    @Root() account: Account,
    @Ctx() context: Context,
    @Args(() => StatementArgs) args: StatementArgs,
    @Info() info: GraphQLResolveInfo,
  ) {
    const { lines, ...rest } = await asked(context, async () => {
      const seen = await context.loaders.account.load(account.id);
      return context.services.ledger.statementOf(seen ?? refuse("NOT_FOUND", {}, ["accountId"]), args);
    });
    const shown = await loadTogether(lines, context.loaders, info);
    return { ...rest, edges: shown.map((line) => ({ cursor: line.cursor, node: line })) };
  }
}
export const AccountConnection = connectionOf("Account", () => AccountType);

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
