import type { Activity, Shift } from "../../domain/facts/activities";
import { addDays, startOf } from "../../domain/kit/calendar";
import { completeUscc } from "../../domain/organizations/uscc";
import type { Actor } from "../../domain/permissions/actors";
import type { Services } from "../../services";
import type { Store } from "../../storage/store";
import { campaigns, type PlannedEvent, type PlannedShift } from "./events";

/** The code of the foundation that raises funds, of the visibly fictional range of domain.md 5.2. */
const charity = completeUscc("53330681MJDEM9001");

/** The people who run an event: the organisation that holds it, and the reviewer. */
export interface Hosts {
  organizationId: string;
  lead: Actor;
  admin: Actor;
  supervisors: Actor[];
}

/** Plays the year's events through the same services that clients use, at their own hours. */
export class Days {
  private readonly held = new Map<string, { activity: Activity; shifts: Shift[] }>();

  constructor(
    private readonly services: Services,
    private readonly store: Store,
    private readonly clock: (at: number) => void,
    private readonly key: () => string,
    private readonly organizationOf: (divisionCode: string) => Hosts,
    private readonly officer: () => Promise<Actor>,
  ) {}

  async campaigns(): Promise<void> {
    for (const campaign of campaigns)
      await this.services.activities.createCampaign(await this.officer(), { ...campaign, idempotencyKey: this.key() });
  }

  /** Announced in the morning, signed up for in the course of the day. */
  async announce(event: PlannedEvent): Promise<void> {
    const { activities, fundraising, signUps } = this.services;
    const { organizationId, lead, admin, supervisors } = this.organizationOf(event.divisionCode);
    const { slug, campaign, name, serviceType, divisionCode, description, place, openToMinors } = event;
    const { value: draft } = await activities.create(lead, {
      idempotencyKey: this.key(),
      organizationId,
      campaignSlug: campaign,
      slug,
      name,
      serviceType,
      divisionCode,
      description,
      contact: "站点值班电话 0575-8700 0000（演示）",
      activityLead: "活动负责人",
      riskNotice: "请穿着舒适鞋服，注意交通与防暑。",
      insurance: "志愿者统一意外保险（演示）",
      agreement: "志愿服务协议存站（演示）",
      openToMinors,
      shifts: event.shifts.map(({ day, from, minutes, capacity }) => {
        const startsAt = startOf(day) + from * 60_000;
        return { startsAt, endsAt: startsAt + minutes * 60_000, capacity, place };
      }),
    });
    const activityId = draft.id;
    await activities.advance(admin, { activityId, action: "SUBMIT" });
    const reviewer = openToMinors ? await this.officer() : (supervisors[0] as Actor);
    const activity = await activities.advance(reviewer, { activityId, action: "PUBLISH" });
    if (event.fundraising)
      await fundraising.set(await this.officer(), {
        activityId,
        organizationName: "诸暨市示例慈善基金会",
        planFilingNo: `${charity}A26${String(this.held.size + 1).padStart(3, "0")}`,
        permitNo: charity,
        howToQuery: "慈善中国（全国慈善信息公开平台）",
        filedOn: addDays(event.announceOn, -1),
        ...event.fundraising,
      });
    const [shifts] = await activities.shiftsOf(admin, [activityId]);
    this.held.set(slug, { activity, shifts: shifts as Shift[] });
    for (const [i, planned] of event.shifts.entries())
      for (const { no } of planned.people)
        await signUps.signUp(await this.volunteer(no), {
          idempotencyKey: this.key(),
          shiftId: shifts?.[i]?.id as string,
        });
    if (event.fate === "POSTPONED" || event.fate === "CANCELLED") return;
    // In every other event a volunteer withdraws in time.
    const first = event.shifts[0]?.people[0];
    if (!first || event.shifts.length > 1) return;
    const [mine] = (
      await signUps.reading.ofVolunteer(await this.volunteer(first.no), await this.idOf(first.no), ["ACCEPTED"], {
        first: 1,
      })
    ).edges;
    if (mine) await signUps.withdraw(await this.volunteer(first.no), { signUpId: mine.node.id, reason: "临时有事" });
  }

  async callOff(event: PlannedEvent, action: "CANCEL" | "POSTPONE", reason: string): Promise<void> {
    const { lead } = this.organizationOf(event.divisionCode);
    await this.services.activities.advance(lead, { activityId: this.of(event).activity.id, action, reason });
  }

  /**
   * A shift as it went: most volunteers scan, some are ticked off, one leaves early, one forgets to check out, one does not
   * come.
   */
  async hold(event: PlannedEvent, planned: PlannedShift): Promise<void> {
    const { attendance } = this.services;
    const { lead } = this.organizationOf(event.divisionCode);
    const { shift } = this.shiftOf(event, planned);
    const came = (await this.accepted(shift)).slice(1);
    await this.arrive(shift, lead, came);
    const last = came.length - 1;
    for (const [i, { no, id }] of came.entries()) {
      if (i === last) continue;
      const early = i === 2 && came.length > 6;
      this.clock(early ? shift.startsAt + 40 * 60_000 : shift.endsAt + i * 5_000);
      await this.check("checkOut", shift, lead, no, id, i);
    }
    this.clock(shift.endsAt + 30 * 60_000);
    if (planned === event.shifts.at(-1))
      await this.services.activities.advance(lead, { activityId: shift.activityId, action: "END" });
    for (const { signUpId } of came.slice(last))
      await attendance.resolving.resolve(lead, {
        signUpId,
        outcome: "COMPLETED",
        endedAt: shift.endsAt,
        reason: "忘记签退，现场确认",
      });
  }

  /** The lead confirmed what a lead may that night; a supervisor confirmed the rest. Then everything is settled. */
  async settle(event: PlannedEvent): Promise<void> {
    const { lead, supervisors } = this.organizationOf(event.divisionCode);
    const { id } = this.of(event).activity;
    for (const confirmer of [lead, ...supervisors]) {
      const recordIds = await this.services.attendance.waitingRecords(confirmer, id);
      if (recordIds.length > 0)
        await this.services.hours.confirm(confirmer, { idempotencyKey: this.key(), recordIds, mode: "EACH" });
    }
    await this.services.activities.advance(lead, { activityId: id, action: "CLOSE" });
  }

  /** This morning: eight people are there already. */
  async open(event: PlannedEvent): Promise<void> {
    const planned = event.shifts[0] as PlannedShift;
    const { lead } = this.organizationOf(event.divisionCode);
    const { shift } = this.shiftOf(event, planned);
    await this.arrive(shift, lead, (await this.accepted(shift)).slice(0, 8));
  }

  private async arrive(shift: Shift, lead: Actor, came: { no: string; id: string }[]): Promise<void> {
    for (const [i, { no, id }] of came.entries()) {
      this.clock(shift.startsAt - 10 * 60_000 + i * 20_000);
      await this.check("checkIn", shift, lead, no, id, i);
    }
  }

  private async check(how: "checkIn" | "checkOut", shift: Shift, lead: Actor, no: string, id: string, i: number) {
    const { attendance } = this.services;
    const input = { idempotencyKey: this.key(), shiftId: shift.id };
    if (i % 5 === 4) await attendance[how](lead, { ...input, volunteerId: id });
    else {
      const { token } = await attendance.screen.code(lead, shift.id);
      await attendance[how](await this.volunteer(no), { ...input, token, deviceId: `phone-${no}` });
    }
  }

  private async accepted(shift: Shift): Promise<{ no: string; id: string; signUpId: string }[]> {
    const signUps = await this.store.view.signUpsOfShift(shift.id, ["ACCEPTED"], { first: 1000, after: null });
    const volunteers = await this.store.view.volunteers(signUps.map((signUp) => signUp.volunteerId));
    return signUps.map((signUp) => ({
      no: volunteers.get(signUp.volunteerId)?.volunteerNo ?? "",
      id: signUp.volunteerId,
      signUpId: signUp.id,
    }));
  }

  private of(event: PlannedEvent) {
    const held = this.held.get(event.slug);
    if (!held) throw new Error(`the seed never announced ${event.slug}`);
    return held;
  }

  private shiftOf(event: PlannedEvent, planned: PlannedShift): { shift: Shift } {
    return { shift: this.of(event).shifts[event.shifts.indexOf(planned)] as Shift };
  }

  private async idOf(no: string): Promise<string> {
    return (await this.store.view.volunteerByNo(no))?.id ?? "";
  }

  private async volunteer(no: string): Promise<Actor> {
    return this.services.people.actorOfPerson((await this.store.view.volunteerByNo(no))?.personId ?? "");
  }
}
