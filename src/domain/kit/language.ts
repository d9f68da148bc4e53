/** People see Chinese and English. */
export type Language = "zh" | "en";

/** The same words in both languages. */
export type Text = Readonly<Record<Language, string>>;
