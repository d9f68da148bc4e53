import type { Promises } from "../../domain/activities/signups";
import type { Shift } from "../../domain/facts/activities";
import type { ActorKind } from "../../domain/facts/actors";
import { Refusal } from "../../domain/kit/refusal";
import type { View } from "../../storage/store";

/** The shifts and the orders to which a volunteer is promised around a time. */
export async function promisesOf(
  view: View,
  volunteerId: string,
  spell: Pick<Shift, "startsAt" | "endsAt">,
): Promise<Promises> {
  const bookings = await view.bookings(volunteerId, spell);
  return { bookings, orders: await view.ordersBooked(volunteerId, { from: spell.startsAt, until: spell.endsAt }) };
}

/** Where else a volunteer is promised is named to the volunteer alone; the others learn that it is so. */
export function asTold({ role }: { role: ActorKind }, check: () => void): void {
  try {
    check();
  } catch (error) {
    const hides = error instanceof Refusal && error.code === "DOUBLE_BOOKED" && role !== "VOLUNTEER";
    throw hides ? new Refusal(error.code, { elsewhere: true }, error.path) : error;
  }
}
