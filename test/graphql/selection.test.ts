import { type FragmentDefinitionNode, type OperationDefinitionNode, parse } from "graphql";
import { asksFor, fieldsAsked } from "../../src/graphql/kit/selection";

function readIn(text: string) {
  const { definitions } = parse(text);
  const [operation] = definitions as OperationDefinitionNode[];
  const named = definitions.filter((node): node is FragmentDefinitionNode => node.kind === "FragmentDefinition");
  const fragments = Object.fromEntries(named.map((node) => [node.name.value, node]));
  const fieldNodes = operation?.selectionSet.selections as never;
  return { fieldNodes, fragments };
}

const cases: [text: string, path: string[], isAsked: boolean][] = [
  ["{ list { node { record { id } } } }", ["node", "record"], true],
  ["{ list { node { id } } }", ["node", "record"], false],
  // By the name of the schema, and not by the name in the answer.
  ["{ list { node { other: record { id } } } }", ["node", "record"], true],
  ["{ list { node { record: id } } }", ["node", "record"], false],
  // Whole and within fragments of either form.
  ["{ list { ...L } } fragment L on List { node { ... on Line { record { id } } } }", ["node", "record"], true],
  ["{ list { ...L } } fragment L on List { node { id } }", ["node", "record"], false],
  // A field that is named twice is asked for what either asks.
  ["{ list { node { id } node { record { id } } } }", ["node", "record"], true],
  ["{ list { record { id } node { id } } }", ["node", "record"], false],
];

test.each(cases)("%s asks for %j: %s", (text, path, isAsked) => {
  expect(asksFor(readIn(text), path)).toBe(isAsked);
});

test.each([
  ["{ list { node { id record { name } } } }", ["id", "record"]],
  ["{ list { node { other: id } node { name } } }", ["id", "name"]],
  [
    "{ list { ...L } } fragment L on List { node { __typename ... on Line { id } ...N } } fragment N on Line { name }",
    ["__typename", "id", "name"],
  ],
  ["{ list { id } }", []],
])("below its node, %s asks for %j", (text, names) => {
  expect([...fieldsAsked(readIn(text), ["node"])]).toEqual(names);
});

/** Each fragment stands twice in the one before it: laid open anew each time, these would be 2^60 fields. */
const doubling = (spread: string) =>
  `${Array.from({ length: 60 }, (_, at) => `fragment F${at} on Line { ${`...F${at + 1} ${spread} `.repeat(2)}}`).join(" ")} fragment F60 on Line { record { id } }`;

test.each(["", "@skip(if: true)", "@include(if: $isWanted)"])(
  "a chain of fragments that doubles costs its length: %s",
  (spread) => {
    const asked = readIn(`{ list { node { id ...F0 ...F0 } node { ...F0 } } } ${doubling(spread)}`);
    expect(asksFor(asked, ["node", "record"])).toBe(true);
    expect([...fieldsAsked(asked, ["node"])]).toEqual(["id", "record"]);
  },
);
