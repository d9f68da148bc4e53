import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Where a page of a list lies." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether more follow after this page." }) hasNextPage: boolean;
  @Field(() => Boolean, { description: "Whether the page began after a cursor." }) hasPreviousPage: boolean;
  @Field(() => String, { nullable: true, description: "The cursor of the first edge." }) startCursor: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The cursor of the last edge: pass it as `after` for the next page.",
  })
  endCursor: string | null;
}

/** A Relay connection of a type: cursors are positions, never offsets. */
export function connectionOf<T extends object>(name: string, node: () => ClassType<T>) {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a list, with its position.` })
  class Edge {
    @Field(() => String, { description: "The position of this edge." }) cursor: string;
    @Field(node, { description: "What stands at that position." }) node: T;
  }
  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class Connection {
    @Field(() => [Edge], { description: "The page's entries, in order." }) edges: Edge[];
    @Field(() => PageInfo, { description: "Where the page lies." }) pageInfo: PageInfo;
  }
  return Connection;
}

/** Which page of a list is asked for, by position. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { description: "How many, 1 to 100." }) first: number;
  @Field(() => String, { nullable: true, description: "The cursor to go on from." }) after?: string;
}
