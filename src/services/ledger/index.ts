import type { AccountKind, Transfer } from "../../domain/facts/ledger";
import { addDays, type Day, type Instant, startOf } from "../../domain/kit/calendar";
import type { Minutes } from "../../domain/kit/minutes";
import { refuse } from "../../domain/kit/refusal";
import { type Soon, whenKnown } from "../../domain/kit/soon";
import { type Account, type Balance, balanceOf } from "../../domain/ledger/accounts";
import { type ReserveCoverage, reserveCoverage } from "../../domain/ledger/reserves";
import { expire } from "../../domain/ledger/transfers";
import type { Actor } from "../../domain/permissions/actors";
import type { StatementEntry, Until } from "../../storage/store";
import type { Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { type Asked as AskedInput, read } from "../bank/fields";
import { type Asked, askedOf, cursorOf, type ListOrder, paged } from "../bank/paging";
import type { Volunteers } from "../people/volunteers";
import type { Recipients } from "../visits/recipients";
import { accountFilter } from "./commands";

/** An account as an actor sees it, with its balance. */
export type ShownAccount = Account & { balance: Balance };

export interface StatementLine {
  cursor: string;
  entry: StatementEntry;
  transfer: StatementEntry["transfer"];
  runningMinutes: Minutes;
  /** Microseconds. */
  recordedAt: number;
  /** The position of the line that reversed it. */
  reversedBySeq: number | null;
}
export interface Statement {
  openingMinutes: Minutes;
  closingMinutes: Minutes;
  lines: StatementLine[];
  pageInfo: Connection<unknown>["pageInfo"];
  totalCount: Connection<unknown>["totalCount"];
}

type StatementInput = PageInput & { axis: "EFFECTIVE" | "RECORDED"; from?: Day | null; to?: Day | null };

const statementMax = 500;
/** Holds released in one turn; what is left waits for the next. */
const expiredMax = 500;
const beginning: Day = "0001-01-01";
const end: Day = "9999-12-31";

/** Questions to the ledger. Both dates on every line; nothing is ever rewritten by a back-dated one. */
export class Ledger {
  constructor(
    private readonly bank: Bank,
    private readonly volunteers: Volunteers,
    private readonly recipients: Recipients,
  ) {}

  /** An entry is null where it is absent, or where the actor may not see it. */
  accounts(actor: Actor, ids: readonly string[]): Soon<(ShownAccount | null)[]> {
    const view = this.bank.store.view;
    return whenKnown(view.asOf(), ({ seq }) =>
      whenKnown(view.accounts(ids), (accounts) => {
        const owning = [...accounts.values()].flatMap((account) => account.owner ?? []);
        return whenKnown(this.ownersSeen(actor, owning), (visible) =>
          ids.map((id) => {
            const account = accounts.get(id);
            // The bank's own accounts are public: they are the trial balance.
            const isSeen = account && (account.owner === null || visible.has(account.owner));
            // The new field stands first: V8 takes five times as long to add one to a copy.
            return isSeen ? { balance: balanceBy(account, seq), ...account } : null;
          }),
        );
      }),
    );
  }

  /** The volunteers and recipients among these whose accounts the actor sees. */
  private ownersSeen(actor: Actor, ids: readonly string[]): Soon<Set<string>> {
    const view = this.bank.store.view;
    const recipients = ids.filter((id) => id.startsWith("recipient_"));
    return whenKnown(view.volunteers(ids), (owners) =>
      whenKnown(this.volunteers.sight.visible(view, actor, [...owners.values()], "account.see"), (visible) => {
        if (recipients.length === 0) return visible;
        return whenKnown(this.recipients.many(actor, recipients), (seen) => {
          for (const recipient of seen) if (recipient) visible.add(recipient.id);
          return visible;
        });
      }),
    );
  }

  /** The answer is true at the position asOfSeq. Batched. */
  async balances(ids: readonly string[]): Promise<Balance[]> {
    return this.bank.store.read(async (view) => {
      const { seq } = await view.asOf();
      const accounts = await view.accounts(ids);
      return ids.map((id) => balanceBy(accounts.get(id) ?? refuse("NOT_FOUND"), seq));
    });
  }

  async statement(actor: Actor, accountId: string, input: StatementInput): Promise<Statement> {
    const asked = askedOf(input, orderBy(input.axis), statementMax);
    return this.linesOf(await this.own(actor, accountId), input, asked);
  }

  /** The same for an account that was shown to the actor. */
  async statementOf(account: ShownAccount, input: StatementInput): Promise<Statement> {
    return this.linesOf(account, input, askedOf(input, orderBy(input.axis), statementMax));
  }

  private linesOf(account: ShownAccount, { axis, from, to }: StatementInput, asked: Asked): Promise<Statement> {
    const days = { from: from ?? null, to: to ?? null };
    return axis === "RECORDED" ? this.recorded(account, days, asked) : this.effective(account, days, asked);
  }

  /** Exactly `seq`, or recordedAt and/or effectiveOn; else INVALID_INPUT. */
  async balanceAsOf(
    actor: Actor,
    accountId: string,
    input: { recordedAt?: Instant | null; effectiveOn?: Day | null; seq?: number | null },
  ): Promise<Balance> {
    const { seq, recordedAt, effectiveOn } = input;
    if ((seq != null) === (recordedAt != null || effectiveOn != null))
      refuse("INVALID_INPUT", { oneOf: ["seq", "recordedAt and/or effectiveOn"] });
    await this.own(actor, accountId);
    const view = this.bank.store.view;
    const head = (await view.head()).seq;
    const known =
      seq != null ? Math.min(seq, head) : recordedAt != null ? await view.seqAt(recordedAt * 1000 + 999) : head;
    if (effectiveOn != null) {
      const sum = await view.sumEffective(accountId, {
        effectiveOn,
        seq: Number.MAX_SAFE_INTEGER,
        inclusive: true,
        maxSeq: known,
      });
      return {
        posted: sum.minutes,
        held: sum.held,
        pendingIn: sum.pendingIn,
        available: sum.minutes - sum.held,
        asOfSeq: known,
      };
    }
    const line = await view.lastEntry(accountId, known);
    const posted = line?.postedAfter ?? 0;
    const held = line?.heldAfter ?? 0;
    return {
      posted,
      held,
      pendingIn: line?.pendingInAfter ?? 0,
      available: posted - held,
      asOfSeq: Math.max(0, known),
    };
  }

  async transfersOfRecords(ids: readonly string[]): Promise<Transfer[][]> {
    const transfers = await this.bank.store.view.transfersOfRecords(ids);
    return ids.map((id) => transfers.get(id) ?? []);
  }

  /** The seq that reversed each, or null. Batched. */
  async reversalsOf(seqs: readonly number[]): Promise<(number | null)[]> {
    const reversals = await this.bank.store.view.reversalsOf(seqs);
    return seqs.map((seq) => reversals.get(seq) ?? null);
  }

  async transfers(seqs: readonly number[]): Promise<(Transfer | null)[]> {
    const transfers = await this.bank.store.view.transfers(seqs);
    return seqs.map((seq) => transfers.get(seq) ?? null);
  }

  /** What accounts are for: public, unlike whose they are. Batched. */
  async kindsOf(ids: readonly string[]): Promise<AccountKind[]> {
    const kinds = await this.bank.store.view.accountKinds(ids);
    return ids.map((id) => kinds.get(id) ?? refuse("NOT_FOUND"));
  }

  async owing(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<Account>> {
    const view = this.bank.store.view;
    this.bank.permit(
      actor,
      "account.see",
      await this.bank.places.at(view, await this.bank.organization(view, organizationId)),
    );
    return paged(
      page,
      { name: "owingAccounts", shape: ["text"] },
      (bounds) => view.accountList({ owing: true, organizationId }, bounds),
      (account) => [account.id],
    );
  }

  /** The bank's own accounts, which everybody may see. Those of people and households stand with their owners. */
  async ownAccounts(filter: AskedInput<typeof accountFilter>, page: PageInput): Promise<Connection<Account>> {
    const { kind, owing } = read(accountFilter, filter, ["filter"]);
    const view = this.bank.store.view;
    return paged(
      page,
      { name: "ledgerAccounts", shape: ["text"] },
      (bounds) => view.accountList({ ownerless: true, kinds: kind ?? undefined, owing: owing ?? undefined }, bounds),
      (account) => [account.id],
    );
  }

  async reserveCoverage(): Promise<ReserveCoverage> {
    return reserveCoverage(await this.bank.store.view.accountTotals());
  }

  /** Frees what expired holds set aside; how many there were. Called by the serving process every minute. */
  async expireHolds(): Promise<number> {
    return this.bank.store.write(async (tx) => {
      const expired = await tx.holdsExpiring(tx.now, expiredMax);
      for (const held of expired) await tx.post("system", expire(held, tx.now));
      return expired.length;
    });
  }

  async size(): Promise<number> {
    return (await this.bank.store.view.head()).seq + 1;
  }

  /** −(ISSUANCE + GRANT_FUNDING) − REDEEMED, in minutes. */
  async circulationMinutes(): Promise<Minutes> {
    let minutes = 0;
    for (const kind of ["ISSUANCE", "GRANT_FUNDING", "REDEEMED"] as const)
      minutes -= balanceOf(await this.bank.bankAccount(this.bank.store.view, kind), 0).posted;
    return minutes;
  }

  async trialBalance() {
    const totals = (await this.bank.store.view.accountTotals()).map(({ kind, debits, credits }) => ({
      kind,
      debitMinutes: debits,
      creditMinutes: credits,
    }));
    const sum = (side: "debitMinutes" | "creditMinutes") => totals.reduce((total, line) => total + line[side], 0);
    return { totals, debitMinutes: sum("debitMinutes"), creditMinutes: sum("creditMinutes") };
  }

  private async own(actor: Actor, accountId: string): Promise<ShownAccount> {
    const [account] = await this.accounts(actor, [accountId]);
    return account ?? refuse("NOT_FOUND", {}, ["accountId"]);
  }

  /** The lines in the order in which they were recorded; the running balance is stored with each line. */
  private async recorded(account: ShownAccount, { from, to }: Days, asked: Asked): Promise<Statement> {
    const view = this.bank.store.view;
    const { id, lastSeq } = account;
    const bounds =
      from === null && to === null
        ? { fromSeq: 0, toSeq: lastSeq, opening: 0, closing: account.balance.posted }
        : await view.recordedBounds(id, {
            from: startOf(from ?? beginning) * 1000,
            to: startOf(addDays(to === null || to === end ? "9999-12-30" : to, 1)) * 1000 - 1,
          });
    const ask = (page: { first: number; backwards?: boolean; counting?: { total: number } }) =>
      view.entriesRecorded(id, bounds, {
        afterSeq: positionAt(asked.after),
        beforeSeq: positionAt(asked.before),
        ...page,
      });
    return this.dress(asked, {
      ask,
      position: (line) => [line.seq],
      name: orderBy("RECORDED").name,
      opening: bounds.opening,
      closing: bounds.closing,
      before: ([line]) => (line ? line.postedAfter - line.minutes : bounds.opening),
      count: (counting) => view.entriesRecorded(id, bounds, { first: 0, afterSeq: null, counting }),
    });
  }

  /** The lines in the order of the services' days; the running balance is computed for the page from the balance at its edge. */
  private async effective(account: ShownAccount, { from, to }: Days, asked: Asked): Promise<Statement> {
    const view = this.bank.store.view;
    // Lines that are recorded while this is read belong to the next statement.
    const { id, lastSeq } = account;
    const days = { from: from ?? beginning, to: to ?? end, toSeq: lastSeq };
    const { backwards } = asked;
    const edge = dayAt(backwards ? asked.before : asked.after);
    const isWithin = edge !== null && (backwards ? edge.effectiveOn <= days.to : edge.effectiveOn >= days.from);
    const sums = new Map<"opening" | "closing" | "edge", Until>();
    if (from !== null) sums.set("opening", { effectiveOn: from, seq: -1, inclusive: false });
    if (to !== null) sums.set("closing", { effectiveOn: to, seq: lastSeq, inclusive: true });
    if (isWithin) sums.set("edge", { ...edge, inclusive: !backwards });
    const posted = await view.postedEffective(id, [...sums.values()], lastSeq);
    const sumOf = (what: "opening" | "closing" | "edge") => posted[[...sums.keys()].indexOf(what)];
    const opening = sumOf("opening") ?? 0;
    const closing = sumOf("closing") ?? account.balance.posted;
    const atEdge = sumOf("edge") ?? (backwards ? closing : opening);
    return this.dress(asked, {
      ask: (page) =>
        view.entriesEffective(id, days, { after: dayAt(asked.after), before: dayAt(asked.before), ...page }),
      position: (line) => [line.effectiveOn, line.seq],
      name: orderBy("EFFECTIVE").name,
      opening,
      closing,
      before: (shown) => (backwards ? shown.reduce((rest, { minutes }) => rest - minutes, atEdge) : atEdge),
      count: (counting) => view.entriesEffective(id, days, { first: 0, after: null, counting }),
    });
  }

  private async dress(
    { size, after, before, backwards }: Asked,
    order: {
      ask(page: { first: number; backwards: boolean }): Soon<StatementEntry[]>;
      position(line: StatementEntry): (string | number)[];
      name: string;
      opening: Minutes;
      closing: Minutes;
      /** The posted balance before these lines, in this order. */
      before(shown: readonly StatementEntry[]): Minutes;
      count(counting: { total: number }): Soon<unknown>;
    },
  ): Promise<Statement> {
    const rows = await order.ask({ first: size + 1, backwards });
    const shown = rows.slice(0, size);
    if (backwards) shown.reverse();
    let running = order.before(shown);
    const lines = shown.map((entry) => {
      running += entry.minutes;
      const { transfer, recordedAt, reversedBySeq } = entry;
      const cursor = cursorOf(order, order.position(entry));
      return { cursor, entry, transfer, runningMinutes: running, recordedAt, reversedBySeq };
    });
    const more = rows.length > size;
    const pageInfo = {
      hasNextPage: backwards ? before !== null : more,
      hasPreviousPage: backwards ? more : after !== null,
      startCursor: lines[0]?.cursor ?? null,
      endCursor: lines.at(-1)?.cursor ?? null,
    };
    const totalCount = async () => {
      const counting = { total: 0 };
      await order.count(counting);
      return counting.total;
    };
    return { openingMinutes: order.opening, closingMinutes: order.closing, lines, pageInfo, totalCount };
  }
}

/** What an account holds. It may have been read after the position: its own last line is then the later one. */
const balanceBy = (account: Account, seq: number) => balanceOf(account, Math.max(seq, account.lastSeq));

const orderBy = (axis: DateAxis): ListOrder => ({
  name: `statement ${axis}`,
  shape: axis === "RECORDED" ? ["count"] : ["text", "count"],
});
type DateAxis = StatementInput["axis"];

/** Null means that the end is open. */
interface Days {
  from: Day | null;
  to: Day | null;
}
const positionAt = (position: string[] | null) => (position ? Number(position[0]) : null);
const dayAt = (position: string[] | null) =>
  position ? { effectiveOn: position[0] as string, seq: Number(position[1]) } : null;
