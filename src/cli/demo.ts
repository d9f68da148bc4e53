import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { clockFile } from "../config";
import { makeFolder } from "./files";
import { type OpenBank, Stop, type Terminal } from "./output";
import { type SeedSummary, seedEndsAt, seedZhuji } from "./seed";

const suffixes = ["", "-wal", "-shm", ".keys", ".keys-wal", ".keys-shm"];

/** Makes the demo's file when it is not there: seeded under another name, so that half a seed never stays. */
export async function prepareDemo(
  path: string,
  fresh: boolean,
  open: (path: string, clock: () => number) => Promise<OpenBank>,
  terminal: Terminal,
): Promise<SeedSummary | null> {
  // A demo has a clock file beside it. A file without one may be a bank of real people, so it is neither served nor removed.
  const isDemo = existsSync(clockFile(path));
  const taken = isDemo ? undefined : suffixes.map((suffix) => path + suffix).find((name) => existsSync(name));
  if (taken !== undefined)
    throw new Stop(`${taken} is not a demo's: leave DATABASE_URL out, or name another file for the demo`, "BAD_CONFIG");
  if (existsSync(path) && !fresh) return null;
  makeFolder(dirname(path));
  for (const name of [path, `${path}.seeding`])
    for (const suffix of suffixes) rmSync(`${name}${suffix}`, { force: true });
  const summary = await seedZhuji((clock) => open(`${path}.seeding`, clock), terminal.progress);
  terminal.progressDone();
  writeFileSync(clockFile(path), `${JSON.stringify({ clock: seedEndsAt, startedAt: Date.now() })}\n`);
  renameSync(`${path}.seeding.keys`, `${path}.keys`);
  renameSync(`${path}.seeding`, path);
  return summary;
}

/** The first things to try; `run` is how a command begins: in a clone by npm, else by its name. */
export function demoWelcome(url: string, run: string): string {
  return `
Goodhours listens on ${url}/graphql

In a browser, signed in as a role that the page offers:
  ${url}/c/charity-day-2026   the charity day: sign up, check in
  ${url}/my                   what is yours, and what waits for you
  ${url}/office               the civil-affairs office, as its officer

A token for a role:
  ${run} token --as volunteer
  ${run} token --as station-worker --organization fengqiao-station
  ${run} token --as station-supervisor --organization fengqiao-station
  ${run} token --as officer

Three questions to try:
  curl -s ${url}/graphql -H 'content-type: application/json' -d '{"query":"{ ledger { circulationMinutes size } }"}'

  curl -s ${url}/graphql -H 'content-type: application/json' -H "authorization: Bearer $(${run} token --as volunteer)" \\
    -d '{"query":"{ viewer { volunteer { displayName serviceTotals { total } account { balance { posted available } } } } }"}'

  curl -s ${url}/graphql -H 'content-type: application/json' -H "authorization: Bearer $(${run} token --as station-supervisor --organization fengqiao-station)" \\
    -d '{"query":"{ organizationBySlug(slug: \\"fengqiao-station\\") { name serviceRecords(filter: { state: [SUBMITTED] }, first: 3) { edges { node { id serviceMinutes confirmationsNeeded } } } } }"}'

Stop with Ctrl-C.`;
}
