import { objectsOf, valuesOf } from "../../src/domain/kit/objects";

describe("objects of values in their order", () => {
  test("have their fields in that order, and none whose name is null", () => {
    const made = objectsOf(["type", null, "endsAt", "line2"])(["SET", "left out", null, 3]);
    expect(Object.entries(made)).toEqual([
      ["type", "SET"],
      ["endsAt", null],
      ["line2", 3],
    ]);
  });

  // The names are compiled, so only what is the name of a field may come that far.
  test.each([
    "a: values[0] }; process.exit(); ({ b",
    '"a"',
    "[values]",
    "a-b",
    "a\u2028b",
    "__proto__",
    "get a(){}",
    "...values",
    "名",
    "2a",
    "",
  ])("are not made of the name %j", (name) => {
    expect(() => objectsOf(["type", name])).toThrow("is the name of a field");
    expect(() => valuesOf(["type", name])).toThrow("is the name of a field");
  });

  test("may have names that are words of the language", () => {
    expect(objectsOf(["default", "constructor", "class"])([1, 2, 3])).toEqual({ default: 1, constructor: 2, class: 3 });
  });
});

test("fields are listed in the order of their names, and null where there is none", () => {
  const of = { endsAt: null, type: "SET", line2: 3, class: 4 };
  expect(valuesOf(["type", null, "class", "line2", "endsAt"])(of)).toEqual(["SET", null, 4, 3, null]);
});
