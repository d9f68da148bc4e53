import type { GraphQLResolveInfo } from "graphql";
import { ArgsType, Ctx, Field, Int, ObjectType, Root } from "type-graphql";
import type { Transfer } from "../../domain/facts/ledger";
import { entriesOf, fromEntries } from "../../domain/kit/entries";
import { type Soon, whenKnown } from "../../domain/kit/soon";
import { accountLabels } from "../../domain/wording/accounts";
import type { StatementLine } from "../../services/ledger";
import type { RecordBrief, StoredRecord } from "../../storage/store";
import type { Context, Language } from "../kit/context";
import { Output, type Row } from "../kit/fields";
import { type Counted, PageArgs, PageInfo, totalCountField } from "../kit/paging";
import { DateScalar, DateTimeScalar, MinutesScalar, microsText, SeqScalar } from "../kit/scalars";
import { asksFor, fieldsAsked } from "../kit/selection";
import { PolicyVersionType, ruleName } from "../policies";
import { AccountKind, DateAxis, EntryKind } from "./enums";

@ObjectType({ description: "The account on the other side of a line." })
export class Counterparty {
  @Output(() => AccountKind, { description: "The purpose of the other account." }) kind: AccountKind;
  @Output(() => String, { description: "The name of the other account that people read; never the name of a person." })
  label: string;
}

@ObjectType({ description: "A rule under which a line was made." })
export class Explanation {
  @Output(() => String, { description: "The name of the rule, in the language of Accept-Language." }) rule: string;
  @Output(() => String, { description: "The clause or document from which the rule is taken." }) clause: string;
  @Output(() => PolicyVersionType, { description: "The version of the rule under which the line was made." })
  policyVersion: Row<PolicyVersionType>;
}

@ObjectType({ description: "Refers to a line of the ledger by its position." })
export class EntryRef {
  @Output(() => SeqScalar, { description: "The position of the line in the bank's journal." }) seq: number;
}

@ObjectType("StatementLine", { description: "A line of an account's statement: a transfer that touches the account." })
export class StatementLineType {
  @Output(() => SeqScalar, { description: "The position of the line in the bank's journal." })
  seq(@Root() line: StatementLine) {
    return line.entry.seq;
  }
  @Output(() => EntryKind, { description: "The reason for which the line stands in the account." })
  kind(@Root() line: StatementLine) {
    return line.transfer.kind;
  }
  @Output(() => MinutesScalar, {
    description: "The minutes that the line adds to the posted balance; 0 for a hold and its release.",
  })
  minutes(@Root() line: StatementLine) {
    return line.entry.minutes;
  }
  @Output(() => MinutesScalar, {
    description: "The minutes that the line adds to those set aside; below 0 they are free again.",
  })
  heldMinutes(@Root() line: StatementLine) {
    return line.entry.held;
  }
  @Output(() => MinutesScalar, {
    description: "The posted balance after this line in minutes, in the order of the statement.",
  })
  runningMinutes: number;
  @Output(() => DateScalar, { description: "The civil day of the service: the one on which its last minute lies." })
  effectiveOn(@Root() line: StatementLine) {
    return line.entry.effectiveOn;
  }
  @Output(() => DateTimeScalar, { description: "The instant at which the bank recorded the line, to the microsecond." })
  recordedAt(@Root() line: StatementLine) {
    return microsText(line.recordedAt);
  }
  @Output(() => Counterparty, { description: "The account on the other side of the transfer." })
  counterparty(@Root() line: StatementLine, @Ctx() { loaders, language }: Context) {
    return whenKnown(loaders.kind.load(line.entry.counterpartyId), (kind) => counterpartyOf(kind, language));
  }
  @Output(() => [Explanation], { description: "The rules under which the line was made." })
  explanation(@Root() { transfer }: StatementLine, @Ctx() context: Context) {
    return explanationOf(transfer, context);
  }
  @Output(() => EntryRef, { nullable: true, description: "The line that reversed this one; null while it stands." })
  reversedBy(@Root() { reversedBySeq }: StatementLine) {
    return reversedBySeq === null ? null : { seq: reversedBySeq };
  }
}

/** Which lines of an account are asked for. */
@ArgsType()
export class StatementArgs extends PageArgs {
  @Field(() => DateAxis, { description: "The date that orders and bounds the lines." }) axis: "EFFECTIVE" | "RECORDED";
  @Field(() => DateScalar, {
    nullable: true,
    description: "The first civil day, which is included; from the beginning where left out.",
  })
  from?: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The last civil day, which is included; without an end where left out.",
  })
  to?: string | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "How many lines to list from the front, 0 to 500. Exactly one of `first` and `last` is needed, else INVALID_INPUT.",
  })
  override first?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "How many lines to list from the end, 0 to 500; they stand in the order of the list.",
  })
  override last?: number | null;
}

@ObjectType({ description: "A line of a statement, with its cursor." })
export class StatementEdge {
  @Output(() => String, { description: "The position of this edge in the statement." })
  cursor: string;
  @Output(() => StatementLineType, { description: "The line of the statement that stands at this position." })
  node: Row<StatementLineType>;
}

@ObjectType("Statement", {
  description: "The lines of an account between two civil days, in the order of one of the two dates.",
})
export class StatementType {
  @Output(() => MinutesScalar, { description: "The posted balance before the first civil day, in minutes." })
  openingMinutes: number;
  @Output(() => MinutesScalar, { description: "The posted balance after the last civil day, in minutes." })
  closingMinutes: number;
  @Output(() => [StatementEdge], { description: "The lines of this page, in the order of the statement." })
  edges: readonly Row<StatementEdge>[];
  @Output(() => PageInfo, { description: "The place of the page in its list, with the cursors for the next page." })
  pageInfo: Row<PageInfo>;
  @Output(() => Int, totalCountField) totalCount(@Root() page: Counted) {
    return page.totalCount();
  }
}

export async function reversedByOf(seq: number, loaders: Context["loaders"]): Promise<EntryRef | null> {
  const reversal = await loaders.reversal.load(seq);
  return reversal === null ? null : { seq: reversal };
}

/**
 * What a line gave for its record, or took back: what issuance gave or got, to the volunteer's account or, above the cap, to
 * another. Setting credit aside and freeing it gives nothing, nor does what comes back from above the cap.
 */
export function givenMinutes({ phase, minutes }: Transfer, kinds: { from: AccountKind; to: AccountKind }): number {
  if (phase !== "POSTED" && phase !== "REVERSAL") return 0;
  return (kinds.from === "ISSUANCE" ? minutes : 0) - (kinds.to === "ISSUANCE" ? minutes : 0);
}

/** What an account is for, as the other side of a line shows it. Lines share it, and an answer writes it once. */
export function counterpartyOf(kind: AccountKind, language: Language): Counterparty {
  return counterparties[language][kind];
}

const counterpartiesIn = (language: Language): Record<AccountKind, Counterparty> =>
  fromEntries(entriesOf(accountLabels).map(([kind, label]) => [kind, { kind, label: label[language] }]));
const counterparties = { zh: counterpartiesIn("zh"), en: counterpartiesIn("en") };

/** By the loaders of an answer: lines under the same rules share their explanation, and the answer writes it once. */
const explained = new WeakMap<Context["loaders"], Map<string, Explanation[]>>();

/** The rules that a transfer was made under. */
export function explanationOf(
  { policyIds }: Pick<Transfer, "policyIds">,
  { loaders, language }: Pick<Context, "loaders" | "language">,
): Soon<Explanation[]> {
  const known = explained.get(loaders) ?? new Map<string, Explanation[]>();
  explained.set(loaders, known);
  const rules = policyIds.join();
  return (
    known.get(rules) ??
    whenKnown(loaders.policy.loadMany(policyIds), (versions) => {
      const explanation = versions.flatMap((version) =>
        version ? [{ rule: ruleName(version.key, language), clause: version.citation, policyVersion: version }] : [],
      );
      known.set(rules, explanation);
      return explanation;
    })
  );
}

/** A line with its record, where the operation asks for it. */
export interface ShownLine extends StatementLine {
  readonly record?: StoredRecord | null;
}

const pathToRecord = ["edges", "node", "serviceRecord"];
/** The fields of a record that a brief answers. */
const ofBrief: readonly string[] = ["__typename", "id", "serviceType", "organization"];

/** Loads what stands behind the lines, for all of them at once: no line waits for it by itself. */
export async function loadTogether(
  lines: readonly StatementLine[],
  loaders: Context["loaders"],
  info: GraphQLResolveInfo,
): Promise<readonly ShownLine[]> {
  await loaders.kind.loadMany([...new Set(lines.map(({ entry }) => entry.counterpartyId))]);
  await loaders.policy.loadMany([...new Set(lines.flatMap(({ transfer }) => transfer.policyIds))]);
  if (!asksFor(info, pathToRecord)) return lines;
  const isBrief = [...fieldsAsked(info, pathToRecord)].every((name) => ofBrief.includes(name));
  const ids = lines.flatMap(({ transfer }) => transfer.recordId ?? []);
  const records = isBrief ? await loaders.recordBrief.loadMany(ids) : await loaders.record.loadMany(ids);
  const seen = new Map<string, RecordBrief>();
  for (const record of records) if (record) seen.set(record.id, record);
  await loaders.organization.loadMany([...new Set([...seen.values()].map(({ organizationId }) => organizationId))]);
  await loaders.serviceType.loadMany([...new Set([...seen.values()].map(({ serviceType }) => serviceType))]);
  return lines.map((line) => ({
    // A cast: a brief has all that is asked for.
    record: (seen.get(line.transfer.recordId ?? "") as StoredRecord | undefined) ?? null,
    ...line,
  }));
}
