import { createHash } from "node:crypto";
import { type Actor, type ActorKind, staffRoles } from "../domain/actors";
import { addDays, dayOf, daysOf, startOf } from "../domain/calendar";
import * as hours from "../domain/hours";
import { type Interval, type RecordAction, type RecordStep, type Rules, step } from "../domain/hours";
import { invariant } from "../domain/invariant";
import { balanceOf } from "../domain/ledger/accounts";
import { hold, posted, release, reverse } from "../domain/ledger/transfers";
import { floorTo, type Minutes } from "../domain/minutes";
import { below, type Division, lineage, type Organization } from "../domain/organizations";
import { Policies } from "../domain/policies";
import { Refusal, type RefusalCode, refuse } from "../domain/refusal";
import type { Profile, Volunteer } from "../domain/volunteers";
import type { ServiceTotals, StoredRecord, Tx, View } from "../storage/store";
import { type Bank, checkText, hashOf, paged, workingCalendar } from "./bank";
import type {
  BatchAnswer,
  BatchLine,
  Connection,
  DisputeLine,
  Done,
  Evidence,
  HoursService,
  LogEntry,
  MonthSummary,
  PageInput,
  RecordDetails,
  StepLine,
} from "./contract";

const entriesMax = 1000;

/** A line's fate as it is frozen under the command's key. */
interface Fate {
  recordId: string | null;
  repeated: boolean;
  refused: { code: RefusalCode; details: Record<string, unknown>; path: string[] } | null;
}
interface Reason {
  reason: string;
  evidence?: Evidence[];
}
/** What one transaction reads once for all its lines. */
interface Scene {
  rules: Rules;
  policies: Policies;
}

/** Service records from the log to the ledger (DESIGN §3, domain.md 6.1). */
export class Hours implements HoursService {
  constructor(private readonly bank: Bank) {}

  async submit(actor: Actor, input: Parameters<HoursService["submit"]>[1]): Promise<Done<StoredRecord>> {
    const { idempotencyKey, organizationId, ...entry } = input;
    const volunteerId = actor.volunteerId ?? refuse("NOT_PERMITTED", { act: "hours.submit" });
    const checked = checkEntry({ ...entry, volunteerId, activityLead: entry.activityLead ?? null });
    return this.bank.once(
      actor,
      "submitServiceRecord",
      idempotencyKey,
      { organizationId, ...entry },
      async (tx) => {
        const organization = await this.bank.organization(tx, organizationId);
        this.bank.permit(actor, "hours.submit", { volunteerId });
        const scene = await this.scene(tx);
        const volunteer = (await tx.volunteers([volunteerId])).get(volunteerId);
        const record = await this.accept(tx, scene, actor, "VOLUNTEER", organization, volunteer, checked, null);
        return record.id;
      },
      one,
    );
  }

  async log(actor: Actor, input: Parameters<HoursService["log"]>[1]): Promise<BatchAnswer> {
    if (input.entries.length < 1 || input.entries.length > entriesMax)
      refuse("BATCH_TOO_LARGE", { least: 1, most: entriesMax, entries: input.entries.length }, ["entries"]);
    const work = (tx: Tx) => this.logAll(tx, actor, input);
    if (input.dryRun)
      return this.bank.store.rehearse(async (tx) => answerOf(await renderFates(tx, await work(tx)), false));
    return this.batch(actor, "logServiceHours", input.idempotencyKey, { ...input, idempotencyKey: undefined }, work);
  }

  async confirm(actor: Actor, input: Parameters<HoursService["confirm"]>[1]): Promise<BatchAnswer> {
    if (input.recordIds.length < 1 || input.recordIds.length > entriesMax)
      refuse("BATCH_TOO_LARGE", { least: 1, most: entriesMax, entries: input.recordIds.length }, ["recordIds"]);
    if (input.quality != null && (input.quality < 1 || input.quality > 5))
      refuse("INVALID_INPUT", { least: 1, most: 5 }, ["quality"]);
    return this.batch(
      actor,
      "confirmServiceRecords",
      input.idempotencyKey,
      { ...input, idempotencyKey: undefined },
      async (tx) => {
        const scene = await this.scene(tx);
        const records = await tx.records(input.recordIds);
        await this.openProfiles(tx, [...records.values()]);
        return lines(input.recordIds, input.mode, async (id) => {
          // Read anew: the same record may stand twice in one batch.
          const record = (await tx.records([id])).get(id) ?? refuse("NOT_FOUND", {}, []);
          return { recordId: await this.confirmOne(tx, scene, actor, record), repeated: false };
        });
      },
    );
  }

  giveBack(
    actor: Actor,
    input: { recordId: string; reason: string; expectedVersion?: number | null },
  ): Promise<StoredRecord> {
    return this.plainStep(actor, input, "RETURN", "hours.return");
  }
  reject(
    actor: Actor,
    input: { recordId: string; reason: string; expectedVersion?: number | null },
  ): Promise<StoredRecord> {
    return this.plainStep(actor, input, "REJECT", "hours.reject");
  }
  void(
    actor: Actor,
    input: { recordId: string; reason: string; expectedVersion?: number | null },
  ): Promise<StoredRecord> {
    return this.plainStep(actor, input, "VOID", "hours.void");
  }

  async resubmit(actor: Actor, input: Parameters<HoursService["resubmit"]>[1]): Promise<StoredRecord> {
    return this.bank.store.write(async (tx) => {
      const { record, role, volunteer } = await this.mine(tx, actor, input.recordId, "hours.resubmit");
      const before = (await this.bank.vault.open<RecordDetails>(tx, [record.detailsId])).get(record.detailsId);
      invariant(before, "a live record's details can be read");
      const entry = checkEntry({
        volunteerId: record.volunteerId,
        serviceType: input.serviceType ?? record.serviceType,
        startedAt: input.startedAt ?? record.startedAt,
        endedAt: input.endedAt ?? record.endedAt,
        breakMinutes: input.breakMinutes ?? record.breakMinutes,
        place: input.place ?? before.place,
        content: input.content ?? before.content,
        activityLead: input.activityLead ?? before.activityLead,
        evidence: input.evidence ?? before.evidence,
      });
      const contentHash = contentHashOf(entry, record.volunteerId);
      if (
        contentHash === record.contentHash &&
        (await this.alreadyDone(tx, actor, record, "RESUBMIT", input.expectedVersion))
      )
        return record;
      const state = step(record, "RESUBMIT", input);
      const scene = await this.scene(tx);
      hours.checkServiceType(entry.serviceType, entry.endedAt, scene.policies);
      const assessment = hours.assess(entry, scene.rules);
      // Lateness was settled when the record was made: its origin stays for life.
      const live = await liveAround(tx, record.volunteerId, entry);
      hours.checkOverlap(entry, live, record.id);
      const confirmationsNeeded = hours.confirmationsNeeded(entry, record.origin, live, scene.rules, record.id);
      const detailsId = await this.bank.vault.seal(tx, actor.personId as string, volunteer.personId, detailsOf(entry));
      const { serviceType, startedAt, endedAt, breakMinutes } = entry;
      const { serviceMinutes, recordBy } = assessment;
      const handledBy = [...new Set([...record.handledBy, actor.personId as string])];
      return this.move(
        tx,
        actor,
        role,
        {
          ...record,
          serviceType,
          startedAt,
          endedAt,
          breakMinutes,
          serviceMinutes,
          recordBy,
          contentHash,
          detailsId,
          handledBy,
          confirmedBy: [],
          confirmationsNeeded,
          state,
        },
        "RESUBMIT",
        record,
        null,
      );
    });
  }

  async dispute(actor: Actor, input: Parameters<HoursService["dispute"]>[1]): Promise<Done<StoredRecord>> {
    const evidence = checkEvidence(input.evidence);
    return this.keyed(actor, "disputeServiceRecord", input, async (tx) => {
      const { record, role, volunteer } = await this.mine(tx, actor, input.recordId, "hours.dispute");
      const state = step(record, "DISPUTE", input);
      const reasonId = await this.reason(tx, actor, volunteer, input.reason, evidence);
      const account = (await tx.accounts([volunteer.accountId])).get(volunteer.accountId);
      invariant(account, "a volunteer has an account");
      // The affected credit is set aside, as far as it is still there.
      const minutes = Math.min(record.creditedMinutes ?? 0, Math.max(0, balanceOf(account, 0).available));
      let disputeHoldSeq: number | null = null;
      if (minutes > 0) {
        const issuance = await this.bank.bankAccount(tx, "ISSUANCE");
        disputeHoldSeq = (
          await tx.post(
            actor.personId as string,
            hold({ debit: account.id, credit: issuance.id, minutes, effectiveOn: dayOf(tx.now), recordId: record.id }),
          )
        ).seq;
      }
      return this.move(tx, actor, role, { ...record, state, disputeHoldSeq }, "DISPUTE", record, reasonId);
    });
  }

  async resolve(actor: Actor, input: Parameters<HoursService["resolve"]>[1]): Promise<Done<StoredRecord>> {
    const adjusting = input.outcome === "ADJUSTED";
    if (!adjusting && (input.startedAt != null || input.endedAt != null || input.breakMinutes != null))
      refuse("INVALID_INPUT", { onlyFor: "ADJUSTED" }, ["outcome"]);
    return this.keyed(actor, "resolveDispute", input, async (tx) => {
      const { record, role, volunteer } = await this.mine(tx, actor, input.recordId, "hours.resolve");
      if (actor.personId === volunteer.personId) refuse("SELF_CONFIRMATION");
      const action = ({ UPHELD: "UPHOLD", ADJUSTED: "ADJUST", REVERSED: "REVERSE" } as const)[input.outcome];
      if (record.state !== "DISPUTED") refuse("ILLEGAL_TRANSITION", { action, from: record.state });
      const state = step(record, action, input);
      const reasonId = await this.reason(tx, actor, volunteer, input.reason);
      if (action === "UPHOLD") {
        await this.releaseHold(tx, actor, record);
        return this.move(tx, actor, role, { ...record, state, disputeHoldSeq: null }, action, record, reasonId);
      }
      const scene = await this.scene(tx);
      const reversed = { ...(await this.unpost(tx, scene, actor, record, volunteer)), state };
      if (!adjusting) return this.move(tx, actor, role, reversed, action, record, reasonId);
      const interval = {
        startedAt: input.startedAt ?? record.startedAt,
        endedAt: input.endedAt ?? record.endedAt,
        breakMinutes: checkBreak(input.breakMinutes ?? record.breakMinutes),
      };
      const replacement = await this.replacementOf(tx, scene, record, interval);
      const moved = await this.move(
        tx,
        actor,
        role,
        { ...reversed, replacedBy: replacement.id },
        action,
        record,
        reasonId,
      );
      const submitted = await this.move(tx, actor, role, replacement, "SUBMIT", null, null);
      await this.post(tx, scene, actor, role, submitted, volunteer);
      return moved;
    });
  }

  async reverse(actor: Actor, input: Parameters<HoursService["reverse"]>[1]): Promise<Done<StoredRecord>> {
    return this.keyed(actor, "reverseServiceRecord", input, async (tx) => {
      const { record, role, volunteer } = await this.mine(tx, actor, input.recordId, "hours.reverse");
      if (actor.personId === volunteer.personId) refuse("SELF_CONFIRMATION");
      const state = step(record, "REVERSE", input);
      if (role !== "OFFICER" && record.confirmedBy.includes(actor.personId as string)) refuse("SAME_PERSON");
      const reasonId = await this.reason(tx, actor, volunteer, input.reason);
      const reversed = await this.unpost(tx, await this.scene(tx), actor, record, volunteer);
      return this.move(tx, actor, role, { ...reversed, state }, "REVERSE", record, reasonId);
    });
  }

  async many(actor: Actor, ids: readonly string[]): Promise<(StoredRecord | null)[]> {
    const view = this.bank.store.view;
    const records = await view.records(ids);
    const organizations = await view.organizations([...records.values()].map((record) => record.organizationId));
    const divisions = await this.bank.divisions(view);
    return ids.map((id) => {
      const record = records.get(id);
      const organization = record && organizations.get(record.organizationId);
      if (!record || !organization) return null;
      return this.bank.permitAny(actor, "hours.see", [whereOf(organization, divisions, record.volunteerId)])
        ? record
        : null;
    });
  }

  async list(
    actor: Actor,
    filter: Parameters<HoursService["list"]>[1],
    order: Parameters<HoursService["list"]>[2],
    page: PageInput,
  ): Promise<Connection<StoredRecord>> {
    const view = this.bank.store.view;
    const divisions = await this.bank.divisions(view);
    const { overdue, divisionCode, ...rest } = filter;
    if (filter.organizationId) {
      const organization = await this.bank.organization(view, filter.organizationId);
      this.bank.permit(
        actor,
        filter.volunteerId === actor.volunteerId && filter.volunteerId ? "hours.see" : "organization.workspace",
        whereOf(organization, divisions, filter.volunteerId),
      );
    } else if (filter.volunteerId) {
      const volunteer = (await view.volunteers([filter.volunteerId])).get(filter.volunteerId) ?? refuse("NOT_FOUND");
      if (!this.bank.permitAny(actor, "hours.see", await this.bank.placesOf(view, volunteer)))
        refuse("NOT_PERMITTED", { act: "hours.see" });
    } else if (
      !this.bank.permitAny(actor, "regulator.see", [
        { divisions: divisionCode ? lineage(divisionCode, divisions) : [] },
      ])
    ) {
      // A supervisor's scope is the station: its own overdue list comes from the station's records.
      const own = actor.grants.find((grant) => grant.role === "STATION_SUPERVISOR" && grant.organizationId !== null);
      if (!own) refuse("NOT_PERMITTED", { act: "regulator.see" });
      return this.list(actor, { ...filter, organizationId: own.organizationId as string }, order, page);
    }
    const divisionCodes = divisionCode ? below(divisionCode, divisions) : undefined;
    const overdueOn = overdue ? this.bank.today() : undefined;
    const position = (record: StoredRecord) => [
      { DEADLINE: record.recordBy, STARTED_AT: record.startedAt, RECORDED_AT: record.openedSeq }[order],
      record.id,
    ];
    return paged(
      page,
      2,
      (bounds) => view.recordList({ ...dropNulls(rest), overdueOn, divisionCodes }, order, bounds),
      position,
    );
  }

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
          }))
        : [],
    );
  }

  async confirmations(ids: readonly string[]): Promise<RecordStep[][]> {
    // Back to where the confirmations were given: a replacement is posted under those of the record before it.
    const givenAt = new Map(ids.map((id) => [id, id]));
    for (let before = await this.replaced(ids); before.size > 0; before = await this.replaced([...givenAt.values()]))
      for (const [id, at] of givenAt) givenAt.set(id, before.get(at)?.id ?? at);
    const steps = await this.bank.store.view.recordSteps([...givenAt.values()]);
    return ids.map((id) => {
      const lines = steps.get(givenAt.get(id) as string) ?? [];
      const submitted = lines.findLastIndex((line) => line.action === "SUBMIT" || line.action === "RESUBMIT");
      return lines.slice(submitted).filter((line) => line.action === "CONFIRM");
    });
  }

  private replaced(ids: readonly string[]): Promise<Map<string, StoredRecord>> {
    return this.bank.store.view.recordsReplacedBy(ids);
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
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) refuse("INVALID_INPUT", {}, ["month"]);
    const view = this.bank.store.view;
    this.bank.permit(
      actor,
      "organization.workspace",
      await this.bank.at(view, await this.bank.organization(view, organizationId)),
    );
    const next = addDays(`${month}-28`, 4).slice(0, 7);
    const { lines: found, volunteers } = await view.monthLines(
      organizationId,
      startOf(`${month}-01`),
      startOf(`${next}-01`),
    );
    const sum = (of: (line: (typeof found)[number]) => number) => found.reduce((total, line) => total + of(line), 0);
    const records = sum((line) => line.records);
    return {
      records,
      serviceMinutes: sum((line) => line.serviceMinutes),
      creditedMinutes: sum((line) => line.creditedMinutes),
      volunteers,
      byServiceType: found.map(({ serviceType, records: count, serviceMinutes }) => ({
        serviceType,
        records: count,
        serviceMinutes,
      })),
      recordedOnTimePerMille: records === 0 ? null : Math.floor((sum((line) => line.onTime) * 1000) / records),
    };
  }

  // ---- logging

  private async logAll(tx: Tx, actor: Actor, input: Parameters<HoursService["log"]>[1]): Promise<Fate[]> {
    const organization = await this.bank.organization(tx, input.organizationId);
    const where = await this.bank.at(tx, organization);
    const role = this.bank.permit(actor, input.origin === "IMPORTED" ? "hours.import" : "hours.log", where);
    const scene = await this.scene(tx);
    const volunteers = await tx.volunteersByNo(input.entries.flatMap((entry) => entry.volunteerNo ?? []));
    const byId = await tx.volunteers(input.entries.flatMap((entry) => entry.volunteerId ?? []));
    await this.bank.vault.prepare([...volunteers.values(), ...byId.values()].map((volunteer) => volunteer.personId));
    const accepted = await tx.recordsByRef(
      organization.id,
      input.entries.flatMap((entry) => entry.externalRef ?? []),
    );
    return lines(input.entries, input.mode, async (raw) => {
      const entry = checkEntry(raw);
      if (!entry.activityLead) refuse("INVALID_INPUT", { missing: true }, ["activityLead"]);
      const volunteer = entry.volunteerNo ? volunteers.get(entry.volunteerNo) : byId.get(entry.volunteerId as string);
      const earlier = entry.externalRef ? accepted.get(entry.externalRef) : undefined;
      if (earlier) {
        if (earlier.contentHash !== contentHashOf(entry, volunteer?.id ?? ""))
          refuse("DUPLICATE_EXTERNAL_REF", { recordId: earlier.id }, ["externalRef"]);
        return { recordId: earlier.id, repeated: true };
      }
      const record = await this.accept(tx, scene, actor, role, organization, volunteer, entry, input.origin ?? null);
      if (record.externalRef) accepted.set(record.externalRef, record);
      return { recordId: record.id, repeated: false };
    });
  }

  /** Rows 3 to 10 of DESIGN §3 in their order, then the record. */
  private async accept(
    tx: Tx,
    scene: Scene,
    actor: Actor,
    role: ActorKind,
    organization: Organization,
    volunteer: Volunteer | undefined,
    entry: CheckedEntry,
    given: "IMPORTED" | null,
  ): Promise<StoredRecord> {
    if (volunteer?.state !== "ACTIVE")
      refuse("VOLUNTEER_NOT_FOUND", {}, [entry.volunteerNo ? "volunteerNo" : "volunteerId"]);
    hours.checkServiceType(entry.serviceType, entry.endedAt, scene.policies);
    const assessment = hours.assess(entry, scene.rules);
    if (!given) hours.checkLateness(assessment, entry, entry.evidence.length, scene.rules);
    const live = await liveAround(tx, volunteer.id, entry);
    hours.checkOverlap(entry, live);
    const origin = given ?? (assessment.late ? "BACKFILLED" : "ENTERED");
    const detailsId = await this.bank.vault.seal(tx, actor.personId as string, volunteer.personId, detailsOf(entry));
    const record: hours.ServiceRecord = {
      id: this.bank.id("record", tx.now),
      organizationId: organization.id,
      volunteerId: volunteer.id,
      externalRef: entry.externalRef,
      contentHash: contentHashOf(entry, volunteer.id),
      serviceType: entry.serviceType,
      startedAt: entry.startedAt,
      endedAt: entry.endedAt,
      breakMinutes: entry.breakMinutes,
      serviceMinutes: assessment.serviceMinutes,
      origin,
      state: step(null, "SUBMIT"),
      confirmationsNeeded: hours.confirmationsNeeded(entry, origin, live, scene.rules),
      handledBy: [actor.personId as string],
      confirmedBy: [],
      recordBy: assessment.recordBy,
      creditableMinutes: null,
      creditedMinutes: null,
      disputeHoldSeq: null,
      replacedBy: null,
      detailsId,
      version: 0,
    };
    return this.move(tx, actor, role, record, "SUBMIT", null, null);
  }

  // ---- confirming and posting

  private async confirmOne(tx: Tx, scene: Scene, actor: Actor, record: StoredRecord): Promise<string> {
    const organization = await this.bank.organization(tx, record.organizationId);
    const where = await this.bank.at(tx, organization);
    const role =
      this.bank.permitAny(actor, "hours.confirm", [where]) ?? refuse("NOT_PERMITTED", { act: "hours.confirm" });
    const state = step(record, "CONFIRM");
    const volunteer = await volunteerOf(tx, record);
    const today = dayOf(tx.now);
    const isStaff = (
      grants: readonly { role: string; organizationId: string | null; validFrom: string; validUntil: string | null }[],
    ) =>
      grants.some(
        (grant) =>
          grant.organizationId === organization.id &&
          (staffRoles as readonly string[]).includes(grant.role) &&
          grant.validFrom <= today &&
          (grant.validUntil === null || grant.validUntil >= today),
      );
    const volunteerGrants = (await tx.grantsOfPersons([volunteer.personId])).get(volunteer.personId) ?? [];
    const personId = actor.personId as string;
    hours.checkConfirmer(record, {
      personId,
      volunteerPersonId: volunteer.personId,
      volunteerIsStaff: isStaff(volunteerGrants),
      fromElsewhere: !isStaff(actor.grants),
    });
    const confirmed = await this.move(
      tx,
      actor,
      role,
      { ...record, state, confirmedBy: [...record.confirmedBy, personId] },
      "CONFIRM",
      record,
      null,
    );
    if (confirmed.confirmedBy.length >= confirmed.confirmationsNeeded)
      await this.post(tx, scene, actor, role, confirmed, volunteer);
    return record.id;
  }

  /** Record and credit in one transaction: the credit due on the cumulative total, what is over the cap elsewhere. */
  private async post(
    tx: Tx,
    scene: Scene,
    actor: Actor,
    role: ActorKind,
    record: StoredRecord,
    volunteer: Volunteer,
  ): Promise<StoredRecord> {
    const personId = actor.personId as string;
    const day = dayOf(record.endedAt);
    const totals = await totalsOf(tx, volunteer.id);
    const profile = (await this.bank.vault.open<Profile>(tx, [volunteer.profileId])).get(volunteer.profileId);
    const creditable = hours.creditable(record, profile?.birthDate ?? null, scene.policies);
    const granularity = scene.policies.inForce("credit.granularityMinutes", day);
    const due =
      creditable.minutes === 0
        ? 0
        : hours.creditDue(creditable.minutes, totals.creditable - totals.credited, granularity.value as number);
    const account = (await tx.accounts([volunteer.accountId])).get(volunteer.accountId);
    invariant(account, "a volunteer has an account");
    const cap = scene.policies.inForce("credit.balanceCapMinutes", dayOf(tx.now));
    const most = Math.min(cap.value as number, account.ceiling ?? Number.MAX_SAFE_INTEGER);
    const { kept, overflow } = hours.splitAtCap(due, balanceOf(account, 0), most);
    const issuance = await this.bank.bankAccount(tx, "ISSUANCE");
    const common = { debit: issuance.id, effectiveOn: day, recordId: record.id };
    const policyIds = [...creditable.policies, granularity].map((policy) => policy.id);
    if (kept > 0)
      await tx.post(personId, posted({ ...common, credit: account.id, minutes: kept, kind: "EARN", policyIds }));
    if (overflow > 0) {
      const other = await this.bank.bankAccount(
        tx,
        volunteer.overflow === "HONOUR" ? "OVERFLOW_HONOUR" : "PUBLIC_POOL",
      );
      await tx.post(
        personId,
        posted({ ...common, credit: other.id, minutes: overflow, kind: "OVERFLOW", policyIds: [...policyIds, cap.id] }),
      );
    }
    await tx.setTotals(
      addTo(totals, record, { service: record.serviceMinutes, creditable: creditable.minutes, credited: due }),
    );
    return this.move(
      tx,
      actor,
      role,
      { ...record, state: step(record, "POST"), creditableMinutes: creditable.minutes, creditedMinutes: due },
      "POST",
      record,
      null,
    );
  }

  /** The whole reversal as one chain: the dispute's hold, every transfer of the record, then the rounding of the rest. */
  private async unpost(
    tx: Tx,
    scene: Scene,
    actor: Actor,
    record: StoredRecord,
    volunteer: Volunteer,
  ): Promise<StoredRecord> {
    const personId = actor.personId as string;
    await this.releaseHold(tx, actor, record);
    const transfers = (await tx.transfersOfRecords([record.id])).get(record.id) ?? [];
    const credits = transfers.filter((transfer) => transfer.phase === "POSTED");
    for (const transfer of credits) await tx.post(personId, reverse(transfer));
    const day = dayOf(record.endedAt);
    const before = addTo(await totalsOf(tx, volunteer.id), record, {
      service: -record.serviceMinutes,
      creditable: -(record.creditableMinutes ?? 0),
      credited: -(record.creditedMinutes ?? 0),
    });
    const granularity = scene.policies.inForce("credit.granularityMinutes", day);
    const target = floorTo(before.creditable, granularity.value as number);
    const missing = target - before.credited;
    if (missing !== 0) {
      const issuance = await this.bank.bankAccount(tx, "ISSUANCE");
      const [debit, credit] = missing > 0 ? [issuance.id, volunteer.accountId] : [volunteer.accountId, issuance.id];
      await tx.post(
        personId,
        posted({
          debit,
          credit,
          minutes: Math.abs(missing),
          kind: "ROUNDING",
          effectiveOn: day,
          recordId: record.id,
          policyIds: [granularity.id],
        }),
      );
    }
    await tx.setTotals({ ...before, credited: target });
    return { ...record, disputeHoldSeq: null, creditedMinutes: 0 };
  }

  private async releaseHold(tx: Tx, actor: Actor, record: StoredRecord): Promise<void> {
    if (record.disputeHoldSeq === null) return;
    const held = (await tx.transfers([record.disputeHoldSeq])).get(record.disputeHoldSeq);
    invariant(held, "a dispute's hold stands in the ledger");
    await tx.post(actor.personId as string, release(held));
  }

  /** Keeps origin, texts and confirmations; tested for interval, length and overlap, not for lateness. */
  private async replacementOf(tx: Tx, scene: Scene, record: StoredRecord, interval: Interval): Promise<StoredRecord> {
    const { serviceMinutes, recordBy } = hours.assess(interval, scene.rules);
    hours.checkOverlap(interval, await liveAround(tx, record.volunteerId, interval), record.id);
    const contentHash = createHash("sha256")
      .update(`${record.contentHash}|${interval.startedAt}|${interval.endedAt}|${interval.breakMinutes}`)
      .digest("hex");
    return {
      ...record,
      ...interval,
      id: this.bank.id("record", tx.now),
      externalRef: null,
      contentHash,
      serviceMinutes,
      recordBy,
      state: "SUBMITTED",
      creditableMinutes: null,
      creditedMinutes: null,
      disputeHoldSeq: null,
      replacedBy: null,
      version: 0,
      openedSeq: 0,
    };
  }

  // ---- shared

  private async scene(tx: Tx): Promise<Scene> {
    const policies = await this.bank.policies(tx);
    return { policies, rules: { policies, calendar: workingCalendar(policies, dayOf(tx.now)), now: tx.now } };
  }

  /** Appends the step that leaves the record as given; the version counts the steps. */
  private async move(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    record: hours.ServiceRecord & { openedSeq?: number },
    action: RecordAction,
    before: StoredRecord | null,
    reasonId: string | null,
  ): Promise<StoredRecord> {
    const { openedSeq: _, seq: __, ...facts } = record as StoredRecord & { seq?: number };
    const version = (before?.version ?? 0) + 1;
    const seq = await tx.append(actor.personId as string, {
      type: "RECORD_STEP",
      ...facts,
      version,
      action,
      from: before?.state ?? null,
      actorKind: role,
      reasonId,
    });
    return { ...facts, version, openedSeq: before?.openedSeq ?? seq };
  }

  /** The record, the volunteer and the role under which the actor may do this to it; NOT_FOUND when it is not theirs to see. */
  private async mine(
    tx: Tx,
    actor: Actor,
    recordId: string,
    act:
      | "hours.return"
      | "hours.reject"
      | "hours.void"
      | "hours.resubmit"
      | "hours.dispute"
      | "hours.resolve"
      | "hours.reverse",
  ) {
    const record = (await tx.records([recordId])).get(recordId) ?? refuse("NOT_FOUND", {}, ["recordId"]);
    const where = {
      ...(await this.bank.at(tx, await this.bank.organization(tx, record.organizationId))),
      volunteerId: record.volunteerId,
    };
    if (!this.bank.permitAny(actor, "hours.see", [where])) refuse("NOT_FOUND", {}, ["recordId"]);
    const role = this.bank.permit(actor, act, where);
    return { record, role, volunteer: await volunteerOf(tx, record) };
  }

  private async plainStep(
    actor: Actor,
    input: { recordId: string; reason: string; expectedVersion?: number | null },
    action: "RETURN" | "REJECT" | "VOID",
    act: "hours.return" | "hours.reject" | "hours.void",
  ): Promise<StoredRecord> {
    return this.bank.store.write(async (tx) => {
      const { record, role, volunteer } = await this.mine(tx, actor, input.recordId, act);
      if (await this.alreadyDone(tx, actor, record, action, input.expectedVersion)) return record;
      if (action !== "VOID" && actor.personId === volunteer.personId) refuse("SELF_CONFIRMATION");
      const state = step(record, action, input);
      return this.move(
        tx,
        actor,
        role,
        { ...record, state },
        action,
        record,
        await this.reason(tx, actor, volunteer, input.reason),
      );
    });
  }

  /** The same step again by the same actor answers the same, unless the client saw another version before it. */
  private async alreadyDone(
    tx: Tx,
    actor: Actor,
    record: StoredRecord,
    action: RecordAction,
    expectedVersion?: number | null,
  ): Promise<boolean> {
    if (expectedVersion != null && expectedVersion !== record.version - 1) return false;
    const last = (await tx.recordSteps([record.id])).get(record.id)?.at(-1);
    return last?.action === action && last.actorId === actor.personId;
  }

  private async reason(
    tx: Tx,
    actor: Actor,
    volunteer: Volunteer,
    text: string,
    evidence?: Evidence[],
  ): Promise<string> {
    const reason = checkText(text, "reason", { most: 1000 }) ?? refuse("REASON_MISSING", {}, ["reason"]);
    return this.bank.vault.seal(tx, actor.personId as string, volunteer.personId, {
      reason,
      ...(evidence?.length ? { evidence } : {}),
    } satisfies Reason);
  }

  private async openProfiles(tx: Tx, records: readonly StoredRecord[]): Promise<void> {
    const volunteers = await tx.volunteers(records.map((record) => record.volunteerId));
    await this.bank.vault.prepare([...volunteers.values()].map((volunteer) => volunteer.personId));
  }

  private keyed(
    actor: Actor,
    operation: string,
    input: { idempotencyKey: string },
    work: (tx: Tx) => Promise<StoredRecord>,
  ): Promise<Done<StoredRecord>> {
    const { idempotencyKey, ...request } = input;
    return this.bank.once(actor, operation, idempotencyKey, request, async (tx) => (await work(tx)).id, one);
  }

  private async batch(
    actor: Actor,
    operation: string,
    key: string,
    request: unknown,
    work: (tx: Tx) => Promise<Fate[]>,
  ): Promise<BatchAnswer> {
    const rendered = (replayed: boolean) => async (view: View, fates: Fate[]) =>
      answerOf(await renderFates(view, fates), replayed);
    try {
      const done = await this.bank.once(actor, operation, key, request, work, rendered(false));
      return { ...done.value, replayed: done.replayed };
    } catch (error) {
      if (!(error instanceof WholeBatchRefused)) throw error;
      // Nothing was kept; what each line was told is frozen under the key all the same.
      const done = await this.bank.once(actor, operation, key, request, async () => error.fates, rendered(false));
      return { ...done.value, replayed: done.replayed };
    }
  }
}

class WholeBatchRefused extends Error {
  constructor(readonly fates: Fate[]) {
    super("the batch was refused as a whole");
  }
}

/** Does every line; refusals become its fate. In ALL_OR_NOTHING one refusal undoes the batch and the others say so. */
async function lines<I>(
  inputs: readonly I[],
  mode: "EACH" | "ALL_OR_NOTHING",
  work: (input: I) => Promise<{ recordId: string; repeated: boolean }>,
): Promise<Fate[]> {
  const fates: Fate[] = [];
  for (const input of inputs) {
    try {
      fates.push({ ...(await work(input)), refused: null });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fates.push({
        recordId: null,
        repeated: false,
        refused: { code: error.code, details: { ...error.details }, path: [...error.path] },
      });
    }
  }
  if (mode === "EACH" || fates.every((fate) => fate.refused === null)) return fates;
  const causeIndex = fates.findIndex((fate) => fate.refused !== null);
  throw new WholeBatchRefused(
    fates.map((fate) =>
      fate.refused
        ? fate
        : { recordId: null, repeated: false, refused: { code: "LINKED_FAILED", details: { causeIndex }, path: [] } },
    ),
  );
}

async function renderFates(view: View, fates: readonly Fate[]): Promise<BatchLine[]> {
  const records = await view.records(fates.flatMap((fate) => fate.recordId ?? []));
  return fates.map((fate, index) => ({
    index,
    repeated: fate.repeated,
    record: fate.recordId ? (records.get(fate.recordId) ?? null) : null,
    refusal: fate.refused ? new Refusal(fate.refused.code, fate.refused.details, fate.refused.path) : null,
  }));
}

function answerOf(results: BatchLine[], replayed: boolean): BatchAnswer {
  const refused = results.filter((line) => line.refusal).length;
  const repeated = results.filter((line) => line.repeated).length;
  return { accepted: results.length - refused - repeated, repeated, refused, replayed, results };
}

const one = async (view: View, id: string): Promise<StoredRecord> => {
  const record = (await view.records([id])).get(id);
  invariant(record, "a command's record is there");
  return record;
};

type CheckedEntry = Omit<LogEntry, "evidence" | "externalRef" | "place" | "activityLead"> & {
  externalRef: string | null;
  place: string | null;
  activityLead: string | null;
  evidence: Evidence[];
};

/** Row 1 of DESIGN §3: everything that makes an entry unreadable. */
function checkEntry(entry: Omit<LogEntry, "activityLead"> & { activityLead: string | null }): CheckedEntry {
  for (const path of ["startedAt", "endedAt"] as const)
    if (!Number.isSafeInteger(entry[path]) || Math.abs(entry[path]) > 8.64e15) refuse("INVALID_INPUT", {}, [path]);
  checkBreak(entry.breakMinutes);
  if (Boolean(entry.volunteerId) === Boolean(entry.volunteerNo))
    refuse("INVALID_INPUT", { oneOf: ["volunteerId", "volunteerNo"] }, ["volunteerNo"]);
  return {
    ...entry,
    volunteerNo: checkText(entry.volunteerNo, "volunteerNo", { most: 50 }),
    serviceType: checkText(entry.serviceType, "serviceType", { most: 50, least: 1 }) as string,
    externalRef: checkText(entry.externalRef, "externalRef", { most: 200 }),
    place: checkText(entry.place, "place", { most: 200 }),
    content: checkText(entry.content, "content", { most: 2000, least: 1 }) as string,
    activityLead: checkText(entry.activityLead, "activityLead", { most: 100 }),
    evidence: checkEvidence(entry.evidence),
  };
}

function checkBreak(breakMinutes: Minutes): Minutes {
  if (!Number.isSafeInteger(breakMinutes) || breakMinutes < 0) refuse("INVALID_INPUT", { least: 0 }, ["breakMinutes"]);
  return breakMinutes;
}

function checkEvidence(evidence: readonly Evidence[] | null | undefined): Evidence[] {
  if ((evidence?.length ?? 0) > 20) refuse("INVALID_INPUT", { most: 20 }, ["evidence"]);
  return (evidence ?? []).map(({ kind, ref }) => ({
    kind,
    ref: checkText(ref, "evidence", { most: 500, least: 1 }) as string,
  }));
}

function detailsOf({ place, content, activityLead, evidence }: CheckedEntry): RecordDetails {
  return { place, content, activityLead, evidence };
}

function contentHashOf(entry: CheckedEntry, volunteerId: string): string {
  const { serviceType, startedAt, endedAt, breakMinutes, place, content, activityLead, evidence, recipientId } = entry;
  return hashOf("entry", {
    volunteerId,
    serviceType,
    startedAt,
    endedAt,
    breakMinutes,
    place,
    content,
    activityLead,
    evidence,
    recipientId,
  });
}

/** Live records of the civil days an interval touches, the day limit's and the overlap's neighbours. */
async function liveAround(tx: Tx, volunteerId: string, interval: Interval): Promise<StoredRecord[]> {
  const days = daysOf(interval.startedAt, interval.endedAt);
  const first = days[0] ?? dayOf(interval.startedAt);
  return tx.liveRecords([volunteerId], startOf(first), startOf(addDays(days.at(-1) ?? first, 1)));
}

async function volunteerOf(view: View, record: StoredRecord): Promise<Volunteer> {
  const volunteer = (await view.volunteers([record.volunteerId])).get(record.volunteerId);
  invariant(volunteer, "a record has a volunteer");
  return volunteer;
}

async function totalsOf(view: View, volunteerId: string): Promise<ServiceTotals> {
  return (
    (await view.totals([volunteerId])).get(volunteerId) ?? {
      volunteerId,
      checkedIn: 0,
      entered: 0,
      backfilled: 0,
      imported: 0,
      creditable: 0,
      credited: 0,
    }
  );
}

const totalOf = {
  CHECKED_IN: "checkedIn",
  ENTERED: "entered",
  BACKFILLED: "backfilled",
  IMPORTED: "imported",
} as const;

function addTo(
  totals: ServiceTotals,
  record: StoredRecord,
  change: { service: Minutes; creditable: Minutes; credited: Minutes },
): ServiceTotals {
  const name = totalOf[record.origin];
  return {
    ...totals,
    [name]: totals[name] + change.service,
    creditable: totals.creditable + change.creditable,
    credited: totals.credited + change.credited,
  };
}

function whereOf(organization: Organization, divisions: ReadonlyMap<string, Division>, volunteerId?: string | null) {
  return { organizationId: organization.id, divisions: lineage(organization.divisionCode, divisions), volunteerId };
}

function dropNulls<T extends object>(filter: T): { [K in keyof T]: Exclude<T[K], null> } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null && value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], null>;
  };
}
