import { pointBands } from "../../domain/village-points";
import { closed } from "../kit/enums";

export const PointBand = closed("PointBand", "The band in which a household's points are.", pointBands, {
  HIGH: "The household has 90 points or more, by the rule in force.",
  MIDDLE: "The household has 80 points or more, by the rule in force, and is not in the high band.",
  LOW: "The household has fewer points than the middle band asks for.",
});
export type PointBand = keyof typeof PointBand;
