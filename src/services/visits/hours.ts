import type { Organization } from "../../domain/facts/organizations";
import type { Visit, VisitMode, Visitor } from "../../domain/facts/visits";
import type { Evidence, Interval } from "../../domain/hours";
import type { Instant } from "../../domain/kit/calendar";
import type { Minutes } from "../../domain/kit/minutes";
import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { VisitResult } from "../../domain/visits";
import type { Tx } from "../../storage/store";
import { checkEntry } from "../hours/entries";
import { liveAround, type Records } from "../hours/records";

/** What a volunteer's record says was done. The person who was visited is sealed in it. */
const content: Record<VisitMode, string> = {
  HOME: "探访关爱（上门）",
  PHONE: "探访关爱（电话）",
  VIDEO: "探访关爱（视频）",
  REMOTE_SENSOR: "探访关爱（远程监测）",
};

export interface RecordVisit {
  idempotencyKey: string;
  organizationId: string;
  recipientId: string;
  at: Instant;
  mode: VisitMode;
  result: VisitResult;
  minutes?: Minutes | null;
  note?: string | null;
  asVolunteer: boolean;
  /** The kind of visitor; where it is left out, the actor's roles tell it. */
  visitor?: Visitor | null;
  serviceType?: string | null;
  activityLead?: string | null;
  /** What speaks for a visit that is entered late. */
  evidence?: Evidence[] | null;
}

/** The hours that volunteers give by visits: a service like any other, submitted with the visit. */
export class VisitHours {
  constructor(private readonly records: Records) {}

  /** Submits a volunteer's time and answers its record, or the record that holds the hour already. */
  async log(
    tx: Tx,
    actor: Actor,
    organization: Organization,
    input: RecordVisit & { evidence: readonly Evidence[] },
  ): Promise<string> {
    const volunteerId = actor.volunteerId as string;
    const serviceType = input.serviceType ?? refuse("INVALID_INPUT", { missing: true }, ["serviceType"]);
    const entry = checkEntry({
      volunteerId,
      serviceType,
      startedAt: input.at,
      endedAt: input.at + (input.minutes as number) * 60_000,
      breakMinutes: 0,
      content: content[input.mode],
      activityLead: input.activityLead ?? null,
      recipientId: input.recipientId,
      evidence: input.evidence,
    });
    const shared = await sharedHour(tx, volunteerId, entry, input.recipientId);
    if (shared !== null) return shared;
    const volunteer = (await tx.volunteers([volunteerId])).get(volunteerId);
    const scene = await this.records.scene(tx, volunteer ? [volunteer] : []);
    return (await this.records.accept(tx, scene, actor, "VOLUNTEER", organization, volunteer, entry, null)).id;
  }
}

/**
 * The record that holds this hour already. A volunteer may come to several people at once, such as a couple, and may enter a
 * visit again that was taken back because it named another person: each visit counts, and the hour once. Time beyond that
 * record is logged as a service of its own. Null where the volunteer was elsewhere, or with the same person: RECORD_OVERLAP.
 */
async function sharedHour(
  tx: Tx,
  volunteerId: string,
  interval: Interval,
  recipientId: string,
): Promise<string | null> {
  const live = await liveAround(tx, volunteerId, interval);
  const meanwhile = live.filter((record) => record.startedAt < interval.endedAt && interval.startedAt < record.endedAt);
  const visits = await visitsBehind(
    tx,
    meanwhile.map(({ id }) => id),
  );
  const isShared = (id: string) => {
    const behind = visits.get(id) ?? [];
    return behind.length > 0 && !behind.some((visit) => !visit.withdrawn && visit.recipientId === recipientId);
  };
  return meanwhile.every(({ id }) => isShared(id)) ? (meanwhile[0]?.id ?? null) : null;
}

/** For each record the visits that it was written for, also where it has replaced the record of then. */
async function visitsBehind(tx: Tx, recordIds: readonly string[]): Promise<Map<string, Visit[]>> {
  const first = new Map(recordIds.map((id) => [id, id]));
  for (;;) {
    const earlier = await tx.recordsReplacedBy([...first.values()]);
    if (earlier.size === 0) break;
    for (const [id, at] of first) first.set(id, earlier.get(at)?.id ?? at);
  }
  const visits = await tx.visitsOfRecords([...first.values()]);
  return new Map([...first].map(([id, at]) => [id, visits.get(at) ?? []]));
}
