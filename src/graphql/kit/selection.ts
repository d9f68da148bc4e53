import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from "graphql";

/**
 * Whether an operation names these fields, each below the one before, under the field that is answered; in whichever fragment.
 * Switches (`@skip`, `@include`) are not looked at: a field that is switched off is asked for, and what it needs is read in vain.
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

/** Each fragment is opened once, so the work is the document's size: a chain of fragments may double at every step. */
function fieldsBelow(nodes: readonly FieldNode[], fragments: Asked["fragments"]): FieldNode[] {
  const fields: FieldNode[] = [];
  const opened = new Set<string>();

  function open(set: SelectionSetNode | undefined): void {
    for (const node of set?.selections ?? []) {
      if (node.kind === "Field") fields.push(node);
      else if (node.kind === "InlineFragment") open(node.selectionSet);
      else if (!opened.has(node.name.value)) {
        opened.add(node.name.value);
        open(fragments[node.name.value]?.selectionSet);
      }
    }
  }

  for (const { selectionSet } of nodes) open(selectionSet);
  return fields;
}
