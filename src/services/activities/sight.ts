import { type Activity, asAnnounced, isAnnounced, type Shift, type Venue } from "../../domain/activities/machine";
import type { Actor } from "../../domain/actors";
import type { View } from "../../storage/store";
import type { ShownShift } from "./contract";
import type { Register } from "./register";

/**
 * Activities and shifts as somebody may see them: everybody sees what was reviewed, as it was reviewed; drafts, and what
 * was written since, its own house and its reviewers.
 */
export class Sight {
  constructor(private readonly register: Register) {}

  async activities(view: View, actor: Actor, found: Iterable<Activity>): Promise<Map<string, Activity>> {
    const shown = new Map<string, Activity>();
    for (const activity of found) {
      const announced = isAnnounced(activity) ? asAnnounced(activity) : null;
      const same = announced && announced.name === activity.name && announced.detailsId === activity.detailsId;
      const seen = same || (await this.register.works(view, actor, activity)) ? activity : announced;
      if (seen) shown.set(activity.id, seen);
    }
    return shown;
  }

  /** Shifts of activities that the actor does not see are absent. */
  async shifts(view: View, actor: Actor, found: Iterable<Shift>): Promise<Map<string, ShownShift>> {
    const shifts = [...found];
    const activities = await view.activities([...new Set(shifts.map(({ activityId }) => activityId))]);
    const house = new Set<string>();
    for (const activity of activities.values()) {
      const changed = shifts.some((one) => one.activityId === activity.id && one.announcedVenueId !== one.venueId);
      if ((changed || !isAnnounced(activity)) && (await this.register.works(view, actor, activity)))
        house.add(activity.id);
    }
    const venueIds = new Map<string, string>();
    for (const { id, activityId, venueId, announcedVenueId } of shifts) {
      const activity = activities.get(activityId);
      const shown = house.has(activityId) ? venueId : activity && isAnnounced(activity) ? announcedVenueId : null;
      if (shown) venueIds.set(id, shown);
    }
    return this.withVenues(view, shifts, venueIds);
  }

  /** As they were announced last: for whoever signed up for them. */
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

/** Of an activity whose texts were erased. */
const unknownVenue: Venue = { place: "", latitudeMicrodegrees: null, longitudeMicrodegrees: null };
