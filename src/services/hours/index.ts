import { recordMoves } from "../../domain/facts/hours";
import type { Organization } from "../../domain/facts/organizations";
import type { Volunteer } from "../../domain/facts/people";
import * as hours from "../../domain/hours";
import { dayOf } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { take } from "../../domain/kit/moves";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { isKeepable } from "../../domain/kit/texts";
import { type Own, selvesOf } from "../../domain/people/near";
import { type Actor, asOne, isStaffOf } from "../../domain/permissions/actors";
import type { StoredRecord, Tx, View } from "../../storage/store";
import type { Tallies } from "../activities/tallies";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { batch, checkBatch, type Fate, isElsewhere, lines, refusedByLine, rehearse } from "../bank/batch";
import { type Asked, readField } from "../bank/fields";
import { checkStranger, ownOf } from "../bank/near";
import { AttendedHours } from "./attended";
import {
  confirmServiceRecords,
  disputeServiceRecord,
  logServiceHours,
  type resolveDispute,
  type resubmitServiceRecord,
  type reverseServiceRecord,
  type submitServiceRecord,
} from "./commands";
import { checkBreak, checkEntry, contentOf, detailsOf, type RecordDetails } from "./entries";
import { MergedHours } from "./merged";
import { Posting } from "./posting";
import { Reading } from "./reading";
import { LiveRecords, liveAround, type RecordScene, Records, spanAround } from "./records";
import { type BatchAnswer, type ReviewLine, reviewed } from "./reviewing";

/** Service records from the log to the ledger (DESIGN §3, domain.md 6.1). */
export class Hours {
  /** The questions about records, of which nothing is written. */
  readonly reading: Reading;
  readonly records: Records;
  private readonly posting: Posting;

  /** Hours proven by attendance, for those who see it. */
  readonly attended: AttendedHours;
  /** Hours of a registration that is merged into another. */
  readonly merged: MergedHours;

  constructor(
    private readonly bank: Bank,
    tallies: Tallies,
  ) {
    this.reading = new Reading(bank);
    this.records = new Records(bank, tallies);
    this.posting = new Posting(bank, this.records, tallies);
    this.attended = new AttendedHours(bank, this.records);
    this.merged = new MergedHours(bank, this.records, this.posting);
  }

  async submit(actor: Actor, input: Asked<typeof submitServiceRecord>): Promise<Done<StoredRecord>> {
    const { idempotencyKey, organizationId, ...entry } = input;
    const volunteerId = actor.volunteerId ?? refuse("NOT_PERMITTED", { act: "hours.submit" });
    const checked = checkEntry({ ...entry, volunteerId, activityLead: entry.activityLead ?? null });
    return this.bank.commands.once(
      actor,
      "submitServiceRecord",
      input,
      async (tx, actor) => {
        const organization = await this.bank.organization(tx, organizationId);
        this.bank.permit(actor, "hours.submit", { volunteerId });
        this.bank.checkActive(organization);
        const volunteer = (await tx.volunteers([volunteerId])).get(volunteerId);
        const scene = await this.records.scene(tx, volunteer ? [volunteer] : []);
        const record = await this.records.accept(tx, scene, actor, "VOLUNTEER", organization, volunteer, checked, null);
        return record.id;
      },
      this.shown(actor),
    );
  }

  async log(actor: Actor, input: Asked<typeof logServiceHours> & { origin?: "IMPORTED" }): Promise<BatchAnswer> {
    checkBatch(logServiceHours, "entries", input.entries);
    const work = (tx: Tx, actor: Actor) => this.logAll(tx, actor, input);
    const seen = (view: View, ids: readonly string[]) => this.reading.seen(view, actor, ids);
    if (input.dryRun) return rehearse(this.bank, actor, work, seen);
    return batch(this.bank, actor, "logServiceHours", input, work, seen);
  }

  async confirm(actor: Actor, input: Asked<typeof confirmServiceRecords>): Promise<BatchAnswer> {
    checkBatch(confirmServiceRecords, "recordIds", input.recordIds);
    if (input.quality != null && (input.quality < 1 || input.quality > 5))
      refuse("INVALID_INPUT", { least: 1, most: 5 }, ["quality"]);
    return batch(
      this.bank,
      actor,
      "confirmServiceRecords",
      input,
      (tx, actor) => this.confirmAll(tx, actor, input),
      (view, ids) => this.reading.seen(view, actor, ids),
    );
  }

  /** What would become of each record if the actor confirmed it now, and what is odd about it; none for what is not theirs to see. */
  async review(actor: Actor, recordIds: string[]): Promise<ReviewLine[]> {
    if (recordIds.length === 0) return [];
    checkBatch(confirmServiceRecords, "recordIds", recordIds);
    const work = (tx: Tx, actor: Actor) => this.confirmAll(tx, actor, { recordIds, mode: "EACH" });
    const rehearsed = await rehearse(this.bank, actor, work, (view, ids) => this.reading.seen(view, actor, ids));
    const view = this.bank.store.view;
    return reviewed(this.bank, view, rehearsed, await this.reading.seen(view, actor, recordIds));
  }

  private async confirmAll(
    tx: Tx,
    actor: Actor,
    input: Pick<Parameters<Hours["confirm"]>[1], "recordIds" | "quality" | "mode">,
  ): Promise<Fate[]> {
    const scene = await this.records.scene(tx);
    const records = [...(await tx.recordsToConfirm(input.recordIds.filter(isKeepable))).values()];
    await this.records.openProfiles(tx, records);
    const own = await ownOf(tx, actor);
    return lines(input.recordIds, input.mode, async (id) => ({
      id: await this.confirmOne(tx, scene, actor, {
        recordId: id,
        quality: input.quality ?? null,
        own,
      }),
      repeated: false,
    }));
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

  async resubmit(actor: Actor, input: Asked<typeof resubmitServiceRecord>): Promise<StoredRecord> {
    return this.bank.commands.act(actor, async (tx, actor) => {
      const { record, role, volunteer } = await this.records.mine(tx, actor, input.recordId, "hours.resubmit");
      const before = (await this.bank.vault.open<RecordDetails>(tx, [record.detailsId])).get(record.detailsId);
      // What a record says cannot be corrected once nobody can read it; it can be confirmed, rejected or taken back.
      if (!before) refuse("PERSON_ERASED");
      const entry = checkEntry({
        volunteerId: record.volunteerId,
        serviceType: input.serviceType ?? record.serviceType,
        startedAt: input.startedAt ?? record.startedAt,
        endedAt: input.endedAt ?? record.endedAt,
        breakMinutes: input.breakMinutes ?? record.breakMinutes,
        place: input.place ?? before.place,
        content: input.content ?? before.content,
        activityLead: input.activityLead ?? before.activityLead,
        recipientId: before.recipientId,
        externalRef: before.externalRef,
        evidence: input.evidence ?? before.evidence,
      });
      const { volunteerId, serviceType: type, startedAt: from, endedAt: to, breakMinutes: rest } = record;
      const current = checkEntry({
        volunteerId,
        serviceType: type,
        startedAt: from,
        endedAt: to,
        breakMinutes: rest,
        ...before,
      });
      const unchanged = contentOf(entry, volunteerId) === contentOf(current, volunteerId);
      if (unchanged && (await this.records.alreadyDone(tx, actor, record, "RESUBMIT", input.expectedVersion)))
        return record;
      if (before.activityLead !== null && entry.activityLead === null)
        refuse("INVALID_INPUT", { missing: true }, ["activityLead"]);
      const { state } = take(recordMoves, record, "RESUBMIT", { expectedVersion: input.expectedVersion });
      const scene = await this.records.scene(tx, [volunteer]);
      hours.checkServiceType(entry.serviceType, entry.endedAt, scene.policies);
      const assessment = hours.assess(entry, scene.rules);
      const [accepted] = (await tx.recordSteps([record.id])).get(record.id) ?? [];
      invariant(accepted, "a record has a first step");
      hours.checkCorrection(record, entry, entry.evidence.length, { ...scene.rules, acceptedAt: accepted.at });
      await this.attended.checkCorrection(tx, record, entry);
      const live = await liveAround(tx, record.volunteerId, entry);
      hours.checkOverlap(entry, live, {
        organizationId: role === "VOLUNTEER" ? null : record.organizationId,
        own: record.id,
      });
      this.records.checkDuty(scene, volunteer, entry, entry.evidence);
      const confirmationsNeeded = hours.confirmationsNeeded(entry, record.origin, live, scene.rules, record.id);
      const detailsId = await this.bank.vault.seal(tx, volunteer.personId, detailsOf(entry));
      const { serviceType, startedAt, endedAt, breakMinutes } = entry;
      const { serviceMinutes, recordBy } = assessment;
      const handledBy = [...new Set([...record.handledBy, actor.personId as string])];
      return this.records.move(
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

  async dispute(actor: Actor, input: Asked<typeof disputeServiceRecord>): Promise<Done<StoredRecord>> {
    const evidence = readField(disputeServiceRecord, "evidence", input.evidence);
    return this.keyed(actor, "disputeServiceRecord", input, async (tx, actor) => {
      const { record, role, volunteer } = await this.records.mine(tx, actor, input.recordId, "hours.dispute");
      const { state } = take(recordMoves, record, "DISPUTE", input);
      const reasonId = await this.records.reason(tx, actor, volunteer, input.reason, evidence);
      const disputeHoldSeq = await this.posting.setAside(tx, await this.records.scene(tx), actor, record, volunteer);
      return this.records.move(tx, actor, role, { ...record, state, disputeHoldSeq }, "DISPUTE", record, reasonId);
    });
  }

  async resolve(actor: Actor, input: Asked<typeof resolveDispute>): Promise<Done<StoredRecord>> {
    const adjusting = input.outcome === "ADJUSTED";
    const corrected = (["startedAt", "endedAt", "breakMinutes"] as const).find((field) => input[field] != null);
    if (!adjusting && corrected) refuse("INVALID_INPUT", { onlyFor: "ADJUSTED" }, [corrected]);
    return this.keyed(actor, "resolveDispute", input, async (tx, actor) => {
      const { record, role, volunteer } = await this.records.mine(tx, actor, input.recordId, "hours.resolve");
      await this.records.checkDecider(tx, actor, { record, volunteer }, "OBJECTION");
      const action = ({ UPHELD: "UPHOLD", ADJUSTED: "ADJUST", REVERSED: "REVERSE" } as const)[input.outcome];
      const { state } = take(recordMoves, record, action, input);
      // A posted record is reversed too, but by nobody's decision on an objection.
      if (record.state !== "DISPUTED") refuse("ILLEGAL_TRANSITION", { action, from: record.state });
      const reasonId = await this.records.reason(tx, actor, volunteer, input.reason);
      if (action === "UPHOLD") {
        await this.posting.releaseHold(tx, actor, record);
        return this.records.move(tx, actor, role, { ...record, state, disputeHoldSeq: null }, action, record, reasonId);
      }
      const scene = await this.records.scene(tx, [volunteer]);
      const reversed = { ...(await this.posting.unpost(tx, scene, actor, record, volunteer)), state };
      if (!adjusting) return this.records.move(tx, actor, role, reversed, action, record, reasonId);
      const interval = {
        startedAt: input.startedAt ?? record.startedAt,
        endedAt: input.endedAt ?? record.endedAt,
        breakMinutes: checkBreak(input.breakMinutes ?? record.breakMinutes),
      };
      await this.attended.checkCorrection(tx, record, { ...interval, serviceType: record.serviceType });
      const details = (await this.bank.vault.open<RecordDetails>(tx, [record.detailsId])).get(record.detailsId);
      const of = { record, volunteer, evidence: details?.evidence ?? [] };
      const replacement = await this.records.replacementOf(tx, scene, of, interval);
      const moved = await this.records.move(
        tx,
        actor,
        role,
        { ...reversed, replacedBy: replacement.id },
        action,
        record,
        reasonId,
      );
      const submitted = await this.records.move(tx, actor, role, replacement, "SUBMIT", null, null);
      const { confirmedBy } = submitted;
      await this.posting.post(tx, scene, { actor, role, before: submitted, confirmedBy, reasonId: null }, volunteer);
      return moved;
    });
  }

  async reverse(actor: Actor, input: Asked<typeof reverseServiceRecord>): Promise<Done<StoredRecord>> {
    return this.keyed(actor, "reverseServiceRecord", input, async (tx, actor) => {
      const { record, role, volunteer } = await this.records.mine(tx, actor, input.recordId, "hours.reverse");
      await this.records.checkDecider(tx, actor, { record, volunteer }, "REVERSAL");
      const { state } = take(recordMoves, record, "REVERSE", input);
      const reasonId = await this.records.reason(tx, actor, volunteer, input.reason);
      const reversed = await this.posting.unpost(tx, await this.records.scene(tx), actor, record, volunteer);
      return this.records.move(tx, actor, role, { ...reversed, state }, "REVERSE", record, reasonId);
    });
  }
  private async logAll(tx: Tx, actor: Actor, input: Parameters<Hours["log"]>[1]): Promise<Fate[]> {
    const organization = await this.bank.organization(tx, input.organizationId);
    const act = input.origin === "IMPORTED" ? "hours.import" : "hours.log";
    const role = this.bank.permit(actor, act, await this.bank.places.at(tx, organization));
    // Looked up as checkEntry will read them: without the blanks around. A line that it refuses asks for nothing.
    const named = (field: "volunteerNo" | "externalRef" | "volunteerId") =>
      input.entries.flatMap((entry) => entry[field]?.trim() || []).filter(isKeepable);
    const volunteers = await tx.volunteersToLog(named("volunteerNo"));
    const byId = await tx.volunteers(named("volunteerId"));
    const all = [...volunteers.values(), ...byId.values()];
    await this.bank.vault.prepare(all.map((volunteer) => volunteer.personId));
    const spans = input.entries.flatMap((entry) => {
      const volunteer = volunteers.get(entry.volunteerNo?.trim() ?? "") ?? byId.get(entry.volunteerId ?? "");
      return volunteer && isJudged(entry, tx.now) ? spanAround(volunteer.id, entry) : [];
    });
    const refs = new Map(named("externalRef").map((ref) => [ref, this.records.refHash(organization.id, ref)]));
    const scene: RecordScene = {
      ...(await this.records.scene(tx, all)),
      refs,
      live: await LiveRecords.around(tx, spans),
      hushed: await this.hushed(tx, organization, input, all),
    };
    const hashOf = (reference: string) => refs.get(reference) ?? this.records.refHash(organization.id, reference);
    const accepted = await tx.recordsByRef([...refs.values()]);
    const made = new Map<string, number>();
    return lines(input.entries, input.mode, async (raw, index) => {
      const entry = checkEntry(raw);
      if (!entry.activityLead) refuse("INVALID_INPUT", { missing: true }, ["activityLead"]);
      const volunteer = entry.volunteerNo ? volunteers.get(entry.volunteerNo) : byId.get(entry.volunteerId as string);
      const reference = entry.externalRef;
      const earlier = reference ? accepted.get(hashOf(reference)) : undefined;
      if (earlier) {
        if (earlier.contentHash !== this.records.contentHash(entry, volunteer?.id ?? ""))
          refuse("DUPLICATE_EXTERNAL_REF", await this.records.usedBy(tx, earlier), ["externalRef"]);
        return { id: earlier.id, repeated: true };
      }
      const accept = async (scene: RecordScene) => {
        const origin = input.origin ?? null;
        const record = await this.records.accept(tx, scene, actor, role, organization, volunteer, entry, origin);
        if (record.externalRef) accepted.set(record.externalRef, record);
        made.set(record.id, index);
        return { id: record.id, repeated: false };
      };
      try {
        return await accept(scene);
      } catch (error) {
        if (!(error instanceof Refusal) || input.mode === "EACH") throw error;
        // The batch is undone. The lines after this one are judged as if this line had been accepted: otherwise a second,
        // equal line would show whether the volunteer serves elsewhere at that time, and would leave no trace.
        if (volunteer && isElsewhere(error)) await accept({ ...scene, hushed: new Set([volunteer.id]) });
        throw refusedByLine(error, made);
      }
    });
  }

  /**
   * The volunteers whose service elsewhere a dry run does not look at: those who are not tied to the organisation. Else an
   * organisation could ask when any volunteer serves, and leave no trace. The volunteer hears of each record that is logged.
   */
  private async hushed(
    tx: Tx,
    organization: Organization,
    { dryRun }: { dryRun: boolean },
    volunteers: readonly Volunteer[],
  ): Promise<Set<string>> {
    if (!dryRun) return new Set();
    const ids = volunteers.map(({ id }) => id);
    const by = { opens: "ALL", since: await this.bank.tiedSince(tx) } as const;
    const tied = await tx.tiedVolunteers(ids, [organization.id], by);
    return new Set(ids.filter((id) => !tied.has(id)));
  }

  private async confirmOne(
    tx: Tx,
    scene: RecordScene,
    actor: Actor,
    { recordId, quality, own }: { recordId: string; quality: number | null; own: Own },
  ): Promise<string> {
    // Read anew for each line: the same record may stand twice in one batch.
    const { record, role, volunteer } = await this.records.mine(tx, actor, recordId, "hours.confirm", []);
    const { state } = take(recordMoves, record, "CONFIRM", { to: "SUBMITTED" });
    const today = dayOf(tx.now);
    const volunteerGrants = (await tx.grantsOfPersons([volunteer.personId])).get(volunteer.personId) ?? [];
    const personId = actor.personId as string;
    const selves = selvesOf(own);
    const [handledBy, confirmedBy] = [asOne(record.handledBy, selves), asOne(record.confirmedBy, selves)];
    hours.checkConfirmer(
      { ...record, handledBy, confirmedBy },
      {
        personId,
        own,
        volunteerPersonId: volunteer.personId,
        volunteerIsStaff: isStaffOf(record.organizationId, volunteerGrants, today),
        fromElsewhere: !isStaffOf(record.organizationId, actor.grants, today),
      },
    );
    const reasonId =
      quality === null ? null : await this.bank.vault.sealWords(tx, personId, volunteer.personId, { quality });
    const confirmed = [...record.confirmedBy, personId];
    if (confirmed.length >= record.confirmationsNeeded) {
      const step = { actor, role, before: record, confirmedBy: confirmed, reasonId };
      await this.posting.post(tx, scene, step, volunteer);
    } else {
      const after = { ...record, state, confirmedBy: confirmed };
      await this.records.move(tx, actor, role, after, "CONFIRM", record, reasonId);
    }
    return record.id;
  }

  private async plainStep(
    actor: Actor,
    input: { recordId: string; reason: string; expectedVersion?: number | null },
    action: "RETURN" | "REJECT" | "VOID",
    act: "hours.return" | "hours.reject" | "hours.void",
  ): Promise<StoredRecord> {
    return this.bank.commands.act(actor, async (tx, actor) => {
      const { record, role, volunteer } = await this.records.mine(tx, actor, input.recordId, act);
      if (await this.records.alreadyDone(tx, actor, record, action, input.expectedVersion)) return record;
      if (action !== "VOID") await checkStranger(tx, actor, volunteer.personId);
      const { state } = take(recordMoves, record, action, input);
      return this.records.move(
        tx,
        actor,
        role,
        { ...record, state },
        action,
        record,
        await this.records.reason(tx, actor, volunteer, input.reason),
      );
    });
  }

  private keyed(
    actor: Actor,
    operation: string,
    input: { idempotencyKey: string },
    work: (tx: Tx, actor: Actor) => Promise<StoredRecord>,
  ): Promise<Done<StoredRecord>> {
    return this.bank.commands.once(
      actor,
      operation,
      input,
      async (tx, actor) => (await work(tx, actor)).id,
      this.shown(actor),
    );
  }

  /** A command's record as its actor may see it today, also when the key was answered long ago. */
  private shown(actor: Actor): (view: View, id: string) => Promise<StoredRecord> {
    return async (view, id) =>
      (await this.reading.seen(view, actor, [id]))[0] ?? refuse("NOT_PERMITTED", { act: "hours.see" });
  }
}

const dayLength = 86_400_000;
/** Whether a line has a time that can be judged by what stands around it: a day at most, in the past, and of our time. */
const isJudged = ({ startedAt, endedAt }: { startedAt: number; endedAt: number }, now: number) =>
  startedAt > 0 && endedAt > startedAt && endedAt - startedAt <= dayLength && endedAt <= now;
