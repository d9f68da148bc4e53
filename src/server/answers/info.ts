import type { GraphQLResolveInfo } from "graphql";
import type { Plan, PlannedField } from "./plans";

export type Path = GraphQLResolveInfo["path"];

/** What an answer that is being given knows. */
interface Running {
  readonly variables: Record<string, unknown>;
  readonly root: unknown;
}

/** What graphql-js tells a resolver about the field. Most never look: it is put together when they do. */
export class Info implements GraphQLResolveInfo {
  readonly #plan: Plan;
  readonly #run: Running;
  readonly #field: PlannedField;
  readonly #parent: Path | undefined;
  constructor(plan: Plan, run: Running, field: PlannedField, parent: Path | undefined) {
    this.#plan = plan;
    this.#run = run;
    this.#field = field;
    this.#parent = parent;
  }
  get fieldName() {
    return this.#field.name;
  }
  get fieldNodes() {
    return this.#field.nodes as GraphQLResolveInfo["fieldNodes"];
  }
  get returnType() {
    return this.#field.definition.type;
  }
  get parentType() {
    return this.#field.parentType;
  }
  get path() {
    return { prev: this.#parent, key: this.#field.key, typename: this.#field.parentType.name };
  }
  get schema() {
    return this.#plan.schema;
  }
  get fragments() {
    return this.#plan.fragments;
  }
  get rootValue() {
    return this.#run.root;
  }
  get operation() {
    return this.#plan.operation;
  }
  get variableValues() {
    return this.#run.variables;
  }
}

/** Where a value stands in the answer, from the top. */
export function steps(path: Path | undefined, last: string | number): (string | number)[] {
  const keys = [last];
  for (let at = path; at; at = at.prev) keys.push(at.key);
  return keys.reverse();
}
