import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { PapersHolder as Holder } from "../domain/papers";
import type { Context } from "./context";
import { PapersHolder } from "./enums";
import { attempt, Payload } from "./errors";
import { EvidenceInput } from "./hours/inputs";
import { PersonType } from "./people";
import { MinutesScalar, SeqScalar } from "./scalars";

@InputType({ description: "What was never a person's, and is to be a person of its own." })
export class SeparatePersonInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "The person in whom two were taken for one." }) personId: string;
  @Field(() => ID, { nullable: true, description: "The volunteer that stays, where you say so; else NOT_FOUND." })
  keepVolunteerId?: string | null;
  @Field(() => ID, { nullable: true, description: "The volunteer that goes, with records, account and guardianships." })
  separateVolunteerId?: string | null;
  @Field(() => ID, { nullable: true, description: "The recipient that goes, with visits, address and categories." })
  separateRecipientId?: string | null;
  @Field(() => ID, { nullable: true, description: "The social worker that goes, with training and paid posts." })
  separateSocialWorkerId?: string | null;
  @Field(() => [ID], { nullable: true, description: "Roles that go too, by their grants; the others stay." })
  separateGrantIds?: string[] | null;
  @Field(() => [ID], {
    nullable: true,
    description:
      "Ways to sign in that go; the others stay. Left out, each goes with what it was made for: by a volunteer's invitation or registration with the volunteer. STILL_ACTIVE with the ids where that cannot be told.",
  })
  separateIdentityIds?: string[] | null;
  @Field(() => ID, {
    nullable: true,
    description:
      "In place of all these: a person who was merged into this one by mistake, by `Person.mergedPersons`. What the merging brought goes back: registration, records, minutes, roles, ways to sign in and all else; roles and ways to sign in that you name go in place of those. STILL_ACTIVE with the mergings that came after it, which are undone first.",
  })
  mergedPersonId?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description:
      "Beside mergedPersonId: the service records that go, and no others. Left out, those that the merging had brought.",
  })
  separateRecordIds?: string[] | null;
  @Field(() => MinutesScalar, {
    nullable: true,
    description:
      "Beside mergedPersonId: the minutes of the balance that go. Left out, those that the merging had brought, and what its records gave since; INSUFFICIENT_CREDIT where less is left.",
  })
  separateMinutes?: number | null;
  @Field(() => PapersHolder, {
    nullable: true,
    description:
      "Whose an ID number is that both would have: from the other it is taken, since a number is one person's. INVALID_INPUT where that is not said.",
  })
  papersOf?: Holder | null;
  @Field(() => String, { description: "The reason; it is kept sealed, in neither person's copy." }) reason: string;
  @Field(() => EvidenceInput, { nullable: true, description: "What proves it, kept sealed with the reason." })
  evidence?: EvidenceInput | null;
}
@ObjectType({ description: "The answer to separatePerson." })
export class SeparatePersonPayload extends Payload {
  @Field(() => PersonType, { nullable: true, description: "The person who keeps the rest." }) kept?: object | null;
  @Field(() => PersonType, { nullable: true, description: "The person to whom it had always belonged." })
  separated?: object | null;
}

@InputType({ description: "One person who was registered as two." })
export class MergePeopleInput {
  @Field(() => ID, { description: "Your key: the same key and input answers the same again." }) idempotencyKey: string;
  @Field(() => ID, { description: "The person that stays." }) keepPersonId: string;
  @Field(() => ID, { description: "The person whose things all go to the other." }) mergePersonId: string;
  @Field(() => String, { description: "The reason; it is kept sealed under your own key." }) reason: string;
  @Field(() => EvidenceInput, { nullable: true, description: "What proves it, kept sealed with the reason." })
  evidence?: EvidenceInput | null;
}
@ObjectType("MergeEntry", { description: "A transfer by which a merging brought minutes over." })
export class MergeEntryType {
  @Field(() => SeqScalar, { description: "Its position in the journal." }) seq: number;
  @Field(() => MinutesScalar, { description: "How many minutes it moved." }) minutes: number;
}
@ObjectType({ description: "The answer to mergePeople." })
export class MergePeoplePayload extends Payload {
  @Field(() => PersonType, { nullable: true, description: "The person that stays." }) kept?: object | null;
  @Field(() => PersonType, { nullable: true, description: "The person that is no more." }) merged?: object | null;
  @Field(() => [MergeEntryType], {
    nullable: true,
    description:
      "The balance in one transfer, and what the remainders of both gave together; none where there is nothing, null where it was refused.",
  })
  entries?: object[] | null;
}

@Resolver(() => PersonType)
export class PersonsResolver {
  @FieldResolver(() => [PersonType], {
    description:
      "Persons who were merged into them, whom separatePerson takes by id where that was wrong; for officers of the whole bank.",
  })
  mergedPersons(@Root() { id }: { id: string }, @Ctx() { actor, services }: Context): Promise<object[]> {
    return services.persons.mergedInto(actor, id);
  }
  @Mutation(() => MergePeoplePayload, {
    description:
      "Makes one of two persons who are the same. The older registration stays with its number; records, balance, roles, guardianships, credit records and ways to sign in go to it by entries, and the other registration is MERGED. Two recipients become one with all visits, two social workers one with all trainings. STILL_ACTIVE for what must end first, RECORD_OVERLAP for the same hour on both, PAPERS_DISAGREE where papers, birth dates or legal names say two people, or one is the other's guardian; ILLEGAL_TRANSITION where only one is suspended, has left or died; STILL_ACTIVE also for records that would lose their second person. Officers of the whole bank.",
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
      "Parts two people who were taken for one, or who were merged by mistake. What goes is sealed anew under a key of its own, so that neither copy holds what is the other's. Officers of the whole bank.",
  })
  separatePerson(
    @Arg("input", () => SeparatePersonInput, { description: "Whom it is about, what goes, and why." })
    input: SeparatePersonInput,
    @Ctx() context: Context,
  ): Promise<object> {
    return attempt(context, async () => {
      const { value, replayed } = await context.services.persons.separate(context.actor, input);
      return { kept: { id: value.keptId }, separated: { id: value.separatedId }, replayed };
    });
  }
}
