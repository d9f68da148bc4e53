import type { Day, Instant } from "../kit/calendar";

/** What a field holds, as the bytes, the columns and the reference pages read it. */
export type Meaning =
  /** An id of ours with this prefix; `any` where a field names things of several kinds. */
  | { readonly is: "id"; readonly prefix: IdPrefix | "any" }
  /** The id of a sealed row. The entry that seals the row commits to it here. */
  | { readonly is: "sealed" }
  /** Words that people chose, in clear. They are checked to hold nobody's number. */
  | { readonly is: "text" }
  /** A short word of a list that is kept elsewhere, such as a division's code or a policy's key. */
  | { readonly is: "code" }
  /** A person's id, or `system`. */
  | { readonly is: "person" }
  /** SHA-256 in 64 hexadecimal digits; another text where it must be. */
  | { readonly is: "hash" }
  /** The first 16 bytes of a keyed hash in 22 signs of base64url, behind this beginning; another text where it must be. */
  | { readonly is: "shortHash"; readonly begins?: string }
  | { readonly is: "day" }
  /** Milliseconds since 1970. */
  | { readonly is: "instant" }
  /** A whole number, which may be below zero. */
  | { readonly is: "int" }
  /** A whole number from zero on. */
  | { readonly is: "count" }
  | { readonly is: "flag" }
  | { readonly is: "oneOf"; readonly values: readonly string[] }
  | { readonly is: "list"; readonly of: Word }
  | { readonly is: "json" };

/** A field of a fact, or a column of a table: `T` is the type of its values, which exists for the compiler alone. */
export type Word<T = unknown, Optional extends boolean = boolean> = Meaning & {
  readonly optional: Optional;
  readonly type: T;
  /** The version of its kind with which the field came; the first where it is left out. */
  readonly since?: number;
  /** Whether a later entry about the same thing leaves the field out where it stays as it was. */
  readonly kept?: true;
};
export type Words = Readonly<Record<string, Word>>;
export type ValueOf<W> = W extends Word<infer T> ? T : never;
export type Values<F> = { -readonly [K in keyof F]: ValueOf<F[K]> };

/** The prefixes of all ids. The bytes of an id leave the prefix out where its field says it. */
export const idPrefixes = [
  "account",
  "volunteer",
  "person",
  "organization",
  "record",
  "policy",
  "grant",
  "sealed",
  "campaign",
  "activity",
  "shift",
  "signup",
  "attendance",
  "guardian",
  "identity",
  "invitation",
  "tie",
  "socialworker",
  "training",
  "post",
  "head",
  "award",
  "finding",
  "household",
  "points",
  "recipient",
  "visit",
  "creditrecord",
  "creditread",
  "spotseed",
  "spotcheck",
  "ratinground",
  "rating",
  "ratingvote",
  "ratingsheet",
  "downgrade",
  "feedback",
  "order",
  "proxy",
  "star",
] as const;
export type IdPrefix = (typeof idPrefixes)[number];

const word = <T>(meaning: Meaning): Word<T, false> => ({ ...meaning, optional: false }) as Word<T, false>;

export const id = (prefix: IdPrefix | "any") => word<string>({ is: "id", prefix });
/** The id of a sealed row: what an entry says in words, or of a person, is sealed apart from the journal. */
export type SealedWord<T = string, Optional extends boolean = false> = Word<T, Optional> & { readonly is: "sealed" };
export const sealedRow = { is: "sealed", optional: false } as SealedWord;
/** A person, or the bank itself, which is `system`. */
export const person = word<string>({ is: "person" });
export const text = word<string>({ is: "text" });
export const code = word<string>({ is: "code" });
export const hash = word<string>({ is: "hash" });
export const shortHash = word<string>({ is: "shortHash" });
export const shortHashBehind = (begins: string) => word<string>({ is: "shortHash", begins });
export const day = word<Day>({ is: "day" });
export const instant = word<Instant>({ is: "instant" });
export const int = word<number>({ is: "int" });
export const count = word<number>({ is: "count" });
export const flag = word<boolean>({ is: "flag" });
/** A closed list. Its order is frozen: a value is written as its place in the list, and new ones stand at the end. */
export const oneOf = <const V extends readonly string[]>(values: V) => word<V[number]>({ is: "oneOf", values });
export const list = <T>(of: Word<T, false>) => word<T[]>({ is: "list", of });
/** A field that came with a later version of its kind: it stands behind all others, and is absent, or no, before. */
export const since = <W extends Word<unknown, true> | typeof flag>(version: number, of: W): W => ({
  ...of,
  since: version,
});
/**
 * A field that most steps leave as it was. The first entry about a thing says it, and of the later ones those that change it; it
 * never becomes absent.
 */
export const kept = <W extends Word>(of: W) => ({ ...of, kept: true }) as W & { readonly kept: true };
export const json = <T>() => word<T>({ is: "json" });

// In brackets: a word is a union of what it may mean, and is looked at whole.
type Optional<W> = [W] extends [SealedWord]
  ? SealedWord<string | null, true>
  : [W] extends [Word<infer T>]
    ? Word<T | null, true>
    : never;
export function optional<W extends Word<unknown, false>>(of: W): Optional<W>;
export function optional(of: Word<unknown, false>): Word<unknown, true> {
  return { ...of, optional: true };
}

/**
 * A word as the reference page writes it: `id(record)`, `oneOf(A B)`, `shortHash(keyed:)`; `?` may be absent, `*` is a list, `^` is
 * left out where it stays as it was, and `@2` came with the kind's second version.
 */
export function spelled(of: Word): string {
  const more = { id: "prefix" in of ? of.prefix : "", oneOf: "values" in of ? of.values.join(" ") : "" };
  const detail = of.is === "shortHash" ? of.begins : of.is === "id" || of.is === "oneOf" ? more[of.is] : undefined;
  const plain = of.is === "list" ? `${spelled(of.of)}*` : detail === undefined ? of.is : `${of.is}(${detail})`;
  return `${plain}${of.optional ? "?" : ""}${of.kept ? "^" : ""}${of.since === undefined ? "" : `@${of.since}`}`;
}
