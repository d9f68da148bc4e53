import { ArgsType, type ClassType, Field, Int, ObjectType, Root } from "type-graphql";
import type { OrderDirection as Direction } from "../../services/bank/answers";
import { OrderDirection } from "./enums";
import { Output, type Row } from "./fields";

@ObjectType({ description: "Where a page of a list lies." })
export class PageInfo {
  @Output(() => Boolean, {
    description: "Whether more follow after this page; with `last`, whether the page ends before a cursor.",
  })
  hasNextPage: boolean;
  @Output(() => Boolean, {
    description: "With `last`, whether more stand before this page; else whether the page begins after a cursor.",
  })
  hasPreviousPage: boolean;
  @Output(() => String, {
    nullable: true,
    description: "The cursor of the first edge: pass it as `before` for the page before this one.",
  })
  startCursor: string | null;
  @Output(() => String, {
    nullable: true,
    description: "The cursor of the last edge: pass it as `after` for the next page.",
  })
  endCursor: string | null;
}

/** Of every list: a question of its own, which the schema asks the bank where it is selected. */
export const totalCountField = {
  // A page's lines multiply the cost of whatever is selected in it: a hundred lines make this four questions.
  complexity: 20,
  description: "How many match in all, whichever page is asked for.",
};

/** How many match is a question of its own to the bank: it is asked where `totalCount` is selected, and only there. */
export interface Counted {
  totalCount(): Promise<number>;
}

/** A Relay connection of a type: cursors are positions, never offsets. */
export function connectionOf<T extends object>(name: string, node: () => ClassType<T>) {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a list, with its position.` })
  class Edge {
    @Output(() => String, { description: "The position of this edge." }) cursor: string;
    // The list of a connection is what is checked: here the class is a parameter, of which the compiler knows nothing yet.
    @Field(node, { description: "What stands at that position." }) node: Row<T>;
  }
  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class Connection {
    @Output(() => [Edge], { description: "The page's entries, in order." }) edges: readonly Row<Edge>[];
    @Output(() => PageInfo, { description: "Where the page lies." }) pageInfo: Row<PageInfo>;
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
    description: "How many from the front, 0 to 100. One of `first` and `last`, else INVALID_INPUT.",
  })
  first?: number | null;
  @Field(() => String, {
    nullable: true,
    description: "Only what follows this cursor, which is of this list in this order; else INVALID_INPUT.",
  })
  after?: string | null;
  @Field(() => Int, { nullable: true, description: "How many from the end, 0 to 100; they stand in the list's order." })
  last?: number | null;
  @Field(() => String, {
    nullable: true,
    description: "Only what stands before this cursor, which is of this list in this order; else INVALID_INPUT.",
  })
  before?: string | null;
}

/** Of a list that may be asked for in either direction. */
@ArgsType()
export class OrderedPageArgs extends PageArgs {
  @Field(() => OrderDirection, {
    nullable: true,
    description: "Upwards or downwards by the order; left out, as the order's value says. Each has cursors of its own.",
  })
  direction?: Direction | null;
}
