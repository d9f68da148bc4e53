import { randomUUID } from "node:crypto";
import { refuse } from "../../domain/kit/refusal";
import { type Actor, roleFor } from "../../domain/permissions/actors";
import { monthOf } from "../../domain/visits";
import { type Answer, seeOther } from "../answers";
import { monthName } from "../format";
import { field, type Visit } from "../visit";
import { askPage } from "./asking";
import { signInFirst } from "./plain";

const at = (month: string) => `/office?month=${encodeURIComponent(month)}`;

/**
 * The form that reports a month that is over; null where the month is not over, was reported, or the visitor is no officer of
 * the whole bank.
 */
export function reportMonthAt({ services, actor }: Visit, month: string, reported: boolean): string | null {
  const today = services.today();
  return !reported && month < monthOf(today) && mayReport(actor, today) ? `/office/report-month?month=${month}` : null;
}
const mayReport = (actor: Actor, today: string) => roleFor(actor, "indicators.report", {}, today) !== null;

/** Asks before a month's figures are kept as the ones that were reported: that is done once. */
export async function reportMonthPage(visit: Visit): Promise<Answer> {
  const { say, language, query, form } = visit;
  if (!visit.signedIn) return signInFirst(visit);
  const month = field(visit, "month") ?? query.get("month") ?? "";
  const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(month);
  const name = isMonth ? monthName(month, language) : "—";
  return askPage(visit, {
    title: say("askReport", { month: name }),
    effects: [say("effectReport"), say("effectReportOnce")],
    action: "/office/report-month",
    fields: { month, key: form.get("key") ?? randomUUID() },
    sure: say("sureReport"),
    back: isMonth ? at(month) : "/office",
  });
}

export async function reportMonthPost(visit: Visit): Promise<Answer> {
  const { services, actor } = visit;
  if (!visit.signedIn) return signInFirst(visit);
  const idempotencyKey = field(visit, "key") ?? refuse("INVALID_INPUT", { expected: "the page's own key" }, ["key"]);
  const month = field(visit, "month") ?? refuse("INVALID_INPUT", { missing: true }, ["month"]);
  await services.indicators.report(actor, { idempotencyKey, month });
  return seeOther(at(month));
}
