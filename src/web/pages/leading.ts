import { type ActivityAction, activityActions } from "../../domain/activities/machine";
import { type SignUpOutcome, signUpOutcomes } from "../../domain/activities/signups";
import { refuse } from "../../domain/refusal";
import { type Answer, seeOther } from "../answers";
import { fromLocalInput } from "../format";
import { field, type Visit } from "../visit";
import { confirmAll } from "./confirming";
import { signInFirst } from "./plain";

/** What a lead's buttons do. Each takes its facts from the form and leads back to the page. */
export async function leadPost(visit: Visit, slug: string): Promise<Answer> {
  const { services, actor } = visit;
  if (!visit.signedIn) return signInFirst(visit);
  const activity = (await services.activities.bySlug(actor, slug)) ?? refuse("NOT_FOUND");
  const back = backTo(visit, slug);
  switch (field(visit, "do")) {
    case "advance":
      await advance(visit, activity.id);
      return seeOther(back);
    case "in":
    case "out":
      await tick(visit);
      return seeOther(back);
    case "resolve":
      await resolve(visit);
      return seeOther(back);
    case "drop":
      await services.activities.dropShift(actor, {
        shiftId: needed(visit, "shiftId"),
        reason: field(visit, "reason") ?? refuse("REASON_MISSING", {}, ["reason"]),
      });
      return seeOther(back);
    case "confirm":
      return confirmAll(visit, slug, activity.id);
    default:
      return refuse("INVALID_INPUT", {}, ["do"]);
  }
}

/** The page, the list's place in it, and the person in that: a lead goes on where they were. */
function backTo(visit: Visit, slug: string): string {
  const [shift, after, at] = [field(visit, "shift"), field(visit, "after"), field(visit, "at")];
  if (!shift) return `/lead/${slug}`;
  const list = new URLSearchParams({ shift, ...(after && { after }) });
  return `/lead/${slug}?${list}#${at && /^[\w-]{1,60}$/.test(at) ? at : "list"}`;
}

async function advance(visit: Visit, activityId: string): Promise<void> {
  const action = oneOf<ActivityAction>(activityActions, visit, "action");
  const version = Number(needed(visit, "version"));
  // The page that was read decides: somebody else may have taken a step meanwhile.
  const expectedVersion = Number.isSafeInteger(version) ? version : refuse("INVALID_INPUT", {}, ["version"]);
  const reason = field(visit, "reason");
  await visit.services.activities.advance(visit.actor, { activityId, action, reason, expectedVersion });
}

async function tick(visit: Visit): Promise<void> {
  const { attendance } = visit.services;
  const input = {
    idempotencyKey: needed(visit, "key"),
    shiftId: needed(visit, "shift"),
    volunteerId: needed(visit, "volunteerId"),
  };
  await (field(visit, "do") === "out"
    ? attendance.checkOut(visit.actor, input)
    : attendance.checkIn(visit.actor, input));
}

async function resolve(visit: Visit): Promise<void> {
  const outcome = oneOf<SignUpOutcome>(signUpOutcomes, visit, "outcome");
  const left = field(visit, "leftAt");
  const endedAt =
    outcome !== "COMPLETED" || left === null ? null : (fromLocalInput(left) ?? refuse("INVALID_INPUT", {}, ["leftAt"]));
  const reason = field(visit, "reason") ?? refuse("REASON_MISSING", {}, ["reason"]);
  await visit.services.attendance.resolve(visit.actor, {
    signUpId: needed(visit, "signUpId"),
    outcome,
    endedAt,
    reason,
  });
}

function needed(visit: Visit, name: string): string {
  return field(visit, name) ?? refuse("INVALID_INPUT", { missing: true }, [name]);
}

function oneOf<T extends string>(list: readonly T[], visit: Visit, name: string): T {
  const value = field(visit, name);
  return list.find((one) => one === value) ?? refuse("INVALID_INPUT", {}, [name]);
}
