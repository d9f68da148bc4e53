import type { Organization } from "../../domain/facts/organizations";
import type { Rating, RatingVote } from "../../domain/facts/ratings";
import { addMonths, type Day } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import type { Nearness, Own } from "../../domain/people/near";
import { type Act, type Actor, lasts, nobody, roleFor, staffRoles } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import type { DepartedVotes } from "../../domain/ratings";
import type { View } from "../../storage/store";
import { ownOfPerson } from "../bank/near";

/** Members who have left their office, on a day. */
export interface Departures {
  of(memberIds: readonly string[], day: Day): string[];
  rule(day: Day): DepartedVotes;
  /** The votes that count. */
  counting(votes: readonly RatingVote[], day: Day): RatingVote[];
}

interface Held {
  organizationId: string | null;
  validFrom: Day;
  validUntil: Day | null;
}

/** Says who may judge an organisation: nobody who has an interest in it, and nobody twice. */
export class Recusal {
  /** Nobody judges an organisation where they or their family work, or did within two years [EVAL39 §19]. */
  async checkDisinterested(
    view: View,
    { personId }: Actor,
    organization: Organization,
    policies: Policies,
    today: Day,
  ): Promise<void> {
    const near = (await this.interested(view, [personId as string], organization, policies, today)).get(
      personId as string,
    );
    if (near === "SELF") refuse("RECUSAL_NEEDED", { years: policies.count("orgEval.recusalYears", today) });
    if (near !== undefined) refuse("SELF_CONFIRMATION", { near });
  }

  /** Which of these persons work for the organisation or hold a paid post there, or did within two years, or whose family does; and how they are related to it. */
  async interested(
    view: View,
    personIds: readonly string[],
    { id }: Organization,
    policies: Policies,
    today: Day,
  ): Promise<Map<string, Nearness>> {
    const since = addMonths(today, -12 * policies.count("orgEval.recusalYears", today));
    const now = await view.standing(personIds);
    const own = new Map<string, Own>();
    for (const personId of personIds) own.set(personId, await ownOfPerson(view, now.get(personId) as string));
    const ids = [...new Set([...own.values()].flatMap((related) => [...related.keys()]))];
    const [grants, posts] = [await view.grantsOfPersons(ids), await view.postsOfPersons(ids)];
    const late = (held: Held) => held.organizationId === id && held.validFrom <= today && lasts(held, since);
    const works = (id: string) =>
      grants.get(id)?.some((grant) => staffRoles.includes(grant.role) && late(grant)) || posts.get(id)?.some(late);
    const interested = new Map<string, Nearness>();
    for (const [personId, related] of own) {
      const [near] = [...related].flatMap(([id, as]) => (works(id) ? as : []));
      if (near !== undefined) interested.set(personId, near);
    }
    return interested;
  }

  /** Votes that count: a member who has come to have an interest since is out of it, as if recused. */
  async disinterestedVotes(
    view: View,
    rating: Rating,
    organization: Organization,
    policies: Policies,
    today: Day,
  ): Promise<RatingVote[]> {
    const votes = (await this.votesOf(view, [rating.id])).get(rating.id) ?? [];
    const members = votes.map(({ memberId }) => memberId);
    const out = await this.interested(view, members, organization, policies, today);
    return votes.filter(({ memberId, choice }) => choice === "RECUSE" || !out.has(memberId));
  }

  /** The members who have left the office by which they sit on a committee, and what becomes of their votes, by day. */
  async departures(view: View, memberIds: readonly string[], policies: Policies): Promise<Departures> {
    const now = await view.standing(memberIds);
    const grants = await view.grantsOfPersons([...now.values()]);
    const of = (ids: readonly string[], day: Day) =>
      ids.filter((id) => {
        const held = (grants.get(now.get(id) as string) ?? []).map((grant) => ({ ...grant, organizationState: null }));
        return roleFor({ ...nobody, personId: id, grants: held }, "rating.vote", {}, day) === null;
      });
    const rule = (day: Day) => policies.choice<DepartedVotes>("rating.departedVotes", day);
    return {
      of,
      rule,
      counting(votes, day) {
        if (rule(day) === "KEEP") return [...votes];
        const gone = of(
          votes.map(({ memberId }) => memberId),
          day,
        );
        return votes.filter(({ memberId, choice }) => choice === "RECUSE" || !gone.includes(memberId));
      },
    };
  }

  /** The votes of each case, one of each person. Of two members who are one person after a merging, the later vote counts. */
  async votesOf(view: View, ratingIds: readonly string[]): Promise<Map<string, RatingVote[]>> {
    const all = await view.ratingVotes(ratingIds);
    const now = await view.standing([...all.values()].flat().map(({ memberId }) => memberId));
    const seqOf = (vote: RatingVote) => (vote as RatingVote & { seq: number }).seq;
    return new Map(
      [...all].map(([id, votes]) => {
        const last = new Map<string, RatingVote>();
        for (const vote of [...votes].sort((a, b) => seqOf(a) - seqOf(b)))
          last.set(now.get(vote.memberId) as string, vote);
        return [id, votes.filter((vote) => last.get(now.get(vote.memberId) as string) === vote)];
      }),
    );
  }

  /** A voter takes no other step with an application. A person who scored it does not review it, and a reviewer confirms nothing. */
  async checkOther(view: View, { personId }: Actor, rating: Rating, seats: readonly string[], act: Act): Promise<void> {
    const selves = await view.selves(personId as string);
    if (act !== "rating.score" && seats.some((id) => selves.includes(id))) refuse("SAME_PERSON");
    if (act === "rating.score") return;
    const steps = (await view.ratingSteps([rating.id])).get(rating.id) ?? [];
    const judged = act === "rating.review" ? ["SCORE"] : ["SCORE", "REVIEW"];
    if (steps.some(({ action, actorId }) => selves.includes(actorId) && judged.includes(action))) refuse("SAME_PERSON");
  }
}
