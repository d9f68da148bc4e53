import { recordMoves } from "../../domain/facts/hours";
import * as hours from "../../domain/hours";
import { invariant } from "../../domain/kit/invariant";
import { take } from "../../domain/kit/moves";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { StoredRecord, Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { type Asked, filled } from "../bank/fields";
import type { AttendedHours } from "./attended";
import type { resubmitServiceRecord } from "./commands";
import { checkEntry, contentOf, detailsOf, type RecordDetails } from "./entries";
import { liveAround, type Records } from "./records";

/** A returned record that is handed in again, corrected or as it was. */
export class Resubmitting {
  constructor(
    private readonly bank: Bank,
    private readonly records: Records,
    private readonly attended: AttendedHours,
  ) {}

  async step(tx: Tx, actor: Actor, input: Asked<typeof resubmitServiceRecord>): Promise<StoredRecord> {
    const { record, role, volunteer } = await this.records.mine(tx, actor, input.recordId, "hours.resubmit");
    const before = (await this.bank.vault.open<RecordDetails>(tx, [record.detailsId])).get(record.detailsId);
    // What a record says cannot be corrected once nobody can read it; it can be confirmed, rejected or taken back.
    if (!before) refuse("PERSON_ERASED");
    const { volunteerId, serviceType: type, startedAt: from, endedAt: to, breakMinutes: rest } = record;
    const served = { volunteerId, serviceType: type, startedAt: from, endedAt: to, breakMinutes: rest };
    const { recordId, expectedVersion, ...corrected } = input;
    const entry = checkEntry({ ...served, ...before, ...filled(corrected) });
    const current = checkEntry({ ...served, ...before });
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
  }
}
