import { checkFiling, type Fundraising, nextDue } from "../../domain/activities/fundraising";
import {
  type Activity,
  type ActivityAction,
  type ActivityDetails,
  activityStep,
  checkComplete,
  checkReviewer,
  checkShift,
  officerReasons,
  repeated,
  type Shift,
  shiftsMax,
  spanOf,
} from "../../domain/activities/machine";
import { type Actor, type ActorKind, system } from "../../domain/actors";
import { type Day, dayOf, isDay } from "../../domain/calendar";
import { checkServiceType } from "../../domain/hours";
import { invariant } from "../../domain/invariant";
import type { Policies } from "../../domain/policies";
import { Refusal, refuse } from "../../domain/refusal";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../contract";
import { checkText } from "../input";
import type { ActivityTexts, CreateActivity, EditActivity, SetFundraising, ShiftPlan } from "./contract";
import type { Register } from "./register";

/** How an activity comes to be announced, changed, held and called off. */
export class Planning {
  private readonly bank: Bank;
  constructor(private readonly register: Register) {
    this.bank = register.bank;
  }

  async create(actor: Actor, input: CreateActivity): Promise<Done<Activity>> {
    const { idempotencyKey, ...request } = input;
    const name = checkText(input.name, "name", { most: 100, least: 2 }) as string;
    checkSlug(input.slug);
    const details = detailsOf(input);
    const plans = plansOf(input.shifts);
    const id = this.bank.id("activity");
    // The activity's texts have a key of their own; it must be durable before the ledger says so.
    await this.bank.vault.admit(id);
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      const divisions = await this.bank.divisions(tx);
      if (!divisions.has(input.divisionCode)) refuse("DIVISION_NOT_FOUND", {}, ["divisionCode"]);
      const role = this.bank.permit(actor, "activity.create", await this.bank.at(tx, organization));
      if (organization.state !== "ACTIVE") refuse("NOT_PERMITTED", { organization: organization.state });
      const campaign = input.campaignSlug ? await tx.campaignBySlug(input.campaignSlug) : null;
      if (campaign === undefined) refuse("NOT_FOUND", {}, ["campaignSlug"]);
      if (await tx.activityBySlug(input.slug)) refuse("DUPLICATE_SLUG", {}, ["slug"]);
      const policies = await this.bank.policies(tx);
      const shifts = plans.map((plan) => ({
        ...plan,
        id: this.bank.id("shift", tx.now),
        activityId: id,
        dropped: false,
        version: 1,
      }));
      for (const [i, shift] of shifts.entries()) checkShift(shift, policies, i);
      const activity: Activity = {
        id,
        slug: input.slug,
        campaignId: campaign?.id ?? null,
        organizationId: organization.id,
        divisionCode: input.divisionCode,
        name,
        serviceType: input.serviceType,
        state: "DRAFT",
        ...spanOf(shifts),
        hazardous: input.hazardous ?? false,
        openToMinors: input.openToMinors ?? false,
        outsideCounty: input.outsideCounty ?? false,
        authors: [actor.personId as string],
        reviewedBy: null,
        detailsId: await this.bank.vault.seal(tx, actor.personId as string, id, details),
        version: 0,
      };
      checkAudience(activity, policies);
      await this.register.moveActivity(tx, actor, role, activity, "CREATE", null, null);
      for (const shift of shifts) await this.register.setShift(tx, actor, shift);
      return id;
    };
    try {
      const done = await this.bank.once(actor, "createActivity", idempotencyKey, request, work, this.shown);
      if (done.value.id !== id) await this.bank.vault.dismiss(id);
      return done;
    } catch (error) {
      if (error instanceof Refusal) await this.bank.vault.dismiss(id);
      throw error;
    }
  }

  /** Changes a draft; of a postponed activity the texts and the shifts that nobody has come to yet. */
  async edit(actor: Actor, input: EditActivity): Promise<Activity> {
    const plans = input.shifts && plansOf(input.shifts);
    const name = input.name == null ? null : checkText(input.name, "name", { most: 100, least: 2 });
    return this.bank.act(actor, async (tx, actor) => {
      const before = await this.register.activity(tx, actor, input.activityId);
      const role = await this.register.permit(tx, actor, "activity.create", before);
      activityStep(before, "EDIT", { expectedVersion: input.expectedVersion });
      const policies = await this.bank.policies(tx);
      const old = (await this.bank.vault.open<ActivityDetails>(tx, [before.detailsId])).get(before.detailsId);
      invariant(old, "an activity's texts can be read");
      const details = detailsOf({ ...old, ...given(input) });
      const shifts = plans ? await this.reshape(tx, actor, before, plans, policies) : await shiftsOf(tx, before);
      const authors = [...new Set([...before.authors, actor.personId as string])];
      const activity: Activity = {
        ...before,
        name: name ?? before.name,
        ...spanOf(shifts),
        hazardous: input.hazardous ?? before.hazardous,
        openToMinors: input.openToMinors ?? before.openToMinors,
        outsideCounty: input.outsideCounty ?? before.outsideCounty,
        authors,
        detailsId: await this.bank.vault.seal(tx, actor.personId as string, before.id, details),
      };
      checkAudience(activity, policies);
      return this.register.moveActivity(tx, actor, role, activity, "EDIT", before, null);
    });
  }

  /** The steps of domain.md 6.3; reviewed by somebody who did not write it. The same step again answers the same. */
  async advance(
    actor: Actor,
    input: { activityId: string; action: ActivityAction; reason?: string | null; expectedVersion?: number | null },
  ): Promise<Activity> {
    const reason = checkText(input.reason, "reason", { most: 1000 });
    return this.bank.act(actor, async (tx, actor) => {
      const { action, expectedVersion } = input;
      const activity = await this.register.activity(tx, actor, input.activityId);
      const role = await this.roleFor(tx, actor, activity, action);
      if (await this.alreadyDone(tx, actor, activity, action, expectedVersion)) return activity;
      activityStep(activity, action, { reason, expectedVersion });
      await this.checkStep(tx, actor, activity, action);
      const reasonId = reason
        ? await this.bank.vault.seal(tx, actor.personId as string, activity.id, { reason })
        : null;
      const after = { ...activity, reviewedBy: action === "PUBLISH" ? actor.personId : activity.reviewedBy };
      const moved = await this.register.moveActivity(tx, actor, role, after, action, activity, reasonId);
      if (action === "CANCEL" || action === "POSTPONE") await this.tell(tx, actor, role, moved, action);
      return action === "END" ? this.wrapUp(tx, moved) : moved;
    });
  }

  /** An activity that people have checked in to has begun, whether or not its lead said so. */
  async begin(tx: Tx, activity: Activity): Promise<Activity> {
    return activity.state === "PUBLISHED"
      ? this.register.moveActivity(tx, system, "SYSTEM", activity, "START", activity, null)
      : activity;
  }

  /** Ends what ended hours ago and nobody ended: called by the serving process every minute. How many there were. */
  async endOverdue(): Promise<number> {
    const { store } = this.bank;
    const policies = await this.bank.policies(store.view);
    const minutes = policies.count("checkIn.closesMinutesAfter", this.bank.today());
    const over = await store.view.activitiesOver(this.bank.clock() - minutes * 60_000, 100);
    for (const { id } of over)
      await this.bank.act(system, async (tx) => {
        const activity = (await tx.activities([id])).get(id);
        if (!activity || (activity.state !== "PUBLISHED" && activity.state !== "ONGOING")) return;
        const begun = await this.begin(tx, activity);
        await this.wrapUp(tx, await this.register.moveActivity(tx, system, "SYSTEM", begun, "END", begun, null));
      });
    return over.length;
  }

  /** The facts that a page must show of a fundraising beside the activity, and the clock of its disclosure. */
  async setFundraising(actor: Actor, input: SetFundraising): Promise<Activity> {
    const texts = {
      organizationName: checkText(input.organizationName, "organizationName", { most: 100, least: 2 }) as string,
      planFilingNo: checkText(input.planFilingNo, "planFilingNo", { most: 100, least: 2 }) as string,
      permitNo: checkText(input.permitNo, "permitNo", { most: 100, least: 2 }) as string,
      howToQuery: checkText(input.howToQuery, "howToQuery", { most: 500, least: 2 }) as string,
    };
    return this.bank.act(actor, async (tx, actor) => {
      const activity = await this.register.activity(tx, actor, input.activityId);
      await this.register.permit(tx, actor, "fundraising.set", activity);
      const before = (await tx.fundraisings([activity.id])).get(activity.id);
      const policies = await this.bank.policies(tx);
      const today = dayOf(tx.now);
      const facts = {
        activityId: activity.id,
        ...texts,
        filedOn: input.filedOn ?? before?.filedOn ?? today,
        startsOn: input.startsOn ?? before?.startsOn ?? dayOf(activity.startsAt),
        endsOn: input.endsOn,
        emergency: input.emergency ?? before?.emergency ?? false,
        interimDisclosedOn: [...(input.interimDisclosedOn ?? before?.interimDisclosedOn ?? [])].sort(),
        disclosedOn: input.disclosedOn ?? before?.disclosedOn ?? null,
      };
      checkDays(facts, today);
      checkFiling(facts, policies);
      const { seq: _, version: __, ...old } = { ...before } as Fundraising & { seq?: number };
      const set = { ...facts, dueOn: nextDue(facts, policies) };
      if (before && JSON.stringify(sorted(old)) === JSON.stringify(sorted(set))) return activity;
      await tx.append(actor.personId as string, {
        type: "FUNDRAISING_SET",
        ...set,
        emergency: set.emergency ? 1 : 0,
        version: (before?.version ?? 0) + 1,
      });
      return activity;
    });
  }

  private async roleFor(tx: Tx, actor: Actor, activity: Activity, action: ActivityAction): Promise<ActorKind> {
    if (action === "PUBLISH" || action === "RETURN") {
      const reasons = officerReasons(activity, await this.bank.policies(tx), dayOf(tx.now));
      const act = reasons.length > 0 ? "activity.reviewLarge" : "activity.review";
      const role = this.bank.permitAny(actor, act, await this.register.reviewPlaces(tx, activity));
      return role ?? refuse("NOT_PERMITTED", { act, reasons });
    }
    return this.register.permit(tx, actor, action === "SUBMIT" ? "activity.submit" : "activity.run", activity);
  }

  private async checkStep(tx: Tx, actor: Actor, activity: Activity, action: ActivityAction): Promise<void> {
    if (action === "PUBLISH") checkReviewer(activity, actor.personId as string);
    if (action === "SUBMIT" || action === "PUBLISH") {
      const details = (await this.bank.vault.open<ActivityDetails>(tx, [activity.detailsId])).get(activity.detailsId);
      invariant(details, "an activity's texts can be read");
      checkComplete(activity, details, await this.bank.policies(tx), dayOf(tx.now));
      if (activity.endsAt <= tx.now) refuse("INVALID_INTERVAL", { over: true }, ["activityId"]);
    }
    if (action === "RETURN" && activity.state === "PUBLISHED") {
      const standing = await tx.signUpsOfActivity(activity.id, [
        "PENDING_GUARDIAN",
        "ACCEPTED",
        "WAITLISTED",
        "CHECKED_IN",
        "COMPLETED",
      ]);
      if (standing.length > 0) refuse("HAS_SIGN_UPS", { signUps: standing.length });
    }
    if (action === "END" && activity.startsAt > tx.now) refuse("IN_THE_FUTURE", {}, ["action"]);
    if (action === "CLOSE") await this.checkResolved(tx, activity);
  }

  /** Closed only when every sign-up has an outcome and every record a decision. */
  private async checkResolved(tx: Tx, activity: Activity): Promise<void> {
    const counts = new Map((await tx.attendanceCounts(activity.id)).map(({ outcome, count }) => [outcome, count]));
    const missingCheckOut = counts.get("OPEN") ?? 0;
    const missingRecord = counts.get("MISSING_RECORD") ?? 0;
    const recordsWaiting = await tx.recordsWaiting(activity.id);
    if (missingCheckOut + missingRecord + recordsWaiting > 0)
      refuse("ACTIVITY_UNRESOLVED", { missingCheckOut, missingRecord, recordsWaiting });
  }

  /** After the end: who did not come is noted, who waited in vain is let go; with anything to record, recording begins. */
  private async wrapUp(tx: Tx, activity: Activity): Promise<Activity> {
    for (const signUp of await tx.signUpsOfActivity(activity.id, ["ACCEPTED", "WAITLISTED", "PENDING_GUARDIAN"])) {
      const missed = signUp.state === "ACCEPTED";
      const state = missed ? "NO_SHOW" : "WITHDRAWN";
      await this.register.moveSignUp(
        tx,
        system,
        "SYSTEM",
        activity,
        { ...signUp, state },
        missed ? "MISS" : "CANCEL",
        signUp,
      );
    }
    const attended = (await tx.attendanceCounts(activity.id)).length > 0;
    return attended ? this.register.moveActivity(tx, system, "SYSTEM", activity, "RECORD", activity, null) : activity;
  }

  /** Everybody who stood on the list is told: by a step of their sign-up, which is their notice. */
  private async tell(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    activity: Activity,
    action: "CANCEL" | "POSTPONE",
  ): Promise<void> {
    for (const signUp of await tx.signUpsOfActivity(activity.id, ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED"])) {
      const state = action === "CANCEL" ? "WITHDRAWN" : signUp.state;
      await this.register.moveSignUp(tx, actor, role, activity, { ...signUp, state }, action, signUp);
    }
  }

  /** Shifts keep their ids in the order given, so that sign-ups and calendars follow them; what is left over is dropped. */
  private async reshape(
    tx: Tx,
    actor: Actor,
    activity: Activity,
    plans: readonly PlannedShift[],
    policies: Policies,
  ): Promise<Shift[]> {
    const old = await shiftsOf(tx, activity);
    const counts = await tx.totalsOf(old.map(({ id }) => id));
    const shifts = plans.map((plan, i): Shift => {
      const before = old[i];
      return before
        ? { ...before, ...plan, version: before.version + 1 }
        : { ...plan, id: this.bank.id("shift", tx.now), activityId: activity.id, dropped: false, version: 1 };
    });
    for (const [i, shift] of shifts.entries()) {
      checkShift(shift, policies, i);
      const held = counts.get(shift.id);
      const before = old[i];
      const moved = before && (before.startsAt !== shift.startsAt || before.endsAt !== shift.endsAt);
      if (held && moved && held.checkedIn > 0)
        refuse("HAS_SIGN_UPS", { checkedIn: held.checkedIn }, ["shifts", String(i)]);
      if (held && shift.capacity < held.signedUp)
        refuse("HAS_SIGN_UPS", { signedUp: held.signedUp }, ["shifts", String(i), "capacity"]);
    }
    for (const rest of old.slice(plans.length)) {
      const held = counts.get(rest.id);
      if (held && held.signedUp + held.waitlisted > 0) refuse("HAS_SIGN_UPS", { signedUp: held.signedUp }, ["shifts"]);
      await this.register.setShift(tx, actor, { ...rest, dropped: true, version: rest.version + 1 });
    }
    for (const shift of shifts) await this.register.setShift(tx, actor, shift);
    for (const shift of shifts) await this.register.fillPlaces(tx, actor, activity, shift);
    return shifts;
  }

  private async alreadyDone(
    tx: Tx,
    actor: Actor,
    activity: Activity,
    action: ActivityAction,
    expectedVersion?: number | null,
  ): Promise<boolean> {
    // An END is followed by RECORD where somebody came: the step of a person is what is looked for.
    const steps = ((await tx.activitySteps([activity.id])).get(activity.id) ?? []).filter(
      (step) => step.actorKind !== "SYSTEM",
    );
    const last = steps.at(-1);
    if (expectedVersion != null && expectedVersion !== (last?.version ?? 0) - 1) return false;
    return last?.action === action && last.actorId === actor.personId;
  }

  private readonly shown = async (view: View, id: string): Promise<Activity> => {
    const activity = (await view.activities([id])).get(id);
    invariant(activity, "a command's activity is there");
    return activity;
  };
}

type PlannedShift = Omit<Shift, "id" | "activityId" | "dropped" | "version">;

export async function shiftsOf(view: View, activity: Pick<Activity, "id">): Promise<Shift[]> {
  return ((await view.shiftsOfActivities([activity.id])).get(activity.id) ?? []).filter((shift) => !shift.dropped);
}

export function checkSlug(slug: string): void {
  if (!/^[a-z0-9][a-z0-9-]{1,60}$/.test(slug))
    refuse("INVALID_INPUT", { expected: "lower-case letters, digits and hyphens" }, ["slug"]);
}

/** Minors take part where the service is open to them, and never where it is dangerous (浙江省志愿服务条例 §9). */
function checkAudience(activity: Activity, policies: Policies): void {
  checkServiceType(activity.serviceType, activity.endsAt, policies);
  const type = policies.serviceType(activity.serviceType, dayOf(activity.endsAt));
  if (activity.openToMinors && (activity.hazardous || !type?.openToMinors))
    refuse("MINOR_NOT_ADMITTED", { hazardous: activity.hazardous, serviceType: activity.serviceType }, [
      "openToMinors",
    ]);
}

function detailsOf(input: ActivityTexts): ActivityDetails {
  return {
    description: checkText(input.description, "description", { most: 5000, least: 1 }) as string,
    contact: checkText(input.contact, "contact", { most: 200, least: 1 }) as string,
    activityLead: checkText(input.activityLead, "activityLead", { most: 100 }),
    riskNotice: checkText(input.riskNotice, "riskNotice", { most: 2000 }),
    insurance: checkText(input.insurance, "insurance", { most: 500 }),
    agreement: checkText(input.agreement, "agreement", { most: 500 }),
  };
}

/** Only the texts that were given: a field left out stays as it is. */
function given(input: EditActivity): Partial<ActivityTexts> {
  const { description, contact, activityLead, riskNotice, insurance, agreement } = input;
  return Object.fromEntries(
    Object.entries({ description, contact, activityLead, riskNotice, insurance, agreement }).filter(
      ([, text]) => text != null,
    ),
  );
}

function plansOf(shifts: readonly ShiftPlan[]): PlannedShift[] {
  const plans = shifts.flatMap((shift, i) => {
    const at = (field: string) => ["shifts", String(i), field];
    for (const field of ["startsAt", "endsAt"] as const)
      if (!Number.isSafeInteger(shift[field]) || Math.abs(shift[field]) > 8.64e14)
        refuse("INVALID_INPUT", {}, at(field));
    if (!Number.isSafeInteger(shift.capacity) || shift.capacity < 1 || shift.capacity > 100_000)
      refuse("INVALID_INPUT", { least: 1, most: 100_000 }, at("capacity"));
    const plan = {
      startsAt: shift.startsAt,
      endsAt: shift.endsAt,
      capacity: shift.capacity,
      place: checkText(shift.place, at("place"), { most: 200, least: 1 }) as string,
      ...mapOf(shift, at),
    };
    if (shift.repeatEveryDays == null && shift.repeatUntil == null) return [plan];
    const { repeatEveryDays: every, repeatUntil: until } = shift;
    if (every == null || !Number.isSafeInteger(every) || every < 1 || every > 366)
      refuse("INVALID_INPUT", { least: 1, most: 366 }, at("repeatEveryDays"));
    if (until == null || !isDay(until)) refuse("INVALID_INPUT", { missing: until == null }, at("repeatUntil"));
    return repeated(plan, every as number, until as Day);
  });
  if (plans.length < 1 || plans.length > shiftsMax) refuse("INVALID_INPUT", { least: 1, most: shiftsMax }, ["shifts"]);
  return plans.sort((a, b) => a.startsAt - b.startsAt);
}

/** A radius needs a place on the map; a place on the map is whole or not there. */
function mapOf(shift: ShiftPlan, at: (field: string) => string[]) {
  const { latitude, longitude, radiusMetres } = shift;
  if ((latitude == null) !== (longitude == null))
    refuse("INVALID_INPUT", { missing: true }, at(latitude == null ? "latitude" : "longitude"));
  if (radiusMetres != null && latitude == null)
    refuse("INVALID_INPUT", { needs: ["latitude", "longitude"] }, at("radiusMetres"));
  if (latitude != null && !(Math.abs(latitude) <= 90)) refuse("INVALID_INPUT", { most: 90 }, at("latitude"));
  if (longitude != null && !(Math.abs(longitude) <= 180)) refuse("INVALID_INPUT", { most: 180 }, at("longitude"));
  if (radiusMetres != null && (!Number.isSafeInteger(radiusMetres) || radiusMetres < 10 || radiusMetres > 100_000))
    refuse("INVALID_INPUT", { least: 10, most: 100_000 }, at("radiusMetres"));
  return {
    latitudeMicrodegrees: latitude == null ? null : Math.round(latitude * 1e6),
    longitudeMicrodegrees: longitude == null ? null : Math.round(longitude * 1e6),
    radiusMetres: radiusMetres ?? null,
  };
}

function checkDays(
  facts: Pick<Fundraising, "filedOn" | "startsOn" | "endsOn" | "disclosedOn" | "interimDisclosedOn">,
  today: Day,
) {
  for (const field of ["filedOn", "startsOn", "endsOn"] as const)
    if (!isDay(facts[field])) refuse("INVALID_INPUT", {}, [field]);
  if (facts.filedOn > today) refuse("IN_THE_FUTURE", {}, ["filedOn"]);
  if (facts.endsOn < facts.startsOn) refuse("INVALID_INTERVAL", {}, ["endsOn"]);
  if (facts.interimDisclosedOn.length > 40) refuse("INVALID_INPUT", { most: 40 }, ["interimDisclosedOn"]);
  for (const day of facts.interimDisclosedOn)
    if (!isDay(day) || day > today || day < facts.startsOn) refuse("INVALID_INPUT", {}, ["interimDisclosedOn"]);
  const { disclosedOn } = facts;
  if (disclosedOn !== null && (!isDay(disclosedOn) || disclosedOn > today || disclosedOn < facts.endsOn))
    refuse("INVALID_INPUT", {}, ["disclosedOn"]);
}

const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
