import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { Organization } from "../../domain/organizations";
import { type Obligation, type Visit, type VisitCoverage } from "../../domain/visits";
import type { Asked } from "../../services/bank/fields";
import { confirmVisit, recordVisit, visitObligationFilter, withdrawVisit } from "../../services/visits/commands";
import { EvidenceType, ServiceRecordType } from "../hours/types";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { VisitMode, VisitObligationState, Visitor, VisitResult } from "../kit/enums";
import { asked, attempt, Payload } from "../kit/errors";
import { filterSentence, Input, inputOf } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar, MonthScalar } from "../kit/scalars";
import { DivisionType, divisionOf, OrganizationType } from "../organizations";
import { RecipientType } from "./recipients";

@ObjectType("VisitAttempt", { description: "A visit that did not count: nobody was met." })
export class VisitAttemptType {
  @Field(() => DateTimeScalar, { description: "When it was made." }) at: number;
  @Field(() => VisitMode, { description: "How it was made." }) mode: string;
  @Field(() => VisitResult, { nullable: true, description: "What came of it; null once erased." })
  result: string | null;
}

@ObjectType("VisitObligation", {
  implements: NodeType,
  description: "A visit that somebody on the list is owed: one each month, more in great heat and at festivals.",
})
export class VisitObligationType extends NodeType {
  @Field(() => RecipientType, { nullable: true, description: "To whom; null where they are not yours to see." })
  recipient: object | null;
  @Field(() => String, { description: "What it is for: MONTHLY, or the code of an occasion such as HEAT." })
  occasion: string;
  @Field(() => MonthScalar, { description: "The month in which it is due." }) month: string;
  @Field(() => DateScalar, { description: "The first civil day for it." }) from: string;
  @Field(() => DateScalar, { description: "The last civil day for it; there are no days of grace." }) dueBy: string;
  @Field(() => VisitObligationState, { description: "Where it stands today." }) state: string;
  @Field(() => [VisitAttemptType], { description: "Visits within its days that found nobody, the earliest first." })
  attempts: object[];
}
export const VisitObligationConnection = connectionOf("VisitObligation", () => VisitObligationType as never);

@ObjectType("Visit", {
  implements: NodeType,
  description: "A visit to somebody on the list; for whoever made it, the recipient's stations, officers and auditors.",
})
export class VisitType extends NodeType {
  @Field(() => RecipientType, { nullable: true, description: "To whom; null where they are not yours to see." })
  recipient: object | null;
  @Field(() => OrganizationType, { description: "For which organisation it was made." }) organization: object;
  @Field(() => DateTimeScalar, { description: "When the visit began." }) at: number;
  @Field(() => VisitMode, { description: "How it was made." }) mode: string;
  @Field(() => Visitor, { description: "Who came; only a volunteer's time is recorded as service." }) visitor: string;
  @Field(() => MinutesScalar, { nullable: true, description: "How long it took, where that was noted." })
  minutes: number | null;
  @Field(() => VisitResult, { nullable: true, description: "What came of it; null once erased." })
  result: string | null;
  @Field(() => String, { nullable: true, description: "What the visitor noted; null where nothing, or erased." })
  note: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description:
      "The last civil day on which it could be entered without evidence: the tenth working day after it (a policy). Null for visits that an earlier release entered.",
  })
  recordBy: string | null;
  @Field(() => [EvidenceType], {
    description:
      "What speaks for a visit that was entered late; empty where nothing was needed, not yours to see, or erased.",
  })
  evidence: object[];
  @Field(() => Int, {
    description:
      "How many other people must confirm it before it counts: 0 where it was entered in time, and as many as for back-filled hours where it was entered late. 1 where a volunteer tells of a death.",
  })
  confirmationsNeeded: number;
  @Field(() => Int, { description: "How many people have confirmed it." }) confirmationsGiven: number;
  @Field(() => Boolean, { description: "Whether it waits for a confirmation, and meets nothing until then." })
  waits: boolean;
  @Field(() => Boolean, { description: "Whether it was taken back as entered by mistake." }) withdrawn: boolean;
  @Field(() => Int, { description: "Counts its changes; pass it as expectedVersion." }) version: number;
  @Field(() => VisitObligationType, {
    nullable: true,
    description: "What it met; for an attempt what it was made for; null beyond what is owed.",
  })
  obligation: object | null;
  @Field(() => ServiceRecordType, {
    nullable: true,
    description:
      "A volunteer's record of it, when somebody was met for as long as a session must last. Visits of one hour share one record.",
  })
  serviceRecord: object | null;
}

@ObjectType("DivisionVisits", { description: "The visits of a month in one division." })
export class DivisionVisitsType {
  @Field(() => DivisionType, { description: "The division this is about." }) division: object;
  @Field(() => Int, {
    description:
      "People owed a visit: on the list for 15 days by the month's last, and still on it, or taken off it during the month. Of those who moved, the division on whose list they were on the fifteenth last day.",
  })
  owed: number;
  @Field(() => Int, { description: "How many of them were met at least once in the month." }) met: number;
}
@ObjectType("MonthVisits", { description: "How many of those who were owed a month's visit had one (seed item 6)." })
export class MonthVisitsType {
  @Field(() => MonthScalar, { description: "Which month, by Asia/Shanghai." }) month: string;
  @Field(() => Int, { description: "People owed a visit in the month." }) owed: number;
  @Field(() => Int, { description: "How many of them were met at least once in it." }) met: number;
  @Field(() => Number, {
    nullable: true,
    description: "The monthly visit rate, 0 to 1, cut after four decimals; null where nobody is owed one.",
  })
  rate: number | null;
  @Field(() => [DivisionVisitsType], { description: "The same by division, those of nobody left out." })
  byDivision: object[];
}

export const VisitConnection = connectionOf("Visit", () => VisitType as never);

const ObligationFilter = inputOf(visitObligationFilter);

@ArgsType()
class MonthObligationsArgs extends PageArgs {
  @Field(() => MonthScalar, { description: "Due in which month, by Asia/Shanghai." }) month: string;
  @Field(() => ObligationFilter, {
    nullable: true,
    description: filterSentence,
  })
  filter?: Asked<typeof visitObligationFilter> | null;
}

@ObjectType({ description: "The answer about a visit." })
export class VisitPayload extends Payload {
  @Field(() => VisitType, { nullable: true, description: "The visit this is about." }) visit?: object | null;
}

@Resolver(() => VisitType)
export class VisitResolver {
  @Query(() => MonthVisitsType, {
    description: "The monthly visit rate. Stations see their division's; officers and auditors all.",
  })
  async monthVisits(
    @Arg("month", () => MonthScalar, { description: "Which month, by Asia/Shanghai." }) month: string,
    @Ctx() context: Context,
    @Arg("divisionCode", () => String, {
      nullable: true,
      description: "In this division and below, by its code or official code.",
    })
    divisionCode?: string | null,
  ): Promise<object> {
    const lines = await asked(context, () =>
      context.services.visits.coverage(context.actor, { month, divisionCode: divisionCode ?? null }),
    );
    return { month, lines };
  }

  @Mutation(() => VisitPayload, {
    description:
      "Records a visit. On paid duty: the recipient's stations, officers; as a volunteer: volunteers of an organisation where the recipient lives.",
  })
  recordVisit(
    @Input(recordVisit, "Whom, when and what came of it.")
    input: Asked<typeof recordVisit>,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.visits.record(context.actor, input);
      return { visit: value, replayed };
    });
  }
  @Mutation(() => VisitPayload, {
    description: "Takes back a visit that was entered by mistake; a volunteer's record of it stands for itself.",
  })
  withdrawVisit(
    @Input(withdrawVisit, "Which one, and why.")
    input: Asked<typeof withdrawVisit>,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => ({
      visit: await context.services.visits.withdraw(context.actor, input),
      replayed: false,
    }));
  }

  @Mutation(() => VisitPayload, {
    description:
      "Confirms a visit that was entered late, or a death that a volunteer tells of. The recipient's stations, officers: SELF_CONFIRMATION for the visitor, SAME_PERSON for a person who confirmed it before. The last confirmation makes it count. ILLEGAL_TRANSITION where it waits for none.",
  })
  confirmVisit(
    @Input(confirmVisit, "The visit that you confirm.")
    input: Asked<typeof confirmVisit>,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => ({
      visit: await context.services.visits.confirm(context.actor, input),
      replayed: false,
    }));
  }

  @FieldResolver(() => [EvidenceType])
  async evidence(@Root() { id }: Visit, @Ctx() { loaders }: Context): Promise<object[]> {
    return ((await loaders.visitDetails.load(id))?.evidence ?? []).map((one) => ({ ...one, url: null }));
  }
  @FieldResolver(() => Int)
  confirmationsGiven(@Root() { confirmedBy }: Visit): number {
    return confirmedBy.length;
  }
  @FieldResolver(() => RecipientType, { nullable: true })
  recipient(@Root() { recipientId }: Visit, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.recipient.load(recipientId);
  }
  @FieldResolver(() => OrganizationType)
  organization(@Root() { organizationId }: Visit, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.organization.load(organizationId);
  }
  @FieldResolver(() => VisitResult, { nullable: true })
  async result(@Root() { id }: Visit, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.visitDetails.load(id))?.result ?? null;
  }
  @FieldResolver(() => String, { nullable: true })
  async note(@Root() { id }: Visit, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.visitDetails.load(id))?.note ?? null;
  }
  @FieldResolver(() => VisitObligationType, { nullable: true })
  obligation(@Root() { id }: Visit, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.obligationOfVisit.load(id);
  }
  @FieldResolver(() => ServiceRecordType, { nullable: true })
  serviceRecord(@Root() { recordId }: Visit, @Ctx() { loaders }: Context): Promise<object | null> | null {
    return recordId === null ? null : loaders.record.load(recordId);
  }
}

@Resolver(() => VisitObligationType)
export class VisitObligationResolver {
  @FieldResolver(() => RecipientType, { nullable: true })
  recipient(@Root() { recipientId }: Obligation, @Ctx() { loaders }: Context): Promise<object | null> {
    return loaders.recipient.load(recipientId);
  }
  @FieldResolver(() => String)
  occasion(@Root() { slot }: Obligation): string {
    return slot.key.slice(slot.month.length + 1);
  }
  @FieldResolver(() => MonthScalar)
  month(@Root() { slot }: Obligation): string {
    return slot.month;
  }
  @FieldResolver(() => DateScalar)
  from(@Root() { slot }: Obligation): string {
    return slot.from;
  }
  @FieldResolver(() => DateScalar)
  dueBy(@Root() { slot }: Obligation): string {
    return slot.until;
  }
  @FieldResolver(() => [VisitAttemptType])
  attempts(@Root() { id }: Obligation, @Ctx() { loaders }: Context): Promise<object[]> {
    return loaders.visitAttempts.load(id);
  }
}

@Resolver(() => OrganizationType)
export class OrganizationVisitsResolver {
  @FieldResolver(() => VisitObligationConnection, {
    complexity: askedEach,
    description:
      "For stations: visits owed in their division, whichever is due first. Its own staff, officers, auditors.",
  })
  visitObligations(
    @Root() { id }: Organization,
    @Ctx() context: Context,
    @Args(() => MonthObligationsArgs) { month, filter, ...page }: MonthObligationsArgs,
  ): Promise<object> {
    return asked(context, () =>
      context.services.visits.obligations(context.actor, id, { month, state: filter?.state }, page),
    );
  }
  @FieldResolver(() => VisitConnection, {
    complexity: askedEach,
    description:
      "For stations: visits to those in their division that wait for a confirmation (`confirmVisit`), the earliest first. Its own staff, officers, auditors.",
  })
  visitsWaiting(
    @Root() { id }: Organization,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<object> {
    return asked(context, () => context.services.visits.waiting(context.actor, id, page));
  }
}

interface Covered {
  lines: readonly VisitCoverage[];
}
const sum = ({ lines }: Covered, of: "owed" | "met") => lines.reduce((total, line) => total + line[of], 0);

@Resolver(() => MonthVisitsType)
export class MonthVisitsResolver {
  @FieldResolver(() => Int)
  owed(@Root() covered: Covered): number {
    return sum(covered, "owed");
  }
  @FieldResolver(() => Int)
  met(@Root() covered: Covered): number {
    return sum(covered, "met");
  }
  @FieldResolver(() => Number, { nullable: true })
  rate(@Root() covered: Covered): number | null {
    const owed = sum(covered, "owed");
    // Cut, not rounded: what is not quite everybody is never shown as everybody.
    return owed === 0 ? null : Math.floor((sum(covered, "met") * 10_000) / owed) / 10_000;
  }
  @FieldResolver(() => [DivisionVisitsType])
  byDivision(@Root() { lines }: Covered, @Ctx() context: Context): Promise<object[]> {
    return Promise.all(
      lines.map(async (line) => ({ ...line, division: await divisionOf(line.divisionCode, context) })),
    );
  }
}
