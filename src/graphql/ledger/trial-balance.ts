import { Args, Ctx, ObjectType, Resolver } from "type-graphql";
import type { Asked } from "../../services/bank/fields";
import { accountFilter } from "../../services/ledger/commands";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked } from "../kit/errors";
import { Output, Query, type Row } from "../kit/fields";
import { Filter } from "../kit/inputs";
import { PageArgs } from "../kit/paging";
import { MinutesScalar, SeqScalar } from "../kit/scalars";
import { PolicyVersionConnection } from "../policies";
import { AccountConnection } from ".";
import { AccountKind, AccountUnit } from "./enums";

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

@ObjectType("ReserveCoverage", {
  description:
    "The free minutes of the public pool and of the government's grants, beside the minutes that people may still spend.",
})
export class ReserveCoverageType {
  @Output(() => MinutesScalar, {
    description:
      "The posted minutes of all volunteers and recipients, of any age; those that an open order holds are counted, those of groups are not, and an account that owes counts as 0.",
  })
  claimsMinutes: number;
  @Output(() => MinutesScalar, {
    description:
      "The minutes of the public pool and of the government's grant accounts that no open order holds: posted less held.",
  })
  fundedMinutes: number;
  @Output(() => Number, {
    nullable: true,
    description: "The quotient of fundedMinutes and claimsMinutes; null while nobody has a claim.",
  })
  ratio: number | null;
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
  @Output(() => AccountConnection, {
    complexity: askedEach,
    description:
      "Lists the bank's own accounts by their ids. Everybody may see them; the account of a person, a group or a household stands with its owner and is on no list here.",
  })
  accounts(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(accountFilter) filter?: Asked<typeof accountFilter>,
  ) {
    return asked(context, () => context.services.ledger.ownAccounts(filter ?? {}, page));
  }
  @Output(() => ReserveCoverageType, {
    complexity: askedEach,
    description: "The reserve that stands behind the claims of people now. Everybody may read it.",
  })
  reserveCoverage(@Ctx() { services }: Context) {
    return services.ledger.reserveCoverage();
  }
  @Output(() => PolicyVersionConnection, { description: "The versions of all rules, those that are over too." })
  policyVersions(@Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.policies.list({}, page));
  }
}

@Resolver(() => LedgerType)
export class LedgerResolver {
  @Query(() => LedgerType, { description: "The bank's ledger as a whole. Everybody may read it." })
  ledger(@Ctx() { services }: Context) {
    return { origin: services.origin, unit: "MINUTE" as const };
  }
}
