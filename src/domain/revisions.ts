/** The steps of a campaign or a household after it was entered, each with the columns that it may change. */
export const campaignMoves = { REVISE: ["name", "nameEn", "tagline", "taglineEn", "day"] } as const;
export const householdMoves = {
  /** It moved, has another number, or another head. */
  REVISE: ["householdNo", "divisionCode"],
  /** Some of it became a household of its own. */
  SPLIT: [],
} as const;
