import type { ActorKind } from "../../domain/facts/actors";
import type { Organization } from "../../domain/facts/organizations";
import type {
  DowngradeAction,
  DowngradeState,
  Rating,
  RatingDowngrade,
  RatingInstrument,
} from "../../domain/facts/ratings";
import type { Evidence } from "../../domain/hours";
import { addDays, addMonths, type Instant, workingDayAfter } from "../../domain/kit/calendar";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import { downgradeStep } from "../../domain/ratings/downgrades";
import type { DowngradeStepRow, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import { workingCalendar } from "../bank/calendar";
import { type Asked, read } from "../bank/fields";
import { answerRatingDowngrade, downgradeRating, dropRatingDowngrade } from "./commands";
import { type Said, type ShownDowngrade, shownDowngrades } from "./downgrade-file";
import type { RatingSight, ShownRating } from "./sight";
import type { RatingScene, RatingStepInput, RatingSteps } from "./steps";

/** A step of an officer with a rating of an organisation for which the reader answers. */
export interface DowngradeNotice {
  downgradeId: string;
  ratingId: string;
  instrument: RatingInstrument;
  version: number;
  seq: number;
  at: Instant;
  action: DowngradeAction;
  to: DowngradeState;
  actorKind: ActorKind;
  reasonId: string | null;
}

/**
 * A rating is brought down by two officers: the first proposes it, with the ground, and the organisation is told and may answer;
 * another takes it. Until then the rating holds as it did.
 */
export class Downgrades {
  constructor(
    private readonly bank: Bank,
    private readonly steps: RatingSteps,
    private readonly sight: RatingSight,
  ) {}

  /** Proposes it where nobody has, and takes it where another officer has. */
  async downgrade(
    actor: Actor,
    input: Asked<typeof downgradeRating>,
  ): Promise<{ organization: Organization; downgrade: ShownDowngrade | null }> {
    const { organizationId, instrument, toLevel, ground, expectedVersion } = read(downgradeRating, input);
    const view = this.bank.store.view;
    const organization = await this.bank.organization(view, organizationId);
    const rating = this.sight.current((await view.ratingsOf([organizationId])).get(organizationId) ?? [], instrument);
    if (!rating) {
      this.bank.permit(actor, "rating.run", {});
      return refuse("ILLEGAL_TRANSITION", { action: "DOWNGRADE", from: null });
    }
    const action = toLevel === 0 ? "REVOKE" : "DOWNGRADE";
    const step = { applicationId: rating.id, expectedVersion, reason: ground, reasonAt: "ground" };
    await this.steps.take(actor, step, action, async (scene) => {
      const { rating } = scene;
      if (rating.state === "DOWNGRADED" && toLevel === rating.level) return { after: null };
      if (!Number.isSafeInteger(toLevel) || toLevel < 0 || toLevel >= (rating.level ?? 0))
        refuse("INVALID_INPUT", { least: 0, below: rating.level }, ["toLevel"]);
      return this.decide(scene, action, toLevel, ground);
    });
    return {
      organization,
      downgrade: (await shownDowngrades(this.bank, view, [rating.id])).get(rating.id)?.at(-1) ?? null,
    };
  }

  /** The rating once two officers have spoken; null where only the first has. The case is taken right before the rating. */
  private async decide(
    scene: RatingScene,
    action: "REVOKE" | "DOWNGRADE",
    toLevel: number,
    reason: string,
  ): Promise<{ after: Rating | null; first?: () => Promise<void> }> {
    const { tx, actor, role, rating, policies, today } = scene;
    const by = actor.personId as string;
    const selves = await tx.selves(by);
    const open = await this.open(tx, rating.id);
    if (!open) {
      const days = policies.count("rating.downgradeAnswerWorkingDays", today);
      const proposed: RatingDowngrade = {
        id: this.bank.id("downgrade", tx.now),
        ratingId: rating.id,
        toLevel,
        proposedBy: by,
        answerBy: workingDayAfter(workingCalendar(policies, today), today, days),
        answered: false,
        state: "PROPOSED",
        version: 0,
      };
      await this.append(tx, by, role, rating, proposed, "PROPOSE", { reason });
      return { after: null };
    }
    const isSame = open.toLevel === toLevel;
    // An officer who takes the same step again gets the same answer.
    if (isSame && selves.includes(open.proposedBy)) return { after: null };
    if (!isSame) refuse("INVALID_INPUT", { oneOf: [open.toLevel] }, ["toLevel"]);
    const taken = downgradeStep(open, "TAKE", { selves, today, reason });
    const first = () => this.append(tx, by, role, rating, taken, "TAKE", { reason });
    const years = policies.count(action === "REVOKE" ? "orgEval.revokeBanYears" : "orgEval.downgradeBanYears", today);
    const bannedUntil = addDays(addMonths(today, 12 * years), -1);
    const after = { ...rating, state: scene.state, level: toLevel, bannedUntil };
    return { after: action === "REVOKE" ? { ...after, validUntil: addDays(today, -1) } : after, first };
  }

  /** The organisation's answer to a downgrade that is proposed. */
  async answer(actor: Actor, input: Asked<typeof answerRatingDowngrade>): Promise<ShownRating> {
    const { statement, ...asked } = read(answerRatingDowngrade, input);
    return this.step(actor, { ...asked, reason: statement, reasonAt: "statement" }, "ANSWER");
  }

  /** What was proposed is let go, by any officer. */
  async drop(actor: Actor, input: Asked<typeof dropRatingDowngrade>): Promise<ShownRating> {
    return this.step(actor, { ...read(dropRatingDowngrade, input), reasonAt: "reason" }, "DROP");
  }

  private async step(
    actor: Actor,
    input: RatingStepInput & { reason: string; reasonAt: string; evidence?: Evidence[] },
    action: "ANSWER" | "DROP",
  ): Promise<ShownRating> {
    const { reason, reasonAt, evidence = [] } = input;
    return this.bank.commands.act(actor, async (tx, actor) => {
      const rating = (await tx.ratings([input.applicationId])).get(input.applicationId);
      if (!rating || !(await this.sight.sees(tx, actor, [rating])).has(rating.id))
        return refuse("NOT_FOUND", {}, ["applicationId"]);
      const organization = await this.bank.organization(tx, rating.organizationId);
      const own = action === "ANSWER";
      const act = own ? "rating.plead" : "rating.run";
      const role = this.bank.permit(actor, act, own ? await this.bank.places.at(tx, organization) : {});
      const [today, policies] = [this.bank.today(), await this.bank.policies(tx)];
      if (!own) await this.steps.recusal.checkDisinterested(tx, actor, organization, policies, today);
      const by = actor.personId as string;
      const last = (await tx.ratingDowngrades([rating.id])).get(rating.id)?.at(-1) ?? null;
      if (last && (await this.wasTaken(tx, last, action, by, reason))) return this.steps.shown(tx, rating);
      const { expectedVersion } = input;
      const asked = { expectedVersion: last ? expectedVersion : null, reason, reasonAt };
      const after = downgradeStep(last, action, { ...asked, selves: await tx.selves(by), today });
      const words = { reason, ...(evidence.length > 0 ? { evidence } : {}) };
      await this.append(tx, by, role, rating, after, action, words);
      return this.steps.shown(tx, rating);
    });
  }

  /** An actor who takes the same step again in the same words gets the same answer. */
  private async wasTaken(
    tx: Tx,
    { id }: RatingDowngrade,
    action: DowngradeAction,
    by: string,
    reason: string,
  ): Promise<boolean> {
    const step = (await tx.ratingDowngradeSteps([id])).get(id)?.at(-1);
    if (step?.action !== action || step.actorId !== by) return false;
    const wordsById = await this.bank.vault.open<Said>(tx, [step.reasonId]);
    return wordsById.get(step.reasonId ?? "")?.reason === reason;
  }

  private async open(view: View, ratingId: string): Promise<RatingDowngrade | undefined> {
    return (await view.ratingDowngrades([ratingId])).get(ratingId)?.find(({ state }) => state === "PROPOSED");
  }

  private async append(
    tx: Tx,
    by: string,
    actorKind: ActorKind,
    rating: Rating,
    downgrade: RatingDowngrade,
    action: DowngradeAction,
    words: Said,
  ): Promise<void> {
    await tx.append(by, {
      type: "RATING_DOWNGRADE_STEP",
      ...downgrade,
      version: downgrade.version + 1,
      action,
      from: action === "PROPOSE" ? null : "PROPOSED",
      actorKind,
      reasonId: await this.bank.vault.seal(tx, rating.personId, words),
    });
  }

  /** The steps of officers with ratings of organisations for which the actor answers. */
  async stepsFor(view: View, actor: Actor): Promise<DowngradeNotice[]> {
    if (actor.personId === null) return [];
    const held = actor.grants.flatMap(({ organizationId }) => organizationId ?? []);
    const organizationIds = [...(await this.bank.places.organizationsWhere(view, actor, "rating.plead", held))];
    const ratings = [...(await view.ratingsOf(organizationIds)).values()].flat();
    const downgrades = await view.ratingDowngrades(ratings.map(({ id }) => id));
    const steps = await view.ratingDowngradeSteps([...downgrades.values()].flat().map(({ id }) => id));
    return ratings.flatMap(({ id: ratingId, instrument }) =>
      (downgrades.get(ratingId) ?? []).flatMap(({ id }) =>
        (steps.get(id) ?? [])
          .filter(({ action }: DowngradeStepRow) => action !== "ANSWER")
          .map((step) => ({ ...step, ratingId, instrument })),
      ),
    );
  }
}
