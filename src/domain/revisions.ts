/** The steps of a campaign or a household after it was entered, each with the columns that it may change. */
export const campaignMoves = { REVISE: ["name", "nameEn", "tagline", "taglineEn", "day"] } as const;
export const householdMoves = {
  /** The household has moved, or has another number or another head. */
  REVISE: ["householdNo", "divisionCode"],
  /** A part of the household became a household of its own. */
  SPLIT: [],
} as const;
