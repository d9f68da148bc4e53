import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { TestBank } from "../test/support/bank";
import { openFillable, registerVolunteers, serveDays, wholeBatches } from "./filling";

/**
 * How long the audit of a large bank takes, and how much memory. `npm run bench:audit` fills a bank of its own with 110,000
 * service records and audits it as an operator does: by `goodhours audit` in a process of its own. `-- 20000` takes fewer
 * records, `-- 20000 postgres` fills PostgreSQL. Filling takes most of the time, so `--keep` leaves the bank where it is and
 * prints its settings, with which `npm run bench:audit -- --existing` audits it again, as it does any bank of the
 * environment's settings.
 */
const volunteersMost = 2_000;
type Settings = Readonly<Record<string, string | undefined>>;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { existing: { type: "boolean", default: false }, keep: { type: "boolean", default: false } },
  });
  const [count = "110000", kind = "sqlite"] = positionals;
  const [cpu] = cpus();
  print(`${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`);
  if (values.existing) return report(await audited({}));
  const records = wholeBatches(Number(count));
  const { bank, close } = await openFillable(kind);
  try {
    await serveDays(
      bank,
      records,
      await registerVolunteers(bank, records, volunteersMost),
      async (recordIds, batch) => {
        // One record of a hundred is taken back.
        const recordId = recordIds[batch % recordIds.length] as string;
        await bank.services.hours.reverse(bank.second, { idempotencyKey: bank.key(), recordId, reason: "重复登记" });
      },
    );
    await bank.store.sweep();
    report(await audited(settingsOf(bank)));
    if (!values.keep) return;
    await bank.store.close();
    print(
      Object.entries(settingsOf(bank))
        .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`))
        .join(" "),
    );
  } finally {
    if (!values.keep) await close();
  }
}

function settingsOf({ ground, options }: TestBank): Settings {
  return {
    DATABASE_URL: ground.where.startsWith("postgres") ? ground.where : `file:${ground.where}`,
    BANK: ground.where.startsWith("postgres") ? "bank" : undefined,
    GOODHOURS_SECRET: options.secret.toString("hex"),
    ORIGIN: options.origin,
    TOKEN_ISSUER: options.issuer ?? undefined,
  };
}

interface Audited {
  report: { entries: number; findings: object[] };
  seconds: number;
  processorSeconds: number;
  megabytes: number;
}
function report({ report: { entries, findings }, seconds, processorSeconds, megabytes }: Audited): void {
  const perSecond = Math.round(entries / seconds);
  print(`${entries} entries, ${findings.length} findings`);
  print(`${seconds.toFixed(1)} s, ${perSecond} entries a second, ${megabytes} MB at most`);
  print(
    `${processorSeconds.toFixed(1)} s of processor time, ${((processorSeconds / entries) * 1e6).toFixed(0)} µs an entry`,
  );
}

/** Loaded before a program: writes at its end what it took, as the kernel counted it. */
const taken = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();" +
    " process.stderr.write(['took', maxRSS, 'kB', userCPUTime + systemCPUTime, 'us'].join(' ')); })",
)}`;

/** Runs `goodhours audit` with these settings, and reads its report and what it took. */
function audited(settings: Settings): Promise<Audited> {
  const started = performance.now();
  const main = join(__dirname, "../src/main");
  // From a build, as it is installed, or from the sources.
  const program = existsSync(`${main}.js`) ? [`${main}.js`] : ["--import", "tsx", `${main}.ts`];
  const child = spawn(process.execPath, ["--import", taken, ...program, "audit", "--json"], {
    env: { ...process.env, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, error]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (part: Buffer) => out.push(part));
  child.stderr.on("data", (part: Buffer) => error.push(part));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const seconds = (performance.now() - started) / 1000;
      const written = Buffer.concat(error).toString("utf8");
      const took = /took (\d+) kB (\d+) us/.exec(written);
      if (code !== 0 || !took) return reject(new Error(`goodhours audit ended with ${code}: ${written}`));
      const [, kilobytes, microseconds] = took;
      resolve({
        report: JSON.parse(Buffer.concat(out).toString("utf8")),
        seconds,
        processorSeconds: Number(microseconds) / 1e6,
        megabytes: Math.round(Number(kilobytes) / 1024),
      });
    });
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
