import type { ActorKind } from "../../domain/facts/actors";
import { recordMoves } from "../../domain/facts/hours";
import type { Transfer } from "../../domain/facts/ledger";
import type { Volunteer } from "../../domain/facts/people";
import * as hours from "../../domain/hours";
import { addTo, noTotals, type ServiceTotals } from "../../domain/hours/totals";
import { dayOf, serviceDay } from "../../domain/kit/calendar";
import { invariant } from "../../domain/kit/invariant";
import type { Minutes } from "../../domain/kit/minutes";
import { take } from "../../domain/kit/moves";
import { balanceOf } from "../../domain/ledger/accounts";
import { hold, posted, release, reverse } from "../../domain/ledger/transfers";
import type { Profile } from "../../domain/people/volunteers";
import type { Actor } from "../../domain/permissions/actors";
import type { StoredRecord, Tx, View } from "../../storage/store";
import { placeOfRecord, type Tallies } from "../activities/tallies";
import type { Bank } from "../bank";
import type { StarSteps } from "../stars/steps";
import type { RecordScene, Records } from "./records";

/** The step that posts a record: who takes it, on which record, and who has then confirmed it. */
interface PostingStep {
  actor: Actor;
  role: ActorKind;
  before: StoredRecord;
  confirmedBy: readonly string[];
  /** What the confirmation says beside, sealed. */
  reasonId: string | null;
  /** What the volunteer's records added up to before, where the record takes the place of one that was reversed. */
  since?: ServiceTotals;
}

/** What a record does to the ledger: credit when it is posted, a hold while disputed, and the chain that takes it back. */
export class Posting {
  constructor(
    private readonly bank: Bank,
    private readonly records: Records,
    private readonly tallies: Tallies,
    private readonly stars: StarSteps,
  ) {}

  /**
   * Record and credit in one transaction: the credit due on the cumulative total, what is over the cap elsewhere. The step
   * that posts is the last confirmation, or POST where the record is confirmed already. Of help that was paid for, as many minutes
   * earn credit as were `paid`.
   */
  async post(
    tx: Tx,
    scene: RecordScene,
    { actor, role, before, confirmedBy, reasonId, since }: PostingStep,
    volunteer: Volunteer,
    paid = before.serviceMinutes,
  ): Promise<StoredRecord> {
    const action = confirmedBy.length > before.confirmedBy.length ? "CONFIRM" : "POST";
    const record = { ...before, confirmedBy: [...confirmedBy] };
    const personId = actor.personId as string;
    const day = serviceDay(record.endedAt);
    const totals = await totalsOf(tx, volunteer.id);
    const profile = (await this.bank.vault.open<Profile>(tx, [volunteer.profileId])).get(volunteer.profileId);
    const creditable = hours.creditable(
      { ...record, serviceMinutes: paid },
      profile?.birthDate ?? null,
      scene.policies,
    );
    const granularity = scene.policies.inForce("credit.granularityMinutes", day);
    const carried = totals.creditable - totals.credited;
    const due = hours.creditDue(creditable.minutes, carried, granularity.value as number);
    const account = (await tx.accounts([volunteer.accountId])).get(volunteer.accountId);
    invariant(account, "a volunteer has an account");
    const cap = scene.policies.inForce("credit.balanceCapMinutes", dayOf(tx.now));
    const most = Math.min(cap.value as number, account.ceiling ?? Number.MAX_SAFE_INTEGER);
    const { kept, overflow } = hours.splitAtCap(due, balanceOf(account, 0), most);
    const issuanceId = await this.bank.bankAccountId(tx, "ISSUANCE");
    const credited = (credit: string, minutes: Minutes, kind: "EARN" | "OVERFLOW", policyIds: string[]) =>
      tx.postDue(
        personId,
        posted({ debit: issuanceId, credit, minutes, kind, effectiveOn: day, recordId: record.id, policyIds }),
      );
    const policyIds = [...creditable.policies, granularity].map((policy) => policy.id);
    if (kept > 0) credited(account.id, kept, "EARN", policyIds);
    if (overflow > 0) {
      const otherId = await this.bank.bankAccountId(
        tx,
        volunteer.overflow === "HONOUR" ? "OVERFLOW_HONOUR" : "PUBLIC_POOL",
      );
      credited(otherId, overflow, "OVERFLOW", [...policyIds, cap.id]);
    }
    if (volunteer.overflow === "DONATE") await this.donated(tx, record, overflow);
    const change = { service: record.serviceMinutes, creditable: creditable.minutes, credited: due };
    const after = addTo(totals, record, change);
    await tx.setTotals(after);
    const stored = await this.records.move(
      tx,
      actor,
      role,
      {
        ...record,
        state: take(recordMoves, before, action, { to: "POSTED" }).state,
        creditableMinutes: creditable.minutes,
        creditedMinutes: due,
      },
      action,
      before,
      reasonId,
    );
    await this.stars.follow(tx, scene.policies, volunteer, { before: since ?? totals, after });
    return stored;
  }

  /** What follows for the volunteer's stars from hours that were taken back. */
  async followStars(tx: Tx, scene: RecordScene, volunteer: Volunteer, before: ServiceTotals): Promise<void> {
    const after = await this.totalsOf(tx, volunteer);
    await this.stars.follow(tx, scene.policies, volunteer, { before, after });
  }

  async totalsOf(view: View, volunteer: Volunteer): Promise<ServiceTotals> {
    return totalsOf(view, volunteer.id);
  }

  /** The whole reversal as one chain: the dispute's hold, every transfer of the record, then the rounding of the rest. */
  async unpost(
    tx: Tx,
    scene: RecordScene,
    actor: Actor,
    record: StoredRecord,
    volunteer: Volunteer,
  ): Promise<StoredRecord> {
    const personId = actor.personId as string;
    await this.releaseHold(tx, actor, record);
    const transfers = (await tx.transfersOfRecords([record.id])).get(record.id) ?? [];
    const credits = transfers.filter((transfer) => transfer.phase === "POSTED");
    for (const transfer of credits) await tx.post(personId, reverse(transfer));
    const poolId = await this.bank.bankAccountId(tx, "PUBLIC_POOL");
    const donated = credits.reduce((sum, { debit, credit, minutes }) => {
      return sum + (credit === poolId ? minutes : 0) - (debit === poolId ? minutes : 0);
    }, 0);
    await this.donated(tx, record, -donated);
    const day = serviceDay(record.endedAt);
    const before = addTo(await totalsOf(tx, volunteer.id), record, {
      service: -record.serviceMinutes,
      creditable: -(record.creditableMinutes ?? 0),
      credited: -(record.creditedMinutes ?? 0),
    });
    const granularity = scene.policies.inForce("credit.granularityMinutes", day);
    const rest = (await tx.countedRecords(volunteer.id)).filter((other) => other.id !== record.id);
    const target = hours.creditOf(rest, scene.policies);
    const round = (accountId: string, minutes: number) =>
      this.round(tx, personId, accountId, minutes, {
        effectiveOn: day,
        recordId: record.id,
        policyIds: [granularity.id],
      });
    // What was credited to a registration that was merged since went on to this one: it is taken back from here.
    let elsewhere = 0;
    for (const [accountId, minutes] of await this.creditedElsewhere(tx, credits, volunteer)) {
      await round(accountId, minutes);
      elsewhere += minutes;
    }
    await round(volunteer.accountId, target - before.credited - elsewhere);
    await tx.setTotals({ ...before, credited: target });
    await this.giveBack(tx, scene, personId, rest, volunteer);
    return { ...record, disputeHoldSeq: null, creditedMinutes: 0 };
  }

  /** Credit that went above the cap comes back to the account where a reversal left room: by a transfer of the record it is of. */
  private async giveBack(
    tx: Tx,
    { policies }: RecordScene,
    by: string,
    rest: readonly { id: string; endedAt: number }[],
    volunteer: Volunteer,
  ): Promise<void> {
    const transfers = await tx.transfersOfRecords(rest.map(({ id }) => id));
    const issuanceId = await this.bank.bankAccountId(tx, "ISSUANCE");
    const overs = new Map<string, Transfer>();
    const shared = rest.map(({ id }): hours.Shared => {
      const own = (transfers.get(id) ?? []).filter(({ phase }) => phase === "POSTED");
      const over = own.find(({ kind, debit }) => kind === "OVERFLOW" && debit === issuanceId);
      if (over) overs.set(id, over);
      const sum = (counted: readonly Transfer[]) => counted.reduce((total, { minutes }) => total + minutes, 0);
      const cap = policies.versions.find((version) => version.id === over?.policyIds.at(-1))?.value;
      return {
        recordId: id,
        kept: sum(own.filter(({ kind }) => kind === "EARN")),
        over: over?.minutes ?? 0,
        returned: sum(own.filter(({ kind, debit }) => kind === "OVERFLOW" && debit !== issuanceId)),
        cap: over ? (cap as number) : null,
      };
    });
    if (overs.size === 0) return;
    const account = (await tx.accounts([volunteer.accountId])).get(volunteer.accountId);
    invariant(account, "a volunteer has an account");
    const cap = policies.inForce("credit.balanceCapMinutes", dayOf(tx.now));
    const most = Math.min(cap.value as number, account.ceiling ?? Number.MAX_SAFE_INTEGER);
    const { posted: balance, pendingIn } = balanceOf(account, 0);
    for (const [recordId, minutes] of hours.overflowBack(shared, most - balance - pendingIn)) {
      const record = (await tx.records([recordId])).get(recordId);
      invariant(record, "a counted record is there");
      const over = overs.get(recordId) as Transfer;
      const pair = { debit: over.credit, credit: account.id, minutes, recordId };
      await tx.post(
        by,
        posted({ ...pair, kind: "OVERFLOW", effectiveOn: serviceDay(record.endedAt), policyIds: [cap.id] }),
      );
      const poolId = await this.bank.bankAccountId(tx, "PUBLIC_POOL");
      if (over.credit === poolId) await this.donated(tx, record, -minutes);
    }
  }

  /** Puts what is missing on a volunteer's account, or takes what is too much; nothing where nothing is. */
  async round(
    tx: Tx,
    by: string,
    accountId: string,
    minutes: number,
    terms: { effectiveOn: string; recordId: string | null; policyIds: string[] },
  ): Promise<Transfer | null> {
    if (minutes === 0) return null;
    const issuanceId = await this.bank.bankAccountId(tx, "ISSUANCE");
    const [debit, credit] = minutes > 0 ? [issuanceId, accountId] : [accountId, issuanceId];
    return tx.post(by, posted({ ...terms, debit, credit, minutes: Math.abs(minutes), kind: "ROUNDING" }));
  }

  private async creditedElsewhere(
    tx: Tx,
    credits: readonly Transfer[],
    volunteer: Volunteer,
  ): Promise<Map<string, number>> {
    const accounts = await tx.accounts(credits.map(({ credit }) => credit));
    const minutesByAccount = new Map<string, number>();
    for (const { credit, minutes } of credits) {
      const kind = accounts.get(credit)?.kind;
      if (credit === volunteer.accountId || (kind !== "VOLUNTEER" && kind !== "GROUP")) continue;
      minutesByAccount.set(credit, (minutesByAccount.get(credit) ?? 0) + minutes);
    }
    return minutesByAccount;
  }

  /** What hours given at an activity brought the public pool. */
  private async donated(tx: Tx, record: StoredRecord, minutes: number): Promise<void> {
    const place = minutes === 0 ? null : await placeOfRecord(tx, record);
    if (place) await this.tallies.donated(tx, place, minutes);
  }

  /** The affected credit is set aside while the record is disputed, as far as it is still there; null where nothing is. */
  async setAside(
    tx: Tx,
    scene: RecordScene,
    actor: Actor,
    record: StoredRecord,
    volunteer: Volunteer,
  ): Promise<number | null> {
    const account = (await tx.accounts([volunteer.accountId])).get(volunteer.accountId);
    invariant(account, "a volunteer has an account");
    const minutes = Math.min(record.creditedMinutes ?? 0, Math.max(0, balanceOf(account, 0).available));
    if (minutes === 0) return null;
    const issuanceId = await this.bank.bankAccountId(tx, "ISSUANCE");
    const placed = hold({
      debit: account.id,
      credit: issuanceId,
      minutes,
      effectiveOn: dayOf(tx.now),
      recordId: record.id,
      policyIds: [scene.policies.inForce("record.correction", dayOf(tx.now)).id],
    });
    return (await tx.post(actor.personId as string, placed)).seq;
  }

  async releaseHold(tx: Tx, actor: Actor, record: StoredRecord): Promise<void> {
    if (record.disputeHoldSeq === null) return;
    const held = (await tx.transfers([record.disputeHoldSeq])).get(record.disputeHoldSeq);
    invariant(held, "a dispute's hold stands in the ledger");
    await tx.post(actor.personId as string, release(held));
  }
}

async function totalsOf(view: View, volunteerId: string): Promise<ServiceTotals> {
  return (await view.totals([volunteerId])).get(volunteerId) ?? noTotals(volunteerId);
}
