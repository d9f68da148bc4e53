import { runInNewContext } from "node:vm";
import { BrokenInvariant } from "../../src/domain/kit/invariant";
import { Refusal } from "../../src/domain/kit/refusal";
import { asRefusal } from "../../src/storage/writer";

// A native driver keeps the Error class of whoever loaded it first; in another realm `instanceof` is false.
const foreign = (message: string, cause?: unknown): unknown =>
  runInNewContext("Object.assign(new Error(message), { code: 'SQLITE_CONSTRAINT_TRIGGER', cause })", {
    message,
    cause,
  });

test("a trigger's refusal is known by its code even when the error belongs to another realm", () => {
  expect(foreign("x")).not.toBeInstanceOf(Error);
  expect(asRefusal(foreign("INSUFFICIENT_CREDIT"))).toBeInstanceOf(Refusal);
  expect(asRefusal(foreign("Failed query", foreign("BALANCE_CAP")))).toMatchObject({ code: "BALANCE_CAP" });
  expect(asRefusal(foreign("LEDGER_IMMUTABLE"))).toBeInstanceOf(BrokenInvariant);
  expect(asRefusal(foreign("disk I/O error"))).not.toBeInstanceOf(Refusal);
});
