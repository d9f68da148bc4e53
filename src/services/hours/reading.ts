import type { ActorKind } from "../../domain/facts/actors";
import type { RecordOrigin, RecordState, RecordStep } from "../../domain/facts/hours";
import { type DisputeOutcome, type Evidence, timeliness } from "../../domain/hours";
import { type Day, daysOfMonth, type Instant } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import type { Minutes } from "../../domain/kit/minutes";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { selvesOf } from "../../domain/people/near";
import { type Actor, isStaffOf } from "../../domain/permissions/actors";
import type { Confirmer, Places, RecordBrief, RecordOrder, StoredRecord, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, OrderedPageInput } from "../bank/answers";
import { readField } from "../bank/fields";
import { ownOf } from "../bank/near";
import { paged } from "../bank/paging";
import { serviceRecordFilter } from "./commands";
import type { RecordDetails } from "./entries";
import { type Reason, refHash, whereOf } from "./records";

export interface StepLine extends RecordStep {
  /** Null when the actor may not see it. */
  reason: string | null;
  /** How good a confirmer found the service, 1 to 5; null where nobody said (order 67 §10). */
  quality: number | null;
}
export interface DisputeLine {
  reason: string;
  openedAt: Instant;
  openedBy: { kind: ActorKind };
  evidence: Evidence[];
  outcome: DisputeOutcome | null;
  decidedAt: Instant | null;
}
/** Which records; a field left out or null does not filter. */
export interface RecordQuery {
  organizationId?: string | null;
  volunteerId?: string | null;
  state?: RecordState[] | null;
  origin?: RecordOrigin[] | null;
  overdue?: boolean | null;
  divisionCode?: string | null;
  /** The volunteer that the filter names, beside the volunteer whose list it is. */
  volunteerIs?: string | null;
  volunteerNo?: string | null;
  serviceType?: string[] | null;
  /** The service's day, that of its last minute: from and to, both counted in. */
  from?: Day | null;
  to?: Day | null;
  /** The text as the organisation wrote it. */
  externalRef?: string | null;
  /** True lists only the records that the actor may confirm now; false lists only the others. */
  waitsForMe?: boolean | null;
}
export interface MonthSummary {
  records: number;
  serviceMinutes: Minutes;
  creditedMinutes: Minutes;
  volunteers: number;
  byServiceType: { serviceType: string; records: number; serviceMinutes: Minutes }[];
  /** The share of the month's records that were recorded by the statutory day, in per mille; null where there are no records. */
  recordedOnTimePerMille: number | null;
}

/** Among how many organisations a reference is looked for at once. */
const organizationsMost = 5_000;

/** What may be asked about records; everything in batches, everything by what the actor may see. */
export class Reading {
  constructor(private readonly bank: Bank) {}

  /** An entry is null where it is absent, or where the actor may not see it. */
  async many(actor: Actor, ids: readonly string[]): Promise<(StoredRecord | null)[]> {
    return this.seen(this.bank.store.view, actor, ids);
  }

  /** Does the same as `many`, also within a transaction: a command answers only what its actor may see. */
  async seen(view: View, actor: Actor, ids: readonly string[]): Promise<(StoredRecord | null)[]> {
    return this.seenAmong(view, actor, await view.records(ids), ids);
  }

  /** As `many`, of each record no more than a list of other things shows. */
  async briefs(actor: Actor, ids: readonly string[]): Promise<(RecordBrief | null)[]> {
    const { view } = this.bank.store;
    return this.seenAmong(view, actor, await view.recordBriefs(ids), ids);
  }

  private async seenAmong<R extends RecordBrief>(
    view: View,
    actor: Actor,
    records: ReadonlyMap<string, R>,
    ids: readonly string[],
  ): Promise<(R | null)[]> {
    const organizations = await view.organizations([...records.values()].map((record) => record.organizationId));
    const divisions = await this.bank.divisions(view);
    const seen = new Set<string>();
    for (const record of records.values()) {
      const organization = organizations.get(record.organizationId);
      const where = organization && whereOf(organization, divisions, record.volunteerId);
      if (where && this.bank.permitAny(actor, "hours.see", [where])) seen.add(record.id);
    }
    // A guardian gets a notice of each record of the child, and may look at it.
    const { personId } = actor;
    if (personId !== null && seen.size < records.size) {
      const wards = await this.bank.wardsOf(view, personId);
      for (const { id, volunteerId } of records.values())
        if (wards.includes(volunteerId) && this.bank.permitAny(actor, "hours.see", [{ guardianIds: [personId] }]))
          seen.add(id);
    }
    return ids.map((id) => (seen.has(id) ? (records.get(id) ?? null) : null));
  }

  async list(
    actor: Actor,
    filter: RecordQuery,
    order: RecordOrder,
    page: OrderedPageInput,
  ): Promise<Connection<StoredRecord>> {
    const view = this.bank.store.view;
    const divisions = await this.bank.divisions(view);
    const { overdue, divisionCode } = filter;
    let within: Places | null = null;
    // Volunteers see all of theirs, and guardians all of the child's, wherever it was recorded.
    const theirs = await this.speaksFor(view, actor, filter.volunteerId ?? null);
    if (filter.organizationId) {
      const organization = await this.bank.organization(view, filter.organizationId);
      if (!theirs)
        this.bank.permit(actor, "organization.workspace", whereOf(organization, divisions, filter.volunteerId));
    } else if (!theirs) {
      // The records of others: those of the places where the actor works. Only regulators and supervisors list all places, but
      // every actor lists the records that wait for their own confirmation.
      const act = filter.waitsForMe ? "hours.confirm" : "regulator.see";
      within = await this.bank.places.scope(view, actor, filter.volunteerId ? "hours.see" : act);
    }
    const { from = null, to = null } = filter;
    const volunteers = await this.among(view, filter);
    const refs = await this.refsOf(view, filter, {
      within,
      divisionCodes: await this.bank.divisionsIn(view, divisionCode),
    });
    const confirmable =
      filter.waitsForMe == null ? undefined : { is: filter.waitsForMe, ...(await this.confirmer(view, actor)) };
    const divisionCodes = await this.bank.divisionsIn(view, divisionCode);
    const wanted = overdue == null ? undefined : { on: this.bank.today(), is: overdue };
    const position = (record: StoredRecord) => [
      { DEADLINE: record.recordBy, STARTED_AT: record.startedAt, RECORDED_AT: record.openedSeq }[order],
      record.openedSeq,
    ];
    return paged(
      page,
      {
        name: `serviceRecords ${order}`,
        shape: [order === "DEADLINE" ? "text" : "count", "count"],
        natural: order === "DEADLINE" ? "ASC" : "DESC",
      },
      (bounds) =>
        view.recordList(
          {
            organizationId: filter.organizationId ?? undefined,
            volunteerId: filter.volunteerId ?? undefined,
            state: readField(serviceRecordFilter, "state", filter.state, ["filter"]),
            origin: readField(serviceRecordFilter, "origin", filter.origin, ["filter"]),
            overdue: wanted,
            divisionCodes,
            within: within ?? undefined,
            volunteerIds: volunteers,
            serviceTypes: readField(serviceRecordFilter, "serviceType", filter.serviceType, ["filter"]) ?? undefined,
            days: from === null && to === null ? undefined : { from, until: to },
            refs,
            confirmable,
          },
          order,
          bounds,
        ),
      position,
    );
  }

  /** The volunteers that the filter names, by id or number; a volunteer who is not found has no records. */
  private async among(view: View, { volunteerIs, volunteerNo }: RecordQuery): Promise<string[]> {
    const byNo = volunteerNo == null ? [] : [(await view.volunteerByNo(volunteerNo))?.id ?? ""];
    return [...(volunteerIs == null ? [] : [volunteerIs]), ...byNo];
  }

  /** The forms in which a reference can stand in the journal: each organisation has a hash of its own, an attendance's is in clear. */
  private async refsOf(
    view: View,
    { externalRef, organizationId }: RecordQuery,
    { within, divisionCodes }: { within: Places | null; divisionCodes?: readonly string[] },
  ): Promise<string[] | undefined> {
    const reference = readField(serviceRecordFilter, "externalRef", externalRef, ["filter"]);
    if (reference === null) return undefined;
    const organizationIds = organizationId
      ? [organizationId]
      : [
          ...(within?.organizationIds ?? []),
          ...(within && within.divisionCodes.length === 0
            ? []
            : await view.organizationList(
                { divisionCodes: divisionCodes ?? within?.divisionCodes },
                { first: organizationsMost, after: null },
              )
          ).map(({ id }) => id),
        ];
    return [reference, ...organizationIds.map((id) => refHash(this.bank, id, reference))];
  }

  /** What decides which records the actor may confirm, as `hours.confirm` does for each. */
  private async confirmer(view: View, actor: Actor): Promise<Confirmer> {
    const today = this.bank.today();
    const own = await ownOf(view, actor);
    const none: Places = { organizationIds: [], divisionCodes: [] };
    const staffAt = actor.grants.flatMap(({ organizationId }) =>
      organizationId && isStaffOf(organizationId, actor.grants, today) ? organizationId : [],
    );
    return {
      within: await this.bank.places.scope(view, actor, "hours.confirm").catch((error: unknown) => {
        if (error instanceof Refusal) return none;
        throw error;
      }),
      selves: selvesOf(own),
      own: [...own.keys()],
      staffAt: [...new Set(staffAt)],
      on: today,
    };
  }

  /** Whether they see the volunteer's records as the volunteer, or as the guardian of a minor. */
  private async speaksFor(view: View, { personId, volunteerId: own }: Actor, volunteerId: string | null) {
    if (volunteerId === null || personId === null) return false;
    return volunteerId === own || (await this.bank.wardsOf(view, personId)).includes(volunteerId);
  }

  /** The instants at which each record took its first step and its last. Batched. */
  async moments(ids: readonly string[]): Promise<{ recordedAt: Instant; updatedAt: Instant }[]> {
    const steps = await this.bank.store.view.recordSteps(ids);
    return ids.map((id) => {
      const own = steps.get(id) ?? [];
      const [first, last] = [own[0], own.at(-1)];
      invariant(first && last, "a record has a first step");
      return { recordedAt: first.at, updatedAt: last.at };
    });
  }

  /** The details, steps and disputes of records that were given to the actor. Batched. */
  async details(actor: Actor, ids: readonly string[]): Promise<(RecordDetails | null)[]> {
    const records = await this.many(actor, ids);
    const opened = await this.bank.vault.open<RecordDetails>(
      this.bank.store.view,
      records.map((record) => record?.detailsId ?? null),
    );
    return records.map((record) => (record ? (opened.get(record.detailsId) ?? null) : null));
  }

  async steps(actor: Actor, ids: readonly string[]): Promise<StepLine[][]> {
    const records = await this.many(actor, ids);
    const steps = await this.bank.store.view.recordSteps(ids);
    const reasons = await this.bank.vault.open<Reason>(
      this.bank.store.view,
      [...steps.values()].flat().map((line) => line.reasonId),
    );
    return records.map((record) =>
      record
        ? (steps.get(record.id) ?? []).map((line) => ({
            ...line,
            reason: (line.reasonId && reasons.get(line.reasonId)?.reason) || null,
            quality: (line.reasonId && reasons.get(line.reasonId)?.quality) || null,
          }))
        : [],
    );
  }

  /** The record that each record replaced after an objection; null where it replaces none, and where the actor may not see it. Batched. */
  async replaced(actor: Actor, ids: readonly string[]): Promise<(StoredRecord | null)[]> {
    const originals = await this.bank.store.view.recordsReplacedBy(ids);
    const seen = await this.many(
      actor,
      [...originals.values()].map(({ id }) => id),
    );
    return ids.map((id) => seen.find((record) => record?.replacedBy === id) ?? null);
  }

  async disputes(actor: Actor, ids: readonly string[]): Promise<(DisputeLine | null)[]> {
    const steps = await this.steps(actor, ids);
    const opening = steps.map((lines) => lines.findLast((line) => line.action === "DISPUTE"));
    const reasons = await this.bank.vault.open<Reason>(
      this.bank.store.view,
      opening.map((line) => line?.reasonId ?? null),
    );
    return opening.map((opened, i) => {
      if (!opened) return null;
      const decided = steps[i]?.find(
        (line) => line.version > opened.version && ["UPHOLD", "ADJUST", "REVERSE"].includes(line.action),
      );
      const outcome = decided
        ? ({ UPHOLD: "UPHELD", ADJUST: "ADJUSTED", REVERSE: "REVERSED" } as const)[decided.action as "UPHOLD"]
        : null;
      const sealed = opened.reasonId ? reasons.get(opened.reasonId) : undefined;
      return {
        reason: sealed?.reason ?? "",
        openedAt: opened.at,
        openedBy: { kind: opened.actorKind },
        evidence: sealed?.evidence ?? [],
        outcome,
        decidedAt: decided?.at ?? null,
      };
    });
  }

  async monthSummary(actor: Actor, organizationId: string, month: string): Promise<MonthSummary> {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
      refuse("INVALID_INPUT", { expected: "a month such as 2026-09" }, ["month"]);
    const view = this.bank.store.view;
    this.bank.permit(
      actor,
      "organization.workspace",
      await this.bank.places.at(view, await this.bank.organization(view, organizationId)),
    );
    const days = daysOfMonth(month);
    const { lines: monthLines, volunteers } = await view.monthLines(organizationId, days);
    const { inTime, judged } = timeliness(await view.recordsDuring(days, this.bank.today(), organizationId));
    const sum = (of: (line: (typeof monthLines)[number]) => number) =>
      monthLines.reduce((total, line) => total + of(line), 0);
    return {
      records: sum((line) => line.records),
      serviceMinutes: sum((line) => line.serviceMinutes),
      creditedMinutes: sum((line) => line.creditedMinutes),
      volunteers,
      byServiceType: monthLines.map(({ serviceType, records: count, serviceMinutes }) => ({
        serviceType,
        records: count,
        serviceMinutes,
      })),
      recordedOnTimePerMille: judged === 0 ? null : Math.floor((inTime * 1000) / judged),
    };
  }
}
