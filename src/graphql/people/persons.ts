import { Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Asked } from "../../services/bank/fields";
import { mergePeople, separatePerson } from "../../services/people/commands/persons";
import type { Context } from "../kit/context";
import { attempt, Payload } from "../kit/errors";
import { FieldResolver, Mutation, Outcome, Output, type Row } from "../kit/fields";
import { Input } from "../kit/inputs";
import { MinutesScalar, SeqScalar } from "../kit/scalars";
import { PersonType } from ".";

@ObjectType({ description: "Answers the mutation separatePerson." })
export class SeparatePersonPayload extends Payload {
  @Outcome(() => PersonType, "The person who stays")
  kept: Row<PersonType> | null;
  @Outcome(() => PersonType, "The person who was parted from the other")
  separated: Row<PersonType> | null;
}

@ObjectType("MergeEntry", { description: "A transfer that has moved minutes because two persons were merged." })
export class MergeEntryType {
  @Output(() => SeqScalar, { description: "The position of the entry in the bank's journal." }) seq: number;
  @Output(() => MinutesScalar, { description: "How many minutes the transfer moved." }) minutes: number;
}
@ObjectType({ description: "Answers the mutation mergePeople." })
export class MergePeoplePayload extends Payload {
  @Outcome(() => PersonType, "The person who stays")
  kept: Row<PersonType> | null;
  @Outcome(() => PersonType, "The person who was merged")
  merged: Row<PersonType> | null;
  @Outcome(
    () => [MergeEntryType],
    "The transfer of the balance, and the rounding of the two remainders that now count together. Empty where there is nothing to move",
  )
  entries: readonly Row<MergeEntryType>[] | null;
}

@Resolver(() => PersonType)
export class PersonsResolver {
  @FieldResolver(() => [PersonType], {
    description:
      "The persons who were merged into this one and have not been parted since; separatePerson takes their ids. Officers of the whole bank see them; the list is empty for others.",
  })
  mergedPersons(@Root() { id }: { id: string }, @Ctx() { actor, services }: Context) {
    return services.persons.mergedInto(actor, id);
  }
  @Mutation(() => MergePeoplePayload, {
    description:
      "Makes one person of two who are the same. The older registration stays with its number, and the other becomes MERGED. Records, balance, roles, guardianships, credit records and ways to sign in go to the person who stays, each by an entry of the journal. Two recipients become one with the visits of both, and two social workers become one with the trainings of both. STILL_ACTIVE where something must end first, or where records would lose their second person; RECORD_OVERLAP where both have the same hour; PAPERS_DISAGREE where papers, birth dates or legal names differ, or where one is the other's guardian; ILLEGAL_TRANSITION where only one of the two is suspended or has died, or only the older one has left. Officers of the whole bank may do this.",
  })
  mergePeople(
    @Input(mergePeople, "The two persons, and the reason.")
    input: Asked<typeof mergePeople>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.persons.merge(context.actor, input);
      return { kept: { id: value.keptId }, merged: { id: value.mergedId }, entries: value.entries, replayed };
    });
  }
  @Mutation(() => SeparatePersonPayload, {
    description:
      "Parts two people who were taken for one person, or who were merged by mistake. All that goes is encrypted anew under its own person's key, so that neither person's copy holds anything of the other. Officers of the whole bank may do this.",
  })
  separatePerson(
    @Input(separatePerson, "The person, the things that go, and the reason.")
    input: Asked<typeof separatePerson>,
    @Ctx() context: Context,
  ) {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.persons.separate(context.actor, input);
      return { kept: { id: value.keptId }, separated: { id: value.separatedId }, replayed };
    });
  }
}
