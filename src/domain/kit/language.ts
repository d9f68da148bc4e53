/** People see Chinese and English. */
export type Language = "zh" | "en";
