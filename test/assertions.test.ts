import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "@swc/core";

/** A node of a syntax tree, as far as this test looks. */
type Node = { type?: string } & Record<string, unknown>;

/** Each node below this one, itself included. */
function* nodesOf(value: unknown): Generator<Node> {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) yield value as Node;
  for (const [name, child] of Object.entries(value)) if (name !== "span") yield* nodesOf(child);
}
const nameOf = (node: unknown) =>
  (node as Node | undefined)?.type === "Identifier" ? String((node as Node).value) : "";
const isFunction = (node: unknown) => /Function/.test(String((node as Node | undefined)?.type));

/** `test` of `test(…)`, `test.each(…)(…)` and `test.each`…`(…)`. */
function rootOf(call: Node): string {
  let callee = call.callee as Node | undefined;
  while (callee && callee.type !== "Identifier") callee = (callee.callee ?? callee.object ?? callee.tag) as Node;
  return nameOf(callee);
}

/** The names of the tests in which nothing is expected: neither in their body nor in a function of the file that it calls. */
function idleTests(source: string): string[] {
  const nodes = [...nodesOf(parseSync(source, { syntax: "typescript", decorators: true }).body)];
  const functions = new Map<string, unknown>();
  for (const { type, identifier, id, body, init } of nodes) {
    if (type === "FunctionDeclaration") functions.set(nameOf(identifier), body);
    if (type === "VariableDeclarator" && isFunction(init)) functions.set(nameOf(id), init);
  }
  const expects = (body: unknown, seen: Set<string>): boolean => {
    const names = [...nodesOf(body)].map(nameOf).filter((name) => name !== "" && !seen.has(name));
    if (names.some((name) => /^(expect|assert|fc$)/.test(name))) return true;
    return names.some((name) => functions.has(name) && expects(functions.get(name), seen.add(name)));
  };
  const tests = nodes.filter((node) => node.type === "CallExpression" && /^(test|it)$/.test(rootOf(node)));
  return tests.flatMap((test) => {
    const [title, body] = (test.arguments as { expression: Node }[]).map(({ expression }) => expression);
    return isFunction(body) && !expects(body, new Set()) ? [String(title?.value ?? title?.type)] : [];
  });
}

test("a test that expects nothing is seen, and one that expects by a helper is not", () => {
  expect(
    idleTests(`const look = () => expect(1).toBe(1); test("a", () => { look(); }); it("b", () => { run(); });`),
  ).toEqual(["b"]);
});

const files = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".test.ts"));
test("every test expects something", () => {
  const idle = files.flatMap((path) =>
    idleTests(readFileSync(join(__dirname, path), "utf8")).map((title) => [path, title]),
  );
  expect(idle).toEqual([]);
});
