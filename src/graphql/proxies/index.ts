import { Args, Ctx, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Recipient } from "../../domain/facts/visits";
import type { Actor } from "../../domain/permissions/actors";
import type { Asked } from "../../services/bank/fields";
import type { ShownProxyStep } from "../../services/proxies";
import { advanceProxy, proxyFilter, requestProxy } from "../../services/proxies/commands";
import type { StoredProxy } from "../../storage/store";
import { ActorType, actorOf } from "../kit/actors";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, keyed, Payload, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, Query, type Row } from "../kit/fields";
import { Filter, Input } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar } from "../kit/scalars";
import { ViewerType } from "../people/volunteers";
import { RecipientType } from "../visits/recipients";
import { FamilyProxyEventAction, ProxyState, RelationKind } from "./enums";

@ObjectType("FamilyProxyEvent", { description: "An entry in the history of a family proxy." })
export class FamilyProxyEventType {
  @Output(() => DateTimeScalar, { description: "The instant at which the step was taken." }) at: number;
  @Output(() => FamilyProxyEventAction, { description: "The step that was taken." }) action: FamilyProxyEventAction;
  @Output(() => ProxyState, { nullable: true, description: "The state before the step; null for the first step." })
  from: ProxyState | null;
  @Output(() => ProxyState, { description: "The state after the step." }) to: ProxyState;
  @Output(() => ActorType, { description: "The role in which the step was taken; the person is not shown." })
  actor(@Root() step: ShownProxyStep, @Ctx() context: Context) {
    return actorOf(step, context);
  }
  @Output(() => String, { nullable: true, description: "The reason for the step; null where none was given." })
  reason: string | null;
}

@ObjectType("FamilyProxy", {
  implements: NodeType,
  description:
    "A relative who acts for an elder, or has asked to. The two of them, the stations of the elder's division, officers and auditors see it.",
})
export class FamilyProxyType extends NodeType {
  @Output(() => ProxyState, { description: "The state in which the proxy is now." }) state: ProxyState;
  @Output(() => RelationKind, { description: "The relation of the recipient to the proxy." }) relation: RelationKind;
  @Output(() => RecipientType, {
    nullable: true,
    description: "The recipient; null while the proxy is not active, for a proxy who may not see them yet.",
  })
  recipient(@Root() { recipientId }: StoredProxy, @Ctx() { loaders }: Context) {
    return loaders.recipient.load(recipientId);
  }
  @Output(() => DateScalar, {
    nullable: true,
    description: "The last civil day on which the proxy may act; null before the elder has agreed.",
  })
  validUntil: string | null;
  @Output(() => [FamilyProxyEventType], { description: "The steps that were taken with the proxy, in their order." })
  history(@Root() { id }: StoredProxy, @Ctx() { loaders }: Context) {
    return loaders.proxyHistory.load(id);
  }
  @Output(() => Int, { description: "How many steps were taken with the proxy; pass it as `expectedVersion`." })
  version: number;
}
const FamilyProxyConnection = connectionOf("FamilyProxy", () => FamilyProxyType);

@ObjectType({ description: "Answers a mutation about a family proxy." })
export class FamilyProxyPayload extends Payload {
  @Outcome(() => FamilyProxyType, "The proxy that this is about")
  proxy: Row<FamilyProxyType> | null;
}

@Resolver(() => FamilyProxyType)
export class FamilyProxyResolver {
  @Query(() => FamilyProxyConnection, {
    complexity: askedEach,
    description:
      "Lists the family proxies of the recipients of your division, in the order in which they were asked for. The stations there, officers and auditors may read them.",
  })
  familyProxies(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(proxyFilter)
    filter?: Asked<typeof proxyFilter>,
  ) {
    return asked(context, () => context.services.proxies.list(context.actor, filter ?? {}, page));
  }
  @Mutation(() => FamilyProxyPayload, {
    description:
      "Asks to act for an elder as a relative. It opens nothing until the station has seen the papers and the elder has agreed. Everybody whom the bank knows may ask.",
  })
  requestProxy(
    @Input(requestProxy, "The elder, and the relation.")
    input: Asked<typeof requestProxy>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "proxy", () => context.services.proxies.request(context.actor, input));
  }
  @Mutation(() => FamilyProxyPayload, {
    description:
      "Takes the next step with a proxy. Supervisors and officers APPROVE; the elder ACCEPTs, or another person of the station notes the elder's word; the elder, the proxy, the station and officers REFUSE and REVOKE. PROXY_LIMIT, SAME_PERSON, SELF_CONFIRMATION.",
  })
  advanceProxy(
    @Input(advanceProxy, "The proxy, and the step.")
    input: Asked<typeof advanceProxy>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "proxy", () => context.services.proxies.advance(context.actor, input));
  }
}

@Resolver(() => RecipientType)
export class RecipientProxiesResolver {
  @FieldResolver(() => [FamilyProxyType], {
    description: "The relatives who act for the recipient, or asked to, in the order in which they asked.",
  })
  proxies(@Root() { id }: Recipient, @Ctx() { loaders }: Context) {
    return loaders.proxiesOfRecipient.load(id);
  }
}

@Resolver(() => ViewerType)
export class ViewerProxiesResolver {
  @FieldResolver(() => RecipientType, {
    nullable: true,
    description: "Your own place among the recipients; null where no station has registered you as one.",
  })
  async recipient(@Root() { actor }: { actor: Actor }, @Ctx() { services, loaders }: Context) {
    const id = await services.recipients.ownOf(actor);
    return id === null ? null : loaders.recipient.load(id);
  }
  @FieldResolver(() => [FamilyProxyType], {
    description: "The proxies that you hold or asked for, in the order in which you asked.",
  })
  proxies(@Root() { actor }: { actor: Actor }, @Ctx() { services }: Context) {
    return services.proxies.mine(actor);
  }
}
