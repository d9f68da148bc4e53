/**
 * Read by the compiler alone (`npm run types`): each `@ts-expect-error` stands where a wrong answer of a service was handed over. If
 * one of them compiled, its comment would be the error.
 */
import { Int, ObjectType, Root } from "type-graphql";
import type { Organization } from "../../src/domain/facts/organizations";
import type { Volunteer } from "../../src/domain/facts/people";
import type { Context } from "../../src/graphql/kit/context";
import { attempt } from "../../src/graphql/kit/errors";
import { Mutation, Output, Query, type Row } from "../../src/graphql/kit/fields";
import { MinutesScalar } from "../../src/graphql/kit/scalars";
import { BalanceType } from "../../src/graphql/ledger";
import { AccountKind } from "../../src/graphql/ledger/enums";
import { VolunteerState } from "../../src/graphql/people/enums";
import { VolunteerConnection, VolunteerPayload, VolunteerType } from "../../src/graphql/people/volunteers";
import type { Connection } from "../../src/services/bank/answers";

declare const volunteer: Volunteer;
declare const organizations: Connection<Organization>;
declare const context: Context;

@ObjectType()
class Example {
  @Output(() => Int, { description: "A number." }) count: number;
  // @ts-expect-error a text is no number
  @Output(() => Int, { description: "A number." }) wrongKind: string;
  // @ts-expect-error null, where the field is never null
  @Output(() => Int, { description: "A number." }) maybe: number | null;
  // @ts-expect-error any text, where the enum has its words
  @Output(() => AccountKind, { description: "A word." }) word: string;
  // @ts-expect-error a thing, where the field is a list
  @Output(() => [Int], { description: "Numbers." }) list: number;

  @Output(() => VolunteerState, { nullable: true, description: "A word." })
  state(@Root() { state }: Volunteer) {
    return state;
  }
  // @ts-expect-error the balance lacks what may be spent
  @Output(() => BalanceType, { description: "An object." })
  balance() {
    return { posted: 0, held: 0, pendingIn: 0, asOfSeq: 0 };
  }
  // @ts-expect-error the promise is of a text
  @Output(() => MinutesScalar, { description: "Minutes." })
  async minutes() {
    return "90";
  }
}

class Questions {
  @Query(() => VolunteerType, { nullable: true, description: "A row of the service." })
  whole() {
    return Promise.resolve(volunteer);
  }
  // @ts-expect-error without the account that VolunteerType.account reads of the row
  @Query(() => VolunteerType, { nullable: true, description: "A row that lacks a field." })
  lacking() {
    const { accountId, ...rest } = volunteer;
    return Promise.resolve({ ...rest, was: accountId });
  }
  // @ts-expect-error the rows of a list are looked at as well
  @Query(() => VolunteerConnection, { description: "A list of wrong rows." })
  list() {
    return organizations;
  }
  @Mutation(() => VolunteerPayload, { description: "A payload." })
  done() {
    return attempt(context, async () => ({ volunteer, replayed: false }));
  }
  // @ts-expect-error the payload names it `volunteer`
  @Mutation(() => VolunteerPayload, { description: "A payload that lacks a field." })
  misnamed() {
    return attempt(context, async () => ({ volunter: volunteer, replayed: false }));
  }
}

/** What `Example` is shown from: its properties, and what its methods read. */
export const row: Row<Pick<Example, "count" | "state">> = { ...volunteer, count: 1 };
// @ts-expect-error the row of a method's field
export const rowless: Row<Pick<Example, "count" | "state">> = { count: 1 };
export { Questions };
