import { draw } from "../../src/web/drawn/charts";

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
