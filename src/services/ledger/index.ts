import { addDays, type Day, type Instant, startOf } from "../../domain/kit/calendar";
import type { Minutes } from "../../domain/kit/minutes";
import { refuse } from "../../domain/kit/refusal";
import { type Account, type AccountKind, type Balance, balanceOf } from "../../domain/ledger/accounts";
import { expire, type Transfer } from "../../domain/ledger/transfers";
import type { Actor } from "../../domain/permissions/actors";
import type { EntryLine } from "../../storage/store";
import { type Bank } from "../bank";
import type { Connection, PageInput } from "../bank/answers";
import { type Asked, askedOf, cursorOf, type ListOrder, paged } from "../bank/paging";
import type { Volunteers } from "../people/volunteers";
import type { Recipients } from "../visits/recipients";

export interface StatementLine {
  cursor: string;
  entry: EntryLine;
  transfer: Transfer;
  runningMinutes: Minutes;
  /** Microseconds. */
  recordedAt: number;
}
export interface Statement {
  openingMinutes: Minutes;
  closingMinutes: Minutes;
  lines: StatementLine[];
  pageInfo: Connection<unknown>["pageInfo"];
  totalCount: Connection<unknown>["totalCount"];
}

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

  /** Null entries for absent or not yours to see. */
  async accounts(actor: Actor, ids: readonly string[]): Promise<(Account | null)[]> {
    const view = this.bank.store.view;
    const found = await view.accounts(ids);
    const owning = [...found.values()].flatMap((account) => account.owner ?? []);
    const owners = await view.volunteers(owning);
    const visible = await this.volunteers.visible(view, actor, [...owners.values()], "account.see");
    const recipients = owning.filter((id) => id.startsWith("recipient_"));
    for (const recipient of await this.recipients.many(actor, recipients)) if (recipient) visible.add(recipient.id);
    return ids.map((id) => {
      const account = found.get(id);
      // The bank's own accounts are public: they are the trial balance.
      return account && (account.owner === null || visible.has(account.owner)) ? account : null;
    });
  }

  /** Batched; asOfSeq is the journal's head. */
  async balances(ids: readonly string[]): Promise<Balance[]> {
    return this.bank.store.read(async (view) => {
      const { seq } = await view.head();
      const found = await view.accounts(ids);
      return ids.map((id) => {
        const account = found.get(id) ?? refuse("NOT_FOUND");
        // The account may have been read after the head: its own last line is then the later position.
        return balanceOf(account, Math.max(seq, account.lastSeq));
      });
    });
  }

  async statement(
    actor: Actor,
    accountId: string,
    input: PageInput & { axis: "EFFECTIVE" | "RECORDED"; from?: Day | null; to?: Day | null },
  ): Promise<Statement> {
    const order: ListOrder = {
      name: `statement ${input.axis}`,
      shape: input.axis === "RECORDED" ? ["count"] : ["text", "count"],
    };
    const asked = askedOf(input, order, statementMax);
    await this.own(actor, accountId);
    const [from, to] = [input.from ?? beginning, input.to ?? end];
    return input.axis === "RECORDED"
      ? this.recorded(accountId, { from, to }, asked)
      : this.effective(accountId, { from, to }, asked);
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
    const found = await this.bank.store.view.transfersOfRecords(ids);
    return ids.map((id) => found.get(id) ?? []);
  }

  /** The seq that reversed each, or null. Batched. */
  async reversalsOf(seqs: readonly number[]): Promise<(number | null)[]> {
    const found = await this.bank.store.view.reversalsOf(seqs);
    return seqs.map((seq) => found.get(seq) ?? null);
  }

  async transfers(seqs: readonly number[]): Promise<(Transfer | null)[]> {
    const found = await this.bank.store.view.transfers(seqs);
    return seqs.map((seq) => found.get(seq) ?? null);
  }

  /** What accounts are for: public, unlike whose they are. Batched. */
  async kindsOf(ids: readonly string[]): Promise<AccountKind[]> {
    const found = await this.bank.store.view.accounts(ids);
    return ids.map((id) => (found.get(id) ?? refuse("NOT_FOUND")).kind);
  }

  async owing(actor: Actor, organizationId: string, page: PageInput): Promise<Connection<Account>> {
    const view = this.bank.store.view;
    this.bank.permit(
      actor,
      "account.see",
      await this.bank.at(view, await this.bank.organization(view, organizationId)),
    );
    return paged(
      page,
      { name: "owingAccounts", shape: ["text"] },
      (bounds) => view.accountList({ owing: true, organizationId }, bounds),
      (account) => [account.id],
    );
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

  private async own(actor: Actor, accountId: string): Promise<Account> {
    const [account] = await this.accounts(actor, [accountId]);
    return account ?? refuse("NOT_FOUND", {}, ["accountId"]);
  }

  /** In the order it was recorded; the running balance is the one stored with the line. */
  private async recorded(accountId: string, { from, to }: Days, asked: Asked): Promise<Statement> {
    const view = this.bank.store.view;
    const fromSeq = (await view.seqAt(startOf(from) * 1000 - 1)) + 1;
    const toSeq = await view.seqAt(startOf(addDays(to === end ? "9999-12-30" : to, 1)) * 1000 - 1);
    const ask = (bounds: { first: number; backwards?: boolean; counting?: { total: number } }) =>
      view.entriesRecorded(
        accountId,
        { fromSeq, toSeq },
        { afterVersion: versionAt(asked.after), beforeVersion: versionAt(asked.before), ...bounds },
      );
    const opening = (await view.lastEntry(accountId, fromSeq - 1))?.postedAfter ?? 0;
    const closing = (await view.lastEntry(accountId, toSeq))?.postedAfter ?? 0;
    return this.dress(asked, {
      ask,
      position: (line) => [line.version],
      name: "statement RECORDED",
      opening,
      closing,
      before: async (line) => line.postedAfter - line.minutes,
      count: (counting) =>
        view.entriesRecorded(accountId, { fromSeq, toSeq }, { first: 0, afterVersion: null, counting }),
    });
  }

  /** In the order of the services' days: running is computed for the page from its opening. */
  private async effective(accountId: string, days: Days, asked: Asked): Promise<Statement> {
    const view = this.bank.store.view;
    const maxSeq = Number.MAX_SAFE_INTEGER;
    const sum = async (until: { effectiveOn: Day; seq: number; inclusive: boolean }) =>
      (await view.sumEffective(accountId, { ...until, maxSeq })).minutes;
    return this.dress(asked, {
      ask: (bounds) =>
        view.entriesEffective(accountId, days, { after: dayAt(asked.after), before: dayAt(asked.before), ...bounds }),
      position: (line) => [line.effectiveOn, line.seq],
      name: "statement EFFECTIVE",
      opening: await sum({ effectiveOn: days.from, seq: -1, inclusive: false }),
      closing: await sum({ effectiveOn: days.to, seq: maxSeq, inclusive: true }),
      before: ({ effectiveOn, seq }) => sum({ effectiveOn, seq, inclusive: false }),
      count: (counting) => view.entriesEffective(accountId, days, { first: 0, after: null, counting }),
    });
  }

  private async dress(
    { size, after, before, backwards }: Asked,
    order: {
      ask(bounds: { first: number; backwards: boolean }): Promise<EntryLine[]>;
      position(line: EntryLine): (string | number)[];
      name: string;
      opening: Minutes;
      closing: Minutes;
      /** The posted balance before a line, in this order. */
      before(line: EntryLine): Promise<Minutes>;
      count(counting: { total: number }): Promise<unknown>;
    },
  ): Promise<Statement> {
    const view = this.bank.store.view;
    const rows = await order.ask({ first: size + 1, backwards });
    const shown = rows.slice(0, size);
    if (backwards) shown.reverse();
    const seqs = shown.map((line) => line.seq);
    const [transfers, instants] = [await view.transfers(seqs), await view.recordedAt(seqs)];
    let running = shown[0] ? await order.before(shown[0]) : order.opening;
    const lines = shown.map((entry) => {
      running += entry.minutes;
      const transfer = transfers.get(entry.seq) ?? refuse("NOT_FOUND");
      return {
        cursor: cursorOf(order, order.position(entry)),
        entry,
        transfer,
        runningMinutes: running,
        recordedAt: instants.get(entry.seq) ?? 0,
      };
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

interface Days {
  from: Day;
  to: Day;
}
const versionAt = (position: string[] | null) => (position ? Number(position[0]) : null);
const dayAt = (position: string[] | null) =>
  position ? { effectiveOn: position[0] as string, seq: Number(position[1]) } : null;
