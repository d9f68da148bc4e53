/** What is there at once, or comes later: SQLite answers at once, PostgreSQL later. Code that awaits it need not know which. */
export type Soon<Value> = Value | Promise<Value>;

export const isComing = <Value>(value: Soon<Value>): value is Promise<Value> =>
  typeof (value as Partial<Promise<Value>> | null | undefined)?.then === "function";

/** Goes on with a value: at once where it is there, else when it comes. A promise for each value would cost more than most reads. */
export function whenKnown<Value, Result>(value: Soon<Value>, work: (value: Value) => Soon<Result>): Soon<Result> {
  return isComing(value) ? value.then(work) : work(value);
}
