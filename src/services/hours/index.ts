import { recordMoves } from "../../domain/facts/hours";
import { take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { StoredRecord, Tx, View } from "../../storage/store";
import type { Tallies } from "../activities/tallies";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { batch, checkBatch, rehearse } from "../bank/batch";
import { type Asked, readField } from "../bank/fields";
import { checkStranger } from "../bank/near";
import type { StarSteps } from "../stars/steps";
import { AttendedHours } from "./attended";
import {
  confirmServiceRecords,
  disputeServiceRecord,
  logServiceHours,
  type rejectServiceRecord,
  type resolveDispute,
  type resubmitServiceRecord,
  type reverseServiceRecord,
  type submitServiceRecord,
} from "./commands";
import { Confirming } from "./confirming";
import { checkBreak, checkEntry, type RecordDetails } from "./entries";
import { type LoggedHours, Logging } from "./logging";
import { MergedHours } from "./merged";
import { Posting } from "./posting";
import { Reading } from "./reading";
import { Records } from "./records";
import { Resubmitting } from "./resubmitting";
import { type BatchAnswer, type ReviewLine, reviewed } from "./reviewing";

/** A step that needs nothing but its reason. */
type Step = Asked<typeof rejectServiceRecord>;

/** Service records from the log to the ledger (DESIGN §3, domain.md 6.1). */
export class Hours {
  /** The questions about records, of which nothing is written. */
  readonly reading: Reading;
  readonly records: Records;
  readonly posting: Posting;

  /** Hours proven by attendance, for those who see it. */
  readonly attended: AttendedHours;
  /** Hours of a registration that is merged into another. */
  readonly merged: MergedHours;
  private readonly logging: Logging;
  private readonly confirming: Confirming;
  private readonly resubmitting: Resubmitting;

  constructor(
    private readonly bank: Bank,
    tallies: Tallies,
    stars: StarSteps,
  ) {
    this.reading = new Reading(bank);
    this.records = new Records(bank, tallies);
    this.posting = new Posting(bank, this.records, tallies, stars);
    this.attended = new AttendedHours(bank, this.records);
    this.merged = new MergedHours(bank, this.records, this.posting);
    this.logging = new Logging(bank, this.records);
    this.confirming = new Confirming(bank, this.records, this.posting);
    this.resubmitting = new Resubmitting(bank, this.records, this.attended);
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

  async log(actor: Actor, input: LoggedHours): Promise<BatchAnswer> {
    checkBatch(logServiceHours, "entries", input.entries);
    const work = (tx: Tx, actor: Actor) => this.logging.all(tx, actor, input);
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
      (tx, actor) => this.confirming.all(tx, actor, input),
      (view, ids) => this.reading.seen(view, actor, ids),
    );
  }

  /** What would become of each record if the actor confirmed it now, and what is odd about it; none for what is not theirs to see. */
  async review(actor: Actor, recordIds: string[]): Promise<ReviewLine[]> {
    if (recordIds.length === 0) return [];
    checkBatch(confirmServiceRecords, "recordIds", recordIds);
    const work = (tx: Tx, actor: Actor) => this.confirming.all(tx, actor, { recordIds, mode: "EACH" });
    const rehearsed = await rehearse(this.bank, actor, work, (view, ids) => this.reading.seen(view, actor, ids));
    const view = this.bank.store.view;
    return reviewed(this.bank, view, rehearsed, await this.reading.seen(view, actor, recordIds));
  }

  giveBack(actor: Actor, input: Step): Promise<StoredRecord> {
    return this.plainStep(actor, input, "RETURN", "hours.return");
  }
  reject(actor: Actor, input: Step): Promise<StoredRecord> {
    return this.plainStep(actor, input, "REJECT", "hours.reject");
  }
  void(actor: Actor, input: Step): Promise<StoredRecord> {
    return this.plainStep(actor, input, "VOID", "hours.void");
  }

  resubmit(actor: Actor, input: Asked<typeof resubmitServiceRecord>): Promise<StoredRecord> {
    return this.bank.commands.act(actor, (tx, actor) => this.resubmitting.step(tx, actor, input));
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
      const since = await this.posting.totalsOf(tx, volunteer);
      const reversed = { ...(await this.posting.unpost(tx, scene, actor, record, volunteer)), state };
      if (!adjusting) {
        const moved = await this.records.move(tx, actor, role, reversed, action, record, reasonId);
        await this.posting.followStars(tx, scene, volunteer, since);
        return moved;
      }
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
      await this.posting.post(
        tx,
        scene,
        { actor, role, before: submitted, confirmedBy, reasonId: null, since },
        volunteer,
      );
      return moved;
    });
  }

  async reverse(actor: Actor, input: Asked<typeof reverseServiceRecord>): Promise<Done<StoredRecord>> {
    return this.keyed(actor, "reverseServiceRecord", input, async (tx, actor) => {
      const { record, role, volunteer } = await this.records.mine(tx, actor, input.recordId, "hours.reverse");
      await this.records.checkDecider(tx, actor, { record, volunteer }, "REVERSAL");
      const { state } = take(recordMoves, record, "REVERSE", input);
      const reasonId = await this.records.reason(tx, actor, volunteer, input.reason);
      const scene = await this.records.scene(tx);
      const before = await this.posting.totalsOf(tx, volunteer);
      const reversed = await this.posting.unpost(tx, scene, actor, record, volunteer);
      const moved = await this.records.move(tx, actor, role, { ...reversed, state }, "REVERSE", record, reasonId);
      await this.posting.followStars(tx, scene, volunteer, before);
      return moved;
    });
  }
  private async plainStep(
    actor: Actor,
    input: Step,
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
