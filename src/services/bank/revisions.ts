import type { Revision } from "../../domain/facts/revisions";
import type { View } from "../../storage/store";
import type { Bank } from ".";

/** What was changed in a campaign or a household, with its reason. */
export interface ShownRevision extends Pick<Revision, "at" | "action" | "fields" | "otherId" | "actorKind"> {
  reason: string | null;
}

/** The steps of campaigns or households with their reasons, as far as those can still be read. */
export async function shownRevisions(
  bank: Bank,
  view: View,
  ids: readonly string[],
): Promise<Map<string, ShownRevision[]>> {
  const steps = await view.revisions(ids);
  const reasons = await bank.vault.open<{ reason: string }>(
    view,
    [...steps.values()].flat().map(({ reasonId }) => reasonId),
  );
  return new Map(
    [...steps].map(([id, ofId]) => [
      id,
      ofId.map(({ at, action, fields, otherId, subjectId, actorKind, reasonId }) => ({
        ...{ at, action, fields, actorKind },
        // For a household that was split off, the other one is the household from which it came.
        otherId: subjectId === id ? otherId : subjectId,
        reason: reasons.get(reasonId)?.reason ?? null,
      })),
    ]),
  );
}
