import type { Activity } from "../../domain/facts/activities";
import { refuse } from "../../domain/kit/refusal";
import type { BatchAnswer, ReviewLine } from "../../services/hours/reviewing";
import type { Answer } from "../answers";
import { count, plainDay, span } from "../format";
import { page } from "../layout";
import { Key, Section, wordsOf } from "../parts";
import { field, type Visit } from "../visit";
import { namesIn } from "./people";
import { signInFirst } from "./plain";

/** The number of records before one press; the others come after them. */
const linesMost = 50;

/**
 * The records of an activity that wait, each with its volunteer, time, length and the reasons to look at it. Nothing is
 * confirmed unseen.
 */
export async function confirmPage(visit: Visit, slug: string): Promise<Answer> {
  if (!visit.signedIn) return signInFirst(visit);
  return listPage(visit, await activityOf(visit, slug), null);
}

/**
 * Confirms the ticked records and shows the result of each line. The answer is the page itself: the same form, sent again, has
 * the same key, and the bank answers the same.
 */
export async function confirmPost(visit: Visit, slug: string): Promise<Answer> {
  if (!visit.signedIn) return signInFirst(visit);
  const { services, actor, form } = visit;
  const activity = await activityOf(visit, slug);
  const idempotencyKey = field(visit, "key") ?? refuse("INVALID_INPUT", { missing: true }, ["key"]);
  const recordIds = [...new Set(form.getAll("record"))];
  if (recordIds.length === 0) return listPage(visit, activity, null, true);
  const answer = await services.hours.confirm(actor, { idempotencyKey, recordIds, mode: "EACH" });
  return listPage(visit, activity, { recordIds, answer });
}

const activityOf = async ({ services, actor }: Visit, slug: string): Promise<Activity> =>
  (await services.activities.bySlug(actor, slug)) ?? refuse("NOT_FOUND");

interface Confirmed {
  recordIds: readonly string[];
  answer: BatchAnswer;
}

async function listPage(visit: Visit, activity: Activity, done: Confirmed | null, unticked = false): Promise<Answer> {
  const { services, actor, say, language } = visit;
  if ((await services.activities.unresolved(actor, activity.id)) === null)
    refuse("NOT_PERMITTED", { act: "activity.see" });
  const waiting = await services.attendance.waitingRecords(actor, activity.id);
  const lines = await services.hours.review(actor, waiting.slice(0, linesMost));
  const names = await namesIn(
    visit,
    lines.map(({ record }) => record.volunteerId),
  );
  const ticks = lines.some(({ refusal }) => refusal === null);
  return page(
    visit,
    { title: `${say("confirmTitle")} · ${activity.name}`, status: unticked ? 422 : 200 },
    <>
      <div class="hero">
        <p class="kicker">{activity.name}</p>
        <h1>{say("confirmTitle")}</h1>
      </div>
      {done && (await Told({ visit, done }))}
      <Section id="waiting" title={say("recordsWaiting")}>
        {lines.length === 0 ? (
          <p class="empty">{say("nothingWaits")}</p>
        ) : (
          <form method="post" action={`/lead/${activity.slug}/confirm`}>
            <Key />
            <p>{say("confirmHow")}</p>
            {unticked && (
              <p class="error" id="unticked" role="alert" tabIndex={-1} autofocus>
                {say("confirmNoneTicked")}
              </p>
            )}
            <ul class="people">
              {lines.map((line, i) => (
                <Line key={line.record.id} visit={visit} line={line} name={names[i] ?? "—"} />
              ))}
            </ul>
            {waiting.length > lines.length && (
              <p class="hint">{say("confirmMore", { shown: lines.length, count: count(waiting.length, language) })}</p>
            )}
            {ticks && (
              <button type="submit" class="wide">
                {say("confirmTicked")}
              </button>
            )}
          </form>
        )}
      </Section>
      <p class="actions">
        <a class="button quiet" href={`/lead/${activity.slug}`}>
          {say("leadPage")}
        </a>
      </p>
    </>,
  );
}

/**
 * A record without an oddity is ticked already; the lead ticks an odd one after looking at it. A record that may not be
 * confirmed has no box.
 */
function Line({ visit, line, name }: { visit: Visit; line: ReviewLine; name: string }) {
  const { say, language } = visit;
  const { record, oddities, refusal } = line;
  const id = `why-${record.id}`;
  const words = say("confirmLine", {
    when: span(record.startedAt, record.endedAt, language),
    duration: durationOf(visit, record.serviceMinutes),
  });
  const odd = oddities.map((kind) => say(`odd_${kind}`, { day: plainDay(record.recordBy, language) }));
  const who = (
    <span class="grow">
      <strong>{name}</strong>
      <br />
      {words}
    </span>
  );
  return (
    <li class="person">
      {refusal ? (
        <p class="grow">{who}</p>
      ) : (
        <label class="tick grow">
          <input
            type="checkbox"
            name="record"
            value={record.id}
            checked={oddities.length === 0}
            aria-describedby={oddities.length > 0 ? id : undefined}
          />
          {who}
        </label>
      )}
      {(odd.length > 0 || refusal) && (
        <div class="odd" id={id}>
          {refusal && <p>{say("cannotConfirm", { why: wordsOf(refusal, language) })}</p>}
          {odd.length > 0 && (
            <ul class="badges" aria-label={say("looksOdd")}>
              {odd.map((text) => (
                <li key={text} class="badge bad">
                  {text}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </li>
  );
}

/** The result of each line: how many were confirmed, and those that were not, by name, time and reason. */
async function Told({ visit, done: { recordIds, answer } }: { visit: Visit; done: Confirmed }) {
  const { services, actor, say, language } = visit;
  const half = answer.results.filter(({ record, refusal }) => !refusal && record?.state === "SUBMITTED").length;
  const refused = answer.results.flatMap(({ index, refusal }) =>
    refusal ? [{ id: recordIds[index] as string, refusal }] : [],
  );
  const records = await services.hours.reading.many(
    actor,
    refused.map(({ id }) => id),
  );
  const names = await namesIn(
    visit,
    records.map((record) => record?.volunteerId ?? ""),
  );
  return (
    <div class={`note done ${refused.length > 0 ? "" : "good"}`} id="done" role="status" tabIndex={-1} autofocus>
      <p>
        <strong>{say("confirmed", { count: answer.accepted - half })}</strong>
      </p>
      {half > 0 && <p>{say("confirmedHalf", { count: half })}</p>}
      {refused.length > 0 && (
        <>
          <p>{say("refusedLines", { count: refused.length })}</p>
          <ul class="refused">
            {refused.map(({ id, refusal }, i) => {
              const record = records[i];
              return (
                <li key={id}>
                  {record ? `${names[i]} · ${span(record.startedAt, record.endedAt, language)} · ` : ""}
                  {wordsOf(refusal, language)}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}

export function durationOf({ say }: Pick<Visit, "say">, minutes: number): string {
  const facts = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  if (facts.hours === 0) return say("minutesOnly", facts);
  return say(facts.minutes === 0 ? "hoursLong" : "minutesLong", facts);
}
