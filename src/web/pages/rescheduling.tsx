import type { Activity } from "../../domain/facts/activities";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { shiftOf } from "../../services/activities/commands";
import type { ShownShift } from "../../services/activities/sight";
import { Field, isRefused } from "../fields";
import { fromLocalInput, localInput, span } from "../format";
import { Section } from "../parts";
import { field, type Visit } from "../visit";

/** The new times of a postponed activity, with a field for each; sign-ups follow their shift. */
export function NewTimes(props: { visit: Visit; activity: Activity; shifts: readonly ShownShift[] }) {
  const { visit, activity, shifts } = props;
  const { say, language } = visit;
  const refused = isRefused(visit, { do: "reschedule" });
  return (
    <Section id="new-times" title={say("newTimes")}>
      <p>{say("newTimesHow")}</p>
      <form method="post" action={`/lead/${activity.slug}`}>
        <input type="hidden" name="do" value="reschedule" />
        <input type="hidden" name="version" value={activity.version} />
        {shifts.map((shift) => (
          <fieldset key={shift.id}>
            <legend>{say("newTimesBefore", { when: span(shift.startsAt, shift.endsAt, language) })}</legend>
            {(["startsAt", "endsAt"] as const).map((name) => (
              <Field
                key={name}
                visit={visit}
                of={shiftOf.fields[name]}
                id={`${name}-${shift.id}`}
                name={`${name}-${shift.id}`}
                label={say(name)}
                refused={refused}
                type="datetime-local"
                value={localInput(shift[name])}
              />
            ))}
            <Field
              visit={visit}
              of={shiftOf.fields.place}
              id={`place-${shift.id}`}
              name={`place-${shift.id}`}
              label={say("placeNow")}
              refused={refused}
              value={shift.place}
            />
          </fieldset>
        ))}
        <button type="submit">{say("saveTimes")}</button>
      </form>
    </Section>
  );
}

/** Saves the new times of all shifts that are held; an error stands beside its field. */
export async function reschedule(visit: Visit, activity: Activity, expectedVersion: number): Promise<void> {
  const { services, actor } = visit;
  const [all = []] = await services.activities.shiftsOf(actor, [activity.id]);
  const shifts = all.filter(({ dropped }) => !dropped);
  const plans = shifts.map((shift) => ({
    id: shift.id,
    startsAt: timeIn(visit, `startsAt-${shift.id}`),
    endsAt: timeIn(visit, `endsAt-${shift.id}`),
    capacity: shift.capacity,
    place: field(visit, `place-${shift.id}`) ?? refuse("INVALID_INPUT", { missing: true }, [`place-${shift.id}`]),
    latitude: degrees(shift.latitudeMicrodegrees),
    longitude: degrees(shift.longitudeMicrodegrees),
    radiusMetres: shift.radiusMetres,
  }));
  try {
    await services.activities.edit(actor, { activityId: activity.id, shifts: plans, expectedVersion });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [list, index, name] = error.path;
    const shift = list === "shifts" ? shifts[Number(index)] : undefined;
    throw shift && name ? new Refusal(error.code, error.details, [`${name}-${shift.id}`]) : error;
  }
}

function timeIn(visit: Visit, name: string): number {
  return fromLocalInput(field(visit, name) ?? "") ?? refuse("INVALID_INPUT", { missing: !field(visit, name) }, [name]);
}

const degrees = (micro: number | null): number | null => (micro === null ? null : micro / 1e6);
