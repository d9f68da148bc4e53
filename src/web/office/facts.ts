import { addMonths, calendarEnd, type Day, daysOfMonth, isDay } from "../../domain/kit/calendar";
import { monthOf, type VisitCoverage } from "../../domain/visits";
import type { ClockFilter, ShownClock } from "../../services/clocks";
import type { ShownIndicator } from "../../services/indicators";
import type { ShownRating, ShownRound } from "../../services/ratings/sight";
import type { ShownSeed } from "../../services/spot-checks";
import type { Visit } from "../visit";

/** An indicator with its months. */
export interface Measured extends ShownIndicator {
  months: Awaited<ReturnType<ShownIndicator["series"]>>;
}
/** The facts of the office's page: everything as of one day, of all that the visitor may see. */
export interface OfficeFacts {
  asOf: Day;
  month: string;
  /** The last known day of the calendar of working days, where it is near; null where there is time. */
  calendarEnds: Day | null;
  indicators: Measured[];
  /**
   * The clocks of the page. For today: clocks that are due soon come before overdue ones, so that what can still be done in
   * time is not buried under what cannot. For a chosen month: the clocks that were due in it and are still open.
   */
  clocks: DueList[];
  visits: (VisitCoverage & { name: string })[];
  rounds: { round: ShownRound; applications: (ShownRating & { name: string })[] }[];
  /** The last three months that are over. */
  seeds: { month: string; seed: ShownSeed | null }[];
}

/** One list of clocks: a page of it, the number of all, and the cursor of the next page. */
export interface DueList {
  of: "DUE" | "OVERDUE" | "MONTH";
  due: (ShownClock & { responsible: string | null })[];
  count: number;
  /** The place of the page: the cursor after which it begins, and that of the next; null where there is none. */
  after: string | null;
  next: string | null;
}

const clocksAPage = 25;
/** A report holds all clocks, up to this number. */
const clocksMost = 1000;
const roundsMost = 3;
const applicationsMost = 50;

/** The day that the page is about: a month's last day, or today. */
export function dayAsked({ query, services }: Visit): Day {
  const month = query.get("month");
  const today = services.today();
  if (!month || !isDay(`${month}-01`)) return today;
  return [daysOfMonth(month).until, today].sort()[0] as Day;
}

export async function officeFacts(visit: Visit, asOf: Day, { whole = false } = {}): Promise<OfficeFacts> {
  const { services, actor, query } = visit;
  const month = monthOf(asOf);
  const isToday = asOf === services.today() && !whole;
  const lists: readonly DueList["of"][] = isToday ? ["DUE", "OVERDUE"] : ["MONTH"];
  const indicators = await services.indicators.list(actor, { asOf });
  const measured = await Promise.all(
    indicators.map(async (indicator) => ({ ...indicator, months: await indicator.series() })),
  );
  const divisions = await services.organizations.divisions();
  const visits = await services.visits.obligations.coverage(actor, { month });
  return {
    asOf,
    month,
    calendarEnds: calendarEnd(await services.calendar(), services.today()),
    indicators: measured,
    clocks: await Promise.all(
      lists.map((of) =>
        whole ? allDue(visit, of, month) : dueList(visit, of, month, query.get(pageParameters[of]) || null),
      ),
    ),
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

/** The name under which an address says where a list continues. */
export const pageParameters = { DUE: "due", OVERDUE: "overdue", MONTH: "of-month" } as const;

function filterOf(of: DueList["of"], month: string): ClockFilter {
  if (of !== "MONTH") return { state: [of] };
  const { from: dueFrom, until: dueUntil } = daysOfMonth(month);
  return { dueFrom, dueUntil };
}

async function dueList(
  { services, actor }: Visit,
  of: DueList["of"],
  month: string,
  after: string | null,
  first = clocksAPage,
): Promise<DueList> {
  const filter = filterOf(of, month);
  const [{ edges, pageInfo }, count] = [
    await services.clocks.list(actor, filter, { first, after }),
    await services.clocks.count(actor, filter),
  ];
  const organizationIds = [...new Set(edges.flatMap(({ node }) => node.organizationId ?? []))];
  const names = new Map(
    (await services.organizations.many(organizationIds)).flatMap((known) => (known ? [[known.id, known.name]] : [])),
  );
  const due = edges.map(({ node }) => ({
    ...node,
    responsible: node.organizationId === null ? null : (names.get(node.organizationId) ?? ""),
  }));
  return { of, due, count, after, next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}

/** The whole list, for paper. */
async function allDue(visit: Visit, of: DueList["of"], month: string): Promise<DueList> {
  let list = await dueList(visit, of, month, null, 100);
  while (list.next !== null && list.due.length < clocksMost) {
    const more = await dueList(visit, of, month, list.next, 100);
    list = { ...more, due: [...list.due, ...more.due], after: null };
  }
  return list;
}

async function roundsOf(services: Visit["services"], actor: Visit["actor"]): Promise<OfficeFacts["rounds"]> {
  const { edges } = await services.ratings.rounds({}, { first: roundsMost });
  return Promise.all(
    edges.map(async ({ node: round }) => {
      const applications = await services.ratings.applications(actor, round.id, { first: applicationsMost });
      const ratings = applications.edges.map(({ node }) => node);
      const organizations = await services.organizations.many(ratings.map(({ organizationId }) => organizationId));
      return { round, applications: ratings.map((rating, i) => ({ ...rating, name: organizations[i]?.name ?? "" })) };
    }),
  );
}

/** The share of a division's people who were visited, in whole percent, rounded down. */
export const shareOf = ({ met, owed }: VisitCoverage) => (owed === 0 ? null : Math.floor((met * 100) / owed));
