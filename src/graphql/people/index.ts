import { Args, Ctx, ObjectType, Resolver, Root } from "type-graphql";
import type { Asked } from "../../services/bank/fields";
import { personFilter } from "../../services/people/commands/persons";
import { actorLabel } from "../kit/actors";
import type { Context } from "../kit/context";
import { asked } from "../kit/errors";
import { Output, Query } from "../kit/fields";
import { Filter } from "../kit/inputs";
import { NodeType } from "../kit/node";
import { connectionOf, PageArgs } from "../kit/paging";
import { GrantType } from "./volunteers";

@ObjectType("Person", {
  implements: NodeType,
  description:
    "A person whom the bank knows. Each field says who may see it; the id alone says nothing about the person.",
})
export class PersonType extends NodeType {
  @Output(() => String, {
    description: "The name of the person; the role where the name was erased; empty where you may see neither.",
  })
  async label(@Root() { id }: { id: string }, @Ctx() { loaders, language }: Context) {
    const name = await loaders.personLabel.load(id);
    if (name !== null) return name;
    const [grant] = await loaders.personGrants.load(id);
    return grant ? actorLabel(grant.role, language) : "";
  }
  @Output(() => [GrantType], { description: "The roles of the person that you may see, those that have ended too." })
  grants(@Root() { id }: { id: string }, @Ctx() { loaders }: Context) {
    return loaders.personGrants.load(id);
  }
}
const PersonConnection = connectionOf("Person", () => PersonType);

@Resolver(() => PersonType)
export class PersonResolver {
  @Query(() => PersonConnection, {
    description:
      "Lists the people who hold roles today. An organisation's admins and supervisors see those of their organisation; officers see all.",
  })
  people(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Filter(personFilter)
    filter?: Asked<typeof personFilter>,
  ) {
    return asked(context, () => context.services.people.list(context.actor, filter ?? {}, page));
  }
}
