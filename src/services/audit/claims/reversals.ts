import type { Transfer } from "../../../domain/facts/ledger";
import { type Day, serviceDay } from "../../../domain/kit/calendar";
import { type Evidence, isList, type RecordStep, sumOf, whereOf } from "./evidence";

/** Every transfer of the record is mirrored, and one rounding leaves what the remaining records give. */
export function reversed(of: Evidence, step: RecordStep, before: RecordStep | null, today: Day): void {
  const where = whereOf(step);
  if (step.creditedMinutes !== 0) of.finds("RECORD", where, "creditedMinutes is not 0 after its reversal");
  const own = of.transfers.ofRecord(step.id);
  for (const transfer of own.filter(({ kind }) => kind === "EARN" || kind === "OVERFLOW")) {
    const mirror = of.transfers.endOf(transfer.seq);
    if (mirror) of.claim("RECORD", where, mirror);
    else of.finds("RECORD", `transfers ${transfer.seq}`, "was not taken back with its record");
  }
  const credit = of.credits.sumsOf(step.volunteerId);
  of.credits.drop(step.volunteerId, step.id);
  credit.creditable -= before?.creditableMinutes ?? 0;
  const left = credit.credited - (before?.creditedMinutes ?? 0);
  const target = of.targetOf(step.volunteerId);
  const account = of.accountIdOf(step.volunteerId);
  const roundings = own.filter(({ kind, seq }) => kind === "ROUNDING" && !of.transfers.isClaimed(seq));
  // What was credited to a registration that was merged since is given back there, and taken from the one that stays.
  const elsewhere = new Map<string, number>();
  for (const { kind, credit, minutes } of own)
    if (isGiven(of, kind, credit) && credit !== account) elsewhere.set(credit, (elsewhere.get(credit) ?? 0) + minutes);
  const issued = ({ debit, minutes }: Transfer) => (of.kindOf(debit) === "ISSUANCE" ? minutes : -minutes);
  const rounded = roundings.reduce((sum, rounding) => sum + issued(rounding), 0);
  const ours = roundings.filter(({ debit, credit }) => debit === account || credit === account);
  const theirs = roundings.filter((rounding) => !ours.includes(rounding));
  if (theirs.length !== elsewhere.size || theirs.some(({ credit, minutes }) => elsewhere.get(credit) !== minutes))
    of.finds("RECORD", where, "its rounding does not leave a merged account as it was");
  if (ours.length > 1 || left + rounded !== target)
    of.finds("RECORD", where, "its rounding does not leave what the remaining records give");
  const day = serviceDay(step.endedAt);
  const rules = [of.rules.on("credit.granularityMinutes", day).id];
  for (const rounding of roundings) {
    const isOwn = ours.includes(rounding) || elsewhere.has(rounding.credit);
    if (!isOwn || rounding.effectiveOn !== day || !isList(rounding.policyIds, rules))
      of.finds("RECORD", `transfers ${rounding.seq}`, "is not as its record's rule has it");
    of.claim("RECORD", where, rounding);
  }
  of.credits.setSums(step.volunteerId, { ...credit, credited: target });
  cameBack(of, step, account, today);
}

/** What issuance gave a volunteer's account, or what came back to it of what had gone above the cap. */
function isGiven(of: Evidence, kind: Transfer["kind"], credit: string): boolean {
  return kind === "EARN" || (kind === "OVERFLOW" && ["VOLUNTEER", "GROUP"].includes(of.kindOf(credit) ?? ""));
}

/**
 * After a reversal the credit that is left fills the cap from the first record on: what had gone above it comes back, as far as
 * there is room. The audit walks backwards from what the account holds now, unlike the service, which fills the cap forwards. It
 * need not walk where no record went above the cap and every transfer is claimed already: then nothing came back.
 */
function cameBack(of: Evidence, step: RecordStep, accountId: string | undefined, today: Day): void {
  const account = of.books.accounts.get(accountId ?? "");
  if (!account) return;
  const counted = of.credits.of(step.volunteerId);
  if (of.transfers.areClaimed && !counted.some(({ wentOver }) => wentOver)) return;
  const cap = of.rules.on("credit.balanceCapMinutes", today);
  const fresh: Transfer[] = [];
  for (const { recordId } of counted)
    for (const transfer of of.transfers.ofRecord(recordId))
      if (transfer.kind === "OVERFLOW" && !of.transfers.isClaimed(transfer.seq)) fresh.push(transfer);
  const brought = sumOf(fresh);
  const most = Math.min(cap.value, account.ceiling ?? Number.POSITIVE_INFINITY);
  let room = most - (account.creditsPosted - account.debitsPosted - brought) - account.creditsPending;
  let filled = 0;
  for (const { recordId: id, day } of counted) {
    const own = of.transfers.ofRecord(id).filter(({ phase }) => phase === "POSTED");
    const over = own.find(({ kind, debit }) => kind === "OVERFLOW" && of.kindOf(debit) === "ISSUANCE");
    const [mine, ...more] = fresh.filter(({ recordId }) => recordId === id);
    const held = sumOf(own.filter(({ kind, credit }) => isGiven(of, kind, credit))) - sumOf(mine ? [mine] : []);
    const its = over && of.rules.byId("credit.balanceCapMinutes", over.policyIds.at(-1));
    const lacking =
      over && its
        ? Math.min(sumOf(own.filter(({ kind }) => kind === "EARN")) + over.minutes, its.value - filled) - held
        : 0;
    const wanted = Math.max(0, Math.min(lacking, room));
    const isSo =
      more.length === 0 &&
      (mine?.minutes ?? 0) === wanted &&
      (mine === undefined ||
        (mine.debit === over?.credit &&
          mine.credit === accountId &&
          mine.effectiveOn === day &&
          isList(mine.policyIds, [cap.id])));
    if (!isSo)
      of.finds("RECORD", whereOf(step), `what had gone above the cap with ${id} did not come back as it should`);
    for (const transfer of mine ? [mine, ...more] : more) of.claim("RECORD", whereOf(step), transfer);
    room -= wanted;
    filled += held + wanted;
  }
}
