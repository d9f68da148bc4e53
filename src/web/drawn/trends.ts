import type { Measured } from "../office/facts";
import { draw, themes } from "./charts";

export const trendSize = { width: 220, height: 56 };

/** An indicator's twelve months as a line, with its target where it has one; as an address of its own, for `<img>`. */
export function trend(indicator: Measured, theme: keyof typeof themes): string {
  const { bar, line } = themes[theme];
  const { width, height } = trendSize;
  const svg = draw(width, height, {
    grid: { left: 4, right: 6, top: 6, bottom: 6 },
    xAxis: { type: "category", show: false, boundaryGap: false, data: indicator.months.map(({ month }) => month) },
    yAxis: { type: "value", show: false, min: 0, max: top(indicator) },
    series: [
      {
        type: "line",
        data: indicator.months.map(({ value }) => value),
        symbol: "circle",
        symbolSize: 4,
        lineStyle: { color: bar, width: 2 },
        itemStyle: { color: bar },
      },
      ...(indicator.target === null
        ? []
        : [
            {
              type: "line",
              data: indicator.months.map(() => indicator.target),
              symbol: "none",
              lineStyle: { color: line, width: 2, type: "dashed" },
            },
          ]),
    ],
  });
  return `data:image/svg+xml;base64,${Buffer.from(svg, "utf8").toString("base64")}`;
}

/** Room for the highest month, and for the target where it is not far beyond. */
function top({ months, target }: Measured): number {
  const highest = Math.max(0, ...months.flatMap(({ value }) => value ?? []));
  const aim = target !== null && target <= highest * 4 ? target : 0;
  return Math.max(highest, aim) * 1.1 || 1;
}
