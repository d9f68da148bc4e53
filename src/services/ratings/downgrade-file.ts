import type { ActorKind } from "../../domain/facts/actors";
import type { DowngradeAction, DowngradeState, RatingDowngrade } from "../../domain/facts/ratings";
import type { Evidence } from "../../domain/hours";
import type { Instant } from "../../domain/kit/calendar";
import type { View } from "../../storage/store";
import type { Bank } from "../bank";

/** A rating that was to be brought down, with each step. */
export interface ShownDowngrade extends RatingDowngrade {
  history: {
    at: Instant;
    action: DowngradeAction;
    from: DowngradeState | null;
    to: DowngradeState;
    actorKind: ActorKind;
    reason: string | null;
    evidence: Evidence[];
  }[];
}

/** What a step of a downgrade says, sealed under the application's key. */
export interface Said {
  reason: string;
  evidence?: Evidence[];
}

/** What was proposed about each rating, with the steps; the first proposed first. */
export async function shownDowngrades(
  bank: Bank,
  view: View,
  ratingIds: readonly string[],
): Promise<Map<string, ShownDowngrade[]>> {
  const downgrades = await view.ratingDowngrades(ratingIds);
  const steps = await view.ratingDowngradeSteps([...downgrades.values()].flat().map(({ id }) => id));
  const wordsById = await bank.vault.open<Said>(
    view,
    [...steps.values()].flat().map(({ reasonId }) => reasonId),
  );
  const history = (id: string) =>
    (steps.get(id) ?? []).map(({ at, action, from, to, actorKind, reasonId }) => {
      const { reason = null, evidence = [] } = wordsById.get(reasonId ?? "") ?? {};
      return { at, action, from, to, actorKind, reason, evidence };
    });
  return new Map(
    [...downgrades].map(([id, ofRating]) => [
      id,
      ofRating.map((downgrade) => ({ ...downgrade, history: history(downgrade.id) })),
    ]),
  );
}
