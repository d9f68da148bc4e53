import { indicatorUnits } from "../../domain/indicators";
import { closed } from "../kit/enums";

export const IndicatorUnit = closed(
  "IndicatorUnit",
  "The unit in which the value of a measure is given.",
  indicatorUnits,
  {
    COUNT: "The value is a whole number of things.",
    RATIO: "The value is a share, which is 1 for all.",
    MINUTES: "The value is a number of whole minutes of service.",
    PER_TEN_THOUSAND: "The value says how many there are for every ten thousand people.",
  },
);
export type IndicatorUnit = keyof typeof IndicatorUnit;
