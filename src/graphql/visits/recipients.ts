import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { IdKind as Kind } from "../../domain/people/papers";
import type { RecipientCategory as Category, Recipient } from "../../domain/visits/recipients";
import type { ShownListing } from "../../services/contract";
import type { Context } from "../kit/context";
import { CorrectionInput } from "../kit/corrections";
import { IdKind, RecipientCategory, RecipientListingEnding } from "../kit/enums";
import { asked, attempt, Payload } from "../kit/errors";
import { CapacityEventType, historyDescription } from "../kit/histories";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { AccountType } from "../ledger";
import { DivisionType, divisionOf } from "../organizations";

@ObjectType("RecipientListing", { description: "A span on the list of those to be visited, in one division." })
export class RecipientListingType {
  @Field(() => DivisionType, { description: "The division whose stations looked after them." }) division: object;
  @Field(() => DateScalar, { description: "Its first civil day." }) listedOn: string;
  @Field(() => DateScalar, { nullable: true, description: "Its last civil day; null while it lasts." })
  listedUntil: string | null;
  @Field(() => RecipientListingEnding, {
    nullable: true,
    description: "How it ended; null while it lasts, and where an earlier release ended it.",
  })
  ending: string | null;
}

@ObjectType("Recipient", {
  implements: NodeType,
  description: "Somebody whom the stations of a division look after; for those stations, officers and auditors.",
})
export class RecipientType extends NodeType {
  @Field(() => String, { nullable: true, description: "What they are called; null once erased." })
  displayName: string | null;
  @Field(() => [RecipientCategory], { description: "Why they are on the list; empty once erased." })
  categories: string[];
  @Field(() => String, { nullable: true, description: "The ends of their telephone number." })
  maskedPhone: string | null;
  @Field(() => String, { nullable: true, description: "Where they live; null where it is not known, or erased." })
  address: string | null;
  @Field(() => DateScalar, { nullable: true, description: "The civil day of their birth; null once erased." })
  birthDate: string | null;
  @Field(() => DivisionType, { description: "The division in which they live." }) division: object;
  @Field(() => DateScalar, {
    description: "The first civil day of the last span on the list, in the division of today.",
  })
  listedOn: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The last civil day on the list, at most that of their death; null while on it.",
  })
  listedUntil: string | null;
  @Field(() => [RecipientListingType], {
    description:
      "Each span on the list, the earliest first. A span that has ended keeps what was owed and missed in it; who moves begins another one in the next division.",
  })
  listings: object[];
  @Field(() => AccountType, { nullable: true, description: "Their account of time." }) account: object | null;
  @Field(() => Int, { description: "Counts its changes; pass it as expectedVersion." }) version: number;
}
export const RecipientConnection = connectionOf("Recipient", () => RecipientType as never);

@InputType({ description: "Which recipients; a field left out does not filter." })
export class RecipientFilter {
  @Field(() => String, { nullable: true, description: "Part of their name." }) text?: string | null;
  @Field(() => [RecipientCategory], { nullable: true, description: "In any of these categories." })
  category?: Category[] | null;
  @Field(() => String, {
    nullable: true,
    description: "Living in this division or below, by its code or official code.",
  })
  divisionCode?: string | null;
}
@InputType({ description: "Somebody to be put on the list. Everything about them is encrypted." })
export class RegisterRecipientInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => String, { description: "The name by which people call them. NAME_INVALID." }) displayName: string;
  @Field(() => String, { nullable: true, description: "The name in their papers. NAME_INVALID." }) legalName?:
    | string
    | null;
  @Field(() => IdKind, {
    nullable: true,
    description:
      "The kind of papers that the number is of. Left out, the form of the number tells it where one kind alone has that form.",
  })
  idKind?: Kind | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The ID number that you have seen: by it a person is known again. ID_NUMBER_INVALID; PAPERS_DISAGREE where it is known with another name or birth date.",
  })
  idNumber?: string | null;
  @Field(() => DateScalar, { description: "The civil day of their birth." }) birthDate: string;
  @Field(() => String, { nullable: true, description: "Their telephone number, where known. PHONE_INVALID." })
  phone?: string | null;
  @Field(() => String, { description: "The division in which they live, by its code or official code." })
  divisionCode: string;
  @Field(() => String, { nullable: true, description: "The place where they live." }) address?: string | null;
  @Field(() => [RecipientCategory], { description: "Why they are on the list; one at least." })
  categories: Category[];
  @Field(() => Boolean, { description: "Whether they, or whoever answers for them, have consented." })
  consent: boolean;
}
@InputType({
  description: "What has changed about a recipient, or was entered wrongly. A field left out or null stays as it is.",
})
export class ReviseRecipientInput extends CorrectionInput {
  @Field(() => ID, { description: "The id of the recipient." }) recipientId: string;
  @Field(() => String, { nullable: true, description: "The name by which people call them. NAME_INVALID." })
  displayName?: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The civil day of their birth. ID_NUMBER_INVALID where the papers say another day.",
  })
  birthDate?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Their telephone number now; an empty text takes it away. PHONE_INVALID.",
  })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: "Where they live now; an empty text takes it away." })
  address?: string | null;
  @Field(() => [RecipientCategory], {
    nullable: true,
    description: "Why they are on the list: all of it, as it is now.",
  })
  categories?: Category[] | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The division in which they live now, by its code or official code. They are on its list from today, and each division keeps its months: a month is that of the division on whose list they were on its fifteenth last day. It takes a role that may register recipients there as well. NOT_PERMITTED, DIVISION_NOT_FOUND, DIVISION_RETIRED.",
  })
  divisionCode?: string | null;
  @Field(() => String, { description: "The reason; it is kept sealed." }) reason: string;
}
@InputType({ description: "Whether somebody is on the list." })
export class ListRecipientInput {
  @Field(() => ID, { description: "The id of the recipient." }) recipientId: string;
  @Field(() => Boolean, {
    description:
      "False takes them off it after today: a supervisor or an officer where they are still owed a visit, which stays owed. True begins a new span today, in which nothing of the one before is made up for. RECIPIENT_DECEASED.",
  })
  listed: boolean;
  @Field(() => String, { description: "The reason; it is kept sealed." }) reason: string;
  @Field(() => Int, { nullable: true, description: "The version that you saw; else VERSION_CONFLICT." })
  expectedVersion?: number | null;
}
@ObjectType({ description: "The answer about a recipient." })
export class RecipientPayload extends Payload {
  @Field(() => RecipientType, { nullable: true, description: "The recipient this is about." }) recipient?:
    | object
    | null;
}

@Resolver(() => RecipientType)
export class RecipientResolver {
  @Query(() => RecipientConnection, {
    description: "Those on the list today. Stations see those of their division; officers and auditors all.",
  })
  recipients(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => RecipientFilter, {
      nullable: true,
      description: "Only what fits; a field left out does not filter.",
    })
    filter?: RecipientFilter,
  ): Promise<object> {
    return asked(context, () => context.services.recipients.find(context.actor, filter ?? {}, page));
  }

  @Mutation(() => RecipientPayload, {
    description:
      "Puts somebody on the list of those to be visited. Their division's stations, officers. CONSENT_MISSING, DUPLICATE_PERSON.",
  })
  registerRecipient(
    @Arg("input", () => RegisterRecipientInput, { description: "Who, where, and why." }) input: RegisterRecipientInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.recipients.register(context.actor, input);
      return { recipient: value, replayed };
    });
  }
  @Mutation(() => RecipientPayload, {
    description:
      "Notes what has changed about a recipient, or corrects what was entered wrongly. For the stations of their division and for officers. NOT_PERMITTED where the person is also a volunteer, a social worker or staff, you change the name, papers or birth date, and you may not correct them there. The same content again is no new step.",
  })
  reviseRecipient(
    @Arg("input", () => ReviseRecipientInput, { description: "Who, what has changed, and why." })
    input: ReviseRecipientInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => ({
      recipient: await context.services.recipients.revise(context.actor, input),
      replayed: false,
    }));
  }
  @Mutation(() => RecipientPayload, {
    description: "Takes somebody off the list, or puts them back on it. Their division's stations, officers.",
  })
  listRecipient(
    @Arg("input", () => ListRecipientInput, { description: "Who, and whether they are on it." })
    input: ListRecipientInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => ({
      recipient: await context.services.recipients.list(context.actor, input),
      replayed: false,
    }));
  }

  @FieldResolver(() => DateScalar, { nullable: true })
  async listedUntil(@Root() { id, listedUntil }: Recipient, @Ctx() { loaders }: Context): Promise<string | null> {
    const spans = await loaders.recipientListings.load(id);
    return spans.length > 0 ? (spans.at(-1)?.listedUntil ?? null) : listedUntil;
  }
  @FieldResolver(() => [RecipientListingType])
  listings(@Root() { id }: Recipient, @Ctx() { loaders }: Context): Promise<object[]> {
    return loaders.recipientListings.load(id);
  }
  @FieldResolver(() => [CapacityEventType], { description: historyDescription })
  history(@Root() { id }: Recipient, @Ctx() { loaders }: Context): Promise<object[]> {
    return loaders.recipientHistory.load(id);
  }
  @FieldResolver(() => String, { nullable: true })
  async displayName(@Root() { id }: Recipient, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.recipientFace.load(id))?.displayName ?? null;
  }
  @FieldResolver(() => [RecipientCategory])
  async categories(@Root() { id }: Recipient, @Ctx() { loaders }: Context): Promise<string[]> {
    return (await loaders.recipientFace.load(id))?.categories ?? [];
  }
  @FieldResolver(() => String, { nullable: true })
  async maskedPhone(@Root() { id }: Recipient, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.recipientFace.load(id))?.maskedPhone ?? null;
  }
  @FieldResolver(() => String, { nullable: true })
  async address(@Root() { id }: Recipient, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.recipientFace.load(id))?.address ?? null;
  }
  @FieldResolver(() => DateScalar, { nullable: true })
  async birthDate(@Root() { id }: Recipient, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.recipientFace.load(id))?.birthDate ?? null;
  }
  @FieldResolver(() => DivisionType)
  division(@Root() { divisionCode }: Recipient, @Ctx() context: Context): Promise<object> {
    return divisionOf(divisionCode, context);
  }
  @FieldResolver(() => AccountType, { nullable: true })
  account(@Root() { accountId }: Recipient, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.account.load(accountId);
  }
}

@Resolver(() => RecipientListingType)
export class RecipientListingResolver {
  @FieldResolver(() => DivisionType)
  division(@Root() { divisionCode }: ShownListing, @Ctx() context: Context): Promise<object> {
    return divisionOf(divisionCode, context);
  }
}
