import { type SignUpOutcome, signUpOutcomes } from "../../domain/activities/signups";
import { refuse } from "../../domain/kit/refusal";
import { type Answer, seeOther } from "../answers";
import { fromLocalInput, moment } from "../format";
import { field, type Visit } from "../visit";
import { askPage, isSure, sentAgain } from "./asking";
import { namesIn } from "./people";
import { signInFirst } from "./plain";
import { reschedule } from "./rescheduling";
import { advance, drop, reasonShown } from "./steps";

/** The steps behind a lead's buttons. Each takes its facts from the form and leads back to the page. */
export async function leadPost(visit: Visit, slug: string): Promise<Answer> {
  const { services, actor } = visit;
  if (!visit.signedIn) return signInFirst(visit);
  const activity = (await services.activities.bySlug(actor, slug)) ?? refuse("NOT_FOUND");
  const back = backTo(visit, slug);
  switch (field(visit, "do")) {
    case "advance":
      return (await advance(visit, activity, versionSeen(visit))) ?? seeOther(back);
    case "in":
    case "out":
    case "back":
    case "walk-in":
      await tick(visit);
      return seeOther(back);
    case "resolve":
      return (await resolve(visit, slug, back)) ?? seeOther(back);
    case "reschedule":
      await reschedule(visit, activity, versionSeen(visit));
      return seeOther(back);
    case "drop":
      return (await drop(visit, activity)) ?? seeOther(back);
    default:
      return refuse("INVALID_INPUT", { expected: "an action of this page" }, ["do"]);
  }
}

/** The page, the list's place in it, and the person in that place, so that a lead goes on where they were. */
function backTo(visit: Visit, slug: string): string {
  const [shift, after, at] = [field(visit, "shift"), field(visit, "after"), field(visit, "at")];
  if (!shift) return `/lead/${slug}`;
  const list = new URLSearchParams({ shift, ...(after && { after }) });
  return `/lead/${slug}?${list}#${at && /^[\w-]{1,60}$/.test(at) ? at : "list"}`;
}

/** The page that the lead has read decides: another person may have taken a step meanwhile. */
function versionSeen(visit: Visit): number {
  const version = Number(needed(visit, "version"));
  return Number.isSafeInteger(version) ? version : refuse("INVALID_INPUT", { expected: "a number" }, ["version"]);
}

async function tick(visit: Visit): Promise<void> {
  const { attendance } = visit.services;
  const act = field(visit, "do");
  const input = {
    idempotencyKey: needed(visit, "key"),
    shiftId: needed(visit, "shift"),
    ...(act === "walk-in"
      ? { volunteerNo: needed(visit, "volunteerNo") }
      : { volunteerId: needed(visit, "volunteerId") }),
  };
  if (act === "out") await attendance.checkOut(visit.actor, input);
  else if (act === "back") await attendance.reopen(visit.actor, input);
  else await attendance.checkIn(visit.actor, input);
}

/** Says what happened with a volunteer, or asks first, with the consequences for the volunteer. */
async function resolve(visit: Visit, slug: string, back: string): Promise<Answer | null> {
  const { services, actor, say, language } = visit;
  const signUpId = needed(visit, "signUpId");
  const outcome = oneOf<SignUpOutcome>(signUpOutcomes, visit, "outcome");
  const left = field(visit, "leftAt");
  const endedAt =
    outcome !== "COMPLETED" || left === null
      ? null
      : (fromLocalInput(left) ?? refuse("INVALID_INPUT", { expected: "a time such as 2026-09-12T09:00" }, ["leftAt"]));
  const reason = field(visit, "reason") ?? refuse("REASON_MISSING", {}, ["reason"]);
  if (isSure(visit)) {
    await services.attendance.resolving.resolve(actor, { signUpId, outcome, endedAt, reason });
    return null;
  }
  const [signUp] = await services.signUps.reading.many(actor, [signUpId]);
  if (!signUp) return refuse("NOT_FOUND", {}, ["signUpId"]);
  const after = { COMPLETED: "effectRecorded", NO_SHOW: "effectNoShow", EXCUSED: "effectExcused" } as const;
  return askPage(visit, {
    title: say("askResolve", { name: (await namesIn(visit, [signUp.volunteerId]))[0] ?? "—" }),
    effects: [
      endedAt === null
        ? say("effectResolve", { outcome: say(`signUp_${outcome}`) })
        : say("effectResolvedAt", { time: moment(endedAt, language) }),
      say(after[outcome]),
      ...reasonShown(visit),
    ],
    action: `/lead/${slug}`,
    fields: sentAgain(visit),
    sure: say("sureResolve"),
    back,
  });
}

function needed(visit: Visit, name: string): string {
  return field(visit, name) ?? refuse("INVALID_INPUT", { missing: true }, [name]);
}

function oneOf<T extends string>(list: readonly T[], visit: Visit, name: string): T {
  const value = field(visit, name);
  return list.find((item) => item === value) ?? refuse("INVALID_INPUT", { known: list }, [name]);
}
