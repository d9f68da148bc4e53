/** What we promise ourselves. A broken invariant is our fault: the writer stops loudly, nothing explains it away. */
export class BrokenInvariant extends Error {
  override name = "BrokenInvariant";
}

export function invariant(holds: unknown, promise: string): asserts holds {
  if (!holds) throw new BrokenInvariant(promise);
}
