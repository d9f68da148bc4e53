import { addDays, addMonths, calendarEnd, type Day, isDay } from "../../domain/calendar";
import type { VisitCoverage } from "../../domain/visits";
import { monthOf } from "../../domain/visits";
import type { ShownClock, ShownIndicator, ShownRating, ShownRound, ShownSeed } from "../../services/contract";
import type { Visit } from "../visit";

/** An indicator with its months. */
export interface Measured extends ShownIndicator {
  months: { month: string; value: number | null }[];
}
/** What the office looks at: everything as of one day, of all that the visitor may see. */
export interface OfficeFacts {
  asOf: Day;
  month: string;
  /** The last known day of the calendar of working days, where it is near; null where there is time. */
  calendarEnds: Day | null;
  indicators: Measured[];
  /** What is due soon before what is overdue: what can still be done in time is not buried under what cannot. */
  clocks: { state: "DUE" | "OVERDUE"; due: (ShownClock & { responsible: string | null })[]; more: boolean }[];
  visits: (VisitCoverage & { name: string })[];
  rounds: { round: ShownRound; applications: (ShownRating & { name: string })[] }[];
  /** The last three months that are over. */
  seeds: { month: string; seed: ShownSeed | null }[];
}

const clocksMost = 25;
const roundsMost = 3;
const applicationsMost = 50;

/** The day that is asked about: a month's last, or today. */
export function dayAsked({ query, services }: Visit): Day {
  const month = query.get("month");
  const today = services.today();
  if (!month || !isDay(`${month}-01`)) return today;
  const last = addDays(addMonths(`${month}-01`, 1), -1);
  return [last, today].sort()[0] as Day;
}

export async function officeFacts({ services, actor }: Visit, asOf: Day): Promise<OfficeFacts> {
  const month = monthOf(asOf);
  const indicators = await services.indicators.list(actor, { asOf });
  const measured = await Promise.all(indicators.map(async (one) => ({ ...one, months: await one.series() })));
  const divisions = await services.organizations.divisions();
  const visits = await services.visits.coverage(actor, { month });
  return {
    asOf,
    month,
    calendarEnds: calendarEnd(await services.calendar(), services.today()),
    indicators: measured,
    clocks: await Promise.all((["DUE", "OVERDUE"] as const).map((state) => clocksOf(services, actor, state))),
    visits: visits.map((line) => ({ ...line, name: divisions.get(line.divisionCode)?.name ?? line.divisionCode })),
    rounds: await roundsOf(services, actor),
    seeds: await Promise.all(
      [1, 2, 3].map(async (i) => {
        const of = monthOf(addMonths(`${monthOf(services.today())}-01`, -i));
        return { month: of, seed: await services.spotChecks.seed(of) };
      }),
    ),
  };
}

async function clocksOf(services: Visit["services"], actor: Visit["actor"], state: "DUE" | "OVERDUE") {
  const { edges, pageInfo } = await services.clocks.list(actor, { state: [state] }, { first: clocksMost });
  const houses = [...new Set(edges.flatMap(({ node }) => node.organizationId ?? []))];
  const names = new Map(
    (await services.organizations.many(houses)).flatMap((one) => (one ? [[one.id, one.name]] : [])),
  );
  const due = edges.map(({ node }) => ({
    ...node,
    responsible: node.organizationId === null ? null : (names.get(node.organizationId) ?? ""),
  }));
  return { state, due, more: pageInfo.hasNextPage };
}

async function roundsOf(services: Visit["services"], actor: Visit["actor"]): Promise<OfficeFacts["rounds"]> {
  const { edges } = await services.ratings.rounds({}, { first: roundsMost });
  return Promise.all(
    edges.map(async ({ node: round }) => {
      const found = await services.ratings.applications(actor, round.id, { first: applicationsMost });
      const ratings = found.edges.map(({ node }) => node);
      const houses = await services.organizations.many(ratings.map(({ organizationId }) => organizationId));
      return { round, applications: ratings.map((rating, i) => ({ ...rating, name: houses[i]?.name ?? "" })) };
    }),
  );
}

/** The share of a division's people who were visited, whole percents, cut. */
export const shareOf = ({ met, owed }: VisitCoverage) => (owed === 0 ? null : Math.floor((met * 100) / owed));
