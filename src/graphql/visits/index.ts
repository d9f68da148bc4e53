import { Arg, Args, ArgsType, Ctx, Field, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Organization } from "../../domain/facts/organizations";
import type { Visit } from "../../domain/facts/visits";
import type { Obligation, VisitCoverage } from "../../domain/visits";
import type { Asked } from "../../services/bank/fields";
import { confirmVisit, recordVisit, visitObligationFilter, withdrawVisit } from "../../services/visits/commands";
import { EvidenceType, ServiceRecordType } from "../hours/types";
import type { Context } from "../kit/context";
import { askedEach } from "../kit/costs";
import { asked, keyed, Payload, stepped } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, Query, type Row } from "../kit/fields";
import { filterSentence, Input, inputOf } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar, MonthScalar } from "../kit/scalars";
import { DivisionType, divisionOf, OrganizationType, organizationOf } from "../organizations";
import { VisitMode, VisitObligationState, Visitor, VisitResult } from "./enums";
import { RecipientType } from "./recipients";

@ObjectType("VisitAttempt", { description: "A visit that does not count, because the recipient was not met." })
export class VisitAttemptType {
  @Output(() => DateTimeScalar, { description: "The instant at which the attempt was made." }) at: number;
  @Output(() => VisitMode, { description: "The way in which the visit was made." }) mode: VisitMode;
  @Output(() => VisitResult, { nullable: true, description: "The result of the visit; null once erased." })
  result: VisitResult | null;
}

@ObjectType("VisitObligation", {
  implements: NodeType,
  description: "A visit that is owed to a person on the list: one each month, and more in great heat and at festivals.",
})
export class VisitObligationType extends NodeType {
  @Output(() => RecipientType, {
    nullable: true,
    description: "The recipient to whom the visit is owed; null where you may not see them.",
  })
  recipient(@Root() { recipientId }: Obligation, @Ctx() { loaders }: Context) {
    return loaders.recipient.load(recipientId);
  }
  @Output(() => String, {
    description: "The occasion of the visit: MONTHLY, or the code that a policy gives an occasion, such as HEAT.",
  })
  occasion(@Root() { slot }: Obligation) {
    return slot.key.slice(slot.month.length + 1);
  }
  @Output(() => MonthScalar, { description: "The calendar month in which the visit is due." })
  month(@Root() { slot }: Obligation) {
    return slot.month;
  }
  @Output(() => DateScalar, { description: "The first civil day for the visit." })
  from(@Root() { slot }: Obligation) {
    return slot.from;
  }
  @Output(() => DateScalar, { description: "The last civil day for the visit; there are no days of grace." })
  dueBy(@Root() { slot }: Obligation) {
    return slot.until;
  }
  @Output(() => VisitObligationState, { description: "The state in which the owed visit is today." })
  state: VisitObligationState;
  @Output(() => [VisitAttemptType], {
    description: "The visits within these days that did not meet the recipient, the earliest first.",
  })
  attempts(@Root() { id }: Obligation, @Ctx() { loaders }: Context) {
    return loaders.visitAttempts.load(id);
  }
}
export const VisitObligationConnection = connectionOf("VisitObligation", () => VisitObligationType);

@ObjectType("Visit", {
  implements: NodeType,
  description: "A visit to a person on the list. The visitor, the recipient's stations, officers and auditors see it.",
})
export class VisitType extends NodeType {
  @Output(() => RecipientType, {
    nullable: true,
    description: "The recipient who was visited; null where you may not see them.",
  })
  recipient(@Root() { recipientId }: Visit, @Ctx() { loaders }: Context) {
    return loaders.recipient.load(recipientId);
  }
  @Output(() => OrganizationType, { description: "The organisation for which the visit was made." })
  organization(@Root() { organizationId }: Visit, @Ctx() context: Context) {
    return organizationOf(organizationId, context);
  }
  @Output(() => DateTimeScalar, { description: "The instant at which the visit began." }) at: number;
  @Output(() => VisitMode, { description: "The way in which the visit was made." }) mode: VisitMode;
  @Output(() => Visitor, {
    description: "The duty on which the visitor came; only a volunteer's time is recorded as service.",
  })
  visitor: Visitor;
  @Output(() => MinutesScalar, {
    nullable: true,
    description: "How many minutes the visit took; null where that was not entered.",
  })
  minutes: number | null;
  @Output(() => VisitResult, { nullable: true, description: "The result of the visit; null once erased." })
  async result(@Root() { id }: Visit, @Ctx() { loaders }: Context) {
    return (await loaders.visitDetails.load(id))?.result ?? null;
  }
  @Output(() => String, {
    nullable: true,
    description: "The note of the visitor; null where there is none, and once erased.",
  })
  async note(@Root() { id }: Visit, @Ctx() { loaders }: Context) {
    return (await loaders.visitDetails.load(id))?.note ?? null;
  }
  @Output(() => DateScalar, {
    nullable: true,
    description:
      "The last civil day on which the visit could be entered without evidence: the tenth working day after it (policy `record.deadlineWorkingDays`).",
  })
  recordBy: string | null;
  @Output(() => [EvidenceType], {
    description:
      "The proofs of a visit that was entered late; empty where none was needed, where you may not see them, and once erased.",
  })
  async evidence(@Root() { id }: Visit, @Ctx() { loaders }: Context) {
    return (await loaders.visitDetails.load(id))?.evidence ?? [];
  }
  @Output(() => Int, {
    description:
      "How many other people must confirm the visit before it counts: 0 where it was entered in time, and as many as for back-filled hours where it was entered late. 1 where a volunteer reports a death.",
  })
  confirmationsNeeded: number;
  @Output(() => Int, { description: "How many people have confirmed the visit." })
  confirmationsGiven(@Root() { confirmedBy }: Visit) {
    return confirmedBy.length;
  }
  @Output(() => Boolean, {
    description: "Whether the visit waits for a confirmation; until then it meets nothing that is owed.",
  })
  waits: boolean;
  @Output(() => Boolean, { description: "Whether the visit was taken back because it was entered by mistake." })
  withdrawn: boolean;
  @Output(() => Int, {
    description:
      "The number of changes so far; pass it as `expectedVersion` to be refused where another change came first.",
  })
  version: number;
  @Output(() => VisitObligationType, {
    nullable: true,
    description:
      "The owed visit that it met, or for an attempt the one for which it was made; null for a visit beyond what is owed.",
  })
  obligation(@Root() { id }: Visit, @Ctx() { loaders }: Context) {
    return loaders.obligationOfVisit.load(id);
  }
  @Output(() => ServiceRecordType, {
    nullable: true,
    description:
      "The service record of a volunteer's visit, where the recipient was met for as long as a session must last; else null. Visits of one hour share one record.",
  })
  serviceRecord(@Root() { recordId }: Visit, @Ctx() { loaders }: Context) {
    return recordId === null ? null : loaders.record.load(recordId);
  }
}

@ObjectType("DivisionVisits", { description: "The numbers of a month's visits in one division." })
export class DivisionVisitsType {
  @Output(() => DivisionType, { description: "The division that these numbers are about." })
  division: Row<DivisionType>;
  @Output(() => Int, {
    description:
      "How many people were owed a visit: those on the list for 15 days by the month's last day and still on it, and those taken off it during the month. A person who moved counts in the division on whose list they were on the month's fifteenth last day.",
  })
  owed: number;
  @Output(() => Int, { description: "How many of these people were met at least once in the month." }) met: number;
}
@ObjectType("MonthVisits", {
  description: "The monthly visit rate: how many of the people who were owed a visit had one.",
})
export class MonthVisitsType {
  @Output(() => MonthScalar, { description: "The calendar month, in Asia/Shanghai." }) month: string;
  @Output(() => Int, { description: "How many people were owed a visit in the month." })
  owed(@Root() covered: Covered) {
    return sum(covered, "owed");
  }
  @Output(() => Int, {
    description: "How many of these people were met at least once in the month, in all divisions together.",
  })
  met(@Root() covered: Covered) {
    return sum(covered, "met");
  }
  @Output(() => Number, {
    nullable: true,
    description: "The monthly visit rate from 0 to 1, cut after four decimals; null where nobody was owed a visit.",
  })
  rate(@Root() covered: Covered) {
    const owed = sum(covered, "owed");
    // Cut, not rounded: what is not quite everybody is never shown as everybody.
    return owed === 0 ? null : Math.floor((sum(covered, "met") * 10_000) / owed) / 10_000;
  }
  @Output(() => [DivisionVisitsType], {
    description: "The numbers of the month for each division in which a visit is owed.",
  })
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
  @Field(() => MonthScalar, { description: "The calendar month in which the visits are due." }) month: string;
  @Field(() => ObligationFilter, {
    nullable: true,
    description: filterSentence,
  })
  filter?: Asked<typeof visitObligationFilter> | null;
}

@ObjectType({ description: "Answers a mutation about a visit." })
export class VisitPayload extends Payload {
  @Outcome(() => VisitType, "The visit that this is about")
  visit: Row<VisitType> | null;
}

@Resolver(() => VisitType)
export class VisitResolver {
  @Query(() => MonthVisitsType, {
    description: "The monthly visit rate. Stations see that of their own division; officers and auditors see all.",
  })
  async monthVisits(
    @Arg("month", () => MonthScalar, { description: "The calendar month, in Asia/Shanghai." }) month: string,
    @Ctx() context: Context,
    @Arg("divisionCode", () => String, {
      nullable: true,
      description: "The division in which the role holds, with all below it, by its code or official code.",
    })
    divisionCode?: string | null,
  ) {
    const lines = await asked(context, () =>
      context.services.visits.obligations.coverage(context.actor, { month, divisionCode: divisionCode ?? null }),
    );
    return { month, lines };
  }

  @Mutation(() => VisitPayload, {
    description:
      "Records a visit. Visits on paid duty are for the recipient's stations and officers; visits as a volunteer are for volunteers of an organisation that works where the recipient lives.",
  })
  recordVisit(
    @Input(recordVisit, "The recipient, the time and the result of the visit.")
    input: Asked<typeof recordVisit>,
    @Ctx() context: Context,
  ) {
    return keyed(context, "visit", () => context.services.visits.record(context.actor, input));
  }
  @Mutation(() => VisitPayload, {
    description: "Takes back a visit that was entered by mistake; the service record of a volunteer's visit stays.",
  })
  withdrawVisit(
    @Input(withdrawVisit, "The visit that is taken back, and the reason.")
    input: Asked<typeof withdrawVisit>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "visit", () => context.services.visits.withdraw(context.actor, input));
  }

  @Mutation(() => VisitPayload, {
    description:
      "Confirms a visit that was entered late, or a death that a volunteer has reported. The recipient's stations and officers may do this. The last confirmation that the visit needs makes it count. SELF_CONFIRMATION for the visitor, SAME_PERSON for a person who has confirmed it before, ILLEGAL_TRANSITION where it waits for no confirmation.",
  })
  confirmVisit(
    @Input(confirmVisit, "The visit that you confirm.")
    input: Asked<typeof confirmVisit>,
    @Ctx() context: Context,
  ) {
    return stepped(context, "visit", () => context.services.visits.confirm(context.actor, input));
  }
}

@Resolver(() => OrganizationType)
export class OrganizationVisitsResolver {
  @FieldResolver(() => VisitObligationConnection, {
    complexity: askedEach,
    description:
      "The visits that the station owes in its division, the ones due first standing first; empty for other organisations. Its own staff, officers and auditors see them.",
  })
  visitObligations(
    @Root() { id }: Organization,
    @Ctx() context: Context,
    @Args(() => MonthObligationsArgs) { month, filter, ...page }: MonthObligationsArgs,
  ) {
    return asked(context, () =>
      context.services.visits.obligations.list(context.actor, id, { month, state: filter?.state }, page),
    );
  }
  @FieldResolver(() => VisitConnection, {
    complexity: askedEach,
    description:
      "The visits in the station's division that wait for a confirmation (`confirmVisit`), the earliest first; empty for other organisations. Its own staff, officers and auditors see them.",
  })
  visitsWaiting(@Root() { id }: Organization, @Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return asked(context, () => context.services.visits.sight.waiting(context.actor, id, page));
  }
}

interface Covered {
  lines: readonly VisitCoverage[];
}
const sum = ({ lines }: Covered, of: "owed" | "met") => lines.reduce((total, line) => total + line[of], 0);
