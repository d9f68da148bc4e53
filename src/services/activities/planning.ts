import {
  checkFiling,
  checkPeriod,
  disclosureState,
  type Fundraising,
  nextDue,
} from "../../domain/activities/fundraising";
import {
  type Activity,
  type ActivityAction,
  type ActivityDetails,
  activityStep,
  capacityMax,
  checkComplete,
  checkReviewer,
  checkShift,
  officerReasons,
  openStates,
  repeated,
  type Shift,
  shiftsMax,
  spanOf,
} from "../../domain/activities/machine";
import { checkFree, freeUntil, needsGuardian, type SignUpState, standingStates } from "../../domain/activities/signups";
import { type Actor, system } from "../../domain/actors";
import { type Day, dayOf, type Instant, isDay } from "../../domain/calendar";
import { checkServiceType } from "../../domain/hours";
import { invariant } from "../../domain/invariant";
import type { Policies } from "../../domain/policies";
import { Refusal, refuse } from "../../domain/refusal";
import type { Profile } from "../../domain/volunteers";
import type { StoredSignUp, Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../contract";
import { checkText } from "../input";
import type { ActivityTexts, CreateActivity, EditActivity, SetFundraising, ShiftPlan } from "./contract";
import { type By, byItself, type Register } from "./register";
import { acceptedAt } from "./signups";

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
    const plans = plansOf(input.shifts).sort((a, b) => a.startsAt - b.startsAt);
    const id = this.bank.id("activity");
    // The activity's texts have a key of their own; it must be durable before the ledger says so.
    await this.bank.vault.admit(id);
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      const divisions = await this.bank.divisions(tx);
      if (!divisions.has(input.divisionCode)) refuse("DIVISION_NOT_FOUND", {}, ["divisionCode"]);
      const by = { actor, role: this.bank.permit(actor, "activity.create", await this.bank.at(tx, organization)) };
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
      await this.register.moveActivity(tx, by, activity, "CREATE", null);
      for (const shift of shifts) await this.register.setShift(tx, by, shift);
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
      const by = await this.register.permit(tx, actor, "activity.create", before);
      activityStep(before, "EDIT", { expectedVersion: input.expectedVersion });
      const policies = await this.bank.policies(tx);
      const old = (await this.bank.vault.open<ActivityDetails>(tx, [before.detailsId])).get(before.detailsId);
      invariant(old, "an activity's texts can be read");
      const details = detailsOf({ ...old, ...given(input) });
      const shifts = plans ? await this.reshape(tx, by, before, plans, policies) : await shiftsOf(tx, before);
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
      const edited = await this.register.moveActivity(tx, by, activity, "EDIT", before);
      if (plans) for (const shift of shifts) await this.register.fillPlaces(tx, edited, shift);
      return edited;
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
      const by = await this.byFor(tx, actor, activity, action);
      if (await this.alreadyDone(tx, actor, activity, action, expectedVersion)) return activity;
      const state = activityStep(activity, action, { reason, expectedVersion });
      await this.checkStep(tx, actor, activity, action);
      const reasonId = reason
        ? await this.bank.vault.seal(tx, actor.personId as string, activity.id, { reason })
        : null;
      const reviewedBy = action === "PUBLISH" ? actor.personId : state === "DRAFT" ? null : activity.reviewedBy;
      const moved = await this.register.moveActivity(tx, by, { ...activity, reviewedBy }, action, activity, reasonId);
      if (action === "CANCEL" || action === "POSTPONE") await this.tell(tx, by, moved, action, reason);
      if (action === "PUBLISH" && activity.reviewedBy !== null) await this.reschedule(tx, moved);
      return action === "END" ? this.wrapUp(tx, moved) : moved;
    });
  }

  /** An activity that people have checked in to has begun, whether or not its lead said so. */
  async begin(tx: Tx, activity: Activity): Promise<Activity> {
    return activity.state === "PUBLISHED"
      ? this.register.moveActivity(tx, byItself, activity, "START", activity)
      : activity;
  }

  /**
   * Some hours after each shift notes who did not come, and after the last one ends what nobody ended. What fails for one
   * activity is told, and leaves the others their turn.
   */
  async keepTime(): Promise<{ missed: number; ended: number; failed: unknown[] }> {
    const { store } = this.bank;
    const policies = await this.bank.policies(store.view);
    const minutes = policies.count("checkIn.closesMinutesAfter", this.bank.today());
    const before = this.bank.clock() - minutes * 60_000;
    const failed: unknown[] = [];
    const each = async (ids: Iterable<string>, work: (tx: Tx, activity: Activity) => Promise<unknown>) => {
      for (const id of ids)
        await this.bank
          .act(system, async (tx) => {
            const activity = (await tx.activities([id])).get(id);
            if (activity && openStates.includes(activity.state)) await work(tx, activity);
          })
          .catch((error: unknown) => failed.push(error));
    };
    const unmet = await store.view.unmetSignUps(before, atATime);
    await each(new Set(unmet.map((signUp) => signUp.activityId)), async (tx, activity) =>
      this.miss(tx, activity, await tx.signUpsOfActivity(activity.id, ["ACCEPTED"]), before),
    );
    const over = await store.view.activitiesOver(before, atATime);
    await each(
      over.map(({ id }) => id),
      async (tx, activity) => {
        const begun = await this.begin(tx, activity);
        await this.wrapUp(tx, await this.register.moveActivity(tx, byItself, begun, "END", begun));
      },
    );
    return { missed: unmet.length, ended: over.length, failed };
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
      const { role } = await this.register.permit(tx, actor, "fundraising.set", activity);
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
      checkDays(facts);
      checkPeriod(facts, policies, today);
      checkFiling(facts, policies);
      // Whoever is late does not give themselves more time.
      if (before && disclosureState(before, today) === "OVERDUE" && facts.endsOn > before.endsOn && role !== "OFFICER")
        refuse("NOT_PERMITTED", { act: "fundraising.set", overdue: true }, ["endsOn"]);
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

  private async byFor(tx: Tx, actor: Actor, activity: Activity, action: ActivityAction): Promise<By> {
    if (action !== "PUBLISH" && action !== "RETURN")
      return this.register.permit(tx, actor, action === "SUBMIT" ? "activity.submit" : "activity.run", activity);
    const reasons = officerReasons(activity, await this.bank.policies(tx), dayOf(tx.now));
    const act = reasons.length > 0 ? "activity.reviewLarge" : "activity.review";
    const role = this.bank.permitAny(actor, act, await this.register.reviewPlaces(tx, activity));
    return { actor, role: role ?? refuse("NOT_PERMITTED", { act, reasons }) };
  }

  private async checkStep(tx: Tx, actor: Actor, activity: Activity, action: ActivityAction): Promise<void> {
    if (action === "PUBLISH") checkReviewer(activity, actor.personId as string);
    if (action === "SUBMIT" || action === "PUBLISH") {
      const details = (await this.bank.vault.open<ActivityDetails>(tx, [activity.detailsId])).get(activity.detailsId);
      invariant(details, "an activity's texts can be read");
      checkComplete(activity, details, await this.bank.policies(tx), dayOf(tx.now));
      const over = (await shiftsOf(tx, activity)).findIndex((shift) => shift.endsAt <= tx.now);
      if (over >= 0) refuse("INVALID_INTERVAL", { over: true }, ["shifts", String(over)]);
    }
    if (action === "RETURN" && activity.state === "PUBLISHED") {
      const standing = await tx.signUpsOfActivity(activity.id, standingStates);
      if (standing.length > 0) refuse("HAS_SIGN_UPS", { signUps: standing.length });
    }
    if (action === "POSTPONE" || action === "CANCEL") {
      const came = (await tx.totalsOf([activity.id])).get(activity.id)?.checkedIn ?? 0;
      if (came > 0) refuse("PEOPLE_HAVE_COME", { checkedIn: came });
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

  /**
   * After the end: who did not come is noted, who waited in vain or for a shift that was not held is let go; with anything
   * to record, recording begins.
   */
  private async wrapUp(tx: Tx, activity: Activity): Promise<Activity> {
    await this.miss(tx, activity, await tx.signUpsOfActivity(activity.id, ["ACCEPTED"]), tx.now);
    for (const signUp of await tx.signUpsOfActivity(activity.id, pendingStates))
      await this.register.moveSignUp(tx, byItself, activity, { ...signUp, state: "WITHDRAWN" }, "CANCEL", signUp);
    const attended = (await tx.attendanceCounts(activity.id)).length > 0;
    return attended ? this.register.moveActivity(tx, byItself, activity, "RECORD", activity) : activity;
  }

  /** A shift that is over was missed by whoever had a place in time and was free to come; nobody else is blamed. */
  private async miss(
    tx: Tx,
    activity: Activity,
    signUps: readonly StoredSignUp[],
    endedBefore: Instant,
  ): Promise<void> {
    const policies = await this.bank.policies(tx);
    const shifts = await tx.shifts(signUps.map((signUp) => signUp.shiftId));
    const volunteers = await tx.volunteers(signUps.map((signUp) => signUp.volunteerId));
    for (const signUp of signUps) {
      const shift = shifts.get(signUp.shiftId);
      if (!shift || shift.endsAt > endedBefore) continue;
      const steps = await tx.signUpSteps(signUp.id);
      const movedUpLate =
        acceptedAt(steps) > freeUntil(shift, policies) && steps.some(({ action }) => action === "MOVE_UP");
      const blamed = !movedUpLate && volunteers.get(signUp.volunteerId)?.state === "ACTIVE";
      const state = blamed ? "NO_SHOW" : "WITHDRAWN";
      await this.register.moveSignUp(tx, byItself, activity, { ...signUp, state }, blamed ? "MISS" : "CANCEL", signUp);
    }
  }

  /** Everybody who stood on the list is told: by a step of their sign-up, which is their notice, with the reason. */
  private async tell(
    tx: Tx,
    by: By,
    activity: Activity,
    action: "CANCEL" | "POSTPONE",
    reason: string | null,
  ): Promise<void> {
    const signUps = await tx.signUpsOfActivity(activity.id, pendingStates);
    const volunteers = await tx.volunteers(signUps.map((signUp) => signUp.volunteerId));
    for (const signUp of signUps) {
      const state = action === "CANCEL" ? "WITHDRAWN" : signUp.state;
      const personId = volunteers.get(signUp.volunteerId)?.personId as string;
      const reasonId = await this.bank.vault.seal(tx, by.actor.personId as string, personId, { reason });
      await this.register.moveSignUp(tx, by, activity, { ...signUp, state }, action, signUp, reasonId);
    }
  }

  /**
   * New times are announced: everybody who still stands on the list is told, a guardian asked again, and let go who is
   * promised elsewhere by then or may not take part in what it has become.
   */
  private async reschedule(tx: Tx, activity: Activity): Promise<void> {
    const signUps = await tx.signUpsOfActivity(activity.id, pendingStates);
    const shifts = await tx.shifts(signUps.map((signUp) => signUp.shiftId));
    const volunteers = await tx.volunteers(signUps.map((signUp) => signUp.volunteerId));
    const profiles = await this.bank.vault.open<Profile>(
      tx,
      [...volunteers.values()].map((volunteer) => volunteer.profileId),
    );
    for (const signUp of signUps) {
      const shift = shifts.get(signUp.shiftId);
      const volunteer = volunteers.get(signUp.volunteerId);
      invariant(shift && volunteer, "a sign-up has a shift and a volunteer");
      const state = await this.stateAnew(tx, activity, shift, signUp, profiles.get(volunteer.profileId));
      const after = { ...signUp, state, accompanied: state === "PENDING_GUARDIAN" ? false : signUp.accompanied };
      await this.register.moveSignUp(tx, byItself, activity, after, "RESCHEDULE", signUp);
    }
    for (const shift of await shiftsOf(tx, activity)) await this.register.fillPlaces(tx, activity, shift);
  }

  private async stateAnew(
    tx: Tx,
    activity: Activity,
    shift: Shift,
    signUp: StoredSignUp,
    profile: Profile | undefined,
  ): Promise<SignUpState> {
    try {
      if (needsGuardian(profile, activity, shift)) return "PENDING_GUARDIAN";
      if (signUp.state === "ACCEPTED") checkFree(shift, await tx.bookings(signUp.volunteerId, shift));
      return signUp.state;
    } catch (error) {
      if (error instanceof Refusal) return "WITHDRAWN";
      throw error;
    }
  }

  /**
   * All shifts anew: each is the one it names, or without names the one at its place in the list, so that sign-ups and
   * calendars follow them; what is left over is dropped.
   */
  private async reshape(
    tx: Tx,
    by: By,
    activity: Activity,
    plans: readonly PlannedShift[],
    policies: Policies,
  ): Promise<Shift[]> {
    const old = await shiftsOf(tx, activity);
    const counts = await tx.totalsOf(old.map(({ id }) => id));
    const named = plans.some(({ id }) => id !== null);
    const shifts = plans.map(({ id, ...plan }, i): Shift => {
      const before = named ? old.find((shift) => shift.id === id) : old[i];
      if (id !== null && !before) refuse("NOT_FOUND", {}, ["shifts", String(i), "id"]);
      return before
        ? { ...before, ...plan, version: before.version + 1 }
        : { ...plan, id: this.bank.id("shift", tx.now), activityId: activity.id, dropped: false, version: 1 };
    });
    const kept = new Set(shifts.map(({ id }) => id));
    if (kept.size < shifts.length) refuse("INVALID_INPUT", { repeated: true }, ["shifts"]);
    for (const [i, shift] of shifts.entries()) {
      checkShift(shift, policies, i);
      const held = counts.get(shift.id);
      if (held && shift.capacity < held.signedUp)
        refuse("HAS_SIGN_UPS", { signedUp: held.signedUp }, ["shifts", String(i), "capacity"]);
    }
    for (const rest of old.filter(({ id }) => !kept.has(id))) {
      const held = counts.get(rest.id);
      if (held && held.signedUp + held.waitlisted > 0) refuse("HAS_SIGN_UPS", { signedUp: held.signedUp }, ["shifts"]);
      await this.register.setShift(tx, by, { ...rest, dropped: true, version: rest.version + 1 });
    }
    for (const shift of shifts) await this.register.setShift(tx, by, shift);
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

type PlannedShift = Omit<Shift, "id" | "activityId" | "dropped" | "version"> & { id: string | null };

const pendingStates: readonly SignUpState[] = ["PENDING_GUARDIAN", "ACCEPTED", "WAITLISTED"];
const atATime = 500;

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
    if (!Number.isSafeInteger(shift.capacity) || shift.capacity < 1 || shift.capacity > capacityMax)
      refuse("INVALID_INPUT", { least: 1, most: capacityMax }, at("capacity"));
    const plan = {
      startsAt: shift.startsAt,
      endsAt: shift.endsAt,
      id: shift.id ?? null,
      capacity: shift.capacity,
      place: checkText(shift.place, at("place"), { most: 200, least: 1 }) as string,
      ...mapOf(shift, at),
    };
    if (shift.repeatEveryDays == null && shift.repeatUntil == null) return [plan];
    const { repeatEveryDays: every, repeatUntil: until } = shift;
    if (every == null || !Number.isSafeInteger(every) || every < 1 || every > 366)
      refuse("INVALID_INPUT", { least: 1, most: 366 }, at("repeatEveryDays"));
    if (until == null || !isDay(until)) refuse("INVALID_INPUT", { missing: until == null }, at("repeatUntil"));
    // The first of a series is the shift it names; the others are new.
    return repeated(plan, every as number, until as Day).map((one, k) => (k === 0 ? one : { ...one, id: null }));
  });
  if (plans.length < 1 || plans.length > shiftsMax) refuse("INVALID_INPUT", { least: 1, most: shiftsMax }, ["shifts"]);
  const capacity = plans.reduce((sum, plan) => sum + plan.capacity, 0);
  if (capacity > capacityMax) refuse("INVALID_INPUT", { most: capacityMax, capacity }, ["shifts"]);
  return plans;
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

function checkDays(facts: Pick<Fundraising, "filedOn" | "startsOn" | "endsOn" | "disclosedOn" | "interimDisclosedOn">) {
  for (const field of ["filedOn", "startsOn", "endsOn"] as const)
    if (!isDay(facts[field])) refuse("INVALID_INPUT", {}, [field]);
  if (facts.disclosedOn !== null && !isDay(facts.disclosedOn)) refuse("INVALID_INPUT", {}, ["disclosedOn"]);
  if (!facts.interimDisclosedOn.every(isDay)) refuse("INVALID_INPUT", {}, ["interimDisclosedOn"]);
}

const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
