import { type RefusalCode, refusals, refuse } from "../../domain/refusal";
import { type Answer, seeOther } from "../answers";
import { cookie, toldCookie } from "../session";
import { field, type Visit } from "../visit";

const toldSeconds = 60;

/**
 * All records of the activity that wait, in one batch. What came of it is kept in a cookie for the next page to say, as
 * counts by code: an address would let anybody put words into our mouth.
 */
export async function confirmAll(visit: Visit, slug: string, activityId: string): Promise<Answer> {
  const { services, actor } = visit;
  const idempotencyKey = field(visit, "key") ?? refuse("INVALID_INPUT", {}, ["key"]);
  const recordIds = await services.attendance.waitingRecords(actor, activityId);
  const { results } =
    recordIds.length > 0
      ? await services.hours.confirm(actor, { idempotencyKey, recordIds, mode: "EACH" })
      : { results: [] };
  const left = new Map<string, number>();
  let [confirmed, half] = [0, 0];
  for (const { refusal, record } of results) {
    if (refusal) left.set(refusal.code, (left.get(refusal.code) ?? 0) + 1);
    else if (record?.state === "SUBMITTED") half += 1;
    else confirmed += 1;
  }
  const told = [confirmed, half, ...[...left].map(([code, count]) => `${code}.${count}`)].join("/");
  const path = `/lead/${slug}`;
  return seeOther(path, [cookie(toldCookie, told, { publicUrl: visit.publicUrl, seconds: toldSeconds, path })]);
}

/** Said once. */
export function forgetTold({ cookies, publicUrl, path }: Visit): string[] {
  return cookies.has(toldCookie) ? [cookie(toldCookie, "", { publicUrl, seconds: 0, path })] : [];
}

/** What the last confirmation did. */
export function Confirmed({ visit }: { visit: Visit }) {
  const { say, language, cookies } = visit;
  const [first = null, second = null, ...rest] = cookies.get(toldCookie)?.split("/") ?? [];
  const [confirmed, half] = [whole(first), whole(second)];
  if (confirmed === null || half === null) return null;
  const left = rest.flatMap((text) => {
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
