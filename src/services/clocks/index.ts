import {
  type Clock,
  type ClockState,
  clockKinds,
  clockPolicies,
  clockState,
  compareClocks,
  decideBy,
  nearUntil,
  workingDayClocks,
  workingDaysLeft,
} from "../../domain/clocks";
import { addDays, addMonths, type Day, dayOf, isProvisional, type WorkingCalendar } from "../../domain/kit/calendar";
import { lineage } from "../../domain/organizations";
import type { Actor } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import { monthOf, slotsOf } from "../../domain/visits";
import type { ClockQuery, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { workingCalendar } from "../bank/calendar";
import { type Asked, read } from "../bank/fields";
import { paged, pageOf, shownPage } from "../bank/paging";
import { statutoryClockFilter } from "./commands";

export interface ShownClock extends Clock {
  state: ClockState;
  /** Whether `dueOn` lies beyond what is known of the calendar by which it is counted. */
  dueOnProvisional: boolean;
  workingDaysLeft: number;
  citation: string;
}
/** Which clocks; a field left out or null does not filter. */
export interface ClockFilter extends Asked<typeof statutoryClockFilter> {
  /** The first and the last day on which they are due. */
  dueFrom?: Day | null;
  dueUntil?: Day | null;
}

/** Objections that wait are few; what they are due is counted, not kept. */
const disputesMost = 2000;
/** Grades are seldom taken. */
const plaquesMost = 2000;
/** No province has more. */
const stationsMost = 5000;

/** The list of all that is due by law or by rule, for the office, and for each station its own part. */
export class Clocks {
  constructor(private readonly bank: Bank) {}

  /** How many such a list holds in all. */
  async count(actor: Actor, filter: ClockFilter): Promise<number> {
    const { query, wanted } = await this.asked(actor, filter);
    return (await this.bank.store.view.clocksCount(query)) + wanted.length;
  }

  /** What is asked for: by the kinds whose date is kept, and those that are counted here. */
  private async asked(actor: Actor, filter: ClockFilter) {
    const view = this.bank.store.view;
    const within = (await this.bank.places.scope(view, actor, "regulator.see")) ?? undefined;
    const [today, policies] = [this.bank.today(), await this.bank.policies(view)];
    const calendar = workingCalendar(policies, today);
    const near = nearUntil(today, calendar, policies);
    const {
      state: states = ["RUNNING", "DUE", "OVERDUE"],
      kind: kinds = clockKinds,
      divisionCode,
    } = read(statutoryClockFilter, filter, ["filter"]);
    const divisionCodes = await this.bank.divisionsIn(view, divisionCode);
    const during = { from: filter.dueFrom ?? null, until: filter.dueUntil ?? null };
    const spans = spansOf(states, today, near).flatMap((span) => clipped(span, during));
    // Where no day fits, nothing is asked for.
    const query: ClockQuery = { kinds: spans.length > 0 ? kinds : [], divisionCodes, within, spans };
    const counted = [
      ...(kinds.includes("DISPUTE_DECISION") ? await disputes(view, query, calendar, policies) : []),
      ...(kinds.includes("PLAQUE_RETURN") ? await plaques(view, query, policies) : []),
      ...(kinds.includes("VISIT_MONTH") ? await this.visitMonths(view, query, policies) : []),
    ];
    const wanted = counted.filter(({ dueOn }) => spans.some((span) => isWithin(dueOn, span)));
    return { query, wanted, policies, calendar, today, near };
  }

  /** Whichever is due first; for supervisors of their own places, for officers and auditors of all. */
  async list(actor: Actor, filter: ClockFilter, page: PageInput): Promise<Connection<ShownClock>> {
    const view = this.bank.store.view;
    const { query, wanted, policies, calendar, today, near } = await this.asked(actor, filter);
    const clocks = await paged(
      page,
      { name: "statutoryClocks", shape: ["text", "text", "text"] },
      async (bounds) => {
        const counted = pageOf(wanted.sort(compareClocks), bounds, (clock, [dueOn, kind, subjectId]) =>
          compareClocks(clock, { ...clock, dueOn, kind, subjectId } as Clock),
        );
        const sign = bounds.backwards ? -1 : 1;
        return [...(await view.clocksDue(query, bounds)), ...counted]
          .sort((a, b) => sign * compareClocks(a, b))
          .slice(0, bounds.first);
      },
      (clock) => [clock.dueOn, clock.kind, clock.subjectId],
    );
    const shown = (clock: Clock): ShownClock => ({
      ...clock,
      state: clockState(clock.dueOn, today, near),
      dueOnProvisional: workingDayClocks.includes(clock.kind) && isProvisional(calendar, clock.dueOn),
      workingDaysLeft: workingDaysLeft(clock.dueOn, today, calendar),
      citation: policies.inForce(clockPolicies[clock.kind], today).citation,
    });
    return shownPage(clocks, (rows) => rows.map(shown));
  }

  /** Stations with people on their list who wait for a visit of this month, or who missed one of the last. */
  private async visitMonths(view: View, query: ClockQuery, policies: Policies): Promise<Clock[]> {
    const month = `${monthOf(this.bank.today())}-01`;
    const divisions = await this.bank.divisions(view);
    const kinds = ["SOCIAL_WORK_STATION"] as const;
    const stations = await view.organizationList({ kinds }, { first: stationsMost, after: null });
    const { within, divisionCodes } = query;
    const asked = stations.filter(
      ({ id, divisionCode }) =>
        (divisionCodes?.includes(divisionCode) ?? true) &&
        (!within || within.organizationIds.includes(id) || within.divisionCodes.includes(divisionCode)),
    );
    const clocks = new Map<string, Clock>();
    for (const slot of [addMonths(month, -1), month].flatMap((first) => slotsOf(monthOf(first), policies)))
      for (const { divisionCode, owed, met } of await view.coverage(slot, null)) {
        // The nearest station above looks after a division.
        const near = lineage(divisionCode, divisions).find((code) => stations.some((s) => s.divisionCode === code));
        for (const { id } of owed > met ? asked.filter((station) => station.divisionCode === near) : [])
          clocks.set(`${slot.until} ${id}`, {
            kind: "VISIT_MONTH",
            subjectId: id,
            dueOn: slot.until,
            organizationId: id,
          });
      }
    return [...clocks.values()];
  }
}

async function disputes(
  view: View,
  query: ClockQuery,
  calendar: WorkingCalendar,
  policies: Policies,
): Promise<Clock[]> {
  const open = await view.disputesOpen(query, disputesMost);
  return open.map(({ recordId, organizationId, openedAt }) => ({
    kind: "DISPUTE_DECISION",
    subjectId: recordId,
    dueOn: decideBy(dayOf(openedAt), calendar, policies),
    organizationId,
  }));
}

async function plaques(view: View, query: ClockQuery, policies: Policies): Promise<Clock[]> {
  const out = await view.plaquesOut(query, plaquesMost);
  return out.map(({ ratingId, organizationId, takenAt }) => {
    const takenOn = dayOf(takenAt);
    const dueOn = addDays(takenOn, policies.count("orgEval.plaqueDays", takenOn));
    return { kind: "PLAQUE_RETURN", subjectId: ratingId, dueOn, organizationId };
  });
}

type Span = ClockQuery["spans"][number];

function isWithin(day: Day, { from, until }: Span): boolean {
  return (from === null || from <= day) && (until === null || day <= until);
}

/** What of a span lies within another; none where they do not meet. */
function clipped(span: Span, within: Span): Span[] {
  const from =
    [span.from, within.from]
      .filter((day) => day !== null)
      .sort()
      .at(-1) ?? null;
  const until = [span.until, within.until].filter((day) => day !== null).sort()[0] ?? null;
  return from !== null && until !== null && from > until ? [] : [{ from, until }];
}

/** The days on which clocks of these states are due; what is met is on no list. */
function spansOf(states: readonly ClockState[], today: Day, near: Day): ClockQuery["spans"] {
  const spans: Record<Exclude<ClockState, "MET">, ClockQuery["spans"][number]> = {
    OVERDUE: { from: null, until: addDays(today, -1) },
    DUE: { from: today, until: near },
    RUNNING: { from: addDays(near, 1), until: null },
  };
  return states.flatMap((state) => (state === "MET" ? [] : [spans[state]]));
}
