import type { ActorKind } from "../../domain/facts/actors";
import type { Organization } from "../../domain/facts/organizations";
import {
  type Rating,
  type RatingRound,
  type RatingState,
  type RatingStepAction,
  type RatingVote,
  ratingMoves,
} from "../../domain/facts/ratings";
import type { Day } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { checkVersion, mayRepeat, mayTake, take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import { type Act, type Actor, nobody } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import { Recusal } from "./recusal";
import { type RatingSight, type Said, type ShownRating, seatsOf, type ToldStep } from "./sight";

export interface RatingStepInput {
  applicationId: string;
  expectedVersion?: number | null;
}

/** Takes a step of an application, for every actor who may take one. */
export class RatingSteps {
  readonly recusal = new Recusal();
  constructor(
    private readonly bank: Bank,
    private readonly sight: RatingSight,
  ) {}

  /** Permit, check, decide, append; the same step again by the same actor answers the same. */
  async take(
    actor: Actor,
    asked: RatingStepInput & {
      /** The reason as it was read, and the field in which it was said. */
      reason?: string | null;
      reasonAt?: string;
    },
    action: RatingStepAction,
    /** `after` is null where nothing has changed; `about` is the person that the reason speaks of, and `first` writes what goes right before the step. */
    decide: (
      scene: RatingScene,
    ) => Promise<{ after: Rating | null; words?: Said; about?: string; first?: () => Promise<void> }>,
  ): Promise<ShownRating> {
    const { applicationId, reason = null, reasonAt = "reason" } = asked;
    return this.bank.commands.act(actor, async (tx, actor) => {
      const rating = (await tx.ratings([applicationId])).get(applicationId);
      if (!rating || !(await this.sight.sees(tx, actor, [rating])).has(rating.id))
        refuse("NOT_FOUND", {}, ["applicationId"]);
      const organization = await this.bank.organization(tx, rating.organizationId);
      const round = (await tx.ratingRounds([rating.roundId])).get(rating.roundId);
      invariant(round, "an application is of a round");
      const last = (await tx.ratingSteps([rating.id])).get(rating.id)?.at(-1);
      // An actor who takes the same step again gets the same answer.
      if (last?.action === action && last.actorId === actor.personId && !mayTake(ratingMoves, rating.state, action))
        return this.shown(tx, rating);
      const act = actsOf[action];
      const own = act === "rating.plead";
      const role = this.bank.permit(actor, act, own ? await this.bank.places.at(tx, organization) : {});
      const seats = seatsOf(round, await this.stepsTaken(tx, rating));
      const selves = await tx.selves(actor.personId as string);
      const seat = seats.find((id) => selves.includes(id));
      if (action === "VOTE" && seat === undefined) refuse("NOT_PERMITTED", { act });
      const today = this.bank.today();
      const policies = await this.bank.policies(tx);
      if (!own && !(action === "VOTE")) {
        await this.recusal.checkDisinterested(tx, actor, organization, policies, today);
        await this.recusal.checkOther(tx, actor, rating, seats, act);
      }
      const expectedVersion = mayRepeat(ratingMoves, action) ? null : asked.expectedVersion;
      const { state } = take(ratingMoves, rating, action, { reason, reasonAt, expectedVersion });
      const scene = { tx, actor, role, rating, state, round, seats, seat, organization, policies, today };
      const { after, words, about, first } = await decide(scene);
      const by = actor.personId as string;
      if (after) {
        checkVersion(rating, asked.expectedVersion);
        const sealed: Said = { ...words };
        // A reason about a member is sealed under that member's own key, so that it goes when they are forgotten.
        const isAbout = reason !== null && about !== undefined;
        if (reason !== null && !isAbout) sealed.reason = reason;
        await first?.();
        const wordsId = isAbout ? await this.bank.vault.sealWords(tx, by, about, { reason }) : null;
        const isTold = Object.keys(sealed).length > 0 || wordsId !== null;
        const reasonId = isTold ? await this.bank.vault.seal(tx, rating.personId, sealed) : null;
        await this.append(tx, actor, role, after, action, rating, { reasonId, wordsId });
      }
      return this.shown(tx, rating);
    });
  }

  async shown(view: View, { id }: Rating): Promise<ShownRating> {
    const [shown] = await this.sight.show(view, [...(await view.ratings([id])).values()], new Set([id]));
    invariant(shown, "an application that was stepped is there");
    return shown;
  }

  /** Writes a member's vote; false where it is the vote that stands. A member who has left the case, by themselves or by the office, stays out. */
  async vote(
    tx: Tx,
    actor: Actor,
    rating: Rating,
    { memberId, choice, level }: Pick<RatingVote, "memberId" | "choice" | "level">,
  ): Promise<boolean> {
    const votes = (await tx.ratingVotes([rating.id])).get(rating.id) ?? [];
    const before = votes.find((vote) => vote.memberId === memberId);
    if (before?.choice === choice && before.level === level) return false;
    if (before?.choice === "RECUSE") refuse("RECUSAL_NEEDED", { recused: true });
    await tx.append(actor.personId as string, {
      type: "RATING_VOTED",
      id: before?.id ?? this.bank.id("ratingvote", tx.now),
      ratingId: rating.id,
      memberId,
      choice,
      level,
      version: (before?.version ?? 0) + 1,
    });
    return true;
  }

  /** Which of these persons may sit on a committee today. */
  async mayVote(view: View, personIds: readonly string[]): Promise<Set<string>> {
    const held = await this.bank.held(view, personIds);
    const asMember = (id: string): Actor => ({ ...nobody, personId: id, grants: held.get(id) ?? [] });
    return new Set(personIds.filter((id) => this.bank.permitAny(asMember(id), "rating.vote", [{}])));
  }

  /** The steps of an application, with what was said at each. */
  async stepsTaken(view: View, { id }: Rating): Promise<ToldStep[]> {
    return (await this.sight.stepsTaken(view, [id])).get(id) ?? [];
  }

  async append(
    tx: Tx,
    actor: Actor,
    actorKind: ActorKind,
    rating: Rating,
    action: RatingStepAction,
    before: Rating | null,
    { reasonId, wordsId = null }: { reasonId: string | null; wordsId?: string | null },
  ): Promise<void> {
    const { version } = take(ratingMoves, before, action, { reason: reasonId, to: rating.state });
    // The two are compared in one spelling: a database may give back the fields in another order.
    const lines = rating.lines.map(({ key, weight, value, points, source, share, counts }) => ({
      key,
      weight,
      value,
      points,
      source,
      share,
      ...(counts === undefined ? {} : { counts }),
    }));
    await tx.append(actor.personId as string, {
      type: "RATING_STEP",
      ...rating,
      lines,
      version,
      action,
      from: before?.state ?? null,
      actorKind,
      reasonId,
      wordsId,
    });
  }
}

/** What a step is decided on. */
export interface RatingScene {
  tx: Tx;
  actor: Actor;
  role: ActorKind;
  rating: Rating;
  /** Where the step leads by its table. */
  state: RatingState;
  round: RatingRound;
  /** The persons who vote on it. */
  seats: readonly string[];
  /** The actor's own seat: the id under which it was given, which may be an id from before a merging. */
  seat?: string;
  organization: Organization;
  policies: Policies;
  today: Day;
}
/** The act that a step needs. */
const actsOf: Record<RatingStepAction, Act> = {
  APPLY: "rating.apply",
  CHECK_ELIGIBILITY: "rating.run",
  SITE_VISIT: "rating.run",
  SCORE: "rating.score",
  PRELIMINARY: "rating.run",
  VOTE: "rating.vote",
  PUBLISH_NOTICE: "rating.run",
  SUPPLY_EVIDENCE: "rating.plead",
  REQUEST_RECUSAL: "rating.plead",
  GRANT_RECUSAL: "rating.run",
  REFUSE_RECUSAL: "rating.run",
  REQUEST_REVIEW: "rating.plead",
  WITHDRAW: "rating.plead",
  REVIEW: "rating.review",
  CONFIRM: "rating.run",
  FILE_UP: "rating.run",
  RETURN_PLAQUE: "rating.run",
  DOWNGRADE: "rating.run",
  REVOKE: "rating.run",
  SUPERSEDE: "rating.run",
};
