import { draw } from "../../src/web/drawn/charts";
import { typeface } from "../../src/web/drawn/typeface";

test("the same picture drawn twice is the same bytes, so that a cache knows it by its tag", () => {
  const option = {
    xAxis: { type: "category", data: ["a", "b"] },
    yAxis: {},
    series: [{ type: "line", data: [1, 2], areaStyle: {} }],
  };
  const [first, again] = [draw(200, 100, option), draw(200, 100, option)];
  expect(first).toContain("zr-");
  expect(again).toBe(first);
});

test.each([400, 700] as const)("letters of weight %d draw every sign of a name, the rare ones too", (weight) => {
  // A township of Zhuji, and signs of given names, that a font of everyday letters leaves out.
  const drawn = [..."浬浦镇赟䶮㛃𬭎昪"].map((sign) => [sign, typeface(weight).layout(sign).glyphs[0]?.id !== 0]);
  expect(drawn.filter(([, isThere]) => !isThere)).toEqual([]);
});
