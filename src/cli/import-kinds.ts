import { randomUUID } from "node:crypto";
import type { Organization } from "../domain/facts/organizations";
import { invariant } from "../domain/kit/invariant";
import { Refusal } from "../domain/kit/refusal";
import type { Actor } from "../domain/permissions/actors";
import type { BatchMode, BatchOf } from "../services/bank/answers";
import { linesMost } from "../services/bank/batch";
import { InvalidCell, named } from "../services/exchange/cells";
import { type ImportName, importColumns } from "../services/exchange/columns";
import { type Columns, type CsvRow, readCsv } from "../services/exchange/csv";
import { toDivision } from "../services/exchange/divisions.csv";
import { toHoursEntry } from "../services/exchange/hours.csv";
import { toOrganization } from "../services/exchange/organizations.csv";
import { toStaff } from "../services/exchange/staff.csv";
import { toRegistration } from "../services/exchange/volunteers.csv";
import type { StaffLine } from "../services/people/staff";
import type { InvitationsFile } from "./import-invitations";
import type { Outcome, Tally } from "./import-tally";
import type { Wording } from "./import-words";
import type { OpenBank } from "./output";

/** The facts that every batch of one import shares. */
export interface Run {
  bank: OpenBank;
  actor: Actor;
  organization: Organization | null;
  /** The issuer of the subjects where a row names none; null where the settings name none either. */
  issuer: string | null;
  /** The file for the codes of people who have no way to sign in. */
  invitations: InvitationsFile;
  wording: Wording;
  mode: BatchMode;
  dryRun: boolean;
}
interface Spec<C> {
  columns: Columns;
  /** The text by which a refused row is known again. */
  keyColumn: string;
  batchSize: number;
  /** How many rows may be kept together, or not at all. */
  allMost: number;
  /** How many rows a file may have. */
  rowsMost?: number;
  /** Whether rows without a subject are invited. */
  invites?: true;
  /** On a demo the first holder of this role imports, where no person is named. */
  demoRole?: string;
  read(cells: CsvRow["cells"]): C;
  /** The results of a batch, row by row; `unread` further rows of it cannot be read. */
  work(run: Run, commands: C[], unread: number): Promise<Outcome[]>;
}
/** What can be imported. */
export interface ImportKind extends Pick<Spec<never>, "columns" | "keyColumn" | "allMost" | "invites"> {
  rowsMost: number;
  demoRole: string | null;
  run(run: Run, file: string, tally: Tally): Promise<void>;
}

/** A list that is planned as a whole, since its rows may stand in any order. */
const listMost = 10_000;

export const importKinds = {
  divisions: kind({
    columns: importColumns.divisions,
    keyColumn: "code",
    batchSize: listMost,
    allMost: listMost,
    rowsMost: listMost,
    read: toDivision,
    work: ({ bank, actor, ...run }, divisions, unread) =>
      batched(run, unread, (batch) => bank.services.divisions.set(actor, { ...batch, divisions }, listMost)),
  }),
  organizations: kind({
    columns: importColumns.organizations,
    keyColumn: "slug",
    batchSize: 500,
    allMost: linesMost,
    read: toOrganization,
    work: async ({ bank, actor, ...run }, lines, unread) => {
      const kinds = (await bank.services.policies.current()).villageKinds(bank.services.today());
      const organizations = lines.map((line) => ({ ...line, villageKind: codeOf(kinds, line.villageKind) }));
      return batched(run, unread, (batch) =>
        bank.services.organizations.registerAll(actor, { ...batch, organizations }),
      );
    },
  }),
  staff: kind({
    columns: importColumns.staff,
    keyColumn: "display_name",
    batchSize: 500,
    allMost: linesMost,
    read: toStaff,
    invites: true,
    work: (run, lines, unread) =>
      batched(run, unread, async (batch) => {
        const staff = lines.map((line) => ({ ...line, issuer: line.issuer ?? run.issuer }));
        const answer = await run.bank.services.staff.register(run.actor, { ...batch, staff });
        if (!batch.dryRun)
          await run.invitations.add(
            run,
            answer.results.flatMap(({ record, repeated }, i) =>
              record && !repeated ? [{ line: staff[i] as StaffLine, grant: record }] : [],
            ),
          );
        return answer;
      }),
  }),
  volunteers: kind({
    columns: importColumns.volunteers,
    keyColumn: "volunteer_no",
    batchSize: 500,
    allMost: 0,
    demoRole: "station-worker",
    read: toRegistration,
    work: async (run, commands) => {
      const numbers = commands.map(({ volunteerNo }) => volunteerNo ?? "");
      const known = await run.bank.options.store.view.volunteersByNo(numbers);
      return Promise.all(
        commands.map(async (command, i) => {
          // A row whose number is taken is hardly new: it is tried first, since an answer under a key would be kept for ever.
          const tried = known.has(numbers[i] as string) && (await register({ ...run, dryRun: true }, command));
          return tried && tried !== "accepted" ? tried : register(run, command);
        }),
      );
    },
  }),
  hours: kind({
    columns: importColumns.hours,
    keyColumn: "external_ref",
    batchSize: 500,
    allMost: linesMost,
    demoRole: "station-worker",
    read: toHoursEntry,
    work: async ({ bank, actor, organization, ...run }, lines, unread) => {
      invariant(organization, "hours are logged at an organisation");
      const services = await bank.services.policies.catalogue();
      const entries = lines.map((line) => ({ ...line, serviceType: codeOf(services, line.serviceType) }));
      return batched(run, unread, (batch) =>
        bank.services.hours.log(actor, { ...batch, organizationId: organization.id, entries }),
      );
    },
  }),
} as const satisfies Record<ImportName, ImportKind>;

function kind<C>({ rowsMost, demoRole, ...spec }: Spec<C>): ImportKind {
  return {
    ...spec,
    rowsMost: rowsMost ?? Number.POSITIVE_INFINITY,
    demoRole: demoRole ?? null,
    run: (run, file, tally) => eachBatch(spec, run, file, tally),
  };
}

async function eachBatch<C>(spec: Spec<C>, run: Run, file: string, tally: Tally): Promise<void> {
  const size = run.mode === "ALL_OR_NOTHING" ? spec.allMost : spec.batchSize;
  let commands = new Map<CsvRow, C>();
  // Rows that cannot be read wait for their batch, so that refusals stand in the order of the file.
  let unread = new Map<CsvRow, Outcome>();
  let rows: CsvRow[] = [];
  const flush = async () => {
    const outcomes = commands.size > 0 ? await spec.work(run, [...commands.values()], unread.size) : [];
    const outcomeOf = new Map([...commands.keys()].map((row, i) => [row, outcomes[i] as Outcome]));
    for (const row of rows) await tally.count(row, (unread.get(row) ?? outcomeOf.get(row)) as Outcome);
    [commands, rows, unread] = [new Map(), [], new Map()];
  };
  for await (const row of readCsv(file, spec.columns)) {
    rows.push(row);
    try {
      commands.set(row, spec.read(row.cells));
    } catch (error) {
      if (!(error instanceof InvalidCell)) throw error;
      unread.set(row, run.wording.of(error));
    }
    if (rows.length === size) await flush();
  }
  await flush();
}

/** The code of an entry of the office's list that a file calls by its name. Another text stays as it is, and is refused. */
function codeOf<T extends string | null | undefined>(
  list: readonly { code: string; label: string; labelEn: string }[],
  text: T,
): T | string {
  const words = Object.fromEntries(list.map(({ code, label, labelEn }) => [code, [label, labelEn]]));
  return text ? (named(text, words) ?? text) : text;
}

/** Sends a batch under a key of its own: a row repeats by its content, never by a key. */
async function batched<T>(
  { mode, dryRun, wording }: Pick<Run, "mode" | "dryRun" | "wording">,
  unread: number,
  work: (batch: { idempotencyKey: string; mode: BatchMode; dryRun: boolean }) => Promise<BatchOf<T>>,
): Promise<Outcome[]> {
  // A row that cannot be read is a bad row too: then no row is kept, and each line says what else is wrong with it.
  const spoilt = mode === "ALL_OR_NOTHING" && unread > 0;
  const { results } = await work({ idempotencyKey: `import-${randomUUID()}`, mode, dryRun: dryRun || spoilt });
  return results.map(({ refusal, repeated }) => {
    if (refusal) return wording.of(refusal);
    if (spoilt) return wording.of(new Refusal("LINKED_FAILED"));
    return repeated ? "repeated" : "accepted";
  });
}

async function register(
  { bank, actor, organization, wording, dryRun }: Run,
  command: ReturnType<typeof toRegistration>,
): Promise<Outcome> {
  try {
    await bank.services.volunteers.register(actor, {
      ...command,
      idempotencyKey: `import-${randomUUID()}`,
      organizationId: organization?.id,
      dryRun,
    });
    return "accepted";
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === "DUPLICATE_VOLUNTEER_NO" && error.details.same === true ? "repeated" : wording.of(error);
  }
}
