import type { DocumentNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode } from "graphql";
import { type ComplexityEstimator, fieldExtensionsEstimator, getComplexity } from "graphql-query-complexity";
import { EdgeError } from "./errors";
import { introspection } from "./introspection";
import type { Limits } from "./limits";

/** Tells what an operation costs; `weighed` hears how many selections had to be looked at for it, none where it was known. */
export type CostGuard = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  weighed?: (selections: number) => void,
) => number;
type Variables = Readonly<Record<string, unknown>> | null | undefined;

/** Where the library stops, and says that the operation is beyond counting. */
const selectionsMax = 10_000;

/**
 * Refuses what would cost too much. The cost of a document depends on its numbers and switches (`first`, `@include`),
 * never on what a mutation carries, so it is remembered by those. Each further number is weighed anew, and counts as work.
 */
export function costGuard(schema: GraphQLSchema, limits: Limits): CostGuard {
  const variantsMax = 64;
  const known = new WeakMap<OperationDefinitionNode, { selections: number; costs: Map<string, number> }>();
  const estimators = [introspection(schema), fieldExtensionsEstimator(), pages(limits.pageDefault)];

  return (query, operation, variables, weighed) => {
    const { selections, costs } = known.get(operation) ?? {
      selections: selectionsOf(query, operation),
      costs: new Map<string, number>(),
    };
    known.set(operation, { selections, costs });
    // Only what the operation declares, and of that only numbers and switches: a client's other words cost no memory.
    const declared = operation.variableDefinitions?.map(({ variable }) => variables?.[variable.name.value]) ?? [];
    const variant = JSON.stringify(declared.map((value) => (countable(value) ? value : null)));
    let cost = costs.get(variant);
    if (cost === undefined) {
      weighed?.(selections);
      const operationName = operation.name?.value;
      const maxQueryNodes = selectionsMax;
      cost = estimate({ schema, query, estimators, variables: variables ?? {}, operationName, maxQueryNodes });
      if (cost === undefined) return 0;
      if (costs.size >= variantsMax) costs.clear();
      costs.set(variant, cost);
    }
    if (cost > limits.cost) throw new EdgeError("QUERY_TOO_COSTLY", { limit: limits.cost, requested: finite(cost) });
    return cost;
  };
}

const countable = (value: unknown) => typeof value === "number" || typeof value === "boolean";

/** Undefined where the variables do not fit: the execution says so better. */
function estimate(options: Parameters<typeof getComplexity>[0]): number | undefined {
  try {
    return getComplexity(options);
  } catch (error) {
    return /maximum allowed number of nodes/.test(String(error)) ? Number.POSITIVE_INFINITY : undefined;
  }
}

/** A field costs 1; one that pages costs its selection as often as the page has lines. */
function pages(pageDefault: number): ComplexityEstimator {
  return ({ field, args, childComplexity }) => {
    if (!field.args.some((arg) => arg.name === "first")) return 1 + childComplexity;
    const asked = [args.first, args.last].filter((count) => typeof count === "number");
    const lines = asked.length > 0 ? Math.max(1, ...asked) : pageDefault;
    return 1 + lines * childComplexity;
  };
}

/** How many selections an operation comes to with its fragments spread out, as far as they are looked at. Each fragment is counted once. */
export function selectionsOf(document: DocumentNode, operation: OperationDefinitionNode): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const node of document.definitions)
    if (node.kind === "FragmentDefinition") fragments.set(node.name.value, node.selectionSet);
  const counted = new Map<string, number>();

  function ofFragment(name: string): number {
    const known = counted.get(name);
    if (known !== undefined) return known;
    // A circle counts as nothing: validation refuses it.
    counted.set(name, 0);
    const count = ofSelections(fragments.get(name));
    counted.set(name, count);
    return count;
  }

  function ofSelections(set: SelectionSetNode | undefined): number {
    let count = 0;
    for (const node of set?.selections ?? [])
      count += 1 + (node.kind === "FragmentSpread" ? ofFragment(node.name.value) : ofSelections(node.selectionSet));
    return Math.min(count, selectionsMax);
  }

  return ofSelections(operation.selectionSet);
}

function finite(cost: number): number | null {
  return Number.isFinite(cost) ? cost : null;
}
