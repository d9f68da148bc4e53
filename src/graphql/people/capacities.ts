import { Ctx, Resolver, Root } from "type-graphql";
import type { Context } from "../kit/context";
import { FieldResolver } from "../kit/fields";
import { OrganizationHeadType } from "../organizations/heads";
import { RecipientType } from "../visits/recipients";
import { CommunityPostType } from "../workers/posts";
import { SocialWorkerType } from "../workers/social-workers";
import { PersonType } from ".";
import { VolunteerType } from "./volunteers";

type Capacity = { personId: string };
const byId = "The person, whose id linkIdentity, mergePeople and separatePerson take";

/**
 * The person of each capacity, for actors who may act on it. A person's id says that two capacities are one person: so it is
 * shown by the place of each capacity, and never because another one is seen.
 */
@Resolver(() => VolunteerType)
export class VolunteerPersonResolver {
  @FieldResolver(() => PersonType, {
    nullable: true,
    description: `${byId}, and exportPerson too. The person themselves, a minor's guardian, supervisors of the person's station and officers see it; null for others.`,
  })
  async person(@Root() { id, personId }: Capacity & { id: string }, @Ctx() { loaders }: Context) {
    return (await loaders.reachesVolunteer.load(id)) ? { id: personId } : null;
  }
}
/** Recipients, social workers, heads and holders of posts are joined and parted by officers of the whole bank. */
export const OtherPersonResolvers = [RecipientType, SocialWorkerType, OrganizationHeadType, CommunityPostType].map(
  (type) => {
    @Resolver(() => type)
    class CapacityPersonResolver {
      @FieldResolver(() => PersonType, {
        nullable: true,
        description: `${byId}. Officers of the whole bank see it; null for others.`,
      })
      async person(@Root() { personId }: Capacity, @Ctx() { actor, services, loaders }: Context) {
        // A head and a merged registration keep the person id of their day; an officer merges by the id of today.
        return services.identities.reach.reachesAll(actor) ? { id: await loaders.standing.load(personId) } : null;
      }
    }
    return CapacityPersonResolver;
  },
);
