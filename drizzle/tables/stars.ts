import { starStep } from "../../src/domain/facts/stars";
import { projected } from "../columns";
import type { Kit } from "../kit.sqlite";

/** Stars that volunteers were proposed for, have, or had, and the steps that were taken with them. */
export function defineStarTables(kit: Kit) {
  const { index } = kit;
  /** Projection of STAR_STEP: the star as its last step left it. */
  const starAwards = projected(kit, starStep.into.starAwards, (t) => [
    index("star_awards_volunteer").on(t.volunteerId),
    index("star_awards_state").on(t.state, t.noticeUntil, t.id),
    index("star_awards_division").on(t.divisionCode, t.openedSeq),
    index("star_awards_opened").on(t.openedSeq),
  ]);

  /** Projection of STAR_STEP: each step. */
  const starSteps = projected(kit, starStep.into.starSteps);

  return { starAwards, starSteps };
}
