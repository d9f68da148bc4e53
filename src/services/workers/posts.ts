import type { Post } from "../../domain/facts/workers";
import { addDays, isDay } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { maskName, type Profile } from "../../domain/people/volunteers";
import { type Actor, isInForce, lasts } from "../../domain/permissions/actors";
import { gradeMost } from "../../domain/workers/posts";
import type { SocialWorkerProfile } from "../../domain/workers/social-workers";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, Done, PageInput } from "../bank/answers";
import { type Asked, readField } from "../bank/fields";
import { checkStranger } from "../bank/near";
import { paged } from "../bank/paging";
import type { Volunteers } from "../people/volunteers";
import { endCommunityPost, type setCommunityPost } from "./commands";

/** Paid posts of community workers, as facts: so that their duty is never taken for volunteering. */
export class Posts {
  constructor(
    private readonly bank: Bank,
    private readonly volunteers: Volunteers,
  ) {}

  /** A person holds one post at a time. An open post at the same organisation ends on the day before; any other overlap is POST_OVERLAP. */
  async set(actor: Actor, input: Asked<typeof setCommunityPost>): Promise<Done<Post>> {
    const { organizationId, post, grade, validFrom } = input;
    const validUntil = input.validUntil ?? null;
    if (!Number.isSafeInteger(grade) || grade < 1 || grade > gradeMost)
      refuse("INVALID_INPUT", { least: 1, most: gradeMost }, ["grade"]);
    if (!isDay(validFrom)) refuse("INVALID_INPUT", { expected: "a day such as 2026-09-12" }, ["validFrom"]);
    if (validUntil !== null && (!isDay(validUntil) || validUntil < validFrom))
      refuse("INVALID_INPUT", { expected: "a day such as 2026-09-12, not before the first" }, ["validUntil"]);
    if (Boolean(input.volunteerId) === Boolean(input.socialWorkerId))
      refuse("INVALID_INPUT", { oneOf: ["volunteerId", "socialWorkerId"] }, ["socialWorkerId"]);
    const work = async (tx: Tx, actor: Actor) => {
      await this.permit(tx, actor, organizationId);
      const personId = await this.personOf(tx, actor, input);
      await checkStranger(tx, actor, personId, [input.volunteerId ? "volunteerId" : "socialWorkerId"]);
      await this.bank.vault.checkNotErased(tx, personId);
      for (const earlier of (await tx.postsOfPersons([personId])).get(personId) ?? []) {
        const meets = lasts(earlier, validFrom) && (validUntil === null || earlier.validFrom <= validUntil);
        if (!meets) continue;
        const follows = earlier.organizationId === organizationId && isInForce(earlier, addDays(validFrom, -1));
        if (!follows || earlier.validUntil !== null) await this.refuseOverlap(tx, actor, earlier);
        await this.append(tx, actor, { ...earlier, validUntil: addDays(validFrom, -1), version: earlier.version + 1 });
      }
      const id = this.bank.id("post", tx.now);
      await this.append(tx, actor, { id, personId, organizationId, post, grade, validFrom, validUntil, version: 1 });
      return id;
    };
    return this.bank.commands.once(actor, "setCommunityPost", input, work, render);
  }

  /** Says which day was the last; the same day again changes nothing. */
  async end(actor: Actor, input: Asked<typeof endCommunityPost>): Promise<Post> {
    const reason = readField(endCommunityPost, "reason", input.reason);
    if (!isDay(input.on)) refuse("INVALID_INPUT", { expected: "a day such as 2026-09-12" }, ["on"]);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const post = (await tx.posts([input.postId])).get(input.postId) ?? refuse("NOT_FOUND", {}, ["postId"]);
      if ((await this.seen(tx, actor, [post.organizationId])).size === 0) refuse("NOT_FOUND", {}, ["postId"]);
      await this.permit(tx, actor, post.organizationId);
      await checkStranger(tx, actor, post.personId, ["postId"]);
      if (input.on < post.validFrom) refuse("INVALID_INTERVAL", { validFrom: post.validFrom }, ["on"]);
      if (post.validUntil === input.on) return post;
      // Longer than it was, it might stand beside the next one: that is a new post.
      if (post.validUntil !== null && input.on > post.validUntil)
        refuse("INVALID_INTERVAL", { validUntil: post.validUntil }, ["on"]);
      const reasonId = await this.bank.vault.sealWords(tx, actor.personId as string, post.personId, { reason });
      return this.append(tx, actor, { ...post, validUntil: input.on, version: post.version + 1 }, reasonId);
    });
  }

  async list(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<Post>> {
    const view = this.bank.store.view;
    if ((await this.seen(view, actor, [organizationId])).size === 0) refuse("NOT_PERMITTED", { act: "post.see" });
    return paged(
      page,
      { name: "communityPosts", shape: ["text"] },
      (bounds) => view.postsOfOrganization(organizationId, bounds),
      (post) => [post.id],
    );
  }

  async many(actor: Actor, ids: readonly string[]): Promise<(Post | null)[]> {
    const view = this.bank.store.view;
    const posts = await view.posts(ids);
    const visible = await this.seen(
      view,
      actor,
      [...posts.values()].map(({ organizationId }) => organizationId),
    );
    return ids.map((id) => {
      const post = posts.get(id);
      return post && visible.has(post.organizationId) ? post : null;
    });
  }

  /** The names of the holders. Batched. */
  async names(actor: Actor, ids: readonly string[]): Promise<(string | null)[]> {
    const view = this.bank.store.view;
    const posts = await this.many(actor, ids);
    const persons = posts.flatMap((post) => post?.personId ?? []);
    // A person who is both is named as a social worker.
    const workers = await view.profilesOfWorkers(persons);
    const profiles = new Map([...(await view.profilesOfVolunteers(persons)), ...workers]);
    const opened = await this.bank.vault.open<Profile | SocialWorkerProfile>(view, [...profiles.values()]);
    // A post is the organisation's own word: it opens no volunteer's name.
    const asVolunteers = [...(await view.volunteersOfPersons(persons.filter((id) => !workers.has(id)))).values()];
    const seen = await this.volunteers.sight.visible(view, actor, asVolunteers, "volunteer.see");
    const masked = new Set(asVolunteers.flatMap(({ id, personId }) => (seen.has(id) ? [] : personId)));
    return posts.map((post) => {
      const name = post && opened.get(profiles.get(post.personId) ?? "")?.displayName;
      return name ? (masked.has(post.personId) ? maskName(name) : name) : null;
    });
  }

  /** The person of the post. The actor must see the person, since a post shows a name and forbids service in its hours. NOT_FOUND. */
  private async personOf(
    tx: Tx,
    actor: Actor,
    { volunteerId, socialWorkerId }: { volunteerId?: string | null; socialWorkerId?: string | null },
  ): Promise<string> {
    if (socialWorkerId) {
      const worker = (await tx.socialWorkers([socialWorkerId])).get(socialWorkerId);
      const organizationId = worker?.organizationId;
      const seen =
        organizationId &&
        (await this.bank.places.organizationsWhere(tx, actor, "socialWorker.see", [organizationId])).has(
          organizationId,
        );
      return worker && seen ? worker.personId : refuse("NOT_FOUND", {}, ["socialWorkerId"]);
    }
    const volunteer = (await tx.volunteers([volunteerId as string])).get(volunteerId as string);
    if (!volunteer || volunteer.group) refuse("VOLUNTEER_NOT_FOUND", {}, ["volunteerId"]);
    const seen = await this.volunteers.sight.visible(tx, actor, [volunteer], "volunteer.see");
    return seen.has(volunteer.id) ? volunteer.personId : refuse("VOLUNTEER_NOT_FOUND", {}, ["volunteerId"]);
  }

  private async permit(tx: Tx, actor: Actor, organizationId: string): Promise<void> {
    const organization = await this.bank.organization(tx, organizationId);
    this.bank.permit(actor, "post.set", await this.bank.places.at(tx, organization));
  }

  /** Where the actor does not see the other organisation, the post is not named either. */
  private async refuseOverlap(view: View, actor: Actor, { id, organizationId, validFrom, validUntil }: Post) {
    const seen = (await this.seen(view, actor, [organizationId])).has(organizationId);
    refuse("POST_OVERLAP", seen ? { postId: id, validFrom, validUntil } : { elsewhere: true }, ["validFrom"]);
  }

  private seen(view: View, actor: Actor, organizationIds: readonly string[]): Promise<Set<string>> {
    return this.bank.places.organizationsWhere(view, actor, "post.see", organizationIds);
  }

  private async append(tx: Tx, actor: Actor, post: Post, reasonId: string | null = null): Promise<Post> {
    const { seq: _, ...facts } = post as Post & { seq?: number };
    await tx.append(actor.personId as string, { type: "POST_SET", ...facts, reasonId });
    return facts;
  }
}

const render = async (view: View, id: string): Promise<Post> => {
  const post = (await view.posts([id])).get(id);
  invariant(post, "a command's post is there");
  return post;
};
