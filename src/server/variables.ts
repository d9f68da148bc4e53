import {
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type OperationDefinitionNode,
  typeFromAST,
} from "graphql";
import { counted } from "../domain/kit/units";
import { EdgeError } from "./errors";
import type { Limits } from "./limits";

export type Variables = Readonly<Record<string, unknown>>;

/**
 * Refuses variables that are too large in any way, before anything reads them: each value is looked at once, and the
 * first that is too much ends it. graphql-js writes the whole value, and a guess at the name, into one error for each
 * name that it does not know: its work grew with the square of what a stranger sent. Tells how many values there are.
 */
export function checkSizes(variables: unknown, limits: Limits): number {
  let values = 0;
  const waiting: [value: unknown, depth: number][] = [[variables, 0]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, depth] = next;
    values += 1;
    if (values > limits.variableValues) refuseSize("values", limits.variableValues);
    if (typeof value === "string" && value.length > limits.textCharacters) refuseSize("text", limits.textCharacters);
    // JSON has no infinity, and 1e999 is read as one.
    if (typeof value === "number" && !Number.isFinite(value)) refuseSize("number", Number.MAX_VALUE);
    if (typeof value !== "object" || value === null) continue;
    if (depth > limits.jsonDepth) refuseSize("depth", limits.jsonDepth);
    if (Array.isArray(value)) {
      if (value.length > limits.listItems) refuseSize("list", limits.listItems);
      for (const item of value) waiting.push([item, depth + 1]);
      continue;
    }
    const names = Object.keys(value);
    if (names.length > limits.objectNames) refuseSize("names", limits.objectNames);
    for (const name of names) {
      if (name.length > limits.nameCharacters) refuseSize("name", limits.nameCharacters);
      waiting.push([(value as Record<string, unknown>)[name], depth + 1]);
    }
  }
  return values;
}

const sizes = {
  values: [null, "The variables hold too many values.", "变量中的值过多。"],
  text: ["CHARACTERS", "A text in the variables is too long.", "变量中的文本过长。"],
  number: [null, "A number in the variables is too large.", "变量中的数字过大。"],
  depth: ["LEVELS", "The variables nest too deeply.", "变量嵌套过深。"],
  list: ["ENTRIES", "A list in the variables is too long.", "变量中的列表过长。"],
  names: [null, "An object in the variables has too many names.", "变量中的对象字段过多。"],
  name: ["CHARACTERS", "A name in the variables is too long.", "变量中的字段名过长。"],
} as const;

function refuseSize(size: keyof typeof sizes, limit: number): never {
  const [unit, message, zh] = sizes[size];
  throw new EdgeError("INVALID_INPUT", { message, zh, ...(unit ? counted(unit, { limit }) : { limit }) });
}

/**
 * Whether the variables fit what the operation declares. Each fault is said by its place and the type that belongs
 * there, never by the value: a client's values are personal. Reading stops at a handful of faults.
 */
export function checkFit(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
  faultsMax: number,
): readonly GraphQLError[] {
  const faults: GraphQLError[] = [];
  const fault = (path: readonly string[], what: string) => {
    const place = `$${path.map((step, at) => (/^\d+$/.test(step) ? `[${step}]` : at === 0 ? step : `.${step}`)).join("")}`;
    faults.push(new GraphQLError(`Variable "${place}" ${what}`, { extensions: { code: "INVALID_INPUT", path } }));
  };

  function read(value: unknown, type: GraphQLInputType, path: readonly string[]): void {
    if (faults.length >= faultsMax) return;
    if (isNonNullType(type)) {
      if (value === null || value === undefined) fault(path, `is missing; its type is ${type}.`);
      else read(value, type.ofType, path);
    } else if (value === null || value === undefined) {
      return;
    } else if (isListType(type)) {
      // A single value is read as a list of one, as the specification has it.
      if (!Array.isArray(value)) {
        read(value, type.ofType, path);
        return;
      }
      for (let at = 0; at < value.length && faults.length < faultsMax; at++) {
        read(value[at] ?? null, type.ofType, [...path, String(at)]);
      }
    } else if (isInputObjectType(type)) {
      if (typeof value !== "object" || Array.isArray(value)) {
        fault(path, `does not fit its type ${type}.`);
        return;
      }
      const values = value as Record<string, unknown>;
      const fields = type.getFields();
      if (Object.keys(values).some((name) => !Object.hasOwn(fields, name)))
        fault(path, `has a field that its type ${type} does not have.`);
      for (const field of Object.values(fields)) {
        const own = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
        if (own !== undefined || isRequiredInputField(field)) read(own, field.type, [...path, field.name]);
      }
    } else if (isLeafType(type) && !isReadable(() => type.parseValue(value))) {
      fault(path, `does not fit its type ${type}.`);
    }
  }

  for (const { variable, type: written, defaultValue } of variableDefinitions) {
    const name = variable.name.value;
    // A cast: typeFromAST has a declaration for each kind of written type, and none for a type of any kind.
    const type = typeFromAST(schema, written as never) as GraphQLInputType | undefined;
    if (!type || !isInputType(type)) continue;
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value !== undefined || defaultValue === undefined) read(value, type, [name]);
  }
  return faults;
}

function isReadable(parse: () => unknown): boolean {
  try {
    return parse() !== undefined;
  } catch {
    return false;
  }
}
