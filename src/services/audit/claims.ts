import type { FactOf } from "../../domain/facts";
import type { Transfer } from "../../domain/facts/ledger";
import { type Day, dayOf, type Instant, serviceDay } from "../../domain/kit/calendar";
import type { Books } from "../../domain/ledger/books";
import type { PolicyKey } from "../../domain/policies/parameters";
import { quarterOf, quarterOn } from "../../domain/village-points";
import type { Scratch, ScratchMap } from "../../storage/store";
import { Credits, type Sums } from "./credits";
import type { Known } from "./rules";
import { Said } from "./said";
import type { Transfers } from "./transfers";

/** What a record, a dispute or an entry of village points says of the ledger, and the ledger does not say of it. */
export interface Unfounded {
  check: "RECORD" | "POINTS";
}
type RecordStep = FactOf<"RECORD_STEP">;
interface Rule {
  id: string;
  value: number;
  effectiveFrom: Day;
}
/** A merging or a parting of two registrations: what their accounts had to do, and what they did. */
interface Merging {
  where: string;
  lost: string | undefined;
  kept: string | undefined;
  /** The balance of the account that was merged. Null for a parting, where an officer may say how much goes back. */
  balance: number | null;
  /** What issuance has to give so that the remainders are right, together or each by itself. */
  missing: number;
  /** The part of that for the registration that goes, in a parting. */
  missingLost: number | null;
  /** The minutes that went from the merged account to the other one. */
  cleared: number;
  issuedLost: number;
  issued: number;
}

/**
 * Holds what records, disputes and village points say of themselves against the transfers that they are said to have
 * moved. How much a record earns is computed here anew, from its minutes and the rules of its day (DESIGN §3), by other
 * code than the service that posts. Every such transfer has one claimant: one that nothing claims is found at the end.
 */
export class Claims {
  /** What records say of sealed rows, which needs the keys to be checked. */
  readonly said = new Said();
  private readonly rules = new Map<string, Rule[]>();
  /** The rules that were looked up since the last one was set, by key and day. */
  private readonly found = new Map<string, Rule>();
  private readonly credits: Credits;
  /** The account that each quarter of a household was begun with, and the base that it is to begin with. */
  private readonly quarters: ScratchMap<string>;
  private readonly bases: ScratchMap<{ where: string; minutes: number; policyId: string; on: Day }>;
  private readonly mergings: Merging[] = [];
  /** The registration into which each was merged, while the merging holds. */
  private readonly standsIn = new Map<string, string>();
  /**
   * The records that moved since the last merging, with their new registration. A parting moves its records before its own
   * entry.
   */
  private readonly going = new Map<string, string>();
  /** The transfers without a record, by which a merging or a parting moves or rounds a balance. */
  private readonly ofMergings: Transfer[] = [];
  constructor(
    private readonly books: Books,
    private readonly transfers: Transfers,
    private readonly known: Known,
    scratch: Scratch,
    private readonly finds: (check: Unfounded["check"], where: string, what: string) => void,
  ) {
    this.credits = new Credits(scratch);
    this.quarters = scratch.map("quarters");
    this.bases = scratch.map("bases");
  }

  policy({ id, key, value, effectiveFrom }: FactOf<"POLICY_SET">): void {
    const versions = this.rules.get(key) ?? [];
    this.rules.set(key, versions);
    this.found.clear();
    versions.push({ id, value: Number(value), effectiveFrom });
  }

  /** After the books have entered it. */
  transfer(transfer: Transfer): void {
    const { seq, recordId, holdSeq, reversesSeq } = transfer;
    this.transfers.set(seq, transfer);
    const origin = this.transfers.get(holdSeq ?? reversesSeq ?? -1);
    if (origin && !isSameBut(origin, transfer))
      this.finds(
        "RECORD",
        `transfers ${seq}`,
        "effectiveOn, recordId or policyIds differ from what it ends or mirrors",
      );
    const kind = reversesSeq === null ? transfer.kind : origin?.kind;
    if (recordId === null && (kind === "CLEARING" || kind === "ROUNDING")) this.brought(transfer);
    const base = this.bases.get(transfer.credit);
    if (!base || transfer.kind !== "GRANT" || !isList(transfer.policyIds, [base.policyId])) return;
    if (transfer.minutes !== base.minutes || transfer.effectiveOn !== base.on)
      this.finds("POINTS", `transfers ${seq}`, "is not the base that its quarter begins with");
    this.transfers.claim(seq);
    this.bases.delete(transfer.credit);
  }

  /** After it was followed; `before` is the record's step before it. */
  record(step: RecordStep, before: RecordStep | null, at: Instant): void {
    this.said.record(whereOf(step), step, before);
    if (before === null || step.action === "RESUBMIT") this.measure(step);
    if (step.action === "MOVE" && before) this.moved(step, before);
    if (step.action === "POST") this.posted(step, dayOf(at));
    else if (step.action === "DISPUTE") this.disputed(step, dayOf(at));
    else if (step.action === "UPHOLD") this.ended(step, before?.disputeHoldSeq ?? null);
    else if (step.action === "REVERSE" || step.action === "ADJUST") {
      this.ended(step, before?.disputeHoldSeq ?? null);
      this.reversed(step, before, dayOf(at));
    } else if (step.creditedMinutes !== (before?.creditedMinutes ?? null))
      this.finds("RECORD", whereOf(step), "creditedMinutes changes by a step that moves nothing");
  }

  /** From now on the records of both count for one volunteer. The transfers that follow move the balance. */
  merged({ personId, volunteerId, keptVolunteerId }: FactOf<"PEOPLE_MERGED">): void {
    if (volunteerId === null || keptVolunteerId === null) return;
    const accountOf = (id: string) => this.known.last("VOLUNTEER_STEP", id)?.accountId;
    const [lost, kept] = [accountOf(volunteerId), accountOf(keptVolunteerId)];
    const [theirs, ours] = [this.credits.sumsOf(volunteerId), this.credits.sumsOf(keptVolunteerId)];
    this.credits.join(volunteerId, keptVolunteerId);
    const target = this.targetOf(keptVolunteerId);
    const account = this.books.accounts.get(lost ?? "");
    const balance = account ? account.creditsPosted - account.debitsPosted : 0;
    const missing = target - theirs.credited - ours.credited;
    const where = `mergedPersons ${personId}`;
    this.mergings.push({ where, lost, kept, balance, missing, missingLost: null, ...nothingMoved });
    this.going.clear();
    this.credits.setSums(keptVolunteerId, { creditable: theirs.creditable + ours.creditable, credited: target });
    this.standsIn.set(volunteerId, keptVolunteerId);
  }

  /** The registration into which one was merged, through all that followed. */
  private end(volunteerId: string): string {
    const kept = this.standsIn.get(volunteerId);
    return kept === undefined ? volunteerId : this.end(kept);
  }

  /** Two registrations again. The records that moved just before count for the one that was merged. */
  parted({ personId, volunteerId, keptVolunteerId }: FactOf<"MERGING_ENDED">): void {
    if (volunteerId === null || keptVolunteerId === null) return;
    const accountOf = (id: string) => this.known.last("VOLUNTEER_STEP", id)?.accountId;
    const [back, stays] = [this.credits.sumsOf(volunteerId), this.credits.sumsOf(keptVolunteerId)];
    const [theirs, ours] = [this.targetOf(volunteerId), this.targetOf(keptVolunteerId)];
    const missing = theirs + ours - stays.credited;
    const where = `mergedPersons ${personId}`;
    const [lost, kept] = [accountOf(volunteerId), accountOf(keptVolunteerId)];
    // Issuance has already given for the records that go, and by roundings of no record to that account.
    const gone = [...this.going].flatMap(([id, to]) => (to === volunteerId ? this.transfers.ofRecord(id) : []));
    this.standsIn.delete(volunteerId);
    const own = new Set(
      [...this.standsIn.keys(), volunteerId].filter((id) => this.end(id) === volunteerId).map(accountOf),
    );
    const rounded = this.ofMergings.filter(({ debit, credit }) => own.has(debit) || own.has(credit));
    const issued = [...gone, ...rounded].reduce((sum, transfer) => sum + this.issuedBy(transfer), 0);
    this.mergings.push({ where, lost, kept, balance: null, missing, missingLost: theirs - issued, ...nothingMoved });
    this.going.clear();
    this.credits.setSums(volunteerId, { ...back, credited: theirs });
    this.credits.setSums(keptVolunteerId, { ...stays, credited: ours });
  }

  /** A merging counts the records of both before they move. In a parting each record takes its credit along. */
  private moved(step: RecordStep, before: RecordStep): void {
    this.going.set(step.id, step.volunteerId);
    const counted = this.credits.move(step.id, before.volunteerId, step.volunteerId);
    if (!counted) return;
    const from = this.credits.sumsOf(before.volunteerId);
    this.credits.setSums(before.volunteerId, { ...from, creditable: from.creditable - counted.creditable });
    const to = this.credits.sumsOf(step.volunteerId);
    this.credits.setSums(step.volunteerId, { ...to, creditable: to.creditable + counted.creditable });
  }

  /** A transfer without a record, by which a merging or a parting moves or rounds a balance. */
  private brought(transfer: Transfer): void {
    const merging = this.mergings.at(-1);
    if (!merging) return;
    const { lost, kept } = merging;
    const { seq, debit, credit, minutes } = transfer;
    const sides = [debit, credit].filter((id) => this.kindOf(id) !== "ISSUANCE");
    if (sides.some((side) => side !== lost && side !== kept)) return;
    this.transfers.claim(seq);
    this.ofMergings.push(transfer);
    const issued = this.issuedBy(transfer);
    merging.issued += issued;
    if (sides.length === 2) merging.cleared += debit === lost ? minutes : -minutes;
    else if (sides[0] === lost) merging.issuedLost += issued;
  }

  quarter({ householdId, quarter, accountId }: FactOf<"HOUSEHOLD_QUARTER_SET">): void {
    this.quarters.set(`${householdId} ${quarter}`, accountId);
    const { from: on } = quarterOf(quarter);
    const { id: policyId, value: minutes } = this.inForce("villagePoints.base", on);
    const where = `householdQuarters ${householdId} ${quarter}`;
    if (minutes > 0) this.bases.set(accountId, { where, minutes, policyId, on });
  }

  points(fact: FactOf<"VILLAGE_POINTS_SET">, before: FactOf<"VILLAGE_POINTS_SET"> | null): void {
    const where = `villagePoints ${fact.id}`;
    if (before) {
      const mirror = this.transfers.endOf(fact.transferSeq);
      if (mirror?.seq !== fact.reversedBySeq) this.finds("POINTS", where, "reversedBySeq is not what took it back");
      else if (mirror) this.claim("POINTS", where, mirror);
      return;
    }
    const transfer = this.transfers.get(fact.transferSeq);
    const account = this.quarters.get(`${fact.householdId} ${quarterOn(fact.on)}`);
    const moved = transfer?.credit === account ? transfer?.minutes : -(transfer?.minutes ?? 0);
    const side = transfer && [transfer.credit, transfer.debit].includes(account ?? "");
    if (!transfer || !side || transfer.kind !== "GRANT" || transfer.phase !== "POSTED" || transfer.policyIds.length > 0)
      this.finds("POINTS", where, "transferSeq is not a transfer of its household's quarter");
    else if (moved !== fact.points || transfer.effectiveOn !== fact.on)
      this.finds("POINTS", where, "points or on differ from its transfer");
    if (transfer) this.claim("POINTS", where, transfer);
  }

  /** After the last entry: what is found of all mergings, and of all quarters. */
  close(): void {
    for (const { where, balance, missing, missingLost, cleared, issuedLost, issued } of this.mergings) {
      if (balance !== null && cleared - issuedLost !== balance)
        this.finds("RECORD", where, "its balance did not go over whole");
      if (issued !== missing || (missingLost ?? issuedLost) !== issuedLost)
        this.finds("RECORD", where, "its rounding is not what the remainders of both give");
    }
    for (const [, { where }] of this.bases.entries()) this.finds("POINTS", where, "no transfer began it");
  }

  /** After the last entry, of each transfer: whether anything says that it was moved. */
  unclaimed({ seq, debit, recordId, kind }: Transfer): void {
    const where = `transfers ${seq}`;
    if (this.books.accounts.get(debit)?.unit === "VILLAGE_POINT")
      this.finds("POINTS", where, "no entry of village points says that it was moved");
    else if (recordId !== null || ["EARN", "OVERFLOW", "ROUNDING", "CLEARING"].includes(kind))
      this.finds("RECORD", where, "no record says that it was moved");
  }

  /** Minutes served follow from the interval, and lie between the shortest and the longest of its day. */
  private measure(step: RecordStep): void {
    const minutes = Math.floor((step.endedAt - step.startedAt) / 60_000) - step.breakMinutes;
    const day = serviceDay(step.endedAt);
    const shortest = this.inForce("record.minSessionMinutes", day).value;
    const longest = this.inForce("record.maxSessionMinutes", day).value;
    if (step.serviceMinutes !== minutes) this.finds("RECORD", whereOf(step), "serviceMinutes is not its interval's");
    else if (minutes < shortest || minutes > longest)
      this.finds("RECORD", whereOf(step), "serviceMinutes is more or less than a service may last");
  }

  private posted(step: RecordStep, today: Day): void {
    const where = whereOf(step);
    const day = serviceDay(step.endedAt);
    const [rate, granularity, cap] = [
      this.inForce("credit.ratePerServiceHour", day),
      this.inForce("credit.granularityMinutes", day),
      this.inForce("credit.balanceCapMinutes", today),
    ];
    const creditable = step.creditableMinutes ?? 0;
    const full = Math.floor((step.serviceMinutes * rate.value) / 60);
    // Who was too young on the day earns nothing; how old somebody is stands in what is sealed.
    if (creditable !== full && creditable !== 0)
      this.finds("RECORD", where, "creditableMinutes is not what its minutes give");
    const credit = this.credits.sumsOf(step.volunteerId);
    const due = dueOf(credit, creditable, granularity.value);
    if (step.creditedMinutes !== due) this.finds("RECORD", where, "creditedMinutes is not what the rule gives");
    const own = this.unclaimedOf(step, "POSTED");
    const given = own.reduce((sum, { minutes }) => sum + minutes, 0);
    if (given !== step.creditedMinutes) this.finds("RECORD", where, "creditedMinutes is not what its transfers gave");
    this.credits.count(step.volunteerId, { recordId: step.id, creditable, day });
    this.credits.setSums(step.volunteerId, {
      creditable: credit.creditable + creditable,
      credited: credit.credited + (step.creditedMinutes ?? 0),
    });

    const volunteer = this.known.last("VOLUNTEER_STEP", step.volunteerId);
    const least = this.inForce("credit.minAge", day).value;
    if (volunteer && full > 0)
      this.said.posted(where, step, { profileId: volunteer.profileId, least, isUnder: creditable === 0 });
    const account = this.books.accounts.get(volunteer?.accountId ?? "");
    const earned = own.find(({ kind }) => kind === "EARN");
    const kept = earned?.minutes ?? 0;
    if (account) {
      // The step follows its transfers at once: what was there before is what is there now, less what they brought.
      const before = account.creditsPosted - account.debitsPosted - kept;
      const most = Math.min(cap.value, account.ceiling ?? Number.POSITIVE_INFINITY);
      const room = Math.max(0, most - before - account.creditsPending);
      if (kept !== Math.min(given, room))
        this.finds("RECORD", where, "its transfers do not share its credit at the cap");
    }
    const over = volunteer?.overflow === "HONOUR" ? "OVERFLOW_HONOUR" : "PUBLIC_POOL";
    const rules = [rate.id, granularity.id];
    for (const transfer of own) {
      const earns = transfer === earned;
      const goal = earns ? transfer.credit === account?.id : this.kindOf(transfer.credit) === over;
      const isSo =
        goal &&
        (earns || transfer.kind === "OVERFLOW") &&
        this.kindOf(transfer.debit) === "ISSUANCE" &&
        transfer.effectiveOn === day &&
        isList(transfer.policyIds, earns ? rules : [...rules, cap.id]);
      if (!isSo) this.finds("RECORD", `transfers ${transfer.seq}`, "is not as its record's rule has it");
      this.claim("RECORD", where, transfer);
    }
  }

  /** As much is set aside as was credited and is still there. */
  private disputed(step: RecordStep, today: Day): void {
    const where = whereOf(step);
    const [placed, ...more] = this.unclaimedOf(step, "HELD");
    const account = this.books.accounts.get(this.known.last("VOLUNTEER_STEP", step.volunteerId)?.accountId ?? "");
    const held = placed?.minutes ?? 0;
    const free = account ? account.creditsPosted - account.debitsPosted - account.debitsPending + held : 0;
    const wanted = Math.min(step.creditedMinutes ?? 0, Math.max(0, free));
    if (more.length > 0 || (placed?.seq ?? null) !== step.disputeHoldSeq)
      this.finds("RECORD", where, "disputeHoldSeq is not the hold that it placed");
    if (held !== wanted || (placed && (placed.debit !== account?.id || placed.effectiveOn !== today)))
      this.finds("RECORD", where, "its hold is not what was credited and free");
    if (placed) this.claim("RECORD", where, placed);
  }

  /** A dispute that is over releases what it held. */
  private ended(step: RecordStep, holdSeq: number | null): void {
    if (step.disputeHoldSeq !== null) this.finds("RECORD", whereOf(step), "disputeHoldSeq outlives its dispute");
    if (holdSeq === null) return;
    const release = this.transfers.endOf(holdSeq);
    if (release?.phase !== "RELEASED") this.finds("RECORD", whereOf(step), "its hold is not released");
    if (release) this.claim("RECORD", whereOf(step), release);
  }

  /** Every transfer of the record is mirrored, and one rounding leaves what the remaining records give. */
  private reversed(step: RecordStep, before: RecordStep | null, today: Day): void {
    const where = whereOf(step);
    if (step.creditedMinutes !== 0) this.finds("RECORD", where, "creditedMinutes is not 0 after its reversal");
    const own = this.transfers.ofRecord(step.id);
    for (const transfer of own.filter(({ kind }) => kind === "EARN" || kind === "OVERFLOW")) {
      const mirror = this.transfers.endOf(transfer.seq);
      if (mirror) this.claim("RECORD", where, mirror);
      else this.finds("RECORD", `transfers ${transfer.seq}`, "was not taken back with its record");
    }
    const credit = this.credits.sumsOf(step.volunteerId);
    this.credits.drop(step.volunteerId, step.id);
    credit.creditable -= before?.creditableMinutes ?? 0;
    const left = credit.credited - (before?.creditedMinutes ?? 0);
    const target = this.targetOf(step.volunteerId);
    const account = this.known.last("VOLUNTEER_STEP", step.volunteerId)?.accountId;
    const roundings = own.filter(({ kind, seq }) => kind === "ROUNDING" && !this.transfers.isClaimed(seq));
    // What was credited to a registration that was merged since is given back there, and taken from the one that stays.
    const elsewhere = new Map<string, number>();
    for (const { kind, credit, minutes } of own)
      if (this.isGiven(kind, credit) && credit !== account)
        elsewhere.set(credit, (elsewhere.get(credit) ?? 0) + minutes);
    const issued = ({ debit, minutes }: Transfer) => (this.kindOf(debit) === "ISSUANCE" ? minutes : -minutes);
    const rounded = roundings.reduce((sum, rounding) => sum + issued(rounding), 0);
    const ours = roundings.filter(({ debit, credit }) => debit === account || credit === account);
    const theirs = roundings.filter((rounding) => !ours.includes(rounding));
    if (theirs.length !== elsewhere.size || theirs.some(({ credit, minutes }) => elsewhere.get(credit) !== minutes))
      this.finds("RECORD", where, "its rounding does not leave a merged account as it was");
    if (ours.length > 1 || left + rounded !== target)
      this.finds("RECORD", where, "its rounding does not leave what the remaining records give");
    const day = serviceDay(step.endedAt);
    const rules = [this.inForce("credit.granularityMinutes", day).id];
    for (const rounding of roundings) {
      const isOwn = ours.includes(rounding) || elsewhere.has(rounding.credit);
      if (!isOwn || rounding.effectiveOn !== day || !isList(rounding.policyIds, rules))
        this.finds("RECORD", `transfers ${rounding.seq}`, "is not as its record's rule has it");
      this.claim("RECORD", where, rounding);
    }
    this.credits.setSums(step.volunteerId, { ...credit, credited: target });
    this.cameBack(step, account, today);
  }

  /** What issuance gave a volunteer's account, or what came back to it of what had gone above the cap. */
  private isGiven(kind: Transfer["kind"], credit: string): boolean {
    return kind === "EARN" || (kind === "OVERFLOW" && ["VOLUNTEER", "GROUP"].includes(this.kindOf(credit) ?? ""));
  }

  /**
   * After a reversal the credit that is left fills the cap from the first record on: what had gone above it comes back, as
   * far as there is room. Walked backwards from what the account holds now, unlike the service, which fills it forwards.
   */
  private cameBack(step: RecordStep, accountId: string | undefined, today: Day): void {
    const account = this.books.accounts.get(accountId ?? "");
    if (!account) return;
    const cap = this.inForce("credit.balanceCapMinutes", today);
    const fresh: Transfer[] = [];
    for (const { recordId } of this.credits.of(step.volunteerId))
      for (const transfer of this.transfers.ofRecord(recordId))
        if (transfer.kind === "OVERFLOW" && !this.transfers.isClaimed(transfer.seq)) fresh.push(transfer);
    const brought = fresh.reduce((sum, { minutes }) => sum + minutes, 0);
    const most = Math.min(cap.value, account.ceiling ?? Number.POSITIVE_INFINITY);
    let room = most - (account.creditsPosted - account.debitsPosted - brought) - account.creditsPending;
    let filled = 0;
    for (const { recordId: id, day } of this.credits.of(step.volunteerId)) {
      const own = this.transfers.ofRecord(id).filter(({ phase }) => phase === "POSTED");
      const over = own.find(({ kind, debit }) => kind === "OVERFLOW" && this.kindOf(debit) === "ISSUANCE");
      const [mine, ...more] = fresh.filter(({ recordId }) => recordId === id);
      const sumOf = (some: readonly Transfer[]) => some.reduce((sum, { minutes }) => sum + minutes, 0);
      const held = sumOf(own.filter(({ kind, credit }) => this.isGiven(kind, credit))) - sumOf(mine ? [mine] : []);
      const its = over && this.ruleOf("credit.balanceCapMinutes", over.policyIds.at(-1));
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
        this.finds("RECORD", whereOf(step), `what had gone above the cap with ${id} did not come back as it should`);
      for (const transfer of mine ? [mine, ...more] : more) this.claim("RECORD", whereOf(step), transfer);
      room -= wanted;
      filled += held + wanted;
    }
  }

  private ruleOf(key: PolicyKey, id: string | undefined): Rule | undefined {
    return this.rules.get(key)?.find((rule) => rule.id === id);
  }

  /** What the counted records give together, each after those posted before it and by the step of its own day. */
  private targetOf(volunteerId: string): number {
    const sum: Sums = { creditable: 0, credited: 0 };
    for (const { creditable, day } of this.credits.of(volunteerId)) {
      sum.credited += dueOf(sum, creditable, this.inForce("credit.granularityMinutes", day).value);
      sum.creditable += creditable;
    }
    return sum.credited;
  }

  private unclaimedOf({ id }: RecordStep, phase: Transfer["phase"]): Transfer[] {
    const own = this.transfers.ofRecord(id);
    return own.filter((transfer) => transfer.phase === phase && !this.transfers.isClaimed(transfer.seq));
  }

  private claim(check: Unfounded["check"], where: string, { seq }: Transfer): void {
    if (this.transfers.isClaimed(seq)) this.finds(check, where, "another says that it moved the same transfer");
    this.transfers.claim(seq);
  }

  /** The minutes that issuance gave by a transfer, negative where they went back to it. */
  private issuedBy({ debit, credit, minutes, phase }: Transfer): number {
    if (phase !== "POSTED" && phase !== "REVERSAL") return 0;
    if (this.kindOf(debit) === "ISSUANCE") return minutes;
    return this.kindOf(credit) === "ISSUANCE" ? -minutes : 0;
  }

  private kindOf(account: string): string | undefined {
    return this.books.accounts.get(account)?.kind;
  }

  /** The version that was in force on a day, of those that were set by now; the first one for all days before it. */
  private inForce(key: PolicyKey, day: Day): Rule {
    const at = `${key} ${day}`;
    const rule = this.found.get(at) ?? this.look(key, day);
    if (this.found.size >= rulesMost) this.found.clear();
    this.found.set(at, rule);
    return rule;
  }

  private look(key: PolicyKey, day: Day): Rule {
    const versions = this.rules.get(key) ?? [];
    const begun = versions.filter(({ effectiveFrom }) => effectiveFrom <= day);
    const from = begun.length > 0 ? begun : versions;
    const days = from.map(({ effectiveFrom }) => effectiveFrom).sort();
    const wanted = begun.length > 0 ? days.at(-1) : days[0];
    const same = from.filter(({ effectiveFrom }) => effectiveFrom === wanted);
    return (begun.length > 0 ? same.at(-1) : same[0]) ?? { id: "", value: Number.NaN, effectiveFrom: day };
  }
}

/** How many looked-up rules are remembered. */
const rulesMost = 10_000;
const nothingMoved = { cleared: 0, issuedLost: 0, issued: 0 };
const whereOf = ({ id }: RecordStep) => `serviceRecords ${id}`;

/** Whole steps of what was carried and what comes: nothing is lost between records, and nothing is given twice. */
function dueOf(credit: Sums, creditable: number, granularity: number): number {
  if (creditable === 0) return 0;
  const whole = credit.creditable - credit.credited + creditable;
  return Math.max(0, whole - (((whole % granularity) + granularity) % granularity));
}

function isList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}
/** The end of a hold and a mirror keep the day, the record and the rules of what they end. */
function isSameBut(a: Transfer, b: Transfer): boolean {
  return a.effectiveOn === b.effectiveOn && a.recordId === b.recordId && isList(a.policyIds, b.policyIds);
}
