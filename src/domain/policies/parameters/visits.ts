import { ourDefault, type Parameter } from "../parameter";
import type { Occasion } from "../values";

/** Extreme weather and festivals ask for a visit more (domain.md 2.1 I); the office adds each year's days. */
const occasions: Occasion[] = (
  [
    ["SPRING_FESTIVAL", "春节前", "Before the Spring Festival", "2026-02-07", "2026-02-16"],
    ["HEAT", "高温", "Great heat", "2026-07-16", "2026-08-15"],
    ["DOUBLE_NINTH", "重阳节", "Double Ninth Festival", "2026-10-12", "2026-10-18"],
  ] as const
).map(([code, label, labelEn, from, until]) => ({ code, label, labelEn, from, until }));

export const visitsParameters = {
  "visit.minPerMonth": {
    label: { en: "Visits of a month that everybody on the list is owed", zh: "重点对象每月探访次数" },
    shape: "count",
    most: 8,
    value: 1,
    citation: "《诸暨市推进新时代民政事业高质量发展的意见》第6项；《青海省探访关爱制度》（2022）",
    status: "CITED",
  },
  "visit.listedDays": {
    label: { en: "Days on the list after which a month's visit is owed", zh: "在册满多少天即计入当月应探访" },
    shape: "count",
    most: 31,
    value: 15,
    citation: ourDefault,
    status: "OURS",
  },
  "visit.occasions": {
    label: { en: "Times that ask for a visit more", zh: "须增加探访的时段" },
    shape: "occasions",
    value: occasions,
    citation: "《青海省探访关爱制度》（2022）：极端天气和重大节日增加探访；日期由本市填列",
    status: "OURS",
  },
  "visit.escalateWorkingDays": {
    label: { en: "Working days after which a missed visit goes to the office", zh: "逾期多少个工作日后上报民政局" },
    shape: "count",
    most: 60,
    value: 3,
    citation: ourDefault,
    status: "OURS",
  },
} as const satisfies Record<string, Parameter>;
