import { signUpOutcomes } from "../../domain/activities/signups";
import type { Volunteer } from "../../domain/facts/people";
import { checkIn, numberEnds, resolveSignUp } from "../../services/activities/commands";
import type { ShownShift } from "../../services/activities/sight";
import type { Connection } from "../../services/bank/answers";
import type { VisiblePerson } from "../../services/people/volunteer-sight";
import type { StoredAttendance, StoredSignUp } from "../../storage/store";
import { Field, isRefused, limitsOf, ReasonField } from "../fields";
import { clock, localInput, to } from "../format";
import { Key, Section } from "../parts";
import type { Visit } from "../visit";

export interface Person {
  signUp: StoredSignUp;
  name: string;
  attendance: StoredAttendance | null;
}

export interface PeoplePage {
  people: Person[];
  pageInfo: Connection<unknown>["pageInfo"];
  /** The place at which this page begins, and the end of the number that was asked for. */
  after: string | null;
  no: string | null;
}

/** A page of a shift's list. It shows display names where the lead may see them, else volunteer numbers. */
export async function peopleOf(visit: Visit, shift: ShownShift): Promise<PeoplePage> {
  const { services, actor, query, form } = visit;
  // A refused tick shows the same page of the list again.
  const asked = form.has("shift") ? form : query;
  const after = asked.get("shift") === shift.id ? asked.get("after") : null;
  const no = asked.get("no")?.trim() || null;
  const list = await services.signUps.reading.ofShift(actor, shift.id, { numberEnds: no }, { first: 100, after });
  const signUps = list.edges.map(({ node }) => node);
  const ids = signUps.map(({ volunteerId }) => volunteerId);
  const [names, attendances] = await Promise.all([
    namesIn(visit, ids),
    services.attendance.ofSignUps(
      actor,
      signUps.map(({ id }) => id),
    ),
  ]);
  const people: Person[] = signUps.map((signUp, i) => ({
    signUp,
    name: names[i] ?? "—",
    attendance: attendances[i] ?? null,
  }));
  return { people, pageInfo: list.pageInfo, after, no };
}

/** The masked name of a volunteer whom the lead put on the list is not enough: the number stands beside it. */
function nameOf(person: VisiblePerson | undefined, volunteer: Volunteer | null | undefined): string {
  const number = volunteer?.volunteerNo ?? "—";
  if (person?.displayName == null) return number;
  return person.masked ? `${person.displayName} ${number}` : person.displayName;
}

/** The name of these volunteers on the lead's list. */
export async function namesIn({ services, actor }: Visit, volunteerIds: readonly string[]): Promise<string[]> {
  const [persons, volunteers] = await Promise.all([
    services.volunteers.sight.persons(actor, volunteerIds),
    services.volunteers.sight.faces(actor, volunteerIds),
  ]);
  return volunteerIds.map((_, i) => nameOf(persons[i], volunteers[i]));
}

export function People(props: {
  visit: Visit;
  slug: string;
  shift: ShownShift;
  people: PeoplePage;
  /** Whether volunteers may check in now. */
  open: boolean;
}) {
  const { visit, slug, shift, open } = props;
  const { people, pageInfo, after, no } = props.people;
  const { say, services } = visit;
  return (
    <Section id="list" title={say("list")}>
      {(people.length > 10 || after || no) && <Find visit={visit} slug={slug} shift={shift} no={no} after={after} />}
      {people.length === 0 && <p class="empty">{say(no ? "nobodyFound" : "nobodyYet")}</p>}
      <ul class="people">
        {people.map((person) => (
          <PersonLine key={person.signUp.id} {...{ visit, slug, shift, after, person, open }} />
        ))}
      </ul>
      {open && services.now() < shift.endsAt && <WalkIn visit={visit} slug={slug} shift={shift} />}
      {pageInfo.hasNextPage && (
        <p class="pager">
          <a
            class="button quiet"
            href={`/lead/${slug}?shift=${shift.id}&after=${encodeURIComponent(pageInfo.endCursor ?? "")}#list`}
          >
            {say("nextPage")}
          </a>
        </p>
      )}
    </Section>
  );
}

/** A long list is not scrolled through: people say the end of their number. */
function Find(props: { visit: Visit; slug: string; shift: ShownShift; no: string | null; after: string | null }) {
  const { visit, slug, shift, no, after } = props;
  const { say } = visit;
  return (
    <form method="get" action={`/lead/${slug}#list`} class="find">
      <input type="hidden" name="shift" value={shift.id} />
      <label for="no">{say("findByNumber")}</label>
      <div class="row">
        <input id="no" name="no" value={no ?? ""} inputMode="numeric" autoComplete="off" {...limitsOf(numberEnds)} />
        <button type="submit" class="quiet">
          {say("find")}
        </button>
      </div>
      {(no || after) && <a href={`/lead/${slug}?shift=${shift.id}#list`}>{say("wholeList")}</a>}
    </form>
  );
}

/** Ticks a volunteer who is not on the list yet: the screen sends them here. */
function WalkIn({ visit, slug, shift }: { visit: Visit; slug: string; shift: ShownShift }) {
  const { say } = visit;
  const refused = isRefused(visit, { do: "walk-in", shift: shift.id });
  return (
    <details class="other" open={refused}>
      <summary>{say("tickOther")}</summary>
      <form method="post" action={`/lead/${slug}`}>
        <Key />
        <input type="hidden" name="do" value="walk-in" />
        <input type="hidden" name="shift" value={shift.id} />
        <Field
          visit={visit}
          of={checkIn.fields.volunteerNo}
          id="walk-in-no"
          name="volunteerNo"
          label={say("volunteerNo")}
          hint={say("tickOtherHow")}
          refused={refused}
          autoComplete="off"
          required
        />
        <button type="submit" class="quiet">
          {say("tickIn")}
        </button>
      </form>
    </details>
  );
}

interface LineProps {
  visit: Visit;
  slug: string;
  shift: ShownShift;
  after: string | null;
  person: Person;
  /** Whether the activity takes check-ins. */
  open: boolean;
}

/** The parameters by which the page is shown again at its place. */
function Place({ shift, after, person: { signUp } }: LineProps) {
  return (
    <>
      <input type="hidden" name="shift" value={shift.id} />
      {after && <input type="hidden" name="after" value={after} />}
      <input type="hidden" name="at" value={signUp.id} />
    </>
  );
}

function PersonLine(props: LineProps) {
  const { visit, slug, person, open } = props;
  const { say, language } = visit;
  const { signUp, attendance, name } = person;
  const mayCome = open && ["ACCEPTED", "WAITLISTED"].includes(signUp.state);
  const next = signUp.state === "CHECKED_IN" ? "out" : mayCome ? "in" : null;
  const resolvable = ["ACCEPTED", "CHECKED_IN", "NO_SHOW"].includes(signUp.state) || signUp.late;
  const times = attendance && [attendance.checkedInAt, attendance.checkedOutAt].flatMap((at) => at ?? []);
  return (
    <li class="person" id={signUp.id}>
      <p class="grow">
        <strong>{name}</strong>
        <br />
        <span class={signUp.state === "CHECKED_IN" ? "badge live" : "badge calm"}>{say(`signUp_${signUp.state}`)}</span>{" "}
        <span class="hint">{times?.map((at) => clock(at, language)).join(to[language])}</span>{" "}
        {attendance?.sentLate && <span class="badge calm">{say("sentLate")}</span>}
      </p>
      {signUp.state === "COMPLETED" && visit.services.now() < props.shift.endsAt && (
        <form method="post" action={`/lead/${slug}`}>
          <Key />
          <input type="hidden" name="do" value="back" />
          <Place {...props} />
          <input type="hidden" name="volunteerId" value={signUp.volunteerId} />
          <button type="submit" class="quiet" aria-label={`${say("tickBack")}: ${name}`}>
            {say("tickBack")}
          </button>
        </form>
      )}
      {next && (
        <form method="post" action={`/lead/${slug}`}>
          <Key />
          <input type="hidden" name="do" value={next} />
          <Place {...props} />
          <input type="hidden" name="volunteerId" value={signUp.volunteerId} />
          <button
            type="submit"
            class={next === "out" ? "quiet" : ""}
            aria-label={`${say(next === "in" ? "tickIn" : "tickOut")}: ${name}`}
          >
            {say(next === "in" ? "tickIn" : "tickOut")}
          </button>
        </form>
      )}
      {(resolvable || attendance?.outcome === "MISSING_RECORD") && <Resolve {...props} />}
    </li>
  );
}

function Resolve(props: LineProps) {
  const { visit, slug, shift, person } = props;
  const { signUp, name } = person;
  const { say, form } = visit;
  const refused = isRefused(visit, { do: "resolve", signUpId: signUp.id });
  const id = (what: string) => `${what}-${signUp.id}`;
  return (
    <details class="other resolve" open={refused}>
      <summary aria-label={`${say("resolve")}: ${name}`}>{say("resolve")}</summary>
      <form method="post" action={`/lead/${slug}`}>
        <input type="hidden" name="do" value="resolve" />
        <Place {...props} />
        <input type="hidden" name="signUpId" value={signUp.id} />
        <label for={id("outcome")}>{say("outcome")}</label>
        <select id={id("outcome")} name="outcome">
          {signUpOutcomes.map((outcome) => (
            <option key={outcome} value={outcome} selected={refused && form.get("outcome") === outcome}>
              {say(`outcome_${outcome}`)}
            </option>
          ))}
        </select>
        <Field
          visit={visit}
          of={resolveSignUp.fields.endedAt}
          id={id("left")}
          name="leftAt"
          label={say("leftAt")}
          refused={refused}
          faults={["leftAt", "endedAt"]}
          type="datetime-local"
          value={localInput(shift.endsAt)}
        />
        <ReasonField visit={visit} of={resolveSignUp.fields.reason} id={id("reason")} refused={refused} />
        <button type="submit">{say("goOn")}</button>
      </form>
    </details>
  );
}
