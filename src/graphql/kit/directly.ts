import type { GraphQLFieldResolver, GraphQLSchema } from "graphql";
import { isObjectType } from "graphql";
import { getMetadataStorage } from "type-graphql";
import type { Context } from "./context";

type Resolve = GraphQLFieldResolver<unknown, Context>;
type Row = Record<string, unknown>;

/**
 * Takes away what type-graphql does around each field anew for each object: it sorts the method's parameters, looks for
 * middlewares and asks a container for the resolver. A field that is a property is read as such, and a method that takes the
 * object and the context is called. Where a method takes arguments, or a class is to be made of the object, type-graphql stays.
 */
export function answerDirectly(schema: GraphQLSchema): void {
  const storage = getMetadataStorage();
  const classes = [...storage.objectTypes, ...storage.interfaceTypes];
  const instances = new Map<unknown, Row>();
  const instanceOf = (target: new () => object) => {
    const known = instances.get(target) ?? (new target() as Row);
    instances.set(target, known);
    return known;
  };

  for (const { name, target } of storage.objectTypes) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    const own = lineage(target).flatMap((parent) => classes.filter((known) => known.target === parent));
    const fields = own.flatMap((known) => known.fields ?? []);
    for (const definition of Object.values(type.getFields())) {
      const field = fields.find(({ schemaName }) => schemaName === definition.name);
      if (!field || (field.middlewares?.length ?? 0) > 0) continue;
      const method = storage.fieldResolvers.find(
        (known) => known.methodName === field.name && known.getObjectType?.() === field.target,
      );
      if (!method) {
        if (field.name === field.schemaName) definition.resolve = undefined;
        continue;
      }
      if (method.kind !== "external" || (method.middlewares?.length ?? 0) > 0) continue;
      const takers = takersOf(method.params ?? []);
      if (!takers) continue;
      definition.resolve = calling(instanceOf(method.target as new () => object), method.methodName, takers);
      // Says that it looks at nothing but the object and the context.
      definition.extensions = { ...definition.extensions, direct: true };
    }
  }
}

type Take = (source: unknown, context: Context) => unknown;
type Params = NonNullable<ReturnType<typeof getMetadataStorage>["fieldResolvers"][number]["params"]>;

/** What each parameter takes, in their order; null where one takes something else. */
function takersOf(params: Params): readonly Take[] | null {
  const takers: Take[] = [];
  for (const param of [...params].sort((a, b) => a.index - b.index)) {
    const isPlain = (param.kind === "root" && !param.getType) || param.kind === "context";
    if (!isPlain || param.index !== takers.length) return null;
    const name = param.propertyName;
    if (param.kind === "root") takers.push(name ? (source) => (source as Row)[name] : (source) => source);
    else takers.push(name ? (_source, context) => context[name as keyof Context] : (_source, context) => context);
  }
  return takers;
}

function calling(instance: Row, name: string, takers: readonly Take[]): Resolve {
  const method = (instance[name] as (...taken: unknown[]) => unknown).bind(instance);
  const [first, second] = takers;
  if (takers.length === 0) return () => method();
  if (takers.length === 1 && first) return (source, _args, context) => method(first(source, context));
  if (takers.length === 2 && first && second)
    return (source, _args, context) => method(first(source, context), second(source, context));
  return (source, _args, context) => method(...takers.map((take) => take(source, context)));
}

/** A class and those it extends, itself first. */
function lineage(target: unknown): unknown[] {
  const classes: unknown[] = [];
  for (let at = target; typeof at === "function" && at.prototype !== undefined; at = Object.getPrototypeOf(at))
    classes.push(at);
  return classes;
}
