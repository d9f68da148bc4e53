import { type Day, serviceDay } from "../../../domain/kit/calendar";
import { dueOf, type Evidence, isList, type RecordStep, sumOf, whereOf } from "./evidence";
import { earningMinutes } from "./orders";
import type { SealedClaims } from "./sealed";

/** Minutes served follow from the interval, and lie between the shortest and the longest of its day. */
export function measure(of: Evidence, step: RecordStep): void {
  const minutes = Math.floor((step.endedAt - step.startedAt) / 60_000) - step.breakMinutes;
  const day = serviceDay(step.endedAt);
  const shortest = of.rules.on("record.minSessionMinutes", day).value;
  const longest = of.rules.on("record.maxSessionMinutes", day).value;
  if (step.serviceMinutes !== minutes) of.finds("RECORD", whereOf(step), "serviceMinutes is not its interval's");
  else if (minutes < shortest || minutes > longest)
    of.finds("RECORD", whereOf(step), "serviceMinutes is more or less than a service may last");
}

/** A record that is posted gives what its minutes and the rules of its day give, by the transfers that it names. */
export function posted(of: Evidence, sealed: SealedClaims, step: RecordStep, today: Day): void {
  const where = whereOf(step);
  const day = serviceDay(step.endedAt);
  const [rate, granularity, cap] = [
    of.rules.on("credit.ratePerServiceHour", day),
    of.rules.on("credit.granularityMinutes", day),
    of.rules.on("credit.balanceCapMinutes", today),
  ];
  const creditable = step.creditableMinutes ?? 0;
  const full = Math.floor((earningMinutes(of, step) * rate.value) / 60);
  // A volunteer who was too young on the day earns nothing. The age is sealed, so it is not checked here.
  if (creditable !== full && creditable !== 0)
    of.finds("RECORD", where, "creditableMinutes is not what its minutes give");
  const credit = of.credits.sumsOf(step.volunteerId);
  const due = dueOf(credit, creditable, granularity.value);
  if (step.creditedMinutes !== due) of.finds("RECORD", where, "creditedMinutes is not what the rule gives");
  const own = of.unclaimedOf(step, "POSTED");
  const minutes = sumOf(own);
  if (minutes !== step.creditedMinutes) of.finds("RECORD", where, "creditedMinutes is not what its transfers gave");
  const wentOver = own.some(({ kind }) => kind === "OVERFLOW");
  of.credits.count(step.volunteerId, { recordId: step.id, creditable, day, wentOver }, step.creditedMinutes ?? 0);

  const volunteer = of.known.last("VOLUNTEER_STEP", step.volunteerId);
  const least = of.rules.on("credit.minAge", day).value;
  if (volunteer && full > 0)
    sealed.posted(where, step, { profileId: volunteer.profileId, least, isUnder: creditable === 0 });
  const account = of.books.accounts.get(volunteer?.accountId ?? "");
  const earned = own.find(({ kind }) => kind === "EARN");
  const kept = earned?.minutes ?? 0;
  if (account) {
    // The step follows its transfers at once: what was there before is what is there now, less what they brought.
    const before = account.creditsPosted - account.debitsPosted - kept;
    const most = Math.min(cap.value, account.ceiling ?? Number.POSITIVE_INFINITY);
    const room = Math.max(0, most - before - account.creditsPending);
    if (kept !== Math.min(minutes, room)) of.finds("RECORD", where, "its transfers do not share its credit at the cap");
  }
  const over = volunteer?.overflow === "HONOUR" ? "OVERFLOW_HONOUR" : "PUBLIC_POOL";
  const rules = [rate.id, granularity.id];
  for (const transfer of own) {
    const earns = transfer === earned;
    const goal = earns ? transfer.credit === account?.id : of.kindOf(transfer.credit) === over;
    const isSo =
      goal &&
      (earns || transfer.kind === "OVERFLOW") &&
      of.kindOf(transfer.debit) === "ISSUANCE" &&
      transfer.effectiveOn === day &&
      isList(transfer.policyIds, earns ? rules : [...rules, cap.id]);
    if (!isSo) of.finds("RECORD", `transfers ${transfer.seq}`, "is not as its record's rule has it");
    of.claim("RECORD", where, transfer);
  }
}
