import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from "graphql";

/**
 * Whether an operation names these fields, each below the one before, under the field that is answered; in whichever fragment. A
 * switch that is off is not looked at: what is read in vain does no harm.
 */
export function asksFor(
  { fieldNodes, fragments }: Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">,
  path: readonly string[],
): boolean {
  let nodes = fieldNodes;
  for (const name of path) nodes = nodes.flatMap((node) => fieldsNamed(name, node.selectionSet, fragments));
  return nodes.length > 0;
}

function fieldsNamed(
  name: string,
  set: SelectionSetNode | undefined,
  fragments: GraphQLResolveInfo["fragments"],
): FieldNode[] {
  return (set?.selections ?? []).flatMap((node) => {
    if (node.kind === "Field") return node.name.value === name ? node : [];
    const within = node.kind === "InlineFragment" ? node : fragments[node.name.value];
    return fieldsNamed(name, within?.selectionSet, fragments);
  });
}
