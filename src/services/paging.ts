import { refuse } from "../domain/refusal";
import type { Page } from "../storage/store";
import type { Connection, PageInput } from "./contract";

export const cursorOf = (position: readonly (string | number)[]) =>
  Buffer.from(JSON.stringify(position)).toString("base64url");

export function positionOf(cursor: string): string[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (
      Array.isArray(position) &&
      position.length <= 4 &&
      position.every((part) => typeof part === "string" || Number.isSafeInteger(part))
    )
      return position.map(String);
  } catch {
    // Falls through: whatever it was, it is not a cursor of ours.
  }
  return refuse("INVALID_INPUT", {}, ["after"]);
}

export function checkFirst(first: number, most: number): void {
  if (!Number.isSafeInteger(first) || first < 1 || first > most) refuse("INVALID_INPUT", { least: 1, most }, ["first"]);
}

/** One page of a list by position. `parts` is how many values a position has. */
export async function paged<T>(
  input: PageInput,
  parts: number,
  ask: (page: Page) => Promise<T[]>,
  position: (row: T) => (string | number)[],
  most = 100,
): Promise<Connection<T>> {
  checkFirst(input.first, most);
  const after = input.after ? positionOf(input.after) : null;
  if (after && after.length !== parts) refuse("INVALID_INPUT", {}, ["after"]);
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
