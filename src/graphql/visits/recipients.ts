import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Recipient } from "../../domain/facts/visits";
import type { Asked } from "../../services/bank/fields";
import { listRecipient, recipientFilter, registerRecipient, reviseRecipient } from "../../services/visits/commands";
import type { ShownListing } from "../../services/visits/recipients";
import type { Context } from "../kit/context";
import { asked, keyed, Payload, stepped } from "../kit/errors";
import { Mutation, Outcome, Output, Query, type Row } from "../kit/fields";
import { CapacityEventType, historyDescription } from "../kit/histories";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar } from "../kit/scalars";
import { DivisionType, divisionOf } from "../organizations";
import { RecipientCategory, RecipientListingEnding } from "./enums";

@ObjectType("RecipientListing", {
  description: "A span of days for which a recipient was on the list of one division.",
})
export class RecipientListingType {
  @Output(() => DivisionType, { description: "The division whose stations look after the recipient in this span." })
  division(@Root() { divisionCode }: ShownListing, @Ctx() context: Context) {
    return divisionOf(divisionCode, context);
  }
  @Output(() => DateScalar, { description: "The first civil day of the span." }) listedOn: string;
  @Output(() => DateScalar, { nullable: true, description: "The last civil day of the span; null while it lasts." })
  listedUntil: string | null;
  @Output(() => RecipientListingEnding, {
    nullable: true,
    description: "The reason for which the span ended; null while it lasts.",
  })
  ending: RecipientListingEnding | null;
}

@ObjectType("Recipient", {
  implements: NodeType,
  description:
    "A person whom the stations of a division look after. Those stations, officers and auditors see it, as do the person and their active family proxies, without the history.",
})
export class RecipientType extends NodeType {
  @Output(() => String, { nullable: true, description: "The name of the person; null once erased." })
  async displayName(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return (await loaders.recipientFace.load(id))?.displayName ?? null;
  }
  @Output(() => [RecipientCategory], {
    description: "The reasons for which the recipient is on the list; empty once erased.",
  })
  async categories(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return (await loaders.recipientFace.load(id))?.categories ?? [];
  }
  @Output(() => String, {
    nullable: true,
    description: "The first and last digits of the telephone number; null where there is none.",
  })
  async maskedPhone(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return (await loaders.recipientFace.load(id))?.maskedPhone ?? null;
  }
  @Output(() => String, {
    nullable: true,
    description: "The place where the recipient lives; null where it is not known, or was erased.",
  })
  async address(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return (await loaders.recipientFace.load(id))?.address ?? null;
  }
  @Output(() => DateScalar, {
    nullable: true,
    description: "The civil day on which the recipient was born; null once erased.",
  })
  async birthDate(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return (await loaders.recipientFace.load(id))?.birthDate ?? null;
  }
  @Output(() => DivisionType, { description: "The division in which the recipient lives." })
  division(@Root() { divisionCode }: Recipient, @Ctx() context: Context) {
    return divisionOf(divisionCode, context);
  }
  @Output(() => DateScalar, {
    description: "The first civil day of the latest span on the list, in the division of today.",
  })
  listedOn: string;
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day on the list, at the latest that of the recipient's death; null while on it.",
  })
  async listedUntil(@Root() { id, listedUntil }: Recipient, @Ctx() { loaders }: Context) {
    const spans = await loaders.recipientListings.load(id);
    return spans.length > 0 ? (spans.at(-1)?.listedUntil ?? null) : listedUntil;
  }
  @Output(() => [RecipientListingType], {
    description:
      "The spans on the list, the earliest first. A span that has ended keeps the visits that were owed and missed in it; a recipient who moves begins a new span in the next division.",
  })
  listings(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return loaders.recipientListings.load(id);
  }
  @Output(() => Int, {
    description:
      "The number of changes so far; pass it as `expectedVersion` to be refused where another change came first.",
  })
  version: number;
  @Output(() => [CapacityEventType], { description: historyDescription })
  history(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return loaders.recipientHistory.load(id);
  }
}
export const RecipientConnection = connectionOf("Recipient", () => RecipientType);

@ObjectType({ description: "Answers a mutation about a recipient." })
export class RecipientPayload extends Payload {
  @Outcome(() => RecipientType, "The recipient that this is about")
  recipient: Row<RecipientType> | null;
}

@Resolver(() => RecipientType)
export class RecipientResolver {
  @Query(() => RecipientConnection, {
    description:
      "Lists the recipients who are on the list today. Stations see those of their division; officers and auditors see all.",
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
      "Puts a person on the list of those to be visited. The stations of the person's division and officers may do this. CONSENT_MISSING, DUPLICATE_PERSON.",
  })
  registerRecipient(
    @Input(registerRecipient, "The person, the division, and the reasons for the visits.")
    input: Asked<typeof registerRecipient>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "recipient", () => context.services.recipients.register(context.actor, input));
  }
  @Mutation(() => RecipientPayload, {
    description:
      "Changes or corrects what is kept of a recipient. The stations of the recipient's division and officers may do this. NOT_PERMITTED where the person is also a volunteer, a social worker or staff, you change the name, papers or birth date, and you may not correct them there. The same content again is no new step.",
  })
  reviseRecipient(
    @Input(reviseRecipient, "The recipient, the fields that change, and the reason.")
    input: Asked<typeof reviseRecipient>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "recipient", () => context.services.recipients.revise(context.actor, input));
  }
  @Mutation(() => RecipientPayload, {
    description:
      "Takes a recipient off the list of those to be visited, or puts them back on it. The stations of the recipient's division and officers may do this.",
  })
  listRecipient(
    @Input(listRecipient, "The recipient, and whether they are on the list.")
    input: Asked<typeof listRecipient>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "recipient", () => context.services.recipients.list(context.actor, input));
  }
}
