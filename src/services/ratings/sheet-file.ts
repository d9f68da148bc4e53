import type { PartPoints } from "../../domain/facts/ratings";
import type { Instant } from "../../domain/kit/calendar";
import type { View } from "../../storage/store";
import type { Bank } from "../bank";

/** What one assessor gave, each time that they handed it in. */
export interface ShownSheet {
  assessorId: string;
  at: Instant;
  version: number;
  /** Whether it is the assessor's last, which goes into the score. */
  isLast: boolean;
  scores: (PartPoints & { comment: string | null })[];
}

/** What an assessor says of the parts, by their keys; sealed under the application's key. */
export type Comments = Record<string, string>;

/** All sheets of an application as its file shows them, the first handed in first. */
export async function shownSheets(
  bank: Bank,
  view: View,
  ratingIds: readonly string[],
): Promise<Map<string, ShownSheet[]>> {
  const sheets = await view.ratingSheets(ratingIds);
  const all = [...sheets.values()].flat();
  const commentsById = await bank.vault.open<Comments>(
    view,
    all.map(({ commentsId }) => commentsId),
  );
  const at = await view.recordedAt(all.map(({ seq }) => seq));
  return new Map(
    [...sheets].map(([id, ofRating]) => [
      id,
      ofRating.map(({ seq, assessorId, points, commentsId, version }, i) => {
        const comments = commentsById.get(commentsId ?? "") ?? {};
        return {
          assessorId,
          version,
          at: Math.floor((at.get(seq) ?? 0) / 1000),
          isLast: !ofRating.slice(i + 1).some((later) => later.assessorId === assessorId),
          scores: points.map((part) => ({ ...part, comment: comments[part.key] ?? null })),
        };
      }),
    ]),
  );
}
