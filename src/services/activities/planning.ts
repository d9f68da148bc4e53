import {
  type ActivityDetails,
  type ActivityPlan,
  asPlanned,
  checkComplete,
  checkEnd,
  checkReviewer,
  checkShift,
  checkStart,
  isAnnounced,
  isRewritten,
  leadsTo,
  officerReasons,
  type PlannedShift,
  spanOf,
} from "../../domain/activities/machine";
import { standingStates } from "../../domain/activities/signups";
import { type Activity, type ActivityAction, activityMoves, type Shift } from "../../domain/facts/activities";
import { checkServiceType } from "../../domain/hours";
import { dayOf, serviceDay } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { take } from "../../domain/kit/moves";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { checkNotOwn, selvesOf } from "../../domain/people/near";
import { type Actor, asOne, system } from "../../domain/permissions/actors";
import type { Policies } from "../../domain/policies";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import { type Asked, changed, read, readField } from "../bank/fields";
import { ownOf } from "../bank/near";
import { advanceActivity, createActivity, dropShift, editActivity } from "./commands";
import type { By, Register } from "./register";
import { askedShifts, nameShifts, newShift, plansAmong, reshape, sealVenues, shiftsOf } from "./shifts";
import { Telling } from "./telling";
import type { Timekeeping } from "./timekeeping";

export type CreateActivity = Asked<typeof createActivity>;
export type EditActivity = Asked<typeof editActivity>;

/** How an activity comes to be announced, changed, held and called off. */
export class Planning {
  private readonly bank: Bank;
  private readonly telling: Telling;

  constructor(
    private readonly register: Register,
    private readonly timekeeping: Timekeeping,
  ) {
    this.bank = register.bank;
    this.telling = new Telling(register);
  }

  async create(actor: Actor, input: CreateActivity): Promise<Done<Activity>> {
    const { name, slug, hazardous, openToMinors, outsideCounty, ...asked } = read(createActivity, input);
    const { description, contact, activityLead, riskNotice, insurance, agreement } = asked;
    const details: ActivityDetails = { description, contact, activityLead, riskNotice, insurance, agreement };
    const plans = askedShifts(asked.shifts).sort((a, b) => a.startsAt - b.startsAt);
    const id = this.bank.id("activity");
    // The activity's texts have a key of their own; it must be durable before the ledger says so.
    await this.bank.vault.admit(id);
    const work = async (tx: Tx, actor: Actor) => {
      const organization = await this.bank.organization(tx, input.organizationId);
      const { code: divisionCode } = await this.bank.openDivision(tx, input.divisionCode);
      const where = await this.bank.places.at(tx, organization);
      const by = { actor, role: this.bank.permit(actor, "activity.create", where) };
      if (actor !== system) this.bank.checkActive(organization);
      const campaign = input.campaignSlug ? await tx.campaignBySlug(input.campaignSlug) : null;
      if (campaign === undefined) refuse("NOT_FOUND", {}, ["campaignSlug"]);
      if (await tx.activityBySlug(slug)) refuse("DUPLICATE_SLUG", {}, ["slug"]);
      const policies = await this.bank.policies(tx);
      const seal = sealVenues(this.bank, tx, id);
      const shifts: Shift[] = [];
      for (const { id: _, venue, ...plan } of plans)
        shifts.push(newShift({ ...plan, venueId: await seal(venue) }, this.bank.id("shift", tx.now), id));
      for (const [i, shift] of shifts.entries()) checkShift(shift, policies, i);
      const activity: Activity = {
        id,
        slug,
        campaignId: campaign?.id ?? null,
        organizationId: organization.id,
        divisionCode,
        name,
        serviceType: asked.serviceType,
        state: "DRAFT",
        ...spanOf(shifts),
        hazardous: hazardous ?? false,
        openToMinors: openToMinors ?? false,
        outsideCounty: outsideCounty ?? false,
        authors: [actor.personId as string],
        reviewedBy: null,
        announcedName: null,
        announcedDetailsId: null,
        detailsId: await this.bank.vault.seal(tx, id, details),
        version: 0,
      };
      checkAudience(activity, policies);
      await this.register.moveActivity(tx, by, activity, "CREATE", null);
      for (const shift of shifts) await this.register.setShift(tx, by, shift);
      return id;
    };
    try {
      const done = await this.bank.commands.once(actor, "createActivity", input, work, this.shown);
      if (done.value.id !== id) await this.bank.vault.dismiss(id);
      return done;
    } catch (error) {
      if (error instanceof Refusal) await this.bank.vault.dismiss(id);
      throw error;
    }
  }

  /**
   * Changes a draft; of a postponed activity the texts and the shifts that nobody has come to yet, which wait in its plan
   * until they are reviewed.
   */
  async edit(actor: Actor, input: EditActivity): Promise<Activity> {
    const changes = read(editActivity, input);
    const asked = changes.shifts && askedShifts(changes.shifts);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const before = await this.register.activity(tx, actor, input.activityId);
      const by = await this.register.permit(tx, actor, "activity.create", before);
      take(activityMoves, before, "EDIT", { expectedVersion: changes.expectedVersion, to: leadsTo(before, "EDIT") });
      const policies = await this.bank.policies(tx);
      const old = (await this.bank.vault.open<ActivityDetails>(tx, [before.detailsId])).get(before.detailsId);
      invariant(old, "an activity's texts can be read");
      const { plan: _, ...texts } = old;
      const details: ActivityDetails = changed(texts, changes);
      const pending = await this.planOf(tx, before);
      const now = asPlanned(before, pending);
      const plan: ActivityPlan = {
        name: changes.name ?? now.name,
        hazardous: changes.hazardous ?? now.hazardous,
        openToMinors: changes.openToMinors ?? now.openToMinors,
        outsideCounty: changes.outsideCounty ?? now.outsideCounty,
        shifts: pending?.shifts ?? null,
      };
      const reviewed = isAnnounced(before);
      if (asked) {
        const standing = plan.shifts ?? (await shiftsOf(tx, before));
        plan.shifts = nameShifts(
          this.bank,
          tx,
          asked,
          standing.map(({ id }) => id),
        );
        const as = reviewed ? "UNREVIEWED" : "DRAFT";
        await reshape(this.register, tx, by, before, plan.shifts, { policies, as });
      }
      const after = {
        ...before,
        authors: [...new Set([...before.authors, actor.personId as string])],
      };
      checkAudience(asPlanned(after, plan), policies);
      const words = reviewed ? { ...details, plan } : details;
      const detailsId = await this.bank.vault.seal(tx, before.id, words);
      const written = { ...(reviewed ? after : asPlanned(after, plan)), detailsId };
      return asPlanned(await this.register.moveActivity(tx, by, written, "EDIT", before), plan);
    });
  }

  /** The steps of domain.md 6.3. A person who did not write the activity reviews it. The same step again answers the same. */
  async advance(actor: Actor, input: Asked<typeof advanceActivity>): Promise<Activity> {
    const reason = readField(advanceActivity, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const { action, expectedVersion } = input;
      const activity = await this.register.activity(tx, actor, input.activityId);
      const plan = await this.planOf(tx, activity);
      const planned = asPlanned(activity, plan);
      const by = await this.byFor(tx, actor, planned, action);
      if (await this.alreadyDone(tx, actor, activity, action, expectedVersion)) return planned;
      const { state } = take(activityMoves, activity, action, {
        reason,
        expectedVersion,
        to: leadsTo(activity, action),
      });
      await this.checkStep(tx, actor, planned, action, { reason, shifts: plan?.shifts ?? null });
      const reasonId = reason ? await this.bank.vault.seal(tx, activity.id, { reason }) : null;
      const { name } = planned;
      const { detailsId } = activity;
      const announced =
        action === "PUBLISH"
          ? { reviewedBy: actor.personId, announcedName: name, announcedDetailsId: detailsId }
          : state === "DRAFT"
            ? { reviewedBy: null, announcedName: null, announcedDetailsId: null }
            : {};
      const after = { ...(action === "PUBLISH" ? planned : activity), ...announced };
      const moved = await this.register.moveActivity(tx, by, after, action, activity, reasonId);
      if (action === "PUBLISH") await this.announce(tx, by, activity, plan?.shifts ?? null);
      if (action === "CANCEL" || action === "POSTPONE") await this.telling.tell(tx, by, moved, action, reasonId);
      if (action === "PUBLISH" && activity.reviewedBy !== null) await this.telling.reschedule(tx, moved);
      if (action === "END") return this.timekeeping.wrapUp(tx, moved);
      return isRewritten(moved) ? asPlanned(moved, plan) : moved;
    });
  }

  /** Calls off one shift of several: the others go on. */
  async dropShift(actor: Actor, input: Asked<typeof dropShift>): Promise<Activity> {
    const reason = readField(dropShift, "reason", input.reason);
    return this.bank.commands.act(actor, async (tx, actor) => {
      const { shift, activity } = await this.register.shift(tx, input.shiftId);
      await this.register.activity(tx, actor, activity.id, ["shiftId"]);
      const by = await this.register.permit(tx, actor, "activity.run", activity);
      if (shift.dropped) return activity;
      take(activityMoves, activity, "DROP_SHIFT", { reason, to: activity.state });
      const others = (await shiftsOf(tx, activity)).filter(({ id }) => id !== shift.id);
      if (others.length === 0) refuse("ILLEGAL_TRANSITION", { action: "DROP_SHIFT", last: true }, ["shiftId"]);
      if (tx.now >= shift.endsAt)
        refuse("SIGN_UP_CLOSED", { endsAt: new Date(shift.endsAt).toISOString() }, ["shiftId"]);
      const came = (await tx.totalsOf([shift.id])).get(shift.id)?.checkedIn ?? 0;
      if (came > 0) refuse("PEOPLE_HAVE_COME", { checkedIn: came }, ["shiftId"]);
      const reasonId = await this.bank.vault.seal(tx, activity.id, { reason });
      await this.register.setShift(tx, by, { ...shift, dropped: true, version: shift.version + 1 });
      // What nobody has reviewed says nothing of when the activity is.
      const held = others.filter((other) => !isAnnounced(activity) || other.announcedVenueId !== null);
      const left = { ...activity, ...(held.length > 0 && spanOf(held)) };
      const moved = await this.register.moveActivity(tx, by, left, "DROP_SHIFT", activity, reasonId);
      await this.telling.tell(tx, by, moved, "CANCEL", reasonId, shift.id);
      return moved;
    });
  }

  private async planOf(view: View, activity: Activity): Promise<ActivityPlan | null> {
    return (await plansAmong(this.bank, view, [activity])).get(activity.id) ?? null;
  }

  /** From now on everybody reads when and where it is, as it was planned. */
  private async announce(tx: Tx, by: By, activity: Activity, planned: readonly PlannedShift[] | null): Promise<void> {
    if (planned)
      await reshape(this.register, tx, by, activity, planned, {
        policies: await this.bank.policies(tx),
        as: "REVIEWED",
      });
    for (const shift of await shiftsOf(tx, activity))
      if (shift.announcedVenueId !== shift.venueId)
        await this.register.setShift(tx, by, { ...shift, announcedVenueId: shift.venueId, version: shift.version + 1 });
  }

  private async byFor(tx: Tx, actor: Actor, activity: Activity, action: ActivityAction): Promise<By> {
    if (action !== "PUBLISH" && action !== "RETURN")
      return this.register.permit(tx, actor, action === "SUBMIT" ? "activity.submit" : "activity.run", activity);
    const reasons = officerReasons(activity, await this.bank.policies(tx), dayOf(tx.now));
    const large = reasons.length > 0;
    const act =
      action === "RETURN" && !large ? "activity.review" : large ? "activity.publishLarge" : "activity.publish";
    const places = await this.register.reviewPlaces(tx, activity);
    const role = this.bank.permitAny(actor, act, places);
    if (role) return { actor, role };
    return large ? refuse("NOT_PERMITTED", { act, reasons }) : this.bank.deny(actor, act, ...places);
  }

  private async checkReviewer(tx: Tx, actor: Actor, { authors }: Activity): Promise<void> {
    const own = await ownOf(tx, actor);
    checkReviewer({ authors: asOne(authors, selvesOf(own)) }, actor.personId as string);
    for (const author of authors) checkNotOwn(own, author);
  }

  private async checkStep(
    tx: Tx,
    actor: Actor,
    activity: Activity,
    action: ActivityAction,
    { reason, shifts }: { reason: string | null; shifts: readonly PlannedShift[] | null },
  ): Promise<void> {
    if (action === "PUBLISH") await this.checkReviewer(tx, actor, activity);
    if (["SUBMIT", "PUBLISH", "START"].includes(action) && actor !== system)
      this.bank.checkActive(await this.bank.organization(tx, activity.organizationId));
    if (action === "SUBMIT" || action === "PUBLISH") {
      const details = (await this.bank.vault.open<ActivityDetails>(tx, [activity.detailsId])).get(activity.detailsId);
      invariant(details, "an activity's texts can be read");
      checkComplete(activity, details, await this.bank.policies(tx), dayOf(tx.now));
      const over = (shifts ?? (await shiftsOf(tx, activity))).findIndex((shift) => shift.endsAt <= tx.now);
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
    if (action === "START") checkStart(activity, await this.bank.policies(tx), tx.now);
    if (action === "END") checkEnd(activity, reason, tx.now);
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

  private async alreadyDone(
    tx: Tx,
    actor: Actor,
    activity: Activity,
    action: ActivityAction,
    expectedVersion?: number | null,
  ): Promise<boolean> {
    // RECORD follows END where volunteers came, so the last step of a person is looked for.
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

/** Minors take part where the service is open to them, and never where it is dangerous (浙江省志愿服务条例 §9). */
function checkAudience(activity: Activity, policies: Policies): void {
  checkServiceType(activity.serviceType, activity.endsAt, policies);
  const type = policies.serviceType(activity.serviceType, serviceDay(activity.endsAt));
  if (activity.openToMinors && (activity.hazardous || !type?.openToMinors))
    refuse("MINOR_NOT_ADMITTED", { hazardous: activity.hazardous, serviceType: activity.serviceType }, [
      "openToMinors",
    ]);
}
