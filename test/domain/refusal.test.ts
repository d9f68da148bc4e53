import { Refusal, refusalCodes, refusals, sentenceOf } from "../../src/domain/refusal";

test.each<[object, string, string]>([
  [{ minutes: 1 }, "Too many tries; try again in a minute.", "尝试次数过多，请 1 分钟后再试。"],
  [{ minutes: 30 }, "Too many tries; try again in 30 minutes.", "尝试次数过多，请 30 分钟后再试。"],
  [{ retryAfter: 3600 }, "Too many tries; try again in 60 minutes.", "尝试次数过多，请 60 分钟后再试。"],
  [{ retryAfter: 61 }, "Too many tries; try again in 2 minutes.", "尝试次数过多，请 2 分钟后再试。"],
  [{}, "Too many tries; try again later.", "尝试次数过多，请稍后再试。"],
])("a wait of %j is said in the sentence", (details, en, zh) => {
  const refusal = new Refusal("TOO_MANY_TRIES", { ...details });
  expect([sentenceOf(refusal, "en"), sentenceOf(refusal, "zh")]).toEqual([en, zh]);
});

test("a refusal without such facts says the sentence of its code", () => {
  for (const code of refusalCodes) expect(sentenceOf(new Refusal(code), "en")).toBe(refusals[code].en);
});
