import type { ActorKind } from "../../domain/facts/actors";
import {
  judging,
  type Rating,
  type RatingInstrument,
  type RatingRound,
  type RatingState,
  type RatingStepAction,
  type RatingVote,
} from "../../domain/facts/ratings";
import type { Evidence } from "../../domain/hours";
import { type Day, dayOf, type Instant } from "../../domain/kit/calendar";
import type { Text } from "../../domain/kit/language";
import type { Actor } from "../../domain/permissions/actors";
import {
  countingStates,
  countVotes,
  type DepartedVotes,
  instruments,
  isPublic,
  published,
  type RecusalDecision,
  type RoundState,
  roundState,
  stateOn,
  type VoteCount,
} from "../../domain/ratings";
import type { RatingStepRow, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { comparing, paged, pageOf, shownPage } from "../bank/paging";
import { type ShownDowngrade, shownDowngrades } from "./downgrade-file";
import { Recusal } from "./recusal";
import { type ShownSheet, shownSheets } from "./sheet-file";

export type ShownRound = RatingRound & { state: RoundState };
/** An application, or a rating, with what explains it; `state` as of today. */
export interface ShownRating extends Rating {
  /** The votes, with the number of members who have left the committee and whether their votes count. */
  votes: VoteCount & { departed: number; departedVotes: DepartedVotes };
  review: {
    requestedAt: Instant;
    /** How many have spoken. */
    reviewers: number;
    decision: "UPHELD" | "CHANGED" | null;
    reason: string | null;
  } | null;
  /** What the parts of its score are called. */
  partNames: Map<string, Text>;
  /** Recusals that wait for the office's decision; 0 for outsiders. */
  recusalsOpen: number;
}
/** A request of the rated organisation that a member leaves its case; the office's decision is null while it is open. */
export interface ShownRecusal {
  memberId: string;
  /** Null where the organisation did not ask: the member left by themselves. */
  requestedAt: Instant | null;
  reason: string | null;
  decision: RecusalDecision | null;
  decidedAt: Instant | null;
  decisionReason: string | null;
  /** The substitute in the member's place for this case; null where there is none. */
  substituteId: string | null;
}
/** What is behind an application. */
export interface RatingFile {
  sheets: ShownSheet[];
  downgrades: ShownDowngrade[];
  evidence: { at: Instant; evidence: Evidence[]; note: string | null }[];
  recusals: ShownRecusal[];
  history: {
    at: Instant;
    action: RatingStepAction;
    from: RatingState | null;
    to: RatingState;
    actorKind: ActorKind;
    reason: string | null;
  }[];
}

/** No round has more. */
const applicationsMost = 5000;

/** What a step of a rating says, sealed under the application's key. */
export interface Said {
  reason?: string;
  /** What a reviewer decided. */
  decision?: "UPHELD" | "CHANGED";
  comments?: Record<string, string>;
  /** What the organisation handed in. */
  evidence?: Evidence[];
  /** The member that the organisation asks to leave, or about which the office has decided. */
  memberId?: string;
  /** The person that the office has put in that member's place. */
  substituteId?: string;
}
export interface ToldStep extends RatingStepRow {
  words: Said;
}

/** What organisations asked about members, and what the office decided: the last decision about each counts. */
export function recusalsOf(steps: readonly ToldStep[]): ShownRecusal[] {
  const recusals = new Map<string, ShownRecusal>();
  for (const { action, at, words } of steps) {
    const { memberId = "", reason = null } = words;
    const asked = recusals.get(memberId) ?? { ...unasked, memberId };
    if (action === "REQUEST_RECUSAL") recusals.set(memberId, { ...asked, requestedAt: at, reason });
    else if (action === "GRANT_RECUSAL" || action === "REFUSE_RECUSAL") {
      const substituteId = words.substituteId ?? asked.substituteId;
      recusals.set(memberId, { ...asked, decision: action, decidedAt: at, decisionReason: reason, substituteId });
    }
  }
  return [...recusals.values()];
}
export const recusalsOpen = (steps: readonly ToldStep[]) =>
  recusalsOf(steps).filter(({ decision }) => decision === null).length;
const unasked: Omit<ShownRecusal, "memberId"> = {
  ...{ requestedAt: null, reason: null, decision: null, decidedAt: null, decisionReason: null, substituteId: null },
};

/** The voters of a case: the round's committee, and the substitutes of members who are out of it. */
export function seatsOf({ committee }: Pick<RatingRound, "committee">, steps: readonly ToldStep[]): string[] {
  return [...committee, ...recusalsOf(steps).flatMap(({ substituteId }) => substituteId ?? [])];
}

/** Rounds and ratings as those may see them who ask. */
export class RatingSight {
  private readonly recusal = new Recusal();
  constructor(private readonly bank: Bank) {}

  async rounds(filter: { instrument?: RatingInstrument | null }, page: PageInput): Promise<Connection<ShownRound>> {
    const view = this.bank.store.view;
    const rounds = await paged(
      page,
      { name: "ratingRounds", shape: ["text", "text"] },
      (bounds) => view.ratingRoundList(filter.instrument ?? null, bounds),
      ({ opensOn, id }) => [opensOn, id],
    );
    return shownPage(rounds, (rows) => this.rounded(view, rows));
  }

  async roundsById(ids: readonly string[]): Promise<(ShownRound | null)[]> {
    const view = this.bank.store.view;
    const shown = await this.rounded(view, [...(await view.ratingRounds(ids)).values()]);
    return ids.map((id) => shown.find((round) => round.id === id) ?? null);
  }

  async applications(actor: Actor, roundId: string, page: PageInput): Promise<Connection<ShownRating>> {
    const view = this.bank.store.view;
    // Few apply in a round; an actor who may not see an application is not told that it exists.
    const all = await view.ratingsOfRound(roundId, { first: applicationsMost, after: null });
    const seen = await this.sees(view, actor, all);
    const applications = await paged(
      page,
      { name: "applications", shape: ["text"] },
      async (bounds) =>
        pageOf(
          all.filter(({ id }) => seen.has(id)),
          bounds,
          ({ id }, [at]) => comparing(id, at as string),
        ),
      ({ id }) => [id],
    );
    return shownPage(applications, async (rows) => this.show(view, rows, await this.insiders(view, actor, rows)));
  }

  many(actor: Actor, ids: readonly string[]): Promise<(ShownRating | null)[]> {
    return this.seen(this.bank.store.view, actor, ids);
  }

  async currentOf(organizationIds: readonly string[]): Promise<Record<RatingInstrument, Rating | null>[]> {
    const view = this.bank.store.view;
    const [ratings, organizations] = [await view.ratingsOf(organizationIds), await view.organizations(organizationIds)];
    // An organisation that was dissolved has no rating.
    const of = (id: string) => (organizations.get(id)?.state === "DISSOLVED" ? [] : (ratings.get(id) ?? []));
    return organizationIds.map((id) => ({
      PLATFORM_STAR: this.current(of(id), "PLATFORM_STAR"),
      EVALUATION_GRADE: this.current(of(id), "EVALUATION_GRADE"),
    }));
  }

  async historyOf(organizationIds: readonly string[]): Promise<ShownRating[][]> {
    const view = this.bank.store.view;
    const ratings = await view.ratingsOf(organizationIds);
    const shown = await this.show(view, [...ratings.values()].flat().filter(isPublic), new Set());
    return organizationIds.map((id) => shown.filter(({ organizationId }) => organizationId === id).reverse());
  }

  /** The file of an application, for its organisation, its judges, officers and auditors; null for everybody else. */
  async filesOf(actor: Actor, ids: readonly string[]): Promise<(RatingFile | null)[]> {
    const view = this.bank.store.view;
    const ratings = await view.ratings(ids);
    const seen = await this.insiders(view, actor, [...ratings.values()]);
    const stepsOf = await this.stepsTaken(view, [...seen]);
    const [sheets, downgrades] = [
      await shownSheets(this.bank, view, [...seen]),
      await shownDowngrades(this.bank, view, [...seen]),
    ];
    return ids.map((id) => {
      const steps = stepsOf.get(id);
      if (!steps) return null;
      return {
        evidence: steps.flatMap(({ at, words: { evidence, reason } }) =>
          evidence ? [{ at, evidence, note: reason ?? null }] : [],
        ),
        recusals: recusalsOf(steps),
        sheets: sheets.get(id) ?? [],
        downgrades: downgrades.get(id) ?? [],
        history: steps.map(({ at, action, from, to, actorKind, words }) => ({
          ...{ at, action, from, to, actorKind },
          reason: words.reason ?? null,
        })),
      };
    });
  }

  /** The steps of each, with what was said at them. */
  async stepsTaken(view: View, ids: readonly string[]): Promise<Map<string, ToldStep[]>> {
    const steps = await view.ratingSteps(ids);
    const rows = [...steps.values()].flat();
    const wordsById = await this.bank.vault.open<Said>(
      view,
      rows.map(({ reasonId }) => reasonId),
    );
    const words = await this.bank.vault.open<Pick<Said, "reason">>(
      view,
      rows.map(({ wordsId }) => wordsId),
    );
    const wordsAt = ({ reasonId, wordsId }: RatingStepRow): Said => ({
      ...wordsById.get(reasonId ?? ""),
      ...words.get(wordsId ?? ""),
    });
    return new Map(
      [...steps].map(([id, ofRating]) => [id, ofRating.map((step) => ({ ...step, words: wordsAt(step) }))]),
    );
  }

  current(ratings: readonly Rating[], instrument: RatingInstrument): Rating | null {
    const today = this.bank.today();
    const counting = ratings.filter(
      (rating) =>
        rating.instrument === instrument &&
        countingStates.includes(rating.state) &&
        (rating.validUntil as Day) >= today,
    );
    return counting.at(-1) ?? null;
  }

  async rounded(view: View, rounds: readonly RatingRound[]): Promise<ShownRound[]> {
    const pending = await view.ratingsPending(rounds.map(({ id }) => id));
    const today = this.bank.today();
    return rounds.map((round) => ({ ...round, state: roundState(round, pending.get(round.id) ?? 0, today) }));
  }

  async seen(view: View, actor: Actor, ids: readonly string[]): Promise<(ShownRating | null)[]> {
    const stored = [...(await view.ratings(ids)).values()];
    const seen = await this.sees(view, actor, stored);
    const ratings = stored.filter(({ id }) => seen.has(id));
    const shown = await this.show(view, ratings, await this.insiders(view, actor, ratings));
    return ids.map((id) => shown.find((rating) => rating.id === id) ?? null);
  }

  /** Everybody sees a rating from its public notice on; before, its organisation, its judges, officers and auditors do. */
  async sees(view: View, actor: Actor, ratings: readonly Rating[]): Promise<Set<string>> {
    const inside = await this.insiders(view, actor, ratings);
    return new Set(ratings.filter((rating) => isPublic(rating) || inside.has(rating.id)).map(({ id }) => id));
  }

  private async insiders(view: View, actor: Actor, ratings: readonly Rating[]): Promise<Set<string>> {
    const organizationIds = await this.bank.places.organizationsWhere(
      view,
      actor,
      "rating.see",
      ratings.map(({ organizationId }) => organizationId),
    );
    const judges = this.bank.permitAny(actor, "rating.judge", [{}]) !== null;
    return new Set(
      ratings.filter((rating) => judges || organizationIds.has(rating.organizationId)).map(({ id }) => id),
    );
  }

  /** `insiders` names those whose grounds are told in full; everybody else hears of what is published. */
  async show(view: View, ratings: readonly Rating[], insiders: ReadonlySet<string>): Promise<ShownRating[]> {
    const ids = ratings.map(({ id }) => id);
    const [steps, votes] = [await this.stepsTaken(view, ids), await this.recusal.votesOf(view, ids)];
    const rounds = await view.ratingRounds(ratings.map(({ roundId }) => roundId));
    const policies = await this.bank.policies(view);
    const seated = [...rounds.values()].flatMap(({ committee }) => committee);
    const substitutes = [...steps.values()].flatMap((history) => seatsOf({ committee: [] }, history));
    const departures = await this.recusal.departures(view, [...new Set([...seated, ...substitutes])], policies);
    return ratings.map((rating) => {
      const history = steps.get(rating.id) ?? [];
      // The votes on which the notice was published stay, also when a member leaves later.
      const noticedAt = history.find(({ action }) => action === "PUBLISH_NOTICE")?.at;
      const countedOn = noticedAt === undefined ? this.bank.today() : dayOf(noticedAt);
      const asked = history.find(({ action }) => action === "REQUEST_REVIEW");
      const heard = history.find(({ action, to }) => action === "REVIEW" && to === "REVIEWED");
      const round = rounds.get(rating.roundId);
      const seats = round ? seatsOf(round, history) : [];
      const [ofCommittee, ofReviewers] = [true, false].map((seated) =>
        (votes.get(rating.id) ?? []).filter(({ memberId }) => seats.includes(memberId) === seated),
      ) as [RatingVote[], RatingVote[]];
      return {
        ...rating,
        failed: insiders.has(rating.id) ? rating.failed : published(rating.failed),
        state: stateOn(rating, this.bank.today(), policies),
        // What ended undecided needs no decision any more.
        recusalsOpen: insiders.has(rating.id) && judging.includes(rating.state) ? recusalsOpen(history) : 0,
        votes: {
          ...countVotes(departures.counting(ofCommittee, countedOn), round?.committee.length ?? 0),
          departed: departures.of(seats, countedOn).length,
          departedVotes: departures.rule(countedOn),
        },
        review: asked
          ? {
              requestedAt: asked.at,
              reviewers: ofReviewers.length,
              decision: heard?.words.decision ?? null,
              reason: heard?.words.reason ?? null,
            }
          : null,
        partNames: policies.partNames(instruments[rating.instrument].weights, rating.policyId),
      };
    });
  }
}
