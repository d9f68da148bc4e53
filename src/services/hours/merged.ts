import type { ActorKind } from "../../domain/facts/actors";
import type { Transfer } from "../../domain/facts/ledger";
import type { Volunteer } from "../../domain/facts/people";
import * as hours from "../../domain/hours";
import { addTo, noTotals, type ServiceTotals } from "../../domain/hours/totals";
import { dayOf } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import { refuse } from "../../domain/kit/refusal";
import { balanceOf } from "../../domain/ledger/accounts";
import { posted, reverse } from "../../domain/ledger/transfers";
import type { Actor } from "../../domain/permissions/actors";
import type { StoredRecord, Tx } from "../../storage/store";
import type { Bank } from "../bank";
import type { Posting } from "./posting";
import type { Records } from "./records";

/** A bound that no volunteer reaches. */
const recordsMost = 100_000;
const named = 20;
const linesAtOnce = 500;

/** What a merging moved: minutes or a debt, and the counted records as they stood then. */
export interface Brought {
  minutes: number;
  /** The transfer of these minutes, and how many of them paid a debt of the account that stays. */
  seq: number | null;
  paid: number;
  debt: number;
  counted: readonly { endedAt: number; creditableMinutes: number }[];
}

/** Hours and credit of a registration that is merged into another of the same person. */
export class MergedHours {
  constructor(
    private readonly bank: Bank,
    private readonly records: Records,
    private readonly posting: Posting,
  ) {}

  /**
   * STILL_ACTIVE while an objection is open or something is set aside: that is decided first. RECORD_OVERLAP where both have
   * a record of the same time: one of the two is taken back first, for nobody served twice at once.
   */
  async check(tx: Tx, from: Volunteer, to: Volunteer): Promise<void> {
    const [theirs, ours] = [await this.of(tx, from), await this.of(tx, to)];
    const disputed = theirs.filter(({ state }) => state === "DISPUTED").map(({ id }) => id);
    if (disputed.length > 0) this.still("DISPUTE", { recordIds: disputed.slice(0, named) });
    const account = (await tx.accounts([from.accountId])).get(from.accountId);
    invariant(account, "a volunteer has an account");
    if (account.debitsPending + account.creditsPending > 0) this.still("HOLD", { accountId: account.id });
    const overlapping = overlaps(theirs, ours).slice(0, named);
    if (overlapping.length > 0) refuse("RECORD_OVERLAP", { recordIds: overlapping.flat() }, ["mergePersonId"]);
  }

  /**
   * Every record goes to the registration that stays, then the balance in one transfer, then what the remainders of both
   * give together. An account that owes is brought to nothing against issuance, which may leave the other one owing.
   */
  async move(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    { from, to, reasonId }: { from: Volunteer; to: Volunteer; reasonId: string },
  ): Promise<Transfer[]> {
    const by = actor.personId as string;
    for (const record of await this.of(tx, from))
      await this.records.move(tx, actor, role, { ...record, volunteerId: to.id }, "MOVE", record, reasonId);
    const today = dayOf(tx.now);
    const policies = await this.bank.policies(tx);
    const granularity = policies.inForce("credit.granularityMinutes", today);
    const terms = { effectiveOn: today, recordId: null, policyIds: [granularity.id] };
    const account = (await tx.accounts([from.accountId])).get(from.accountId);
    invariant(account, "a volunteer has an account");
    const balance = balanceOf(account, 0).posted;
    const entries: (Transfer | null)[] = [];
    if (balance > 0) {
      const pair = { debit: from.accountId, credit: to.accountId, minutes: balance };
      entries.push(await tx.post(by, posted({ ...pair, kind: "CLEARING", effectiveOn: today })));
    } else {
      entries.push(await this.posting.round(tx, by, from.accountId, -balance, terms));
      entries.push(await this.posting.round(tx, by, to.accountId, balance, terms));
    }
    const totals = await tx.totals([from.id, to.id]);
    const sum = added(totals.get(to.id) ?? noTotals(to.id), totals.get(from.id) ?? noTotals(from.id));
    const credited = hours.creditOf(await tx.countedRecords(to.id), policies);
    entries.push(await this.posting.round(tx, by, to.accountId, credited - sum.credited, terms));
    await tx.setTotals(noTotals(from.id));
    await tx.setTotals({ ...sum, credited });
    return entries.filter((entry) => entry !== null);
  }

  /**
   * Parts two registrations: the named records go to the one that was merged, then the minutes, then the roundings by which
   * each has what its own records give. A debt that the merging took over goes back with them. INSUFFICIENT_CREDIT where the
   * balance holds less than has to go.
   */
  async part(
    tx: Tx,
    actor: Actor,
    role: ActorKind,
    parting: {
      from: Volunteer;
      to: Volunteer;
      recordIds: ReadonlySet<string>;
      reasonId: string;
      /** What the merging moved; and how many minutes go or stay, where the officer says so. */
      brought: Brought;
      asked: { of: "MERGED" | "KEPT"; minutes: number } | null;
      /** The accounts of the registration that was merged, and of those that were merged into it. */
      accountIds: readonly string[];
      /** Appends the entry of the parting, between the records and the minutes: from it the audit knows which person owns what. */
      between(): Promise<void>;
    },
  ): Promise<Transfer[]> {
    const { from, to, recordIds, reasonId, brought } = parting;
    const by = actor.personId as string;
    const going = (await this.of(tx, from)).filter(({ id }) => recordIds.has(id));
    const disputed = going.filter(({ state }) => state === "DISPUTED").map(({ id }) => id);
    if (disputed.length > 0)
      refuse("STILL_ACTIVE", { as: "DISPUTE", recordIds: disputed.slice(0, named) }, ["mergedPersonId"]);
    for (const record of going)
      await this.records.move(tx, actor, role, { ...record, volunteerId: to.id }, "MOVE", record, reasonId);
    await parting.between();
    const today = dayOf(tx.now);
    const policies = await this.bank.policies(tx);
    const granularity = policies.inForce("credit.granularityMinutes", today);
    const terms = { effectiveOn: today, recordId: null, policyIds: [granularity.id] };
    const round = (of: Volunteer, minutes: number) => this.posting.round(tx, by, of.accountId, minutes, terms);
    const [stays, goes] = [
      hours.creditOf(await tx.countedRecords(from.id), policies),
      hours.creditOf(await tx.countedRecords(to.id), policies),
    ];
    const before = (await tx.totals([from.id])).get(from.id) ?? noTotals(from.id);
    const issued = await this.givenFor(tx, going, parting.accountIds);
    const [roundsTo, roundsFrom] = [goes - issued, stays - (before.credited - issued)];
    const account = (await tx.accounts([from.accountId])).get(from.accountId);
    invariant(account, "a volunteer has an account");
    const { posted: held, available } = balanceOf(account, 0);
    const { asked } = parting;
    const all = Math.max(0, held + roundsTo + roundsFrom);
    const free = Math.max(0, available);
    // The rounding takes its minutes back first, but does not stop a parting that gives none.
    const spare = Math.max(0, available + roundsTo + Math.min(0, roundsFrom));
    const goesMost = Math.min(free + roundsTo, spare) + brought.paid;
    const most = asked?.of === "KEPT" ? all : goesMost;
    if (asked && (!Number.isSafeInteger(asked.minutes) || asked.minutes < 0 || asked.minutes > most))
      refuse("INSUFFICIENT_CREDIT", { asked: asked.minutes, free: most }, ["separateMinutes"]);
    const more = goes - hours.creditOf(brought.counted, policies);
    const theirs = Math.max(0, brought.debt > 0 ? more : brought.minutes + more) - brought.debt;
    const due = asked === null ? theirs : asked.of === "MERGED" ? asked.minutes : all - asked.minutes;
    // Some of it is rounded on the account itself: what their records gave to the other's remainder, and the other way round.
    const minutes = Math.max(due - roundsTo, -Math.max(0, roundsTo));
    if (due > goesMost) refuse("INSUFFICIENT_CREDIT", { asked: due, free: goesMost }, ["separateMinutes"]);
    const clear = (of: Volunteer, into: Volunteer, minutes: number) => {
      const pair = { debit: of.accountId, credit: into.accountId, minutes };
      return minutes > 0 ? tx.post(by, posted({ ...pair, kind: "CLEARING", effectiveOn: today })) : null;
    };
    // An account that owed before owes again. The transfer of the merging is mirrored, since a mirror may leave a debt.
    const [brings] = minutes > free && brought.seq !== null ? (await tx.transfers([brought.seq])).values() : [];
    const rest = minutes - (brings ? brings.minutes : 0);
    const entries = [
      await clear(from, to, rest),
      brings ? await tx.post(by, reverse(brings)) : null,
      await round(to, roundsTo),
      await round(from, roundsFrom),
      await clear(to, from, -rest),
    ];
    let [left, gone] = [before, noTotals(to.id)];
    for (const record of going) {
      if (!hours.countedStates.includes(record.state)) continue;
      const [service, creditable] = [record.serviceMinutes, record.creditableMinutes ?? 0];
      gone = addTo(gone, record, { service, creditable, credited: 0 });
      left = addTo(left, record, { service: -service, creditable: -creditable, credited: 0 });
    }
    await tx.setTotals({ ...gone, credited: goes });
    await tx.setTotals({ ...left, credited: stays });
    return entries.filter((entry) => entry !== null);
  }

  /** The minutes that issuance gave for these records, to any account, and those that roundings of no record gave to the accounts. */
  private async givenFor(tx: Tx, records: readonly StoredRecord[], accountIds: readonly string[]): Promise<number> {
    const issuanceId = await this.bank.bankAccountId(tx, "ISSUANCE");
    const transfers = [...(await tx.transfersOfRecords(records.map(({ id }) => id))).values()].flat();
    const seqs: number[] = [];
    for (const accountId of accountIds)
      for (let after = -1; ; after = seqs.at(-1) as number) {
        const lines = await tx.entriesOfAccountAfter(accountId, after, linesAtOnce);
        seqs.push(...lines.map(({ seq }) => seq));
        if (lines.length < linesAtOnce) break;
      }
    for (const transfer of (await tx.transfers(seqs)).values())
      if (transfer.kind === "ROUNDING" && transfer.recordId === null) transfers.push(transfer);
    return transfers
      .filter(({ phase }) => phase === "POSTED" || phase === "REVERSAL")
      .reduce((sum, { debit, credit, minutes }) => {
        return sum + (debit === issuanceId ? minutes : 0) - (credit === issuanceId ? minutes : 0);
      }, 0);
  }

  /** The volunteer's records by id, each with the ids of the records that it replaced. */
  async replacedOf(tx: Tx, volunteer: Volunteer): Promise<Map<string, string[]>> {
    const records = await this.of(tx, volunteer);
    const replaced = new Map(records.map(({ id }) => [id, [] as string[]]));
    for (const { id, replacedBy } of records) replaced.get(replacedBy ?? "")?.push(id);
    return replaced;
  }

  private async of(tx: Tx, { id: volunteerId }: Volunteer): Promise<StoredRecord[]> {
    const page = { first: recordsMost, after: null };
    return (await tx.recordList({ volunteerId }, "RECORDED_AT", page)).reverse();
  }

  private still(as: "DISPUTE" | "HOLD", what: object): never {
    return refuse("STILL_ACTIVE", { as, ...what }, ["mergePersonId"]);
  }
}

function added(totals: ServiceTotals, other: ServiceTotals): ServiceTotals {
  const sum = { ...totals };
  for (const name of ["checkedIn", "entered", "backfilled", "imported", "creditable", "credited"] as const)
    sum[name] += other[name];
  return sum;
}

/** Pairs of live records, one of each list, that lie at the same time. Half-open: touching is not overlapping. */
function overlaps(ones: readonly StoredRecord[], others: readonly StoredRecord[]): [string, string][] {
  const live = (records: readonly StoredRecord[]) =>
    records
      .filter(({ state }) => hours.liveStates.includes(state))
      .sort((a, b) => a.startedAt - b.startedAt || a.endedAt - b.endedAt);
  const [left, right] = [live(ones), live(others)];
  const pairs: [string, string][] = [];
  // Within each list nothing overlaps, so that whichever ends first is done with.
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const [a, b] = [left[i] as StoredRecord, right[j] as StoredRecord];
    if (a.startedAt < b.endedAt && b.startedAt < a.endedAt) pairs.push([a.id, b.id]);
    if (a.endedAt <= b.endedAt) i += 1;
    else j += 1;
  }
  return pairs;
}
