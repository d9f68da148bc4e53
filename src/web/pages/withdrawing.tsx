import { refuse } from "../../domain/kit/refusal";
import type { WithdrawalCost } from "../../services/activities/sign-up-reading";
import { type Answer, seeOther } from "../answers";
import { moment, span } from "../format";
import type { Visit } from "../visit";
import { askPage } from "./asking";
import { signInFirst } from "./plain";
import { type SignUpLine, signUpLine } from "./sign-ups";

/** The address at which a sign-up is taken back; `from` is the page that follows. */
export const withdrawAt = (signUpId: string, from: "my" | "activity") => `/my/withdraw/${signUpId}?from=${from}`;

/** Asks before a sign-up is taken back, and says whether it counts as a no-show and until when it does not. */
export async function withdrawPage(visit: Visit, signUpId: string): Promise<Answer> {
  const { services, actor, say, language } = visit;
  if (!visit.signedIn) return signInFirst(visit);
  const line = await mine(visit, signUpId);
  const [cost] = await services.signUps.reading.withdrawalCosts(actor, [line.signUp.id]);
  // A sign-up that was taken back or is over is not asked about again.
  if (!cost) return seeOther(backTo(visit, line));
  const own = line.signUp.volunteerId === actor.volunteerId;
  const [person] = own ? [] : await services.volunteers.sight.persons(actor, [line.signUp.volunteerId]);
  return askPage(visit, {
    title: own ? say("askWithdraw") : say("askWithdrawOf", { name: person?.displayName ?? "—" }),
    effects: [
      line.activity?.name ?? say("takenBack"),
      `${span(line.shift.startsAt, line.shift.endsAt, language)} · ${line.shift.place}`,
      ...costOf(visit, cost),
      say("costPlace"),
    ],
    action: withdrawAt(line.signUp.id, visit.query.get("from") === "activity" ? "activity" : "my"),
    fields: {},
    sure: say("sureWithdraw"),
    back: visit.query.get("from") === "activity" && line.activity ? `/a/${line.activity.slug}` : "/my",
  });
}

export async function withdrawPost(visit: Visit, signUpId: string): Promise<Answer> {
  if (!visit.signedIn) return signInFirst(visit);
  const line = await mine(visit, signUpId);
  await visit.services.signUps.withdraw(visit.actor, { signUpId: line.signUp.id });
  return seeOther(backTo(visit, line));
}

function costOf({ say, language }: Visit, cost: WithdrawalCost): string[] {
  const { countsAsNoShow, freeUntil, lateHours, noShows, noShowsMost } = cost;
  if (freeUntil === null) return [say("costFree")];
  if (!countsAsNoShow) return [say("costFreeUntil", { at: moment(freeUntil, language) })];
  const soFar = noShows === null ? [] : [say("costSoFar", { count: noShows, most: noShowsMost ?? 0 })];
  return [say("costCounts", { hours: lateHours }), say("costFreeUntil", { at: moment(freeUntil, language) }), ...soFar];
}

/** The sign-up, if the visitor may see it; a text that is no id is not looked up. */
async function mine(visit: Visit, signUpId: string): Promise<SignUpLine> {
  const line = /^[\w-]{1,60}$/.test(signUpId) ? await signUpLine(visit, signUpId) : null;
  return line ?? refuse("NOT_FOUND");
}

function backTo({ query }: Visit, { signUp, activity }: SignUpLine): string {
  const page = query.get("from") === "activity" && activity ? `/a/${activity.slug}` : "/my";
  return `${page}?done=${signUp.id}`;
}
