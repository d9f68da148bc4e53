import Module from "node:module";
import type * as Core from "echarts/core";
import { timelineMs } from "../../domain/activities/tallies";
import type { Language } from "../../domain/kit/language";
import { type Answer, drawingPolicy } from "../answers";
import { type CampaignFacts, campaignFacts } from "../facts";
import { clock } from "../format";
import { missingPage } from "../pages/plain";
import type { Visit } from "../visit";
import { divisionsHeight, divisionsShown, timelineHeight, timelineShown, widths } from "./tables";

export const themes = {
  light: { ink: "#3b332c", soft: "#6b5f54", line: "#e6dccf", bar: "#c2452d" },
  dark: { ink: "#ede4d8", soft: "#b8aa9a", line: "#3d342c", bar: "#ff8a68" },
} as const;
type Theme = (typeof themes)[keyof typeof themes];
type Draw = (facts: CampaignFacts, drawn: Drawn) => string;
interface Drawn {
  language: Language;
  theme: Theme;
  width: number;
  large: boolean;
}
/** The size of the letters in a drawing, in the pixels at which it is shown. */
const fontSizes = { usual: 16, large: 20 } as const;

// Without quotes, which ECharts would write into an attribute as they are.
const fonts = "system-ui,PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif";

/** Images, because our pages allow no inline style; these alone allow their own. */
export const divisionsChart = (visit: Visit, slug: string) => chart(visit, slug, drawDivisions);
export const timelineChart = (visit: Visit, slug: string) => chart(visit, slug, drawTimeline);

async function chart(visit: Visit, slug: string, draw: Draw): Promise<Answer> {
  const facts = await campaignFacts(visit.services, slug);
  if (!facts) return missingPage(visit);
  const { query, language, large } = visit;
  const theme = query.get("theme") === "dark" ? themes.dark : themes.light;
  const width = query.get("size") === "phone" ? widths.phone : widths.wide;
  const body = draw(facts, { language, theme, width, large });
  return {
    status: 200,
    type: "image/svg+xml; charset=utf-8",
    body,
    keep: "SHARED",
    headers: { "content-security-policy": drawingPolicy },
  };
}

const drawDivisions: Draw = (facts, { theme, width, large }) => {
  const shown = divisionsShown(facts).reverse();
  const fontSize = fontSizes[large ? "large" : "usual"];
  return draw(width, divisionsHeight(facts, large), {
    textStyle: { fontFamily: fonts, color: theme.ink },
    grid: {
      left: 0,
      right: large ? 72 : 60,
      top: 8,
      bottom: 8,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    xAxis: { type: "value", show: false },
    yAxis: {
      type: "category",
      data: shown.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: theme.ink, fontSize, width: large ? 140 : 120, overflow: "truncate" },
    },
    series: [
      {
        type: "bar",
        barWidth: 14,
        data: shown.map(({ counts }) => Math.round(counts.serviceMinutes / 6) / 10),
        itemStyle: { color: theme.bar, borderRadius: [0, 7, 7, 0] },
        label: { show: true, position: "right", color: theme.ink, fontSize },
      },
    ],
  });
};

const drawTimeline: Draw = (facts, { language, theme, width, large }) => {
  const fontSize = fontSizes[large ? "large" : "usual"];
  const came = timelineShown(facts).filter(({ checkedIn }) => checkedIn > 0);
  const counted = new Map(came.map(({ key, checkedIn }) => [Date.parse(key), checkedIn]));
  const [first, last] = [Math.min(...counted.keys()), Math.max(...counted.keys())];
  const quarters: number[] = [];
  for (let at = first; at <= last; at += timelineMs) quarters.push(at);
  return draw(width, timelineHeight(), {
    textStyle: { fontFamily: fonts, color: theme.ink },
    grid: { left: 4, right: 12, top: 16, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "category",
      data: quarters.map((at) => clock(at, language)),
      axisLine: { lineStyle: { color: theme.line } },
      axisTick: { show: false },
      axisLabel: { color: theme.soft, fontSize },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      splitLine: { lineStyle: { color: theme.line } },
      axisLabel: { color: theme.soft, fontSize },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 22,
        data: quarters.map((at) => counted.get(at) ?? 0),
        itemStyle: { color: theme.bar, borderRadius: [4, 4, 0, 0] },
      },
    ],
  });
};

export function draw(width: number, height: number, option: object): string {
  const chart = echarts().init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return renamed(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/**
 * The library numbers its names on from drawing to drawing; here the same picture always has the same bytes, and so one tag.
 */
function renamed(svg: string): string {
  const names = new Map<string, string>();
  return svg.replaceAll(/\bzr\d+-[\w-]+/g, (name) => {
    const known = names.get(name) ?? `zr-${names.size}`;
    names.set(name, known);
    return known;
  });
}

/**
 * Loaded with the first drawing, and only the parts that are drawn: it takes half a second that a start need not wait.
 * It comes as an ES module only, which Node's own `require` reads since 20.19 and jest's does not.
 */
let loaded: typeof Core | undefined;
function echarts(): typeof Core {
  if (loaded) return loaded;
  const part = <T>(name: string) => new Module(__filename).require(require.resolve(name)) as T;
  const core = part<typeof Core>("echarts/core");
  const { BarChart, LineChart } = part<typeof import("echarts/charts")>("echarts/charts");
  const { GridComponent } = part<typeof import("echarts/components")>("echarts/components");
  const { SVGRenderer } = part<typeof import("echarts/renderers")>("echarts/renderers");
  core.use([BarChart, LineChart, GridComponent, SVGRenderer]);
  loaded = core;
  return core;
}
