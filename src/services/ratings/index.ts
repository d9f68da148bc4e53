import type { ActorKind } from "../../domain/facts/actors";
import type { Organization } from "../../domain/facts/organizations";
import {
  pendingRatings,
  type Rating,
  type RatingInstrument,
  type RatingVote,
  ratingMoves,
} from "../../domain/facts/ratings";
import { addDays, type Day } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import {
  type Candidate,
  countingStates,
  countVotes,
  eligibility,
  filedFrom,
  type Ineligibility,
  instruments,
  levelOf,
  noticeUntil,
  plaqueTaken,
  scoreOf,
  termUntil,
  turnout,
  votedLevel,
} from "../../domain/ratings";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { workingCalendar } from "../bank/calendar";
import { type Asked, read } from "../bank/fields";
import type { Credit } from "../credit-records";
import { RatingHouse } from "./applicants";
import { advanceRating, type applyForRating, type openRatingRound, type voteRating } from "./commands";
import { Downgrades } from "./downgrades";
import { Feedback } from "./feedback";
import { RatingSheets } from "./sheets";
import { RatingSight, recusalsOpen, type Said, type ShownRating, type ShownRound } from "./sight";
import { StarCount } from "./star-count";
import { type RatingScene, RatingSteps } from "./steps";

const committeeSize = { least: 7, most: 25 };

/** Ratings of organisations by two instruments on one engine; each result explains itself, and none is ever rewritten. */
export class Ratings {
  private readonly stars: StarCount;
  private readonly sight: RatingSight;
  private readonly steps: RatingSteps;
  private readonly sheets: RatingSheets;
  /** Public. The latest first. */
  readonly rounds: RatingSight["rounds"];
  readonly roundsById: RatingSight["roundsById"];
  readonly applications: RatingSight["applications"];
  /** Null for absent or not yours to see. Batched. */
  readonly many: RatingSight["many"];
  /** What holds today, by instrument. Public. Batched. */
  readonly currentOf: RatingSight["currentOf"];
  /** All that was ever published, the latest first. Public. Batched. */
  readonly historyOf: RatingSight["historyOf"];
  /** The files of applications, for the organisation, its judges, officers and auditors; null for everybody else. Batched. */
  readonly filesOf: RatingSight["filesOf"];
  readonly supplyEvidence: RatingHouse["supplyEvidence"];
  readonly requestRecusal: RatingHouse["requestRecusal"];
  readonly decideRecusal: RatingHouse["decideRecusal"];
  readonly requestReview: RatingHouse["requestReview"];
  readonly withdraw: RatingHouse["withdraw"];
  readonly score: RatingSheets["score"];
  /** The first officer proposes it, another takes it; then the rating is another. ANSWER_PENDING, SAME_PERSON. */
  readonly downgrade: Downgrades["downgrade"];
  readonly answerDowngrade: Downgrades["answer"];
  readonly dropDowngrade: Downgrades["drop"];
  readonly downgradesTold: Downgrades["stepsFor"];
  /** The stars that count for the member now. */
  readonly giveFeedback: Feedback["give"];
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
    this.filesOf = sight.filesOf.bind(sight);
    this.steps = new RatingSteps(bank, sight);
    const applicants = new RatingHouse(this.steps);
    this.supplyEvidence = applicants.supplyEvidence.bind(applicants);
    this.requestRecusal = applicants.requestRecusal.bind(applicants);
    this.decideRecusal = applicants.decideRecusal.bind(applicants);
    this.requestReview = applicants.requestReview.bind(applicants);
    this.withdraw = applicants.withdraw.bind(applicants);
    this.sheets = new RatingSheets(bank, this.steps);
    this.score = this.sheets.score.bind(this.sheets);
    const downgrades = new Downgrades(bank, this.steps, sight);
    this.downgrade = downgrades.downgrade.bind(downgrades);
    this.answerDowngrade = downgrades.answer.bind(downgrades);
    this.dropDowngrade = downgrades.drop.bind(downgrades);
    this.downgradesTold = downgrades.stepsFor.bind(downgrades);
    const feedback = new Feedback(bank);
    this.giveFeedback = feedback.give.bind(feedback);
  }

  async openRound(actor: Actor, input: Asked<typeof openRatingRound>): Promise<Done<ShownRound>> {
    const { instrument, opensOn, closesOn } = input;
    const committee = [...new Set(input.committee)];
    if (committee.length < committeeSize.least || committee.length > committeeSize.most)
      refuse("INVALID_INPUT", committeeSize, ["committee"]);
    const work = async (tx: Tx, actor: Actor) => {
      this.bank.permit(actor, "rating.run", {});
      if (opensOn < this.bank.today() || closesOn < opensOn)
        refuse("INVALID_INPUT", { from: this.bank.today() }, ["opensOn"]);
      const members = await this.steps.mayVote(tx, committee);
      for (const [i, memberId] of committee.entries())
        if (!members.has(memberId)) refuse("NOT_FOUND", {}, ["committee", String(i)]);
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
    return this.bank.commands.once(actor, "openRatingRound", input, work, async (view, id) => {
      const round = (await view.ratingRounds([id])).get(id);
      invariant(round, "a command's round is there");
      return (await this.sight.rounded(view, [round]))[0] as ShownRound;
    });
  }

  async apply(actor: Actor, input: Asked<typeof applyForRating>): Promise<Done<ShownRating>> {
    const personId = this.bank.id("person");
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      const role = this.bank.permit(actor, "rating.apply", await this.bank.places.at(tx, organization));
      const round = (await tx.ratingRounds([input.roundId])).get(input.roundId) ?? refuse("NOT_FOUND", {}, ["roundId"]);
      const { opensOn, closesOn } = round;
      const today = this.bank.today();
      if (today < opensOn || today > closesOn) refuse("ROUND_CLOSED", { opensOn, closesOn }, ["roundId"]);
      const applied = (await tx.ratingsOf([organization.id])).get(organization.id) ?? [];
      const known =
        applied.find(({ instrument, state }) => instrument === round.instrument && pendingRatings.includes(state)) ??
        applied.find(({ roundId, state }) => roundId === round.id && state !== "WITHDRAWN");
      if (known) {
        const of = (await tx.ratingRounds([known.roundId])).get(known.roundId) ?? round;
        const { id, state } = known;
        const facts = { roundId: of.id, opensOn: of.opensOn, closesOn: of.closesOn, applicationId: id, state };
        refuse("ALREADY_APPLIED", facts, ["roundId"]);
      }
      const policies = await this.bank.policies(tx);
      const rating: Rating = {
        id: this.bank.id("rating", tx.now),
        roundId: round.id,
        organizationId: organization.id,
        instrument: round.instrument,
        personId,
        ...take(ratingMoves, null, "APPLY"),
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
      await this.steps.append(tx, actor, role, rating, "APPLY", null, { reasonId: null });
      return rating.id;
    };
    const shown = async (view: View, id: string) =>
      (await this.sight.seen(view, actor, [id]))[0] ?? refuse("NOT_PERMITTED", { act: "rating.see" });
    return this.bank.admittingOnce(personId, true, () =>
      this.bank.commands.once(actor, "applyForRating", input, work, shown),
    );
  }

  /** Takes a member's vote by name. A later vote replaces the earlier one, until the notice. A member who has left the case stays out. */
  async vote(actor: Actor, input: Asked<typeof voteRating>): Promise<ShownRating> {
    return this.steps.take(
      actor,
      input,
      "VOTE",
      async ({ tx, rating, state, policies, today, organization, actor, seat }) => {
        const memberId = seat as string;
        if (input.choice !== "RECUSE")
          await this.steps.recusal.checkDisinterested(tx, actor, organization, policies, today);
        const level = input.choice === "IN_FAVOUR" ? (input.level ?? rating.level) : null;
        const { levels } = instruments[rating.instrument];
        if (
          input.choice === "IN_FAVOUR" &&
          (!Number.isSafeInteger(level) || (level as number) < 1 || (level as number) > levels)
        )
          refuse("INVALID_INPUT", { least: 1, most: levels }, ["level"]);
        const hasVoted = await this.steps.vote(tx, actor, rating, { memberId, choice: input.choice, level });
        return { after: hasVoted ? { ...rating, state } : null };
      },
    );
  }

  async advance(actor: Actor, asked: Asked<typeof advanceRating>): Promise<ShownRating> {
    const input = read(advanceRating, asked);
    const { action } = input;
    return this.steps.take(actor, input, action, async (scene) => {
      const { tx, rating, round, policies, today, organization } = scene;
      const { weights, bands } = instruments[rating.instrument];
      const after = { ...rating, state: scene.state };
      switch (action) {
        case "FILE_UP":
        case "RETURN_PLAQUE":
          return { after: (await this.isOwed(scene, action)) ? after : null };
        case "CHECK_ELIGIBILITY": {
          const failed = await this.failed(tx, rating.instrument, organization, rating.id);
          return { after: { ...after, failed, state: failed.length > 0 ? "INELIGIBLE" : after.state } };
        }
        case "SITE_VISIT":
          if (rating.instrument === "PLATFORM_STAR") refuse("ILLEGAL_TRANSITION", { action, computed: true });
          return { after };
        case "PRELIMINARY": {
          const isStar = rating.instrument === "PLATFORM_STAR";
          if (!isStar && rating.state !== "SITE_VISIT") refuse("ILLEGAL_TRANSITION", { action, from: rating.state });
          const lines = isStar
            ? await this.stars.lines(tx, organization, round.opensOn, policies)
            : await this.sheets.result(scene);
          const score = scoreOf(lines);
          const level = levelOf(score, policies.bands(bands, round.opensOn));
          // The weights that were published when the round opened.
          const counted = policies.inForce(weights, round.opensOn).id;
          return { after: { ...after, lines, score, level, policyId: counted } };
        }
        case "PUBLISH_NOTICE": {
          const steps = await this.steps.stepsTaken(tx, rating);
          const open = recusalsOpen(steps);
          if (open > 0) refuse("ILLEGAL_TRANSITION", { action, recusalsUndecided: open });
          const members = round.committee.length;
          const disinterested = await this.steps.recusal.disinterestedVotes(tx, rating, organization, policies, today);
          const votes = (await this.steps.recusal.departures(tx, scene.seats, policies)).counting(disinterested, today);
          const count = countVotes(votes, members);
          if (!count.quorum) refuse("QUORUM_MISSING", { ...count, members, ...turnout(votes, members) });
          const until = noticeUntil(today, workingCalendar(policies, today), policies);
          return { after: { ...after, level: votedLevel(votes, members), noticeUntil: until } };
        }
        case "REVIEW":
          return this.review(scene, input.level ?? (rating.level as number));
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

  /** Whether an evaluation is still to be filed above, or its plaque to be returned. ILLEGAL_TRANSITION where it never is. */
  private async isOwed({ tx, rating }: RatingScene, action: "FILE_UP" | "RETURN_PLAQUE"): Promise<boolean> {
    const { instrument, level } = rating;
    if (instrument !== "EVALUATION_GRADE" || (action === "FILE_UP" && (level ?? 0) < filedFrom))
      refuse("ILLEGAL_TRANSITION", { action, instrument, level });
    const steps = (await tx.ratingSteps([rating.id])).get(rating.id) ?? [];
    const done = steps.findLastIndex((step) => step.action === action);
    // A grade that was brought down once more has another plaque to return.
    return done < (action === "FILE_UP" ? 0 : steps.findLastIndex((step) => plaqueTaken.includes(step.action)));
  }

  /** A reviewer decides, by name. The last of the required reviewers makes it the result: the level that more than half are for. */
  private async review(scene: RatingScene, level: number): Promise<{ after: Rating | null; words?: Said }> {
    const { tx, actor, rating, policies, today } = scene;
    const { levels, reviewers } = instruments[rating.instrument];
    if (!Number.isSafeInteger(level) || level < 0 || level > levels)
      refuse("INVALID_INPUT", { least: 0, most: levels }, ["level"]);
    const memberId = actor.personId as string;
    const selves = await tx.selves(memberId);
    if ((await this.reviewVotes(scene)).some((vote) => selves.includes(vote.memberId))) return { after: null };
    const word = level === 0 ? { choice: "AGAINST" as const, level: null } : { choice: "IN_FAVOUR" as const, level };
    await this.steps.vote(tx, actor, rating, { memberId, ...word });
    const votes = await this.reviewVotes(scene);
    if (votes.length < policies.count(reviewers, today)) return { after: { ...rating, state: scene.state } };
    const agreed = votedLevel(votes, votes.length);
    const after = { ...rating, state: "REVIEWED" as const, level: agreed };
    if (agreed === rating.level) return { after, words: { decision: "UPHELD" } };
    // What has changed is published anew, for as many days.
    const until = noticeUntil(today, workingCalendar(policies, today), policies);
    return { after: { ...after, noticeUntil: until }, words: { decision: "CHANGED" } };
  }

  private async reviewVotes({ tx, rating, seats }: RatingScene): Promise<RatingVote[]> {
    const votes = (await this.steps.recusal.votesOf(tx, [rating.id])).get(rating.id) ?? [];
    return votes.filter(({ memberId }) => !seats.includes(memberId));
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
      adverse: await this.credit.files.standsAgainst(view, id),
      findings: ((await view.findingsOf([id])).get(id) ?? []).filter(({ withdrawn }) => !withdrawn),
    };
    return eligibility(instrument, candidate, this.bank.today(), await this.bank.policies(view));
  }

  private async supersede(tx: Tx, actor: Actor, role: ActorKind, rating: Rating, today: Day): Promise<void> {
    const { organizationId, instrument } = rating;
    for (const earlier of (await tx.ratingsOf([organizationId])).get(organizationId) ?? []) {
      if (earlier.instrument !== instrument || !countingStates.includes(earlier.state)) continue;
      const last = addDays(today, -1);
      const validUntil = (earlier.validUntil as Day) < last ? earlier.validUntil : last;
      const after = { ...earlier, ...take(ratingMoves, earlier, "SUPERSEDE"), validUntil };
      await this.steps.append(tx, actor, role, after, "SUPERSEDE", earlier, { reasonId: null });
    }
  }
}
