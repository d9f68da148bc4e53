import type { PartPoints, Rating, RatingSheet, ScoreLine } from "../../domain/facts/ratings";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { SheetRule } from "../../domain/policies/values";
import { instruments, scoreOf } from "../../domain/ratings";
import { joinedLines } from "../../domain/ratings/sheets";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import { canonical } from "../bank/canonical";
import { type Asked, read } from "../bank/fields";
import { scoreRating } from "./commands";
import type { Comments } from "./sheet-file";
import type { ShownRating } from "./sight";
import type { RatingScene, RatingSteps } from "./steps";

/** What assessors give after a site visit: a sheet each, of which a policy makes one score. */
export class RatingSheets {
  constructor(
    private readonly bank: Bank,
    private readonly steps: RatingSteps,
  ) {}

  /** Takes an assessor's points, all parts at once. They take the place of the assessor's earlier points, and of no other assessor's. */
  async score(actor: Actor, input: Asked<typeof scoreRating>): Promise<ShownRating> {
    const { scores, ...asked } = read(scoreRating, input);
    return this.steps.take(actor, asked, "SCORE", async (scene) => {
      const { tx, rating, round, policies, actor } = scene;
      if (rating.instrument === "PLATFORM_STAR") refuse("ILLEGAL_TRANSITION", { action: "SCORE", computed: true });
      const weights = policies.weights(instruments[rating.instrument].weights, round.opensOn);
      const byKey = new Map(scores.map((score) => [score.key, score]));
      if (byKey.size !== scores.length || byKey.size !== weights.length)
        refuse("INVALID_INPUT", { each: weights.map(({ code }) => code) }, ["scores"]);
      const comments: Comments = {};
      const points = weights.map(({ code: key, weight }): PartPoints => {
        const score = byKey.get(key) ?? refuse("INVALID_INPUT", { missing: key }, ["scores"]);
        if (!Number.isSafeInteger(score.points) || score.points < 0 || score.points > weight)
          refuse("INVALID_INPUT", { key, most: weight }, ["scores"]);
        if (score.comment !== null) comments[key] = score.comment;
        return { key, points: score.points };
      });
      if (!(await this.hand(tx, actor, rating, points, comments))) return { after: null };
      const lines = await this.lines(scene);
      const after = { ...rating, state: scene.state, lines, score: scoreOf(lines) };
      return {
        after: { ...after, policyId: policies.inForce(instruments[rating.instrument].weights, round.opensOn).id },
      };
    });
  }

  /** The score of all sheets so far; ASSESSORS_MISSING where too few have handed theirs in for a result. */
  async result(scene: RatingScene): Promise<ScoreLine[]> {
    const needed = scene.policies.count("orgEval.minAssessors", scene.round.opensOn);
    const sheets = (await this.counting(scene)).length;
    if (sheets < needed) refuse("ASSESSORS_MISSING", { sheets, needed });
    return this.lines(scene);
  }

  private async lines(scene: RatingScene): Promise<ScoreLine[]> {
    const { rating, round, policies } = scene;
    const weights = policies.weights(instruments[rating.instrument].weights, round.opensOn);
    const rule = policies.choice<SheetRule>("orgEval.sheetRule", round.opensOn);
    return joinedLines(await this.counting(scene), weights, rule);
  }

  /** Each assessor's last sheet, but for assessors who have come to have an interest in the organisation since. */
  private async counting({ tx, rating, organization, policies, today }: RatingScene): Promise<RatingSheet[]> {
    const sheets = await this.ofAssessors(tx, rating);
    const assessors = sheets.map(({ assessorId }) => assessorId);
    const out = await this.steps.recusal.interested(tx, assessors, organization, policies, today);
    return sheets.filter(({ assessorId }) => !out.has(assessorId));
  }

  /** The last sheet of each person, also of a person who handed in a sheet before a merging. */
  private async ofAssessors(view: View, { id }: Rating): Promise<RatingSheet[]> {
    const sheets = (await view.ratingSheets([id])).get(id) ?? [];
    const now = await view.standing(sheets.map(({ assessorId }) => assessorId));
    const last = new Map(sheets.map((sheet) => [now.get(sheet.assessorId), sheet]));
    return sheets.filter((sheet) => last.get(now.get(sheet.assessorId)) === sheet);
  }

  /** False where the assessor's last sheet says the same. */
  private async hand(tx: Tx, actor: Actor, rating: Rating, points: PartPoints[], comments: Comments): Promise<boolean> {
    const assessorId = actor.personId as string;
    const mine = (await tx.ratingSheets([rating.id]))
      .get(rating.id)
      ?.filter((sheet) => sheet.assessorId === assessorId);
    const before = mine?.at(-1);
    if (before) {
      const kept = (await this.bank.vault.open<Comments>(tx, [before.commentsId])).get(before.commentsId ?? "") ?? {};
      // The two are compared in one spelling: a database may give back the fields of an object in another order.
      if (canonical([points, comments]) === canonical([before.points, kept])) return false;
    }
    const hasWords = Object.keys(comments).length > 0;
    await tx.append(assessorId, {
      type: "RATING_SHEET_SET",
      id: before?.id ?? this.bank.id("ratingsheet", tx.now),
      ratingId: rating.id,
      assessorId,
      points,
      commentsId: hasWords ? await this.bank.vault.seal(tx, rating.personId, comments) : null,
      version: (before?.version ?? 0) + 1,
    });
    return true;
  }
}
