import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from "graphql";

/**
 * Whether an operation names these fields, each below the one before, under the field that is answered; in whichever fragment. A
 * switch that is off is not looked at: what is read in vain does no harm.
 */
export function asksFor(asked: Asked, path: readonly string[]): boolean {
  return nodesAt(asked, path).length > 0;
}

/** The names of the fields that an operation asks for below these. */
export function fieldsAsked(asked: Asked, path: readonly string[]): ReadonlySet<string> {
  return new Set(fieldsBelow(nodesAt(asked, path), asked.fragments).map(({ name }) => name.value));
}

type Asked = Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">;

function nodesAt({ fieldNodes, fragments }: Asked, path: readonly string[]): readonly FieldNode[] {
  let nodes = fieldNodes;
  for (const step of path) nodes = fieldsBelow(nodes, fragments).filter(({ name }) => name.value === step);
  return nodes;
}

function fieldsBelow(nodes: readonly FieldNode[], fragments: Asked["fragments"]): FieldNode[] {
  return nodes.flatMap(({ selectionSet }) => fieldsIn(selectionSet, fragments));
}

function fieldsIn(set: SelectionSetNode | undefined, fragments: Asked["fragments"]): FieldNode[] {
  return (set?.selections ?? []).flatMap((node) => {
    if (node.kind === "Field") return node;
    return fieldsIn((node.kind === "InlineFragment" ? node : fragments[node.name.value])?.selectionSet, fragments);
  });
}
