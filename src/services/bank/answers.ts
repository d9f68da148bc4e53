import type { Refusal } from "../../domain/kit/refusal";

/**
 * The `first` or the `last`, from 0 to 100 (statement 500), between two opaque cursors of the same list in the same order. Else
 * INVALID_INPUT.
 */
export interface PageInput {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}
export type OrderDirection = "ASC" | "DESC";
/** A page of a list that may be asked for in either direction; the list has its own direction where none is named. */
export interface OrderedPageInput extends PageInput {
  direction?: OrderDirection | null;
}
export interface Connection<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  /** How many there are in all, whatever page is asked for. */
  totalCount(): Promise<number>;
}
export interface Done<T> {
  value: T;
  /** True when this key was answered before: the value is rendered anew, nothing was done. */
  replayed: boolean;
}
export type BatchMode = "EACH" | "ALL_OR_NOTHING";
/** What became of a batch, line by line: accepted, repeated and refused count lines and add up. */
export interface BatchOf<T> {
  accepted: number;
  repeated: number;
  refused: number;
  replayed: boolean;
  /** `record` is what the line is about, as the actor may see it; null where not, or where the line was refused. */
  results: { index: number; repeated: boolean; record: T | null; refusal: Refusal | null }[];
}
