import type { Actor } from "../../domain/actors";
import { addDays, type Day, dayOf } from "../../domain/calendar";
import {
  type Clock,
  type ClockState,
  clockKinds,
  clockPolicies,
  clockState,
  compareClocks,
  decideBy,
  nearUntil,
  workingDaysLeft,
} from "../../domain/clocks";
import { below } from "../../domain/organizations";
import type { ClockQuery } from "../../storage/store";
import type { Bank } from "../bank";
import { workingCalendar } from "../calendar";
import type { ClocksService, Connection, PageInput, ShownClock } from "../contract";
import { checkChoices } from "../input";
import { paged } from "../paging";

/** Objections that wait are few; what they are due is counted, not kept. */
const disputesMost = 2000;

/** One list of all that is due by law or by rule, whoever has to do it; for the office and for each station its own. */
export class Clocks implements ClocksService {
  constructor(private readonly bank: Bank) {}

  async list(
    actor: Actor,
    filter: Parameters<ClocksService["list"]>[1],
    page: PageInput,
  ): Promise<Connection<ShownClock>> {
    const view = this.bank.store.view;
    const within = (await this.bank.scope(view, actor, "regulator.see")) ?? undefined;
    const [today, policies] = [this.bank.today(), await this.bank.policies(view)];
    const calendar = workingCalendar(policies, today);
    const near = nearUntil(today, calendar, policies);
    const states = checkChoices(filter.state, "state") ?? ["RUNNING", "DUE", "OVERDUE"];
    const kinds = checkChoices(filter.kind, "kind") ?? clockKinds;
    const { divisionCode } = filter;
    const divisionCodes = divisionCode ? below(divisionCode, await this.bank.divisions(view)) : undefined;
    const query: ClockQuery = { kinds, divisionCodes, within, spans: spansOf(states, today, near) };
    const disputes: Clock[] = kinds.includes("DISPUTE_DECISION")
      ? (await view.disputesOpen(query, disputesMost)).map(({ recordId, organizationId, openedAt }) => ({
          kind: "DISPUTE_DECISION",
          subjectId: recordId,
          dueOn: decideBy(dayOf(openedAt), calendar, policies),
          organizationId,
        }))
      : [];
    const wanted = disputes.filter(({ dueOn }) => states.includes(clockState(dueOn, today, near)));
    const found = await paged(
      page,
      ["text", "text", "text"],
      async ({ first, after }) => {
        const [dueOn, kind, subjectId] = after ?? [];
        const later = wanted.filter(
          (clock) => after === null || compareClocks(clock, { ...clock, dueOn, kind, subjectId } as Clock) > 0,
        );
        return [...(await view.clocksDue(query, { first, after })), ...later].sort(compareClocks).slice(0, first);
      },
      (clock) => [clock.dueOn, clock.kind, clock.subjectId],
    );
    const shown = (clock: Clock): ShownClock => ({
      ...clock,
      state: clockState(clock.dueOn, today, near),
      workingDaysLeft: workingDaysLeft(clock.dueOn, today, calendar),
      citation: policies.inForce(clockPolicies[clock.kind], today).citation,
    });
    return { ...found, edges: found.edges.map(({ cursor, node }) => ({ cursor, node: shown(node) })) };
  }
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
