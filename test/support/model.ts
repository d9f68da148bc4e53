/**
 * Random walks go other ways each time: jest's start draws a seed and prints it, and SEED=… goes the same ways again.
 * `npm test` goes a few of them, `npm run model` many.
 */
export const seed = Number(process.env.SEED ?? 1);

const isModel = process.env.npm_lifecycle_event === "model";
export const runsOf = ({ few, many }: { few: number; many: number }): number => (isModel ? many : few);
/** For a test that goes them all. */
export const walkTimeout = isModel ? 3_600_000 : 180_000;
