import { randomUUID } from "node:crypto";
import type { Actor } from "../domain/actors";
import type { Organization } from "../domain/organizations";
import { Refusal, refusals } from "../domain/refusal";
import type { LogEntry } from "../services/contract";
import { InvalidCell } from "../services/exchange/cells";
import { type CsvRow, checkCsv, readCsv, UnreadableFile } from "../services/exchange/csv";
import { hoursColumns, toHoursEntry } from "../services/exchange/hours.csv";
import { RefusedFile } from "../services/exchange/refused.csv";
import { toRegistration, volunteersColumns } from "../services/exchange/volunteers.csv";
import { type OpenBank, progress, progressDone, Stop } from "./output";
import { personFor } from "./token";

export interface ImportOptions {
  organization: string;
  as: string;
  mode: "each" | "all";
  dryRun: boolean;
}

export interface ImportSummary {
  file: string;
  rows: number;
  accepted: number;
  repeated: number;
  refused: number;
  refusedByCode: Record<string, number>;
  refusedFile: string | null;
  dryRun: boolean;
}

const batchSize = 500;
const allMax = 1000;

type Outcome = "accepted" | "repeated" | { code: string; reason: string };
interface Line<C> {
  row: CsvRow;
  command: C;
}

/** Reads a file as commands the API takes; a row that is refused goes beside the file, the rest is kept. */
export async function importFile(
  bank: OpenBank,
  kind: "volunteers" | "hours",
  file: string,
  options: ImportOptions,
): Promise<ImportSummary> {
  const columns = kind === "hours" ? hoursColumns : volunteersColumns;
  const { rows } = await checkCsv(file, { required: columns }).catch((error: unknown) => {
    if (error instanceof UnreadableFile) throw new Stop(`${error.code}: ${error.message}`, 2);
    throw error;
  });
  const view = bank.options.store.view;
  const organization =
    (await view.organizationBySlug(options.organization)) ?? stop(`no organisation ${options.organization}`);
  const personId = await personFor(view, {
    as: options.as,
    organization: options.as === "officer" ? undefined : options.organization,
  });
  const actor = await bank.services.people.actorOfPerson(personId);
  if (options.mode === "all" && rows > allMax)
    throw new Stop(`BATCH_TOO_LARGE: --mode all takes at most ${allMax} rows`, 2);
  const tally = new Tally(file, kind === "hours" ? "external_ref" : "volunteer_no", rows, options.dryRun);
  await tally.begin();
  if (kind === "hours")
    await eachBatch(file, toHoursEntry, options.mode === "all" ? allMax : batchSize, tally, (lines, unread) =>
      logHours(bank, actor, organization, options, lines, unread),
    );
  else
    await eachBatch(file, toRegistration, batchSize, tally, (lines) =>
      register(bank, actor, organization, options, lines),
    );
  return tally.end();
}

async function eachBatch<C>(
  file: string,
  read: (cells: CsvRow["cells"]) => C,
  size: number,
  tally: Tally,
  work: (lines: Line<C>[], unread: number) => Promise<Outcome[]>,
): Promise<void> {
  let lines: Line<C>[] = [];
  // Rows that cannot be read wait for their batch, so that refusals are told in the file's own order.
  let unread = new Map<CsvRow, Outcome>();
  let rows: CsvRow[] = [];
  const flush = async () => {
    const outcomes = lines.length > 0 ? await work(lines, unread.size) : [];
    const told = new Map(lines.map((line, i) => [line.row, outcomes[i] as Outcome]));
    for (const row of rows) await tally.count(row, (unread.get(row) ?? told.get(row)) as Outcome);
    [lines, rows, unread] = [[], [], new Map()];
  };
  for await (const row of readCsv(file)) {
    rows.push(row);
    try {
      lines.push({ row, command: read(row.cells) });
    } catch (error) {
      if (!(error instanceof InvalidCell)) throw error;
      unread.set(row, { code: "INVALID_INPUT", reason: error.message });
    }
    if (rows.length === size) await flush();
  }
  await flush();
}

async function logHours(
  bank: OpenBank,
  actor: Actor,
  organization: Organization,
  options: ImportOptions,
  lines: Line<LogEntry>[],
  unread: number,
): Promise<Outcome[]> {
  const mode = options.mode === "all" ? "ALL_OR_NOTHING" : "EACH";
  // A row that cannot be read is a bad row too: then none is kept, and each learns what else is wrong with it.
  const spoilt = mode === "ALL_OR_NOTHING" && unread > 0;
  const answer = await bank.services.hours.log(actor, {
    idempotencyKey: `import-${randomUUID()}`,
    organizationId: organization.id,
    mode,
    dryRun: options.dryRun || spoilt,
    entries: lines.map((line) => line.command),
  });
  return answer.results.map((line) => {
    if (line.refusal) return told(line.refusal);
    if (spoilt) return told(new Refusal("LINKED_FAILED"));
    return line.repeated ? "repeated" : "accepted";
  });
}

async function register(
  bank: OpenBank,
  actor: Actor,
  organization: Organization,
  options: ImportOptions,
  lines: Line<ReturnType<typeof toRegistration>>[],
): Promise<Outcome[]> {
  return Promise.all(
    lines.map(async ({ command }): Promise<Outcome> => {
      try {
        await bank.services.volunteers.register(actor, {
          ...command,
          idempotencyKey: `import-${randomUUID()}`,
          organizationId: organization.id,
          dryRun: options.dryRun,
        });
        return "accepted";
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return error.code === "DUPLICATE_VOLUNTEER_NO" && error.details.same === true ? "repeated" : told(error);
      }
    }),
  );
}

function told(refusal: Refusal): Outcome {
  const { code, path } = refusal;
  return { code, reason: `${refusals[code].zh}${path.length > 0 ? ` (${path.join(".")})` : ""}` };
}

class Tally {
  private readonly refusedFile: RefusedFile;
  private accepted = 0;
  private repeated = 0;
  private readonly byCode = new Map<string, number>();

  constructor(
    private readonly file: string,
    private readonly keyColumn: string,
    private readonly rows: number,
    private readonly dryRun: boolean,
  ) {
    this.refusedFile = new RefusedFile(file, keyColumn);
  }

  begin(): Promise<void> {
    return this.refusedFile.begin();
  }

  async count({ row, line, cells }: CsvRow, outcome: Outcome): Promise<void> {
    if (outcome === "accepted") this.accepted += 1;
    else if (outcome === "repeated") this.repeated += 1;
    else {
      this.byCode.set(outcome.code, (this.byCode.get(outcome.code) ?? 0) + 1);
      await this.refusedFile.add({ row, line, key: cells[this.keyColumn] ?? "", ...outcome });
    }
    if (row % 500 === 0) progress(`${row} of ${this.rows} rows`);
  }

  async end(): Promise<ImportSummary> {
    progressDone();
    const refused = [...this.byCode.values()].reduce((sum, count) => sum + count, 0);
    const refusedByCode = Object.fromEntries([...this.byCode].sort(([a], [b]) => (a < b ? -1 : 1)));
    return {
      file: this.file,
      rows: this.rows,
      accepted: this.accepted,
      repeated: this.repeated,
      refused,
      refusedByCode,
      refusedFile: await this.refusedFile.end(),
      dryRun: this.dryRun,
    };
  }
}

function stop(message: string): never {
  throw new Stop(message);
}
