import { isDeepStrictEqual } from "node:util";

/**
 * For thousands of comparisons, or of bytes: jest's own comparison, which goes through a buffer byte by byte, is asked
 * only where node's finds a difference, to show it.
 */
export function expectSame(found: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(found, wanted)) expect(found).toStrictEqual(wanted);
}
