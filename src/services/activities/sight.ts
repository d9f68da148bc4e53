import {
  asAnnounced,
  asPlanned,
  isAnnounced,
  isRewritten,
  type PlannedShift,
  type Venue,
} from "../../domain/activities/machine";
import type { Activity, Shift } from "../../domain/facts/activities";
import type { Actor } from "../../domain/permissions/actors";
import type { View } from "../../storage/store";
import type { Register } from "./register";
import { plansAmong } from "./shifts";

/** A shift with its venue, as an actor may see it. */
export type ShownShift = Shift & Venue;

/**
 * Activities and shifts as an actor may see them. Everybody sees them as they were last reviewed; drafts, and what was written
 * since, are shown to their own organisation and its reviewers.
 */
export class Sight {
  constructor(private readonly register: Register) {}

  async activities(view: View, actor: Actor, activities: Iterable<Activity>): Promise<Map<string, Activity>> {
    const shown = new Map<string, Activity>();
    const own: Activity[] = [];
    for (const activity of activities) {
      if (isAnnounced(activity)) shown.set(activity.id, asAnnounced(activity));
      const differs = !isAnnounced(activity) || isRewritten(activity);
      if (differs && (await this.register.works(view, actor, activity))) own.push(activity);
    }
    const plans = await plansAmong(this.register.bank, view, own);
    for (const activity of own) shown.set(activity.id, asPlanned(activity, plans.get(activity.id) ?? null));
    return shown;
  }

  /** Shifts of activities that the actor does not see are absent. */
  async shifts(view: View, actor: Actor, stored: Iterable<Shift>): Promise<Map<string, ShownShift>> {
    const shifts = [...stored];
    const activities = await view.activities([...new Set(shifts.map(({ activityId }) => activityId))]);
    const own = new Map<string, Activity>();
    for (const activity of activities.values()) {
      const differs = !isAnnounced(activity) || isRewritten(activity);
      if (differs && (await this.register.works(view, actor, activity))) own.set(activity.id, activity);
    }
    const venueIds = new Map<string, string>();
    for (const { id, activityId, venueId, announcedVenueId } of shifts) {
      const activity = activities.get(activityId);
      const shown = own.has(activityId) ? venueId : activity && isAnnounced(activity) ? announcedVenueId : null;
      if (shown) venueIds.set(id, shown);
    }
    const shown = await this.withVenues(view, shifts, venueIds);
    const plans = await plansAmong(this.register.bank, view, [...own.values()]);
    for (const shift of shown.values()) {
      const planned = plans.get(shift.activityId)?.shifts;
      if (planned) shown.set(shift.id, shiftAsPlanned(shift, planned));
    }
    return shown;
  }

  /** The shifts as they were last announced, for volunteers who signed up for them. */
  announcedShifts(view: View, shifts: readonly Shift[]): Promise<Map<string, ShownShift>> {
    const venueIds = new Map(shifts.map(({ id, venueId, announcedVenueId }) => [id, announcedVenueId ?? venueId]));
    return this.withVenues(view, shifts, venueIds);
  }

  async venue(view: View, venueId: string): Promise<Venue> {
    return (await this.register.bank.vault.open<Venue>(view, [venueId])).get(venueId) ?? unknownVenue;
  }

  private async withVenues(view: View, shifts: readonly Shift[], venueIds: ReadonlyMap<string, string>) {
    const venues = await this.register.bank.vault.open<Venue>(view, [...new Set(venueIds.values())]);
    const shown = new Map<string, ShownShift>();
    for (const shift of shifts) {
      const venueId = venueIds.get(shift.id);
      if (venueId) shown.set(shift.id, { ...shift, ...(venues.get(venueId) ?? unknownVenue) });
    }
    return shown;
  }
}

/** A shift as its plan has it: with what is to change, or to be dropped. */
function shiftAsPlanned(shift: ShownShift, planned: readonly PlannedShift[]): ShownShift {
  const shiftPlan = planned.find(({ id }) => id === shift.id);
  if (!shiftPlan) return { ...shift, dropped: true };
  const { venue, ...plan } = shiftPlan;
  return { ...shift, ...plan, ...venue };
}

/** The venue that is shown where the activity's texts were erased. */
const unknownVenue: Venue = { place: "", latitudeMicrodegrees: null, longitudeMicrodegrees: null };
