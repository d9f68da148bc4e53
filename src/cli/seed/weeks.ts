import type { Actor } from "../../domain/permissions/actors";
import type { LogEntry } from "../../services/hours/commands";
import type { StoredRecord } from "../../storage/store";
import type { Desk, Station } from "./desk";
import type { PlannedVolunteer } from "./people";

/** What stations do for volunteers: they register them, and log and confirm the records of a week. */
export class Weeks {
  private weekly = 0;

  constructor(private readonly desk: Desk) {}

  async register(volunteers: readonly PlannedVolunteer[], stations: ReadonlyMap<string, Station>): Promise<void> {
    for (const volunteer of volunteers) {
      const { organization, workers } = stations.get(volunteer.divisionCode) as Station;
      const { no: volunteerNo, displayName, birthDate, divisionCode, phone } = volunteer;
      const guardianConsent = volunteer.minor
        ? { guardianName: `监护人${displayName.slice(-5)}`, relation: "母亲", consentedOn: "2026-01-01" }
        : null;
      await this.desk.services.volunteers.register(workers[0] as Actor, {
        idempotencyKey: this.desk.key(),
        volunteerNo,
        displayName,
        birthDate,
        divisionCode,
        phone,
        consent: true,
        guardianConsent,
        organizationId: organization.id,
      });
    }
  }

  /** Records are logged by one worker and confirmed by a supervisor; a few go another way, so that every state can be seen. */
  async week({ organization, workers, supervisors }: Station, entries: LogEntry[], confirming: boolean): Promise<void> {
    const answer = await this.desk.services.hours.log(workers[0] as Actor, {
      idempotencyKey: this.desk.key(),
      organizationId: organization.id,
      mode: "EACH",
      dryRun: false,
      entries,
    });
    const records = answer.results.map((line) => {
      if (!line.record) throw new Error(`the seed's own line was refused: ${line.refusal?.code}`);
      return line.record;
    });
    if (!confirming) return;
    this.weekly += 1;
    const odd = this.weekly % 9 === 0 ? records[0] : undefined;
    const rest = records.filter((record) => record !== odd);
    if (odd)
      await this.desk.services.hours[this.weekly % 18 === 0 ? "reject" : "giveBack"](supervisors[1] as Actor, {
        recordId: odd.id,
        reason: "服务内容需补充说明",
      });
    for (const supervisor of supervisors) {
      const waiting = supervisor === supervisors[0] ? rest : rest.filter((record) => record.confirmationsNeeded > 1);
      if (waiting.length > 0)
        await this.desk.services.hours.confirm(supervisor, {
          idempotencyKey: this.desk.key(),
          recordIds: waiting.map((record) => record.id),
          mode: "EACH",
        });
    }
    if (this.weekly % 40 === 0 && rest[0]) await this.objection(rest[0], supervisors[1] as Actor);
  }

  /** Objections are upheld and reversed by turns. */
  private async objection(record: StoredRecord, supervisor: Actor): Promise<void> {
    const volunteer = (await this.desk.options.store.view.volunteers([record.volunteerId])).get(record.volunteerId);
    const actor = await this.desk.actor(volunteer?.personId ?? "");
    await this.desk.services.hours.dispute(actor, {
      idempotencyKey: this.desk.key(),
      recordId: record.id,
      reason: "时长与实际不符",
    });
    const outcome = ({ 0: null, 1: "UPHELD", 2: "REVERSED" } as const)[((this.weekly / 40) % 3) as 0 | 1 | 2];
    if (outcome)
      await this.desk.services.hours.resolve(supervisor, {
        idempotencyKey: this.desk.key(),
        recordId: record.id,
        outcome,
        reason: "已核实",
      });
  }
}
