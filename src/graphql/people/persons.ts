import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { PapersHolder as Holder } from "../../domain/people/papers";
import { EvidenceInput } from "../hours/inputs";
import type { Context } from "../kit/context";
import { PapersHolder } from "../kit/enums";
import { attempt, Payload } from "../kit/errors";
import { MinutesScalar, SeqScalar } from "../kit/scalars";
import { PersonType } from ".";

@InputType({ description: "Two people who were taken for one person, and what goes to the second of them." })
export class SeparatePersonInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, {
    description: "The person under whom both were kept. All that is not named stays with this person.",
  })
  personId: string;
  @Field(() => ID, {
    nullable: true,
    description: "The volunteer that stays, to be checked: NOT_FOUND where the person is not this volunteer.",
  })
  keepVolunteerId?: string | null;
  @Field(() => ID, { nullable: true, description: "The volunteer that goes, with records, account and guardianships." })
  separateVolunteerId?: string | null;
  @Field(() => ID, { nullable: true, description: "The recipient that goes, with visits, address and categories." })
  separateRecipientId?: string | null;
  @Field(() => ID, { nullable: true, description: "The social worker that goes, with training and paid posts." })
  separateSocialWorkerId?: string | null;
  @Field(() => [ID], { nullable: true, description: "The grants of the roles that go as well; the other roles stay." })
  separateGrantIds?: string[] | null;
  @Field(() => [ID], {
    nullable: true,
    description:
      "The ways to sign in that go; the others stay. Left out, each goes with the registration or the role for which it was made. STILL_ACTIVE with the ids of those that may be either person's.",
  })
  separateIdentityIds?: string[] | null;
  @Field(() => ID, {
    nullable: true,
    description:
      "A person who was merged into this one by mistake, by an id of `Person.mergedPersons`. It takes the place of the volunteer, the recipient and the social worker above: what the merging brought goes back, with registration, records, minutes, roles and ways to sign in. Roles and ways to sign in that you name go instead of those that the merging brought. STILL_ACTIVE with the ids of later mergings, also of this person into another, which must be undone first.",
  })
  mergedPersonId?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description:
      "With mergedPersonId: the service records that go, and no others; a record that was replaced goes with the one that replaced it. Left out, the records that the merging brought go.",
  })
  separateRecordIds?: string[] | null;
  @Field(() => MinutesScalar, {
    nullable: true,
    description:
      "With mergedPersonId: the minutes of the balance that go. Left out, the minutes that the merging brought go, with what the records that go have earned since. INSUFFICIENT_CREDIT where the balance holds less.",
  })
  separateMinutes?: number | null;
  @Field(() => PapersHolder, {
    nullable: true,
    description:
      "Which of the two has an ID number that both would have; it is taken from the other. INVALID_INPUT where both would have a number and this is left out.",
  })
  papersOf?: Holder | null;
  @Field(() => String, { description: "The reason. It is kept sealed, and stands in neither person's copy." })
  reason: string;
  @Field(() => EvidenceInput, { nullable: true, description: "The proof of it, which is kept sealed with the reason." })
  evidence?: EvidenceInput | null;
}
@ObjectType({ description: "The answer to separatePerson." })
export class SeparatePersonPayload extends Payload {
  @Field(() => PersonType, { nullable: true, description: "The person who stays." }) kept?: object | null;
  @Field(() => PersonType, { nullable: true, description: "The person who was parted from them." })
  separated?: object | null;
}

@InputType({ description: "Two persons who are the same person." })
export class MergePeopleInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "Which person stays, by id; all that is the other person's goes to them." })
  keepPersonId: string;
  @Field(() => ID, { description: "The person who goes: all that is theirs goes to the person who stays." })
  mergePersonId: string;
  @Field(() => String, { description: "The reason; it is kept sealed under your own key." }) reason: string;
  @Field(() => EvidenceInput, { nullable: true, description: "The proof of it, which is kept sealed with the reason." })
  evidence?: EvidenceInput | null;
}
@ObjectType("MergeEntry", { description: "A transfer by which a merging brought minutes over." })
export class MergeEntryType {
  @Field(() => SeqScalar, { description: "Its position in the journal." }) seq: number;
  @Field(() => MinutesScalar, { description: "How many minutes it moved." }) minutes: number;
}
@ObjectType({ description: "The answer to mergePeople." })
export class MergePeoplePayload extends Payload {
  @Field(() => PersonType, { nullable: true, description: "The person who stays." }) kept?: object | null;
  @Field(() => PersonType, { nullable: true, description: "The person who was merged." }) merged?: object | null;
  @Field(() => [MergeEntryType], {
    nullable: true,
    description:
      "The transfer of the balance, and the rounding of the two remainders that now count together. Empty where there is nothing to move, null where the merging was refused.",
  })
  entries?: object[] | null;
}

@Resolver(() => PersonType)
export class PersonsResolver {
  @FieldResolver(() => [PersonType], {
    description:
      "The persons who were merged into this one and have not been parted since; separatePerson takes their ids. For officers of the whole bank, and empty for others.",
  })
  mergedPersons(@Root() { id }: { id: string }, @Ctx() { actor, services }: Context): Promise<object[]> {
    return services.persons.mergedInto(actor, id);
  }
  @Mutation(() => MergePeoplePayload, {
    description:
      "Makes one person of two who are the same. The older registration stays with its number, and the other becomes MERGED. Records, balance, roles, guardianships, credit records and ways to sign in go to the person who stays, each by an entry. Two recipients become one with the visits of both, and two social workers one with the trainings of both. STILL_ACTIVE where something must end first, or where records would lose their second person; RECORD_OVERLAP where both have the same hour; PAPERS_DISAGREE where papers, birth dates or legal names differ, or where one is the other's guardian; ILLEGAL_TRANSITION where only one of the two is suspended or has died, or only the older one has left. For officers of the whole bank.",
  })
  mergePeople(
    @Arg("input", () => MergePeopleInput, { description: "Which two, and why." }) input: MergePeopleInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.persons.merge(context.actor, input);
      return { kept: { id: value.keptId }, merged: { id: value.mergedId }, entries: value.entries, replayed };
    });
  }
  @Mutation(() => SeparatePersonPayload, {
    description:
      "Parts two people who were taken for one person, or who were merged by mistake. What goes is sealed anew under its own person's key, so that neither person's copy holds anything of the other. For officers of the whole bank.",
  })
  separatePerson(
    @Arg("input", () => SeparatePersonInput, { description: "The person, what goes, and why." })
    input: SeparatePersonInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.persons.separate(context.actor, input);
      return { kept: { id: value.keptId }, separated: { id: value.separatedId }, replayed };
    });
  }
}
