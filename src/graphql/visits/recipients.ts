import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Recipient } from "../../domain/facts/visits";
import type { Asked } from "../../services/bank/fields";
import { listRecipient, recipientFilter, registerRecipient, reviseRecipient } from "../../services/visits/commands";
import type { ShownListing } from "../../services/visits/recipients";
import type { Context } from "../kit/context";
import { asked, attempt, Payload } from "../kit/errors";
import { Mutation, Output, Query, type Row } from "../kit/fields";
import { CapacityEventType, historyDescription } from "../kit/histories";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { DivisionType, divisionOf } from "../organizations";
import { RecipientCategory, RecipientListingEnding } from "./enums";

@ObjectType("RecipientListing", { description: "A span on the list of those to be visited, in one division." })
export class RecipientListingType {
  @Output(() => DivisionType, { description: "The division whose stations looked after them." })
  division(@Root() { divisionCode }: ShownListing, @Ctx() context: Context) {
    return divisionOf(divisionCode, context);
  }
  @Output(() => DateScalar, { description: "Its first civil day." }) listedOn: string;
  @Output(() => DateScalar, { nullable: true, description: "Its last civil day; null while it lasts." })
  listedUntil: string | null;
  @Output(() => RecipientListingEnding, {
    nullable: true,
    description: "How it ended; null while it lasts, and where an earlier release ended it.",
  })
  ending: RecipientListingEnding | null;
}

@ObjectType("Recipient", {
  implements: NodeType,
  description: "Somebody whom the stations of a division look after; for those stations, officers and auditors.",
})
export class RecipientType extends NodeType {
  @Output(() => String, { nullable: true, description: "What they are called; null once erased." })
  async displayName(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return (await loaders.recipientFace.load(id))?.displayName ?? null;
  }
  @Output(() => [RecipientCategory], { description: "Why they are on the list; empty once erased." })
  async categories(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return (await loaders.recipientFace.load(id))?.categories ?? [];
  }
  @Output(() => String, { nullable: true, description: "The ends of their telephone number." })
  async maskedPhone(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return (await loaders.recipientFace.load(id))?.maskedPhone ?? null;
  }
  @Output(() => String, { nullable: true, description: "Where they live; null where it is not known, or erased." })
  async address(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return (await loaders.recipientFace.load(id))?.address ?? null;
  }
  @Output(() => DateScalar, { nullable: true, description: "The civil day of their birth; null once erased." })
  async birthDate(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return (await loaders.recipientFace.load(id))?.birthDate ?? null;
  }
  @Output(() => DivisionType, { description: "The division in which they live." })
  division(@Root() { divisionCode }: Recipient, @Ctx() context: Context) {
    return divisionOf(divisionCode, context);
  }
  @Output(() => DateScalar, {
    description: "The first civil day of the last span on the list, in the division of today.",
  })
  listedOn: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day on the list, at most that of their death; null while on it.",
  })
  async listedUntil(@Root() { id, listedUntil }: Recipient, @Ctx() { loaders }: Context) {
    const spans = await loaders.recipientListings.load(id);
    return spans.length > 0 ? (spans.at(-1)?.listedUntil ?? null) : listedUntil;
  }
  @Output(() => [RecipientListingType], {
    description:
      "Each span on the list, the earliest first. A span that has ended keeps what was owed and missed in it; who moves begins another one in the next division.",
  })
  listings(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return loaders.recipientListings.load(id);
  }
  @Output(() => Int, { description: "Counts its changes; pass it as expectedVersion." }) version: number;
  @Output(() => [CapacityEventType], { description: historyDescription })
  history(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return loaders.recipientHistory.load(id);
  }
}
export const RecipientConnection = connectionOf("Recipient", () => RecipientType);

@ObjectType({ description: "The answer about a recipient." })
export class RecipientPayload extends Payload {
  @Output(() => RecipientType, { nullable: true, description: "The recipient this is about." })
  recipient: Row<RecipientType> | null;
}

@Resolver(() => RecipientType)
export class RecipientResolver {
  @Query(() => RecipientConnection, {
    description: "Those on the list today. Stations see those of their division; officers and auditors all.",
  })
  recipients(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(recipientFilter)
    filter?: Asked<typeof recipientFilter>,
  ) {
    return asked(context, () => context.services.recipients.find(context.actor, filter ?? {}, page));
  }

  @Mutation(() => RecipientPayload, {
    description:
      "Puts somebody on the list of those to be visited. Their division's stations, officers. CONSENT_MISSING, DUPLICATE_PERSON.",
  })
  registerRecipient(
    @Input(registerRecipient, "Who, where, and why.")
    input: Asked<typeof registerRecipient>,
    @Ctx() context: Context,
  ) {
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
    @Input(reviseRecipient, "Who, what has changed, and why.")
    input: Asked<typeof reviseRecipient>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      recipient: await context.services.recipients.revise(context.actor, input),
      replayed: false,
    }));
  }
  @Mutation(() => RecipientPayload, {
    description: "Takes somebody off the list, or puts them back on it. Their division's stations, officers.",
  })
  listRecipient(
    @Input(listRecipient, "Who, and whether they are on it.")
    input: Asked<typeof listRecipient>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => ({
      recipient: await context.services.recipients.list(context.actor, input),
      replayed: false,
    }));
  }
}
