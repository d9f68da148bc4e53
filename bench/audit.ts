import { spawn } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import type { TestBank } from "../test/support/bank";
import { openBank } from "../test/support/bank";
import { engines, origin } from "../test/support/engines";

/**
 * How long the audit of a large bank takes, and how much memory. `npm run bench:audit` fills a bank of its own with 110,000
 * service records, which are more than 550,000 entries, and audits it as an operator does: by `goodhours audit` in a process
 * of its own. `npm run bench:audit -- 20000` takes fewer records. Filling takes most of the time.
 */
const batch = 100;
const volunteersMost = 2_000;

async function main(): Promise<void> {
  const [count = "110000"] = process.argv.slice(2);
  const engine = engines.find(({ kind }) => kind === "sqlite");
  if (!engine) throw new Error("no engine for SQLite");
  const bank = await openBank(engine, "2026-01-04T20:00:00+08:00");
  try {
    const batches = Math.ceil(Number(count) / batch);
    const volunteers = Math.min(volunteersMost, batches * batch);
    for (let i = 0; i < volunteers; i++) await bank.volunteer(`V-${i}`);
    await fill(bank, batches, volunteers);
    await bank.store.close();
    const { report, seconds, megabytes } = await audited(bank);
    const perSecond = Math.round(report.entries / seconds);
    const [cpu] = cpus();
    print(`${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`);
    print(`${report.entries} entries, ${report.findings.length} findings`);
    print(`${seconds.toFixed(1)} s, ${perSecond} entries a second, ${megabytes} MB at most`);
  } finally {
    await bank.ground.remove();
  }
}

/** Each volunteer serves once a day; the station logs the day and confirms it, and one record of a hundred is taken back. */
async function fill(bank: TestBank, batches: number, volunteers: number): Promise<void> {
  const { hours } = bank.services;
  for (let i = 0; i < batches; i++) {
    const day = new Date(Date.UTC(2026, 0, 5 + Math.floor((i * batch) / volunteers))).toISOString().slice(0, 10);
    bank.setClock(`${day}T20:00:00+08:00`);
    const entries = Array.from({ length: batch }, (_, n) => {
      const startedAt = Date.parse(`${day}T09:00:00+08:00`) + n * 60_000;
      return {
        volunteerNo: `V-${(i * batch + n) % volunteers}`,
        serviceType: "COMPANION_TALK",
        startedAt,
        endedAt: startedAt + (60 + (n % 5) * 15) * 60_000,
        breakMinutes: 0,
        externalRef: `station-2026-${i * batch + n}`,
        place: "枫桥镇和平村居家养老服务中心",
        content: "陪老人聊天、量血压、打扫房间",
        activityLead: "负责人",
      };
    });
    const logged = await hours.log(bank.worker, {
      idempotencyKey: bank.key(),
      organizationId: bank.station.id,
      mode: "EACH",
      dryRun: false,
      entries,
    });
    const recordIds = logged.results.flatMap(({ record }) => record?.id ?? []);
    const confirmed = await hours.confirm(bank.supervisor, { idempotencyKey: bank.key(), recordIds, mode: "EACH" });
    if (confirmed.accepted !== batch) throw new Error(`batch ${i}: ${confirmed.accepted} of ${batch} were posted`);
    const recordId = recordIds[i % batch] as string;
    await hours.reverse(bank.second, { idempotencyKey: bank.key(), recordId, reason: "重复登记" });
    if (i % 50 === 49) process.stderr.write(`\r\u001b[K${(i + 1) * batch} of ${batches * batch} records`);
  }
  process.stderr.write("\r\u001b[K");
}

/** Loaded before a program: says at its end how much memory it held at most, as the kernel counted it. */
const peak =
  "data:text/javascript,process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS} kB\\n`))";

/** Runs `goodhours audit` on the file, and reads its report and the most memory that it held. */
function audited({ ground, options }: TestBank) {
  const started = performance.now();
  const env = {
    ...process.env,
    DATABASE_URL: `file:${ground.where}`,
    GOODHOURS_SECRET: options.secret.toString("hex"),
    ORIGIN: origin,
    TOKEN_ISSUER: options.issuer ?? undefined,
  };
  const main = join(__dirname, "../src/main.js");
  const child = spawn(process.execPath, ["--import", peak, main, "audit", "--json"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, error]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (part: Buffer) => out.push(part));
  child.stderr.on("data", (part: Buffer) => error.push(part));
  return new Promise<{ report: { entries: number; findings: object[] }; seconds: number; megabytes: number }>(
    (resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        const seconds = (performance.now() - started) / 1000;
        const said = Buffer.concat(error).toString("utf8");
        const peak = /peak (\d+) kB/.exec(said);
        if (code !== 0 || !peak) return reject(new Error(`goodhours audit ended with ${code}: ${said}`));
        const megabytes = Math.round(Number(peak[1]) / 1024);
        resolve({ report: JSON.parse(Buffer.concat(out).toString("utf8")), seconds, megabytes });
      });
    },
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
