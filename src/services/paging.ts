import { refuse } from "../domain/refusal";
import type { Page } from "../storage/store";
import type { Connection, PageInput } from "./contract";

export const cursorOf = (position: readonly (string | number)[]) =>
  Buffer.from(JSON.stringify(position)).toString("base64url");

/** What the parts of a position are: a cursor of another list, or one that was tampered with, does not fit. */
export type Shape = readonly ("text" | "count")[];

export function positionOf(cursor: string, shape: Shape): string[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const fits = (part: unknown, i: number) =>
      shape[i] === "count" ? Number.isSafeInteger(part) : typeof part === "string" && !part.includes("\0");
    if (Array.isArray(position) && position.length === shape.length && position.every(fits))
      return position.map(String);
  } catch {
    // Falls through: whatever it was, it is not a cursor of ours.
  }
  return refuse("INVALID_INPUT", {}, ["after"]);
}

export function checkFirst(first: number, most: number): void {
  if (!Number.isSafeInteger(first) || first < 1 || first > most) refuse("INVALID_INPUT", { least: 1, most }, ["first"]);
}

/** One page of a list by position. */
export async function paged<T>(
  input: PageInput,
  shape: Shape,
  ask: (page: Page) => Promise<T[]>,
  position: (row: T) => (string | number)[],
  most = 100,
): Promise<Connection<T>> {
  checkFirst(input.first, most);
  const after = input.after == null ? null : positionOf(input.after, shape);
  const rows = await ask({ first: input.first + 1, after });
  return connection(rows, input.first, after !== null, position);
}

export function connection<T>(
  rows: readonly T[],
  first: number,
  hasPreviousPage: boolean,
  position: (row: T) => (string | number)[],
): Connection<T> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: cursorOf(position(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
