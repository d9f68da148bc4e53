import { type GraphQLArgument, type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType } from "graphql";
import { buildGoodhoursSchema } from "../../src/graphql/schema";

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildGoodhoursSchema();
});

/** Fields and arguments of the schema with what is said of each: `Type.field`, or `Type.field(argument)`. */
function told(): { path: string; name: string; description: string }[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith("__"))
    .flatMap((type) => {
      if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields()).flatMap((field) => {
        const args: readonly GraphQLArgument[] = "args" in field ? field.args : [];
        const path = `${type.name}.${field.name}`;
        return [
          { path, name: field.name, description: field.description ?? "" },
          ...args.map((arg) => ({ path: `${path}(${arg.name})`, name: arg.name, description: arg.description ?? "" })),
        ];
      });
    });
}

test("no two fields of different names are told in the same words", () => {
  const names = new Map<string, Map<string, string>>();
  for (const { path, name, description } of told())
    names.set(description, (names.get(description) ?? new Map<string, string>()).set(name, path));
  const shared = [...names].filter(([, known]) => known.size > 1).map(([text, known]) => [text, [...known.values()]]);
  expect(shared).toEqual([]);
});

test("what holds an id says so, and what holds none does not", () => {
  const byId = told().filter(({ description }) =>
    /\bby (its |person |volunteer |recipient |social worker |organisation )?ids?\b/.test(description),
  );
  const wrong = byId.filter(({ path, description }) => {
    const [typeName, fieldName] = path.replace(/\(.*/, "").split(".") as [string, string];
    const type = schema.getType(typeName);
    const fields = isObjectType(type) || isInputObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
    const field = fields[fieldName];
    const argument = /\((\w+)\)/.exec(path)?.[1];
    const holder = argument && field && "args" in field ? field.args.find(({ name }) => name === argument) : field;
    const isId = /^\[?ID/.test(String(holder?.type));
    // A text may tell of another field's id, or of an input that holds one.
    return !isId && /^(Which|The|A|Whose) [\w ]*, by (its )?ids?\.$/.test(description);
  });
  expect(wrong.map(({ path }) => path)).toEqual([]);
});
