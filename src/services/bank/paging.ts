import { refuse } from "../../domain/kit/refusal";
import type { Soon } from "../../domain/kit/soon";
import type { Page } from "../../storage/store";
import type { Connection, OrderDirection, OrderedPageInput, PageInput } from "./answers";

/** How a list is ordered: the name of the order, and what the parts of a position in it are. */
export interface ListOrder {
  /** A cursor holds it, and is refused in every other list and order. */
  readonly name: string;
  readonly shape: readonly ("text" | "count")[];
  /** The direction that it has by itself, where it may be asked for in either. */
  readonly natural?: OrderDirection;
}

export const cursorOf = ({ name }: Pick<ListOrder, "name">, position: readonly (string | number)[]) =>
  Buffer.from(JSON.stringify([name, ...position])).toString("base64url");

/** A cursor of another list or order, or one that was tampered with, does not fit. */
export function positionOf(cursor: string, { name, shape }: ListOrder, path = "after"): string[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const [of, ...position] = Array.isArray(read) ? read : [];
    const fits = (part: unknown, i: number) =>
      shape[i] === "count" ? Number.isSafeInteger(part) : typeof part === "string" && !part.includes("\0");
    if (of === name && position.length === shape.length && position.every(fits)) return position.map(String);
  } catch {
    // Falls through: whatever it was, it is not a cursor of ours.
  }
  return refuse("INVALID_INPUT", { expected: "a cursor of this list, in this order" }, [path]);
}

/** Which page is asked for: how many rows, between which positions, and whether they are the last of them. */
export interface Asked {
  readonly size: number;
  readonly after: string[] | null;
  readonly before: string[] | null;
  readonly backwards: boolean;
}

/** Reads `first` or `last`, from 0 to `most`, and the cursors. INVALID_INPUT. */
export function askedOf({ first, last, after, before }: PageInput, order: ListOrder, most = 100): Asked {
  const backwards = last != null;
  const path = backwards ? "last" : "first";
  if (backwards && first != null) refuse("INVALID_INPUT", { oneOf: ["first", "last"] }, ["last"]);
  const size = last ?? first;
  if (!Number.isSafeInteger(size) || (size as number) < 0 || (size as number) > most)
    refuse("INVALID_INPUT", { least: 0, most }, [path]);
  return {
    size: size as number,
    after: after == null ? null : positionOf(after, order),
    before: before == null ? null : positionOf(before, order, "before"),
    backwards,
  };
}

/** One page of a list by position, in its natural order or the other way round. */
export async function paged<T>(
  input: OrderedPageInput,
  order: ListOrder,
  ask: (page: Page) => Soon<T[]>,
  position: (row: T) => (string | number)[],
): Promise<Connection<T>> {
  // The other way round it is another order, with cursors of its own.
  const turned = input.direction != null && order.natural !== undefined && input.direction !== order.natural;
  const own = turned ? { ...order, name: `${order.name} ${input.direction}` } : order;
  const { size, after, before, backwards } = askedOf(input, own);
  // A list that is turned is read from its other end.
  const reversed = backwards !== turned;
  const bounds = turned ? { after: before, before: after } : { after, before };
  const rows = await ask({ first: size + 1, ...bounds, backwards: reversed });
  const shown = rows.slice(0, size);
  if (backwards) shown.reverse();
  const edges = shown.map((node) => ({ cursor: cursorOf(own, position(node)), node }));
  const more = rows.length > size;
  return {
    edges,
    pageInfo: {
      hasNextPage: backwards ? before !== null : more,
      hasPreviousPage: backwards ? more : after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    async totalCount() {
      const counting = { total: 0 };
      await ask({ first: 0, after: null, counting });
      return counting.total;
    },
  };
}

/** The same page with what is shown of its rows; `show` answers in the order of the rows. */
export async function shownPage<T, S>(
  page: Connection<T>,
  show: (rows: T[]) => Soon<readonly S[]>,
): Promise<Connection<S>> {
  const shown = await show(page.edges.map(({ node }) => node));
  return { ...page, edges: page.edges.map(({ cursor }, i) => ({ cursor, node: shown[i] as S })) };
}

/** A page of rows that are all there, in their order; `compare` tells where a row stands beside a position. */
export function pageOf<T>(rows: readonly T[], page: Page, compare: (row: T, position: string[]) => number): T[] {
  if (page.counting) {
    page.counting.total += rows.length;
    return [];
  }
  const { after, before } = page;
  const within = rows.filter((row) => (!after || compare(row, after) > 0) && (!before || compare(row, before) < 0));
  return (page.backwards ? within.reverse() : within).slice(0, page.first);
}

/** Where a value stands beside another in an ordering upwards. */
export const comparing = <V extends string | number>(a: V, b: V) => (a < b ? -1 : a > b ? 1 : 0);
