import type { Organization } from "../../domain/facts/organizations";
import type { Volunteer } from "../../domain/facts/people";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { isKeepable } from "../../domain/kit/texts";
import type { Actor } from "../../domain/permissions/actors";
import type { Tx } from "../../storage/store";
import type { Bank } from "../bank";
import { type Fate, isElsewhere, lines, refusedByLine } from "../bank/batch";
import type { Asked } from "../bank/fields";
import type { logServiceHours } from "./commands";
import { checkEntry } from "./entries";
import { LiveRecords, type RecordScene, type Records, spanAround } from "./records";

export type LoggedHours = Asked<typeof logServiceHours> & { origin?: "IMPORTED" };

/** Lines of hours that a station logs or imports. */
export class Logging {
  constructor(
    private readonly bank: Bank,
    private readonly records: Records,
  ) {}

  async all(tx: Tx, actor: Actor, input: LoggedHours): Promise<Fate[]> {
    const organization = await this.bank.organization(tx, input.organizationId);
    const act = input.origin === "IMPORTED" ? "hours.import" : "hours.log";
    const role = this.bank.permit(actor, act, await this.bank.places.at(tx, organization));
    // Looked up as checkEntry will read them: without the blanks around. A line that it refuses asks for nothing.
    const named = (field: "volunteerNo" | "externalRef" | "volunteerId") =>
      input.entries.flatMap((entry) => entry[field]?.trim() || []).filter(isKeepable);
    const byNo = await tx.volunteersToLog(named("volunteerNo"));
    const byId = await tx.volunteers(named("volunteerId"));
    const volunteers = [...byNo.values(), ...byId.values()];
    await this.bank.vault.prepare(volunteers.map(({ personId }) => personId));
    const spans = input.entries.flatMap((entry) => {
      const volunteer = byNo.get(entry.volunteerNo?.trim() ?? "") ?? byId.get(entry.volunteerId ?? "");
      return volunteer && isJudged(entry, tx.now) ? spanAround(volunteer.id, entry) : [];
    });
    const refs = new Map(named("externalRef").map((ref) => [ref, this.records.refHash(organization.id, ref)]));
    const scene: RecordScene = {
      ...(await this.records.scene(tx, volunteers)),
      refs,
      live: await LiveRecords.around(tx, spans),
      hushed: await this.hushed(tx, organization, input, volunteers),
    };
    const hashOf = (reference: string) => refs.get(reference) ?? this.records.refHash(organization.id, reference);
    const accepted = await tx.recordsByRef([...refs.values()]);
    const lineOfRecord = new Map<string, number>();
    return lines(input.entries, input.mode, async (raw, line) => {
      const entry = checkEntry(raw);
      if (!entry.activityLead) refuse("INVALID_INPUT", { missing: true }, ["activityLead"]);
      const volunteer = entry.volunteerNo ? byNo.get(entry.volunteerNo) : byId.get(entry.volunteerId as string);
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
        lineOfRecord.set(record.id, line);
        return { id: record.id, repeated: false };
      };
      try {
        return await accept(scene);
      } catch (error) {
        if (!(error instanceof Refusal) || input.mode === "EACH") throw error;
        // The batch is undone. The lines after this one are judged as if this line had been accepted: otherwise a second,
        // equal line would show whether the volunteer serves elsewhere at that time, and would leave no trace.
        if (volunteer && isElsewhere(error)) await accept({ ...scene, hushed: new Set([volunteer.id]) });
        throw refusedByLine(error, lineOfRecord);
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
}

const dayLength = 86_400_000;
/** Whether a line has a time that can be judged by what stands around it: a day at most, in the past, and of our time. */
const isJudged = ({ startedAt, endedAt }: { startedAt: number; endedAt: number }, now: number) =>
  startedAt > 0 && endedAt > startedAt && endedAt - startedAt <= dayLength && endedAt <= now;
