import { type RefusalCode, refusals, refuse } from "../../domain/refusal";
import { type Answer, seeOther } from "../answers";
import { field, type Visit } from "../visit";

/**
 * All records of the activity that wait, in one batch. What came of it goes into the next address as counts by code:
 * no name and no id, so that the page can say it and be reloaded.
 */
export async function confirmAll(visit: Visit, slug: string, activityId: string): Promise<Answer> {
  const { services, actor } = visit;
  const idempotencyKey = field(visit, "key") ?? refuse("INVALID_INPUT", {}, ["key"]);
  const recordIds = await services.attendance.waitingRecords(actor, activityId);
  if (recordIds.length === 0) return seeOther(`/lead/${slug}?confirmed=0`);
  const { results } = await services.hours.confirm(actor, { idempotencyKey, recordIds, mode: "EACH" });
  const left = new Map<string, number>();
  let [confirmed, half] = [0, 0];
  for (const { refusal, record } of results) {
    if (refusal) left.set(refusal.code, (left.get(refusal.code) ?? 0) + 1);
    else if (record?.state === "SUBMITTED") half += 1;
    else confirmed += 1;
  }
  const counts = [...left].map(([code, count]) => `&left=${code}.${count}`).join("");
  return seeOther(`/lead/${slug}?confirmed=${confirmed}${half > 0 ? `&half=${half}` : ""}${counts}`);
}

/** What the last confirmation did, from the address; anything else that stands there is not said. */
export function Confirmed({ visit }: { visit: Visit }) {
  const { say, language, query } = visit;
  const confirmed = whole(query.get("confirmed"));
  if (confirmed === null) return null;
  const half = whole(query.get("half")) ?? 0;
  const left = query.getAll("left").flatMap((text) => {
    const [code, count] = [text.split(".")[0] as RefusalCode, whole(text.split(".")[1] ?? null)];
    return Object.hasOwn(refusals, code) && count !== null ? [{ count, why: refusals[code][language] }] : [];
  });
  const nothing = confirmed === 0 && half === 0 && left.length === 0;
  return (
    <div class="note good" role="status">
      <p>
        <strong>{nothing ? say("nothingWaits") : say("confirmed", { count: confirmed })}</strong>
      </p>
      {half > 0 && <p>{say("confirmedHalf", { count: half })}</p>}
      {left.map((line) => (
        <p key={line.why}>{say("confirmedLeft", line)}</p>
      ))}
    </div>
  );
}

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
