import { isDeepStrictEqual } from "node:util";

/**
 * For thousands of comparisons, or of bytes: jest's own comparison, which goes through a buffer byte by byte, is asked
 * only where node's finds a difference, to show it.
 */
export function expectSame(actual: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(actual, wanted)) expect(actual).toStrictEqual(wanted);
}
