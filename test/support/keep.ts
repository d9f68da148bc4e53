import { openBank } from "./bank";
import { fillCharity } from "./charity";
import { keepRows } from "./keptbank";

/**
 * Keeps a small bank as this release leaves it, for test/contract/migrations.test.ts. Done once for each release, in the commit
 * that makes it: `npx tsx test/support/keep.ts 0.2.0`. A bank that is kept is not written anew.
 */
async function main(name: string | undefined): Promise<void> {
  if (!name) throw new Error("the name of the release is missing");
  const bank = await openBank();
  const volunteer = await bank.volunteer("V-1", { idNumber: "330681198005012347" });
  await bank.volunteer("V-2", { birthDate: "2013-01-01", guardian: true });
  const first = await bank.log("V-1", "2026-09-18", "09:00", "11:10", { place: "枫桥大庙", externalRef: "r-1" });
  const second = await bank.log("V-2", "2026-09-17", "22:30", "00:20");
  await bank.confirm(bank.supervisor, first.id, second.id);
  const recordId = first.id ?? "";
  await bank.services.hours.dispute(await bank.actorOf(volunteer), {
    idempotencyKey: "d",
    recordId,
    reason: "时长不符",
  });
  await fillCharity(bank);
  await bank.store.sweep();
  keepRows(bank.ground.where, name);
  await bank.close();
}

main(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
