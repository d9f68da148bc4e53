import type { Volunteer } from "../../domain/facts/people";
import { noticeTitle } from "../../domain/notices";
import { nobody } from "../../domain/permissions/actors";
import { keyOrder, type OperationalTable, type ScannedRow, type ScannedTable, type View } from "../../storage/store";
import type { Bank } from "../bank";
import type { Credit } from "../credit-records";
import { readingHashOf } from "../credit-records/sight";
import type { Notice, Notices } from "../notices";
import { feedbackHashOf } from "../ratings/feedback";
import { copied, type Held, type Rule } from "./copied";

/** A table of which a copy may hold rows. */
export type CopiedTable = ScannedTable | OperationalTable;
/**
 * All that is kept of a person: every word that opens, what they were told, the credit records about them, and the rows of
 * each table that names them, under the table's name.
 */
export interface PersonCopy extends Partial<Record<CopiedTable, unknown>> {
  personId: string;
  words: { id: string; seq: number; value: unknown }[];
  /** The registration of today. */
  volunteer: Volunteer | null;
  notices: object[];
  creditRecords: object[];
  /** Each way to sign in, those that ended too. */
  identities: unknown;
  /** Tables of which the copy has 50,000 rows or more, and may lack the rest. */
  cut: CopiedTable[];
}

type Row = ScannedRow<CopiedTable>;
type Ids = Map<Held, Set<unknown>>;

/** How many notices are read at once. */
const page = 100;
/** Rows that one question brings at most. Only long service at a desk leaves more, and a copy of that fits no memory. */
const rowsMost = 50_000;
/** More platforms than a bank has. */
const platformsMost = 10_000;
/** Ids of people, and of what shows one. */
const ofSomebody = /^(person|volunteer|recipient|socialworker|account)_[0-9a-hjkmnp-tv-z]{26}$/;

/**
 * Makes a copy of all that is kept of a person [PIPL §45]: the rows of every table that name them, by the rules of
 * `copied.ts`, and every word that opens. Of another person it holds no id but that of a ward.
 */
export class Copies {
  constructor(
    private readonly bank: Bank,
    private readonly credit: Credit,
    private readonly notices: Notices,
  ) {}

  async of(view: View, personId: string): Promise<PersonCopy> {
    const ids: Ids = new Map();
    const selves = await view.selves(personId);
    ids.set("PERSON", new Set(selves));
    ids.set("CODE_TRIES", new Set(selves.map((id) => `code ${id}`)));
    const acted = await this.hasActed(view, selves);
    const tables: Partial<Record<CopiedTable, Row[]>> = {};
    const cut: CopiedTable[] = [];
    for (const [table, rule] of Object.entries(copied) as [CopiedTable, Rule | string][]) {
      if (typeof rule === "string" || (Object.keys(rule.by).length === 0 && !rule.acts)) continue;
      const rows = await this.rowsOf(view, table, rule, { ids, acted });
      tables[table] = rows;
      if (rows.length >= rowsMost) cut.push(table);
      for (const [column, held] of Object.entries(rule.gives ?? {}))
        ids.set(held, new Set([...(ids.get(held) ?? []), ...rows.map((row) => row[column])]));
      if (table === "volunteers") await this.addHashes(view, ids);
    }
    const wards = await this.bank.wardsOf(view, personId);
    const own = new Set([...ids.values()].flatMap((ofKind) => [...ofKind]).concat(wards));
    const volunteerIds = [...(ids.get("VOLUNTEER") ?? [])] as string[];
    const shown = Object.entries(tables).map(([table, rows]) => {
      const { hides = [] } = copied[table as CopiedTable] as Rule;
      return [table, rows.map((row) => withoutOthers(without(row, hides), own))];
    });
    const { identityLinks, ...rest } = Object.fromEntries(shown);
    return {
      personId,
      words: withoutOthers(await this.wordsOf(view, selves, tables.signUpSteps ?? []), own),
      volunteer: (await view.volunteerOfPerson(personId)) ?? null,
      notices: await this.noticesOf(view, personId),
      creditRecords: withoutOthers(
        (await Promise.all(volunteerIds.map((id) => this.credit.files.about(view, id)))).flat(),
        own,
      ),
      identities: identityLinks,
      cut,
      ...rest,
    };
  }

  /** The rows that name the person, each once, in the order of their keys. */
  private async rowsOf(
    view: View,
    table: CopiedTable,
    rule: Rule,
    { ids, acted }: { ids: Ids; acted: boolean },
  ): Promise<Row[]> {
    const columns = [
      ...Object.entries(rule.by),
      ...(acted ? (rule.acts ?? []).map((column) => [column, "PERSON"] as const) : []),
    ];
    const rows = new Map<string, Row>();
    for (const [column, held] of columns)
      for (const row of await view.rowsOf(
        table,
        column,
        [held].flat().flatMap((kind) => [...(ids.get(kind) ?? [])]) as string[],
        rowsMost,
      ))
        rows.set(keyOrder[table].map((key) => String(row[key])).join(" "), row);
    return [...rows.values()];
  }

  /** Keyed hashes by which some tables know the person. */
  private async addHashes(view: View, ids: Ids): Promise<void> {
    const { vault } = this.bank;
    const volunteers = [...(ids.get("VOLUNTEER") ?? [])] as string[];
    ids.set("CREDIT_FILE", new Set(volunteers.map((id) => readingHashOf(vault, id))));
    const platforms = await view.organizationList(
      { kinds: ["SERVICE_PLATFORM"] },
      { first: platformsMost, after: null },
    );
    const persons = [...(ids.get("PERSON") ?? [])] as string[];
    ids.set(
      "MEMBER",
      new Set(platforms.flatMap(({ id }) => persons.map((personId) => feedbackHashOf(vault, id, personId)))),
    );
  }

  /** Whether the person can have taken steps with what is another's: those tables are long, and read through for it. */
  private async hasActed(view: View, selves: readonly string[]): Promise<boolean> {
    if ([...(await view.grantsOfPersons(selves)).values()].flat().length > 0) return true;
    for (const id of selves) {
      if ((await view.guardianshipsOf(id)).length > 0) return true;
      if (((await view.proxiesOfPersons([id])).get(id) ?? []).length > 0) return true;
      // A recipient confirms the record of the help that they were given.
      if (await view.recipientOfPerson(id)) return true;
    }
    // Everybody may object to a star.
    if ((await view.rowsOf("starSteps", "actorId", selves)).length > 0) return true;
    return false;
  }

  /** What is sealed under the person's key, and why others changed a sign-up: that is the activity's own word, and told. */
  private async wordsOf(view: View, selves: readonly string[], steps: readonly Row[]): Promise<PersonCopy["words"]> {
    const rows: { id: string; seq: number }[] = [];
    for (const id of selves) rows.push(...(await view.sealedOfPerson(id)));
    const own = new Set(rows.map(({ id }) => id));
    for (const { reasonId, seq } of steps)
      if (reasonId !== null && !own.has(reasonId as string)) rows.push({ id: reasonId as string, seq: seq as number });
    const opened = await this.bank.vault.open<unknown>(
      view,
      rows.map(({ id }) => id),
    );
    return rows.flatMap(({ id, seq }) => (opened.has(id) ? [{ id, seq, value: opened.get(id) }] : []));
  }

  private async noticesOf(view: View, personId: string): Promise<object[]> {
    const grants = (await this.bank.held(view, [personId])).get(personId) ?? [];
    const volunteerId = (await view.volunteerOfPerson(personId))?.id ?? null;
    const notices: Notice[] = [];
    for (let after: string | null = null; ; ) {
      const actor = { ...nobody, personId, volunteerId, grants };
      const { edges, pageInfo } = await this.notices.list(actor, null, { first: page, after });
      notices.push(...edges.map(({ node }) => node));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    return notices.map((node) => {
      const { id, kind, action, state, subjectId, about, reason, at, readAt } = node;
      const title = { zh: noticeTitle(node, "zh"), en: noticeTitle(node, "en") };
      return { id, kind, action, state, subjectId, title, about, reason, at, readAt };
    });
  }
}

function without(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column))) as Row;
}

/** The same value with null in the place of each id of another person, and lists without them. */
function withoutOthers<T>(value: T, own: ReadonlySet<unknown>): T {
  const isOthers = (part: unknown) => typeof part === "string" && ofSomebody.test(part) && !own.has(part);
  const shown = (part: unknown): unknown => {
    if (isOthers(part)) return null;
    if (Array.isArray(part)) return part.filter((item) => !isOthers(item)).map(shown);
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([name, field]) => [name, shown(field)]));
  };
  return shown(value) as T;
}
