import { crowd } from "../test/support/crowd";

/**
 * A thousand at once: 1,000 volunteers check in over HTTP while 200 watch the totals. `npm run bench:crowd`; the numbers
 * of people may be given: `npm run bench:crowd -- 200 40`.
 */
const [volunteers, watchers] = process.argv.slice(2).map(Number);
crowd(volunteers || 1000, watchers || 200).then(
  (report) => process.stdout.write(`${JSON.stringify(report, null, 2)}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
