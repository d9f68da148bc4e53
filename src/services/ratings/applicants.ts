import type { Evidence } from "../../domain/hours";
import type { Day } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import { counted } from "../../domain/kit/units";
import type { Actor } from "../../domain/permissions/actors";
import { type Asked, read } from "../bank/fields";
import {
  decideRatingRecusal,
  requestRatingRecusal,
  requestRatingReview,
  supplyRatingEvidence,
  withdrawRating,
} from "./commands";
import { recusalsOf, type ShownRating } from "./sight";
import type { RatingScene, RatingSteps } from "./steps";

/** Papers that judges can be asked to look at for one application. */
const papersMost = 100;

/** What a rated organisation may do about its own case, and what an officer decides about its wish for a recusal. */
export class RatingHouse {
  constructor(private readonly steps: RatingSteps) {}

  /** The organisation hands papers to its judges. The same papers are kept once. */
  async supplyEvidence(actor: Actor, input: Asked<typeof supplyRatingEvidence>): Promise<ShownRating> {
    const { evidence, note, ...asked } = read(supplyRatingEvidence, input);
    const step = { ...asked, reason: note, reasonAt: "note" };
    return this.steps.take(actor, step, "SUPPLY_EVIDENCE", async (scene) => {
      const known = (await this.stepsTaken(scene)).flatMap(({ words }) => words.evidence ?? []);
      const isKnown = (paper: Evidence, among: readonly Evidence[]) =>
        among.some(({ kind, ref }) => kind === paper.kind && ref === paper.ref);
      const fresh = evidence.filter((paper, i) => !isKnown(paper, known) && !isKnown(paper, evidence.slice(0, i)));
      const notes = (await this.stepsTaken(scene)).flatMap(({ words }) => (words.evidence ? (words.reason ?? []) : []));
      // Known papers with a new word about them are that word.
      if (fresh.length === 0 && (note === null || notes.includes(note))) return { after: null };
      if (known.length + fresh.length > papersMost)
        refuse("INVALID_INPUT", counted("ENTRIES", { most: papersMost }), ["evidence"]);
      return {
        after: { ...scene.rating, state: scene.state },
        words: { evidence: fresh },
      };
    });
  }

  /** The organisation asks that a member of the committee leaves its case [EVAL39 §19]; the office decides. */
  async requestRecusal(actor: Actor, input: Asked<typeof requestRatingRecusal>): Promise<ShownRating> {
    const { memberId, ...asked } = read(requestRatingRecusal, input);
    return this.steps.take(actor, asked, "REQUEST_RECUSAL", async (scene) => {
      if (!scene.seats.includes(memberId)) refuse("NOT_FOUND", {}, ["memberId"]);
      const known = recusalsOf(await this.stepsTaken(scene)).find((recusal) => recusal.memberId === memberId);
      if (known && known.reason === asked.reason) return { after: null };
      // One wish, one decision: another word for it is refused rather than lost.
      if (known) refuse("ILLEGAL_TRANSITION", { action: "REQUEST_RECUSAL", from: known.decision ?? "REQUEST_RECUSAL" });
      const after = { ...scene.rating, state: scene.state };
      return { after, words: { memberId }, about: memberId };
    });
  }

  /**
   * A member who is taken out of a case stays out: their vote is a recusal from now on. A substitute may sit in the place for
   * this case, named at once or later, also where the member left by themselves: the quorum is of all seats.
   */
  async decideRecusal(actor: Actor, input: Asked<typeof decideRatingRecusal>): Promise<ShownRating> {
    const { memberId, decision, substituteId, ...asked } = read(decideRatingRecusal, input);
    if (substituteId !== null && decision === "REFUSE_RECUSAL") refuse("INVALID_INPUT", { decision }, ["substituteId"]);
    return this.steps.take(actor, asked, decision, async (scene) => {
      const { tx, rating } = scene;
      const recusal = recusalsOf(await this.stepsTaken(scene)).find((wish) => wish.memberId === memberId);
      if (!recusal && !(await this.hasLeft(scene, memberId))) refuse("NOT_FOUND", {}, ["memberId"]);
      const known = recusal?.decision ?? null;
      const isSeated = substituteId === null || substituteId === recusal?.substituteId;
      if (known === decision && isSeated) return { after: null };
      if (known !== null && (known !== decision || recusal?.substituteId != null))
        refuse("ILLEGAL_TRANSITION", { action: decision, from: known });
      if (substituteId !== null) await this.checkSubstitute(scene, substituteId);
      if (decision === "GRANT_RECUSAL")
        await this.steps.vote(tx, scene.actor, rating, { memberId, choice: "RECUSE", level: null });
      const words = { memberId, ...(substituteId === null ? {} : { substituteId }) };
      return { after: { ...rating, state: scene.state }, words, about: memberId };
    });
  }

  /**
   * Whether a member has left the case by themselves, or has left the office by which they sit and has no vote that still
   * counts.
   */
  private async hasLeft({ tx, rating, seats, policies, today }: RatingScene, memberId: string): Promise<boolean> {
    if (!seats.includes(memberId)) return false;
    const vote = (await tx.ratingVotes([rating.id])).get(rating.id)?.find((cast) => cast.memberId === memberId);
    if (vote?.choice === "RECUSE") return true;
    const departures = await this.steps.recusal.departures(tx, [memberId], policies);
    return departures.of([memberId], today).length > 0 && (!vote || departures.counting([vote], today).length === 0);
  }

  /** Checks that the person is an assessor without a seat in the case and without an interest in the organisation, who has not judged it otherwise. */
  private async checkSubstitute(scene: RatingScene, personId: string): Promise<void> {
    const { tx, rating, seats, organization, policies, today } = scene;
    const path = ["substituteId"];
    const selves = await tx.selves(personId);
    if (seats.some((id) => selves.includes(id))) refuse("INVALID_INPUT", { expected: "somebody without a seat" }, path);
    if (!(await this.steps.mayVote(tx, [personId])).has(personId)) refuse("NOT_FOUND", {}, path);
    const out = await this.steps.recusal.interested(tx, [personId], organization, policies, today);
    if (out.size > 0) refuse("RECUSAL_NEEDED", {}, path);
    const steps = (await tx.ratingSteps([rating.id])).get(rating.id) ?? [];
    if (steps.some(({ actorId }) => selves.includes(actorId))) refuse("SAME_PERSON", {}, path);
  }

  /** The organisation takes its application back; while the round is open it may apply again. */
  async withdraw(actor: Actor, input: Asked<typeof withdrawRating>): Promise<ShownRating> {
    const asked = read(withdrawRating, input);
    return this.steps.take(actor, asked, "WITHDRAW", async ({ rating, state }) => ({ after: { ...rating, state } }));
  }

  async requestReview(actor: Actor, input: Asked<typeof requestRatingReview>): Promise<ShownRating> {
    const asked = read(requestRatingReview, input);
    return this.steps.take(actor, asked, "REQUEST_REVIEW", async ({ rating, state, today }) => {
      if (rating.state === "PUBLIC_NOTICE" && today > (rating.noticeUntil as Day))
        refuse("ILLEGAL_TRANSITION", { action: "REQUEST_REVIEW", noticeUntil: rating.noticeUntil });
      return { after: { ...rating, state } };
    });
  }

  private stepsTaken({ tx, rating }: RatingScene) {
    return this.steps.stepsTaken(tx, rating);
  }
}
