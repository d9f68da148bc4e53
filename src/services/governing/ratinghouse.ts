import type { Actor } from "../../domain/actors";
import type { Day } from "../../domain/calendar";
import type { Evidence } from "../../domain/hours";
import { ratingStep } from "../../domain/ratings";
import { refuse } from "../../domain/refusal";
import type { RatingsService, ShownRating } from "../contract";
import { checkEvidence } from "../input";
import { recusalsOf } from "./ratingsight";
import type { RatingSteps, Scene } from "./ratingsteps";

/** Papers that judges can be asked to look at for one application. */
const papersMost = 100;

/** What a rated house may do about its own case, and what an officer says to its wish for a recusal. */
export class RatingHouse {
  constructor(private readonly steps: RatingSteps) {}

  /** What the house wants its judges to see; the same papers twice are kept once. */
  async supplyEvidence(actor: Actor, input: Parameters<RatingsService["supplyEvidence"]>[1]): Promise<ShownRating> {
    const evidence = checkEvidence(input.evidence);
    if (evidence.length === 0) refuse("INVALID_INPUT", { least: 1 }, ["evidence"]);
    return this.steps.take(actor, { ...input, reason: input.note, at: "note" }, "SUPPLY_EVIDENCE", async (scene) => {
      const known = (await this.told(scene)).flatMap(({ said }) => said.evidence ?? []);
      const isKnown = (one: Evidence, among: readonly Evidence[]) =>
        among.some(({ kind, ref }) => kind === one.kind && ref === one.ref);
      const fresh = evidence.filter((one, i) => !isKnown(one, known) && !isKnown(one, evidence.slice(0, i)));
      if (fresh.length === 0) return { after: null };
      if (known.length + fresh.length > papersMost) refuse("INVALID_INPUT", { most: papersMost }, ["evidence"]);
      return {
        after: { ...scene.rating, state: ratingStep(scene.rating, "SUPPLY_EVIDENCE") },
        said: { evidence: fresh },
      };
    });
  }

  /** The house wants a member of the committee out of its case [EVAL39 §19]; the office decides. */
  requestRecusal(actor: Actor, input: Parameters<RatingsService["requestRecusal"]>[1]): Promise<ShownRating> {
    const { memberId } = input;
    return this.steps.take(actor, input, "REQUEST_RECUSAL", async (scene) => {
      if (!scene.round.committee.includes(memberId)) refuse("NOT_FOUND", {}, ["memberId"]);
      const asked = recusalsOf(await this.told(scene)).some((recusal) => recusal.memberId === memberId);
      if (asked) return { after: null };
      return { after: { ...scene.rating, state: ratingStep(scene.rating, "REQUEST_RECUSAL") }, said: { memberId } };
    });
  }

  /** A member who is taken out of a case stays out: what they voted is a recusal from now on. */
  decideRecusal(actor: Actor, input: Parameters<RatingsService["decideRecusal"]>[1]): Promise<ShownRating> {
    const { memberId, decision } = input;
    return this.steps.take(actor, input, decision, async (scene) => {
      const { tx, rating } = scene;
      const recusal =
        recusalsOf(await this.told(scene)).find((one) => one.memberId === memberId) ??
        refuse("NOT_FOUND", {}, ["memberId"]);
      if (recusal.decision === decision) return { after: null };
      if (recusal.decision !== null) refuse("ILLEGAL_TRANSITION", { action: decision, from: recusal.decision });
      if (decision === "GRANT_RECUSAL")
        await this.steps.vote(tx, scene.actor, rating, { memberId, choice: "RECUSE", level: null });
      return { after: { ...rating, state: ratingStep(rating, decision) }, said: { memberId } };
    });
  }

  requestReview(actor: Actor, input: Parameters<RatingsService["requestReview"]>[1]): Promise<ShownRating> {
    return this.steps.take(actor, input, "REQUEST_REVIEW", async ({ rating, today }) => {
      if (rating.state === "PUBLIC_NOTICE" && today > (rating.noticeUntil as Day))
        refuse("ILLEGAL_TRANSITION", { action: "REQUEST_REVIEW", noticeUntil: rating.noticeUntil });
      return { after: { ...rating, state: ratingStep(rating, "REQUEST_REVIEW") } };
    });
  }

  private told({ tx, rating }: Scene) {
    return this.steps.told(tx, rating);
  }
}
