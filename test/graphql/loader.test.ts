import { isObjectType } from "graphql";
import { Loader } from "../../src/graphql/kit/loader";
import { buildGoodhoursSchema } from "../../src/graphql/schema";

describe("a loader", () => {
  function counting() {
    const questions: (readonly number[])[] = [];
    const loader = new Loader<number, number | null>(async (keys) => {
      questions.push(keys);
      return keys.map((key) => (key === 0 ? null : key * 2));
    });
    return { loader, questions };
  }
  test("asks once for what is wanted in one turn, also where a promise stood in between", async () => {
    const { loader, questions } = counting();
    const later = async (key: number) => {
      await null;
      return loader.load(key);
    };
    expect(await Promise.all([loader.load(1), loader.load(2), loader.load(1), later(3)])).toEqual([2, 4, 2, 6]);
    expect(questions).toEqual([[1, 2, 3]]);
  });
  test("gives at once what is known, null too", async () => {
    const { loader, questions } = counting();
    expect(loader.load(1)).toBeInstanceOf(Promise);
    await loader.loadMany([0, 1]);
    expect([loader.load(0), loader.load(1)]).toEqual([null, 2]);
    expect(await loader.load(1)).toBe(2);
    expect(questions).toHaveLength(1);
  });
  test("asks for at most 500 keys at a time", async () => {
    const { loader, questions } = counting();
    await loader.loadMany(Array.from({ length: 1_001 }, (_, i) => i));
    expect(questions.map((keys) => keys.length)).toEqual([500, 500, 1]);
  });
  test("tells each who waits why the bank did not answer", async () => {
    const loader = new Loader<number, number>(() => Promise.reject(new Error("away")));
    const told = await Promise.allSettled([loader.load(1), loader.load(2)]);
    expect(told.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(new Loader<number, number>(async () => []).load(1)).rejects.toThrow("key by key");
  });
});

test("a field that is a property has no resolver of its own", async () => {
  const schema = await buildGoodhoursSchema();
  const withResolvers = ["Balance", "StatementLine"].map((name) => {
    const type = schema.getType(name);
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    return [name, fields.filter(({ resolve }) => resolve !== undefined).length > 0];
  });
  expect(withResolvers).toEqual([
    ["Balance", false],
    ["StatementLine", true],
  ]);
});
