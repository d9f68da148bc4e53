import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from "graphql";
import { type ComplexityEstimator, getComplexity } from "graphql-query-complexity";

/** What the whole schema costs, asked for as tools do: an operation may ask for it once. */
const wholeSchema = 20_000;
/** A description is a sentence or two where a name is a word. */
const descriptionLines = 4;

/**
 * What questions about the schema itself cost: each list counts as many lines as this schema has on an average, and the
 * sum is measured by what the whole schema comes to. Aliases count each time, like anything else.
 */
export function introspection(schema: GraphQLSchema): ComplexityEstimator {
  const lines = averageLines(schema);
  const average = membersOf(Object.values(schema.getTypeMap())) / Object.keys(schema.getTypeMap()).length;
  /** How much larger than others the type of a name is. */
  const size = (name: unknown) => {
    const type = typeof name === "string" ? schema.getType(name) : undefined;
    return Math.max(1, membersOf(type ? [type] : []) / average);
  };
  const weigh: ComplexityEstimator = ({ type, field, childComplexity }) => {
    if (!type.name.startsWith("__")) return undefined;
    if (field.name === "description") return descriptionLines;
    return 1 + (lines[`${type.name}.${field.name}`] ?? 1) * childComplexity;
  };
  const atRoot =
    (scale: number): ComplexityEstimator =>
    ({ field, args, childComplexity }) => {
      if (field !== SchemaMetaFieldDef && field !== TypeMetaFieldDef) return undefined;
      return Math.ceil(1 + scale * childComplexity * (field === TypeMetaFieldDef ? size(args.name) : 1));
    };
  const whole = getComplexity({
    schema,
    query: parse(
      getIntrospectionQuery({
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
    ),
    estimators: [atRoot(1), weigh, () => 1],
  });
  const scaled = atRoot(wholeSchema / whole);
  return (args) => scaled(args) ?? weigh(args);
}

/** Fields, input fields and enum values. */
function membersOf(types: readonly GraphQLNamedType[]): number {
  return types.reduce(
    (sum, type) =>
      sum +
      (isEnumType(type) ? type.getValues().length : "getFields" in type ? Object.keys(type.getFields()).length : 0),
    0,
  );
}

/** How many lines each list of the schema's own description has, spread over what it stands in. */
function averageLines(schema: GraphQLSchema): Record<string, number> {
  const types = Object.values(schema.getTypeMap());
  const composite = types.filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = composite.flatMap((type) => Object.values(type.getFields()));
  const of = (count: number, among: number) => count / Math.max(1, among);
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  const directives = schema.getDirectives();
  return {
    "__Schema.types": types.length,
    "__Schema.directives": directives.length,
    "__Type.fields": of(fields.length, types.length),
    "__Type.interfaces": of(sum(composite.map((type) => type.getInterfaces().length)), types.length),
    "__Type.possibleTypes": of(
      sum(types.filter(isInterfaceType).map((type) => schema.getPossibleTypes(type).length)),
      types.length,
    ),
    "__Type.enumValues": of(sum(types.filter(isEnumType).map((type) => type.getValues().length)), types.length),
    "__Type.inputFields": of(
      sum(types.filter(isInputObjectType).map((type) => Object.keys(type.getFields()).length)),
      types.length,
    ),
    // About every other reference is wrapped, and hardly one four times.
    "__Type.ofType": 0.5,
    "__Field.args": of(sum(fields.map((field) => field.args.length)), fields.length),
    "__Directive.args": of(sum(directives.map((directive) => directive.args.length)), directives.length),
    "__Directive.locations": 3,
  };
}
