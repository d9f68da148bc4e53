import type { Recipient } from "../../domain/facts/visits";
import type { Actor } from "../../domain/permissions/actors";
import { at, type Desk, type Station } from "./desk";
import { planRecipients, planVisits } from "./visits";

/** What stations do for the villages: households and their points, the list of people who are visited, and the visits. */
export class Villages {
  private readonly fengqiaoHouseholds: string[] = [];
  readonly listed: Recipient[] = [];

  constructor(private readonly desk: Desk) {}

  /** One village's households; the month's tally is posted on the 15th. */
  async households(stations: ReadonlyMap<string, Station>): Promise<void> {
    const [worker] = (stations.get("fengqiao") as Station).workers as [Actor];
    for (let i = 1; i <= 12; i += 1) {
      const householdNo = `01-${String(i).padStart(3, "0")}`;
      const household = { idempotencyKey: this.desk.key(), householdNo, divisionCode: "fengqiao" };
      this.fengqiaoHouseholds.push(
        (await this.desk.services.villagePoints.households.register(worker, household)).value.id,
      );
    }
  }

  async villagePoints(stations: ReadonlyMap<string, Station>, on: string): Promise<void> {
    const [worker] = (stations.get("fengqiao") as Station).workers as [Actor];
    const tally: [points: number, reason: string][] = [
      [3, "庭院整洁"],
      [2, "参加村民说事"],
      [-4, "乱堆杂物"],
      [5, "参与环境整治"],
    ];
    const month = Number(on.slice(5, 7));
    for (const [i, householdId] of this.fengqiaoHouseholds.entries()) {
      const [points, reason] = tally[(i + month) % tally.length] as (typeof tally)[number];
      const award = { idempotencyKey: this.desk.key(), householdId, points, reason, on };
      await this.desk.services.villagePoints.award(worker, award);
    }
  }

  /** The list of those to be visited, as each station keeps it. */
  async recipients(stations: ReadonlyMap<string, Station>): Promise<void> {
    for (const recipient of planRecipients([...stations.keys()])) {
      const [worker] = (stations.get(recipient.divisionCode) as Station).workers as [Actor];
      const registration = { ...recipient, idempotencyKey: this.desk.key(), consent: true };
      this.listed.push((await this.desk.services.recipients.register(worker, registration)).value);
    }
  }

  /** Yesterday's visits, entered by the stations in the morning. */
  async visits(stations: ReadonlyMap<string, Station>, day: string): Promise<void> {
    for (const { recipient, hour, ...visit } of planVisits(day)) {
      const { id: recipientId, divisionCode } = this.listed[recipient] as Recipient;
      const { organization, workers } = stations.get(divisionCode) as Station;
      await this.desk.services.visits.record(workers[recipient % 2] as Actor, {
        ...visit,
        idempotencyKey: this.desk.key(),
        organizationId: organization.id,
        recipientId,
        at: at(day, hour),
        asVolunteer: false,
      });
    }
  }
}
