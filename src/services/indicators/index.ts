import { disclosuresOf } from "../../domain/activities/fundraising";
import type { Figure, MonthReport } from "../../domain/facts/indicators";
import type { Division } from "../../domain/facts/organizations";
import { minutesServed, timeliness } from "../../domain/hours";
import {
  type Counted,
  definitionOf,
  type Indicator,
  type IndicatorKey,
  type IndicatorSpan,
  indicatorKeys,
  indicators,
  indicatorValue,
  otherKinds,
  targetOf,
} from "../../domain/indicators";
import { addDays, addMonths, type Day, dayOf, daysOfMonth, type Instant, isDay } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import type { Soon } from "../../domain/kit/soon";
import { below, lineage } from "../../domain/organizations";
import { divisionCodeOf, knownDivision } from "../../domain/organizations/divisions";
import type { Actor } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import { quarterOn } from "../../domain/village-points";
import { monthOf, slotsOf } from "../../domain/visits";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import type { Asked } from "../bank/fields";
import type { reportMonth } from "./commands";

/** An indicator with what was counted for it. */
export interface ShownIndicator extends Omit<Indicator, "span"> {
  key: IndicatorKey;
  asOf: Day;
  value: number | null;
  target: number | null;
  met: boolean | null;
  numerator: number;
  denominator: number | null;
  byDivision: { divisionCode: string; value: number | null; met: boolean | null }[];
  /** What was reported of the month that ends on the day; null before, and for any other day. */
  reported: { value: number | null; numerator: number; denominator: number | null; reportedAt: Instant } | null;
  /** The last twelve months, each as of its last day, the last as of the day asked for; with what was reported of each. */
  series(): Promise<{ month: string; value: number | null; reported: number | null }[]>;
}

/** Months of a series, the day's own the last. */
const seriesMonths = 12;
const townKinds: readonly Division["kind"][] = ["TOWN", "TOWNSHIP", "SUBDISTRICT"];

/** Where the county stands, counted from the projections each time it is asked. */
export class Indicators {
  constructor(private readonly bank: Bank) {}

  /** Officers and auditors of all, supervisors of their divisions; IN_THE_FUTURE, DIVISION_NOT_FOUND. */
  async list(
    actor: Actor,
    { asOf, ...of }: { asOf?: Day | null; divisionCode?: string | null },
  ): Promise<ShownIndicator[]> {
    const view = this.bank.store.view;
    const today = this.bank.today();
    const on = asOf ?? today;
    if (!isDay(on)) refuse("INVALID_INPUT", { expected: "a day such as 2026-09-12" }, ["asOf"]);
    if (on > today) refuse("IN_THE_FUTURE", { today }, ["asOf"]);
    const scope = await this.bank.places.divisionScope(view, actor, "indicators.see");
    const divisions = await this.bank.divisions(view);
    const divisionCode = of.divisionCode == null ? null : knownDivision(of.divisionCode, divisions).code;
    if (scope && divisionCode !== null && !scope.includes(divisionCode))
      refuse("NOT_PERMITTED", { act: "indicators.see" }, ["divisionCode"]);
    const asked = divisionCode === null ? null : below(divisionCode, divisions);
    const codes = asked ?? scope ?? [...divisions.keys()];
    const reckoning = new Reckoning(view, await this.bank.policies(view), divisions, codes, today);
    // What the whole county is to reach is no target of a part of it.
    const whole = scope === null && codes.length === divisions.size;
    return Promise.all(indicatorKeys.map((key) => reckoning.indicator(key, on, whole)));
  }

  async report(actor: Actor, input: Asked<typeof reportMonth>): Promise<Done<MonthReport>> {
    const { month } = input;
    const work = async (tx: Tx, actor: Actor) => {
      this.bank.permit(actor, "indicators.report", {});
      const today = this.bank.today();
      if (!isDay(`${month}-01`)) refuse("INVALID_INPUT", { expected: "a month such as 2026-09" }, ["month"]);
      if (month >= monthOf(today)) refuse("IN_THE_FUTURE", { today }, ["month"]);
      const known = (await tx.monthReports([month])).get(month);
      if (known) refuse("MONTH_REPORTED", { month, reportedOn: dayOf(known.reportedAt) }, ["month"]);
      const divisions = await this.bank.divisions(tx);
      const policies = await this.bank.policies(tx);
      const reckoning = new Reckoning(tx, policies, divisions, [...divisions.keys()], today);
      const figures = await reckoning.figures(daysOfMonth(month).until);
      await tx.append(actor.personId as string, { type: "MONTH_REPORTED", month, figures });
      return month;
    };
    return this.bank.commands.once(actor, "reportMonth", input, work, async (view, month) => {
      const report = (await view.monthReports([month])).get(month);
      invariant(report, "a command's report is there");
      return report;
    });
  }
}

type Lines = Counted[];

/** One answer's sums: what several indicators or months need is asked once. */
class Reckoning {
  private readonly asked = new Map<string, unknown>();
  constructor(
    private readonly view: View,
    private readonly policies: Policies,
    private readonly divisions: ReadonlyMap<string, Division>,
    private readonly codes: readonly string[],
    private readonly today: Day,
  ) {}

  async indicator(key: IndicatorKey, asOf: Day, whole: boolean): Promise<ShownIndicator> {
    const { label, unit, citation } = indicators[key];
    const lines = await this.lines(key, asOf);
    const total = this.total(key, lines, asOf);
    const wanted = this.policies.targets(asOf).find((target) => target.key === key);
    const counts = unit === "COUNT" || unit === "MINUTES";
    const target = wanted && (whole || !counts) ? targetOf(unit, wanted.target) : null;
    const met = (value: number | null, of: number | null) => (value === null || of === null ? null : value >= of);
    return {
      key,
      label,
      definition: definitionOf(key, this.policies, asOf),
      unit,
      asOf,
      target,
      citation: wanted?.citation ?? citation,
      ...total,
      met: met(total.value, target),
      byDivision: this.parts().map((code) => {
        const part = this.total(key, within(lines, below(code, this.divisions)), asOf, code);
        return { divisionCode: code, value: part.value, met: met(part.value, counts ? null : target) };
      }),
      reported: await this.reported(key, asOf),
      series: () => this.series(key, asOf),
    };
  }

  /** Every indicator in every division, as a report of the month that ends on the day keeps it. */
  async figures(on: Day): Promise<Figure[]> {
    const figures: Figure[] = [];
    for (const key of indicatorKeys)
      for (const { divisionCode, numerator, denominator } of summed(await this.lines(key, on)))
        figures.push([key, divisionCode, numerator, denominator]);
    return figures;
  }

  /** What was reported of the month that ends on the day, of the divisions asked about. */
  private async reported(key: IndicatorKey, on: Day): Promise<ShownIndicator["reported"]> {
    const month = monthOf(on);
    if (on !== daysOfMonth(month).until) return null;
    const report = (await this.once(`report ${month}`, () => this.view.monthReports([month]))).get(month);
    if (!report) return null;
    const lines = report.figures.flatMap(([of, divisionCode, numerator, denominator]) =>
      of === key ? { divisionCode, numerator, denominator } : [],
    );
    return { ...this.total(key, within(lines, this.codes), on), reportedAt: report.reportedAt };
  }

  private async series(key: IndicatorKey, asOf: Day): ReturnType<ShownIndicator["series"]> {
    const first = `${monthOf(asOf)}-01`;
    const months = Array.from({ length: seriesMonths }, (_, i) => addMonths(first, i + 1 - seriesMonths));
    return Promise.all(
      months.map(async (month) => {
        const last = addDays(addMonths(month, 1), -1);
        const on = last < asOf ? last : asOf;
        const { value } = this.total(key, await this.lines(key, on), on);
        return { month: monthOf(month), value, reported: (await this.reported(key, last))?.value ?? null };
      }),
    );
  }

  /** The divisions right below those asked about; where there is nothing below, those themselves. */
  private parts(): string[] {
    return this.heads().flatMap((head) => {
      const children = this.children(head);
      return children.length > 0 ? children : [head];
    });
  }

  private total(key: IndicatorKey, lines: Lines, on: Day, code?: string) {
    const { unit } = indicators[key];
    const numerator = lines.reduce((sum, line) => sum + line.numerator, 0);
    const parts = lines.flatMap((line) => line.denominator ?? []);
    const shared = unit === "RATIO" ? parts.reduce((sum, part) => sum + part, 0) : null;
    const denominator = unit === "PER_TEN_THOUSAND" ? this.people(on, code) : shared;
    return { numerator, denominator, value: indicatorValue(unit, numerator, denominator) };
  }

  /** The divisions asked about that lie in none of the others. */
  private heads(): string[] {
    return this.codes.filter((code) => !this.codes.includes(this.divisions.get(code)?.parentCode ?? ""));
  }
  private children(head: string): string[] {
    return [...this.divisions.values()].flatMap(({ code, parentCode }) => (parentCode === head ? code : []));
  }

  /** How many live there: what is known of the division itself, or of all its parts. */
  private people(on: Day, code?: string): number | null {
    const known = new Map(
      this.policies.populations(on).map(({ code, people }) => [divisionCodeOf(code, this.divisions), people]),
    );
    const of = (code: string): number | null => known.get(code) ?? total(this.children(code));
    const total = (codes: readonly string[]): number | null => {
      const all = codes.map(of);
      return all.length === 0 || all.includes(null) ? null : sum(all as number[]);
    };
    return total(code ? [code] : this.heads());
  }

  private async lines(key: IndicatorKey, on: Day): Promise<Lines> {
    return within(await this.count(key, on), this.codes);
  }

  private async count(key: IndicatorKey, on: Day): Promise<Lines> {
    const { view } = this;
    const days = spanOf(indicators[key].span, on);
    const organizations = () => this.once(`organizations ${on}`, () => view.organizationsOn(on));
    const certified = () => this.once(`certified ${on}`, () => view.certifiedOn(on));
    const records = () => this.once(`records ${on}`, () => view.recordsDuring(days, this.today));
    const ofOrganizations = async (fits: (line: Awaited<ReturnType<typeof organizations>>[number]) => boolean) =>
      counts((await organizations()).filter(fits));
    switch (key) {
      case "SOCIAL_ORGANIZATIONS":
        return ofOrganizations(
          ({ kind, filingStatus }) => filingStatus !== "UNREGISTERED" && !otherKinds.includes(kind),
        );
      case "HUB_ORGANIZATIONS":
        return ofOrganizations(({ hub }) => hub);
      case "VILLAGE_ORGANIZATIONS":
        return ofOrganizations(({ village }) => village);
      case "PARTY_SERVICE_CENTERS":
        return counts(await view.markedDuring("DEMONSTRATION_CENTER", { from: "0000-01-01", until: on }));
      case "SOCIAL_WORK_AGENCIES":
        return ofOrganizations(({ kind }) => kind === "SOCIAL_WORK_AGENCY");
      case "CHARITY_BASES":
        return ofOrganizations(({ kind }) => kind === "CHARITY_BASE");
      case "NEW_SOCIAL_WORK_AGENCIES":
        return counts(await view.markedDuring("KEY_SUPPORT", days));
      case "STATION_COVERAGE":
        return this.coverage(stationsOf(await organizations()), on);
      case "COMPLIANT_STATIONS": {
        const least = this.policies.count("station.minCertifiedWorkers", on);
        const enough = (await certified()).filter(
          ({ kind, count }) => kind === "SOCIAL_WORK_STATION" && count >= least,
        );
        const stations = (await organizations()).filter(({ kind }) => kind === "SOCIAL_WORK_STATION");
        return [
          ...enough.map(({ divisionCode }) => ({ divisionCode, numerator: 1, denominator: 0 })),
          ...stations.map(({ divisionCode, count }) => ({ divisionCode, numerator: 0, denominator: count })),
        ];
      }
      case "CERTIFIED_SOCIAL_WORKERS":
        return counts(await view.certificateHolders(on));
      case "VISIT_RATE": {
        const [monthly] = slotsOf(monthOf(on), this.policies);
        const lines = monthly ? await view.coverage(monthly, null, on) : [];
        return lines.map(({ divisionCode, met, owed }) => ({ divisionCode, numerator: met, denominator: owed }));
      }
      case "POINTS_HOUSEHOLDS":
        return counts(await view.householdsIn(quarterOn(on)));
      case "VOLUNTEERS": {
        const spans = await this.once("volunteers", () => view.volunteerSpans());
        return counts(spans.filter(({ from, until }) => from <= on && (until === null || until > on)));
      }
      case "SERVICE_MINUTES":
        return counts(
          (await records()).map((line) => ({ divisionCode: line.divisionCode, count: minutesServed([line]) })),
        );
      case "RECORDS_ON_TIME":
        return (await records()).map((line) => {
          const { inTime, judged } = timeliness([line]);
          return { divisionCode: line.divisionCode, numerator: inTime, denominator: judged };
        });
      case "CAMPAIGN_ACTIVITIES":
        return counts(await view.campaignActivitiesDuring(days));
      case "DISCLOSED_IN_TIME":
        return this.disclosed(days);
    }
  }

  /** Towns by whether a station stands in them, or in one of their villages. */
  private coverage(stations: ReadonlySet<string>, on: Day): Lines {
    const towns = [...this.divisions.values()].filter(
      ({ kind, retiredOn }) => townKinds.includes(kind) && (retiredOn === null || retiredOn > on),
    );
    const served = new Set([...stations].flatMap((code) => lineage(code, this.divisions)));
    return towns.map(({ code }) => ({ divisionCode: code, numerator: served.has(code) ? 1 : 0, denominator: 1 }));
  }

  private async disclosed({ from, until }: { from: Day; until: Day }): Promise<Lines> {
    // A disclosure is due some months after the end; whose date lies in the span is told by the rule itself.
    const ending = await this.view.fundraisingsEnding({ from: addMonths(from, -60), until });
    return ending.flatMap(({ divisionCode, disclosedOn, ...plan }) => {
      const { final: dueOn } = disclosuresOf(plan, this.policies);
      if (dueOn < from || dueOn >= until) return [];
      return [{ divisionCode, numerator: disclosedOn !== null && disclosedOn <= dueOn ? 1 : 0, denominator: 1 }];
    });
  }

  private once<T>(name: string, ask: () => Soon<T>): Soon<T> {
    const known = this.asked.get(name) as Soon<T> | undefined;
    if (known !== undefined) return known;
    const asking = ask();
    this.asked.set(name, asking);
    return asking;
  }
}

/** One line a division and no more, in the order of their codes: the same facts make the same report. */
function summed(lines: Lines): Lines {
  const sums = new Map<string, Counted>();
  for (const { divisionCode, numerator, denominator } of lines) {
    const sum = sums.get(divisionCode) ?? { divisionCode, numerator: 0, denominator: null };
    const of = denominator === null ? sum.denominator : (sum.denominator ?? 0) + denominator;
    sums.set(divisionCode, { divisionCode, numerator: sum.numerator + numerator, denominator: of });
  }
  return [...sums.values()].sort((a, b) => (a.divisionCode < b.divisionCode ? -1 : 1));
}

function spanOf(span: IndicatorSpan, on: Day): { from: Day; until: Day } {
  const from = { DAY: on, MONTH: `${monthOf(on)}-01`, YEAR: `${on.slice(0, 4)}-01-01` }[span];
  return { from, until: on };
}
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const within = (lines: Lines, codes: readonly string[]) => lines.filter((line) => codes.includes(line.divisionCode));
const counts = (lines: readonly { divisionCode: string; count: number }[]): Lines =>
  lines.map(({ divisionCode, count }) => ({ divisionCode, numerator: count, denominator: null }));
const stationsOf = (lines: readonly { divisionCode: string; kind: string }[]) =>
  new Set(lines.flatMap(({ divisionCode, kind }) => (kind === "SOCIAL_WORK_STATION" ? [divisionCode] : [])));
