import { indicatorUnits } from "../../domain/indicators";
import { closed } from "../kit/enums";

export const IndicatorUnit = closed("IndicatorUnit", "In what an indicator is told.", indicatorUnits, {
  COUNT: "A whole number of things.",
  RATIO: "A share, 1 for all of them.",
  MINUTES: "Whole minutes of service.",
  PER_TEN_THOUSAND: "How many for every ten thousand people.",
});
export type IndicatorUnit = keyof typeof IndicatorUnit;
