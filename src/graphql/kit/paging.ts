import { ArgsType, type ClassType, Field, Int, ObjectType, Root } from "type-graphql";
import type { OrderDirection as Direction } from "../../services/bank/answers";
import { OrderDirection } from "./enums";
import { Output, type Row } from "./fields";

@ObjectType({ description: "The place of a page in its list." })
export class PageInfo {
  @Output(() => Boolean, {
    description: "Whether more entries follow after this page; with `last`, whether the page ends before a cursor.",
  })
  hasNextPage: boolean;
  @Output(() => Boolean, {
    description:
      "Whether more entries stand before this page, where `last` was asked for; else whether the page begins after a cursor.",
  })
  hasPreviousPage: boolean;
  @Output(() => String, {
    nullable: true,
    description:
      "The cursor of the first edge; pass it as `before` to get the page before this one. It is null for an empty page.",
  })
  startCursor: string | null;
  @Output(() => String, {
    nullable: true,
    description: "The cursor of the last edge; pass it as `after` to get the next page. It is null for an empty page.",
  })
  endCursor: string | null;
}

/** The count of every list: a question of its own, which the schema asks the bank where it is selected. */
export const totalCountField = {
  // A page's lines multiply the cost of whatever is selected in it: a hundred lines make this four questions.
  complexity: 20,
  description: "How many entries match in all, on whichever page they stand.",
};

/** How many match is a question of its own to the bank: it is asked where `totalCount` is selected, and only there. */
export interface Counted {
  totalCount(): Promise<number>;
}

/** A Relay connection of a type: cursors are positions, never offsets. */
export function connectionOf<T extends object>(name: string, node: () => ClassType<T>) {
  @ObjectType(`${name}Edge`, { description: `An entry of a list of ${name}: the object, and its cursor.` })
  class Edge {
    @Output(() => String, { description: "The position of this edge in the list, as `after` and `before` take it." })
    cursor: string;
    // The list of a connection is what is checked: here the class is a parameter, of which the compiler knows nothing yet.
    @Field(node, { description: "The entry that stands at this position." }) node: Row<T>;
  }
  @ObjectType(`${name}Connection`, {
    description: `A page of a list of ${name}, which holds the entries and says where they lie.`,
  })
  class Connection {
    @Output(() => [Edge], { description: "The entries of the page, in the order of the list." })
    edges: readonly Row<Edge>[];
    @Output(() => PageInfo, { description: "The place of the page in its list, with the cursors for the next page." })
    pageInfo: Row<PageInfo>;
    @Output(() => Int, totalCountField) totalCount(@Root() page: Counted) {
      return page.totalCount();
    }
  }
  return Connection;
}

/** Which page of a list is asked for, by position. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description:
      "How many entries to list from the front, 0 to 100. Exactly one of `first` and `last` is needed, else INVALID_INPUT.",
  })
  first?: number | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Lists only the entries that follow this cursor. The cursor must be of this list in this order, else INVALID_INPUT.",
  })
  after?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: "How many entries to list from the end, 0 to 100; they stand in the order of the list.",
  })
  last?: number | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Lists only the entries that stand before this cursor. The cursor must be of this list in this order, else INVALID_INPUT.",
  })
  before?: string | null;
}

/** The arguments of a list that may be asked for in either direction. */
@ArgsType()
export class OrderedPageArgs extends PageArgs {
  @Field(() => OrderDirection, {
    nullable: true,
    description:
      "The direction of the order; left out, it is as the value of `orderBy` says. The cursors of one direction do not serve the other.",
  })
  direction?: Direction | null;
}
