import { systemEntropy } from "../../src/services/bank/entropy";

test("the machine's random bytes have the length asked for, and none comes twice", () => {
  const entropy = systemEntropy();
  const drawn = [16, 4096, 1, 0, 12, 5000, 10].flatMap((length) =>
    Array.from({ length: 300 }, () => entropy.bytes(length)),
  );
  expect(drawn.map((bytes) => bytes.length)).toEqual(
    [16, 4096, 1, 0, 12, 5000, 10].flatMap((length) => Array.from({ length: 300 }, () => length)),
  );
  const long = drawn.filter((bytes) => bytes.length >= 10).map((bytes) => bytes.toString("hex"));
  expect(new Set(long).size).toBe(long.length);
});

test("what was drawn stays as it was when more is drawn", () => {
  const entropy = systemEntropy();
  const first = entropy.bytes(16);
  const before = first.toString("hex");
  for (let i = 0; i < 600; i++) entropy.bytes(16).fill(0);
  expect(first.toString("hex")).toBe(before);
});
