import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLIncludeDirective,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  typeFromAST,
  visit,
} from "graphql";
import { remembering } from "../../domain/kit/remembered";
import { jsonOf } from "../json";

/**
 * What an operation asks, worked out once: which fields each type of object answers, in which order, and how each value becomes
 * JSON. A plan grows while it is used. The selections under a field are worked out when the first object of their type comes,
 * so that a plan never costs more than the answers that were given by it.
 */
export interface Plan {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly schema: GraphQLSchema;
  /** The values of the variables that switch fields on and off. With other values it is another plan. */
  readonly switches: Readonly<Record<string, unknown>>;
  /** Throws where the operation has a switch without a value. */
  root(): Selection;
  /** How many fields were worked out. */
  size: number;
}

/** The fields that one type of object answers. */
export interface Selection {
  readonly type: GraphQLObjectType;
  readonly fields: readonly PlannedField[];
  /** Whether it stands below a list: the same object may then be written many times in one answer. */
  readonly isRepeated: boolean;
}

export interface PlannedField {
  /** The name in the answer. */
  readonly key: string;
  /** What stands before the value in the answer: a brace or a comma, and the name. */
  readonly head: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  /** Null where the value is the property of the same name. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | null;
  readonly name: string;
  readonly takesArguments: boolean;
  /** Whether the resolver may look at what graphql-js tells of the field: one that is marked as direct does not. */
  readonly takesInfo: boolean;
  readonly shape: Shape;
}

/** How a value of a type is completed. */
export type Shape = { readonly nullable: boolean; readonly type: GraphQLOutputType } & (
  | { readonly kind: "leaf"; write(value: unknown): string }
  | { readonly kind: "list"; readonly items: Shape }
  | { readonly kind: "object"; readonly objectType: GraphQLObjectType; selection(): Selection }
  | {
      readonly kind: "abstract";
      readonly abstractType: GraphQLAbstractType;
      selection(type: GraphQLObjectType): Selection;
    }
);

/** How many fields all remembered plans have together; a field takes about a quarter of a KiB. */
const plannedFieldsMost = 60_000;
/** Of one operation: a stranger's switches must not drive out the plans of others. */
const plansOfOperationMost = 8;

/** The plans of the operations that clients send again and again. */
export function createPlans(schema: GraphQLSchema, { fieldsMost = plannedFieldsMost } = {}) {
  const known = new WeakMap<OperationDefinitionNode, { switches: readonly string[]; plans: Map<string, Plan> }>();
  /** All of them, the longest unused first. */
  const order = new Map<Plan, () => void>();

  function forget(): void {
    let fields = 0;
    for (const { size } of order.keys()) fields += size;
    for (const [plan, drop] of order) {
      if (fields <= fieldsMost) return;
      order.delete(plan);
      drop();
      fields -= plan.size;
    }
  }

  return {
    planOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): Plan {
      let ofOperation = known.get(operation);
      if (!ofOperation) {
        ofOperation = { switches: switchesOf(document), plans: new Map() };
        known.set(operation, ofOperation);
      }
      const { switches, plans } = ofOperation;
      const variant = switches.length === 0 ? "" : JSON.stringify(switches.map((name) => [variables[name]]));
      const seen = plans.get(variant);
      if (seen) {
        if (order.size > 1) {
          const drop = order.get(seen) as () => void;
          order.delete(seen);
          order.set(seen, drop);
        }
        return seen;
      }
      if (plans.size >= plansOfOperationMost) {
        for (const plan of plans.values()) order.delete(plan);
        plans.clear();
      }
      const plan = createPlan(schema, document, operation, pick(variables, switches));
      plans.set(variant, plan);
      order.set(plan, () => plans.delete(variant));
      // A plan grows later: what it has grown to counts when the next one comes.
      forget();
      return plan;
    },
    /** For the watchful: how many plans and fields are remembered. */
    held: () => ({ plans: order.size, fields: [...order.keys()].reduce((sum, { size }) => sum + size, 0) }),
  };
}

type Variables = Readonly<Record<string, unknown>>;

function pick(variables: Variables, names: readonly string[]): Variables {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(variables, name)).map((n) => [n, variables[n]]));
}

/** The variables on which it depends whether a field is asked for. */
function switchesOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: args = [] }) {
      if (name.value !== "skip" && name.value !== "include") return;
      for (const { value } of args) if (value.kind === "Variable") names.add(value.name.value);
    },
  });
  return [...names];
}

function createPlan(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
  switches: Variables,
): Plan {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const node of definitions) if (node.kind === "FragmentDefinition") fragments[node.name.value] = node;
  const rootType = schema.getRootType(operation.operation) as GraphQLObjectType;
  let root: Selection | undefined;
  const plan: Plan = {
    operation,
    fragments,
    schema,
    switches,
    size: 1,
    root() {
      root ??= select(rootType, [operation.selectionSet], false);
      return root;
    },
  };

  function select(type: GraphQLObjectType, sets: readonly SelectionSetNode[], isRepeated: boolean): Selection {
    const nodesByKey = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) collect(type, set, nodesByKey, spread);
    const fields: PlannedField[] = [];
    for (const [key, nodes] of nodesByKey) {
      const [node] = nodes as [FieldNode];
      const definition = definitionOf(type, node.name.value);
      if (!definition) continue;
      fields.push({
        key,
        // GraphQL's names need no escape in JSON.
        head: `${fields.length === 0 ? "{" : ","}"${key}":`,
        nodes,
        parentType: type,
        definition,
        resolve: definition.resolve ?? null,
        name: definition.name,
        takesArguments: definition.args.length > 0,
        takesInfo: definition.extensions.direct !== true,
        shape: shapeOf(definition.type, nodes, isRepeated),
      });
    }
    plan.size += fields.length + 1;
    return { type, fields, isRepeated };
  }

  function collect(
    type: GraphQLObjectType,
    set: SelectionSetNode,
    nodesByKey: Map<string, FieldNode[]>,
    spread: Set<string>,
  ): void {
    for (const node of set.selections) {
      if (node.kind === "FragmentSpread" && spread.has(node.name.value)) continue;
      if (!isIncluded(node)) continue;
      if (node.kind === "Field") {
        const key = (node.alias ?? node.name).value;
        const nodes = nodesByKey.get(key);
        if (nodes) nodes.push(node);
        else nodesByKey.set(key, [node]);
      } else if (node.kind === "InlineFragment") {
        if (applies(node.typeCondition, type)) collect(type, node.selectionSet, nodesByKey, spread);
      } else {
        spread.add(node.name.value);
        const fragment = fragments[node.name.value];
        if (fragment && applies(fragment.typeCondition, type)) collect(type, fragment.selectionSet, nodesByKey, spread);
      }
    }
  }

  function isIncluded(node: SelectionNode): boolean {
    if (!node.directives?.length) return true;
    if (getDirectiveValues(GraphQLSkipDirective, node, switches)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, switches)?.if !== false;
  }

  function applies(condition: FragmentDefinitionNode["typeCondition"] | undefined, type: GraphQLObjectType): boolean {
    if (!condition) return true;
    const wanted = typeFromAST(schema, condition);
    return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
  }

  function definitionOf(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (type === schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return type.getFields()[name];
  }

  function shapeOf(written: GraphQLOutputType, nodes: readonly FieldNode[], isRepeated: boolean): Shape {
    const nullable = !isNonNullType(written);
    const type = isNonNullType(written) ? (written.ofType as GraphQLOutputType) : written;
    if (isListType(type)) return { kind: "list", nullable, type, items: shapeOf(type.ofType, nodes, true) };
    if (isLeafType(type)) return { kind: "leaf", nullable, type, write: writerOf(type) };
    const sets = () => nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isObjectType(type)) {
      let selection: Selection | undefined;
      const selected = () => {
        selection ??= select(type, sets(), isRepeated);
        return selection;
      };
      return { kind: "object", nullable, type, objectType: type, selection: selected };
    }
    const abstractType = type as GraphQLAbstractType;
    const selections = new Map<GraphQLObjectType, Selection>();
    const selected = (objectType: GraphQLObjectType) => {
      const seen = selections.get(objectType);
      if (seen) return seen;
      const selection = select(objectType, sets(), isRepeated);
      selections.set(objectType, selection);
      return selection;
    };
    return { kind: "abstract", nullable, type, abstractType, selection: selected };
  }

  return plan;
}

const writers = new WeakMap<GraphQLLeafType, (value: unknown) => string>();

/** Writes a value of a type as JSON. What the type does not take is thrown, and what it makes nothing of. */
function writerOf(type: GraphQLLeafType): (value: unknown) => string {
  const known = writers.get(type);
  if (known) return known;
  const write = (value: unknown) => {
    const serialized = type.serialize(value);
    if (serialized === null || serialized === undefined)
      throw new Error(`Expected \`${type.name}.serialize\` to return a non-nullable value.`);
    return jsonOf(serialized);
  };
  const writer = isEnumType(type) ? remembering(type.getValues().length, write) : write;
  writers.set(type, writer);
  return writer;
}
