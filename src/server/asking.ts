/** The asker that is counted: a person by the token's subject, all others by their address. */
export interface Asker {
  readonly of: "person" | "address";
  readonly key: string;
}

/** What an answer tells about its cost. */
export interface Cost {
  /** What this operation counts; null where it is beyond counting, 0 where none was read. */
  readonly requested: number | null;
  /** The most that one operation may count. */
  readonly limit: number;
  /** What this asker may ask for within a window, and what was left of it. */
  readonly share: number;
  readonly remaining: number;
  /** Seconds until the whole share is there again. */
  readonly resetAfter: number;
}

/** What an operation asks for, and what is counted for it: reading it at least, and the rest where it runs. */
export interface Spent {
  requested: number | null;
  counted: number;
}
