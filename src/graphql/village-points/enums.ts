import { pointBands } from "../../domain/village-points";
import { closed } from "../kit/enums";

export const PointBand = closed("PointBand", "In which band a household's points are.", pointBands, {
  HIGH: "From 90 points, by the rule in force.",
  MIDDLE: "From 80 points, by the rule in force.",
  LOW: "Fewer points than that.",
});
export type PointBand = keyof typeof PointBand;
