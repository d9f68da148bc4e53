import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { confirmationsOf, referenceOf } from "../domain/hours";
import { type Instant, isDay } from "../domain/kit/calendar";
import { personalIn } from "../domain/people/numbers";
import { system } from "../domain/permissions/actors";
import type { Connection } from "../services/bank/answers";
import { writeCsv } from "../services/exchange/csv";
import { type OpenBank, Stop, type Terminal } from "./output";

type Cells = (string | number | null)[];

/** Where an export goes: into the file, or else to standard output. */
export interface Target {
  out?: string;
  terminal: Terminal;
}

/** The journal as it stands, one JSON object a line: enough to hash every leaf again without us. */
export async function exportJournal({ options }: OpenBank, to: Target): Promise<void> {
  await options.store.snapshot(async (view) => {
    async function* lines() {
      for (let after = -1; ; ) {
        const rows = await view.journalAfter(after, 1000);
        for (const { seq, kind, recordedAt, body, leaf } of rows)
          yield `${JSON.stringify({ seq, kind, recordedAt, body: body.toString("base64"), leaf: leaf.toString("hex") })}\n`;
        const last = rows.at(-1);
        if (!last) return;
        after = last.seq;
      }
    }
    await deliver(Readable.from(lines()), to);
  });
}

/**
 * An organisation's records without personal data: the volunteer stands there by number. A reference that may hold a name is
 * left out; the API shows it to readers who may see the record.
 */
export async function exportRecords({ options, services }: OpenBank, slug: string, to: Target): Promise<void> {
  const organization = (await options.store.view.organizationBySlug(slug)) ?? stop(`no organisation ${slug}`);
  const columns = [
    "record_id",
    "external_ref",
    "volunteer_no",
    "service_type",
    "started_at",
    "ended_at",
    "break_minutes",
    "service_minutes",
    "credited_minutes",
    "origin",
    "state",
    "confirmations",
    "confirmations_needed",
    "record_by",
  ];
  async function* rows(): AsyncGenerator<Cells> {
    const filter = { organizationId: organization.id };
    for await (const records of pages((page) => services.hours.reading.list(system, filter, "RECORDED_AT", page))) {
      const volunteers = await services.volunteers.sight.many(
        system,
        records.map((record) => record.volunteerId),
      );
      const details = await services.hours.reading.details(
        system,
        records.map(({ id }) => id),
      );
      const steps = await services.hours.reading.steps(
        system,
        records.map(({ id }) => id),
      );
      for (const [i, record] of records.entries())
        yield [
          record.id,
          impersonal(referenceOf(record, details[i] ?? null)),
          volunteers[i]?.volunteerNo ?? null,
          record.serviceType,
          local(record.startedAt),
          local(record.endedAt),
          record.breakMinutes,
          record.serviceMinutes,
          record.creditedMinutes,
          record.origin,
          record.state,
          confirmationsOf(steps[i] ?? []).length,
          record.confirmationsNeeded,
          record.recordBy,
        ];
    }
  }
  await csv(columns, rows(), to);
}

/** A reference of plain letters and signs with a digit that holds no person's number or mail; any other text may be a name. */
function impersonal(reference: string | null): string | null {
  const isPlain = reference !== null && /^(?=.*\d)[\x20-\x7e]*$/.test(reference);
  return isPlain && personalIn(reference) === null ? reference : null;
}

export interface StatementOptions {
  volunteerNo: string;
  axis: "effective" | "recorded";
  from?: string;
  to?: string;
}

/** A volunteer's statement, line by line with the running balance. */
export async function exportStatement(
  { options, services }: OpenBank,
  wanted: StatementOptions,
  to: Target,
): Promise<void> {
  for (const day of [wanted.from, wanted.to])
    if (day !== undefined && !isDay(day))
      throw new Stop(`INVALID_INPUT: ${day} is not a day such as 2026-09-20`, "WRONG_USAGE");
  const volunteer = await options.store.view.volunteerByNo(wanted.volunteerNo);
  const accountId = volunteer?.accountId ?? stop(`no volunteer ${wanted.volunteerNo}`);
  const columns = [
    "seq",
    "effective_on",
    "recorded_at",
    "kind",
    "minutes",
    "held",
    "running_minutes",
    "record_id",
    "policies",
  ];
  const input = { axis: wanted.axis.toUpperCase() as "EFFECTIVE" | "RECORDED", from: wanted.from, to: wanted.to };
  async function* rows(): AsyncGenerator<Cells> {
    for (let after: string | null = null; ; ) {
      const { lines, pageInfo } = await services.ledger.statement(system, accountId, { ...input, first: 500, after });
      for (const { entry, transfer, runningMinutes, recordedAt } of lines)
        yield [
          entry.seq,
          entry.effectiveOn,
          local(Math.floor(recordedAt / 1000)),
          transfer.kind,
          entry.minutes,
          entry.held,
          runningMinutes,
          transfer.recordId,
          transfer.policyIds.join(" "),
        ];
      if (!pageInfo.hasNextPage) return;
      after = pageInfo.endCursor;
    }
  }
  await csv(columns, rows(), to);
}

async function* pages<T>(
  ask: (page: { first: number; after: string | null }) => Promise<Connection<T>>,
): AsyncGenerator<T[]> {
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo } = await ask({ first: 100, after });
    yield edges.map((edge) => edge.node);
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

async function csv(columns: string[], rows: AsyncIterable<Cells>, to: Target): Promise<void> {
  const table = writeCsv(columns);
  await Promise.all([pipeline(Readable.from(rows, { objectMode: true }), table), deliver(table, to)]);
}

/** Writes to standard output, or to a file that appears only when it is complete. */
async function deliver(source: NodeJS.ReadableStream, { out, terminal }: Target): Promise<void> {
  if (out === undefined) {
    if (terminal.isClosed())
      throw new Stop("standard output is closed, so nothing was written: name a file by --out", "BAD_FILE");
    return pipeline(source, terminal.stdout, { end: false });
  }
  try {
    await pipeline(source, createWriteStream(`${out}.part`, { flags: "wx" }));
    await rename(`${out}.part`, out);
  } catch (error) {
    await rm(`${out}.part`, { force: true });
    throw new Stop(`cannot write ${out}: ${(error as Error).message}`, "BAD_FILE");
  }
}

/** An instant as the station's clock showed it. */
function local(instant: Instant): string {
  return `${new Date(instant + 28_800_000).toISOString().slice(0, 19)}+08:00`;
}

function stop(message: string): never {
  throw new Stop(message);
}
