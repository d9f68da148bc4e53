/** What is there at once, or comes later. A promise where there is nothing to wait for costs more than much of the work. */
export type Soon<Value> = Value | Promise<Value>;

export const isComing = <Value>(value: Soon<Value>): value is Promise<Value> =>
  typeof (value as Partial<Promise<Value>> | null | undefined)?.then === "function";

/** Goes on with a value: at once where it is there, else when it comes. */
export function whenKnown<Value, Result>(value: Soon<Value>, work: (value: Value) => Soon<Result>): Soon<Result> {
  return isComing(value) ? value.then(work) : work(value);
}
