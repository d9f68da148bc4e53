import { Arg, Args, ArgsType, Ctx, Field, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Visit } from "../../domain/facts/visits";
import type { Obligation, VisitCoverage } from "../../domain/visits";
import type { Asked } from "../../services/bank/fields";
import { confirmVisit, recordVisit, visitObligationFilter, withdrawVisit } from "../../services/visits/commands";
import { EvidenceType, ServiceRecordType } from "../hours/types";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Output, Query, type Row } from "../kit/fields";
import { filterSentence, Input, inputOf } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar, MonthScalar } from "../kit/scalars";
import { DivisionType, divisionOf, OrganizationType, organizationOf } from "../organizations";
import { VisitMode, VisitObligationState, Visitor, VisitResult } from "./enums";
import { RecipientType } from "./recipients";

@ObjectType("VisitAttempt", { description: "A visit that did not count: nobody was met." })
export class VisitAttemptType {
  @Output(() => DateTimeScalar, { description: "When it was made." }) at: number;
  @Output(() => VisitMode, { description: "How it was made." }) mode: VisitMode;
  @Output(() => VisitResult, { nullable: true, description: "What came of it; null once erased." })
  result: VisitResult | null;
}

@ObjectType("VisitObligation", {
  implements: NodeType,
  description: "A visit that somebody on the list is owed: one each month, more in great heat and at festivals.",
})
export class VisitObligationType extends NodeType {
  @Output(() => RecipientType, { nullable: true, description: "To whom; null where they are not yours to see." })
  recipient(@Root() { recipientId }: Obligation, @Ctx() { loaders }: Context) {
    return loaders.recipient.load(recipientId);
  }
  @Output(() => String, { description: "What it is for: MONTHLY, or the code of an occasion such as HEAT." })
  occasion(@Root() { slot }: Obligation) {
    return slot.key.slice(slot.month.length + 1);
  }
  @Output(() => MonthScalar, { description: "The month in which it is due." })
  month(@Root() { slot }: Obligation) {
    return slot.month;
  }
  @Output(() => DateScalar, { description: "The first civil day for it." })
  from(@Root() { slot }: Obligation) {
    return slot.from;
  }
  @Output(() => DateScalar, { description: "The last civil day for it; there are no days of grace." })
  dueBy(@Root() { slot }: Obligation) {
    return slot.until;
  }
  @Output(() => VisitObligationState, { description: "Where it stands today." }) state: VisitObligationState;
  @Output(() => [VisitAttemptType], { description: "Visits within its days that found nobody, the earliest first." })
  attempts(@Root() { id }: Obligation, @Ctx() { loaders }: Context) {
    return loaders.visitAttempts.load(id);
  }
}
export const VisitObligationConnection = connectionOf("VisitObligation", () => VisitObligationType);

@ObjectType("Visit", {
  implements: NodeType,
  description: "A visit to somebody on the list; for whoever made it, the recipient's stations, officers and auditors.",
})
export class VisitType extends NodeType {
  @Output(() => RecipientType, { nullable: true, description: "To whom; null where they are not yours to see." })
  recipient(@Root() { recipientId }: Visit, @Ctx() { loaders }: Context) {
    return loaders.recipient.load(recipientId);
  }
  @Output(() => OrganizationType, { description: "For which organisation it was made." })
  organization(@Root() { organizationId }: Visit, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => DateTimeScalar, { description: "When the visit began." }) at: number;
  @Output(() => VisitMode, { description: "How it was made." }) mode: VisitMode;
  @Output(() => Visitor, { description: "Who came; only a volunteer's time is recorded as service." }) visitor: Visitor;
  @Output(() => MinutesScalar, { nullable: true, description: "How long it took, where that was noted." })
  minutes: number | null;
  @Output(() => VisitResult, { nullable: true, description: "What came of it; null once erased." })
  async result(@Root() { id }: Visit, @Ctx() { loaders }: Context) {
    return (await loaders.visitDetails.load(id))?.result ?? null;
  }
  @Output(() => String, { nullable: true, description: "What the visitor noted; null where nothing, or erased." })
  async note(@Root() { id }: Visit, @Ctx() { loaders }: Context) {
    return (await loaders.visitDetails.load(id))?.note ?? null;
  }
  @Output(() => DateScalar, {
    nullable: true,
    description:
      "The last civil day on which it could be entered without evidence: the tenth working day after it (a policy). Null for visits that an earlier release entered.",
  })
  recordBy: string | null;
  @Output(() => [EvidenceType], {
    description:
      "What speaks for a visit that was entered late; empty where nothing was needed, not yours to see, or erased.",
  })
  async evidence(@Root() { id }: Visit, @Ctx() { loaders }: Context) {
    return (await loaders.visitDetails.load(id))?.evidence ?? [];
  }
  @Output(() => Int, {
    description:
      "How many other people must confirm it before it counts: 0 where it was entered in time, and as many as for back-filled hours where it was entered late. 1 where a volunteer tells of a death.",
  })
  confirmationsNeeded: number;
  @Output(() => Int, { description: "How many people have confirmed it." })
  confirmationsGiven(@Root() { confirmedBy }: Visit) {
    return confirmedBy.length;
  }
  @Output(() => Boolean, { description: "Whether it waits for a confirmation, and meets nothing until then." })
  waits: boolean;
  @Output(() => Boolean, { description: "Whether it was taken back as entered by mistake." }) withdrawn: boolean;
  @Output(() => Int, { description: "Counts its changes; pass it as expectedVersion." }) version: number;
  @Output(() => VisitObligationType, {
    nullable: true,
    description: "What it met; for an attempt what it was made for; null beyond what is owed.",
  })
  obligation(@Root() { id }: Visit, @Ctx() { loaders }: Context) {
    return loaders.obligationOfVisit.load(id);
  }
  @Output(() => ServiceRecordType, {
    nullable: true,
    description:
      "A volunteer's record of it, when somebody was met for as long as a session must last. Visits of one hour share one record.",
  })
  serviceRecord(@Root() { recordId }: Visit, @Ctx() { loaders }: Context) {
    return recordId === null ? null : loaders.record.load(recordId);
  }
}

@ObjectType("DivisionVisits", { description: "The visits of a month in one division." })
export class DivisionVisitsType {
  @Output(() => DivisionType, { description: "The division this is about." }) division: Row<DivisionType>;
  @Output(() => Int, {
    description:
      "People owed a visit: on the list for 15 days by the month's last, and still on it, or taken off it during the month. Of those who moved, the division on whose list they were on the fifteenth last day.",
  })
  owed: number;
  @Output(() => Int, { description: "How many of them were met at least once in the month." }) met: number;
}
@ObjectType("MonthVisits", { description: "How many of those who were owed a month's visit had one (seed item 6)." })
export class MonthVisitsType {
  @Output(() => MonthScalar, { description: "Which month, by Asia/Shanghai." }) month: string;
  @Output(() => Int, { description: "People owed a visit in the month." })
  owed(@Root() covered: Covered) {
    return sum(covered, "owed");
  }
  @Output(() => Int, { description: "How many of them were met at least once in it." })
  met(@Root() covered: Covered) {
    return sum(covered, "met");
  }
  @Output(() => Number, {
    nullable: true,
    description: "The monthly visit rate, 0 to 1, cut after four decimals; null where nobody is owed one.",
  })
  rate(@Root() covered: Covered) {
    const owed = sum(covered, "owed");
    // Cut, not rounded: what is not quite everybody is never shown as everybody.
    return owed === 0 ? null : Math.floor((sum(covered, "met") * 10_000) / owed) / 10_000;
  }
  @Output(() => [DivisionVisitsType], { description: "The same by division, those of nobody left out." })
  byDivision(@Root() { lines }: Covered, @Ctx() context: Context) {
    return Promise.all(
      lines.map(async (line) => ({ ...line, division: await divisionOf(line.divisionCode, context) })),
    );
  }
}

export const VisitConnection = connectionOf("Visit", () => VisitType);

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
  @Output(() => VisitType, { nullable: true, description: "The visit this is about." }) visit: Row<VisitType> | null;
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
  ) {
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
  ) {
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
  ) {
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
  ) {
    return attempt(context, async () => ({
      visit: await context.services.visits.confirm(context.actor, input),
      replayed: false,
    }));
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
  ) {
    return asked(context, () =>
      context.services.visits.obligations(context.actor, id, { month, state: filter?.state }, page),
    );
  }
  @FieldResolver(() => VisitConnection, {
    complexity: askedEach,
    description:
      "For stations: visits to those in their division that wait for a confirmation (`confirmVisit`), the earliest first. Its own staff, officers, auditors.",
  })
  visitsWaiting(@Root() { id }: Organization, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.visits.waiting(context.actor, id, page));
  }
}

interface Covered {
  lines: readonly VisitCoverage[];
}
const sum = ({ lines }: Covered, of: "owed" | "met") => lines.reduce((total, line) => total + line[of], 0);
