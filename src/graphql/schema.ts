import "reflect-metadata";
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchema } from "type-graphql";
import { invariant } from "../domain/invariant";
import { HoursResolver } from "./hours";
import { AccountResolver, BalanceSubscription, LedgerResolver, StatementLineResolver } from "./ledger";
import { NodeResolver } from "./node";
import { MonthSummaryResolver, OrganizationConnectionResolver, OrganizationResolver } from "./organizations";
import { PolicyResolver } from "./policies";
import { GrantResolver, ViewerResolver, VolunteerResolver } from "./volunteers";

export function buildGoodhoursSchema(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [
      AccountResolver,
      BalanceSubscription,
      GrantResolver,
      HoursResolver,
      LedgerResolver,
      MonthSummaryResolver,
      NodeResolver,
      OrganizationConnectionResolver,
      OrganizationResolver,
      PolicyResolver,
      StatementLineResolver,
      ViewerResolver,
      VolunteerResolver,
    ],
    validate: false,
    // type-graphql wants one wherever there are subscriptions; ours follow the journal and use no topics.
    pubSub: { publish: () => undefined, subscribe: noTopics },
  });
}

function noTopics(): AsyncIterable<unknown> {
  invariant(false, "no subscription uses topics");
}

/** Sorted, so that a difference is about meaning only. */
export function printSchemaSorted(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
