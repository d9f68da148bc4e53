import { type Act, type Actor, type ActorKind } from "../../domain/actors";
import { addDays, addMonths, type Day } from "../../domain/calendar";
import { invariant } from "../../domain/invariant";
import type { Organization } from "../../domain/organizations";
import type { Policies } from "../../domain/policies";
import {
  type Candidate,
  countingStates,
  countVotes,
  eligibility,
  type Ineligibility,
  instruments,
  levelOf,
  noticeUntil,
  pendingRatings,
  type Rating,
  type RatingInstrument,
  type RatingRound,
  type RatingStepAction,
  ratingMoves,
  ratingStep,
  type ScoreLine,
  scoreLine,
  scoreOf,
  termUntil,
  votedLevel,
} from "../../domain/ratings";
import { refuse } from "../../domain/refusal";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import { workingCalendar } from "../calendar";
import type { Done, RatingsService, ShownRating, ShownRound } from "../contract";
import { checkText } from "../input";
import type { Credit } from "./credit";
import { RatingSight, type Said } from "./ratingsight";
import { Recusal } from "./recusal";
import { StarCount } from "./starcount";

const committeeSize = { least: 7, most: 25 };

/** Ratings of organisations by two instruments on one engine; each result explains itself, and none is ever rewritten. */
export class Ratings implements RatingsService {
  private readonly stars: StarCount;
  private readonly sight: RatingSight;
  private readonly recusal = new Recusal();
  readonly rounds: RatingSight["rounds"];
  readonly roundsById: RatingSight["roundsById"];
  readonly applications: RatingSight["applications"];
  readonly many: RatingSight["many"];
  readonly currentOf: RatingSight["currentOf"];
  readonly historyOf: RatingSight["historyOf"];
  constructor(
    private readonly bank: Bank,
    private readonly credit: Credit,
  ) {
    this.stars = new StarCount(bank);
    const sight = new RatingSight(bank);
    this.sight = sight;
    this.rounds = sight.rounds.bind(sight);
    this.roundsById = sight.roundsById.bind(sight);
    this.applications = sight.applications.bind(sight);
    this.many = sight.many.bind(sight);
    this.currentOf = sight.currentOf.bind(sight);
    this.historyOf = sight.historyOf.bind(sight);
  }

  async openRound(actor: Actor, input: Parameters<RatingsService["openRound"]>[1]): Promise<Done<ShownRound>> {
    const { idempotencyKey, ...request } = input;
    const { instrument, opensOn, closesOn } = input;
    const committee = [...new Set(input.committee)];
    if (committee.length < committeeSize.least || committee.length > committeeSize.most)
      refuse("INVALID_INPUT", committeeSize, ["committee"]);
    const work = async (tx: Tx, actor: Actor) => {
      this.bank.permit(actor, "rating.run", {});
      if (opensOn < this.bank.today() || closesOn < opensOn)
        refuse("INVALID_INPUT", { from: this.bank.today() }, ["opensOn"]);
      const grants = await tx.grantsOfPersons(committee);
      for (const [i, memberId] of committee.entries()) {
        const member = { ...actor, personId: memberId, volunteerId: null, grants: grants.get(memberId) ?? [] };
        if (!this.bank.permitAny(member, "rating.vote", [{}])) refuse("NOT_FOUND", {}, ["committee", String(i)]);
      }
      const id = this.bank.id("ratinground", tx.now);
      await tx.append(actor.personId as string, {
        type: "RATING_ROUND_OPENED",
        id,
        instrument,
        opensOn,
        closesOn,
        committee,
      });
      return id;
    };
    return this.bank.once(actor, "openRatingRound", idempotencyKey, request, work, async (view, id) => {
      const round = (await view.ratingRounds([id])).get(id);
      invariant(round, "a command's round is there");
      return (await this.sight.rounded(view, [round]))[0] as ShownRound;
    });
  }

  async apply(actor: Actor, input: Parameters<RatingsService["apply"]>[1]): Promise<Done<ShownRating>> {
    const { idempotencyKey, ...request } = input;
    const personId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      const role = this.bank.permit(actor, "rating.apply", await this.bank.at(tx, organization));
      const round = (await tx.ratingRounds([input.roundId])).get(input.roundId) ?? refuse("NOT_FOUND", {}, ["roundId"]);
      const { opensOn, closesOn } = round;
      const today = this.bank.today();
      if (today < opensOn || today > closesOn) refuse("ROUND_CLOSED", { opensOn, closesOn }, ["roundId"]);
      const applied = (await tx.ratingsOf([organization.id])).get(organization.id) ?? [];
      const open = applied.some(
        ({ instrument, state }) => instrument === round.instrument && pendingRatings.includes(state),
      );
      if (open || applied.some(({ roundId }) => roundId === round.id)) refuse("ALREADY_APPLIED", {}, ["roundId"]);
      const policies = await this.bank.policies(tx);
      const rating: Rating = {
        id: this.bank.id("rating", tx.now),
        roundId: round.id,
        organizationId: organization.id,
        instrument: round.instrument,
        personId,
        state: ratingStep(null, "APPLY"),
        failed: await this.failed(tx, round.instrument, organization),
        lines: [],
        score: null,
        level: null,
        noticeUntil: null,
        validFrom: null,
        validUntil: null,
        bannedUntil: null,
        policyId: policies.inForce(instruments[round.instrument].weights, today).id,
        version: 0,
      };
      await this.append(tx, actor, role, rating, "APPLY", null, null);
      return rating.id;
    };
    return this.bank.admitting(personId, true, async () => {
      const render = async (view: View, id: string) =>
        (await this.sight.seen(view, actor, [id]))[0] ?? refuse("NOT_PERMITTED", { act: "rating.see" });
      const done = await this.bank.once(actor, "applyForRating", idempotencyKey, request, work, render);
      return { done, kept: done.value.personId === personId };
    });
  }

  /** An assessor's points, all parts at once; again, they take the place of the earlier ones. */
  score(actor: Actor, input: Parameters<RatingsService["score"]>[1]): Promise<ShownRating> {
    return this.step(actor, input, "SCORE", async ({ rating, policies, today }) => {
      if (rating.instrument === "PLATFORM_STAR") refuse("ILLEGAL_TRANSITION", { action: "SCORE", computed: true });
      const weights = policies.weights(instruments[rating.instrument].weights, today);
      const given = new Map(input.scores.map((score) => [score.key, score]));
      if (given.size !== input.scores.length || given.size !== weights.length)
        refuse("INVALID_INPUT", { each: weights.map(({ code }) => code) }, ["scores"]);
      const comments: Record<string, string> = {};
      const lines = weights.map((weight) => {
        const score = given.get(weight.code) ?? refuse("INVALID_INPUT", { missing: weight.code }, ["scores"]);
        if (!Number.isSafeInteger(score.points) || score.points < 0 || score.points > weight.weight)
          refuse("INVALID_INPUT", { key: weight.code, most: weight.weight }, ["scores"]);
        const comment = checkText(score.comment, ["scores", "comment"], { most: 500 });
        if (comment !== null) comments[weight.code] = comment;
        return { ...scoreLine(weight, score.points, weight.weight, "ASSESSOR"), points: score.points };
      });
      const policyId = policies.inForce(instruments[rating.instrument].weights, today).id;
      return { after: { ...rating, lines, score: scoreOf(lines), policyId }, said: { comments } };
    });
  }

  /** A member's vote by name; again, it takes the place of the earlier one, until the notice. */
  async vote(actor: Actor, input: Parameters<RatingsService["vote"]>[1]): Promise<ShownRating> {
    return this.step(actor, input, "VOTE", async ({ tx, rating, policies, today, organization, actor }) => {
      const memberId = actor.personId as string;
      if (input.choice !== "RECUSE") await this.recusal.checkDisinterested(tx, actor, organization, policies, today);
      const level = input.choice === "IN_FAVOUR" ? (input.level ?? rating.level) : null;
      const { levels } = instruments[rating.instrument];
      if (
        input.choice === "IN_FAVOUR" &&
        (!Number.isSafeInteger(level) || (level as number) < 1 || (level as number) > levels)
      )
        refuse("INVALID_INPUT", { least: 1, most: levels }, ["level"]);
      const before = ((await tx.ratingVotes([rating.id])).get(rating.id) ?? []).find(
        (vote) => vote.memberId === memberId,
      );
      if (before?.choice === input.choice && before.level === level) return { after: null };
      await tx.append(memberId, {
        type: "RATING_VOTED",
        id: before?.id ?? this.bank.id("ratingvote", tx.now),
        ratingId: rating.id,
        memberId,
        choice: input.choice,
        level,
        version: (before?.version ?? 0) + 1,
      });
      return { after: { ...rating, state: ratingStep(rating, "VOTE") } };
    });
  }

  advance(actor: Actor, input: Parameters<RatingsService["advance"]>[1]): Promise<ShownRating> {
    const { action } = input;
    return this.step(actor, input, action, async (scene) => {
      const { tx, rating, round, policies, today, organization } = scene;
      const { weights, bands, levels } = instruments[rating.instrument];
      const after = { ...rating, state: ratingStep(rating, action) };
      switch (action) {
        case "CHECK_ELIGIBILITY": {
          const failed = await this.failed(tx, rating.instrument, organization, rating.id);
          return { after: { ...after, failed, state: failed.length > 0 ? "INELIGIBLE" : after.state } };
        }
        case "SITE_VISIT":
          if (rating.instrument === "PLATFORM_STAR") refuse("ILLEGAL_TRANSITION", { action, computed: true });
          return { after };
        case "PRELIMINARY": {
          if (rating.instrument === "EVALUATION_GRADE" && rating.lines.length === 0)
            refuse("ILLEGAL_TRANSITION", { action, from: rating.state, scored: false });
          const lines: ScoreLine[] =
            rating.instrument === "PLATFORM_STAR"
              ? await this.stars.lines(tx, organization, round.opensOn, policies)
              : rating.lines;
          const score = scoreOf(lines);
          const level = levelOf(score, policies.bands(bands, round.opensOn));
          // Stars are counted by the weights of the round's first day; an assessor's points name their own.
          const counted =
            rating.instrument === "PLATFORM_STAR" ? policies.inForce(weights, round.opensOn).id : rating.policyId;
          return { after: { ...after, lines, score, level, policyId: counted } };
        }
        case "PUBLISH_NOTICE": {
          const members = round.committee.length;
          const votes = await this.recusal.disinterestedVotes(tx, rating, organization, policies, today);
          const count = countVotes(votes, members);
          if (!count.quorum) refuse("QUORUM_MISSING", { ...count, members });
          const until = noticeUntil(today, workingCalendar(policies, today), policies);
          return { after: { ...after, level: votedLevel(votes, members), noticeUntil: until } };
        }
        case "REVIEW": {
          const level = input.level ?? rating.level;
          if (!Number.isSafeInteger(level) || (level as number) < 0 || (level as number) > levels)
            refuse("INVALID_INPUT", { least: 0, most: levels }, ["level"]);
          const decision = level === rating.level ? "UPHELD" : "CHANGED";
          // What has changed is published anew, for as many days.
          const until =
            decision === "CHANGED"
              ? noticeUntil(today, workingCalendar(policies, today), policies)
              : rating.noticeUntil;
          return { after: { ...after, level, noticeUntil: until }, said: { decision } };
        }
        case "CONFIRM": {
          if (today <= (rating.noticeUntil as Day)) refuse("NOTICE_RUNNING", { noticeUntil: rating.noticeUntil });
          // What has come meanwhile counts: a ban, an adverse record, another rating.
          const failed = await this.failed(tx, rating.instrument, organization, rating.id);
          if (failed.length > 0 || rating.level === 0) return { after: { ...after, failed, state: "INELIGIBLE" } };
          await this.supersede(tx, scene.actor, scene.role, rating, today);
          return { after: { ...after, validFrom: today, validUntil: termUntil(rating.instrument, today, policies) } };
        }
      }
    });
  }

  requestReview(actor: Actor, input: Parameters<RatingsService["requestReview"]>[1]): Promise<ShownRating> {
    return this.step(actor, input, "REQUEST_REVIEW", async ({ rating, today }) => {
      if (rating.state === "PUBLIC_NOTICE" && today > (rating.noticeUntil as Day))
        refuse("ILLEGAL_TRANSITION", { action: "REQUEST_REVIEW", noticeUntil: rating.noticeUntil });
      return { after: { ...rating, state: ratingStep(rating, "REQUEST_REVIEW") } };
    });
  }

  async downgrade(actor: Actor, input: Parameters<RatingsService["downgrade"]>[1]): Promise<Organization> {
    const { organizationId, instrument, toLevel, expectedVersion } = input;
    const view = this.bank.store.view;
    const organization = await this.bank.organization(view, organizationId);
    const rating = this.sight.current((await view.ratingsOf([organizationId])).get(organizationId) ?? [], instrument);
    if (!rating) {
      this.bank.permit(actor, "rating.run", {});
      return refuse("ILLEGAL_TRANSITION", { action: "DOWNGRADE", from: null });
    }
    const action = toLevel === 0 ? "REVOKE" : "DOWNGRADE";
    const given = { applicationId: rating.id, expectedVersion, reason: input.ground, at: "ground" };
    await this.step(actor, given, action, async ({ rating, policies, today }) => {
      if (!Number.isSafeInteger(toLevel) || toLevel < 0 || toLevel >= (rating.level ?? 0))
        refuse("INVALID_INPUT", { least: 0, below: rating.level }, ["toLevel"]);
      const years = policies.count(action === "REVOKE" ? "orgEval.revokeBanYears" : "orgEval.downgradeBanYears", today);
      const bannedUntil = addDays(addMonths(today, 12 * years), -1);
      const after = { ...rating, state: ratingStep(rating, action), level: toLevel, bannedUntil };
      return { after: action === "REVOKE" ? { ...after, validUntil: addDays(today, -1) } : after };
    });
    return organization;
  }

  async giveFeedback(actor: Actor, input: Parameters<RatingsService["giveFeedback"]>[1]): Promise<Done<number>> {
    const { idempotencyKey, ...request } = input;
    const { stars } = input;
    if (!Number.isSafeInteger(stars) || stars < 1 || stars > 5)
      refuse("INVALID_INPUT", { least: 1, most: 5 }, ["stars"]);
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      if (organization.kind !== "SERVICE_PLATFORM") refuse("NOT_FOUND", {}, ["organizationId"]);
      const today = this.bank.today();
      const policies = await this.bank.policies(tx);
      const mine = [actor.personId as string];
      if ((await this.recusal.interested(tx, mine, organization, policies, today)).size > 0)
        refuse("SELF_CONFIRMATION", {}, ["organizationId"]);
      if (!(await this.stars.isMember(tx, actor, organization, today)))
        refuse("NOT_PERMITTED", { act: "feedback.give" });
      const memberHash = this.bank.vault.hash("feedback", `${organization.id} ${actor.personId}`);
      const before = await tx.feedbackOf(organization.id, memberHash);
      // Who said it stays out of the journal.
      await tx.append("member", {
        type: "FEEDBACK_GIVEN",
        id: before?.id ?? this.bank.id("feedback", tx.now),
        organizationId: organization.id,
        memberHash,
        stars,
        on: today,
        version: (before?.version ?? 0) + 1,
      });
      return stars;
    };
    return this.bank.once(actor, "giveFeedback", idempotencyKey, request, work, async (_, given) => given);
  }

  private async failed(
    view: View,
    instrument: RatingInstrument,
    organization: Organization,
    except?: string,
  ): Promise<Ineligibility[]> {
    const { id } = organization;
    const ratings = (await view.ratingsOf([id])).get(id) ?? [];
    const candidate: Candidate = {
      organization,
      profile: (await view.organizationProfiles([id])).get(id),
      earlier: ratings.filter((rating) => rating.instrument === instrument && rating.id !== except),
      adverse: await this.credit.standsAgainst(view, id),
    };
    return eligibility(instrument, candidate, this.bank.today(), await this.bank.policies(view));
  }

  private async supersede(tx: Tx, actor: Actor, role: ActorKind, rating: Rating, today: Day): Promise<void> {
    const { organizationId, instrument } = rating;
    for (const earlier of (await tx.ratingsOf([organizationId])).get(organizationId) ?? []) {
      if (earlier.instrument !== instrument || !countingStates.includes(earlier.state)) continue;
      const last = addDays(today, -1);
      const validUntil = (earlier.validUntil as Day) < last ? earlier.validUntil : last;
      const after = { ...earlier, state: ratingStep(earlier, "SUPERSEDE"), validUntil };
      await this.append(tx, actor, role, after, "SUPERSEDE", earlier, null);
    }
  }

  private async step(
    actor: Actor,
    input: { applicationId: string; reason?: string | null; expectedVersion?: number | null; at?: string },
    action: RatingStepAction,
    /** Null after where nothing has changed. */
    decide: (scene: Scene) => Promise<{ after: Rating | null; said?: Said }>,
  ): Promise<ShownRating> {
    const at = input.at ?? "reason";
    const reason = checkText(input.reason, at, { most: 1000 });
    return this.bank.act(actor, async (tx, actor) => {
      const rating = (await tx.ratings([input.applicationId])).get(input.applicationId);
      if (!rating || !(await this.sight.sees(tx, actor, [rating])).has(rating.id))
        refuse("NOT_FOUND", {}, ["applicationId"]);
      const organization = await this.bank.organization(tx, rating.organizationId);
      const round = (await tx.ratingRounds([rating.roundId])).get(rating.roundId);
      invariant(round, "an application is of a round");
      const last = (await tx.ratingSteps([rating.id])).get(rating.id)?.at(-1);
      // The same step again by the same actor answers the same.
      if (
        last?.action === action &&
        last.actorId === actor.personId &&
        !ratingMoves[action].from.includes(rating.state)
      )
        return this.one(tx, rating);
      const act = actsOf[action];
      const own = act === "rating.apply";
      const role = this.bank.permit(actor, act, own ? await this.bank.at(tx, organization) : {});
      if (action === "VOTE" && !round.committee.includes(actor.personId as string)) refuse("NOT_PERMITTED", { act });
      const today = this.bank.today();
      const policies = await this.bank.policies(tx);
      if (!own && !(action === "VOTE")) {
        await this.recusal.checkDisinterested(tx, actor, organization, policies, today);
        await this.recusal.checkOther(tx, actor, rating, round, act);
      }
      if (input.expectedVersion != null && input.expectedVersion !== rating.version)
        refuse("VERSION_CONFLICT", { version: rating.version }, ["expectedVersion"]);
      ratingStep(rating, action);
      if (ratingMoves[action].reason && reason === null) refuse("REASON_MISSING", { action }, [at]);
      const { after, said } = await decide({ tx, actor, role, rating, round, organization, policies, today });
      const told: Said = { ...(reason === null ? {} : { reason }), ...said };
      const by = actor.personId as string;
      if (after) {
        const said = Object.keys(told).length > 0;
        const reasonId = said ? await this.bank.vault.seal(tx, by, rating.personId, told) : null;
        await this.append(tx, actor, role, after, action, rating, reasonId);
      }
      return this.one(tx, rating);
    });
  }

  private async one(view: View, { id }: Rating): Promise<ShownRating> {
    const [shown] = await this.sight.show(view, [...(await view.ratings([id])).values()]);
    invariant(shown, "an application that was stepped is there");
    return shown;
  }

  private async append(
    tx: Tx,
    actor: Actor,
    actorKind: ActorKind,
    rating: Rating,
    action: RatingStepAction,
    before: Rating | null,
    reasonId: string | null,
  ): Promise<void> {
    const { seq: _, ...facts } = rating as Rating & { seq?: number };
    const [version, from] = [(before?.version ?? 0) + 1, before?.state ?? null];
    // In one spelling: a database may give back the fields in another order.
    const lines = JSON.stringify(
      facts.lines.map(({ key, weight, value, points, source }) => ({ key, weight, value, points, source })),
    );
    await tx.append(actor.personId as string, {
      type: "RATING_STEP",
      ...facts,
      lines,
      version,
      action,
      from,
      actorKind,
      reasonId,
    });
  }
}

interface Scene {
  tx: Tx;
  actor: Actor;
  role: ActorKind;
  rating: Rating;
  round: RatingRound;
  organization: Organization;
  policies: Policies;
  today: Day;
}
/** Whose act a step is. */
const actsOf: Record<RatingStepAction, Act> = {
  APPLY: "rating.apply",
  CHECK_ELIGIBILITY: "rating.run",
  SITE_VISIT: "rating.run",
  SCORE: "rating.score",
  PRELIMINARY: "rating.run",
  VOTE: "rating.vote",
  PUBLISH_NOTICE: "rating.run",
  REQUEST_REVIEW: "rating.apply",
  REVIEW: "rating.review",
  CONFIRM: "rating.run",
  DOWNGRADE: "rating.run",
  REVOKE: "rating.run",
  SUPERSEDE: "rating.run",
};
